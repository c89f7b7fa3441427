"""A board that is served by HTTPS, and who trusts it."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.server.embedded import EmbeddedServer
from izzitup_desktop.server.tls.own_certificate import OwnCertificate
from tests.builders import add_service, opened_board
from tests.server.tls.secure import serving_securely, trusting


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where one certificate is made for all."""
    return tmp_path_factory.mktemp("limits")


@pytest.fixture(scope="module")
def board(folder: Path) -> Iterator[Board]:
    with opened_board(f"sqlite:///{folder}/izzitup.db", folder) as opened:
        add_service(opened)
        yield opened


@pytest.fixture(scope="module")
def server(board: Board, folder: Path) -> Iterator[EmbeddedServer]:
    with serving_securely(board, folder) as running:
        yield running


@pytest.fixture(scope="module")
def context(server: EmbeddedServer, folder: Path) -> ssl.SSLContext:
    assert server.state.secure_url
    return trusting(OwnCertificate(folder).public_path)

"""The stream of the API v1 by HTTPS."""

from __future__ import annotations

import ssl

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.server.embedded import EmbeddedServer
from tests.builders import ALICE
from tests.server.tls.secure import SecureClient, get
from tests.server.v1.stream.listening import STREAM, Listening


@pytest.fixture(scope="module", autouse=True)
def loaded(server: EmbeddedServer, context: ssl.SSLContext) -> None:
    """What the first request for the API loads is loaded before a test begins."""
    with SecureClient(server, context) as client:
        client.send(get(server, "/api/v1/statuses"))
        assert client.answer().status == 200


def test_what_happens_is_told_by_https_as_by_http(
    board: Board, server: EmbeddedServer, context: ssl.SSLContext
) -> None:
    (service, *_) = board.services.list(ALICE)
    with SecureClient(server, context) as client:
        client.send(get(server, STREAM))
        listener = Listening(client)
        assert listener.answer.status == 200
        assert listener.next().id == board.last_id()
        (entry,) = board.statuses.set(ALICE, [service.id], 7).entries
        told = listener.event()
        assert (told.id, told.data["service"]["status"]["id"]) == (entry.id, 7)

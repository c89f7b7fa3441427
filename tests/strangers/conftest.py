"""A board for strangers to meet, and a token that may do everything on it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from izzitup_desktop.domain.clock import SystemClock
from izzitup_desktop.domain.scopes import GRANTED, Scope
from izzitup_desktop.domain.tokens import TokenDraft
from tests.builders import ALICE
from tests.server.v1.world import ADMINISTRATOR, World, sqlite_world
from tests.server.wire import ask


@dataclass
class Host:
    """The board's address, and what signs in there."""

    world: World
    url: str
    token: str

    @property
    def environment(self) -> dict[str, str]:
        """That of a stranger's process: no proxy, and the token where examples take it from."""
        return {**os.environ, "no_proxy": "*", "NO_PROXY": "*", "IZZITUP_TOKEN": self.token}

    def document(self, folder: Path) -> Path:
        """The API's document, as a file."""
        file = folder / "openapi.json"
        file.write_bytes(ask(self.world.server, method="GET", path="/api/v1/openapi.json").body)
        return file


class HurryingClock(SystemClock):
    """Somebody who signs in wrongly, as strangers do on purpose, is soon forgiven."""

    def elapsed(self) -> float:
        return super().elapsed() * 10_000


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    with sqlite_world(tmp_path, clock=HurryingClock()) as world:
        account_id = world.board.accounts.find(ADMINISTRATOR).id
        draft = TokenDraft("stranger", account_id, None, frozenset(map(Scope, GRANTED)))
        token = world.board.tokens.add(ALICE, draft).value.secret
        yield Host(world, world.server.state.url, token)

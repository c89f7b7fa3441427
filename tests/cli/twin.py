"""The same board twice: one is here, and one is served."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Origin, Role
from izzitup_desktop.domain.errors import Held
from izzitup_desktop.domain.scopes import Limits, Scope
from izzitup_desktop.domain.status_options import StatusOptions
from izzitup_desktop.domain.tokens import TokenDraft
from izzitup_desktop.server.embedded import EmbeddedServer
from tests.builders import ALICE, GOOD_PASSWORD, add_service, opened_board
from tests.cli.inside import Ended, run
from tests.server.wire import ask, serving

NEW_PASSWORD = "another good password"


@dataclass(frozen=True)
class Twin:
    """The same board twice: one is here, and one is served."""

    here: str
    there: str
    board: Board
    server: EmbeddedServer
    folder: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.state.port}"

    def locally(self, *words: str, url: str = "", stdin: str = "", **environ: str) -> Ended:
        return run("--database", url or self.here, *words, stdin=stdin, **environ)

    def remotely(self, *words: str, stdin: str = "", **environ: str) -> Ended:
        """As Alice, by her password: there are things that no token may."""
        signed = ("--user", "alice", "--password-file", str(self.folder / "password"))
        return run("--server", self.url, *signed, *words, stdin=stdin, **environ)


def secret(path: Path, text: str) -> Path:
    path.write_text(f"{text}\n", "utf-8")
    path.chmod(0o600)
    return path


def fill(board: Board) -> str:
    """What both boards have; the token that an account may do everything by."""
    core = board.groups.add(ALICE, "Core").value
    board.groups.add(ALICE, "Büro 日本")
    add_service(board, "E-Mail", key="MAIL", group_id=core.id, note="left alone")
    printer = add_service(board, "Drucker № 3", key="PRN", hidden=True, url="https://prn.example/")
    in_an_hour = datetime.now(UTC) + timedelta(hours=1)
    options = StatusOptions(until=in_an_hour, then=6, hold=True)
    at_a_desk = replace(ALICE, origin=Origin.DESKTOP)
    board.statuses.set(at_a_desk, [printer.id], 7, "a jam", options)
    with pytest.raises(Held):
        board.statuses.set(ALICE, [printer.id], 6)
    board.statuses.hold(at_a_desk, [printer.id], hold=False)
    for _ in range(2):
        board.statuses.confirm(ALICE, [printer.id])
    board.statuses.set(ALICE, [printer.id], 5)
    board.journal.mark_mistake(ALICE, board.last_id())
    account = board.accounts.first("alice", GOOD_PASSWORD, Origin.CLI).value
    board.accounts.add(ALICE, "bob", Role.EDITOR, GOOD_PASSWORD, [core.id])
    limits = Limits(frozenset({1}), frozenset({1}))
    in_ninety_days = datetime.now(UTC) + timedelta(days=90)
    robot = TokenDraft("robot", group_id=core.id, limits=limits, expires=in_ninety_days)
    board.tokens.add(ALICE, robot)
    scopes = frozenset({Scope.READ, Scope.SET, Scope.MANAGE})
    return board.tokens.add(ALICE, TokenDraft("all", account.id, scopes=scopes)).value.secret


@contextmanager
def twins(folder: Path) -> Iterator[Twin]:
    here, there = (f"sqlite:///{folder}/{name}.db" for name in ("here", "there"))
    with opened_board(here, folder) as board:
        fill(board)
    with ExitStack() as stack:
        board = stack.enter_context(opened_board(there, folder))
        secret(folder / "token", fill(board))
        secret(folder / "password", GOOD_PASSWORD)
        server = stack.enter_context(serving(board, host="0.0.0.0"))
        # What the first request for it loads, it loads here.
        ask(server, method="GET", path="/api/v1/statuses")
        yield Twin(here, there, board, server, folder)

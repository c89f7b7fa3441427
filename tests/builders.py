"""Builders: boards on real databases, and the people of the tests.

Alice is administrator, Bob an editor, Charlie a viewer.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Condition
from typing import Any, TypeVar

from izzitup_desktop.board import Board, due, open_board
from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.services import Service, ServiceDraft
from izzitup_desktop.platform.files import make_private_file, make_private_folder
from izzitup_desktop.storage import opening
from izzitup_desktop.storage.engine import Database, parse_url

ALICE = Principal("alice", Role.ADMINISTRATOR, Origin.CLI)
BOB = Principal("bob", Role.EDITOR, Origin.CLI)
CHARLIE = Principal("charlie", Role.VIEWER, Origin.CLI)

GOOD_PASSWORD = "correct horse battery"
HASH_COST = 4
DEADLINE_SECONDS = 20.0

T = TypeVar("T")


class HandClock:
    """A clock that stands still until somebody sets it, by hand."""

    is_set = True

    def __init__(self, time: datetime | None = None, seconds: float = 1_000.0) -> None:
        self.time = time or datetime.now(UTC)
        self.seconds = seconds

    def now(self) -> datetime:
        return self.time

    def elapsed(self) -> float:
        return self.seconds

    def go_on(self, passed: timedelta) -> None:
        """Let time pass."""
        self.time += passed
        self.seconds += passed.total_seconds()


def database_at(url: str, folder: Path, **options: Any) -> Database:
    """The database at `url`, a new one where there is none."""
    _put_new_file(url)
    return migrated_at(url, folder, **options)


def migrated_at(url: str, folder: Path, **options: Any) -> Database:
    """The database at `url`, made by all migrations where there is none."""
    return opening.open_database(
        url, create=True, backups=folder / "backups", quarantine=folder / "quarantine", **options
    )


def board_at(url: str, folder: Path, *, create: bool = True, **options: Any) -> Board:
    """The board in the database at `url`; close it."""
    if create:
        _put_new_file(url)
    return open_board(
        url,
        create=create,
        backups=folder / "backups",
        quarantine=folder / "quarantine",
        hash_cost=HASH_COST,
        **options,
    )


@contextmanager
def opened_board(url: str, folder: Path, **options: Any) -> Iterator[Board]:
    """`board_at`, closed at the end."""
    board = board_at(url, folder, **options)
    try:
        yield board
    finally:
        board.close()


@contextmanager
def board_made_by(
    make: Callable[[Board], T], url: str, folder: Path, **options: Any
) -> Iterator[tuple[Board, T]]:
    """A board as `make` leaves it, and what that returns, closed at the end.

    A new file without `options` is a copy of one that `make` worked on once: writing takes
    longer than copying. What `make` returns must not be changed, nor hold the board.
    """
    if options or not _is_missing_file(url):
        with opened_board(url, folder, **options) as board:
            yield board, make(board)
        return
    content, made = _made_by(make)
    _put_file(url, content)
    with opened_board(url, folder) as board:
        yield board, made


def add_service(board: Board, name: str = "E-Mail", **fields: Any) -> Service:
    """A service that Alice adds."""
    status_id = fields.pop("status_id", 5)
    return board.services.add(ALICE, ServiceDraft(name, **fields), status_id).value


def do_due(board: Board) -> None:
    """What the scheduler does with a board each half minute."""
    board.jobs.heartbeat()
    for job in due.JOBS:
        board.jobs.run(job)


class Heard:
    """A feed subscriber that keeps what it heard, and waits for more."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.troubles: list[str] = []
        self._changed = Condition()

    def on_entries(self, entries: Sequence[Entry]) -> None:
        with self._changed:
            self.entries.extend(entries)
            self._changed.notify_all()

    def on_trouble(self, reason: str) -> None:
        with self._changed:
            self.troubles.append(reason)
            self._changed.notify_all()

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait for `condition`; fail after the deadline."""
        with self._changed:
            assert self._changed.wait_for(condition, DEADLINE_SECONDS), self.entries


def _put_new_file(url: str) -> None:
    """A file of an empty board where there is none yet, as migrations make it."""
    if _is_missing_file(url):
        _put_file(url, new_file())


def _is_missing_file(url: str) -> bool:
    parsed = parse_url(url)
    return parsed.get_backend_name() == "sqlite" and not os.path.lexists(parsed.database or "")


def _put_file(url: str, content: bytes) -> None:
    path = Path(parse_url(url).database or "")
    make_private_folder(path.parent)
    make_private_file(path)
    path.write_bytes(content)


@cache
def _made_by(make: Callable[[Board], T]) -> tuple[bytes, T]:
    with TemporaryDirectory() as folder:
        path = Path(folder, "izzitup.db")
        with opened_board(f"sqlite:///{path}", Path(folder)) as board:
            made = make(board)
        assert not path.with_name(f"{path.name}-wal").exists()
        return path.read_bytes(), made


@cache
def new_file() -> bytes:
    """The database file of a new board, made once: migrations cost a tenth of a second."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "izzitup.db")
        opening.create_file(path)
        return path.read_bytes()

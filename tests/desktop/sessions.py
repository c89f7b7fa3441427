"""A whole window session on a real board, as `start.main` runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.board import Board
from izzitup_desktop.desktop.start.session import Session
from izzitup_desktop.domain.accounts import Origin, Principal
from izzitup_desktop.platform import settings as settings_file
from izzitup_desktop.platform.paths import Paths, find_paths
from tests.builders import GOOD_PASSWORD, HASH_COST, add_service, board_made_by

DEADLINE_MS = 20_000


def board_of(home: Path, *names: str, url: str = "") -> Principal:
    """A board with the administrator alice and some services, made before the window."""
    url = url or f"sqlite:///{home}/izzitup.db"
    with board_made_by(_filled(names), url, home) as (_, principal):
        settings_file.save(home, account="alice", port=free_port())
        return principal


@cache
def _filled(names: tuple[str, ...]) -> Callable[[Board], Principal]:
    def make(board: Board) -> Principal:
        account = board.accounts.first("alice", GOOD_PASSWORD, Origin.DESKTOP).value
        for name in names:
            add_service(board, name)
        return Principal.of(account, Origin.DESKTOP)

    return make


def free_port() -> int:
    """A port that is free now."""
    import socket  # small, and used here only

    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def session_at(
    qtbot: QtBot, qapp: QApplication, *, database: str = "", paths: Paths | None = None
) -> Iterator[Session]:
    """A session that began; closed with all its threads at the end."""
    session = Session(qapp, paths or find_paths(), database=database, hash_cost=HASH_COST)
    session.begin()
    try:
        yield session
    finally:
        session.quit()
        session.close()


@contextmanager
def attached_session(qtbot: QtBot, qapp: QApplication, *, database: str = "") -> Iterator[Session]:
    """A session whose board is open and whose server answers."""
    with session_at(qtbot, qapp, database=database) as session:
        wait(qtbot, lambda: session.principal is not None)
        wait(qtbot, lambda: bool(session.window.status_line.address))
        yield session


def wait(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    """Run the event loop until `condition`; fail after the deadline."""
    qtbot.waitUntil(condition, timeout=DEADLINE_MS)


def delete_windows() -> None:
    """Delete every window now.

    Qt would do it in the next test's event loop, where a new style sheet has been put
    on all of them before: that costs more than making them.
    """
    if QApplication.instance() is None:
        return
    for widget in QApplication.topLevelWidgets():
        if widget.parent() is None:
            widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

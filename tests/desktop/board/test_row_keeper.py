"""The rows kept for the next start, in a whole session."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.last_rows import FILE_NAME, read_last_rows
from izzitup_desktop.desktop.start.runner import Lane
from izzitup_desktop.desktop.start.session import Session
from izzitup_desktop.platform import settings
from tests.desktop.sessions import attached_session, board_of, session_at, wait


def names(home: Path) -> list[str]:
    return [row.service.name for row in read_last_rows(home)]


@contextmanager
def session_with_rows(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Session]:
    """A session that shows the one service of its board."""
    board_of(home, "Chat")
    with attached_session(qtbot, qapp) as session:
        wait(qtbot, lambda: session.window.model.rowCount() == 1)
        yield session


def test_rows_are_kept_though_the_window_closes_while_all_threads_are_busy(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    board_of(home, "Chat", "E-Mail")
    free = threading.Event()
    with attached_session(qtbot, qapp) as session:
        wait(qtbot, lambda: session.window.model.rowCount() == 2)
        assert not (home / FILE_NAME).exists()
        for _ in range(Lane.WORK.value):
            session.runner.run(free.wait)
        session.quit()
        threading.Timer(0.1, free.set).start()
    assert names(home) == ["Chat", "E-Mail"]


def test_the_next_window_has_them_before_its_board_is_open(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with session_with_rows(home, qtbot, qapp):
        pass
    with session_at(qtbot, qapp) as session:
        assert session.application is None
        assert session.window.model.rowCount() == 1


def test_a_window_that_closes_before_anybody_acts_leaves_them_as_they_are(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with session_with_rows(home, qtbot, qapp):
        pass
    before = (home / FILE_NAME).read_bytes()
    with session_at(qtbot, qapp) as session:
        session.quit()
    assert (home / FILE_NAME).read_bytes() == before


def test_none_are_kept_where_somebody_has_to_sign_in_first(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with session_with_rows(home, qtbot, qapp) as session:
        session.window.row_keeper.keep()
        wait(qtbot, (home / FILE_NAME).exists)
        settings.save(home, ask_at_start=True)
    assert not (home / FILE_NAME).exists()

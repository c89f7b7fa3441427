"""A database that goes away under an open window: the window says so, and nobody asked it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.access.sign_in import SignInDialog
from izzitup_desktop.desktop.start.session import Session
from tests.builders import GOOD_PASSWORD
from tests.desktop.sessions import attached_session, board_of, session_at, wait
from tests.desktop.windows import select
from tests.storage.lost import moved_away, nobody_may_connect, replaced_by_copy


def loaded(qtbot: QtBot, session: Session, rows: int = 2) -> None:
    wait(qtbot, lambda: session.window.model.rowCount() == rows)


def is_grey(session: Session) -> bool:
    """Whether no pixel of the rows has a colour."""
    table = session.window.view.table
    row = table.visualRect(session.window.model.index(0, 0))
    image = table.viewport().grab(row).toImage()
    pixels = (QColor(image.pixel(x, image.height() // 2)) for x in range(image.width()))
    return all(len({pixel.red(), pixel.green(), pixel.blue()}) == 1 for pixel in pixels)


def test_a_file_moved_away_is_told_everywhere_until_it_is_back(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    board_of(home, "Chat", "Mail")
    with attached_session(qtbot, qapp) as session:
        window, banner = session.window, session.window.condition.banner
        loaded(qtbot, session)
        session.tools.show_wall()
        wall = session.tools.wall
        assert wall is not None
        assert not is_grey(session)
        with moved_away(home / "izzitup.db"):
            # A job that can't store may be the first to notice.
            wait(qtbot, lambda: "What is shown was true at" in banner.text)
            assert "was moved or deleted" in banner.text
            assert banner.action.isVisibleTo(window)
            assert "No database: as of" in window.status_line.trouble.text()
            assert "Scripts are refused" in window.status_line.server.accessibleName()
            assert is_grey(session)
            told = window.status_line.trouble.text()
            assert wall.accessibleDescription() == told
            assert session.tray.tooltip.startswith(f"IzzitUp: {told}")
        wait(qtbot, lambda: not banner.text)
        assert "Serving on" in window.status_line.server.accessibleName()
        assert window.status_line.trouble.text() == ""
        assert not is_grey(session)
        assert wall.accessibleDescription() == "All 2 services are operational"
        assert "as of" not in session.tray.tooltip


def test_a_copy_in_its_place_is_opened_again_and_what_was_typed_is_still_there(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    board_of(home, "Chat", "Mail")
    with attached_session(qtbot, qapp) as session:
        window, banner = session.window, session.window.condition.banner
        loaded(qtbot, session)
        select(window, "Chat")
        comment = window.inspector.details.comment
        comment.setText("the vendor looks at it")
        replaced_by_copy(home / "izzitup.db")
        wait(qtbot, lambda: session.window.condition.is_lost)
        assert "it was replaced" in banner.text
        qtbot.mouseClick(banner.action, Qt.MouseButton.LeftButton)
        wait(qtbot, lambda: not banner.text)
        assert comment.text() == "the vendor looks at it"
        select(window, "Chat")
        qtbot.keyClick(window.view.table, Qt.Key.Key_7)
        wait(qtbot, lambda: window.model.arrangement.counts()[7] == 1)


def test_another_board_in_its_place_asks_who_goes_on(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    other = home / "other"
    other.mkdir(parents=True)
    board_of(other, "Elsewhere")
    board_of(home, "Chat", "Mail")
    with attached_session(qtbot, qapp) as session:
        loaded(qtbot, session)
        (other / "izzitup.db").replace(home / "izzitup.db")
        banner = session.window.condition.banner
        wait(qtbot, lambda: session.window.condition.is_lost)
        assert "it was replaced" in banner.text
        banner.action.click()
        wait(qtbot, lambda: session.sign_on.is_locked)
        loaded(qtbot, session, rows=1)


def test_where_there_is_nothing_to_open_the_window_says_so_and_waits_on(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    board_of(home, "Chat", "Mail")
    with attached_session(qtbot, qapp) as session:
        window = session.window
        loaded(qtbot, session)
        with moved_away(home / "izzitup.db"):
            wait(qtbot, lambda: window.condition.is_lost)
            window.condition.banner.action.click()
            wait(qtbot, lambda: "could not be opened again" in window.bar.text)
            assert window.condition.banner.text
        wait(qtbot, lambda: not window.condition.banner.text)


@pytest.mark.soak
def test_a_shared_database_that_takes_nobody_is_told_and_taken_up_by_itself(
    postgres_url: str, home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    board_of(home, "Chat", "Mail", url=postgres_url)
    with session_at(qtbot, qapp, database=postgres_url) as session:
        wait(qtbot, lambda: isinstance(session.sign_on.dialog, SignInDialog))
        dialog = session.sign_on.dialog
        assert isinstance(dialog, SignInDialog)
        dialog.password.setText(GOOD_PASSWORD)
        dialog.submit()
        loaded(qtbot, session)
        banner = session.window.condition.banner
        with nobody_may_connect(postgres_url):
            wait(qtbot, lambda: "What is shown was true at" in banner.text)
            assert is_grey(session)
        wait(qtbot, lambda: not banner.text)
        assert not is_grey(session)

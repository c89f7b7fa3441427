"""The window as it paints first, without a board."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.start.first_paint import FirstPaint
from izzitup_desktop.desktop.start.session import Session
from izzitup_desktop.platform.paths import find_paths
from tests.desktop.sessions import board_of, wait


def test_it_paints_and_closes_with_no_board_opened_or_made(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    home.mkdir()
    first = FirstPaint(qapp, find_paths())
    with qtbot.waitSignal(first.window.painted, timeout=20_000):
        first.window.show()
    first.window.close()
    first.close()
    assert not find_paths().database.exists()


def test_a_session_goes_on_with_the_window_that_was_painted(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    board_of(home, "Chat")
    first = FirstPaint(qapp, find_paths())
    with qtbot.waitSignal(first.window.painted, timeout=20_000):
        first.window.show()
    session = Session(qapp, find_paths(), first=first)
    try:
        assert session.window is first.window
        session.open()
        wait(qtbot, lambda: session.window.model.rowCount() == 1)
        wait(qtbot, lambda: session.principal is not None)
    finally:
        session.quit()
        session.close()

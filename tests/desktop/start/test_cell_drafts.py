"""What is typed in a cell is not lost where its row, or its page, goes out of sight."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.start.draft_file import read_drafts
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.desktop.window.window_drafts import cells_of
from tests.builders import ALICE, opened_board
from tests.desktop.sessions import attached_session, board_of, wait
from tests.desktop.windows import select


@pytest.fixture
def board(home: Path) -> Path:
    board_of(home, "Chat", "Mail")
    return home


def edit_mail(window: MainWindow, column: Column, text: str) -> None:
    """Type into a cell of the second service."""
    select(window, "Mail")
    table = window.view.table
    table.setCurrentIndex(window.model.index(table.currentIndex().row(), column))
    table.edit_in_place()
    editor = cells_of(window).editor
    assert editor is not None
    editor.clear()
    QTest.keyClicks(editor, text)


def go_on(window: MainWindow) -> None:
    """Press *Continue* in the window's bar."""
    (button,) = [one for one in window.bar.findChildren(QPushButton) if one.text() == "Continue"]
    button.click()


def test_a_text_that_can_t_be_taken_is_offered_where_a_search_hides_its_row(
    board: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        window = session.window
        wait(qtbot, lambda: window.model.rowCount() == 2)
        edit_mail(window, Column.KEY, "not a key")
        qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        window.view.search.setText("chat")
        wait(qtbot, lambda: cells_of(window).editor is None)
        assert "Mail · Key: “not a key”" in window.bar.text
        session.drafts.keep()
        assert [each.draft.fields["text"] for each in read_drafts(board)] == ["not a key"]
        go_on(window)
        editor = cells_of(window).editor
        assert editor is not None and editor.text() == "not a key"
        qtbot.keyClick(editor, Qt.Key.Key_Escape)
        assert window.bar.isHidden()
        session.drafts.keep()
        assert read_drafts(board) == ()


def test_a_text_in_a_cell_whose_service_somebody_deleted_can_still_be_copied(
    board: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        window = session.window
        wait(qtbot, lambda: window.model.rowCount() == 2)
        edit_mail(window, Column.NOTE, "half a note")
        with opened_board(f"sqlite:///{board}/izzitup.db", board, create=False) as other:
            other.services.remove(ALICE, [2])
        wait(qtbot, lambda: "half a note" in window.bar.text)
        go_on(window)
        assert "can't be continued. You had typed: half a note" in window.bar.text


def test_a_text_in_a_cell_on_another_page_is_kept(
    board: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        window = session.window
        wait(qtbot, lambda: window.model.rowCount() == 2)
        edit_mail(window, Column.KEY, "not a key")
        window.pages.go("journal")
        session.drafts.keep()
        assert [each.draft.fields["text"] for each in read_drafts(board)] == ["not a key"]

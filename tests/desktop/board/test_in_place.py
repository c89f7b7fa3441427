"""Editing a name, key or note in its cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.domain.accounts import Role
from izzitup_desktop.domain.services import Service, ServiceDraft
from tests.builders import BOB, add_service
from tests.desktop.pages import Desk, desk_at, other_principal, window_at
from tests.desktop.sessions import wait


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        add_service(desk.board, "Chat", key="CHAT", note="first\nsecond")
        add_service(desk.board, "Mail", key="MAIL")
        yield desk


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    with window_at(desk, qtbot) as window:
        yield window


def service(window: MainWindow, id_: int) -> Service:
    return window.model.arrangement.rows[id_].service


def editors(window: MainWindow) -> list[QLineEdit]:
    found = window.view.table.viewport().findChildren(QLineEdit)
    return [editor for editor in found if editor.isVisible()]


def begin(qtbot: QtBot, window: MainWindow, id_: int, column: Column) -> QLineEdit:
    """Press F2 in a cell; the editor that opens."""
    table = window.view.table
    table.setCurrentIndex(window.model.index(window.model.place_of(id_), column))
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_F2)
    wait(qtbot, lambda: len(editors(window)) == 1)
    return editors(window)[0]


def write(qtbot: QtBot, editor: QLineEdit, text: str) -> None:
    editor.selectAll()
    qtbot.keyClicks(editor, text)


def reason(editor: QLineEdit) -> str:
    label = editor.property("izzitup_reason")
    return label.text() if label.isVisible() else ""


def test_f2_edits_the_current_text_and_enter_stores_it(window: MainWindow, qtbot: QtBot) -> None:
    editor = begin(qtbot, window, 1, Column.KEY)
    assert (editor.text(), editor.selectedText()) == ("CHAT", "CHAT")
    write(qtbot, editor, "TALK")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    wait(qtbot, lambda: service(window, 1).key == "TALK")
    assert editors(window) == []


def test_where_a_cell_has_no_text_to_edit_f2_edits_the_name(
    window: MainWindow, qtbot: QtBot
) -> None:
    editor = begin(qtbot, window, 2, Column.SINCE)
    assert editor.text() == "Mail"
    assert editor.accessibleName() == "Name"


def test_what_was_edited_in_place_is_one_step_that_can_be_undone(
    window: MainWindow, qtbot: QtBot
) -> None:
    editor = begin(qtbot, window, 1, Column.NAME)
    write(qtbot, editor, "Talk")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    wait(qtbot, lambda: service(window, 1).name == "Talk")
    window.actions_.undo.trigger()
    wait(qtbot, lambda: service(window, 1).name == "Chat")


def test_esc_drops_what_was_typed(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    before = desk.board.last_id()
    editor = begin(qtbot, window, 1, Column.NAME)
    write(qtbot, editor, "Nonsense")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    wait(qtbot, lambda: editors(window) == [])
    assert service(window, 1).name == "Chat"
    assert desk.board.last_id() == before


def test_a_text_that_did_not_change_writes_nothing(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    before = desk.board.last_id()
    editor = begin(qtbot, window, 1, Column.NAME)
    write(qtbot, editor, "  Chat ")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    wait(qtbot, lambda: editors(window) == [])
    assert desk.board.last_id() == before


def test_an_invalid_key_stays_in_its_editor_with_the_reason_until_it_is_mended(
    window: MainWindow, qtbot: QtBot
) -> None:
    editor = begin(qtbot, window, 1, Column.KEY)
    write(qtbot, editor, "a b")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Tab):
        qtbot.keyClick(editor, key)
        assert editors(window) == [editor]
        assert "may hold letters" in reason(editor)
        assert "may hold letters" in editor.accessibleDescription()
    write(qtbot, editor, "a-b")
    assert reason(editor) == ""
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    wait(qtbot, lambda: service(window, 1).key == "a-b")


def test_a_key_of_another_service_comes_back_in_its_editor_with_the_boards_reason(
    window: MainWindow, qtbot: QtBot
) -> None:
    editor = begin(qtbot, window, 1, Column.KEY)
    write(qtbot, editor, "MAIL")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    wait(qtbot, lambda: any(reason(editor) for editor in editors(window)))
    (again,) = editors(window)
    assert again.text() == "MAIL"
    assert reason(again) == "The key MAIL is taken by Mail. Choose another."
    assert service(window, 1).key == "CHAT"
    write(qtbot, again, "POST")
    qtbot.keyClick(again, Qt.Key.Key_Return)
    wait(qtbot, lambda: service(window, 1).key == "POST")


def test_a_change_by_somebody_else_leaves_what_is_being_typed(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    editor = begin(qtbot, window, 1, Column.NAME)
    write(qtbot, editor, "Half a na")
    desk.board.statuses.set(BOB, [1, 2], 7)
    wait(qtbot, lambda: service(window, 1).status_id == 7)
    assert editors(window) == [editor]
    assert editor.text() == "Half a na"
    qtbot.keyClicks(editor, "me")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    wait(qtbot, lambda: service(window, 1).name == "Half a name")


def test_a_name_somebody_was_faster_with_comes_back_with_who_it_was(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    editor = begin(qtbot, window, 1, Column.NAME)
    write(qtbot, editor, "Mine")
    # Not yet heard of in the window: the version it has is an old one.
    desk.context.bridge.close()
    draft = ServiceDraft("Theirs", key="CHAT", note="first\nsecond")
    desk.board.services.edit(BOB, 1, draft, version=service(window, 1).version)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    wait(qtbot, lambda: any("bob" in reason(editor) for editor in editors(window)))
    assert editors(window)[0].text() == "Mine"


def test_a_note_of_several_lines_keeps_its_lines_when_nothing_was_changed(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    editor = begin(qtbot, window, 1, Column.NOTE)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    wait(qtbot, lambda: editors(window) == [])
    with qtbot.waitSignal(window.rows_changed):
        window.reader.read_all()
    assert service(window, 1).note == "first\nsecond"


def test_who_may_only_look_can_not_edit_in_place(desk: Desk, qtbot: QtBot) -> None:
    charlie = other_principal(desk.board, "charlie", Role.VIEWER)
    with window_at(desk, qtbot, charlie) as window:
        table = window.view.table
        table.setCurrentIndex(window.model.index(0, Column.NAME))
        table.edit_in_place()
        assert not window.actions_.edit_in_place.isEnabled()
        assert editors(window) == []


def test_the_row_of_a_service_that_is_gone_is_not_edited(
    desk: Desk, window: MainWindow, qtbot: QtBot, qtlog: Any
) -> None:
    table = window.view.table
    window.model.set_still(True)
    desk.board.services.remove(BOB, [1])
    wait(qtbot, lambda: window.model.is_gone(1))
    table.setCurrentIndex(window.model.index(window.model.place_of(1), Column.NAME))
    table.edit_in_place()
    assert not editors(window)
    assert not [record.message for record in qtlog.records]


def test_f2_goes_back_to_a_text_that_can_not_be_taken(
    window: MainWindow, qtbot: QtBot, qtlog: Any
) -> None:
    table = window.view.table
    editor = begin(qtbot, window, 1, Column.NAME)
    editor.clear()
    table.setFocus()
    assert editors(window) == [editor]
    qtbot.keyClick(table, Qt.Key.Key_F2)
    assert editors(window) == [editor]
    assert window.focusWidget() is editor
    assert not [record.message for record in qtlog.records]


def test_a_text_for_a_service_that_is_gone_by_then_is_told_back(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    editor = begin(qtbot, window, 2, Column.NOTE)
    write(qtbot, editor, "typed in vain")
    # The window has not heard of it yet.
    desk.board.services.remove(BOB, [2])
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    wait(qtbot, lambda: "You had typed: “typed in vain”" in window.bar.text)


def test_a_text_for_a_service_whose_row_is_gone_is_told_back(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    desk.board.services.remove(BOB, [2])
    wait(qtbot, lambda: 2 not in window.model.arrangement.rows)
    window.view.table.edited.emit(2, "note", "typed in vain")
    assert "You had typed: “typed in vain”" in window.bar.text

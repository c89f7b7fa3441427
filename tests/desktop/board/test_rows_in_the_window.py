"""Rows as one works with them in the window: set, added, sorted, edited, dragged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.window.main_window import MainWindow
from tests.builders import ALICE, add_service
from tests.desktop.pages import Desk, answer_soon, desk_at, window_at
from tests.desktop.sessions import wait
from tests.desktop.windows import lines, select, service_in


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        office = desk.board.groups.add(ALICE, "Office").value.id
        for name in ("Chat", "Fax"):
            add_service(desk.board, name, group_id=office, key=name.upper())
        add_service(desk.board, "Phone")
        yield desk


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    with window_at(desk, qtbot) as window:
        yield window


def cell(window: MainWindow, name: str, column: Column) -> QPoint:
    place = window.model.place_of(service_in(window, name).id)
    return window.view.table.visualRect(window.model.index(place, column)).center()


def test_every_status_that_is_set_can_be_undone_in_the_toast_the_newest_one(
    window: MainWindow, qtbot: QtBot
) -> None:
    select(window, "Chat")
    qtbot.keyClick(window.view.table, Qt.Key.Key_7)
    wait(qtbot, lambda: window.toast.text == "Chat set to Outage")
    select(window, "Fax", "Phone")
    qtbot.keyClick(window.view.table, Qt.Key.Key_6)
    wait(qtbot, lambda: window.toast.text == "2 services set to Impaired")
    window.toast.button.click()
    wait(qtbot, lambda: service_in(window, "Fax").status_id == 5)
    assert service_in(window, "Chat").status_id == 7
    # What was taken back at once is offered as a mistake.
    wait(qtbot, lambda: window.toast.text.startswith("Taken back; "))
    assert window.toast.button.text() == "Mark as a mistake"
    window.toast.button.click()
    wait(qtbot, lambda: window.toast.text == "Marked as a mistake, out of uptime: 2 services")


def test_what_the_selection_is_needed_for_is_off_where_the_board_is_not_seen(
    window: MainWindow, qtbot: QtBot
) -> None:
    actions = window.actions_
    of_rows = (
        actions.edit, actions.remove, actions.set_with_options, actions.hold, actions.confirm,
        actions.copy, actions.move_to, *actions.set_status,
    )  # fmt: skip
    select(window, "Chat")
    assert all(action.isEnabled() for action in of_rows)
    window.pages.go("groups")
    assert not any(action.isEnabled() for action in of_rows)
    assert "Go to the board" in actions.remove.toolTip()
    assert actions.add.isEnabled()
    window.pages.go("board")
    assert all(action.isEnabled() for action in of_rows)


def test_a_service_that_was_added_is_selected_in_sight_and_has_the_keys_from_any_page(
    window: MainWindow, qtbot: QtBot
) -> None:
    select(window, "Chat")
    window.model.search("chat")
    window.pages.go("groups")
    window.actions_.add.trigger()
    dialog = window.editing.dialog
    assert dialog is not None
    qtbot.keyClicks(dialog.editor("name"), "Wi-Fi")
    dialog.submit()
    wait(qtbot, lambda: window.editing.dialog is None)
    assert window.pages.current == "board"
    assert [service.name for service in window.row_actions.selected()] == ["Wi-Fi"]
    wait(qtbot, window.view.table.hasFocus)
    current = window.view.table.currentIndex()
    assert window.view.table.viewport().rect().intersects(window.view.table.visualRect(current))


def test_after_a_dialog_was_dropped_the_keys_are_on_the_rows_again(
    window: MainWindow, qtbot: QtBot
) -> None:
    select(window, "Chat")
    window.actions_.add.trigger()
    dialog = window.editing.dialog
    assert dialog is not None
    qtbot.keyClicks(dialog.editor("name"), "half")
    answer_soon(dialog, "Discard")
    dialog.reject()
    wait(qtbot, lambda: window.editing.dialog is None)
    wait(qtbot, lambda: QApplication.activeWindow() is window)
    wait(qtbot, window.view.table.hasFocus)


@pytest.mark.parametrize("column", [Column.KEY, Column.NOTE])
def test_a_double_click_on_a_key_or_a_note_edits_it_in_its_cell(
    window: MainWindow, qtbot: QtBot, column: Column
) -> None:
    table = window.view.table
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell(window, "Chat", column))
    assert window.editing.dialog is None
    assert table.state() is table.State.EditingState
    assert table.currentIndex().column() == column
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    qtbot.mouseDClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=cell(window, "Chat", Column.NAME)
    )
    assert window.editing.dialog is not None


def test_worst_first_and_by_hand_are_chosen_in_the_menu_which_shows_what_is_on(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    actions = window.actions_
    by_hand = ["[Office]", "Chat", "Fax", "[No group]", "Phone"]
    assert lines(window) == by_hand
    assert (actions.by_hand.isChecked(), actions.worst_first.isChecked()) == (True, False)
    desk.board.statuses.set(ALICE, [service_in(window, "Phone").id], 7)
    wait(qtbot, lambda: service_in(window, "Phone").status_id == 7)
    assert lines(window) == by_hand
    actions.worst_first.trigger()
    wait(qtbot, lambda: lines(window) == ["Phone", "Chat", "Fax"])
    assert (actions.by_hand.isChecked(), actions.worst_first.isChecked()) == (False, True)
    actions.worst_first.trigger()
    assert actions.worst_first.isChecked()
    actions.by_hand.trigger()
    wait(qtbot, lambda: lines(window) == by_hand)
    assert (actions.by_hand.isChecked(), actions.worst_first.isChecked()) == (True, False)
    for action in (actions.inspector, actions.compact, actions.by_hand, actions.worst_first):
        # A mark and an icon have one place between them.
        assert action.isCheckable()
        assert action.icon().isNull()


def test_a_drag_in_another_order_says_that_it_is_sorted_by_hand_now_and_can_be_undone(
    window: MainWindow, qtbot: QtBot
) -> None:
    header, table = window.view.table.horizontalHeader(), window.view.table
    header.setSortIndicator(Column.NAME, Qt.SortOrder.DescendingOrder)
    wait(qtbot, lambda: lines(window)[:3] == ["[Office]", "Fax", "Chat"])
    select(window, "Phone")
    table.move_selected(-1)
    wait(qtbot, lambda: lines(window) == ["[Office]", "Chat", "Fax", "Phone"])
    assert window.toast.text == "Moved, and sorted by hand now: Phone"
    window.toast.button.click()
    wait(qtbot, lambda: lines(window)[-2:] == ["[No group]", "Phone"])


def test_what_is_dragged_lets_the_drop_line_be_seen(window: MainWindow) -> None:
    ghost = window.view.table.ghost(QRect(0, 40, 200, 36)).toImage()
    assert {ghost.pixelColor(x, 20).alpha() for x in range(0, ghost.width(), 7)} <= {127, 128}


def test_a_key_is_not_cut_while_a_note_has_room(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1_300, 600)
    add_service(desk.board, "Backups", key="BACKUPS-NIGHTLY")
    wait(qtbot, lambda: window.model.rowCount() == 6)
    table = window.view.table
    window.resize(1_301, 600)
    needed = table.fontMetrics().horizontalAdvance("BACKUPS-NIGHTLY")
    assert table.columnWidth(Column.KEY) > needed
    assert not table.horizontalScrollBar().maximum()


def test_shift_and_the_key_of_a_status_asks_for_its_comment(
    window: MainWindow, qtbot: QtBot
) -> None:
    select(window, "Chat")
    (action,) = [each for each in window.actions_.set_commented if each.data() == 7]
    assert action.shortcut().toString() == "Shift+7"
    action.trigger()
    dialog = window.row_actions.dialog
    assert dialog is not None
    assert dialog.status_id == 7
    wait(qtbot, dialog.comment.hasFocus)
    qtbot.keyClicks(dialog.comment, "The disk is full")
    dialog.submit()
    wait(qtbot, lambda: service_in(window, "Chat").comment == "The disk is full")
    assert service_in(window, "Chat").status_id == 7
    wait(qtbot, lambda: window.row_actions.dialog is None)


def test_a_window_that_takes_the_place_of_another_moves_no_row_under_the_pointer(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    before = lines(window)
    again = MainWindow(desk.context)
    qtbot.addWidget(again)
    again.take_over(window)
    again.show()
    assert lines(again) == before
    again.model.set_still(True)
    chat, fax = service_in(again, "Chat"), service_in(again, "Fax")
    desk.board.services.move(ALICE, [fax.id], fax.group_id, chat.id)
    again.attach(desk.board, desk.principal)
    wait(qtbot, lambda: service_in(again, "Fax").position < service_in(again, "Chat").position)
    assert lines(again) == before
    again.model.set_still(False)
    assert lines(again).index("Fax") < lines(again).index("Chat")

"""Putting services into an own order, by keys and by dropping."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.domain.accounts import Role
from tests.builders import ALICE, add_service
from tests.desktop.pages import Desk, desk_at, other_principal, window_at
from tests.desktop.sessions import wait
from tests.desktop.windows import lines, select, service_in

BEFORE = ["[Office]", "Chat", "Fax", "Mail", "[Servers]", "Web", "[No group]", "Phone"]


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        office = desk.board.groups.add(ALICE, "Office").value.id
        servers = desk.board.groups.add(ALICE, "Servers").value.id
        for name in ("Chat", "Fax", "Mail"):
            add_service(desk.board, name, group_id=office)
        add_service(desk.board, "Web", group_id=servers)
        add_service(desk.board, "Phone")
        yield desk


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    with window_at(desk, qtbot) as window:
        wait(qtbot, lambda: lines(window) == BEFORE)
        yield window


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    modifiers = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.view.table, key, modifiers)


def drop(window: MainWindow, name: str, *, below: bool) -> None:
    """Drop the selected rows on the upper or lower half of a row or heading."""
    table = window.view.table
    place = lines(window).index(name)
    rect = table.visualRect(window.model.index(place, Column.STATUS))
    y = rect.bottom() - 2 if below else rect.top() + 2
    nothing = QMimeData()
    event = QDropEvent(
        QPointF(rect.center().x(), y),
        window.model.supportedDragActions(),
        nothing,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    table.dropEvent(event)
    taken_out_by_qt = event.dropAction() is Qt.DropAction.MoveAction
    assert not taken_out_by_qt


def test_alt_shift_down_and_up_move_the_row_and_show_the_own_order(
    window: MainWindow, qtbot: QtBot
) -> None:
    select(window, "Chat")
    press(qtbot, window, Qt.Key.Key_Down)
    wait(qtbot, lambda: lines(window)[:4] == ["[Office]", "Fax", "Chat", "Mail"])
    assert window.view.table.horizontalHeader().sortIndicatorSection() == -1
    assert [s.name for s in window.row_actions.selected()] == ["Chat"]
    press(qtbot, window, Qt.Key.Key_Up)
    wait(qtbot, lambda: lines(window) == BEFORE)


def test_several_rows_move_together_and_one_undo_brings_them_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    select(window, "Fax", "Mail")
    window.actions_.move_up.trigger()
    wait(qtbot, lambda: lines(window)[:4] == ["[Office]", "Fax", "Mail", "Chat"])
    wait(qtbot, lambda: "2 services" in window.actions_.undo.text())
    window.actions_.undo.trigger()
    wait(qtbot, lambda: lines(window) == BEFORE)


def test_the_last_row_of_a_section_moves_down_into_the_next_group(
    window: MainWindow, qtbot: QtBot
) -> None:
    select(window, "Mail")
    press(qtbot, window, Qt.Key.Key_Down)
    wait(qtbot, lambda: lines(window)[3:6] == ["[Servers]", "Mail", "Web"])
    assert service_in(window, "Mail").group_id == service_in(window, "Web").group_id


def test_the_first_row_of_a_section_moves_up_to_the_end_of_the_group_above(
    window: MainWindow, qtbot: QtBot
) -> None:
    select(window, "Phone")
    press(qtbot, window, Qt.Key.Key_Up)
    wait(qtbot, lambda: lines(window)[4:] == ["[Servers]", "Web", "Phone"])
    press(qtbot, window, Qt.Key.Key_Up)
    wait(qtbot, lambda: lines(window)[4:] == ["[Servers]", "Phone", "Web"])


def test_the_topmost_row_stays_when_it_is_moved_up(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    select(window, "Chat")
    press(qtbot, window, Qt.Key.Key_Up)
    with qtbot.waitSignal(window.rows_changed):
        window.reader.read_all()
    assert lines(window) == BEFORE
    assert service_in(window, "Chat").group_id == service_in(window, "Fax").group_id


def test_a_row_dropped_into_another_section_changes_its_group_and_undo_takes_it_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    select(window, "Fax")
    drop(window, "Web", below=False)
    moved = ["[Office]", "Chat", "Mail", "[Servers]", "Fax", "Web", "[No group]", "Phone"]
    wait(qtbot, lambda: lines(window) == moved)
    assert service_in(window, "Fax").group_id == service_in(window, "Web").group_id
    wait(qtbot, window.actions_.undo.isEnabled)
    window.actions_.undo.trigger()
    wait(qtbot, lambda: lines(window) == BEFORE)


def test_a_row_dropped_on_a_heading_becomes_the_first_below_it_or_the_last_above(
    window: MainWindow, qtbot: QtBot
) -> None:
    select(window, "Phone")
    drop(window, "[Office]", below=True)
    wait(qtbot, lambda: lines(window)[:3] == ["[Office]", "Phone", "Chat"])
    select(window, "Phone")
    drop(window, "[Servers]", below=False)
    wait(qtbot, lambda: lines(window)[4:6] == ["Phone", "[Servers]"])


def test_rows_dropped_below_everything_lose_their_group(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "Chat", "Web")
    drop(window, "Phone", below=True)
    expected = ["[Office]", "Fax", "Mail", "[No group]", "Phone", "Chat", "Web"]
    wait(qtbot, lambda: lines(window) == expected)
    assert service_in(window, "Web").group_id is None


def test_the_keys_that_move_are_off_without_sections_and_say_why(
    window: MainWindow, qtbot: QtBot
) -> None:
    select(window, "Chat")
    assert window.actions_.move_up.isEnabled()
    window.actions_.sections.setChecked(False)
    assert not window.actions_.move_up.isEnabled()
    assert "sections by group" in window.actions_.move_up.statusTip()
    assert not window.view.table.dragEnabled()


def test_a_limited_editor_is_told_why_a_row_can_not_leave_her_group(
    desk: Desk, qtbot: QtBot
) -> None:
    office = desk.board.groups.list(ALICE)[0]
    dora = other_principal(desk.board, "dora", Role.EDITOR, office.id)
    with window_at(desk, qtbot, dora) as window:
        select(window, "Mail")
        press(qtbot, window, Qt.Key.Key_Down)
        wait(qtbot, lambda: "dora is not allowed" in window.bar.text)
        assert service_in(window, "Mail").group_id == office.id


def test_the_undermost_row_stays_when_it_is_moved_down(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "Phone")
    written = QSignalSpy(window.commands.done)
    press(qtbot, window, Qt.Key.Key_Down)
    wait(qtbot, lambda: written.count() == 1)
    assert lines(window) == BEFORE

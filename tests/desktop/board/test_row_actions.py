"""What actions do with selected rows, and how the board looks in the next window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.widgets.columns import columns_menu
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.journal import Search
from izzitup_desktop.domain.status_options import StatusOptions
from tests.builders import ALICE, add_service
from tests.desktop.pages import Desk, desk_at, window_at
from tests.desktop.sessions import wait
from tests.desktop.windows import lines, select, service_in


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        office = desk.board.groups.add(ALICE, "Office").value.id
        for name in ("Chat", "Fax", "Mail"):
            add_service(desk.board, name, group_id=office)
        add_service(desk.board, "Phone")
        yield desk


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    with window_at(desk, qtbot) as window:
        yield window


def statuses(window: MainWindow) -> dict[str, int]:
    rows = window.model.arrangement.rows.values()
    return {row.service.name: row.service.status_id for row in rows}


def bulk_button(window: MainWindow, text: str) -> QToolButton:
    buttons = window.view.bulk.findChildren(QToolButton)
    (found,) = [button for button in buttons if button.text() == text]
    return found


def test_the_bar_of_many_comes_with_the_second_selected_row(window: MainWindow) -> None:
    bulk = window.view.bulk
    select(window, "Chat")
    assert bulk.isHidden()
    select(window, "Chat", "Fax", "Phone")
    assert bulk.isVisible()
    assert bulk.count.text() == "3 selected"
    select(window, "Fax")
    assert bulk.isHidden()


def test_three_selected_services_are_set_in_one_step_and_undone_in_one(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    select(window, "Chat", "Fax", "Phone")
    bulk_button(window, "Outage").click()
    wait(qtbot, lambda: statuses(window) == {"Chat": 7, "Fax": 7, "Phone": 7, "Mail": 5})
    entries = desk.board.journal.search(desk.principal, Search(), limit=3)
    assert len({entry.operation_id for entry in entries}) == 1
    wait(qtbot, lambda: "3 services" in window.actions_.undo.text())
    window.actions_.undo.trigger()
    wait(qtbot, lambda: set(statuses(window).values()) == {5})
    assert [service.name for service in window.row_actions.selected()] == ["Chat", "Fax", "Phone"]


def test_selected_services_are_held_and_released_together(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "Chat", "Phone")
    assert not window.actions_.release.isEnabled()
    bulk_button(window, "Hold").click()
    wait(qtbot, lambda: service_in(window, "Phone").hold == Hold("alice"))
    wait(qtbot, window.actions_.release.isEnabled)
    bulk_button(window, "Release").click()
    wait(qtbot, lambda: service_in(window, "Phone").hold is None)
    assert service_in(window, "Chat").hold is None


def test_selected_services_are_deleted_with_an_undo_in_the_toast(
    window: MainWindow, qtbot: QtBot
) -> None:
    select(window, "Chat", "Fax")
    bulk_button(window, "Delete").click()
    wait(qtbot, lambda: window.toast.text == "Deleted 2 services")
    wait(qtbot, lambda: set(statuses(window)) == {"Mail", "Phone"})
    window.toast.button.click()
    wait(qtbot, lambda: len(statuses(window)) == 4)


def test_a_confirmed_status_is_confirmed_now_and_keeps_its_hold(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    desk.board.statuses.set(desk.principal, [1], 6, "", StatusOptions(hold=True))
    wait(qtbot, lambda: service_in(window, "Chat").hold == Hold("alice"))
    before = service_in(window, "Chat")
    select(window, "Chat")
    window.actions_.confirm.trigger()
    wait(qtbot, lambda: service_in(window, "Chat").confirmed > before.confirmed)
    after = service_in(window, "Chat")
    assert (after.since, after.hold) == (before.since, Hold("alice"))


def test_ctrl_a_selects_every_row_but_no_heading(window: MainWindow, qtbot: QtBot) -> None:
    window.view.table.setFocus()
    qtbot.keyClick(window.view.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert window.view.bulk.count.text() == "4 selected"
    assert [s.name for s in window.row_actions.selected()] == ["Chat", "Fax", "Mail", "Phone"]


def test_sections_collapse_by_click_and_by_key_and_all_at_once(
    window: MainWindow, qtbot: QtBot
) -> None:
    table = window.view.table
    heading = table.visualRect(window.model.index(0, Column.NAME)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=heading)
    assert lines(window) == ["[Office]", "[No group]", "Phone"]
    table.setCurrentIndex(window.model.index(0, Column.NAME))
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert lines(window)[:2] == ["[Office]", "Chat"]
    window.actions_.collapse_all.trigger()
    assert lines(window) == ["[Office]", "[No group]"]
    window.actions_.expand_all.trigger()
    assert len(lines(window)) == 6


def test_a_service_of_a_collapsed_section_is_shown_when_it_is_gone_to(
    window: MainWindow,
) -> None:
    window.actions_.collapse_all.trigger()
    window.show_service(2)
    assert "Fax" in lines(window)
    assert [service.name for service in window.row_actions.selected()] == ["Fax"]


def test_the_column_chooser_hides_columns_and_the_first_ones_come_back(
    window: MainWindow,
) -> None:
    header = window.view.table.horizontalHeader()
    menu = columns_menu(header, window.model, kept=(Column.NAME,))
    actions = {action.text(): action for action in menu.actions()}
    assert "Name" not in actions
    actions["Key"].trigger()
    assert header.isSectionHidden(Column.KEY)
    header.moveSection(0, 3)
    window.actions_.reset_columns.trigger()
    assert not header.isSectionHidden(Column.KEY)
    assert [header.logicalIndex(place) for place in range(len(Column))] == list(Column)


def test_the_next_window_looks_as_the_last_one_was_left(desk: Desk, qtbot: QtBot) -> None:
    with window_at(desk, qtbot) as window:
        header = window.view.table.horizontalHeader()
        window.actions_.compact.setChecked(True)
        window.actions_.inspector.setChecked(False)
        window.view.table.toggle_section(1)
        header.setSectionHidden(Column.NOTE, True)
        header.setSectionHidden(Column.GROUP, False)
        header.moveSection(header.visualIndex(Column.SINCE), 0)
        header.resizeSection(Column.KEY, 123)
        header.setSortIndicator(Column.NAME, Qt.SortOrder.DescendingOrder)
        window.view.chips.choose(5)
        window.view.search.setText("a")
        wait(qtbot, lambda: window.view.found.text() == "3 of 4")
    assert (desk.context.paths.config / "window.ini").is_file()
    with window_at(desk, qtbot) as window:
        header = window.view.table.horizontalHeader()
        assert window.view.search.text() == "a"
        assert window.view.chips.statuses() == {5}
        wait(qtbot, lambda: lines(window) == ["[Office]", "Mail", "Fax", "Chat"])
        window.view.clear_filters()
        assert lines(window) == ["[Office]", "[No group]", "Phone"]
        assert window.actions_.compact.isChecked()
        assert not window.inspector.isVisible()
        assert header.isSectionHidden(Column.NOTE)
        assert not header.isSectionHidden(Column.GROUP)
        assert header.logicalIndex(0) == Column.SINCE
        assert header.sectionSize(Column.KEY) == 123
        assert header.sortIndicatorSection() == Column.NAME
        window.actions_.sections.setChecked(False)
    with window_at(desk, qtbot) as window:
        assert not window.actions_.sections.isChecked()
        assert lines(window) == ["Phone", "Mail", "Fax", "Chat"]


def test_a_window_ini_that_can_not_be_read_is_left_out(
    desk: Desk, home: Path, qtbot: QtBot
) -> None:
    (home / "window.ini").write_bytes(b"\xff\x00[board\ncollapsed=x y\n\x80%%%=@ByteArray(\n")
    with window_at(desk, qtbot) as window:
        assert len(lines(window)) == 6

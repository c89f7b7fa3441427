"""The menu of a heading, the move to a group, and the heading that stays in sight."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.window.main_window import MainWindow
from tests.builders import ALICE, add_service
from tests.desktop.pages import Desk, desk_at, window_at
from tests.desktop.sessions import wait
from tests.desktop.windows import lines, select, service_in


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        groups = {name: desk.board.groups.add(ALICE, name).value.id for name in ("Core", "Office")}
        for name in ("Chat", "Fax"):
            add_service(desk.board, name, group_id=groups["Core"])
        for place in range(20):
            add_service(desk.board, f"Printer {place:02}", group_id=groups["Office"])
        yield desk


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    with window_at(desk, qtbot) as window:
        wait(qtbot, lambda: bool(window.reader.groups))
        yield window


def group_id(window: MainWindow, name: str) -> int:
    (found,) = [group.id for group in window.reader.groups if group.name == name]
    return found


def entry(menu: QMenu | None, text: str) -> QAction:
    assert menu is not None
    (found,) = [action for action in menu.actions() if action.text().replace("&", "") == text]
    return found


def menu_of(window: MainWindow, name: str) -> QMenu:
    menus = window.row_actions.group_menus
    menus.open_heading(group_id(window, name), QPoint(10, 10))
    assert menus.heading is not None
    menus.heading.close()
    return menus.heading


def test_a_heading_sets_and_holds_all_of_its_group_in_one_step(
    window: MainWindow, qtbot: QtBot
) -> None:
    entry(menu_of(window, "Core"), "Set all 2 to Outage").trigger()
    wait(qtbot, lambda: {service_in(window, name).status_id for name in ("Chat", "Fax")} == {7})
    assert service_in(window, "Printer 00").status_id == 5
    entry(menu_of(window, "Core"), "Hold all").trigger()
    wait(qtbot, lambda: all(service_in(window, name).hold for name in ("Chat", "Fax")))
    window.commands.undo()
    wait(qtbot, lambda: not any(service_in(window, name).hold for name in ("Chat", "Fax")))


def test_with_a_search_a_heading_sets_what_was_found_and_counts_the_others(
    window: MainWindow,
) -> None:
    window.model.search("fax")
    place = window.model.place_of(-1 - group_id(window, "Core"))
    section = window.model.shown_at(place)
    assert section is not None
    assert section.left_out == 1  # type: ignore[union-attr]
    assert "1 filtered out" in str(
        window.model.index(place, Column.NAME).data(Qt.ItemDataRole.AccessibleTextRole)
    )
    assert entry(menu_of(window, "Core"), "Set all 1 to Outage").isEnabled()


def test_a_heading_collapses_the_others_and_expands_all(window: MainWindow) -> None:
    entry(menu_of(window, "Core"), "Collapse all others").trigger()
    assert lines(window) == ["[Core]", "Chat", "Fax", "[Office]"]
    entry(menu_of(window, "Core"), "Collapse").trigger()
    assert lines(window) == ["[Core]", "[Office]"]
    entry(menu_of(window, "Core"), "Expand all").trigger()
    assert len(lines(window)) == 24


def test_a_group_is_renamed_and_a_service_added_from_its_heading(
    window: MainWindow, qtbot: QtBot
) -> None:
    entry(menu_of(window, "Core"), "Rename group …").trigger()
    dialog = window.row_actions.group_menus.dialog
    assert dialog is not None
    dialog.line.setText("Heart")
    dialog.submit()
    wait(qtbot, lambda: "[Heart]" in lines(window))
    entry(menu_of(window, "Heart"), "New service here …").trigger()
    new = window.editing.dialog
    assert new is not None
    assert new.group.currentText() == "Heart"
    new.close()
    wait(qtbot, lambda: window.editing.dialog is None)


def test_selected_rows_are_moved_to_a_group_in_one_step_and_undone_in_one(
    window: MainWindow, qtbot: QtBot
) -> None:
    select(window, "Chat", "Fax")
    menu = window.row_actions.group_menus.move_to
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["Core", "Office", "No group"]
    entry(menu, "Office").trigger()
    wait(qtbot, lambda: lines(window)[-2:] == ["Chat", "Fax"])
    assert (window.toast.text, window.toast.button.isVisible()) == ("Moved 2 services", True)
    window.toast.button.click()
    wait(qtbot, lambda: lines(window)[:3] == ["[Core]", "Chat", "Fax"])


def test_the_heading_of_the_topmost_row_stays_in_sight_and_hides_no_current_row(
    window: MainWindow, qtbot: QtBot
) -> None:
    table, sticky = window.view.table, window.row_actions.sticky
    window.resize(800, 420)
    table.verticalScrollBar().setValue(0)
    assert sticky.isHidden()
    select(window, "Printer 19")
    table.scrollToBottom()
    assert sticky.section is not None
    assert sticky.section.name == "Office"
    for place in range(18, 5, -1):
        qtbot.keyClick(table, Qt.Key.Key_Up)
        current = table.visualRect(table.currentIndex())
        assert table.currentIndex().siblingAtColumn(Column.NAME).data() == f"Printer {place:02}"
        covered = 0 if sticky.isHidden() else sticky.height()
        assert current.top() >= covered
    table.verticalScrollBar().setValue(0)
    assert sticky.section is None


def test_a_click_on_the_kept_heading_collapses_its_section(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(800, 420)
    window.view.table.scrollToBottom()
    sticky = window.row_actions.sticky
    wait(qtbot, lambda: sticky.section is not None)
    qtbot.mouseClick(sticky, Qt.MouseButton.LeftButton)
    assert lines(window) == ["[Core]", "Chat", "Fax", "[Office]"]
    assert sticky.section is None

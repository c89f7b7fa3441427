"""What may not be done says so where somebody tried, and searches for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.buttons import button_rects
from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.domain.accounts import Role
from tests.builders import ALICE, add_service
from tests.desktop.pages import Desk, desk_at, other_principal, window_at
from tests.desktop.sessions import wait
from tests.desktop.windows import select, service_in

ONLY = "You may change Office only."


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        office = desk.board.groups.add(ALICE, "Office").value.id
        add_service(desk.board, "Mail", group_id=office)
        add_service(desk.board, "Phone")
        yield desk


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window of erin, who is limited to the office."""
    office = desk.board.groups.list(ALICE)[0].id
    erin = other_principal(desk.board, "erin", Role.EDITOR, office)
    with window_at(desk, qtbot, erin) as window:
        wait(qtbot, lambda: bool(window.reader.groups))
        yield window


@pytest.mark.parametrize("key", [Qt.Key.Key_7, Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Delete])
def test_a_key_that_may_not_be_used_says_why_and_changes_nothing(
    window: MainWindow, qtbot: QtBot, key: Qt.Key
) -> None:
    select(window, "Phone")
    qtbot.keyClick(window.view.table, key)
    assert window.toast.text == ONLY
    assert window.view.search.text() == ""
    assert window.editing.dialog is None
    assert service_in(window, "Phone").status_id == 5


def test_digits_never_search_though_letters_do(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "Mail")
    for key in "0123489":
        qtbot.keyClick(window.view.table, key)
    assert window.view.search.text() == ""
    qtbot.keyClick(window.view.table, "p")
    assert window.view.search.text() == "p"


def test_a_button_that_may_not_be_pressed_says_why(window: MainWindow, qtbot: QtBot) -> None:
    table, phone = window.view.table, service_in(window, "Phone").id
    cell = table.visualRect(window.model.index(window.model.place_of(phone), Column.BUTTONS))
    rects, _words = button_rects(cell, table.fontMetrics())
    at: QPoint = rects[-1].center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.toast.text == ONLY
    rows = window.model.arrangement.rows
    assert table.tips.tip(rows[phone], 7) == ONLY
    mail = rows[service_in(window, "Mail").id]
    assert table.tips.tip(mail, 7) == "Set Outage (key 7 on the selected row)"
    assert table.tips.tip(mail, 5) == "Operational is set. Set it again to confirm it."
    window.actions_.remap({"set_status_7": "F9"})
    assert table.tips.tip(mail, 7) == "Set Outage (key F9 on the selected row)"
    window.actions_.remap({"set_status_7": ""})
    assert table.tips.tip(mail, 7) == "Set Outage"

"""The Notices view and its count of unread ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.notifications.page import NoticesPage
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.domain.accounts import Role
from tests.builders import BOB, add_service
from tests.desktop.item_models import checked
from tests.desktop.pages import Desk, desk_at, other_principal, window_at
from tests.desktop.sessions import wait
from tests.desktop.windows import service_in


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        for name in ("Chat", "Mail"):
            add_service(desk.board, name)
        yield desk


def title(window: MainWindow) -> str:
    (found,) = [a for a in window.actions_.views if a.data() == "notices"]
    return found.text()


def test_what_others_do_is_counted_until_it_is_read_and_mine_is_not(
    desk: Desk, qtbot: QtBot
) -> None:
    with window_at(desk, qtbot) as window:
        window.commands.set_status([1], 6)
        wait(qtbot, lambda: service_in(window, "Chat").status_id == 6)
        desk.board.statuses.set(BOB, [1, 2], 7, "both")
        wait(qtbot, lambda: title(window) == "Notices (2)")
        assert window.windowTitle() == "(2) IzzitUp"
        desk.board.services.remove(BOB, [2])
        window.pages.go("notices")
        page = cast("NoticesPage", window.pages.page("notices"))
        checked(page.model)
        wait(qtbot, lambda: len(page.model.items) == 2)
        assert {entry.actor for entry in page.model.items} == {"bob"}
        assert title(window) == "Notices (2)"

        page.table.selectRow(0)
        assert title(window) == "Notices (1)"
        desk.board.statuses.set(BOB, [1], 5)
        wait(qtbot, lambda: title(window) == "Notices (2)")
        page.read_all.click()
        assert title(window) == "Notices"
        assert window.windowTitle() == "IzzitUp"
        assert not page.read_all.isEnabled()


def test_unread_ones_are_bold_and_have_a_dot_and_a_word(desk: Desk, qtbot: QtBot) -> None:
    with window_at(desk, qtbot) as window:
        desk.board.statuses.set(BOB, [1, 2], 7)
        wait(qtbot, lambda: window.unread.count == 2)
        window.pages.go("notices")
        page = cast("NoticesPage", window.pages.page("notices"))
        checked(page.model)
        wait(qtbot, lambda: page.model.rowCount() == 2)
        page.table.selectRow(1)

        def told(row: int, column: int) -> tuple[str, bool, str | None]:
            index = page.model.index(row, column)
            font = index.data(Qt.ItemDataRole.FontRole)
            spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
            return index.data(), font is not None and font.bold(), spoken

        assert told(0, 0) == ("●", True, "Unread")
        assert told(0, 3) == ("bob", True, "bob, unread")
        assert told(1, 0) == ("", False, None)
        assert told(1, 3) == ("bob", False, None)


def test_unread_ones_survive_a_restart_with_what_came_meanwhile(desk: Desk, qtbot: QtBot) -> None:
    with window_at(desk, qtbot) as window:
        desk.board.statuses.set(BOB, [1, 2], 7)
        wait(qtbot, lambda: window.unread.count == 2)
        first = min(entry.id for entry in desk.board.journal.latest(BOB, limit=2))
        window.unread.mark_read([first])
    desk.board.statuses.set(BOB, [1], 6)
    with window_at(desk, qtbot) as window:
        wait(qtbot, lambda: window.unread.count == 2)
        assert not window.unread.is_unread(first)
        desk.board.statuses.set(BOB, [1], 5)
        wait(qtbot, lambda: window.unread.count == 3)


def test_each_account_has_its_own_and_a_new_one_missed_nothing(desk: Desk, qtbot: QtBot) -> None:
    erin = other_principal(desk.board, "erin", Role.EDITOR)
    with window_at(desk, qtbot) as window:
        desk.board.statuses.set(BOB, [1], 7)
        wait(qtbot, lambda: window.unread.count == 1)
        window.attach(desk.board, erin)
        assert window.unread.count == 0
        window.attach(desk.board, desk.principal)
        assert window.unread.count == 1


def test_what_is_told_of_a_service_is_read_when_one_is_led_to_it(desk: Desk, qtbot: QtBot) -> None:
    with window_at(desk, qtbot) as window:
        desk.board.statuses.set(BOB, [1, 2], 7)
        desk.board.statuses.set(BOB, [1], 6)
        wait(qtbot, lambda: window.unread.count == 3)
        window.unread.mark_service_read(1)
        assert window.unread.count == 1


def test_the_rail_has_the_count_on_the_icon_and_the_whole_name(desk: Desk, qtbot: QtBot) -> None:
    with window_at(desk, qtbot) as window:
        (button,) = [
            button for button in window.rail.buttons if button.defaultAction().data() == "notices"
        ]
        for _ in range(25):
            desk.board.statuses.set(BOB, [1, 2], 7)
            desk.board.statuses.set(BOB, [1, 2], 5)
        wait(qtbot, lambda: button.badge == "99+")
        assert button.text() == "Notices"
        assert button.accessibleName() == title(window) == "Notices (99+)"
        assert button.fontMetrics().horizontalAdvance(button.text()) < button.width()
        window.unread.mark_all_read()
        assert (button.badge, button.accessibleName()) == ("", "Notices")


def test_a_notice_leads_to_its_service(desk: Desk, qtbot: QtBot) -> None:
    desk.board.statuses.set(BOB, [2], 7)
    with window_at(desk, qtbot) as window:
        window.pages.go("notices")
        page = cast("NoticesPage", window.pages.page("notices"))
        checked(page.model)
        wait(qtbot, lambda: len(page.model.items) == 1)
        page.table.opened.emit(page.model.items[0])
        assert window.pages.current == "board"
        assert [service.name for service in window.row_actions.selected()] == ["Mail"]

"""The Notices view and its count of unread ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.notifications.page import NoticesPage
from izzitup_desktop.desktop.window.main_window import MainWindow
from tests.builders import BOB, add_service
from tests.desktop.pages import Desk, desk_at, window_at
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


def test_what_others_do_is_counted_until_it_is_looked_at_and_mine_is_not(
    desk: Desk, qtbot: QtBot
) -> None:
    with window_at(desk, qtbot) as window:
        window.commands.set_status([1], 6)
        wait(qtbot, lambda: service_in(window, "Chat").status_id == 6)
        desk.board.statuses.set(BOB, [1, 2], 7, "both")
        wait(qtbot, lambda: title(window) == "Notices (2)")
        desk.board.services.remove(BOB, [2])
        window.pages.go("notices")
        assert title(window) == "Notices"
        page = cast("NoticesPage", window.pages.page("notices"))
        wait(qtbot, lambda: len(page.model.items) == 2)
        assert {entry.actor for entry in page.model.items} == {"bob"}

        # While one looks, what comes is read.
        desk.board.statuses.set(BOB, [1], 5)
        wait(qtbot, lambda: len(page.model.items) == 3)
        assert title(window) == "Notices"
        window.pages.go("board")
        desk.board.statuses.set(BOB, [1], 6)
        wait(qtbot, lambda: title(window) == "Notices (1)")


def test_the_rail_has_the_count_on_the_icon_and_the_whole_name(desk: Desk, qtbot: QtBot) -> None:
    with window_at(desk, qtbot) as window:
        (button,) = [
            button for button in window.rail.buttons if button.defaultAction().data() == "notices"
        ]
        window.unread.count = 99
        desk.board.statuses.set(BOB, [1], 7)
        wait(qtbot, lambda: button.badge == "99+")
        assert button.text() == "Notices"
        assert button.accessibleName() == title(window) == "Notices (99+)"
        assert button.fontMetrics().horizontalAdvance(button.text()) < button.width()
        window.pages.go("notices")
        assert (button.badge, button.accessibleName()) == ("", "Notices")


def test_a_notice_leads_to_its_service(desk: Desk, qtbot: QtBot) -> None:
    desk.board.statuses.set(BOB, [2], 7)
    with window_at(desk, qtbot) as window:
        window.pages.go("notices")
        page = cast("NoticesPage", window.pages.page("notices"))
        wait(qtbot, lambda: len(page.model.items) == 1)
        page.table.opened.emit(page.model.items[0])
        assert window.pages.current == "board"
        assert [service.name for service in window.row_actions.selected()] == ["Mail"]

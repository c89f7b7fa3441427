"""Services and groups are muted by the menu of a row, seen in a list, and told of again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.notifications.muting import Muting
from izzitup_desktop.desktop.start.settings_keeper import SettingsKeeper
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.platform import settings
from tests.builders import ALICE, add_service
from tests.desktop.pages import Desk, desk_at, window_at
from tests.desktop.sessions import wait
from tests.desktop.windows import select


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        desk.board.groups.add(ALICE, "Core")
        add_service(desk.board, "Chat", group_id=1)
        add_service(desk.board, "Mail")
        yield desk


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    with window_at(desk, qtbot) as window:
        yield window


@pytest.fixture
def muting(desk: Desk, window: MainWindow, qtbot: QtBot) -> Muting:
    keeper = SettingsKeeper(desk.context.paths, desk.context.runner, window)
    loaded: list[bool] = []
    keeper.load(lambda: loaded.append(True), desk.context.runner.on_error.emit)
    wait(qtbot, lambda: bool(loaded))
    return Muting(window, keeper)


def kept(desk: Desk) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    found, _ = settings.load(desk.context.paths.config)
    return found.muted_services, found.muted_groups, found.followed_services


def test_what_is_selected_is_muted_or_followed_and_not_both(
    desk: Desk, window: MainWindow, muting: Muting, qtbot: QtBot
) -> None:
    select(window, "Chat", "Mail")
    muting.menu.aboutToShow.emit()
    assert not muting.mute.isChecked()
    muting.mute.trigger()
    wait(qtbot, lambda: kept(desk) == ((1, 2), (), ()))
    select(window, "Mail")
    muting.menu.aboutToShow.emit()
    assert muting.mute.isChecked()
    muting.follow.trigger()
    wait(qtbot, lambda: kept(desk) == ((1,), (), (2,)))
    muting.menu.aboutToShow.emit()
    assert (muting.mute.isChecked(), muting.follow.isChecked()) == (False, True)


def test_a_group_is_muted_by_one_of_its_services_also_that_of_no_group(
    desk: Desk, window: MainWindow, muting: Muting, qtbot: QtBot
) -> None:
    select(window, "Chat", "Mail")
    muting.mute_group.trigger()
    wait(qtbot, lambda: kept(desk) == ((), (0, 1), ()))


def test_the_menu_of_a_row_has_it(window: MainWindow, muting: Muting) -> None:
    assert window.view.table.context_menu is not None
    assert muting.menu.menuAction() in window.view.table.context_menu.actions()


def test_what_is_muted_is_listed_and_ended(
    desk: Desk, window: MainWindow, muting: Muting, qtbot: QtBot
) -> None:
    select(window, "Chat")
    muting.mute.trigger()
    muting.mute_group.trigger()
    wait(qtbot, lambda: kept(desk) == ((1,), (1,), ()))
    muting.show_mutes()
    dialog = muting.dialog
    assert dialog is not None
    shown = [[column.text(mute) for column in dialog.model.columns] for mute in dialog.model.items]
    assert shown == [["Chat", "Service muted"], ["Core", "Group muted"]]
    dialog.table.selectAll()
    dialog.end.click()
    wait(qtbot, lambda: kept(desk) == ((), (), ()) and dialog.model.rowCount() == 0)
    assert not dialog.end.isEnabled()
    dialog.reject()
    assert muting.dialog is None

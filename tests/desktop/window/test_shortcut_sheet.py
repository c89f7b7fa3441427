"""The shortcut sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.desktop.window.shortcut_sheet import ShortcutSheet
from izzitup_desktop.desktop.window.tools import WindowTools
from izzitup_desktop.platform import settings as settings_file
from tests.builders import add_service
from tests.desktop.pages import Desk, desk_at, tools_of, window_at
from tests.desktop.sessions import wait


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        add_service(desk.board, "Chat")
        yield desk


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    with window_at(desk, qtbot) as window:
        yield window


def sheet_of(tools: WindowTools) -> ShortcutSheet:
    tools.show_shortcuts()
    assert isinstance(tools.dialog, ShortcutSheet)
    return tools.dialog


def give(sheet: ShortcutSheet, action: QAction, keys: str) -> None:
    sheet.table.select_key(action.objectName())
    sheet.keys.setKeySequence(QKeySequence(keys))
    sheet.set_button.click()


def keys(action: QAction) -> list[str]:
    return [key.toString() for key in action.shortcuts()]


def test_every_action_stands_there_with_its_keys_and_is_found_by_either(
    desk: Desk, window: MainWindow
) -> None:
    sheet = sheet_of(tools_of(desk, window))
    assert len(sheet.model.items) == len(window.actions_.all())
    sheet.search.setText("wall")
    assert [action.objectName() for action in sheet.model.shown()] == ["wall"]
    sheet.search.setText("ctrl+shift+h")
    assert [action.objectName() for action in sheet.model.shown()] == ["release"]


def test_other_keys_hold_at_once_and_in_the_next_window(
    desk: Desk, window: MainWindow, qtbot: QtBot, home: Path
) -> None:
    sheet = sheet_of(tools_of(desk, window))
    give(sheet, window.actions_.find, "Ctrl+Alt+J")
    assert keys(window.actions_.find) == ["Ctrl+Alt+J"]
    give(sheet, window.actions_.wall, "")
    assert keys(window.actions_.wall) == []
    wait(
        qtbot,
        lambda: settings_file.load(home)[0].shortcuts == {"find": "Ctrl+Alt+J", "wall": ""},
    )
    sheet.accept()
    with qtbot.waitActive(window):
        window.activateWindow()
    window.view.table.setFocus()
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(window.view.table, Qt.Key.Key_J, modifiers)
    wait(qtbot, window.view.search.hasFocus)
    with window_at(desk, qtbot) as other:
        sheet = sheet_of(tools_of(desk, other))
        assert keys(other.actions_.find) == ["Ctrl+Alt+J"]
        assert keys(other.actions_.wall) == []
        sheet.reset_all()
        assert keys(other.actions_.find) == ["Ctrl+F"]
        assert keys(other.actions_.wall) == ["F11"]
        wait(qtbot, lambda: settings_file.load(home)[0].shortcuts == {})


def test_own_keys_hold_that_settings_keep_under_an_older_name(window: MainWindow) -> None:
    window.actions_.remap({"set_terms": "Ctrl+Alt+O"})
    assert keys(window.actions_.set_with_options) == ["Ctrl+Alt+O"]


def test_keys_of_another_action_are_refused_with_its_name(desk: Desk, window: MainWindow) -> None:
    sheet = sheet_of(tools_of(desk, window))
    give(sheet, window.actions_.wall, "Ctrl+F")
    assert sheet.reason.text().startswith("Ctrl+F belongs to “Find”.")
    assert keys(window.actions_.wall) == ["F11"]
    give(sheet, window.actions_.find, "Ctrl+Alt+J")
    assert sheet.reason.text() == ""
    give(sheet, window.actions_.wall, "Ctrl+F")
    assert keys(window.actions_.wall) == ["Ctrl+F"]


def test_first_keys_that_another_action_has_by_now_are_refused_with_its_name(
    desk: Desk, window: MainWindow
) -> None:
    sheet = sheet_of(tools_of(desk, window))
    give(sheet, window.actions_.find, "Ctrl+Alt+J")
    give(sheet, window.actions_.wall, "Ctrl+F")
    sheet.table.select_key("find")
    sheet.reset_button.click()
    assert sheet.reason.text().startswith("Ctrl+F belongs to “Wall display”.")
    assert keys(window.actions_.find) == ["Ctrl+Alt+J"]
    sheet.table.select_key("wall")
    sheet.reset_button.click()
    assert keys(window.actions_.wall) == ["F11"]
    sheet.table.select_key("find")
    sheet.reset_button.click()
    assert keys(window.actions_.find) == ["Ctrl+F"]

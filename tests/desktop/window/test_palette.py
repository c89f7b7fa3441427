"""The command palette."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.desktop.window.palette import Palette
from izzitup_desktop.domain.accounts import Role
from tests.builders import add_service
from tests.desktop.pages import Desk, desk_at, other_principal, tools_of, window_at
from tests.desktop.sessions import wait
from tests.desktop.windows import select


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        add_service(desk.board, "Büro-Drucker", key="PRN")
        add_service(desk.board, "Wallaby")
        yield desk


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    with window_at(desk, qtbot) as window:
        yield window


def palette_of(desk: Desk, window: MainWindow) -> Palette:
    tools = tools_of(desk, window)
    tools.show_palette()
    assert isinstance(tools.dialog, Palette)
    return tools.dialog


def texts(palette: Palette) -> list[str]:
    return [choice.text for choice in palette.model.shown()]


def test_it_finds_actions_and_services_without_case_and_accents(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    palette = palette_of(desk, window)
    assert "Refresh" in texts(palette)
    qtbot.keyClicks(palette.line, "buro")
    assert texts(palette) == ["Go to Büro-Drucker"]
    palette.line.setText("prn")
    assert texts(palette) == ["Go to Büro-Drucker"]
    palette.line.setText("wall")
    assert texts(palette) == ["Wall display", "Go to Wallaby"]
    palette.line.setText("no such thing")
    assert palette.reason.text() == "Nothing is called that."


def test_enter_goes_to_the_service(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    window.pages.go("journal")
    palette = palette_of(desk, window)
    qtbot.keyClicks(palette.line, "wallaby")
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert window.pages.current == "board"
    assert [service.name for service in window.row_actions.selected()] == ["Wallaby"]
    wait(qtbot, lambda: not window.findChildren(Palette))


def test_the_arrows_go_round_and_enter_runs_the_line(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    palette = palette_of(desk, window)
    qtbot.keyClicks(palette.line, "rows")
    found = texts(palette)
    assert "Compact rows" in found
    qtbot.keyClick(palette.line, Qt.Key.Key_Up)
    assert palette.table.selected()[0].text == found[-1]
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    assert palette.table.selected()[0].text == found[0]
    for _ in range(found.index("Compact rows")):
        qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert window.actions_.compact.isChecked()


def test_what_can_not_be_done_now_comes_last_says_why_and_does_not_run(
    desk: Desk, qtbot: QtBot
) -> None:
    with window_at(desk, qtbot, other_principal(desk.board, "charlie", Role.VIEWER)) as window:
        select(window, "Wallaby")
        palette = palette_of(desk, window)
        qtbot.keyClicks(palette.line, "new service")
        assert texts(palette) == ["New service"]
        assert "Viewer" in palette.reason.text()
        qtbot.keyClick(palette.line, Qt.Key.Key_Return)
        assert palette.isVisible()
        assert window.editing.dialog is None
        palette.line.setText("w")
        reasons = [bool(choice.reason) for choice in palette.model.shown()]
        assert reasons == sorted(reasons)

"""The command palette."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.desktop.window.palette import Palette
from izzitup_desktop.desktop.window.palette_choices import PaletteChoices
from izzitup_desktop.domain.accounts import Role
from tests.builders import ALICE, add_service
from tests.desktop.pages import Desk, desk_at, other_principal, tools_of, window_at
from tests.desktop.sessions import wait
from tests.desktop.windows import select, service_in


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


def run(palette: Palette, qtbot: QtBot, typed: str) -> str:
    """Type it, and press Return; what was run."""
    palette.line.setText(typed)
    text = palette.table.selected()[0].text
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    return text


VERBS = ("outage wall", "wall outage", "ausfall wallaby", "down walaby", "7 wall")


def test_a_verb_and_a_service_set_its_status_in_either_language(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    wallaby = service_in(window, "Wallaby").id
    for typed in VERBS:
        desk.board.statuses.set(desk.principal, [wallaby], 5)
        wait(qtbot, lambda: service_in(window, "Wallaby").status_id == 5)
        palette = palette_of(desk, window)
        assert run(palette, qtbot, typed) == "Set Wallaby to Outage"
        wait(qtbot, lambda: service_in(window, "Wallaby").status_id == 7)


MEANT = {
    "hold wall": "Hold Wallaby",
    "festhalten wall": "Hold Wallaby",
    "history wall": "History of Wallaby",
    "journal prn": "Journal of Büro-Drucker",
    "edit wall": "Edit Wallaby …",
    "comment wall": "Set Wallaby with comment, until, hold …",
    "dark": "Dark theme",
    "dunkel": "Dark theme",
    "german": "Deutsch",
    "mute 1 h": "Mute notifications for 1 hour",
    "stumm 1 h": "Mute notifications for 1 hour",
    "go journal": "Journal",
    "gehe zu journal": "Journal",
    "sperren": "Lock the window",
    "open add": "Open address",
}


def test_what_is_typed_finds_what_is_meant(desk: Desk, window: MainWindow) -> None:
    palette = palette_of(desk, window)
    found = {}
    for typed in MEANT:
        palette.line.setText(typed)
        found[typed] = next(iter(texts(palette)), "")
    assert found == MEANT


def test_what_was_chosen_last_stands_first_also_after_a_restart(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    run(palette_of(desk, window), qtbot, "compact")
    run(palette_of(desk, window), qtbot, "hold wallaby")
    wait(qtbot, lambda: service_in(window, "Wallaby").hold is not None)
    with window_at(desk, qtbot) as again:
        palette = palette_of(desk, again)
        assert texts(palette)[:2] == ["Hold Wallaby", "Compact rows"]


def test_who_may_not_set_a_service_is_told_why_and_sets_nothing(desk: Desk, qtbot: QtBot) -> None:
    group = desk.board.groups.add(ALICE, "Core").value
    erin = other_principal(desk.board, "erin", Role.EDITOR, group.id)
    with window_at(desk, qtbot, erin) as window:
        palette = palette_of(desk, window)
        palette.line.setText("outage wall")
        assert texts(palette)[0] == "Set Wallaby to Outage"
        assert palette.reason.text()
        qtbot.keyClick(palette.line, Qt.Key.Key_Return)
        assert palette.isVisible()
        assert service_in(window, "Wallaby").status_id == 5
        palette.done(0)


def test_the_line_under_the_pointer_is_chosen_as_a_whole(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    palette = palette_of(desk, window)
    # As the view does while the pointer moves, which no test can move here.
    assert palette.table.hasMouseTracking()
    palette.table.entered.emit(palette.model.index(1, 1))
    wait(qtbot, lambda: palette.table.currentIndex().row() == 1)
    assert palette.table.selected() == [palette.model.shown()[1]]
    palette.done(0)


def test_it_leaves_nothing_behind_when_it_is_closed(desk: Desk, window: MainWindow) -> None:
    palette = palette_of(desk, window)
    assert len(window.findChildren(PaletteChoices)) == 1
    palette.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not window.findChildren(PaletteChoices)

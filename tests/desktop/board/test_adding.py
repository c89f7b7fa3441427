"""Adding services by keyboard: one after the other, in the group one looks at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.dialog import ServiceDialog
from izzitup_desktop.desktop.board.proposed_key import proposed_key
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.domain.accounts import Role
from izzitup_desktop.domain.services import checked_key
from tests.builders import add_service
from tests.desktop.pages import Desk, desk_at, other_principal, window_at
from tests.desktop.sessions import wait
from tests.desktop.windows import select

NAMES = [f"Switch Floor {number}" for number in range(1, 21)]
KEYS_MOST = 600
"""What somebody types in a minute, at ten keys a second."""


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        group = desk.board.groups.add(desk.principal, "Core").value
        add_service(desk.board, "Router", group_id=group.id)
        yield desk


def dialog_of(window: MainWindow) -> ServiceDialog:
    window.actions_.add.trigger()
    assert window.editing.dialog is not None
    return window.editing.dialog


@given(st.text(max_size=60))
def test_a_proposed_key_can_be_taken(name: str) -> None:
    key = proposed_key(name)
    assert checked_key(key) == key
    assert proposed_key(name, {key}) != key or not key


def test_a_key_is_proposed_as_scripts_type_it() -> None:
    assert proposed_key("Büro-Drucker (2. OG)") == "buro-drucker-2.-og"
    assert proposed_key("Mail", {"mail", "mail-2"}) == "mail-3"
    assert proposed_key("42") == ""


def test_twenty_services_with_group_and_key_take_a_minute_of_typing(
    desk: Desk, qtbot: QtBot
) -> None:
    with window_at(desk, qtbot) as window:
        select(window, "Router")
        dialog = dialog_of(window)
        wait(qtbot, dialog.editor("name").hasFocus)
        typed = 1
        for name in NAMES:
            line = dialog.editor("name")
            qtbot.keyClicks(line, name)
            qtbot.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            typed += len(name) + 1
            wait(qtbot, lambda: dialog.isEnabled() and not dialog.draft().name)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        typed += 1
        assert window.editing.dialog is None
        found = {s.name: s for s in desk.board.services.list(desk.principal)}
    assert [found[name].key for name in NAMES] == [proposed_key(name) for name in NAMES]
    assert {found[name].group_id for name in NAMES} == {found["Router"].group_id}
    assert typed <= KEYS_MOST


def test_a_key_typed_by_hand_stays(desk: Desk, qtbot: QtBot) -> None:
    with window_at(desk, qtbot) as window:
        dialog = dialog_of(window)
        qtbot.keyClicks(dialog.editor("name"), "Mail")
        assert dialog.draft().key == "mail"
        key = dialog.editor("key")
        qtbot.keyClick(key, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(key, "ml")
        qtbot.keyClicks(dialog.editor("name"), " out")
        assert (dialog.draft().name, dialog.draft().key) == ("Mail out", "ml")
        dialog.stored()


def test_a_new_group_is_made_in_the_list_of_groups(desk: Desk, qtbot: QtBot) -> None:
    with window_at(desk, qtbot) as window:
        dialog = dialog_of(window)
        last = dialog.group.count() - 1
        before = dialog.group.group_id
        dialog.group.setCurrentIndex(last)
        dialog.group.activated.emit(last)
        ask = dialog.group.dialog
        assert ask is not None
        assert dialog.group.group_id == before
        ask.line.setText("Core")
        ask.submit()
        wait(qtbot, lambda: bool(ask.reason))
        ask.line.setText("Edge")
        ask.submit()
        wait(qtbot, lambda: dialog.group.currentText() == "Edge")
        assert dialog.group.dialog is None
        dialog.stored()


def test_an_editor_of_some_groups_has_just_these_to_choose_from(desk: Desk, qtbot: QtBot) -> None:
    group = desk.board.groups.add(desk.principal, "Erin's").value
    erin = other_principal(desk.board, "erin", Role.EDITOR, group.id)
    with window_at(desk, qtbot, erin) as window:
        wait(qtbot, lambda: len(window.reader.groups) == 2)
        dialog = dialog_of(window)
        texts = [dialog.group.itemText(place) for place in range(dialog.group.count())]
        assert texts == ["Erin's"]
        assert dialog.group.group_id == group.id
        dialog.reject()

"""The toast: what it says, and for how long an Undo stays."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.desktop.widgets.toast import Toast


@pytest.fixture
def toast(qapp: QApplication, qtbot: QtBot) -> Toast:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(800, 600)
    toast = Toast(Theme(qapp, "light"), over)
    over.show()
    return toast


def test_what_others_do_takes_no_undo_away_and_is_told_after_it(toast: Toast) -> None:
    undone: list[str] = []
    toast.tell("Deleted Chat", action="Undo", on_action=lambda: undone.append("Chat"))
    toast.remark("42 services changed")
    toast.remark("43 services changed")
    assert (toast.text, toast.button.isVisible()) == ("Deleted Chat", True)
    toast.button.click()
    assert undone == ["Chat"]
    assert (toast.text, toast.button.isVisible()) == ("43 services changed", False)


def test_what_one_does_oneself_is_told_at_once(toast: Toast) -> None:
    toast.tell("Deleted Chat", action="Undo", on_action=list)
    toast.tell("Restored Chat")
    assert (toast.text, toast.button.isVisible()) == ("Restored Chat", False)
    toast.remark("42 services changed")
    assert toast.text == "42 services changed"

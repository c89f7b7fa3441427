"""The toast: what it says, and for how long an Undo stays."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.desktop.widgets.toast import Toast
from tests.desktop.sessions import wait


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


def test_a_page_made_meanwhile_does_not_cover_an_undo(toast: Toast, qtbot: QtBot) -> None:
    toast.tell("Deleted Chat", action="Undo", on_action=list)
    over = toast.parentWidget()
    assert over is not None
    page = QWidget(over)
    page.setGeometry(over.rect())
    page.show()

    def on_top() -> QWidget | None:
        return over.childAt(toast.geometry().center())

    wait(qtbot, lambda: on_top() is not page)
    found = on_top()
    assert found is not None
    assert found is toast or toast.isAncestorOf(found)


def test_it_lies_on_the_lower_edge_where_nobody_aims_at_rows(toast: Toast) -> None:
    over = toast.parentWidget()
    assert over is not None
    for height in (600, 400):
        over.resize(800, height)
        toast.tell("Deleted Chat", action="Undo", on_action=list)
        # A status line and the margin above it.
        assert toast.geometry().top() >= height - 44
        assert over.rect().contains(toast.geometry())

"""Texts that somebody typed, as the window shows them."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.widgets.labels import TypedText


def test_a_text_that_makes_room_for_another_is_out_of_sight_at_once(qtbot: QtBot) -> None:
    shown = TypedText()
    qtbot.addWidget(shown)
    shown.show_text("the disk is full")
    shown.show()
    shown.show_text("it was mended")
    visible = [label.text() for label in shown.findChildren(QLabel) if label.isVisible()]
    assert "the disk is full" not in visible
    assert shown.text() == "it was mended"

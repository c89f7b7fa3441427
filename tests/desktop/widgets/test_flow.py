"""Widgets that go on in a next line."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.widgets.flow import FlowLayout


def test_what_is_too_long_for_a_line_goes_on_in_the_next(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = FlowLayout(4, page)
    buttons = [QPushButton(f"button {number}") for number in range(3)]
    for button in buttons:
        layout.addWidget(button)
    wide = sum(button.sizeHint().width() for button in buttons) + 8
    page.resize(wide, 200)
    page.show()
    assert len({button.y() for button in buttons}) == 1
    page.resize(wide - 1, 200)
    QApplication.processEvents()
    assert [button.y() for button in buttons][:2] == [buttons[0].y()] * 2
    assert buttons[2].y() > buttons[0].y()
    assert buttons[2].x() == buttons[0].x()
    assert layout.heightForWidth(1) == sum(b.sizeHint().height() for b in buttons) + 8
    # One that is hidden takes no room.
    buttons[0].hide()
    assert layout.heightForWidth(wide) == buttons[1].sizeHint().height()
    assert layout.minimumSize().width() == buttons[1].minimumSizeHint().width()

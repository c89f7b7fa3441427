"""What waits until a window was painted runs once, painted or not."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.widgets.first_paint import FirstPaint


class Painted(QWidget):
    """Notes its paints."""

    def __init__(self, happened: list[str]) -> None:
        super().__init__()
        self._happened = happened

    def paintEvent(self, event: QPaintEvent) -> None:
        self._happened.append("paint")
        super().paintEvent(event)


def test_it_runs_once_and_after_the_paint(qtbot: QtBot) -> None:
    happened: list[str] = []
    widget = Painted(happened)
    qtbot.addWidget(widget)
    FirstPaint(widget, lambda: happened.append("then"))

    widget.show()
    qtbot.waitUntil(lambda: "then" in happened)
    widget.repaint()

    assert happened[0] == "paint"
    assert happened.count("then") == 1


def test_it_runs_for_a_window_that_nobody_sees(qtbot: QtBot) -> None:
    happened: list[str] = []
    widget = Painted(happened)
    qtbot.addWidget(widget)
    FirstPaint(widget, lambda: happened.append("then"))

    qtbot.waitUntil(lambda: "then" in happened)

    assert happened == ["then"]

"""SIGTERM while the window does something."""

from __future__ import annotations

import signal
import sys

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.start.quit_signals import QuitSignals

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no signals there")


class SignalledInPaint(QWidget):
    """Gets SIGTERM within its first paint, and goes when it is told to quit."""

    def __init__(self) -> None:
        super().__init__()
        self.paints = False
        self.quit_within_paint: list[bool] = []
        self._signalled = False

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.paints = True
        if not self._signalled:
            self._signalled = True
            signal.raise_signal(signal.SIGTERM)
        self.paints = False

    def quit(self) -> None:
        self.quit_within_paint.append(self.paints)
        self.close()


def test_a_signal_within_a_paint_quits_after_it(qtbot: QtBot) -> None:
    widget = SignalledInPaint()
    qtbot.addWidget(widget)
    before = signal.getsignal(signal.SIGTERM)
    signals = QuitSignals(widget.quit, widget)
    try:
        widget.show()
        # Else Qt paints on what is gone, and says so on standard error.
        qtbot.waitUntil(lambda: widget.quit_within_paint == [False])
        assert not widget.isVisible()
    finally:
        signals.close()
    assert signal.getsignal(signal.SIGTERM) is before

"""A box of a few lines, each a value of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit

from izzitup_desktop.desktop.theme import GAP

_SHOWN_LINES = 3


class LinesBox(QPlainTextEdit):
    """`finished` when the focus leaves it, as with a line."""

    finished = Signal()

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("\n".join(lines))
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _SHOWN_LINES + 2 * GAP)

    def lines(self) -> tuple[str, ...]:
        """The lines that hold anything, trimmed."""
        return tuple(line.strip() for line in self.toPlainText().splitlines() if line.strip())

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.finished.emit()

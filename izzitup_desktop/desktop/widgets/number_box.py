"""A whole number with arrows beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox, QWidget

from izzitup_desktop.desktop.theme import SMALL


class NumberBox(QSpinBox):
    """A `QSpinBox` whose text stands where it stands in lines of text.

    Qt leaves the style sheet's padding out beside arrows of one's own.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(SMALL, 0, 0, 0)

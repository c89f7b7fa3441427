"""What stands where a list has nothing to show: why, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izzitup_desktop.desktop.theme import GAP, WIDE, Theme
from izzitup_desktop.desktop.widgets.labels import plain_label


class Placeholder(QWidget):
    """An icon, a heading, a sentence and a button; `wanted` when it is pressed."""

    wanted = Signal()

    def __init__(self, theme: Theme, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icon_name = theme, icon
        self._icon = plain_label()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._heading = plain_label()
        self._heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        font = self._heading.font()
        font.setPointSizeF(font.pointSizeF() * 1.35)
        font.setBold(True)
        self._heading.setFont(font)
        self._sentence = plain_label(wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sentence.setMaximumWidth(520)
        self.button = QPushButton()
        self.button.clicked.connect(self.wanted)
        layout = QVBoxLayout(self)
        layout.setSpacing(GAP)
        layout.addStretch(2)
        layout.addWidget(self._icon)
        layout.addWidget(self._heading)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._sentence, 100)
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addSpacing(WIDE - GAP)
        line = QHBoxLayout()
        line.addStretch()
        line.addWidget(self.button)
        line.addStretch()
        layout.addLayout(line)
        layout.addStretch(3)
        theme.changed.connect(self._dress)

    @property
    def text(self) -> str:
        """Heading and sentence."""
        return f"{self._heading.text()} {self._sentence.text()}".strip()

    def say(self, heading: str, sentence: str, action: str = "") -> None:
        """Say this; without `action` there is no button."""
        self._heading.setText(heading)
        self._sentence.setText(sentence)
        self.button.setText(action)
        self.button.setVisible(bool(action))

    def showEvent(self, event: QShowEvent) -> None:
        # Most are never shown: their pictures are not drawn at the start.
        self._dress()
        super().showEvent(event)

    def _dress(self) -> None:
        self._icon.setPixmap(self._theme.pixmap(self._icon_name, 48, self._theme.colours.muted))

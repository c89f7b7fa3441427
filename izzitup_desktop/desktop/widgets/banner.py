"""A line at the edge of the window that says how things are, for as long as they are so."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from izzitup_desktop.desktop.theme import GAP, MARGIN, Theme
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.spoken import alert
from izzitup_desktop.domain.statuses import StatusId


class Banner(QFrame):
    """Unlike a message it can't be closed."""

    def __init__(self, theme: Theme, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icon_name = theme, icon
        self.setObjectName("banner")
        self.setAccessibleName(self.tr("State of the board"))
        self._icon = plain_label()
        self._text = plain_label(wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        layout.setSpacing(GAP)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def text(self) -> str:
        """What the banner says, "" while it is not shown."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str) -> None:
        """Say this from now on; "" takes the banner away."""
        self._text.setText(text)
        self.setAccessibleDescription(text)
        self.setVisible(bool(text))
        if text:
            alert(self)

    def _dress(self) -> None:
        dress = self._theme.colours.status(StatusId.IMPAIRED)
        self.setStyleSheet(
            f"#banner {{ background: {dress.tint}; border: 1px solid {dress.solid};"
            f" border-radius: 6px; }} #banner QLabel {{ color: {dress.ink}; }}"
        )
        self._icon.setPixmap(self._theme.pixmap(self._icon_name, 20, dress.ink))

"""A line at the edge of the window that says how things are, for as long as they are so."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from izzitup_desktop.desktop.theme import GAP, MARGIN, Theme
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.spoken import alert
from izzitup_desktop.domain.statuses import StatusId


class Banner(QFrame):
    """Unlike a message it can't be closed."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        parent: QWidget | None = None,
        *,
        dress: StatusId = StatusId.IMPAIRED,
    ) -> None:
        super().__init__(parent)
        self._dress_of = dress
        self._theme, self._icon_name = theme, icon
        self._is_severe = False
        self._on_action: Callable[[], object] | None = None
        self.setObjectName("banner")
        self.setAccessibleName(self.tr("State of the board"))
        self._icon = plain_label()
        self._text = plain_label(wrap=True)
        self.action = QPushButton()
        self.action.clicked.connect(self._act)
        self.action.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        layout.setSpacing(GAP)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.action)
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def text(self) -> str:
        """What the banner says, "" while it is not shown."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, *, severe: bool = False) -> None:
        """Say this from now on, in red where it is severe; "" takes the banner away."""
        self._is_severe = severe
        self._dress()
        self._text.setText(text)
        self.setAccessibleDescription(text)
        self.setVisible(bool(text))
        if text:
            alert(self)

    def offer(self, action: str, on_action: Callable[[], object] | None) -> None:
        """A button for what helps; "" takes it away."""
        self._on_action = on_action
        self.action.setText(action)
        self.action.setVisible(bool(action))

    def _act(self) -> None:
        if self._on_action is not None:
            self._on_action()

    def _dress(self) -> None:
        status = StatusId.OUTAGE if self._is_severe else self._dress_of
        dress = self._theme.colours.status(status)
        self.setStyleSheet(
            f"#banner {{ background: {dress.tint}; border: 1px solid {dress.solid};"
            f" border-radius: 6px; }} #banner QLabel {{ color: {dress.ink}; }}"
        )
        icon = "error" if self._is_severe else self._icon_name
        self._icon.setPixmap(self._theme.pixmap(icon, 20, dress.ink))

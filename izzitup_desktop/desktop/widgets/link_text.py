"""An address that opens where it is clicked, or with Return."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeyEvent, QMouseEvent

from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.desktop.widgets.labels import BrokenText

Open = Callable[[QUrl], object]
"""Has the system show an address; in a window that is `QDesktopServices.openUrl`."""

_SCHEMES = ("http", "https", "mailto")


def may_open(address: str) -> bool:
    """Whether it is an address of the web or of mail: nothing else is handed to the system."""
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    return url.isValid() and url.scheme() in _SCHEMES


class LinkText(BrokenText):
    """Shows an address underlined; `open_url` is given it."""

    def __init__(self, theme: Theme, address: str, open_url: Open) -> None:
        super().__init__(address)
        self._address, self._open = address, open_url
        font = self.font()
        font.setUnderline(True)
        self.setFont(font)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setStyleSheet(f"#broken {{ color: {theme.colours.accent}; }}")
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self._pressed = False

    def open_address(self) -> None:
        """Have the system show it."""
        self._open(QUrl(self._address))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = event.button() == Qt.MouseButton.LeftButton

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        # Who drags over it selects it.
        if self._pressed and not self.textCursor().hasSelection():
            self.open_address()
        self._pressed = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.open_address()
        else:
            super().keyPressEvent(event)

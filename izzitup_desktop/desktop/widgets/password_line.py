"""A line for a password: an eye shows it, and it notices that Caps Lock is on."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit

from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.domain.statuses import StatusId

_CAPITAL = 0x14
"""Windows' number of the key."""


class PasswordLine(QLineEdit):
    """`caps_lock` says whether that is on, as far as it is known.

    Windows is asked. Elsewhere Qt can't tell, but what is typed does: a capital letter
    without Shift.
    """

    caps_lock = Signal(bool)

    def __init__(self, theme: Theme, name: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._caps_lock = False
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(name)
        self.eye = self.addAction(theme.icon("shown"), QLineEdit.ActionPosition.TrailingPosition)
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._show_text)
        theme.changed.connect(self._dress)
        self._dress()

    def clear(self) -> None:
        super().clear()
        self.eye.setChecked(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            # Whether it is on now shows the next letter, or the system.
            self._say(_asked() or False)
        elif len(text) == 1 and text.isalpha() and text.upper() != text.lower():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._say(text.isupper() != shift)
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        known = _asked()
        if known is not None:
            self._say(known)

    def _say(self, on: bool) -> None:
        if on != self._caps_lock:
            self._caps_lock = on
            self.caps_lock.emit(on)

    def _show_text(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)
        self._dress()

    def _dress(self) -> None:
        shown = self.eye.isChecked()
        self.eye.setIcon(self._theme.icon("hidden" if shown else "shown"))
        text = self.tr("Hide the password") if shown else self.tr("Show the password")
        self.eye.setToolTip(text)
        self.eye.setText(text)


class CapsLockWarning(QLabel):
    """A line of text that is shown while Caps Lock is on for one of these lines."""

    def __init__(self, theme: Theme, *lines: PasswordLine) -> None:
        super().__init__(self.tr("Caps Lock is on."))
        self._theme = theme
        self.hide()
        for line in lines:
            line.caps_lock.connect(self.setVisible)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setStyleSheet(f"color: {self._theme.colours.status(StatusId.IMPAIRED).ink};")


def _asked() -> bool | None:
    """Whether Caps Lock is on; None where the system does not tell."""
    if sys.platform == "win32":
        import ctypes  # there only

        return bool(ctypes.windll.user32.GetKeyState(_CAPITAL) & 1)
    return None

"""The cover over a locked window, and the watch that locks after idle minutes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from izzitup_desktop.desktop.access.unlock_form import UnlockForm, centred
from izzitup_desktop.desktop.theme import WIDE, Theme

_PATIENCE_MS = 30_000
"""How long a wall asks for a password that nobody types."""

_LIVELY = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
)


class IdleWatch(QObject):
    """`idle` comes when nobody touched keys or mouse for as long as was set."""

    idle = Signal()

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._watching = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)

    def watch(self, milliseconds: int) -> None:
        """Wait so long from now on; 0 watches no more."""
        if bool(milliseconds) != self._watching:
            self._watching = bool(milliseconds)
            if self._watching:
                self._app.installEventFilter(self)
            else:
                self._app.removeEventFilter(self)
        self._timer.setInterval(milliseconds)
        if milliseconds:
            self._timer.start()
        else:
            self._timer.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _LIVELY:
            self._timer.start()
        return False


class Cover(QFrame):
    """Lies over the whole window; nothing below it can be seen or reached."""

    def __init__(self, theme: Theme, name: str, over: QWidget) -> None:
        super().__init__(over)
        self._over, self._theme = over, theme
        self.setObjectName("cover")
        self.setAutoFillBackground(True)
        self.setAccessibleName(self.tr("Locked"))
        self.form = UnlockForm(theme, name)
        self.setLayout(centred(self.form))
        theme.changed.connect(self._dress)
        self._dress()
        over.installEventFilter(self)
        self.setGeometry(over.rect())
        self.show()
        self.raise_()
        self.form.take_focus()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return False

    def _dress(self) -> None:
        self.setStyleSheet(f"#cover {{ background: {self._theme.colours.window}; }}")


class UnlockPanel(QFrame):
    """Asks for the password over a wall that stays; `left` comes when nobody gave it."""

    left = Signal()

    def __init__(self, theme: Theme, name: str, over: QWidget) -> None:
        super().__init__(over)
        self._over, self._theme = over, theme
        self.setObjectName("unlockPanel")
        self.setAutoFillBackground(True)
        self.setAccessibleName(self.tr("Locked"))
        # A wall hides the pointer.
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.form = UnlockForm(theme, name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(2 * WIDE,) * 4)
        layout.addWidget(self.form)
        # Who walked past the wall leaves it as it was.
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.left)
        self._patience.start()
        self.form.password.textEdited.connect(lambda: self._patience.start())
        self.form.name.textEdited.connect(lambda: self._patience.start())
        theme.changed.connect(self._dress)
        self._dress()
        over.installEventFilter(self)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        self.show()
        self.raise_()
        self._place()
        self.form.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        # No key goes on to the wall below, which would leave.
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        place = self.rect()
        place.moveCenter(self._over.rect().center())
        self.move(place.topLeft())

    def _dress(self) -> None:
        colours = self._theme.colours
        self.setStyleSheet(
            f"#unlockPanel {{ background: {colours.window};"
            f" border: 2px solid {colours.strong_border}; border-radius: 12px; }}"
        )

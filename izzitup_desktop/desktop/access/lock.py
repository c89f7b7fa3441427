"""The cover over a locked window, and the watch that locks after idle minutes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QVBoxLayout, QWidget

from izzitup_desktop.desktop.theme import GAP, Theme
from izzitup_desktop.desktop.widgets.labels import heading_label, plain_label
from izzitup_desktop.desktop.words.texts import filled

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

    unlock_wanted = Signal()

    def __init__(self, theme: Theme, name: str, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("cover")
        self.setAutoFillBackground(True)
        self.setAccessibleName(self.tr("Locked"))
        colours = theme.colours
        self.setStyleSheet(f"#cover {{ background: {colours.window}; }}")
        icon = plain_label()
        icon.setPixmap(theme.pixmap("lock", 48, colours.muted))
        self.unlock = QPushButton(self.tr("Unlock …"))
        self.unlock.setDefault(True)
        self.unlock.clicked.connect(self.unlock_wanted)
        layout = QVBoxLayout(self)
        layout.setSpacing(GAP)
        layout.addStretch(2)
        for widget in (
            icon,
            heading_label(self.tr("The window is locked")),
            plain_label(filled(self.tr("Signed in as %1. The API goes on answering."), name)),
            self.unlock,
        ):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        over.installEventFilter(self)
        self.setGeometry(over.rect())
        self.show()
        self.raise_()
        self.unlock.setFocus()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return False

"""A few words over the bottom of the window, with an Undo while they last."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from izzitup_desktop.desktop.theme import MARGIN, SMALL, Theme
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.spoken import alert

_SHOWN_MS = 8_000
_EDGE = 3
_SHOWN_BRIEFLY_MS = 4_000


class Toast(QFrame):
    """Lies on the lower edge of `parent`; stays while the pointer is on it.

    So it covers the status line of a window, and no row that somebody aims at.

    What others did (`remark`) never takes an Undo away: it waits until that is gone.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._over = theme, parent
        self._on_action: Callable[[], object] | None = None
        self._duration_ms = _SHOWN_MS
        self._waiting = ""
        self.setObjectName("toast")
        self.setAccessibleName(self.tr("Notice"))
        self._text = plain_label()
        self._action = QPushButton()
        self._action.clicked.connect(self._act)
        self._layout = QHBoxLayout(self)
        self._layout.setSpacing(MARGIN)
        self._layout.addWidget(self._text)
        self._layout.addWidget(self._action)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._end)
        theme.changed.connect(self._dress)
        self._dress()
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What the toast says, "" when it is gone."""
        return "" if self.isHidden() else self._text.text()

    @property
    def button(self) -> QPushButton:
        """The button that does `on_action`."""
        return self._action

    def tell(
        self, text: str, *, action: str = "", on_action: Callable[[], object] | None = None
    ) -> None:
        """Show `text` for some seconds, with a button when there is an `action`."""
        self._on_action = on_action
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        right = SMALL if action else MARGIN + SMALL
        self._layout.setContentsMargins(MARGIN + SMALL, _EDGE, right, _EDGE)
        self._duration_ms = _SHOWN_MS if action else _SHOWN_BRIEFLY_MS
        self.setAccessibleDescription(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(self._duration_ms)
        alert(self)

    def remark(self, text: str) -> None:
        """Show `text`, after the action that is being offered; the newest one then."""
        if not self.isHidden() and not self._action.isHidden():
            self._waiting = text
        else:
            self.tell(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.isHidden():
            if event.type() == QEvent.Type.Resize:
                self._place()
            elif event.type() is QEvent.Type.ChildPolished:
                # A page that is made while an Undo is offered would lie over it.
                self.raise_()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start(self._duration_ms)
        super().leaveEvent(event)

    def _end(self) -> None:
        self.hide()
        waiting, self._waiting = self._waiting, ""
        if waiting:
            self.tell(waiting)

    def _act(self) -> None:
        on_action = self._on_action
        self._end()
        if on_action is not None:
            on_action()

    def _place(self) -> None:
        over = self._over
        self.setMaximumWidth(over.width() - 2 * MARGIN)
        self.adjustSize()
        left = (over.width() - self.width()) // 2
        self.move(max(MARGIN, left), over.height() - self.height() - _EDGE)

    def _dress(self) -> None:
        colours = self._theme.colours
        self.setStyleSheet(
            f"#toast {{ background: {colours.tooltip}; border-radius: 8px;"
            f" border: 1px solid {colours.strong_border}; }}"
            f" #toast QLabel {{ color: {colours.on_tooltip}; }}"
            f" #toast QPushButton {{ color: {colours.on_tooltip}; background: transparent;"
            f" border: 1px solid {colours.on_tooltip}; font-weight: 600;"
            f" padding: 2px {MARGIN}px; min-height: 18px; }}"
            f" #toast QPushButton:hover {{ background: {colours.strong_border}; }}"
        )

"""What may wait until a window was painted for the first time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_UNPAINTED_MS = 500
"""A window that is covered or on another desktop may never be painted."""


class FirstPaint(QObject):
    """Calls `then` once, after the first paint of `widget`, or when none comes soon."""

    def __init__(self, widget: QWidget, then: Callable[[], object]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._then = then
        self._waiting = True
        widget.installEventFilter(self)
        QTimer.singleShot(_UNPAINTED_MS, self, self._end)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._waiting and event.type() is QEvent.Type.Paint:
            # The paint itself comes after its filters.
            QTimer.singleShot(0, self, self._end)
            self._widget.removeEventFilter(self)
        return super().eventFilter(watched, event)

    def _end(self) -> None:
        if self._waiting:
            self._waiting = False
            self._widget.removeEventFilter(self)
            self._then()
            self.deleteLater()

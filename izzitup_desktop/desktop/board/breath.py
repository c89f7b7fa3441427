"""The buttons of rows whose status is being written breathe until it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from izzitup_desktop.desktop.board.delegate import ServiceDelegate
from izzitup_desktop.desktop.board.model import ServiceModel

_BREATH_MS = 60
_PERIOD_MS = 900


class Breath(QObject):
    """Runs only while something is pending; `repaint` repaints the buttons."""

    def __init__(
        self,
        model: ServiceModel,
        delegate: ServiceDelegate,
        repaint: Callable[[], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._model, self._delegate, self._repaint = model, delegate, repaint
        self._timer = QTimer(self)
        self._timer.setInterval(_BREATH_MS)
        self._timer.timeout.connect(self._breathe)
        model.dataChanged.connect(self._watch)

    def _watch(self) -> None:
        if self._model.has_pending and not self._timer.isActive():
            self._timer.start()

    def _breathe(self) -> None:
        if not self._model.has_pending:
            self._timer.stop()
        self._delegate.phase = (self._delegate.phase + _BREATH_MS / _PERIOD_MS) % 1.0
        self._repaint()

"""What a run costs: how long the event loop's turns take, and what is left of it after."""

from __future__ import annotations

import gc
from collections import Counter
from dataclasses import dataclass
from time import monotonic

import psutil
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

_TICK_MS = 10


class Turns(QObject):
    """How long the event loop took for its longest turns, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self._last = monotonic()
        self.turns: list[float] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()

    def _on_tick(self) -> None:
        now = monotonic()
        self.turns.append((now - self._last) * 1_000 - _TICK_MS)
        self._last = now

    def figures(self) -> str:
        """Median, 99th percentile and longest."""
        turns = sorted(self.turns) or [0.0]
        return (
            f"{turns[len(turns) // 2]:.0f}, {turns[int(len(turns) * 0.99)]:.0f}, {turns[-1]:.0f} ms"
        )


@dataclass(frozen=True, slots=True)
class Census:
    """How many widgets and other objects there are by class, and bytes of memory."""

    widgets: Counter[str]
    objects: Counter[str]
    memory: int

    @staticmethod
    def taken() -> Census:
        """As it is now, without what only waits to be deleted."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        # What was frozen at a start is not among what the collector lists.
        gc.unfreeze()
        gc.collect()
        objects = (one for one in gc.get_objects() if isinstance(one, QObject))
        return Census(
            Counter(type(widget).__name__ for widget in QApplication.allWidgets()),
            Counter(type(one).__name__ for one in objects if shiboken6.isValid(one)),
            psutil.Process().memory_info().rss,
        )

    def grown(self, before: Census) -> dict[str, int]:
        """The classes of which there are more by now, and how many more."""
        more = (self.widgets - before.widgets) | (self.objects - before.objects)
        return dict(more.most_common())

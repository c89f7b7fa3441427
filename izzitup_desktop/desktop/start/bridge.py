"""The live picture's way onto the GUI thread: what changed, by a queued signal."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board, Subscription
    from izzitup_desktop.board.live import Delta
    from izzitup_desktop.domain.journal import Entry

PERIOD_MS = 50
"""News are handed over at most this often, all that came in meanwhile at once."""


@dataclass(frozen=True, slots=True)
class News:
    """Which services changed or went, whether groups did, and the entries that say why.

    What a service is like now the picture says, which may be newer than this.
    """

    service_ids: frozenset[int]
    groups_changed: bool
    entries: tuple[Entry, ...]


class LiveBridge(QObject):
    """Re-emits the picture's deltas on the GUI thread; the core knows nothing of Qt.

    `news` carries a `News`, `entries` its entries (a tuple in journal order, if there
    are any); `trouble` the reason why the journal can't be read, and "" when it can
    be again.
    """

    news = Signal(object)
    entries = Signal(object)
    trouble = Signal(object)
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = Lock()
        self._ids: set[int] = set()
        self._groups_changed = False
        self._entries: list[Entry] = []
        self._is_woken = False
        self._subscription: Subscription | None = None
        self._since_last = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._deliver)
        self._woken.connect(self._on_woken, Qt.ConnectionType.QueuedConnection)

    def listen(self, board: Board) -> None:
        """Listen to `board` from now on, and to no other."""
        self.close()
        _, self._subscription = board.live.follow(self._on_delta, self.trouble.emit)

    def close(self) -> None:
        """Stop listening; what was not handed over yet is dropped."""
        if self._subscription is not None:
            self._subscription.cancel()
            self._subscription = None
        self._timer.stop()
        self._taken()

    def _on_delta(self, delta: Delta) -> None:
        with self._lock:
            self._ids.update(service.id for service in delta.services)
            self._ids |= delta.removed
            self._groups_changed |= delta.groups is not None
            self._entries.extend(delta.entries)
            first, self._is_woken = not self._is_woken, True
        if first:
            self._woken.emit()

    def _taken(self) -> News:
        with self._lock:
            news = News(frozenset(self._ids), self._groups_changed, tuple(self._entries))
            self._ids.clear()
            self._entries.clear()
            self._groups_changed = self._is_woken = False
        return news

    def _on_woken(self) -> None:
        if self._timer.isActive():
            return
        quiet = PERIOD_MS
        if self._since_last.isValid():
            quiet = min(PERIOD_MS, self._since_last.elapsed())
        if quiet >= PERIOD_MS:
            self._deliver()
        else:
            self._timer.start(PERIOD_MS - int(quiet))

    def _deliver(self) -> None:
        self._since_last.start()
        news = self._taken()
        self.news.emit(news)
        if news.entries:
            self.entries.emit(news.entries)

"""The feed's way onto the GUI thread: journal entries by a queued signal."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from izzitup_desktop.domain.journal import Entry

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board, Subscription

PERIOD_MS = 50
"""Entries are handed over at most this often, all that came in meanwhile at once."""


class FeedBridge(QObject):
    """Re-emits the feed on the GUI thread; the core knows nothing of Qt.

    `entries` carries a tuple of `Entry` in journal order; `trouble` the reason why
    the journal can't be read, and "" when it can be again.
    """

    entries = Signal(object)
    trouble = Signal(object)
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = Lock()
        self._waiting: list[Entry] = []
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
        self._subscription = board.subscribe(self._on_entries, self.trouble.emit)

    def close(self) -> None:
        """Stop listening; what was not handed over yet is dropped."""
        if self._subscription is not None:
            self._subscription.cancel()
            self._subscription = None
        self._timer.stop()
        with self._lock:
            self._waiting.clear()

    def _on_entries(self, entries: Sequence[Entry]) -> None:
        with self._lock:
            first = not self._waiting
            self._waiting.extend(entries)
        if first:
            self._woken.emit()

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
        with self._lock:
            entries = tuple(self._waiting)
            self._waiting.clear()
        if entries:
            self._since_last.start()
            self.entries.emit(entries)

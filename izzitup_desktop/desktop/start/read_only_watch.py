"""Looks whether the board can be changed: disks fail and are mended while it is open."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from izzitup_desktop.desktop.start.runner import Runner

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board

log = logging.getLogger(__name__)

_EVERY_MS = 10_000


class ReadOnlyWatch(QObject):
    """`changed` comes when `reason` is another: why nothing can be changed, "" if it can."""

    changed = Signal()

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self.reason = ""
        self._runner = runner
        self._board: Board | None = None
        self._looks = self._again = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def attach(self, board: Board) -> None:
        """Watch this board from now on."""
        self._board = board
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Look now, on another thread: a disk may keep one waiting."""
        board = self._board
        self._again = self._looks
        if board is None or self._looks:
            return
        self._looks = True
        self._runner.run(
            lambda: board.why_read_only, then=self._on_reason, failed=self._on_failed, owner=self
        )

    def _on_reason(self, reason: str) -> None:
        if reason != self.reason:
            self.reason = reason
            log.warning("%s", reason or "The database can be changed again.")
            self.changed.emit()
        self._end()

    def _on_failed(self, _error: Exception) -> None:
        # Whether it can be written is not known then; the next change finds out.
        self._end()

    def _end(self) -> None:
        self._looks = False
        if self._again:
            self.look()

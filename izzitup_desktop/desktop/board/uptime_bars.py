"""Reads the days of each service for the strips, off the GUI thread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.uptime_bar import DAYS
from izzitup_desktop.desktop.start.runner import Lane, Runner
from izzitup_desktop.desktop.words.times import local_day, local_time
from izzitup_desktop.domain.accounts import Actor

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board

_AGAIN_MS = 10 * 60 * 1_000
_GATHER_MS = 1_000
_SINGLY_MOST = 500


class UptimeBarReader(QObject):
    """Keeps the model's strips; what changed is read a second later, all now and then."""

    def __init__(self, runner: Runner, model: ServiceModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._model = model
        self._board: Board | None = None
        self._actor: Actor | None = None
        self._ids: set[int] = set()
        self._busy = False
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(_GATHER_MS)
        self._gather.timeout.connect(self._read)
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.read_all)

    @property
    def is_busy(self) -> bool:
        """Whether strips are being read."""
        return self._busy

    def attach(self, board: Board, actor: Actor) -> None:
        """Read this board from now on."""
        self._board, self._actor = board, actor
        self._again.start()
        self.read_all()

    def read_all(self) -> None:
        """Read the strips of all services."""
        self._run(None)

    def changed(self, service_ids: Iterable[int]) -> None:
        """The status of these services changed."""
        self._ids.update(service_ids)
        if self._ids and not self._gather.isActive():
            self._gather.start()

    def _read(self) -> None:
        if self._busy:
            self._gather.start()
            return
        ids = sorted(self._ids)
        self._ids.clear()
        self._run(ids if len(ids) <= _SINGLY_MOST else None)

    def _run(self, ids: list[int] | None) -> None:
        board, actor = self._board, self._actor
        if board is None or actor is None or self._busy:
            return
        self._busy = True
        self._runner.run(
            lambda: board.uptime.worst_of_days(actor, day_bounds(datetime.now(UTC)), ids),
            then=self._on_read,
            # The strips stay as they are; the rows themselves tell what is wrong.
            failed=lambda _error: self._end(),
            owner=self,
            lane=Lane.READING,
        )

    def _on_read(self, strips: Mapping[int, bytes]) -> None:
        self._end()
        self._model.set_uptime_bars(strips)

    def _end(self) -> None:
        self._busy = False


def day_bounds(now: datetime, days: int = DAYS) -> list[datetime]:
    """The local midnights that bound the last days, today included, and now."""
    today = local_day(now)
    midnights = [local_time(today.addDays(-day)) for day in range(days - 1, -1, -1)]
    return [*midnights, max(now, midnights[-1] + timedelta(microseconds=1))]

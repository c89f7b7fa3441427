"""Reads the days of each service for the uptime bars, off the GUI thread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.uptime_bar import DAYS
from izzitup_desktop.desktop.start.runner import Lane, Runner
from izzitup_desktop.desktop.words.times import local_day, local_time
from izzitup_desktop.domain.accounts import Principal

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board

_AGAIN_MS = 10 * 60 * 1_000
_BEAT_MS = 60 * 1_000
_GATHER_MS = 1_000
_SINGLY_MOST = 500


class UptimeBarReader(QObject):
    """Keeps the model's uptime bars; what changed is read a second later, all now and then."""

    def __init__(self, runner: Runner, model: ServiceModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._model = model
        self._board: Board | None = None
        self._principal: Principal | None = None
        self._ids: set[int] = set()
        self._busy = False
        self._is_shown = True
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(_GATHER_MS)
        self._gather.timeout.connect(self._read)
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.read_all)
        self._today = local_day(datetime.now(UTC))
        self._beat = QTimer(self)
        self._beat.setInterval(_BEAT_MS)
        self._beat.timeout.connect(lambda: self.pass_time(datetime.now(UTC)))

    @property
    def is_busy(self) -> bool:
        """Whether uptime bars are being read."""
        return self._busy

    @property
    def is_waiting(self) -> bool:
        """Whether something changed that was not read yet."""
        return bool(self._ids)

    def attach(self, board: Board, principal: Principal) -> None:
        """Read this board from now on."""
        self._board, self._principal = board, principal
        self._again.start()
        self._beat.start()
        self.read_all()

    def read_all(self) -> None:
        """Read the uptime bars of all services."""
        self._run(None)

    def changed(self, service_ids: Iterable[int]) -> None:
        """The status of these services changed."""
        self._ids.update(service_ids)
        self._gather_soon()

    def pass_time(self, now: datetime) -> None:
        """A minute went by; after midnight the days are others."""
        today = local_day(now)
        if today != self._today:
            self._today = today
            self.read_all()

    def set_shown(self, is_shown: bool) -> None:
        """The board is on the screen, or not: then nothing is read until it is again."""
        self._is_shown = is_shown
        self._gather_soon()

    def _gather_soon(self) -> None:
        if self._ids and self._is_shown and not self._gather.isActive():
            self._gather.start()

    def _read(self) -> None:
        if not self._is_shown:
            return
        if self._busy:
            self._gather.start()
            return
        ids = sorted(self._ids)
        self._ids.clear()
        self._run(ids if len(ids) <= _SINGLY_MOST else None)

    def _run(self, ids: list[int] | None) -> None:
        board, principal = self._board, self._principal
        if board is None or principal is None or self._busy:
            return
        self._busy = True
        self._runner.run(
            lambda: board.uptime.worst_of_days(principal, day_bounds(datetime.now(UTC)), ids),
            then=self._on_read,
            # The uptime bars stay as they are; the rows themselves tell what is wrong.
            failed=lambda _error: self._end(),
            owner=self,
            lane=Lane.READING,
        )

    def _on_read(self, bars: Mapping[int, bytes]) -> None:
        self._end()
        self._model.set_uptime_bars(bars)

    def _end(self) -> None:
        self._busy = False


def day_bounds(now: datetime, days: int = DAYS) -> list[datetime]:
    """The local midnights that bound the last days, today included, and now."""
    today = local_day(now)
    midnights = [local_time(today.addDays(-day)) for day in range(days - 1, -1, -1)]
    return [*midnights, max(now, midnights[-1] + timedelta(microseconds=1))]

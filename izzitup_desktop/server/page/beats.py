"""A service's days as single results, for formats that know nothing but checks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import NamedTuple

from izzitup_desktop.domain.public_board import PublicBoard, PublicService
from izzitup_desktop.domain.uptime import UNKNOWN


class Beat(NamedTuple):
    """A result: a day's worst status, or for the last one what holds now; its time as written."""

    time: str
    status_id: int


class Beats:
    """Those of a board's services. `written` says how a time stands in the format.

    A day's is of its midday, in UTC: it is nobody's exact time.
    """

    def __init__(self, board: PublicBoard, written: Callable[[datetime], str]) -> None:
        middays = (datetime.combine(date, time(12), UTC) for date in board.dates[:-1])
        self._days = [written(midday) for midday in middays]
        self._now = written(board.made)

    def of(self, service: PublicService) -> list[Beat]:
        """One a day of which anything is known, oldest first, and the last for this moment."""
        days = zip(self._days, service.days[:-1], strict=True)
        found = [Beat(time, day.worst) for time, day in days if day.worst != UNKNOWN]
        return [*found, Beat(self._now, service.status_id)]

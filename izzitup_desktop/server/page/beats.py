"""A service's days as single results, for formats that know nothing but checks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import NamedTuple

from izzitup_desktop.domain.public_board import PublicBoard, PublicService
from izzitup_desktop.domain.uptime import UNKNOWN


class Beat(NamedTuple):
    """A result: a day's worst status, or for the last one what holds now."""

    time: datetime
    status_id: int


def beats_of(service: PublicService, board: PublicBoard) -> Iterator[Beat]:
    """One a day of which anything is known, oldest first, and the last for this moment.

    A day's is of its midday, in UTC: it is nobody's exact time.
    """
    for date, day in zip(board.dates[:-1], service.days[:-1], strict=True):
        if day.worst != UNKNOWN:
            yield Beat(datetime.combine(date, time(12), UTC), day.worst)
    yield Beat(board.made, service.status_id)

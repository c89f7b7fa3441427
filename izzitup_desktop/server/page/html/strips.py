"""Strips: what a service did each day, as one small picture and as a sentence beside it.

A strip is one path a status, whose dashes are the days: the style sheet says that a dash
is a day wide, and that each part of a path begins with one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from izzitup_desktop.domain.public_board import Day
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.uptime import UNKNOWN

HEIGHT = 16
MIDDLES = {UNKNOWN: 14, StatusId.CLOSED: 14, StatusId.OPERATIONAL: 10, StatusId.IMPAIRED: 9,
           StatusId.OUTAGE: 8}  # fmt: skip
"""Where the middle of a bar is: all stand on the ground, and the worse, the higher they are."""

NARROW_DAYS = 30
"""So many are shown where there is little room."""

_MICROSECONDS = 1_000_000
_BAD = (StatusId.IMPAIRED, StatusId.OUTAGE)
_LAST = 99
_worst = attrgetter("worst")


class Path(NamedTuple):
    """The days of one status: the `d` of its path."""

    status_id: int
    d: str


class BadDay(NamedTuple):
    """A day on which a service was not fine; lengths in seconds."""

    date: date
    worst: int
    outage: float
    impaired: float

    @property
    def length(self) -> float:
        """How long it had its worst status, in seconds."""
        return self.outage if self.worst == StatusId.OUTAGE else self.impaired


class Run(NamedTuple):
    """Adjoining days of one status."""

    status_id: int
    begin: int
    length: int

    @property
    def is_bad(self) -> bool:
        """Whether they are days with an outage or an impairment."""
        return self.status_id in _BAD


def runs(days: Sequence[Day]) -> list[Run]:
    """The days as runs, oldest first."""
    found = []
    place = 0
    for status_id, those in groupby(days, _worst):
        count = len(list(those))
        found.append(Run(status_id, place, count))
        place += count
    return found


def paths(found: Sequence[Run]) -> list[Path]:
    """The picture's paths, the best status first, what nobody knows last."""
    parts: dict[int, str] = {}
    ends: dict[int, int] = {}
    for status_id, begin, count in found:
        if status_id in parts:
            parts[status_id] += f"m{begin - ends[status_id]} 0h{count}"
        else:
            parts[status_id] = f"M{begin} {MIDDLES.get(status_id, HEIGHT)}h{count}"
        ends[status_id] = begin + count
    return [Path(one, parts[one]) for one in sorted(parts, key=lambda one: one or _LAST)]


def bad_days(
    days: Sequence[Day], dates: Sequence[date], found: Sequence[Run] | None = None
) -> Iterator[BadDay]:
    """Days with an outage or an impairment, newest first."""
    for status_id, begin, count in reversed(runs(days) if found is None else found):
        if status_id not in _BAD:
            continue
        for place in range(begin + count - 1, begin - 1, -1):
            day = days[place]
            yield BadDay(
                dates[place], day.worst, day.outage / _MICROSECONDS, day.impaired / _MICROSECONDS
            )


def known_days(days: Sequence[Day]) -> int:
    """How many days it is since the first of which anything is known."""
    first = next((place for place, day in enumerate(days) if day.known), len(days))
    return len(days) - first

"""The bars of a report's strips: hours, days, weeks or months, by how long it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

_HOURS_BELOW, _DAYS_BELOW, _WEEKS_BELOW = 3, 93, 93 * 7
"""Of less than so many days a strip has a bar for each hour, day, week."""


class Unit(Enum):
    """What one bar stands for."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Bars:
    """Adjoining bars: `bounds` are one more than they are."""

    unit: Unit
    bounds: Sequence[datetime]


def bars_of(begin: datetime, end: datetime) -> Bars:
    """The bars from `begin` to `end`, by the local calendar; the outer ones may be shorter."""
    length = (end - begin) / timedelta(days=1)
    if length < _HOURS_BELOW:
        unit = Unit.HOUR
        edges = _hours(begin, end)
    else:
        unit = Unit.DAY if length < _DAYS_BELOW else Unit.WEEK
        unit = unit if length < _WEEKS_BELOW else Unit.MONTH
        edges = _days(begin, end, unit)
    return Bars(unit, [begin, *edges, end])


def _hours(begin: datetime, end: datetime) -> list[datetime]:
    hour = begin.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    edges = []
    while hour < end:
        edges.append(hour)
        hour += timedelta(hours=1)
    return edges


def _days(begin: datetime, end: datetime, unit: Unit) -> list[datetime]:
    day = _next(begin.astimezone().date(), unit)
    edges = []
    # Two midnights are not always 24 hours apart: clocks are set forward and back.
    while (midnight := datetime.combine(day, time()).astimezone()) < end:
        edges.append(midnight)
        day = _next(day, unit)
    return edges


def _next(day: date, unit: Unit) -> date:
    match unit:
        case Unit.WEEK:
            return day + timedelta(days=7 - day.weekday())
        case Unit.MONTH:
            return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        case _:
            return day + timedelta(days=1)

"""Days of a service: what it did on each, and where days begin in the board's zone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.uptime import UNKNOWN, Span, worse


class Day(NamedTuple):
    """What a service did on one day: its worst status, and for how long it had which.

    Lengths are whole microseconds. `worst` is `UNKNOWN` where nothing is known of the day.
    """

    worst: int = UNKNOWN
    outage: int = 0
    impaired: int = 0
    known: int = 0


NO_DAY = Day()


def days_of(found: Iterable[Span], bounds: Sequence[int]) -> list[Day]:
    """The days between adjoining `bounds`, of spans in order; both in microseconds.

    Closed counts as unknown time: nothing was promised.
    """
    count = len(bounds) - 1
    worst, outage, impaired, known = ([0] * count for _ in range(4))
    place = 0
    for status_id, begin, end in found:
        if status_id == UNKNOWN:
            continue
        while place < count and bounds[place + 1] <= begin:
            place += 1
        for here in range(place, count):
            length = min(end, bounds[here + 1]) - max(begin, bounds[here])
            if length <= 0:
                break
            if worst[here] != status_id:
                worst[here] = worse(worst[here], status_id)
            if status_id != StatusId.CLOSED:
                known[here] += length
            if status_id == StatusId.OUTAGE:
                outage[here] += length
            elif status_id == StatusId.IMPAIRED:
                impaired[here] += length
    return list(map(Day, worst, outage, impaired, known))


def uptime(days: Sequence[Day]) -> float | None:
    """The share of the known time without outage, 0 to 1; None where nothing is known."""
    # Lists are summed in half the time that generators take, and there are many days.
    known = sum([day.known for day in days])
    return 1 - sum([day.outage for day in days]) / known if known else None


def dates_until(today: date, count: int) -> list[date]:
    """So many days in a row, of which `today` is the last."""
    return [today - timedelta(days=back) for back in range(count - 1, -1, -1)]


def midnight(day: date) -> datetime:
    """When a day begins in the board's zone, in UTC. Two are not always 24 hours apart."""
    return datetime.combine(day, time()).astimezone(UTC)

"""Uptime: how long which status held, from periods and from when anybody watched.

All times are whole microseconds since 1970 in UTC, intervals are half open
`[begin, end)`. Time in which the application did not run is *unknown*: it is
neither up nor down, and is left out of the percentage.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from izzitup_desktop.domain.statuses import StatusId, severity

UNKNOWN = 0
"""Stands for a status where nobody watched, or nothing was there yet."""

Interval = tuple[int, int]


class Span(NamedTuple):
    """One status (or `UNKNOWN`) from `begin` to `end`.

    A tuple, as `StoredPeriod` is: a year of a service is thousands of them, and a
    frozen dataclass takes five times as long to make.
    """

    status_id: int
    begin: int
    end: int

    @property
    def length(self) -> int:
        """Microseconds."""
        return self.end - self.begin


@dataclass(frozen=True, slots=True)
class Totals:
    """Microseconds of each status within a window; they add up to its length."""

    operational: int = 0
    impaired: int = 0
    outage: int = 0
    unknown: int = 0

    @property
    def known(self) -> int:
        """Microseconds in which the status is known."""
        return self.operational + self.impaired + self.outage

    @property
    def uptime(self) -> float | None:
        """The share of known time without outage, 0 to 1; None where none is known.

        Impaired counts as up: people could work, if slowly.
        """
        return (self.operational + self.impaired) / self.known if self.known else None

    def __add__(self, other: Totals) -> Totals:
        return Totals(
            self.operational + other.operational,
            self.impaired + other.impaired,
            self.outage + other.outage,
            self.unknown + other.unknown,
        )


class StoredPeriod(NamedTuple):
    """A status period as stored; `mistake`: it counts as what was before it."""

    status_id: int
    begin: int
    end: int | None
    mistake: bool = False
    entry_id: int = 0


def spans(
    periods: Iterable[StoredPeriod], watched: Sequence[Interval], window: Interval
) -> tuple[Span, ...]:
    """What held when within `window`: adjoining spans that fill it, oldest first.

    `periods` are one service's, oldest first; `watched` as `merged` gives it.
    """
    found: list[Span] = []
    held, since = UNKNOWN, window[0]
    for place, status_id in _changes(_known(periods, window), watched, window):
        if status_id != held:
            if place > since:
                found.append(Span(held, since, place))
            held, since = status_id, place
    if window[1] > since:
        found.append(Span(held, since, window[1]))
    return tuple(found)


def begun_by(periods: Iterable[StoredPeriod], found: Iterable[Span]) -> dict[int, int]:
    """The journal entry by which each span got its status, by the span's begin.

    Spans of which nothing is known have none. `periods` as for `spans`.
    """
    held: list[tuple[int, int, int]] = []
    status_id, entry_id = UNKNOWN, 0
    for period in periods:
        if not period.mistake:
            status_id, entry_id = period.status_id, period.entry_id
        held.append((period.begin, status_id, entry_id))
    held.sort()
    begins = [begin for begin, _, _ in held]
    begun: dict[int, int] = {}
    for span in found:
        for place in range(bisect_right(begins, span.begin) - 1, -1, -1):
            if held[place][1] == span.status_id:
                if held[place][2]:
                    begun[span.begin] = held[place][2]
                break
    return begun


def totals(found: Iterable[Span]) -> Totals:
    """How long each status held. Closed counts as unknown: nothing was promised."""
    sums = {StatusId.OPERATIONAL: 0, StatusId.IMPAIRED: 0, StatusId.OUTAGE: 0, UNKNOWN: 0}
    for status_id, begin, end in found:
        sums[status_id if status_id in sums else UNKNOWN] += end - begin
    return Totals(
        sums[StatusId.OPERATIONAL], sums[StatusId.IMPAIRED], sums[StatusId.OUTAGE], sums[UNKNOWN]
    )


def worst_of_each(found: Sequence[Span], bounds: Sequence[int]) -> tuple[int, ...]:
    """The worst status in each of the buckets between adjoining `bounds`.

    `UNKNOWN` where nothing of the bucket is known.
    """
    worst = [UNKNOWN] * (len(bounds) - 1)
    bucket = 0
    for span in found:
        if span.status_id == UNKNOWN:
            continue
        while bucket < len(worst) and bounds[bucket + 1] <= span.begin:
            bucket += 1
        here = bucket
        while here < len(worst) and bounds[here] < span.end:
            worst[here] = worse(worst[here], span.status_id)
            here += 1
    return tuple(worst)


def worse(one: int, other: int) -> int:
    """The worse of two statuses; anything is more than `UNKNOWN`."""
    if UNKNOWN in (one, other):
        return one or other
    return other if severity(other) > severity(one) else one


def merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Intervals in order, those that touch or overlap made one."""
    found: list[Interval] = []
    for begin, end in sorted(intervals):
        if end <= begin:
            continue
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return tuple(found)


def _known(periods: Iterable[StoredPeriod], window: Interval) -> list[tuple[int, int, int]]:
    known: list[tuple[int, int, int]] = []
    last = UNKNOWN
    for period in periods:
        status_id = last if period.mistake else period.status_id
        last = status_id
        end = window[1] if period.end is None else period.end
        if status_id != UNKNOWN and end > period.begin:
            known.append((status_id, period.begin, end))
    return known


def _changes(
    known: Sequence[tuple[int, int, int]], watched: Sequence[Interval], window: Interval
) -> Iterator[tuple[int, int]]:
    """From when on what holds, in order of time; each for some time."""
    place, first = window[0], 0
    for begin, end in _within(watched, window):
        if begin > place:
            yield place, UNKNOWN
            place = begin
        # Time only goes on: what ended by now is over for the next interval, too.
        while first < len(known) and known[first][2] <= place:
            first += 1
        for status_id, from_, to in islice(known, first, None):
            if to <= place:
                continue
            if from_ >= end:
                break
            if from_ > place:
                yield place, UNKNOWN
                place = from_
            yield place, status_id
            if to >= end:
                place = end
                break
            place = to
        if place < end:
            yield place, UNKNOWN
            place = end
    if place < window[1]:
        yield place, UNKNOWN


def _within(watched: Sequence[Interval], window: Interval) -> Iterator[Interval]:
    for first, last in watched:
        begin, end = max(first, window[0]), min(last, window[1])
        if begin < end:
            yield begin, end

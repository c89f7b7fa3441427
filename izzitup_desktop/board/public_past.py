"""What the page tells of the past, kept while nothing of it changes.

Days that are over are read once; of today those services are read again that something
happened to, and all of them each minute, since time goes on. A change of the past (a
mistake that was marked, a comment that an undo takes back) has its service read anew, a
change of everything all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from izzitup_desktop.board.disruptions import Stretch, lately, newest, stretches
from izzitup_desktop.domain.days import NO_DAY, Day, dates_until, days_of, midnight
from izzitup_desktop.domain.kinds.layers import SERVICE_DUE, SERVICE_OPTIONS, SERVICE_PROPOSED
from izzitup_desktop.domain.kinds.services import (
    SERVICE_ADDED,
    SERVICE_EDITED,
    SERVICE_MOVED,
)
from izzitup_desktop.domain.kinds.statuses import SERVICE_CONFIRMED, SERVICE_STALE, SERVICE_STATUS
from izzitup_desktop.domain.public_board import Disruption
from izzitup_desktop.domain.uptime import Interval, spans
from izzitup_desktop.storage import periods
from izzitup_desktop.storage.subscriptions import Batch
from izzitup_desktop.storage.times import to_stored

_EACH = timedelta(minutes=1)

_OF_TODAY = frozenset((SERVICE_STATUS, SERVICE_ADDED, SERVICE_CONFIRMED, SERVICE_OPTIONS))
_OF_NO_DAY = frozenset(
    (SERVICE_EDITED, SERVICE_MOVED, SERVICE_STALE, SERVICE_DUE, SERVICE_PROPOSED)
)

T = TypeVar("T")

Watched = Callable[[Any, Interval], Sequence[Interval]]

_AT_ONCE = 100
"""So many services' past is read at once: of fewer, more periods are gone through in vain."""


def parts(things: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many of them as are read at once, and so on."""
    return (things[start : start + _AT_ONCE] for start in range(0, len(things), _AT_ONCE))


@dataclass(frozen=True, slots=True)
class Source:
    """Where the past is read from: `read` gives a query a connection, and what it found back.

    `told` makes disruptions of stretches: of the newest, and of those that go on.
    """

    read: Callable[[Callable[[Any], Any]], Any]
    told: Callable[[Sequence[Stretch]], Sequence[Disruption]]


class Touched:
    """What happened since somebody last asked; thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._today: set[int] = set()
        self._ever: set[int] = set()
        self._all = True

    def heed(self, batch: Batch) -> None:
        """Note what a batch's entries are about, before the picture has it: quick."""
        with self._lock:
            # Whatever changed without an entry was changed by no use case.
            self._all |= batch.changes.whole and not batch.entries
            for entry in batch.entries:
                if entry.kind.subject == "board":
                    self._all = True
                elif entry.kind.subject != "service" or entry.kind in _OF_NO_DAY:
                    continue
                elif entry.kind in _OF_TODAY and entry.undoes is None:
                    self._today.add(entry.subject_id)
                else:
                    self._ever.add(entry.subject_id)

    def ever(self, service_ids: Iterable[int]) -> None:
        """Have all of these services' past read anew."""
        with self._lock:
            self._ever.update(service_ids)

    def all(self) -> None:
        """Have everything read anew."""
        with self._lock:
            self._all = True

    def taken(self) -> tuple[set[int], set[int], bool]:
        """Services touched today, those touched at any time, and whether all were."""
        with self._lock:
            found = self._today - self._ever, self._ever, self._all
            self._today, self._ever, self._all = set(), set(), False
            return found


@dataclass(slots=True)
class _Known:
    dates: list[date]
    past_days: int
    read: datetime
    days: dict[int, tuple[Day, ...]] = field(default_factory=dict)
    disruptions: dict[int, list[Disruption]] = field(default_factory=dict)

    def goes_on(self, dates: Sequence[date], past_days: int, now: datetime) -> bool:
        """Whether what is known holds for these days: those it has, or one later."""
        if (len(dates), past_days) != (len(self.dates), self.past_days) or now < self.read:
            return False  # other lengths, or the clock was set back
        return self.dates[-1] in dates[-2:]

    def turn(self, dates: list[date]) -> None:
        """Another day began: the oldest is no more."""
        self.dates = dates
        self.days = {id_: (*rows[1:], NO_DAY) for id_, rows in self.days.items()}

    def open(self, service_id: int) -> Iterator[Disruption]:
        """Those of a service that go on."""
        return (one for one in self.disruptions.get(service_id, ()) if one.end is None)


class PublicPast:
    """Days and disruptions of all services; whoever asks holds the lock of the public board."""

    def __init__(self, watched: Watched) -> None:
        self._watched = watched
        self._known: _Known | None = None

    def refresh(
        self,
        source: Source,
        touched: Touched,
        now: datetime,
        lengths: tuple[int, int],
        visible: Sequence[int],
    ) -> None:
        """Know what there is by `now`: strips of so many days, and disruptions of so many."""
        today, ever, everything = touched.taken()
        days, past_days = lengths
        dates = dates_until(now.astimezone().date(), days)
        reading = _Reading(source, self._watched, now)
        try:
            known = self._known
            if known is None or everything or not known.goes_on(dates, past_days, now):
                known = _Known(dates, past_days, now)
                reading.read(known, visible, ever=True)
                self._known = known
                return
            if dates != known.dates:
                known.turn(dates)
                reading.read(known, visible, since=dates[-2])
                known.read = now
            elif now - known.read >= _EACH:
                reading.read(known, visible, since=dates[-1])
                known.read = now
            elif again := sorted(today.intersection(visible)):
                reading.read(known, again, since=dates[-1])
            if again := sorted(ever.intersection(visible)):
                reading.read(known, again, ever=True)
        except BaseException:
            touched.all()
            raise

    def days(self, service_id: int) -> Sequence[Day]:
        """The days of a service, as many as there are dates."""
        assert self._known is not None
        found = self._known.days.get(service_id)
        return (NO_DAY,) * len(self._known.dates) if found is None else found

    @property
    def dates(self) -> Sequence[date]:
        """The days that strips have."""
        assert self._known is not None
        return self._known.dates

    def disruptions(self, now: datetime) -> Mapping[int, Sequence[Disruption]]:
        """By service: those that go on, and those that ended within the past days."""
        assert self._known is not None
        since = now - timedelta(days=self._known.past_days)
        return {
            service_id: kept
            for service_id, found in self._known.disruptions.items()
            if (kept := [one for one in found if one.end is None or one.end >= since])
        }


class _Reading:
    """One refresh: reads periods and makes days and disruptions of them.

    A few services at a time, each part in a snapshot of its own: nothing could be stored in
    a file meanwhile. What changes in between was touched, and is read again.
    """

    def __init__(self, source: Source, watched: Watched, now: datetime) -> None:
        self._source = source
        self._watched = watched
        self._now = now

    def read(
        self,
        known: _Known,
        service_ids: Sequence[int],
        *,
        since: date | None = None,
        ever: bool = False,
    ) -> None:
        """Know these services' days from `since` on, or all of them, and their disruptions.

        From where what goes on began, at least.
        """
        place = 0 if since is None else known.dates.index(since)
        past = self._now - timedelta(days=known.past_days)
        first = [midnight(known.dates[place])]
        first += [one.begin for id_ in service_ids for one in known.open(id_)]
        window = (
            to_stored(min([*first, past] if ever else first)), to_stored(self._now) + 1
        )  # fmt: skip
        bounds = [to_stored(midnight(day)) for day in known.dates[place:]] + [window[1]]
        found: list[Stretch] = []
        for some in parts(service_ids):
            read = partial(self._part, window=window, bounds=bounds, service_ids=some)
            days, lately_bad = self._source.read(partial(read, past=to_stored(past)))
            found += lately_bad
            for id_ in some:
                before = known.days.get(id_, (NO_DAY,) * len(known.dates))[:place]
                known.days[id_] = (*before, *days[id_])
        told = self._source.told(found)
        for id_ in service_ids:
            known.disruptions[id_] = [
                one
                for one in known.disruptions.get(id_, ())
                if one.end is not None and to_stored(one.end) <= window[0]
            ]
        for one in told:
            known.disruptions[one.service_id].append(one)

    def _part(
        self,
        connection: Any,
        *,
        window: Interval,
        bounds: Sequence[int],
        service_ids: Sequence[int],
        past: int,
    ) -> tuple[Mapping[int, Sequence[Day]], Sequence[Stretch]]:
        found = periods.between(connection, window, service_ids)
        watched = self._watched(connection, window)
        inside = (bounds[0], bounds[-1])
        days = {
            id_: days_of(spans(found.get(id_, ()), watched, inside), bounds) for id_ in service_ids
        }
        recent = {id_: lately(stored, past) for id_, stored in found.items()}
        bad = (
            one
            for of_service in stretches(connection, recent).values()
            for one in of_service
            if one.end is None or one.end >= past
        )
        return days, newest(bad)

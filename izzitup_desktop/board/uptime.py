"""Use cases of history and uptime: which status held when, and for how long."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from izzitup_desktop.board.core import Core
from izzitup_desktop.board.watching import watched_times
from izzitup_desktop.domain.accounts import Action, Principal, allowed
from izzitup_desktop.domain.comments import comment_of
from izzitup_desktop.domain.journal import Entry, Search
from izzitup_desktop.domain.kinds.layers import SERVICE_OPTIONS
from izzitup_desktop.domain.kinds.statuses import SERVICE_CONFIRMED
from izzitup_desktop.domain.statuses import severity
from izzitup_desktop.domain.uptime import (
    Interval,
    Span,
    StoredPeriod,
    Totals,
    begun_by,
    spans,
    totals,
    worst_of_each,
)
from izzitup_desktop.storage import journal, periods, runs, services
from izzitup_desktop.storage.times import to_stored

_SAYING = frozenset((SERVICE_CONFIRMED, SERVICE_OPTIONS))
"""What says more of a status that a service has already."""
_SAID_MOST = 20_000


@dataclass(frozen=True, slots=True)
class History:
    """One service's status within a window, and the changes behind it."""

    spans: tuple[Span, ...]
    totals: Totals
    mistakes: frozenset[int]
    """Journal ids of changes that are marked as mistakes."""
    comments: Mapping[int, str] = field(default_factory=dict)
    """Why a service was not operational, by the begin of the span, where somebody said."""


@dataclass(frozen=True, slots=True)
class Past:
    """What all services did within each of some windows, and what one did when."""

    totals: Sequence[Mapping[int, Totals]]
    history: History


@dataclass(frozen=True, slots=True)
class Record:
    """One service's history, with what was said of it."""

    history: History
    begun_by: Mapping[int, Entry]
    """The entry by which each bad span got its status, by the span's begin."""
    said: Sequence[Entry]
    """Comments that came later, oldest first."""


class Uptime:
    """What can be asked about the past."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def totals(
        self,
        principal: Principal,
        begin: datetime,
        end: datetime,
        service_ids: Sequence[int] | None = None,
    ) -> Mapping[int, Totals]:
        """How long each status held between two times, for each service with a past."""
        return self.totals_of_each(principal, [(begin, end)], service_ids)[0]

    def totals_of_each(
        self,
        principal: Principal,
        windows: Sequence[tuple[datetime, datetime]],
        service_ids: Sequence[int] | None = None,
    ) -> Sequence[Mapping[int, Totals]]:
        """`totals` of each of the windows (at least one), by one reading of the past."""
        each = _stored(windows)
        whole = _around(each)

        def query(connection: Any, _principal: Principal) -> list[dict[int, Totals]]:
            watched = watched_times(self._core, connection, whole)
            return _totals_of_each(periods.between(connection, whole, service_ids), watched, each)

        return self._core.read_as(principal, Action.UPTIME_READ, query, slow=True)

    def history(
        self, principal: Principal, service_id: int, begin: datetime, end: datetime
    ) -> History:
        """What held when, for one service."""
        window = (to_stored(begin), to_stored(end))

        def query(connection: Any, _principal: Principal) -> History:
            stored = periods.between(connection, window, [service_id]).get(service_id, [])
            history = _history(stored, watched_times(self._core, connection, window), window)
            return _with_comments(connection, history, stored)

        return self._core.read_as(principal, Action.UPTIME_READ, query, slow=True)

    def past(
        self,
        principal: Principal,
        windows: Sequence[tuple[datetime, datetime]],
        service_id: int,
        begin: datetime,
        end: datetime,
    ) -> Past:
        """`totals_of_each` of the windows and the `history` of one service, by one reading."""
        each, window = _stored(windows), (to_stored(begin), to_stored(end))
        whole = _around([*each, window])

        def query(connection: Any, _principal: Principal) -> Past:
            watched = watched_times(self._core, connection, whole)
            found = periods.between(connection, whole)
            stored = found.get(service_id, ())
            history = _with_comments(connection, _history(stored, watched, window), stored)
            return Past(_totals_of_each(found, watched, each), history)

        return self._core.read_as(principal, Action.UPTIME_READ, query, slow=True)

    def records(
        self,
        principal: Principal,
        begin: datetime,
        end: datetime,
        progress: Callable[[int, int], None],
    ) -> Mapping[int, Record]:
        """What held when and why, for each service with a past, by one reading of it.

        `progress` hears how many services of how many are done; what it raises ends this.
        """
        window = (to_stored(begin), to_stored(end))

        def query(connection: Any, _principal: Principal) -> _Read:
            found = periods.between(connection, window)
            bad = [
                period.entry_id
                for stored in found.values()
                for period in stored
                if severity(period.status_id) and not period.mistake
            ]
            later = Search(kinds=_SAYING, begin=begin, end=end)
            return _Read(
                found,
                runs.between(connection, window),
                {entry.id: entry for entry in journal.many(connection, bad)},
                journal.search(connection, later, limit=_SAID_MOST),
            )

        read = self._core.read_as(principal, Action.UPTIME_READ, query, slow=True)
        said: dict[int, list[Entry]] = {}
        for entry in reversed(read.later):
            if entry.comment:
                said.setdefault(entry.subject_id, []).append(entry)
        records: dict[int, Record] = {}
        for done, (service_id, stored) in enumerate(read.periods.items()):
            progress(done, len(read.periods))
            history = _history(stored, read.watched, window)
            begun = {
                place: read.entries[id_]
                for place, id_ in begun_by(stored, history.spans).items()
                if id_ in read.entries
            }
            records[service_id] = Record(history, begun, said.get(service_id, ()))
        progress(len(read.periods), len(read.periods))
        return records

    def worst_of_days(
        self,
        principal: Principal,
        bounds: Sequence[datetime],
        service_ids: Sequence[int] | None = None,
    ) -> Mapping[int, bytes]:
        """The worst status between each two adjoining bounds, a byte each (0: unknown).

        Of the services that the principal may see.
        """
        edges = [to_stored(bound) for bound in bounds]
        window = (edges[0], edges[-1])

        def query(connection: Any, now_principal: Principal) -> dict[int, bytes]:
            watched = watched_times(self._core, connection, window)
            found = periods.between(connection, window, service_ids)
            if not allowed(now_principal, Action.SERVICE_LIST_HIDDEN):
                visible = {service.id for service in services.public(connection)}
                found = {id_: stored for id_, stored in found.items() if id_ in visible}
            return {
                service_id: bytes(worst_of_each(spans(stored, watched, window), edges))
                for service_id, stored in found.items()
            }

        return self._core.read_as(principal, Action.SERVICE_LIST, query, slow=True)


@dataclass(frozen=True, slots=True)
class _Read:
    periods: Mapping[int, Sequence[StoredPeriod]]
    watched: Sequence[Interval]
    entries: Mapping[int, Entry]
    later: Sequence[Entry]


def _stored(windows: Sequence[tuple[datetime, datetime]]) -> list[Interval]:
    return [(to_stored(begin), to_stored(end)) for begin, end in windows]


def _around(windows: Sequence[Interval]) -> Interval:
    return min(begin for begin, _ in windows), max(end for _, end in windows)


def _totals_of_each(
    found: Mapping[int, Sequence[StoredPeriod]],
    watched: Sequence[Interval],
    windows: Sequence[Interval],
) -> list[dict[int, Totals]]:
    return [
        {
            service_id: totals(spans(stored, watched, window))
            for service_id, stored in found.items()
            if any(_reaches_into(one, window) for one in stored)
        }
        for window in windows
    ]


def _history(
    stored: Sequence[StoredPeriod], watched: Sequence[Interval], window: Interval
) -> History:
    found = spans(stored, watched, window)
    mistakes = frozenset(
        period.entry_id for period in stored if period.mistake and _reaches_into(period, window)
    )
    return History(found, totals(found), mistakes)


def _with_comments(connection: Any, history: History, stored: Sequence[StoredPeriod]) -> History:
    bad = [span for span in history.spans if span.status_id and severity(span.status_id)]
    begun = begun_by(stored, bad)
    entries = {entry.id: entry for entry in journal.many(connection, list(begun.values()))}
    comments = {
        begin: comment_of(entries[id_].comment, entries[id_].after)
        for begin, id_ in begun.items()
        if id_ in entries and entries[id_].comment
    }
    return replace(history, comments=comments)


def _reaches_into(period: StoredPeriod, window: Interval) -> bool:
    return period.begin < window[1] and (period.end is None or period.end > window[0])

"""Disruptions: times in which services were not operational, read from periods and journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from izzitup_desktop.domain.comments import FOR_THE_PAGE
from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds.layers import SERVICE_OPTIONS
from izzitup_desktop.domain.kinds.statuses import SERVICE_CONFIRMED, SERVICE_STATUS
from izzitup_desktop.domain.public_board import Disruption, PageChoices, PublicChange
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.statuses import StatusId, severity, worst
from izzitup_desktop.domain.uptime import Interval, StoredPeriod
from izzitup_desktop.storage import journal, periods, subject_entries
from izzitup_desktop.storage.times import from_stored

MOST = 500
"""So many of them are read at most, the newest."""

_SAYING = frozenset((SERVICE_CONFIRMED, SERVICE_OPTIONS))
_NEWEST = 2**62


@dataclass(frozen=True, slots=True)
class Stretch:
    """Periods of a service in which it was not operational, one after the other.

    `until` is the one that ended it, None while it goes on, and where nothing came after it.
    """

    service_id: int
    bad: Sequence[StoredPeriod]
    until: StoredPeriod | None

    @property
    def begin(self) -> int:
        """Microseconds since 1970."""
        return self.bad[0].begin

    @property
    def end(self) -> int | None:
        """Microseconds since 1970, None while it goes on."""
        return self.bad[-1].end if self.until is None else self.until.begin


def stretches(
    connection: Any, found: Mapping[int, Sequence[StoredPeriod]]
) -> dict[int, list[Stretch]]:
    """The stretches in what `periods.between` found, each from its begin, oldest first."""
    return {
        service_id: list(_of_service(connection, service_id, stored))
        for service_id, stored in found.items()
    }


def lately(stored: Sequence[StoredPeriod], time: int) -> Sequence[StoredPeriod]:
    """A service's periods after `time`, with those before it that may be of the same stretch."""
    place = len(stored)
    while place:
        period = stored[place - 1]
        is_over = period.end is not None and period.end <= time
        if is_over and not (period.mistake or severity(period.status_id)):
            break
        place -= 1
    return stored[place:]


def _of_service(
    connection: Any, service_id: int, stored: Sequence[StoredPeriod]
) -> Iterator[Stretch]:
    bad: list[StoredPeriod] = []
    if stored and severity(stored[0].status_id):
        # What stands before a mistake, and says what that counts as, is no period of its own.
        first = next((one for one in stored if one.entry_id), None)
        bad = [] if first is None else _before(connection, service_id, first)
    for period in stored:
        if not period.entry_id:
            continue
        if _is_over(bad, period):
            yield Stretch(service_id, bad, period)
            bad = []
    if not bad:
        return
    for period in periods.onwards(connection, service_id, bad[-1].entry_id):
        if _is_over(bad, period):
            yield Stretch(service_id, bad, period)
            return
    yield Stretch(service_id, bad, None)


def _is_over(bad: list[StoredPeriod], period: StoredPeriod) -> bool:
    """Whether the period ends the bad ones; where it goes on with them, it is added."""
    if period.mistake:
        # It counts as what was before it, which goes on.
        if bad:
            bad[-1] = bad[-1]._replace(end=period.end)
    elif severity(period.status_id):
        bad.append(period)
    else:
        return bool(bad)
    return False


def _before(connection: Any, service_id: int, first: StoredPeriod) -> list[StoredPeriod]:
    """What belongs to the same stretch before the first period that is known, oldest first."""
    earlier: list[StoredPeriod] = []
    begin = first.begin
    for period in periods.backwards(connection, service_id, first.entry_id):
        if period.end is None or period.end < begin:
            break  # it was not on the board in between
        if not period.mistake:
            if not severity(period.status_id):
                break
            earlier.append(period)
        begin = period.begin
    return earlier[::-1]


def newest(found: Iterable[Stretch]) -> list[Stretch]:
    """As many as there may be, and all that go on, newest first."""
    ordered = sorted(found, key=lambda one: (one.begin, one.bad[0].entry_id), reverse=True)
    return [one for place, one in enumerate(ordered) if place < MOST or one.end is None]


class Teller:
    """Tells stretches as disruptions, with what of their changes is for the page."""

    def __init__(
        self, connection: Any, services: Mapping[int, Service], choices: PageChoices
    ) -> None:
        self._connection = connection
        self._services = services
        self._choices = choices

    def told(self, found: Iterable[Stretch]) -> list[Disruption]:
        """The disruptions, newest first: as many as there may be, and all that go on."""
        kept = newest(found)
        ids = {period.entry_id for one in kept for period in (*one.bad, *_ends(one))}
        entries = {entry.id: entry for entry in journal.many(self._connection, list(ids))}
        said = self._said(kept) if kept and self._choices.comments else []
        gone = self._taken_back((*entries.values(), *said))
        entries = {id_: replace(one, comment="") if id_ in gone else one
                   for id_, one in entries.items()}  # fmt: skip
        beside: dict[int, list[Entry]] = {}
        for entry in said:
            if entry.id not in gone:
                beside.setdefault(entry.subject_id, []).append(entry)
        return [self._one(each, entries, beside.get(each.service_id, ())) for each in kept]

    def _said(self, found: Sequence[Stretch]) -> list[Entry]:
        """What was said beside changes of status, for the page or not, oldest first by service."""
        reach: dict[int, tuple[int, int]] = {}
        for one in found:
            first, last = reach.get(one.service_id, (_NEWEST, 0))
            until = one.until.entry_id if one.until else _NEWEST
            reach[one.service_id] = min(first, one.bad[0].entry_id), max(last, until)
        return [
            entry
            for id_, ids in reach.items()
            for entry in subject_entries.between(self._connection, _SAYING, id_, ids)
            if entry.comment
        ]

    def _taken_back(self, entries: Iterable[Entry]) -> frozenset[int]:
        """Those of the entries whose comments somebody took back, by undoing what was done.

        What one step said of a service by several entries is taken back with any of them.
        """
        said = [one for one in entries if _is_said(one)]
        firsts: dict[int, int] = {}
        for one in said:
            firsts[one.subject_id] = min(one.id, firsts.get(one.subject_id, one.id))
        subject = SERVICE_STATUS.subject
        undone = frozenset[int]().union(
            *(subject_entries.undone(self._connection, subject, *first) for first in firsts.items())
        )
        steps = {(one.operation_id, one.subject_id) for one in said if one.id in undone}
        return frozenset(one.id for one in said if (one.operation_id, one.subject_id) in steps)

    def _one(
        self, stretch: Stretch, entries: Mapping[int, Entry], said: Sequence[Entry]
    ) -> Disruption:
        service = self._services[stretch.service_id]
        changes, before = [], None
        for period in (*stretch.bad, *_ends(stretch)):
            entry = entries.get(period.entry_id)
            if before is None and entry is not None:
                before = entry.before.get("status")
            changes.append(self._change(stretch.service_id, period, before, entry))
            before = period.status_id
        last_id = stretch.until.entry_id if stretch.until else None
        # A confirmation is never undone: words that are said again, and then not for the
        # page, are taken off it.
        withdrawn = {one.comment: one.id for one in said if not _is_said(one)}
        changes = [
            replace(one, comment="") if withdrawn.get(one.comment, 0) > one.id else one
            for one in changes
        ]
        left = [one for one in said if withdrawn.get(one.comment, 0) < one.id]
        changes += self._told_beside(stretch, changes, left, last_id)
        changes.sort(key=lambda change: change.id)
        end = stretch.end
        return Disruption(
            changes[0].id,
            service.id,
            service.name,
            from_stored(stretch.begin),
            None if end is None else from_stored(end),
            int(worst(period.status_id for period in stretch.bad)),
            tuple(changes),
            service.expiry if end is None else _promised(entries.get(last_id or 0)),
        )

    def _change(
        self, service_id: int, period: StoredPeriod, before: int | None, entry: Entry | None
    ) -> PublicChange:
        return PublicChange(
            period.entry_id,
            from_stored(period.begin),
            service_id,
            before,
            period.status_id,
            "" if entry is None else self._comment(entry),
            "" if entry is None else self._by(entry),
        )

    def _told_beside(
        self,
        stretch: Stretch,
        changes: Sequence[PublicChange],
        said: Sequence[Entry],
        last_id: int | None,
    ) -> list[PublicChange]:
        found: list[PublicChange] = []
        first_id, known = changes[0].id, {change.comment for change in changes}
        for entry in said:
            if entry.id < first_id or (last_id is not None and entry.id > last_id):
                continue
            comment = self._comment(entry)
            if not comment or comment in known:  # the same change, told by two entries
                continue
            known.add(comment)
            status_id = next(
                (one.status_id for one in reversed(changes) if one.id < entry.id), StatusId.IMPAIRED
            )
            found.append(
                PublicChange(
                    entry.id, entry.time, stretch.service_id, int(status_id), int(status_id),
                    comment, self._by(entry),
                )
            )  # fmt: skip
        return found

    def _comment(self, entry: Entry) -> str:
        return entry.comment if self._choices.comments and _is_said(entry) else ""

    def _by(self, entry: Entry) -> str:
        return entry.actor if self._choices.people else ""


def _is_said(entry: Entry) -> bool:
    return bool(entry.comment) and entry.after.get(FOR_THE_PAGE) is True


def _promised(end: Entry | None) -> Expiry | None:
    """What was promised when this change ended it; None where nothing was."""
    until = None if end is None else end.before.get("until")
    if end is None or until is None:
        return None
    return Expiry(datetime.fromisoformat(until), end.before.get("until_status"))


def _ends(stretch: Stretch) -> tuple[StoredPeriod, ...]:
    return () if stretch.until is None else (stretch.until,)


def reaches_into(one: Stretch, window: Interval) -> bool:
    """Whether it was going on at some time of the window."""
    return one.begin < window[1] and (one.end is None or one.end > window[0])

"""Status periods: which status a service had from when to when.

Kept beside the journal so that history and uptime are range queries. A clock
that was set back never makes a period end before it began. Rows that can't be read
are left out: what held then is not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Integer,
    Row,
    Select,
    bindparam,
    case,
    insert,
    select,
    type_coerce,
    update,
)

from izzitup_desktop.domain.statuses import FOR_SERVICES
from izzitup_desktop.domain.uptime import UNKNOWN, Interval, StoredPeriod
from izzitup_desktop.storage.bulk import Bulk
from izzitup_desktop.storage.readable import Readable, fetched
from izzitup_desktop.storage.tables import status_periods
from izzitup_desktop.storage.times import are_in_order, assert_in_order, from_stored, to_stored

_END = Bulk(
    update(status_periods)
    .where(
        status_periods.c.service_id == bindparam("of_service"),
        status_periods.c.to_time.is_(None),
    )
    .values(
        to_time=case(
            (status_periods.c.from_time > bindparam("end"), status_periods.c.from_time),
            else_=bindparam("end"),
        )
    ),
    ["of_service", "end"],
)
_INSERT = Bulk(
    insert(status_periods),
    ["service_id", "status_id", "from_time", "to_time", "journal_id", "mistake"],
)
_FLAGS = frozenset((0, 1))
_IDS_AT_ONCE = 500
_ROWS_AT_ONCE = 1_000
_FEW = 8
"""Of so many services, periods are looked up; of more, all are gone through."""

_WALKED_FIRST, _WALKED_AT_ONCE = 6, 50
"""Most who ask stop after few: a season of a service lies on as many pages as it has periods."""

_READABLE = Readable(tuple(status_periods.c))
# A flag's own type makes a yes of anything.
_ALL = select(
    *status_periods.c[:-1], type_coerce(status_periods.c.mistake, Integer).label("mistake")
)
_OF_SERVICE = _ALL.where(status_periods.c.service_id == bindparam("of_service"))
_BETWEEN = _ALL.where(
    status_periods.c.from_time < bindparam("end"),
    (status_periods.c.to_time.is_(None)) | (status_periods.c.to_time > bindparam("begin")),
).order_by(status_periods.c.id)
_IDS: BindParameter[Sequence[int]] = bindparam("ids", expanding=True)
_BETWEEN_OF = _BETWEEN.where(status_periods.c.service_id.in_(_IDS))
# By no index: SQLite would look up each period that these services ever had, one by one.
_BETWEEN_OF_MANY = _BETWEEN.where((status_periods.c.service_id + 0).in_(_IDS))


@dataclass(frozen=True, slots=True)
class Change:
    """From `time` on the service has `status_id` (None: it was removed).

    `is_first` where the service is new: it has no period that would end.
    """

    service_id: int
    status_id: int | None
    time: datetime
    entry_id: int
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """A service's status from `begin` to `end` (None: it still has it)."""

    service_id: int
    status_id: int
    begin: datetime
    end: datetime | None
    entry_id: int


def apply(connection: Connection, changes: Sequence[Change]) -> None:
    """Store changes, which are in order of time."""
    ends: dict[int, int] = {}
    rows: list[dict[str, Any]] = []
    open_rows: dict[int, dict[str, Any]] = {}
    for change in changes:
        time = to_stored(change.time)
        open_row = open_rows.pop(change.service_id, None)
        if open_row is not None:
            open_row["to_time"] = max(time, open_row["from_time"])
        elif not change.is_first:
            ends.setdefault(change.service_id, time)
        if change.status_id is not None:
            row = {
                "service_id": change.service_id,
                "status_id": change.status_id,
                "from_time": time,
                "to_time": None,
                "journal_id": change.entry_id,
                "mistake": False,
            }
            open_rows[change.service_id] = row
            rows.append(row)
    _END.execute(
        connection, [{"of_service": service_id, "end": time} for service_id, time in ends.items()]
    )
    _INSERT.execute(connection, rows)


def of_service(connection: Connection, service_id: int) -> tuple[Period, ...]:
    """All periods of a service, oldest first."""
    query = _OF_SERVICE.order_by(status_periods.c.id)
    found = _READABLE.all(fetched(connection, query, {"of_service": service_id}), _stored)
    return tuple(
        Period(
            service_id,
            stored.status_id,
            from_stored(stored.begin),
            None if stored.end is None else from_stored(stored.end),
            stored.entry_id,
        )
        for _, stored in found
    )


def between(
    connection: Connection, window: Interval, service_ids: Sequence[int] | None = None
) -> dict[int, list[StoredPeriod]]:
    """Each service's periods that reach into `window`, oldest first.

    None: those of all services. Before a mistake stands what it counts as, with no
    length, where that is not the period before it.
    """
    found: dict[int, list[StoredPeriod]] = {}
    for rows in _rows_between(connection, window, service_ids):
        for id_, service_id, stored in _read(rows):
            of_service = found.get(service_id)
            if of_service is None:
                of_service = found[service_id] = []
            if stored.mistake and not (of_service and _follows(stored, of_service[-1])):
                of_service.append(_meant(connection, id_, service_id, stored))
            of_service.append(stored)
    return found


def backwards(connection: Connection, service_id: int, entry_id: int) -> Iterator[StoredPeriod]:
    """A service's periods before the one that `entry_id` began, newest first, as asked for."""
    of_entry, order = status_periods.c.journal_id < bindparam("entry_id"), status_periods.c.id
    return _walked(
        connection, _OF_SERVICE.where(of_entry).order_by(order.desc()), service_id, entry_id
    )


def onwards(connection: Connection, service_id: int, entry_id: int) -> Iterator[StoredPeriod]:
    """A service's periods after the one that `entry_id` began, oldest first, as asked for."""
    of_entry, order = status_periods.c.journal_id > bindparam("entry_id"), status_periods.c.id
    return _walked(connection, _OF_SERVICE.where(of_entry).order_by(order), service_id, entry_id)


def _walked(
    connection: Connection, query: Select[Any], service_id: int, entry_id: int
) -> Iterator[StoredPeriod]:
    most = _WALKED_FIRST
    while True:
        values = {"of_service": service_id, "entry_id": entry_id}
        rows = fetched(connection, query.limit(most), values)
        for _, stored in _READABLE.all(rows, _stored):
            yield stored
        if len(rows) < most:
            return
        entry_id, most = rows[-1].journal_id, _WALKED_AT_ONCE


def begun_by_entry(connection: Connection, entry_id: int) -> tuple[int, StoredPeriod] | None:
    """The service whose period an entry of the journal began, and the period; None for none."""
    query = _ALL.where(status_periods.c.journal_id == bindparam("entry_id"))
    for row in fetched(connection, query, {"entry_id": entry_id}):
        if (stored := _READABLE.one(row, _stored)) is not None:
            return int(row.service_id), stored
    return None


def _rows_between(
    connection: Connection, window: Interval, service_ids: Sequence[int] | None
) -> Iterator[Sequence[Row[Any]]]:
    values: dict[str, Any] = {"begin": window[0], "end": window[1]}
    if service_ids is None:
        yield fetched(connection, _BETWEEN, values)
        return
    ids = sorted(set(service_ids))
    for start in range(0, len(ids), _IDS_AT_ONCE):
        part = ids[start : start + _IDS_AT_ONCE]
        query = _BETWEEN_OF if len(part) <= _FEW else _BETWEEN_OF_MANY
        yield fetched(connection, query, {**values, "ids": part})


def _read(rows: Sequence[Row[Any]]) -> Iterator[tuple[int, int, StoredPeriod]]:
    """Id, service and period of the rows that can be read.

    Whole columns are looked at, which takes a third of the time; rows one by one only
    where one of them is wrong.
    """
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        part = rows[start : start + _ROWS_AT_ONCE]
        columns = tuple(zip(*part, strict=True))
        ids, service_ids, statuses, begins, ends, entry_ids, mistakes = columns
        if _READABLE.fit(columns) and _are_sound(statuses, begins, ends, mistakes):
            fields = zip(statuses, begins, ends, map(bool, mistakes), entry_ids, strict=True)
            yield from zip(ids, service_ids, map(StoredPeriod._make, fields), strict=True)
        else:
            for row, stored in _READABLE.all(part, _stored):
                yield row.id, row.service_id, stored


def _are_sound(
    statuses: Sequence[int],
    begins: Sequence[int],
    ends: Sequence[int | None],
    mistakes: Sequence[int],
) -> bool:
    """Whether `_stored` would take all of these, which are of their columns' types."""
    closed = [begin if end is None else end for begin, end in zip(begins, ends, strict=True)]
    return (
        FOR_SERVICES.issuperset(statuses)
        and _FLAGS.issuperset(mistakes)
        and are_in_order(begins, closed)
    )


def _stored(row: Sequence[Any]) -> StoredPeriod:
    """The period of a row. Raises ValueError where it can't be one."""
    _, _, status_id, begin, end, entry_id, mistake = row
    assert_in_order(begin, end)
    if status_id not in FOR_SERVICES:
        raise ValueError(f"{status_id} is no status of a service")
    if mistake not in _FLAGS:
        raise ValueError(f"{mistake} is neither yes nor no")
    return StoredPeriod(status_id, begin, end, mistake == 1, entry_id)


def _follows(period: StoredPeriod, before: StoredPeriod) -> bool:
    """Whether there is no gap; a clock that was set back makes them overlap."""
    return before.end is not None and before.end >= period.begin


def _meant(
    connection: Connection, id_: int, service_id: int, mistake: StoredPeriod
) -> StoredPeriod:
    """What a mistake counts as: `UNKNOWN` where a period before it can't be read."""
    query = _OF_SERVICE.where(status_periods.c.id < id_).order_by(status_periods.c.id.desc())
    period, status_id = mistake, UNKNOWN
    for row in fetched(connection, query, {"of_service": service_id}):
        before = _READABLE.one(row, _stored)
        if before is None or not _follows(period, before):
            break
        if not before.mistake:
            status_id = before.status_id
            break
        period = before
    return StoredPeriod(status_id, mistake.begin, mistake.begin)


def set_mistake(connection: Connection, entry_id: int, *, mistake: bool) -> bool:
    """Mark the period that a journal entry began; False where there is none."""
    done = connection.execute(
        update(status_periods)
        .where(status_periods.c.journal_id == entry_id)
        .values(mistake=mistake)
    )
    return done.rowcount > 0


def mistakes_among(connection: Connection, entry_ids: Sequence[int]) -> frozenset[int]:
    """Which of these journal entries began a period that is marked as a mistake."""
    ids, found = sorted(set(entry_ids)), set[int]()
    for start in range(0, len(ids), _IDS_AT_ONCE):
        query = select(status_periods.c.journal_id).where(
            status_periods.c.journal_id.in_(ids[start : start + _IDS_AT_ONCE]),
            status_periods.c.mistake,
        )
        found.update(connection.execute(query).scalars())
    return frozenset(found)


def is_mistake(connection: Connection, entry_id: int) -> bool:
    """Whether the period that a journal entry began is marked as a mistake."""
    query = select(status_periods.c.mistake).where(status_periods.c.journal_id == entry_id)
    return bool(connection.execute(query).scalar())

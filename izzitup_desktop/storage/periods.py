"""Status periods: which status a service had from when to when.

Kept beside the journal so that history and uptime are range queries. A clock
that was set back never makes a period end before it began.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case, insert, select, update

from izzitup_desktop.domain.uptime import Interval, StoredPeriod
from izzitup_desktop.storage.tables import status_periods
from izzitup_desktop.storage.times import from_stored, to_stored

_END = (
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
    )
)
_INSERT = insert(status_periods)
_IDS_AT_ONCE = 500
_OF_SERVICE = (
    select(status_periods)
    .where(status_periods.c.service_id == bindparam("of_service"))
    .order_by(status_periods.c.id)
)


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
    if ends:
        connection.execute(
            _END, [{"of_service": service_id, "end": time} for service_id, time in ends.items()]
        )
    if rows:
        connection.execute(_INSERT, rows)


def of_service(connection: Connection, service_id: int) -> tuple[Period, ...]:
    """All periods of a service, oldest first."""
    return tuple(
        Period(
            row.service_id,
            row.status_id,
            from_stored(row.from_time),
            None if row.to_time is None else from_stored(row.to_time),
            row.journal_id,
        )
        for row in connection.execute(_OF_SERVICE, {"of_service": service_id})
    )


def between(
    connection: Connection, window: Interval, service_ids: Sequence[int] | None = None
) -> dict[int, list[StoredPeriod]]:
    """Each service's periods that reach into `window`, oldest first.

    None: those of all services. Where the first one is a mistake, what it counts
    as stands before it, with no length.
    """
    found: dict[int, list[StoredPeriod]] = {}
    parts: list[Sequence[int] | None] = [None]
    if service_ids is not None:
        ids = sorted(set(service_ids))
        parts = [ids[start : start + _IDS_AT_ONCE] for start in range(0, len(ids), _IDS_AT_ONCE)]
    columns = status_periods.c
    query = (
        select(
            columns.service_id,
            columns.status_id,
            columns.from_time,
            columns.to_time,
            columns.mistake,
            columns.journal_id,
        )
        .where(
            columns.from_time < window[1],
            (columns.to_time.is_(None)) | (columns.to_time > window[0]),
        )
        .order_by(columns.id)
    )
    for part in parts:
        asked = query if part is None else query.where(columns.service_id.in_(part))
        for service_id, status_id, begin, end, mistake, entry_id in connection.execute(asked).all():
            found.setdefault(service_id, []).append(
                StoredPeriod(status_id, begin, end, mistake, entry_id)
            )
    for service_id, stored in found.items():
        if stored[0].mistake:
            stored[:0] = _meant_before(connection, service_id, stored[0])
    return found


def _meant_before(
    connection: Connection, service_id: int, mistake: StoredPeriod
) -> list[StoredPeriod]:
    columns = status_periods.c
    status_id = connection.execute(
        select(columns.status_id)
        .where(
            columns.service_id == service_id,
            columns.mistake.is_(False),
            columns.from_time <= mistake.begin,
            columns.journal_id < mistake.entry_id,
        )
        .order_by(columns.id.desc())
        .limit(1)
    ).scalar()
    return [] if status_id is None else [StoredPeriod(status_id, mistake.begin, mistake.begin)]


def set_mistake(connection: Connection, entry_id: int, *, mistake: bool) -> bool:
    """Mark the period that a journal entry began; False where there is none."""
    done = connection.execute(
        update(status_periods)
        .where(status_periods.c.journal_id == entry_id)
        .values(mistake=mistake)
    )
    return done.rowcount > 0


def is_mistake(connection: Connection, entry_id: int) -> bool:
    """Whether the period that a journal entry began is marked as a mistake."""
    query = select(status_periods.c.mistake).where(status_periods.c.journal_id == entry_id)
    return bool(connection.execute(query).scalar())

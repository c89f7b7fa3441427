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
_OF_SERVICE = (
    select(status_periods)
    .where(status_periods.c.service_id == bindparam("of_service"))
    .order_by(status_periods.c.id)
)


@dataclass(frozen=True, slots=True)
class Change:
    """From `time` on the service has `status_id` (None: it was removed)."""

    service_id: int
    status_id: int | None
    time: datetime
    entry_id: int


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
        else:
            ends.setdefault(change.service_id, time)
        if change.status_id is not None:
            row = {
                "service_id": change.service_id,
                "status_id": change.status_id,
                "from_time": time,
                "to_time": None,
                "journal_id": change.entry_id,
            }
            open_rows[change.service_id] = row
            rows.append(row)
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

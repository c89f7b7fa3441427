"""Runs of the application: from when to when anybody watched."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from izzitup_desktop.domain.uptime import Interval, merged
from izzitup_desktop.storage.tables import runs
from izzitup_desktop.storage.times import to_stored


def begin(connection: Connection, time: datetime) -> int:
    """A new run; its id."""
    at = to_stored(time)
    row = {"begin_time": at, "seen_time": at}
    return int(connection.execute(insert(runs).returning(runs.c.id), row).scalar_one())


def seen(connection: Connection, run_id: int, time: datetime) -> bool:
    """The run still runs; False where it is not stored any more (a restore)."""
    at = to_stored(time)
    done = connection.execute(update(runs).where(runs.c.id == run_id).values(seen_time=at))
    return done.rowcount > 0


def insert_past(connection: Connection, begin_time: datetime, end_time: datetime) -> None:
    """A run that was (demo data)."""
    row = {"begin_time": to_stored(begin_time), "seen_time": to_stored(end_time)}
    connection.execute(insert(runs), row)


def between(connection: Connection, window: Interval) -> tuple[Interval, ...]:
    """When anybody watched within `window`, in microseconds, in order."""
    query = select(runs.c.begin_time, runs.c.seen_time).where(
        runs.c.seen_time > window[0], runs.c.begin_time < window[1]
    )
    return merged((row.begin_time, row.seen_time) for row in connection.execute(query))

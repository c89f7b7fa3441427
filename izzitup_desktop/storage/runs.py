"""Runs of the application: from when to when anybody watched."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from izzitup_desktop.domain.uptime import Interval, merged
from izzitup_desktop.storage.readable import Readable, fetched
from izzitup_desktop.storage.tables import runs
from izzitup_desktop.storage.times import assert_in_order, to_stored

_COLUMNS = (runs.c.id, runs.c.begin_time, runs.c.seen_time)
_READABLE = Readable(_COLUMNS)


def begin(connection: Connection, time: datetime) -> int:
    """A new run; its id."""
    at = to_stored(time)
    row = {"begin_time": at, "seen_time": at}
    return int(connection.execute(insert(runs).returning(runs.c.id), row).scalar_one())


def seen(
    connection: Connection, run_id: int, time: datetime, *, watched_for: timedelta | None
) -> bool:
    """The run still runs; False where it ended and another one must begin.

    It is not stored any more (a restore), nobody looked for longer than `watched_for`
    (None: any time is well), or the clock was set back.
    """
    at = to_stored(time)
    query = update(runs).where(runs.c.id == run_id, runs.c.seen_time <= at)
    if watched_for is not None:
        query = query.where(runs.c.seen_time >= to_stored(time - watched_for))
    return connection.execute(query.values(seen_time=at)).rowcount > 0


def seen_since(connection: Connection, begin: datetime, *, but: int | None) -> int:
    """How many runs were seen since `begin`, `but` left out."""
    query = select(func.count()).select_from(runs).where(runs.c.seen_time >= to_stored(begin))
    if but is not None:
        query = query.where(runs.c.id != but)
    return int(connection.execute(query).scalar_one())


def between(connection: Connection, window: Interval) -> tuple[Interval, ...]:
    """When anybody watched within `window`, in microseconds, in order.

    Runs that can't be read are left out: whether anybody watched is not known then.
    """
    query = select(*_COLUMNS).where(runs.c.seen_time > window[0], runs.c.begin_time < window[1])
    found = _READABLE.all(fetched(connection, query), _interval)
    return merged(interval for _, interval in found)


def _interval(row: Row[Any]) -> Interval:
    assert_in_order(row.begin_time, row.seen_time)
    return row.begin_time, row.seen_time

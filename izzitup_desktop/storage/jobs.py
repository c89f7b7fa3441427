"""Jobs: which process holds each, until when, and when it last did something.

A row is read and changed under the write lock alone, by the database's clock, so that
of several processes exactly one holds a job.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from izzitup_desktop.storage.tables import jobs
from izzitup_desktop.storage.times import LEAST, MOST, from_stored, to_stored

LEASE_MOST = timedelta(minutes=10)
"""No lease lasts longer: one that seems to was given by a clock that was set back since."""

NOBODY = ""
"""The holder of a job that was given back."""


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as it is stored; nobody holds it after `until`."""

    holder: str
    until: datetime | None
    last_run: datetime | None

    def is_held_by_another(self, holder: str, now: datetime) -> bool:
        """Whether somebody else than `holder` has it at the time `now`."""
        if self.holder in (NOBODY, holder) or self.until is None:
            return False
        return now < self.until <= now + LEASE_MOST


_UNKNOWN = JobRow(NOBODY, None, None)


def get(connection: Connection, name: str) -> JobRow:
    """The job of this name; what can't be read counts as not noted."""
    query = select(jobs.c.holder, jobs.c.until, jobs.c.last_run).where(jobs.c.name == name)
    row = connection.execute(query).one_or_none()
    if row is None or not isinstance(row.holder, str):
        return _UNKNOWN
    return JobRow(row.holder, _time(row.until), _time(row.last_run))


def hold(connection: Connection, name: str, holder: str, until: datetime) -> None:
    """Note that `holder` has the job until then."""
    values = {"holder": holder, "until": to_stored(until)}
    changed = connection.execute(update(jobs).where(jobs.c.name == name).values(values))
    if not changed.rowcount:
        connection.execute(insert(jobs), {"name": name, "last_run": None, **values})


def renew(connection: Connection, holder: str, until: datetime) -> None:
    """Let `holder` keep until then whatever it has."""
    connection.execute(update(jobs).where(jobs.c.holder == holder).values(until=to_stored(until)))


def note_run(connection: Connection, name: str, time: datetime) -> None:
    """Note that the job did something then."""
    connection.execute(update(jobs).where(jobs.c.name == name).values(last_run=to_stored(time)))


def give_back(connection: Connection, holder: str, name: str | None = None) -> None:
    """Let others have the job, or (None) all that `holder` has."""
    query = update(jobs).where(jobs.c.holder == holder)
    if name is not None:
        query = query.where(jobs.c.name == name)
    connection.execute(query.values(holder=NOBODY, until=None))


def _time(stored: object) -> datetime | None:
    return from_stored(stored) if isinstance(stored, int) and LEAST <= stored < MOST else None

"""Upgrading a database on purpose: what it means to other desks, then doing it.

A file is upgraded when it is opened. A shared database is not: older desks stop
working with it, so somebody is told first, and decides.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from izzitup_desktop.domain.errors import NotFound
from izzitup_desktop.storage import backup, backup_files, checking, opening, schema, shared
from izzitup_desktop.storage.engine import Database, parse_url

_SESSIONS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE application_name = :name"
    " AND datname = current_database() AND pid <> pg_backend_pid()"
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A database's `version`, that of ours (`known`), and what the steps between do.

    `sessions` of other desks are connected to a shared one.
    """

    location: str
    is_shared: bool
    version: int
    known: int
    steps: tuple[str, ...]
    sessions: int

    @property
    def is_needed(self) -> bool:
        """Whether the database is older than we need."""
        return self.version < self.known


def look(url: str, migrations: Path = schema.MIGRATIONS) -> Plan:
    """What an upgrade of the database at `url` would do; nothing is changed.

    Raises `NotFound`, `NewerDatabase`, `Unavailable`, `Invalid`.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        path = Path(parsed.database or "")
        if not path.exists():
            raise NotFound("database", str(path))
        return _plan(str(path), _file_version(path), migrations, sessions=None)
    database = Database(parsed)
    try:
        version, sessions = database.read(_version_and_sessions)
    finally:
        database.close()
    if version == 0:
        raise NotFound("database", database.location)
    if version > schema.version_of(migrations):
        raise opening.newer_shared(database.location, version)
    return _plan(database.location, version, migrations, sessions=sessions)


def upgrade(
    url: str, *, backups: Path, quarantine: Path, migrations: Path = schema.MIGRATIONS
) -> Path | None:
    """Bring the database to our version, in one transaction, after a backup.

    Returns the backup, None where nothing was to do. Nobody writes meanwhile. Raises
    as `look` does; nothing has then changed.
    """
    plan = look(url, migrations)
    if not plan.is_needed:
        return None
    if not plan.is_shared:
        opening.open_database(
            url, create=False, backups=backups, quarantine=quarantine, migrations=migrations
        ).close()
        return backup_files.newest(backups)
    database = Database(parse_url(url))
    try:
        return _upgrade_shared(database, backups, migrations)
    except SQLAlchemyError as error:
        raise database.unavailable(error) from error
    finally:
        database.close()


def _upgrade_shared(database: Database, backups: Path, migrations: Path) -> Path | None:
    with database.writing_connection() as connection, connection.begin():
        shared.lock(connection, shared.LOCK_SECONDS, shared.WRITE_LOCK)
        shared.allow(connection, shared.SLOW_SECONDS)
        # The backup is made while this transaction keeps everybody from writing.
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        version = schema.stored_version(connection)
        if version >= schema.version_of(migrations):
            return None
        saved: Path = database.read(
            lambda reading: backup.before_shared_upgrade(reading, backups, version, migrations),
            slow=True,
        )
        schema.migrate(connection, migrations)
        # Desks that listen look at once, and find that they are too old.
        connection.execute(text("NOTIFY izzitup_journal"))
    return saved


def _version_and_sessions(connection: Connection) -> tuple[int, int]:
    version = schema.stored_version(connection)
    found = connection.execute(_SESSIONS, {"name": shared.APPLICATION_NAME})
    return version, int(found.scalar_one())


def _file_version(path: Path) -> int:
    checking.foreign(path)
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _plan(location: str, version: int, migrations: Path, *, sessions: int | None) -> Plan:
    known = schema.version_of(migrations)
    return Plan(
        location,
        sessions is not None,
        version,
        known,
        schema.steps(version, migrations) if version < known else (),
        sessions or 0,
    )

"""The schema's version, and the migrations that bring a database to it."""

from __future__ import annotations

import sqlite3
import threading
from datetime import timedelta
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from izzitup_desktop.domain.clock import Clock
from izzitup_desktop.domain.errors import NewerDatabase, Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.storage.engine import translated
from izzitup_desktop.storage.sqlite_file import BUSY_TIMEOUT_SECONDS

VERSION = 8
"""The newest migration's number; revision ids are this with four digits."""

_VERSION_AND_TIME = text("SELECT version_num, clock_timestamp() FROM alembic_version")

MIGRATIONS = Path(__file__).parent / "migrations"

_MIGRATING = threading.Lock()


def version_of(migrations: Path) -> int:
    """The version that the newest of `migrations` makes; of ours it is `VERSION`."""
    if migrations == MIGRATIONS:
        return VERSION
    return max(int(found.name[1:5]) for found in (migrations / "versions").glob("v????_*.py"))


def newer(location: str, version: int) -> NewerDatabase:
    """The error for a file of a version that we don't know."""
    return NewerDatabase(
        msg(
            "%1 was made by a newer version of IzzitUp (database version %2; this one knows "
            "%3). Update IzzitUp. The file was not touched.",
            location,
            version,
            VERSION,
        ),
        location=location,
        version=version,
        known=VERSION,
    )


def stored_version(connection: Connection) -> int:
    """The version the database is of, 0 for an empty one."""
    if connection.dialect.name == "sqlite":
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    if connection.execute(text("SELECT to_regclass('alembic_version')")).scalar() is None:
        return 0
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return int(found or 0)


def version_and_ahead(connection: Connection, clock: Clock) -> tuple[int, timedelta]:
    """The version of a database that has one, and how much its clock is ahead of ours.

    Desks that share a database go by its clock: theirs differ, and the journal is
    read by time. A file has our clock, and so has what is shown a clock set by hand.
    """
    if connection.dialect.name == "sqlite":
        return stored_version(connection), timedelta(0)
    version, time = connection.execute(_VERSION_AND_TIME).one()
    return int(version), timedelta(0) if clock.is_set else time - clock.now()


def changed(location: str, version: int) -> NewerDatabase:
    """Why a database that got another version while it was open is used no more."""
    return NewerDatabase(
        msg(
            "The database was changed to version %1 while it was open; this IzzitUp knows "
            "version %2. Update IzzitUp, and start it again.",
            version,
            VERSION,
        ),
        location=location,
        version=version,
        known=VERSION,
    )


def migrate(connection: Connection, migrations: Path = MIGRATIONS, target: str = "head") -> None:
    """Bring the database to `target` inside the caller's transaction.

    On SQLite foreign keys must be off: with them on, recreating a parent table
    deletes its children.
    """
    # Importing Alembic costs as much as SQLAlchemy; only an old database pays.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    # Alembic keeps what it does in module globals: one at a time.
    with _MIGRATING:
        command.upgrade(config, target)


def steps(version: int, migrations: Path = MIGRATIONS) -> tuple[str, ...]:
    """What each migration after `version` does, in order."""
    # Importing Alembic costs as much as SQLAlchemy; only an old database pays.
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    found = ScriptDirectory.from_config(config).walk_revisions()
    newer = [step for step in found if int(step.revision) > version]
    return tuple((step.doc or "").partition("\n")[0] for step in reversed(newer))


def migrate_file(path: Path, migrations: Path = MIGRATIONS, version: int | None = None) -> None:
    """Bring a SQLite file to `version` (None: the newest), in one transaction.

    Raises `BoardError`.
    """
    newest = version_of(migrations)
    wanted = newest if version is None else version
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=NullPool,
        connect_args={"timeout": BUSY_TIMEOUT_SECONDS},
    )

    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA synchronous=EXTRA")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.begin() as connection:
            stored = stored_version(connection)
            if stored > newest:
                raise newer(str(path), stored)
            if stored < wanted:
                migrate(connection, migrations, "head" if version is None else f"{wanted:04}")
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise Unavailable(
                    msg("%1 can't be upgraded: rows of %2 lost theirs.", path, broken[0][0])
                )
    except SQLAlchemyError as error:
        raise translated(error, str(path)) from error
    finally:
        engine.dispose()

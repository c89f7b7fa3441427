"""Opening a database: checked before use, migrated, or made new.

A SQLite file is looked at before anything is written to it: no usable database
is copied to the quarantine and refused, a newer one is refused untouched, an
older one is backed up and migrated in one transaction. A new one appears under
its name only when it is whole, so a 0-byte file is never a fresh install. One that
can only be read is opened to be read (`storage.reading`).
"""

from __future__ import annotations

import errno
import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from izzitup_desktop.domain.clock import SYSTEM_CLOCK, Clock
from izzitup_desktop.domain.errors import NewerDatabase, NotFound, OlderDatabase, Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.regular_files import assert_regular
from izzitup_desktop.platform import database_files, making
from izzitup_desktop.platform.files import (
    keep_private,
    make_private_file,
    make_private_folder,
    sync_file,
    sync_folder,
)
from izzitup_desktop.storage import checked, checking, reading, schema, shared
from izzitup_desktop.storage.asked import ANSWER_SECONDS
from izzitup_desktop.storage.engine import (
    SPARE_SECONDS,
    Database,
)
from izzitup_desktop.storage.ids import note_spent
from izzitup_desktop.storage.inspection import board_inspected, past_inspected
from izzitup_desktop.storage.reasons import is_damage, why_read_only
from izzitup_desktop.storage.rows import Findings, of_connection, of_file
from izzitup_desktop.storage.sqlite_file import BUSY_TIMEOUT_SECONDS, set_journal_mode
from izzitup_desktop.storage.urls import parse_url

log = logging.getLogger(__name__)

_DAMAGE_TOLD = 5


def open_database(
    url: str,
    *,
    create: bool,
    backups: Path,
    quarantine: Path,
    migrations: Path = schema.MIGRATIONS,
    clock: Clock = SYSTEM_CLOCK,
    durable: bool = True,
    reading_seconds: float = ANSWER_SECONDS - SPARE_SECONDS,
) -> Database:
    """The database at `url`, sound and of our version; a file may be not `durable`.

    `migrations` bring it there, and say which version that is. A reading of it is
    waited for `reading_seconds`.

    Raises `NotFound` (there is none and `create` is false), `Damaged`,
    `NewerDatabase`, `OlderDatabase` (a shared one), `Unavailable`, `Invalid` (no
    usable URL).
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() != "sqlite":
        database = Database(parsed, clock=clock, reading_seconds=reading_seconds)
        try:
            _open_shared(database, create=create, migrations=migrations)
            if migrations == schema.MIGRATIONS:
                database.damage = _told(database.read(_board_of_shared))
        except BaseException:
            database.close()
            raise
        return database
    path = Path(parsed.database or "")
    if not _exists(path):
        if not create:
            raise NotFound("database", str(path))
        make_private_folder(path.parent)
        create_file(path, migrations=migrations)
    _clear_dead(path, backups, quarantine)
    reading.assert_not_newer(path)
    if why_read_only(path):
        return reading.open_to_read(
            path,
            backups=backups,
            quarantine=quarantine,
            clock=clock,
            reading_seconds=reading_seconds,
        )
    _assert_sound(path, backups=backups, quarantine=quarantine)
    keep_private(path)
    _migrate_file(path, backups=backups, migrations=migrations)
    damage: tuple[str, ...] = ()
    # Migrations of another version make tables that these queries don't know.
    if migrations == schema.MIGRATIONS:
        damage = _told(_board_of(path, backups=backups, quarantine=quarantine))
    database = Database(parsed, clock=clock, durable=durable, reading_seconds=reading_seconds)
    database.damage = damage
    return database


def _exists(path: Path) -> bool:
    """Whether a database file is there. Raises `Unavailable` for what is no file."""
    try:
        assert_regular(path)
    except FileNotFoundError:
        return False
    except IsADirectoryError as error:
        raise Unavailable(msg("%1 is a folder, not a database file.", path)) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise Unavailable(msg("%1 can't be opened as a database: %2.", path, reason)) from error
    checking.assert_plain_journals(path)
    return True


def _clear_dead(path: Path, backups: Path, quarantine: Path) -> None:
    for folder in (path.parent, quarantine):
        making.clear_dead(folder)
    making.clear_dead(backups, making.PREFIX, making.OLDER_PREFIX)
    making.clear_temporary()


def create_file(path: Path, *, migrations: Path = schema.MIGRATIONS) -> None:
    """Make a new database file; it has its name only once it is whole.

    Raises `Unavailable`, also where `path` exists by then.
    """
    try:
        with making.making(path.parent) as folder:
            new = folder / path.name
            make_private_file(new)
            with closing(sqlite3.connect(new)) as connection:
                set_journal_mode(connection)
            schema.migrate_file(new, migrations)
            sync_file(new)
            publish(new, path)
    except OSError as error:
        raise Unavailable(msg("%1 can't be made: %2.", path, error.strerror or error)) from error


def publish(whole: Path, path: Path) -> None:
    """Give the file `whole` the name `path`. Raises OSError where that exists."""
    try:
        path.hardlink_to(whole)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links: a moment's race is left there.
        if path.exists():
            raise FileExistsError(errno.EEXIST, "a file of that name exists", str(path)) from None
        whole.rename(path)
    sync_folder(path.parent)


def _assert_sound(path: Path, *, backups: Path, quarantine: Path) -> None:
    problems = checking.problems_of(path)
    if problems:
        raise reading.damaged(path, problems[0], backups=backups, quarantine=quarantine)


def _board_of(path: Path, *, backups: Path, quarantine: Path) -> Findings:
    """What is wrong with the few rows of the board itself, and in a small file with its past.

    Raises `Damaged` where they can't be read at all.
    """
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS)) as connection:
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("BEGIN")
            read = of_file(connection)
            findings = board_inspected(read)
            note_spent(read, findings, is_file=True)
            if not checked.is_large(path):
                past_inspected(read, findings)
            return findings
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise Unavailable(msg("%1 can't be read now: %2.", path, error)) from error
        raise reading.damaged(path, str(error), backups=backups, quarantine=quarantine) from error


def _board_of_shared(connection: Connection) -> Findings:
    read = of_connection(connection)
    findings = board_inspected(read)
    note_spent(read, findings, is_file=False)
    return findings


def _told(findings: Findings) -> tuple[str, ...]:
    lines = findings.lines(_DAMAGE_TOLD)
    if findings.nobody_administers:
        lines += (
            msg(
                "Nobody administers this board. Make an administrator with `izzitup users add "
                "NAME --role administrator --password-stdin`."
            ),
        )
    for line in lines:
        log.warning("%s", line)
    return lines


def _migrate_file(path: Path, *, backups: Path, migrations: Path) -> None:
    with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS)) as connection:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if connection.execute("PRAGMA application_id").fetchone()[0] == database_files.BACKUP_ID:
            # From now on it is a board, which the next backup must not replace.
            connection.execute(f"PRAGMA application_id={database_files.APPLICATION_ID}")
    if version == schema.version_of(migrations):
        return
    from izzitup_desktop.storage import backup  # a file of our version needs none

    backup.before_upgrade(path, backups, version)
    schema.migrate_file(path, migrations)


def _open_shared(database: Database, *, create: bool, migrations: Path) -> None:
    version = database.read(schema.stored_version)
    ours = schema.version_of(migrations)
    if version == ours:
        return
    if version > ours:
        raise newer_shared(database.location, version)
    if version > 0:
        # Other desks may use it, which know the older schema alone: somebody decides.
        raise OlderDatabase(
            msg(
                "%1 is of database version %2; this IzzitUp needs %3. `izzitup upgrade` says "
                "what an upgrade means for other desks, and does it. Nothing was changed.",
                database.location,
                version,
                ours,
            ),
            location=database.location,
            version=version,
            known=ours,
        )
    if not create:
        raise NotFound("database", database.location)
    try:
        with database.writing_connection() as connection, connection.begin():
            shared.lock(connection, shared.LOCK_SECONDS, shared.WRITE_LOCK)
            if schema.stored_version(connection) == 0:
                shared.allow(connection, shared.SLOW_SECONDS)
                schema.migrate(connection, migrations)
    except SQLAlchemyError as error:
        raise database.unavailable(error) from error


def newer_shared(location: str, version: int) -> NewerDatabase:
    """Why a shared database of a newer `version` is not used."""
    return NewerDatabase(
        msg(
            "%1 is of database version %2; this IzzitUp knows %3. Update IzzitUp. "
            "Nothing was changed.",
            location,
            version,
            schema.VERSION,
        ),
        location=location,
        version=version,
        known=schema.VERSION,
    )

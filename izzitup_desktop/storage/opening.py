"""Opening a database: checked before use, migrated, or made new.

A SQLite file is looked at before anything is written to it: no usable database
is copied to the quarantine and refused, a newer one is refused untouched, an
older one is backed up and migrated in one transaction. A new one appears under
its name only when it is whole, so a 0-byte file is never a fresh install.
"""

from __future__ import annotations

import logging
import re
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from izzitup_desktop.domain.errors import Damaged, NewerDatabase, NotFound, Unavailable
from izzitup_desktop.domain.messages import say
from izzitup_desktop.storage import backup, checking, schema
from izzitup_desktop.storage.engine import (
    BUSY_TIMEOUT_SECONDS,
    Database,
    parse_url,
    set_journal_mode,
    translated,
)
from izzitup_desktop.storage.files import (
    keep_private,
    make_private_file,
    make_private_folder,
    sync_file,
    sync_folder,
)
from izzitup_desktop.storage.inspection import board_inspected
from izzitup_desktop.storage.rows import Findings, of_connection, of_file

log = logging.getLogger(__name__)

_DAMAGE_TOLD = 5
_BUSY = re.compile("locked|busy|unable to open|disk I/O|read-?only|interrupted")


def open_database(
    url: str, *, create: bool, backups: Path, quarantine: Path, migrations: Path = schema.MIGRATIONS
) -> Database:
    """The database at `url`, sound and of our version.

    Raises `NotFound` (there is none and `create` is false), `Damaged`,
    `NewerDatabase`, `Unavailable`, `Invalid` (no usable URL).
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() != "sqlite":
        database = Database(parsed)
        try:
            _migrate_shared(database, create=create, migrations=migrations)
        except BaseException:
            database.close()
            raise
        if migrations == schema.MIGRATIONS:
            database.damage = database.read(
                lambda connection: _told(board_inspected(of_connection(connection)))
            )
        return database
    path = Path(parsed.database or "")
    if path.is_dir():
        raise Unavailable(say("%1 is a folder, not a database file.", path))
    if not path.exists():
        if not create:
            raise NotFound("database", str(path))
        make_private_folder(path.parent)
        create_file(path, migrations=migrations)
    _assert_sound(path, backups=backups, quarantine=quarantine)
    _migrate_file(path, backups=backups, migrations=migrations)
    damage: tuple[str, ...] = ()
    # Migrations of another version make tables that these queries don't know.
    if migrations == schema.MIGRATIONS:
        damage = _told(_board_of(path, backups=backups, quarantine=quarantine))
    database = Database(parsed)
    database.damage = damage
    return database


def create_file(path: Path, *, migrations: Path = schema.MIGRATIONS) -> None:
    """Make a new database file; it has its name only once it is whole.

    Raises `Unavailable`, also where `path` exists by then.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".new-", dir=path.parent) as folder:
            making = Path(folder) / path.name
            make_private_file(making)
            with closing(sqlite3.connect(making)) as connection:
                set_journal_mode(connection)
            schema.migrate_file(making, migrations)
            sync_file(making)
            publish(making, path)
    except OSError as error:
        raise Unavailable(say("%1 can't be made: %2.", path, error.strerror or error)) from error


def publish(whole: Path, path: Path) -> None:
    """Give the file `whole` the name `path`. Raises OSError where that exists."""
    try:
        path.hardlink_to(whole)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links: a moment's race is left there.
        if path.exists():
            raise FileExistsError(17, "a file of that name exists", str(path)) from None
        whole.rename(path)
    sync_folder(path.parent)


def _assert_sound(path: Path, *, backups: Path, quarantine: Path) -> None:
    problems = checking.problems_of(path)
    if not problems:
        keep_private(path)
        return
    raise _damaged(path, problems[0], backups=backups, quarantine=quarantine)


def _board_of(path: Path, *, backups: Path, quarantine: Path) -> Findings:
    """What is wrong with the few rows that the board itself is made of.

    Raises `Damaged` where they can't be read at all.
    """
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS)) as connection:
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("BEGIN")
            return board_inspected(of_file(connection))
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and _BUSY.search(str(error)):
            raise Unavailable(say("%1 can't be read now: %2.", path, error)) from error
        raise _damaged(path, str(error), backups=backups, quarantine=quarantine) from error


def _told(findings: Findings) -> tuple[str, ...]:
    lines = findings.lines(_DAMAGE_TOLD)
    if findings.nobody_administers:
        lines += (
            say(
                "Nobody administers this board. Make an administrator with `izzitup users add "
                "NAME --role administrator --password-stdin`."
            ),
        )
    for line in lines:
        log.warning("%s", line)
    return lines


def _damaged(path: Path, problem: str, *, backups: Path, quarantine: Path) -> Damaged:
    copy = checking.quarantine(path, quarantine)
    newest = backup.newest(backups)
    advice = (
        say("The newest backup is %1; `izzitup restore` brings it back.", newest)
        if newest
        else say("There is no backup to restore in the backups folder.")
    )
    return Damaged(
        say(
            "%1 can't be used as a database: %2. Nothing in it was changed; a copy is kept as "
            "%3. %4",
            path,
            problem,
            copy,
            advice,
        ),
        path=path,
        quarantined=copy,
        newest_backup=newest,
    )


def _migrate_file(path: Path, *, backups: Path, migrations: Path) -> None:
    with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS)) as connection:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version == schema.VERSION:
        return
    if version > schema.VERSION:
        checking.foreign(path)
    backup.before_upgrade(path, backups, version)
    schema.migrate_file(path, migrations)


def _migrate_shared(database: Database, *, create: bool, migrations: Path) -> None:
    try:
        with database.writing_connection() as connection, connection.begin():
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": 0x495A5A4D})
            version = schema.stored_version(connection)
            if version == 0 and not create:
                raise NotFound("database", database.location)
            if version > schema.VERSION:
                raise NewerDatabase(
                    say(
                        "%1 is of database version %2; this IzzitUp knows %3. Update IzzitUp. "
                        "Nothing was changed.",
                        database.location,
                        version,
                        schema.VERSION,
                    ),
                    location=database.location,
                    version=version,
                    known=schema.VERSION,
                )
            if version < schema.VERSION:
                schema.migrate(connection, migrations)
    except SQLAlchemyError as error:
        raise translated(error, database.location) from error

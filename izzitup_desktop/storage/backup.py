"""Backups: one SQLite file each, whatever the database; restored row by row.

A backup is made under another name, checked, and only then given its own. A
restore never swaps files: the backup's rows replace the database's in one
transaction, and journal ids go on growing, so every reader notices.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import gettempdir

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    MetaData,
    create_engine,
    delete,
    insert,
    select,
    text,
)
from sqlalchemy.pool import NullPool

from izzitup_desktop.domain.errors import Invalid, Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.regular_files import assert_regular
from izzitup_desktop.platform.chosen import chosen_file
from izzitup_desktop.platform.database_files import BACKUP_ID
from izzitup_desktop.platform.files import make_private_file, make_private_folder
from izzitup_desktop.platform.making import TEMPORARY_PREFIX, clear_temporary, making
from izzitup_desktop.platform.replaced_backups import judge_backup
from izzitup_desktop.storage import backup_files, checked, checking, schema
from izzitup_desktop.storage.copying import copy_file
from izzitup_desktop.storage.engine import Database
from izzitup_desktop.storage.ids import note_without_room
from izzitup_desktop.storage.inspection import inspected, nobody_signs_in
from izzitup_desktop.storage.rows import of_file, summed_up
from izzitup_desktop.storage.sqlite_file import BUSY_TIMEOUT_SECONDS
from izzitup_desktop.storage.tables import idempotency_keys, jobs, metadata, statuses

_ROWS_AT_ONCE = 1_000
_PROBLEMS_TOLD = 3


def _at_once() -> None:
    """Nothing is to be asked before a backup gets its name."""


def save(database: Database, path: Path, may_keep: Callable[[], None] = _at_once) -> Path:
    """Write a consistent backup to `path`, replacing an older one there.

    `may_keep` is called when it is whole, right before it gets its name; what it raises
    leaves nothing behind. Raises `Unavailable` (the older one then survives),
    `Invalid` for a path where something stands that is no backup.
    """
    database.assert_may_wait()
    source = database.path
    if source is None:
        return _save_whole(path, lambda target: _copy_shared(database, target), may_keep)

    _assert_not_own(path, database.named_path)

    def copy(target: Path) -> None:
        copy_file(source, target)

    try:
        found = source.stat()
    except OSError as error:
        raise Unavailable(msg("%1 can't be read: %2.", source, error.strerror)) from error
    saved = _save_whole(path, copy, may_keep)
    checked.note(source, found)
    return saved


def before_upgrade(path: Path, folder: Path, version: int) -> Path:
    """Back a file up before a migration, keeping the newest three of these."""
    target = backup_files.name_before_upgrade(make_private_folder(folder), version)
    # Unmarked: the version it was made by must be able to open it.
    saved = _save_whole(target, lambda new: copy_file(path, new), marked=False)
    backup_files.delete_surplus_of_upgrades(folder)
    return saved


def before_shared_upgrade(
    reading: Connection, folder: Path, version: int, migrations: Path
) -> Path:
    """`before_upgrade` of a shared database, whose schema is of `version`."""
    target = backup_files.name_before_upgrade(make_private_folder(folder), version)
    saved = _save_whole(
        target, lambda new: _copy_older(reading, new, version, migrations), marked=False
    )
    backup_files.delete_surplus_of_upgrades(folder)
    return saved


def fill(path: Path, source: Connection) -> None:
    """Put every row of `source` into the file of our version at `path`."""
    engine = _engine(path)
    try:
        with engine.begin() as writing:
            replace_rows(writing, source)
    finally:
        engine.dispose()


@contextmanager
def opened(path: Path) -> Iterator[Connection]:
    """A connection to a checked copy of the backup, migrated to our version.

    Raises `Invalid` for a file that is no backup of ours, a damaged one, and one whose
    rows would not make a board that works; `NewerDatabase`, `Unavailable`. The file
    itself is only read.
    """
    try:
        assert_regular(path)
    except FileNotFoundError as error:
        raise Invalid("file", msg("There is no backup file %1.", path)) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise _unusable(path, [reason or str(error)]) from error
    if reason := checking.foreign(path):
        raise _unusable(path, [reason])
    clear_temporary()
    try:
        with making(Path(gettempdir()), TEMPORARY_PREFIX) as folder:
            copy = folder / "backup.db"
            make_private_file(copy)
            _copy_backup(path, copy)
            _assert_usable(path, copy)
            engine = _engine(copy)
            try:
                with engine.connect() as connection:
                    yield connection
            finally:
                engine.dispose()
    except OSError as error:
        raise Unavailable(
            msg("%1 can't be read or copied: %2.", path, error.strerror or error)
        ) from error


def _copy_backup(path: Path, copy: Path) -> None:
    uri = f"{path.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_SECONDS)) as reading:
            reading.execute("BEGIN")
            reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if problems := checking.size_problems(path, reading):
                raise _unusable(path, problems)
        copy_file(path, copy)
    except sqlite3.OperationalError as error:
        raise Unavailable(msg("%1 can't be read or copied: %2.", path, error)) from error
    except sqlite3.DatabaseError as error:
        raise _unusable(path, [str(error)]) from error


def _assert_usable(path: Path, copy: Path) -> None:
    """Raise `Invalid` unless the copy of `path` makes a board; migrate it meanwhile."""
    try:
        with closing(_read_only(copy)) as connection:
            if problems := checking.whole(connection):
                raise _unusable(path, problems)
        schema.migrate_file(copy)
        with closing(_read_only(copy)) as connection:
            if nobody_signs_in(of_file(connection)):
                raise _unusable(path, [msg("it has no account, so that nobody could sign in")])
            read = of_file(connection)
            findings = inspected(read)
            note_without_room(read, findings)
        if findings.count:
            raise _unusable(path, findings.lines(_PROBLEMS_TOLD))
    except sqlite3.Error as error:
        raise _unusable(path, [str(error)]) from error
    except Unavailable as error:
        # Nobody else has the copy: what can't be migrated is the backup's own fault.
        raise _unusable(path, [str(error)]) from error


def _unusable(path: Path, problems: Sequence[str]) -> Invalid:
    return Invalid(
        "file",
        msg("%1 is no usable backup: %2.", path, summed_up(problems[: _PROBLEMS_TOLD + 1])),
    )


def _read_only(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA cell_size_check=ON")
    return connection


def replace_rows(target: Connection, source: Connection) -> None:
    """Replace every row of `target` by those of `source`, inside its transaction."""
    # Who does which job, and what was answered to whom, is not the board's past.
    left = (statuses, jobs, idempotency_keys)
    tables = [table for table in metadata.sorted_tables if table not in left]
    for table in reversed(tables):
        target.execute(delete(table))
    for table in tables:
        options = {"yield_per": _ROWS_AT_ONCE}
        # Closed also where a row is refused: a cursor of the server would be left.
        with source.execute(select(table), execution_options=options) as result:
            for rows in result.partitions():
                target.execute(insert(table), [dict(row._mapping) for row in rows])
    if target.dialect.name == "postgresql":
        for table in tables:
            if "id" in table.c and table.c.id.autoincrement is not False:
                target.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "  # noqa: S608 (our own table names)
                        f'(SELECT coalesce(max(id), 0) + 1 FROM "{table.name}"), false)'
                    )
                )


def _save_whole(
    path: Path,
    copy: Callable[[Path], None],
    may_keep: Callable[[], None] = _at_once,
    *,
    marked: bool = True,
) -> Path:
    """What `copy` fills, checked, at `path`."""
    try:
        with chosen_file(path, judge_backup) as new:
            copy(new)
            if marked:
                _mark(new, BACKUP_ID)
            _assert_sound(new)
            may_keep()
    except OSError as error:
        raise Unavailable(
            msg("The backup %1 can't be written: %2.", path, error.strerror or error)
        ) from error
    except sqlite3.Error as error:
        raise Unavailable(msg("The backup %1 can't be written: %2.", path, error)) from error
    return path


def _assert_not_own(path: Path, own: Path | None) -> None:
    """Raise `Invalid` for a backup to where the database it is made of lies, or lay."""
    if own is None:
        return
    try:
        # Never opened to be looked at: closing it again would end SQLite's locks on it.
        is_own = path.resolve() == own.resolve() or (path.exists() and path.samefile(own))
    except (OSError, ValueError, RuntimeError):
        return
    if is_own:
        raise Invalid("file", msg("A backup can't replace the database it is made of."))


def _mark(path: Path, application_id: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id={application_id}")


def _copy_shared(database: Database, target: Path) -> None:
    schema.migrate_file(target)
    database.read(lambda reading: fill(target, reading), slow=True)


def _copy_older(reading: Connection, target: Path, version: int, migrations: Path) -> None:
    """Copy every row of an older schema, whose tables the migrations make."""
    schema.migrate_file(target, migrations, version)
    engine = _engine(target)
    older = MetaData()
    try:
        with engine.begin() as writing:
            older.reflect(writing)
            for table in older.sorted_tables:
                if table.name in (statuses.name, "alembic_version"):
                    continue
                result = reading.execute(select(table))
                while rows := result.fetchmany(_ROWS_AT_ONCE):
                    writing.execute(insert(table), [dict(row._mapping) for row in rows])
    finally:
        engine.dispose()


def _engine(path: Path) -> Engine:
    return create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)


def _assert_sound(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise Unavailable(msg("The backup did not pass its check: %1.", found))

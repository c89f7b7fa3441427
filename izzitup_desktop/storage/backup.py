"""Backups: one SQLite file each, whatever the database; restored row by row.

A backup is made under another name, checked, and only then given its own. A
restore never swaps files: the backup's rows replace the database's in one
transaction, and journal ids go on growing, so every reader notices.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

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
from izzitup_desktop.domain.messages import say
from izzitup_desktop.storage import checking, schema
from izzitup_desktop.storage.engine import BUSY_TIMEOUT_SECONDS, Database
from izzitup_desktop.storage.files import (
    make_private_file,
    make_private_folder,
    sync_file,
    sync_folder,
)
from izzitup_desktop.storage.inspection import inspected, nobody_signs_in
from izzitup_desktop.storage.rows import of_file, summed_up
from izzitup_desktop.storage.tables import metadata, statuses

PREFIX = "izzitup-"
SCHEDULED_PREFIX = "izzitup-scheduled-"
_UPGRADE_PREFIX = "pre-upgrade-"
_UPGRADES_KEPT = 3
_ROWS_AT_ONCE = 1_000
_PROBLEMS_TOLD = 3


def save(database: Database, path: Path) -> Path:
    """Write a consistent backup to `path`, replacing an older one there.

    Raises `Unavailable` (the older one then survives), `Invalid` for a bad path.
    """
    database.assert_may_wait()
    if path.is_dir() or not path.name:
        raise Invalid("file", say("%1 is a folder; name a file.", path))
    if database.path and path.exists() and path.samefile(database.path):
        raise Invalid("file", say("A backup can't replace the database it is made of."))
    if database.path:
        source = database.path
        return _save_whole(path, lambda target: _copy_sqlite(source, target))
    return _save_whole(path, lambda target: _copy_shared(database, target))


def newest(folder: Path) -> Path | None:
    """The newest backup file in `folder`, None where there is none."""
    found = [*folder.glob(f"{PREFIX}*.db"), *folder.glob(f"{_UPGRADE_PREFIX}*.db")]
    return max(found, key=lambda path: (path.stat().st_mtime_ns, path.name), default=None)


def listed(folder: Path) -> list[tuple[Path, datetime, int]]:
    """The backup files in `folder` with their times and sizes (bytes), newest first."""
    found = []
    for path in [*folder.glob(f"{PREFIX}*.db"), *folder.glob(f"{_UPGRADE_PREFIX}*.db")]:
        try:
            stat = path.stat()
        except OSError:
            continue
        found.append((path, datetime.fromtimestamp(stat.st_mtime, UTC), stat.st_size))
    return sorted(found, key=lambda item: (item[1], item[0].name), reverse=True)


def new_name(folder: Path, prefix: str = PREFIX) -> Path:
    """A name for a backup made now."""
    return folder / f"{prefix}{datetime.now(UTC).strftime('%Y%m%dT%H%M%S.%fZ')}.db"


def before_upgrade(path: Path, folder: Path, version: int) -> Path:
    """Back a file up before a migration, keeping the newest three of these."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    target = make_private_folder(folder) / f"{_UPGRADE_PREFIX}{version}-{stamp}.db"
    saved = _save_whole(target, lambda making: _copy_sqlite(path, making))
    _drop_surplus(folder)
    return saved


def before_shared_upgrade(
    reading: Connection, folder: Path, version: int, migrations: Path
) -> Path:
    """`before_upgrade` of a shared database, whose schema is of `version`."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    target = make_private_folder(folder) / f"{_UPGRADE_PREFIX}{version}-{stamp}.db"
    saved = _save_whole(target, lambda making: _copy_older(reading, making, version, migrations))
    _drop_surplus(folder)
    return saved


def _drop_surplus(folder: Path) -> None:
    older = sorted(folder.glob(f"{_UPGRADE_PREFIX}*.db"), key=lambda p: p.stat().st_mtime_ns)
    for surplus in older[:-_UPGRADES_KEPT]:
        surplus.unlink(missing_ok=True)


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
    if not path.is_file():
        raise Invalid("file", say("There is no backup file %1.", path))
    if reason := checking.foreign(path):
        raise _unusable(path, [reason])
    try:
        with TemporaryDirectory(prefix="izzitup-restore-") as folder:
            copy = Path(folder) / "backup.db"
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
            say("%1 can't be read or copied: %2.", path, error.strerror or error)
        ) from error


def _copy_backup(path: Path, copy: Path) -> None:
    uri = f"{path.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_SECONDS)) as reading:
            reading.execute("BEGIN")
            reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if problems := checking.size_problems(path, reading):
                raise _unusable(path, problems)
        _copy_sqlite(path, copy)
    except sqlite3.OperationalError as error:
        raise Unavailable(say("%1 can't be read or copied: %2.", path, error)) from error
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
                raise _unusable(path, [say("it has no account, so that nobody could sign in")])
            findings = inspected(of_file(connection))
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
        say("%1 is no usable backup: %2.", path, summed_up(problems[: _PROBLEMS_TOLD + 1])),
    )


def _read_only(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA cell_size_check=ON")
    return connection


def replace_rows(target: Connection, source: Connection) -> None:
    """Replace every row of `target` by those of `source`, inside its transaction."""
    tables = [table for table in metadata.sorted_tables if table is not statuses]
    for table in reversed(tables):
        target.execute(delete(table))
    for table in tables:
        result = source.execute(select(table), execution_options={"yield_per": _ROWS_AT_ONCE})
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


def _save_whole(path: Path, copy: Any) -> Path:
    try:
        with TemporaryDirectory(prefix=".backup-", dir=path.parent) as folder:
            making = Path(folder) / path.name
            make_private_file(making)
            copy(making)
            _assert_sound(making)
            sync_file(making)
            making.replace(path)
            sync_folder(path.parent)
    except OSError as error:
        raise Unavailable(
            say("The backup %1 can't be written: %2.", path, error.strerror)
        ) from error
    except sqlite3.Error as error:
        raise Unavailable(say("The backup %1 can't be written: %2.", path, error)) from error
    return path


def _copy_sqlite(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(source, timeout=BUSY_TIMEOUT_SECONDS)) as reading,
        closing(sqlite3.connect(target)) as writing,
    ):
        reading.backup(writing)
        # A backup is one file: no write-ahead log beside it.
        writing.execute("PRAGMA journal_mode=DELETE")


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
        raise Unavailable(say("The backup did not pass its check: %1.", found))

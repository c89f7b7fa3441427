"""Looking at a SQLite file before it is used: sound, ours, not newer."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from shutil import disk_usage

from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.regular_files import assert_regular, copy_regular, read_regular
from izzitup_desktop.platform.database_files import (
    APPLICATION_ID,
    BACKUP_ID,
    HEADER_BYTES,
    MAGIC,
    application_of,
)
from izzitup_desktop.platform.files import (
    JOURNALS,
    make_private_file,
    make_private_folder,
    sync_file,
    sync_folder,
)
from izzitup_desktop.platform.making import making
from izzitup_desktop.storage import checked, schema, shape
from izzitup_desktop.storage.copying import copy_file
from izzitup_desktop.storage.ids import note_spent
from izzitup_desktop.storage.inspection import inspected
from izzitup_desktop.storage.rows import TOLD_MOST, Progress, of_file
from izzitup_desktop.storage.sqlite_file import BUSY_TIMEOUT_SECONDS


def problems_of(path: Path) -> tuple[str, ...]:
    """What SQLite finds wrong with the file; empty for a sound one of ours.

    A large one is read in whole only where that is due (`storage.checked`).
    Raises `Unavailable` when the file can't be read now (locked, no rights).
    """
    if reason := foreign(path):
        return (reason,)
    try:
        found, is_due = path.stat(), checked.is_due(path)
    except OSError as error:
        raise Unavailable(msg("%1 can't be read: %2.", path, error.strerror)) from error
    problems = _asked(
        path,
        lambda connection: (
            size_problems(path, connection) or (_pages(connection) if is_due else ())
        ),
    )
    if is_due and not problems:
        checked.note(path, found)
    return problems


def every_problem_of(path: Path, progress: Progress | None = None) -> tuple[str, ...]:
    """What is wrong with a board's file, its tables, its indexes and each of its rows.

    A bounded number of lines, empty for a sound one. Raises as `problems_of`.
    """
    try:
        found = path.stat()
        if checked.is_large(path) and disk_usage(path.parent).free > 2 * found.st_size:
            # Who reads for so long keeps others from writing; a copy is nobody else's.
            problems = _of_copy(path, progress)
        else:
            problems = _asked(path, lambda connection: _every_problem(path, connection, progress))
    except OSError as error:
        raise Unavailable(msg("%1 can't be read: %2.", path, error.strerror or error)) from error
    if not problems:
        checked.note(path, found)
    return problems


def _of_copy(path: Path, progress: Progress | None) -> tuple[str, ...]:
    if problems := _asked(path, lambda connection: size_problems(path, connection)):
        return problems
    with making(path.parent) as folder:
        copy = folder / path.name
        make_private_file(copy)
        try:
            copy_file(path, copy)
        except sqlite3.OperationalError as error:
            raise Unavailable(msg("%1 can't be copied to be checked: %2.", path, error)) from error
        except sqlite3.DatabaseError as error:
            return (str(error),)
        return _asked(copy, lambda connection: _every_problem(copy, connection, progress))


def _every_problem(
    path: Path, connection: sqlite3.Connection, progress: Progress | None
) -> tuple[str, ...]:
    problems = (*size_problems(path, connection), *whole(connection))
    if problems:
        # What reads rows by an index that lies would tell of its lies alone.
        return problems
    read = of_file(connection)
    findings = inspected(read, progress)
    note_spent(read, findings, is_file=True)
    return findings.lines()


def whole(connection: sqlite3.Connection) -> tuple[str, ...]:
    """What is wrong with pages, indexes, references and the shape of a whole file."""
    pages = _told(connection, f"PRAGMA integrity_check({TOLD_MOST})")
    if pages:
        return pages
    broken = connection.execute("PRAGMA foreign_key_check").fetchmany(TOLD_MOST)
    references = tuple(
        msg("Table %1, row %2: it refers to a row of %3 that is not there", *row[:3])
        for row in broken
    )
    return (*shape.problems_of(connection), *references)


def size_problems(path: Path, connection: sqlite3.Connection) -> tuple[str, ...]:
    """What is wrong with the file's size; to be asked while `connection` reads it.

    SQLite takes what is missing at the end of a file for zeros. The file is not opened
    for this: closing it again would end the locks of every connection here.
    """
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        return ()
    page_bytes, told = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_size", "page_count")
    )
    pages, rest = divmod(path.stat().st_size, page_bytes)
    if rest:
        return (msg("the file was cut within its last page"),)
    if pages != told:
        return (msg("the file has %1 pages, and its header says %2", pages, told),)
    return ()


def _asked(
    path: Path, question: Callable[[sqlite3.Connection], tuple[str, ...]]
) -> tuple[str, ...]:
    """What the question finds in one consistent state of the file."""
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS)) as connection:
            connection.execute("PRAGMA cell_size_check=ON")
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("BEGIN")
            # The lock that keeps others from writing meanwhile; it also rolls back what is half.
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return question(connection)
    except sqlite3.OperationalError as error:
        raise Unavailable(msg("%1 can't be read now: %2.", path, error)) from error
    except sqlite3.DatabaseError as error:
        return (str(error),)
    except OSError as error:
        raise Unavailable(msg("%1 can't be read: %2.", path, error.strerror)) from error


def _pages(connection: sqlite3.Connection) -> tuple[str, ...]:
    return _told(connection, f"PRAGMA quick_check({TOLD_MOST})")


def _told(connection: sqlite3.Connection, check: str) -> tuple[str, ...]:
    found = [str(row[0]) for row in connection.execute(check)]
    return () if found == ["ok"] else tuple(found)


def foreign(path: Path) -> str:
    """Why the file's header is not that of a database of ours, "" if it is."""
    assert_plain_journals(path)
    try:
        header = read_regular(path, HEADER_BYTES)
    except OSError as error:
        raise Unavailable(msg("%1 can't be read: %2.", path, error.strerror)) from error
    if not header:
        return msg("the file is empty (0 bytes)")
    if not header.startswith(MAGIC) or len(header) < HEADER_BYTES:
        return msg("the file is no SQLite database")
    version = int.from_bytes(header[60:64], "big")
    if application_of(header) not in (APPLICATION_ID, BACKUP_ID):
        return msg("the file is a database of another application")
    if version == 0:
        return msg("the file has no version")
    if version > schema.VERSION:
        raise schema.newer(str(path), version)
    return ""


def assert_plain_journals(path: Path) -> None:
    """Raise `Unavailable` for a database beside which SQLite would open what is no file.

    It waits for a pipe without an end.
    """
    try:
        # Where the database is a link, SQLite looks beside what it leads to.
        real = path.resolve()
    except (OSError, RuntimeError):
        return
    for ending in JOURNALS:
        beside = real.with_name(real.name + ending)
        with suppress(OSError):
            if not stat.S_ISREG(beside.lstat().st_mode):
                raise Unavailable(
                    msg(
                        "%1 is no file, and SQLite would take it for the journal of the database. "
                        "Look who put it there, and move it away.",
                        beside,
                    )
                )


def quarantine(path: Path, folder: Path) -> Path:
    """A copy of the file with its journals, once for each state of it."""
    make_private_folder(folder)
    found = path.stat()
    stamp = datetime.fromtimestamp(found.st_mtime, UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    copy = folder / f"{path.stem[:100]}-{stamp}-{found.st_size}{path.suffix[:20]}"
    if copy.exists():
        return copy
    try:
        assert_regular(path)
        with making(folder) as place:
            copied = []
            for ending in ("-wal", "-journal", ""):
                source = path.with_name(path.name + ending)
                if source.is_file():
                    new = place / f"copy{ending}"
                    make_private_file(new)
                    copy_regular(source, new)
                    sync_file(new)
                    copied.append((new, copy.with_name(copy.name + ending)))
            # Under its own name it is whole: whoever finds it may delete the original.
            for new, named in copied:
                new.replace(named)
            sync_folder(folder)
    except OSError as error:
        raise Unavailable(
            msg("%1 is damaged, and can't be copied to %2: %3.", path, folder, error.strerror)
        ) from error
    return copy

"""Opening a database that can only be read: its disk has a fault, or the rights lack.

SQLite reads such a file where it lies, unless something is to be finished in it first
(a change that broke off, a write-ahead log, an older version): then a copy is opened,
from which everything can be shown, exported and backed up.
"""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import gettempdir
from urllib.parse import quote

from sqlalchemy import URL

from izzitup_desktop.domain.clock import SYSTEM_CLOCK, Clock
from izzitup_desktop.domain.errors import Damaged, Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.regular_files import copy_regular, read_regular
from izzitup_desktop.platform import database_files
from izzitup_desktop.platform.files import make_private_file
from izzitup_desktop.platform.making import TEMPORARY_PREFIX, making
from izzitup_desktop.storage import backup_files, checking, schema
from izzitup_desktop.storage.asked import ANSWER_SECONDS
from izzitup_desktop.storage.engine import SPARE_SECONDS, Database
from izzitup_desktop.storage.sqlite_file import BUSY_TIMEOUT_SECONDS

_JOURNALS = ("-wal", "-journal")
_WAL_FORMAT = 2


def open_to_read(
    path: Path,
    *,
    backups: Path,
    quarantine: Path,
    clock: Clock = SYSTEM_CLOCK,
    reading_seconds: float = ANSWER_SECONDS - SPARE_SECONDS,
) -> Database:
    """The database of the file `path`, which can't be written; nothing in it is changed.

    Raises `Damaged`, `NewerDatabase`, `Unavailable`.
    """
    if reason := checking.foreign(path):
        raise damaged(path, reason, backups=backups, quarantine=quarantine)
    if _is_whole(path):
        if problems := checking.problems_of(path):
            raise damaged(path, problems[0], backups=backups, quarantine=quarantine)
        return Database(_url(path), clock=clock, reading_seconds=reading_seconds)
    with ExitStack() as stack:
        copy = _copied(path, stack)
        if problems := checking.problems_of(copy):
            raise damaged(path, problems[0], backups=backups, quarantine=quarantine)
        schema.migrate_file(copy)
        return Database(
            _url(copy),
            copy_of=path,
            held=stack.pop_all(),
            clock=clock,
            reading_seconds=reading_seconds,
        )


def assert_not_newer(path: Path) -> None:
    """Raise `NewerDatabase` for a file of a later version, and leave it as it is.

    What stands in the file's header may be older than what its write-ahead log says.
    """
    try:
        header = read_regular(path, database_files.HEADER_BYTES)
    except OSError as error:
        raise Unavailable(msg("%1 can't be read: %2.", path, error.strerror)) from error
    # Another application's number means nothing to us.
    ours = (database_files.APPLICATION_ID, database_files.BACKUP_ID)
    if database_files.application_of(header) not in ours or header[18] != _WAL_FORMAT:
        return
    # Who may only read leaves the log where it is.
    uri = f"file:{quote(str(path))}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_SECONDS)) as connection:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.Error:
        # Why it can't be read is found out, and said, by the next steps.
        return
    if version > schema.VERSION:
        raise schema.newer(str(path), version)


def damaged(path: Path, problem: str, *, backups: Path, quarantine: Path) -> Damaged:
    """The error for a file that is no usable database; it is copied aside if it can be."""
    newest = backup_files.newest(backups)
    advice = (
        msg("The newest backup is %1; `izzitup restore` brings it back.", newest)
        if newest
        else msg("There is no backup to restore in the backups folder.")
    )
    try:
        copy = checking.quarantine(path, quarantine)
    except Unavailable as error:
        text = msg(
            "%1 can't be used as a database: %2. Nothing in it was changed, and no copy could be "
            "kept: %3 %4",
            path,
            problem,
            error,
            advice,
        )
        return Damaged(text, path=path, newest_backup=newest)
    text = msg(
        "%1 can't be used as a database: %2. Nothing in it was changed; a copy is kept as %3. %4",
        path,
        problem,
        copy,
        advice,
    )
    return Damaged(text, path=path, quarantined=copy, newest_backup=newest)


def _is_whole(path: Path) -> bool:
    """Whether it can be read where it lies, and is of our version."""
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.OperationalError as error:
        unfinished = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR)
        return error.sqlite_errorcode & 0xFF not in unfinished
    except sqlite3.DatabaseError:
        # The check names what is wrong.
        return True
    return version >= schema.VERSION


def _copied(path: Path, stack: ExitStack) -> Path:
    folder = Path(gettempdir())
    try:
        copy = stack.enter_context(making(folder, TEMPORARY_PREFIX)) / "izzitup.db"
        for ending in ("", *_JOURNALS):
            source = path.with_name(path.name + ending)
            if source.is_file():
                target = copy.with_name(copy.name + ending)
                make_private_file(target)
                copy_regular(source, target)
    except OSError as error:
        raise Unavailable(
            msg(
                "%1 can only be read, and a change in it is not finished; no copy of it can be "
                "made in %2: %3.",
                path,
                folder,
                error.strerror or error,
            )
        ) from error
    return copy


def _url(path: Path) -> URL:
    return URL.create("sqlite", database=str(path))

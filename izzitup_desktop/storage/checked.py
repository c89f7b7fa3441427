"""When a large SQLite file was last found whole; a small one is checked at every opening.

SQLite's check reads every page, and whoever reads keeps others from writing: on a large
board each command would hold the scripts up for seconds. So a note beside the file says
which file was found whole, and the note's own time says when.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from izzitup_desktop.domain.regular_files import read_regular
from izzitup_desktop.platform.files import is_private_to_us, write_private_bytes

SMALL_BYTES = 64 * 1024 * 1024
"""What is no larger is read in a moment."""

DUE_SECONDS = 2 * 86_400
"""How long it is enough to have found a large file whole; backups each day note it anew."""

_NOTE_BYTES_MOST = 100


def is_due(path: Path) -> bool:
    """Whether the database file `path` is to be read in whole before it is used.

    Always where it is small; else after a change in it broke off, after it was
    replaced, and some time after it was last found whole. Raises OSError where the
    file can't be looked at.
    """
    found = path.stat()
    if found.st_size <= SMALL_BYTES or not _is_noted(path, found):
        return True
    return _broke_off(path)


def is_large(path: Path) -> bool:
    """Whether reading the file in whole takes longer than others should wait."""
    return path.stat().st_size > SMALL_BYTES


def note(path: Path, found: os.stat_result) -> None:
    """Note that the file `path`, as `found` when that began, was read and is whole.

    Where nothing can be written, nothing is noted.
    """
    if found.st_size > SMALL_BYTES:
        with suppress(OSError):
            write_private_bytes(note_of(path), _identity(found))


def note_of(path: Path) -> Path:
    """Where it is noted."""
    return path.with_name(f".{path.name}.checked")


def _is_noted(path: Path, found: os.stat_result) -> bool:
    note = note_of(path)
    try:
        if not is_private_to_us(note):
            return False
        age = time.time() - note.stat().st_mtime
        return 0 <= age < DUE_SECONDS and read_regular(note, _NOTE_BYTES_MOST) == _identity(found)
    except (OSError, ValueError):
        return False


def _identity(found: os.stat_result) -> bytes:
    return b"%d %d\n" % (found.st_dev, found.st_ino)


def _broke_off(path: Path) -> bool:
    """Whether a change is half in the file, and nobody is there who is making it."""
    beside = (path.with_name(f"{path.name}{ending}") for ending in ("-journal", "-wal"))
    if not any(file.exists() and file.stat().st_size for file in beside):
        return False
    try:
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY
    except sqlite3.DatabaseError:
        return True
    return True

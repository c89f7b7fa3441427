"""Looking at a SQLite file before it is used: sound, ours, not newer."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from izzitup_desktop.domain.errors import NewerDatabase, Unavailable
from izzitup_desktop.domain.messages import say
from izzitup_desktop.storage import schema
from izzitup_desktop.storage.engine import BUSY_TIMEOUT_SECONDS
from izzitup_desktop.storage.files import make_private_file, make_private_folder, sync_file

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100


def problems_of(path: Path) -> tuple[str, ...]:
    """What SQLite finds wrong with the file; empty for a sound one of ours.

    Raises `Unavailable` when the file can't be read now (locked, no rights).
    """
    if reason := foreign(path):
        return (reason,)
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS)) as connection:
            connection.execute("PRAGMA cell_size_check=ON")
            found = [row[0] for row in connection.execute("PRAGMA quick_check(20)")]
    except sqlite3.OperationalError as error:
        raise Unavailable(say("%1 can't be read now: %2.", path, error)) from error
    except sqlite3.DatabaseError as error:
        return (str(error),)
    return () if found == ["ok"] else tuple(found)


def foreign(path: Path) -> str:
    """Why the file's header is not that of a database of ours, "" if it is."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except OSError as error:
        raise Unavailable(say("%1 can't be read: %2.", path, error.strerror)) from error
    if not header:
        return say("the file is empty (0 bytes)")
    if not header.startswith(_MAGIC) or len(header) < _HEADER_BYTES:
        return say("the file is no SQLite database")
    version = int.from_bytes(header[60:64], "big")
    application = int.from_bytes(header[68:72], "big")
    if application != schema.APPLICATION_ID:
        return say("the file is a database of another application")
    if version > schema.VERSION:
        raise NewerDatabase(
            say(
                "%1 was made by a newer version of IzzitUp (database version %2; this one knows "
                "%3). Update IzzitUp. The file was not touched.",
                path,
                version,
                schema.VERSION,
            ),
            location=str(path),
            version=version,
            known=schema.VERSION,
        )
    return ""


def quarantine(path: Path, folder: Path) -> Path:
    """A copy of the file with its journals, once for each state of it."""
    make_private_folder(folder)
    stat = path.stat()
    stamp = datetime.fromtimestamp(stat.st_mtime, UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    copy = folder / f"{path.stem}-{stamp}-{stat.st_size}{path.suffix}"
    if copy.exists():
        return copy
    try:
        for ending in ("-wal", "-journal", ""):
            source = path.with_name(path.name + ending)
            if source.exists():
                target = copy.with_name(copy.name + ending)
                # Under its own name it is whole: whoever finds it may delete the original.
                making = target.with_name(f".{target.name}.new")
                making.unlink(missing_ok=True)
                make_private_file(making)
                shutil.copyfile(source, making)
                sync_file(making)
                making.replace(target)
    except OSError as error:
        raise Unavailable(
            say("%1 is damaged, and can't be copied to %2: %3.", path, folder, error.strerror)
        ) from error
    return copy

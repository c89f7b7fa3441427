"""Looking at a SQLite file before it is used: sound, ours, not newer."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.messages import say
from izzitup_desktop.domain.regular_files import assert_regular, read_regular
from izzitup_desktop.storage import schema
from izzitup_desktop.storage.engine import BUSY_TIMEOUT_SECONDS
from izzitup_desktop.storage.files import (
    make_private_file,
    make_private_folder,
    sync_file,
    sync_folder,
)
from izzitup_desktop.storage.making import making

_MAGIC = b"SQLite format 3\x00"
HEADER_BYTES = 100
"""How long the header of a SQLite file is."""


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
        header = read_regular(path, HEADER_BYTES)
    except OSError as error:
        raise Unavailable(say("%1 can't be read: %2.", path, error.strerror)) from error
    if not header:
        return say("the file is empty (0 bytes)")
    if not header.startswith(_MAGIC) or len(header) < HEADER_BYTES:
        return say("the file is no SQLite database")
    version = int.from_bytes(header[60:64], "big")
    if application_of(header) not in (schema.APPLICATION_ID, schema.BACKUP_ID):
        return say("the file is a database of another application")
    if version > schema.VERSION:
        raise schema.newer(str(path), version)
    return ""


def application_of(header: bytes) -> int | None:
    """The application_id in a SQLite file's header, None if it is no such header."""
    if not header.startswith(_MAGIC) or len(header) < HEADER_BYTES:
        return None
    return int.from_bytes(header[68:72], "big")


def quarantine(path: Path, folder: Path) -> Path:
    """A copy of the file with its journals, once for each state of it."""
    make_private_folder(folder)
    stat = path.stat()
    stamp = datetime.fromtimestamp(stat.st_mtime, UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    copy = folder / f"{path.stem[:100]}-{stamp}-{stat.st_size}{path.suffix[:20]}"
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
                    shutil.copyfile(source, new)
                    sync_file(new)
                    copied.append((new, copy.with_name(copy.name + ending)))
            # Under its own name it is whole: whoever finds it may delete the original.
            for new, named in copied:
                new.replace(named)
            sync_folder(folder)
    except OSError as error:
        raise Unavailable(
            say("%1 is damaged, and can't be copied to %2: %3.", path, folder, error.strerror)
        ) from error
    return copy

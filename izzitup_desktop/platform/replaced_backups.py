"""Which file a new backup may replace: an older one, which nobody uses."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.platform.chosen import Standing, assert_no_database_beside
from izzitup_desktop.platform.database_files import (
    APPLICATION_ID,
    BACKUP_ID,
    HEADER_BYTES,
    application_of,
)


def judge_backup(standing: Standing) -> None:
    """Raise `Invalid` unless a backup of ours stands there, which nobody uses."""
    assert_no_database_beside(standing)
    with standing.open() as file:
        header = file.read(HEADER_BYTES)
    application = application_of(header)
    if application == APPLICATION_ID:
        raise Invalid(
            "file",
            msg(
                "%1 is a board's database, or a backup of an older version; a backup does not "
                "replace it. Choose another name, or move it away.",
                standing.path,
            ),
        )
    if application != BACKUP_ID:
        raise Invalid(
            "file",
            msg("%1 is no backup, and is not replaced by one. Choose another name.", standing.path),
        )
    if _is_in_use(standing.path):
        raise Invalid("file", msg("%1 is a database in use. Choose another name.", standing.path))


def _is_in_use(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    except sqlite3.DatabaseError:
        # A damaged backup is nobody's.
        return False
    return False

"""A SQLite file copied in one consistent state, while others use it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from izzitup_desktop.storage.sqlite_file import BUSY_TIMEOUT_SECONDS


def copy_file(source: Path, target: Path) -> None:
    """Fill the empty file `target` with `source` as it is now. Raises sqlite3.Error."""
    with (
        closing(sqlite3.connect(source, timeout=BUSY_TIMEOUT_SECONDS)) as reading,
        closing(sqlite3.connect(target)) as writing,
    ):
        reading.backup(writing)
        # A copy is one file: no write-ahead log beside it.
        writing.execute("PRAGMA journal_mode=DELETE")

"""Whether anybody committed to a SQLite file, asked without waiting."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path


class ChangeCounter:
    """`PRAGMA data_version` on a connection that never writes and never waits."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = sqlite3.connect(
            path, timeout=0, isolation_level=None, check_same_thread=False
        )

    def read(self) -> int | None:
        with self._lock:
            if self._connection is None:
                return None
            try:
                row = self._connection.execute("PRAGMA data_version").fetchone()
            except sqlite3.Error:
                return None
        return int(row[0])

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

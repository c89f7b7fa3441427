"""`izzitup` that takes this SQLite for one that keeps every commit in WAL mode.

For `benchmarks.setstatus` alone: where the SQLite is older, commits can be lost.
"""

from __future__ import annotations

import sqlite3

# Whoever asks whether WAL is safe asks for this.
sqlite3.sqlite_version_info = max(sqlite3.sqlite_version_info, (3, 51, 3))  # type: ignore[misc]

from izzitup_desktop.cli import main

if __name__ == "__main__":
    main()

"""SIGKILL while an older file is upgraded: it is the old board or the new one, whole."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from izzitup_desktop.storage import schema
from tests.cli.izzitup import COMMAND, DEADLINE_SECONDS, ROOT, done

OLD = Path(__file__).parents[1] / "old_databases"
KILLS = int(os.environ.get("IZZITUP_TEST_KILLS", "8"))
ENTRIES = 60_000

pytestmark = [pytest.mark.faults, pytest.mark.timeout(120 + 20 * KILLS)]

Board = tuple[int, tuple[tuple[str, int], ...], tuple[tuple[object, ...], ...]]


def grown(version: int, path: Path) -> Path:
    """A file of an earlier version whose upgrade takes a while."""
    shutil.copy(OLD / f"v{version}.db", path)
    with closing(sqlite3.connect(path)) as connection, connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(journal)")]
        values = {"id": "i", "step": "i", "comment": "hex(randomblob(100))"}
        connection.execute(
            f"WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n LIMIT {ENTRIES})"
            f" INSERT INTO journal SELECT {', '.join(values.get(c, c) for c in columns)} FROM"
            " (SELECT * FROM journal WHERE kind = 'service.edited' ORDER BY id LIMIT 1), n"
        )
    return path


def stored(path: Path) -> Board:
    """Version, how many rows each table has, and what nothing but a use case changes."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        tables = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            )
        ]
        counts = tuple(
            (name, connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])
            for name in tables
        )
        rows = (
            *connection.execute("SELECT id, name, key, status_id FROM services ORDER BY id"),
            *connection.execute("SELECT id, name, password_hash FROM accounts ORDER BY id"),
            *connection.execute("SELECT service_id, from_time FROM status_periods ORDER BY id"),
            *connection.execute("SELECT count(*), max(id), max(comment) FROM journal"),
        )
        return version, counts, rows


def upgrading() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*COMMAND, "services", "list"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT,
    )  # fmt: skip


def wait_until_it_begins(process: subprocess.Popen[bytes], home: Path) -> None:
    """The backup before the upgrade is the first that is made."""
    waiting = threading.Event()
    while process.poll() is None and not (home / "backups").exists():
        waiting.wait(0.001)


@pytest.mark.parametrize("version", [1, 2])
def test_a_killed_upgrade_leaves_the_old_board_or_the_new_one_whole(
    home: Path, tmp_path: Path, version: int
) -> None:
    kept = grown(version, tmp_path / "kept.db")
    home.mkdir()
    path, journal = home / "izzitup.db", home / "izzitup.db-journal"
    shutil.copy(kept, path)
    process = upgrading()
    wait_until_it_begins(process, home)
    began = time.monotonic()
    assert process.wait(DEADLINE_SECONDS) == 0
    lasts = time.monotonic() - began
    old, new = stored(kept), stored(path)
    assert (old[0], new[0], old[2]) == (version, schema.VERSION, new[2])
    chance = random.Random(version)
    left_half = 0
    for number in range(KILLS):
        shutil.rmtree(home)
        home.mkdir()
        shutil.copy(kept, path)
        process = upgrading()
        wait_until_it_begins(process, home)
        # One in each part of the time, so that each step is met.
        moment = (number + chance.random()) / KILLS * lasts
        threading.Event().wait(moment)
        process.send_signal(signal.SIGKILL)
        process.wait(DEADLINE_SECONDS)
        left_half += journal.exists() and journal.stat().st_size > 0
        assert stored(path) in (old, new)
        done("services", "list")
        assert stored(path) == new
        if number == KILLS - 1:
            assert done("check").strip() == "sound"
    assert left_half, "no kill met the upgrade itself"

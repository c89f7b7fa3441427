"""What killed processes leave behind is cleared by the next one."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import threading
from contextlib import closing
from pathlib import Path

import pytest

from izzitup_desktop.platform.making import OLDER_PREFIX, PREFIX
from tests.cli.izzitup import COMMAND, DEADLINE_SECONDS, ROOT, done, init

pytestmark = pytest.mark.faults


def grown(home: Path) -> None:
    """A board whose copy takes a while."""
    init("--sample")
    with closing(sqlite3.connect(home / "izzitup.db")) as connection, connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(journal)")]
        values = {"id": "i", "step": "i", "comment": "hex(randomblob(100))"}
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 150000)"
            f" INSERT INTO journal SELECT {', '.join(values.get(c, c) for c in columns)}"
            " FROM (SELECT * FROM journal LIMIT 1), n"
        )


def killed_while(*arguments: str, in_folder: Path, prefix: str) -> None:
    """Run `izzitup`, and kill it once something of that prefix stands in the folder."""
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, env=os.environ,
    )  # fmt: skip
    waiting = threading.Event()
    while process.poll() is None:
        if any(file for folder in in_folder.glob(f"{prefix}*") for file in folder.iterdir()):
            process.send_signal(signal.SIGKILL)
            break
        waiting.wait(0.001)
    process.wait(DEADLINE_SECONDS)
    assert list(in_folder.glob(f"{prefix}*")), "it ended before it was killed"


def test_copies_of_killed_backups_and_restores_are_cleared(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grown(home)
    elsewhere, temporary = tmp_path / "elsewhere", tmp_path / "temporary"
    for folder in (elsewhere, temporary, home / "backups"):
        folder.mkdir(exist_ok=True)
    (home / "backups" / f"{OLDER_PREFIX}abcdefgh").mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    kept = elsewhere / "kept.db"
    done("backup", str(kept))
    before = kept.read_bytes()
    for _ in range(3):
        killed_while("backup", str(kept), in_folder=elsewhere, prefix=PREFIX)
        assert len(list(elsewhere.glob(f"{PREFIX}*"))) == 1
        assert kept.read_bytes() == before
    killed_while("restore", str(kept), in_folder=temporary, prefix="izzitup-restore-")
    done("backup", str(kept))
    assert [entry.name for entry in elsewhere.iterdir()] == ["kept.db"]
    assert list(temporary.iterdir()) == []
    assert [entry for entry in (home / "backups").iterdir() if entry.is_dir()] == []
    assert done("check") == "sound\n"

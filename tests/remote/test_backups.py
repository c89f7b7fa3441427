"""Backups that are fetched: waited for, whole and sound, or not there at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from izzitup_desktop.domain.errors import BoardError
from izzitup_desktop.platform.database_files import BACKUP_ID
from izzitup_desktop.remote.backups import RemoteBackups
from tests.remote.test_connection import Told, answer, connection, problem
from tests.remote.test_services_api import answering

MADE = answer({"name": "a b.db"}, "201 Created")
BEGUN = answer({"name": "a b.db"}, "202 Accepted")
MISSING = problem(404, "not-found.backup", "There is no backup 'a b.db'.")
SQLITE = "application/vnd.sqlite3"


@pytest.fixture
def backup(tmp_path: Path) -> bytes:
    path = tmp_path / "made.db"
    with closing(sqlite3.connect(path)) as made:
        made.execute(f"PRAGMA application_id={BACKUP_ID}")
        made.execute("CREATE TABLE x (y)")
    return path.read_bytes()


def saved(told: Told, path: Path | None) -> str:
    with answering(told) as url, connection(url) as opened:
        return RemoteBackups(opened).save(path)


def test_one_that_takes_long_is_waited_for(backup: bytes, tmp_path: Path) -> None:
    told = Told(BEGUN, MISSING, MISSING, answer({"name": "a b.db"}), answer(backup, kind=SQLITE))
    path = tmp_path / "kept.db"
    assert saved(told, path) == str(path)
    assert path.read_bytes() == backup
    assert [request.split(b" ")[1] for request in told.heard] == [
        b"/api/v1/backups", *[b"/api/v1/backups/a%20b.db"] * 3, b"/api/v1/backups/a%20b.db/file",
    ]  # fmt: skip


def test_without_a_file_it_stays_there(tmp_path: Path) -> None:
    assert saved(Told(MADE), None) == "a b.db"


@pytest.mark.parametrize("damage", ["cut", "other", "page", "empty", "refused"])
def test_what_does_not_come_whole_and_sound_leaves_the_older_one(
    damage: str, backup: bytes, tmp_path: Path
) -> None:
    whole = answer(backup, kind=SQLITE)
    came = {
        "cut": whole[:-10],
        "other": answer(b"SQLite format 3\0" + b"x" * 5_000, kind=SQLITE),
        "page": answer(backup[:4_096] + b"x" * (len(backup) - 4_096), kind=SQLITE),
        "empty": answer(b"", kind=SQLITE),
        "refused": problem(403, "not-allowed.unencrypted", "Fetch it over https."),
    }[damage]
    path = tmp_path / "kept.db"
    path.write_bytes(backup)

    with pytest.raises(BoardError) as raised:
        saved(Told(MADE, came), path)
    assert str(raised.value)
    assert path.read_bytes() == backup
    assert [one.name for one in tmp_path.iterdir() if "kept" in one.name] == ["kept.db"]

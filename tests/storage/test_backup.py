"""Where a backup may be written, and what it replaces there."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from izzitup_desktop.domain.errors import Invalid, Unavailable
from izzitup_desktop.platform import database_files
from izzitup_desktop.storage import backup
from izzitup_desktop.storage.engine import Database
from tests.builders import database_at

pytestmark = pytest.mark.soak_on_postgresql

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders")


@pytest.fixture
def database(database_url: str, tmp_path: Path) -> Iterator[Database]:
    opened = database_at(database_url, tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


def application_id(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA application_id").fetchone()[0])


def another_board(folder: Path) -> Path:
    path = folder / "board.db"
    database_at(f"sqlite:///{path}", folder).close()
    return path


def test_a_backup_replaces_an_older_one(database: Database, elsewhere: Path) -> None:
    path = elsewhere / "kept.db"
    backup.save(database, path)
    first = path.stat().st_ino
    backup.save(database, path)
    assert path.stat().st_ino != first
    assert application_id(path) == database_files.BACKUP_ID
    assert [entry.name for entry in elsewhere.iterdir()] == ["kept.db"]


def test_a_backup_never_replaces_another_board_open_or_closed(
    database: Database, elsewhere: Path
) -> None:
    path = another_board(elsewhere)
    before = path.read_bytes()
    with pytest.raises(Invalid, match="board's database"):
        backup.save(database, path)
    assert path.read_bytes() == before


def test_a_backup_that_became_a_board_is_replaced_no_more(
    database: Database, elsewhere: Path
) -> None:
    path = backup.save(database, elsewhere / "kept.db")
    database_at(f"sqlite:///{path}", elsewhere).close()
    with pytest.raises(Invalid, match="board's database"):
        backup.save(database, path)


def _text(path: Path) -> None:
    path.write_text("theme = 'dark'\n")


def _empty(path: Path) -> None:
    path.touch()


def _foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (id INTEGER)")


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _device_link(path: Path) -> None:
    path.symlink_to("/dev/null")


def _identity(path: Path) -> tuple[int, ...]:
    """Which file it is, and as of when; that it was looked into counts for nothing."""
    stat = path.lstat()
    return stat.st_dev, stat.st_ino, stat.st_mode, stat.st_size, stat.st_mtime_ns


@pytest.mark.parametrize(
    "what",
    [
        _text, _empty, _foreign, _folder,
        pytest.param(_pipe, marks=needs_pipes), pytest.param(_device_link, marks=needs_pipes),
    ],
)  # fmt: skip
def test_a_backup_replaces_nothing_but_a_backup(
    database: Database, elsewhere: Path, what: object
) -> None:
    path = elsewhere / "kept.db"
    assert callable(what)
    what(path)
    before = _identity(path)
    with pytest.raises(Invalid) as caught:
        backup.save(database, path)
    assert caught.value.field == "file"
    assert _identity(path) == before
    assert [entry.name for entry in elsewhere.iterdir()] == ["kept.db"]


@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
def test_a_backup_takes_no_journal_s_name_of_any_database(
    tmp_path: Path, elsewhere: Path, ending: str
) -> None:
    with closing(database_at(f"sqlite:///{tmp_path}/izzitup.db", tmp_path)) as database:
        for path in (tmp_path / f"izzitup.db{ending}", elsewhere / f"any.db{ending}"):
            with pytest.raises(Invalid, match="journal"):
                backup.save(database, path)
            assert not path.exists()


@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
def test_a_backup_that_somebody_works_on_is_not_replaced(
    database: Database, elsewhere: Path, ending: str
) -> None:
    path = backup.save(database, elsewhere / "kept.db")
    path.with_name(path.name + ending).touch()
    with pytest.raises(Invalid, match="in use"):
        backup.save(database, path)


@pytest.mark.parametrize("lock", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_a_backup_that_is_locked_is_not_replaced(
    database: Database, elsewhere: Path, lock: str
) -> None:
    path = backup.save(database, elsewhere / "kept.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(lock)
        with pytest.raises(Invalid, match="in use"):
            backup.save(database, path)
    backup.save(database, path)


@pytest.mark.skipif(os.name == "nt", reason="links take rights there")
def test_the_database_itself_is_not_replaced_under_any_name(tmp_path: Path) -> None:
    path = tmp_path / "izzitup.db"
    with closing(database_at(f"sqlite:///{path}", tmp_path)) as database:
        (tmp_path / "link.db").symlink_to(path)
        (tmp_path / "hard.db").hardlink_to(path)
        (tmp_path / "folder").mkdir()
        before = path.stat().st_ino
        for chosen in ("izzitup.db", "link.db", "hard.db", "folder/../izzitup.db"):
            with pytest.raises(Invalid):
                backup.save(database, tmp_path / chosen)
        assert path.stat().st_ino == before
        path.unlink()
        with pytest.raises(Invalid, match="made of"):
            backup.save(database, path)


def test_a_backup_without_a_place_says_so(database: Database, elsewhere: Path) -> None:
    for path in (elsewhere / "none" / "kept.db", elsewhere / ("a" * 300 + ".db")):
        with pytest.raises(Unavailable, match="can't be written"):
            backup.save(database, path)


def test_a_backup_before_an_upgrade_opens_in_the_version_it_was_made_by(tmp_path: Path) -> None:
    path = tmp_path / "izzitup.db"
    database_at(f"sqlite:///{path}", tmp_path).close()
    saved = backup.before_upgrade(path, tmp_path / "backups", 1)
    assert application_id(saved) == database_files.APPLICATION_ID


def test_a_backup_put_in_the_place_of_a_database_is_one(
    database: Database, elsewhere: Path
) -> None:
    path = backup.save(database, elsewhere / "kept.db")
    shutil.copyfile(path, elsewhere / "izzitup.db")
    database_at(f"sqlite:///{elsewhere}/izzitup.db", elsewhere).close()
    assert application_id(elsewhere / "izzitup.db") == database_files.APPLICATION_ID
    assert application_id(path) == database_files.BACKUP_ID


@needs_pipes
@pytest.mark.parametrize("device", ["pipe", "/dev/zero", "/dev/null", "folder"])
def test_what_is_no_regular_file_is_neither_opened_nor_restored_nor_copied_aside(
    tmp_path: Path, device: str
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    path = tmp_path / device
    with pytest.raises(Unavailable):
        database_at(f"sqlite:///{path}", tmp_path)
    with pytest.raises(Invalid), backup.opened(path):
        pass
    assert not (tmp_path / "quarantine").exists()

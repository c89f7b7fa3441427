"""Locks of an open database: no file that somebody names ends them.

On POSIX systems closing a file ends all locks that the process has on it. What other
processes may do is asked in a process of its own.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from izzitup_desktop.domain.errors import BoardError, Invalid
from izzitup_desktop.domain.exchange.files import read_document
from izzitup_desktop.platform.chosen import write_chosen_file, write_chosen_parts
from izzitup_desktop.storage import backup, checking, reading, upgrade
from izzitup_desktop.storage.engine import Database
from tests.builders import add_service, database_at, opened_board

pytestmark = pytest.mark.skipif(os.name == "nt", reason="locks end by their own handle there")

_WRITE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
try:
    connection.execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError:
    sys.exit(3)
"""
_LOCKED = 3


def others_can_write(path: Path) -> bool:
    ended = subprocess.run([sys.executable, "-c", _WRITE, str(path)], timeout=30, check=False)
    assert ended.returncode in (0, _LOCKED)
    return ended.returncode == 0


@contextmanager
def in_a_transaction(database: Database) -> Iterator[None]:
    with database.writing_connection() as connection, connection.begin():
        yield


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "board.data"
    with opened_board(f"sqlite:///{path}", tmp_path) as board:
        add_service(board)
    (tmp_path / "linked.txt").hardlink_to(path)
    opened = database_at(f"sqlite:///{path}", tmp_path)
    yield opened
    opened.close()


def _export(_database: Database, path: Path) -> None:
    write_chosen_file(path, b"{}")


def _report(_database: Database, path: Path) -> None:
    write_chosen_file(path, b"%PDF-1.4")


def _journal(_database: Database, path: Path) -> None:
    write_chosen_parts(path, iter([b"id,time\n", b"1,2\n"]))


def _backup(database: Database, path: Path) -> None:
    backup.save(database, path)


def _backup_of_another(_database: Database, path: Path) -> None:
    with closing(database_at(f"sqlite:///{path.parent}/other.db", path.parent)) as other:
        backup.save(other, path)


Writing = Callable[[Database, Path], None]


@pytest.mark.parametrize("name", ["board.data", "linked.txt"])
@pytest.mark.parametrize("write", [_export, _report, _journal, _backup, _backup_of_another])
def test_what_is_refused_as_the_open_database_leaves_its_locks(
    database: Database, tmp_path: Path, name: str, write: Writing
) -> None:
    before = (tmp_path / name).stat().st_ino
    with in_a_transaction(database):
        assert not others_can_write(tmp_path / "board.data")
        with pytest.raises(Invalid):
            write(database, tmp_path / name)
        assert not others_can_write(tmp_path / "board.data")
    assert others_can_write(tmp_path / "board.data")
    assert (tmp_path / name).stat().st_ino == before


def _import(path: Path) -> None:
    read_document(path)


def _restore(path: Path) -> None:
    with backup.opened(path):
        pass


def _look(path: Path) -> None:
    checking.foreign(path)
    checking.problems_of(path)
    reading.assert_not_newer(path)
    upgrade.look(f"sqlite:///{path}")


def _open_again(path: Path) -> None:
    database_at(f"sqlite:///{path}", path.parent).close()


def _open_to_read(path: Path) -> None:
    folder = path.parent
    reading.open_to_read(path, backups=folder, quarantine=folder / "q").close()


def _copy_aside(path: Path) -> None:
    copy = checking.quarantine(path, path.parent / "quarantine")
    assert copy.read_bytes() == Path(f"{path}.kept").read_bytes()


@pytest.mark.parametrize("name", ["board.data", "linked.txt"])
@pytest.mark.parametrize(
    "read", [_import, _restore, _look, _open_again, _open_to_read, _copy_aside]
)
def test_reading_an_open_database_as_a_file_leaves_its_locks(
    database: Database, tmp_path: Path, name: str, read: Callable[[Path], None]
) -> None:
    path = tmp_path / name
    Path(f"{path}.kept").write_bytes(path.read_bytes())
    with in_a_transaction(database):
        with suppress(BoardError):
            read(path)
        assert not others_can_write(tmp_path / "board.data")
    assert others_can_write(tmp_path / "board.data")


def test_a_file_that_is_open_is_read_as_any_other(database: Database, tmp_path: Path) -> None:
    assert checking.foreign(tmp_path / "board.data") == ""
    with closing(sqlite3.connect(tmp_path / "theirs")) as connection:
        connection.execute("CREATE TABLE recipes (id INTEGER)")
        assert "another application" in checking.foreign(tmp_path / "theirs")

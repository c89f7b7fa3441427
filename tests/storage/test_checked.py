"""A large file is read in whole only where that is due."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import time
from contextlib import closing
from pathlib import Path

import pytest

from izzitup_desktop.domain.errors import Damaged
from izzitup_desktop.storage import checked
from tests.builders import ALICE, add_service, board_at, database_at, opened_board
from tests.storage.journal_rows import ROW

_ENTRIES = 1_200
_DAY = 86_400


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound board with a journal of 70 MB."""
    folder = tmp_path_factory.mktemp("large")
    with opened_board(f"sqlite:///{folder}/izzitup.db", folder) as board:
        add_service(board, key="MAIL")
    row = ROW | {"comment": "c" * 60_000}
    with closing(sqlite3.connect(folder / "izzitup.db")) as connection, connection:
        connection.executemany(
            f"INSERT INTO journal ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
            (tuple(row.values()) for _ in range(_ENTRIES)),
        )
    assert checked.is_large(folder / "izzitup.db")
    return folder / "izzitup.db"


@pytest.fixture
def large(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(made, tmp_path / "izzitup.db"))


def damage(path: Path) -> None:
    """Spoil some pages of the journal, which opening a board need not read."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(os.urandom(40_000))


def opened(path: Path) -> None:
    database_at(f"sqlite:///{path}", path.parent).close()


def change_days_of_note(path: Path, days: float) -> None:
    at = time.time() + days * _DAY
    os.utime(checked.note_of(path), (at, at))


def test_a_large_file_that_was_found_whole_is_opened_without_reading_it_again(large: Path) -> None:
    opened(large)
    assert stat.S_IMODE(checked.note_of(large).stat().st_mode) == 0o600
    damage(large)
    opened(large)


@pytest.mark.parametrize("days", [-2.1, 1])
def test_after_two_days_or_when_the_clock_was_set_back_it_is_read_again(
    large: Path, days: float
) -> None:
    opened(large)
    damage(large)
    change_days_of_note(large, days)
    with pytest.raises(Damaged):
        opened(large)


def test_another_file_of_its_name_is_read_in_whole(large: Path) -> None:
    opened(large)
    other = Path(shutil.copyfile(large, large.with_name("other.db")))
    damage(other)
    other.replace(large)
    with pytest.raises(Damaged):
        opened(large)


@pytest.mark.parametrize("content", [b"", b"1 1\n", b"\xff" * 5_000, None])
def test_a_note_that_says_something_else_is_none(large: Path, content: bytes | None) -> None:
    opened(large)
    damage(large)
    note = checked.note_of(large)
    if content is None:
        note.unlink()
        note.mkdir()
    else:
        note.write_bytes(content)
    with pytest.raises(Damaged):
        opened(large)


@pytest.mark.skipif(os.name == "nt", reason="rights are of another kind there")
def test_a_note_that_others_may_write_is_none(large: Path) -> None:
    opened(large)
    damage(large)
    checked.note_of(large).chmod(0o666)
    with pytest.raises(Damaged):
        opened(large)


def test_after_a_change_that_broke_off_it_is_read_in_whole(large: Path) -> None:
    opened(large)
    damage(large)
    with closing(sqlite3.connect(large, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE services SET note = 'half'")
        journal = large.with_name("izzitup.db-journal").read_bytes()
        connection.execute("ROLLBACK")
    large.with_name("izzitup.db-journal").write_bytes(journal)
    with pytest.raises(Damaged):
        opened(large)


def test_while_somebody_writes_nothing_broke_off(large: Path) -> None:
    opened(large)
    damage(large)
    with closing(sqlite3.connect(large, isolation_level=None)) as writing:
        writing.execute("BEGIN IMMEDIATE")
        writing.execute("UPDATE services SET note = 'now'")
        assert large.with_name("izzitup.db-journal").stat().st_size
        opened(large)
        writing.execute("ROLLBACK")


def test_a_backup_notes_that_the_board_is_whole(large: Path) -> None:
    with opened_board(f"sqlite:///{large}", large.parent) as board:
        checked.note_of(large).unlink()
        board.backups.save(ALICE)
        assert checked.note_of(large).exists()


@pytest.mark.soak
def test_a_check_of_a_large_board_keeps_nobody_from_writing(large: Path) -> None:
    board = board_at(f"sqlite:///{large}", large.parent)
    written = []

    def write(_table: str, count: int) -> None:
        with closing(sqlite3.connect(large, timeout=2)) as other, other:
            other.execute("UPDATE services SET note = ?", (str(count),))
        written.append(count)

    try:
        problems = board.backups.check(write)
    finally:
        board.close()
    # The entries are no real ones; what counts is that they were all read meanwhile.
    assert problems
    assert max(written) == 1_000
    assert sorted(path.name for path in large.parent.iterdir() if path.is_file()) == [
        checked.note_of(large).name,
        "izzitup.db",
    ]

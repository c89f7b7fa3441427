from __future__ import annotations

import gzip
import json
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from izzitup_desktop.board import Board
from izzitup_desktop.board.archive import Archive
from izzitup_desktop.domain.errors import Conflict, Unavailable
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds.journals import JOURNAL_ARCHIVED
from izzitup_desktop.domain.kinds.services import SERVICE_ADDED
from izzitup_desktop.domain.kinds.statuses import SERVICE_STATUS
from izzitup_desktop.domain.services import ServiceDraft
from izzitup_desktop.storage import archive, journal
from tests.builders import ALICE, BOB, add_service, database_at, opened_board
from tests.storage.journal_rows import put

pytestmark = [pytest.mark.soak_on_postgresql, pytest.mark.soak]

YEAR_DAYS = 365


@pytest.fixture
def board(database_url: str, tmp_path: Path) -> Iterator[Board]:
    with opened_board(database_url, tmp_path) as opened:
        yield opened


@contextmanager
def database_of(url: str, folder: Path) -> Iterator[Any]:
    database = database_at(url, folder)
    yield database
    database.close()


def age(url: str, folder: Path, until_id: int, days: int) -> None:
    """Let the entries up to this one be older by so many days."""
    microseconds = int(timedelta(days=days).total_seconds() * 1_000_000)
    with (
        database_of(url, folder) as database,
        database.writing_connection() as connection,
        connection.begin(),
    ):
        connection.execute(
            text("UPDATE journal SET time = time - :by WHERE id <= :until"),
            {"by": microseconds, "until": until_id},
        )
        connection.execute(
            text("UPDATE status_periods SET from_time = from_time - :by, to_time = to_time - :by"),
            {"by": microseconds},
        )


def entries(board: Board) -> list[Entry]:
    return list(reversed(board.journal.latest(ALICE, limit=10_000)))


def archived(board: Board) -> list[dict[str, Any]]:
    lines = []
    for path in sorted(board.archive.folder.glob("*.jsonl.gz")):
        lines += gzip.decompress(path.read_bytes()).decode().splitlines()
    return [json.loads(line) for line in lines]


def old_board(board: Board, url: str, folder: Path) -> list[Entry]:
    """Edits and status changes of long ago, then one of now; what was written."""
    service = add_service(board)
    for number in range(10):
        board.services.edit(
            BOB, service.id, ServiceDraft("E-Mail", note=f"note {number}"), version=number + 1
        )
    board.statuses.set(BOB, [service.id], 6)
    board.statuses.set(BOB, [service.id], 5)
    age(url, folder, board.last_id(), YEAR_DAYS)
    board.statuses.confirm(BOB, [service.id])
    return entries(board)


def test_older_entries_are_in_the_archive_or_in_the_journal_and_none_in_both(
    board: Board, database_url: str, tmp_path: Path
) -> None:
    before = old_board(board, database_url, tmp_path)
    assert board.archive.move_older(keep_days=YEAR_DAYS - 10) == 10
    after, moved = entries(board), archived(board)
    assert {entry["id"] for entry in moved} | {entry.id for entry in after[:-1]} == {
        entry.id for entry in before
    }
    assert not {entry["id"] for entry in moved} & {entry.id for entry in after}
    assert [entry["after"]["note"] for entry in moved] == [f"note {n}" for n in range(10)]
    told = after[-1]
    assert (told.kind, told.after["count"]) == (JOURNAL_ARCHIVED, 10)
    assert board.archive.move_older(keep_days=YEAR_DAYS - 10) == 0
    assert board.last_id() == told.id


def test_what_history_and_uptime_stand_on_stays(
    board: Board, database_url: str, tmp_path: Path
) -> None:
    old_board(board, database_url, tmp_path)
    board.archive.move_older(keep_days=31)
    kinds = [entry.kind for entry in entries(board)]
    assert kinds.count(SERVICE_STATUS) == 2
    assert SERVICE_ADDED in kinds
    assert board.backups.check() == ()


def test_nothing_moves_while_the_journal_is_kept_for_ever_or_is_young(
    board: Board, database_url: str, tmp_path: Path
) -> None:
    before = old_board(board, database_url, tmp_path)
    assert board.archive.move_older(keep_days=0) == 0
    assert board.archive.move_older(keep_days=YEAR_DAYS + 10) == 0
    assert entries(board) == before
    assert not board.archive.folder.exists()


def test_the_newest_entry_stays_however_old_it_is(
    board: Board, database_url: str, tmp_path: Path
) -> None:
    service = add_service(board)
    for _ in range(2):
        board.statuses.confirm(BOB, [service.id], "looked at it")
    last_id = board.last_id()
    age(database_url, tmp_path, last_id, YEAR_DAYS)
    assert board.archive.move_older(keep_days=31) == 1
    assert last_id in {entry.id for entry in entries(board)}


def test_a_wrong_clock_sends_nothing_of_today_into_the_archive(
    board: Board, database_url: str, tmp_path: Path
) -> None:
    service = add_service(board)
    board.statuses.confirm(BOB, [service.id], "before")
    with database_of(database_url, tmp_path) as database:
        put(database, 3, time=1, subject_name="1970")
        put(database, 4, time=32_503_680_000_000_000, subject_name="3000")
    board.services.edit(BOB, service.id, ServiceDraft("Chat"), version=1)
    assert board.archive.move_older(keep_days=31) == 0
    assert len(entries(board)) == 5


def test_each_time_a_part_is_moved_and_all_of_it_in_the_end(
    board: Board, database_url: str, tmp_path: Path
) -> None:
    at_once = archive.AtOnce(examined=4, moved=3)
    some = Archive(board.core, board.archive.folder, at_once)
    before = old_board(board, database_url, tmp_path)
    moved = [some.move_older(keep_days=31) for _ in range(20)]
    assert sum(moved) == 10
    assert max(moved) == 3
    assert {entry["id"] for entry in archived(board)} == {entry.id for entry in before[1:11]}


def test_two_desks_archive_an_entry_once(board: Board, database_url: str, tmp_path: Path) -> None:
    old_board(board, database_url, tmp_path)
    with opened_board(database_url, tmp_path) as other:
        part = board.core.read(lambda connection: archive.part_of(connection, 0, 2**62, 2**62))
        assert other.archive.move_older(keep_days=31) == 10
        assert not board.archive.move(part)
        assert other.archive.move_older(keep_days=31) == 0
    assert len({entry["id"] for entry in archived(board)}) == len(archived(board)) == 10


def test_entries_that_can_not_be_written_stay(
    board: Board, database_url: str, tmp_path: Path
) -> None:
    before = old_board(board, database_url, tmp_path)
    board.archive.folder.write_text("in the way")
    with pytest.raises(Unavailable):
        board.archive.move_older(keep_days=31)
    assert entries(board) == before


def test_the_archive_is_private_and_lists_of_its_own(
    board: Board, database_url: str, tmp_path: Path
) -> None:
    old_board(board, database_url, tmp_path)
    board.archive.move_older(keep_days=31)
    (path,) = board.archive.folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_is_older_than_the_archive_is_not_undone(
    board: Board, database_url: str, tmp_path: Path
) -> None:
    before = old_board(board, database_url, tmp_path)
    board.archive.move_older(keep_days=31)
    added = before[0]
    with pytest.raises(Conflict, match="archive"):
        board.journal.undo(ALICE, [added.id])


def test_an_unreadable_row_stays_where_it_is(
    board: Board, database_url: str, tmp_path: Path
) -> None:
    with database_of(database_url, tmp_path) as database:
        for number in range(1, 6):
            put(database, number, after="{" if number == 3 else "")
        board.statuses.confirm(BOB, [add_service(board).id])
        assert board.archive.move_older(keep_days=31) == 4
        ids = database.read(
            lambda connection: connection.execute(text("SELECT id FROM journal")).scalars().all()
        )
        assert 3 in ids
        assert database.read(journal.archived_until) == 5

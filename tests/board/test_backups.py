import os
import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.board.backups import BackupPlan
from izzitup_desktop.board.jobs import Lease
from izzitup_desktop.domain.accounts import Origin, Role
from izzitup_desktop.domain.errors import Invalid, NewerDatabase, NotAllowed
from izzitup_desktop.domain.kinds.boards import BOARD_RESTORED
from izzitup_desktop.storage import schema
from izzitup_desktop.storage.backup_files import SCHEDULED_PREFIX
from tests.builders import (
    ALICE,
    BOB,
    GOOD_PASSWORD,
    Heard,
    add_service,
    opened_board,
)

pytestmark = pytest.mark.soak_on_postgresql

HELD = Lease(lambda: True)


@pytest.fixture
def board(database_url: str, tmp_path: Path) -> Iterator[Board]:
    with opened_board(database_url, tmp_path) as opened:
        yield opened


def filled(board: Board) -> None:
    board.accounts.first("alice", GOOD_PASSWORD, Origin.CLI)
    group = board.groups.add(ALICE, "Core").value
    board.accounts.add(ALICE, "eve", Role.EDITOR, GOOD_PASSWORD, {group.id})
    service = add_service(board, key="MAIL", group_id=group.id)
    board.statuses.set(ALICE, [service.id], 7, "disk broke")


def shown(board: Board) -> tuple[object, ...]:
    return board.services.list(ALICE), board.groups.list(ALICE), board.accounts.list(ALICE)


def test_a_backup_is_one_private_sound_file(board: Board, tmp_path: Path) -> None:
    filled(board)
    path = board.backups.save(ALICE, tmp_path / "kept.db")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM status_periods").fetchone() == (2,)
    assert not list(tmp_path.glob(".backup-*"))


def test_backups_are_looked_at_by_several_threads_at_once(board: Board, tmp_path: Path) -> None:
    filled(board)
    path = board.backups.save(ALICE, tmp_path / "kept.db")
    board.services.remove(ALICE, [1])
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: board.backups.contents(ALICE, path), range(12)))
    assert all(
        (len(then.services), then.groups, then.accounts, len(now.services)) == (1, 1, 2, 0)
        for then, now in found
    )


def test_a_backup_without_a_name_goes_into_the_folder(board: Board) -> None:
    path = board.backups.save(ALICE)
    assert path.parent == board.backups.folder
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert board.backups.newest() == path


def test_a_restore_brings_everything_back_and_saves_what_was_there(
    board: Board, tmp_path: Path
) -> None:
    filled(board)
    before, entries = shown(board), board.journal.latest(ALICE)
    path = board.backups.save(ALICE, tmp_path / "kept.db")
    board.services.remove(ALICE, [board.services.find(ALICE, "MAIL").id])
    add_service(board, "Later")
    later = shown(board)
    heard = Heard()
    board.subscribe(heard.on_entries)
    saved = board.backups.restore(ALICE, path)
    assert shown(board) == before
    restored, *older = board.journal.latest(ALICE)
    assert restored.kind == BOARD_RESTORED
    assert tuple(older) == entries
    assert restored.id > entries[0].id + 2
    heard.wait_until(lambda: restored in heard.entries)
    add_service(board, "After", key="NEW")
    board.backups.restore(ALICE, saved)
    assert shown(board) == later
    board.accounts.sign_in("eve", GOOD_PASSWORD, source="console")


def test_a_backup_of_one_kind_of_database_restores_into_the_other(
    postgres_url: str, tmp_path: Path
) -> None:
    with (
        opened_board(postgres_url, tmp_path / "a") as shared,
        opened_board(f"sqlite:///{tmp_path}/b/izzitup.db", tmp_path / "b") as local,
    ):
        filled(shared)
        local.backups.restore(ALICE, shared.backups.save(ALICE))
        assert shown(local) == shown(shared)
        add_service(local, "Local")
        shared.backups.restore(ALICE, local.backups.save(ALICE))
        assert shown(local) == shown(shared)
        add_service(shared, "ids go on")


def _missing(path: Path) -> None:
    path.unlink()


def _text(path: Path) -> None:
    path.write_text("no database\n" * 1_000)


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (id INTEGER)")


def _trigger(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "CREATE TRIGGER evil AFTER INSERT ON services BEGIN DELETE FROM accounts; END"
        )


def _zero_page(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[2 * 4096 : 3 * 4096] = bytes(4096)
    path.write_bytes(content)


@pytest.mark.parametrize("spoil", [_missing, _text, _foreign, _trigger, _zero_page])
def test_a_file_that_is_no_usable_backup_changes_nothing(
    board: Board, tmp_path: Path, spoil: object
) -> None:
    filled(board)
    path = board.backups.save(ALICE, tmp_path / "kept.db")
    assert callable(spoil)
    spoil(path)
    before = shown(board)
    with pytest.raises(Invalid) as caught:
        board.backups.restore(ALICE, path)
    assert caught.value.field == "file"
    assert shown(board) == before


def test_a_newer_backup_is_refused(board: Board, tmp_path: Path) -> None:
    path = board.backups.save(ALICE, tmp_path / "kept.db")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version={schema.VERSION + 1}")
    with pytest.raises(NewerDatabase):
        board.backups.restore(ALICE, path)


def test_a_folder_or_the_database_itself_is_no_place_for_a_backup(tmp_path: Path) -> None:
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        for path in (tmp_path, tmp_path / "izzitup.db"):
            with pytest.raises(Invalid):
                board.backups.save(ALICE, path)
        assert board.backups.check() == ()


def test_editors_neither_save_nor_restore(board: Board, tmp_path: Path) -> None:
    path = board.backups.save(ALICE, tmp_path / "kept.db")
    with pytest.raises(NotAllowed):
        board.backups.save(BOB)
    with pytest.raises(NotAllowed):
        board.backups.restore(BOB, path)


def test_scheduled_backups_are_made_when_due_and_rotated(board: Board) -> None:
    plan = BackupPlan(every_hours=24, keep=2)
    first = board.backups.save_if_due(plan, HELD)
    assert first is not None
    assert board.backups.save_if_due(plan, HELD) is None
    saved = board.backups.save(ALICE)
    for days in (3, 2):
        old = first.with_name(f"{SCHEDULED_PREFIX}{days}.db")
        old.write_bytes(first.read_bytes())
        then = first.stat().st_mtime - days * 86_400
        os.utime(old, (then, then))
    os.utime(first, (first.stat().st_mtime - 86_400,) * 2)
    newest = board.backups.save_if_due(plan, HELD)
    assert newest is not None
    kept = [found.path for found in board.backups.list(ALICE) if found.scheduled]
    assert kept == [newest, first]
    assert saved.exists()
    assert board.backups.save_if_due(BackupPlan(every_hours=0, keep=2), HELD) is None


def test_a_clock_set_back_makes_one_scheduled_backup_and_no_more(board: Board) -> None:
    plan = BackupPlan(every_hours=24, keep=3)
    first = board.backups.save_if_due(plan, HELD)
    assert first is not None
    os.utime(first, (first.stat().st_mtime + 3 * 86_400,) * 2)
    assert board.backups.save_if_due(plan, HELD) is not None
    assert board.backups.save_if_due(plan, HELD) is None


def test_the_next_backup_is_due_so_long_after_the_last_that_was_made_by_itself(
    board: Board,
) -> None:
    assert board.backups.next_at(0) is None
    before = datetime.now(UTC)
    due = board.backups.next_at(24)
    assert due is not None
    assert before <= due <= datetime.now(UTC)
    made = board.backups.save_if_due(BackupPlan(every_hours=24, keep=2), HELD)
    assert made is not None
    due = board.backups.next_at(24)
    assert due is not None
    assert due == datetime.fromtimestamp(made.stat().st_mtime, UTC) + timedelta(hours=24)

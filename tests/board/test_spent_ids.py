"""A table whose ids have come to an end: said at once, refused with words, mended by a restore."""

from __future__ import annotations

from pathlib import Path

import pytest

from izzitup_desktop.domain.errors import Damaged, Invalid, Unavailable
from izzitup_desktop.domain.services import ServiceDraft
from izzitup_desktop.storage import backup
from tests.board.test_damaged_past import run
from tests.builders import ALICE, add_service, do_due, opened_board
from tests.cli.inside import done, init, run as run_izzitup

pytestmark = pytest.mark.faults

IDS = [2**53, 2**62, 2**63 - 2, 2**63 - 1]


def made(url: str, folder: Path) -> Path:
    with opened_board(url, folder) as board:
        service = add_service(board)
        board.statuses.set(ALICE, [service.id], 6)
        return board.backups.save(ALICE, folder / "kept.db")


@pytest.mark.parametrize("last", IDS)
def test_a_journal_at_its_end_is_named_and_refuses_every_change_with_the_way_out(
    database_url: str, tmp_path: Path, last: int
) -> None:
    made(database_url, tmp_path)
    run(
        database_url,
        f"INSERT INTO journal SELECT {last}, time, actor, account_id, origin, kind, subject,"
        " subject_id, subject_name, before, after, comment, undoes, step FROM journal WHERE id=1",
    )
    with opened_board(database_url, tmp_path) as board:
        assert board.damage[0].startswith(f"Table journal: Its ids have come to an end ({last})")
        for _ in range(2):
            with pytest.raises(Unavailable, match=r"journal.*come to an end.*[Rr]estore"):
                board.statuses.set(ALICE, [1], 5)
        with pytest.raises(Unavailable, match="come to an end"):
            board.services.add(ALICE, ServiceDraft("New"), 5)
        with pytest.raises(Unavailable, match="come to an end"):
            do_due(board)
        assert [service.status_id for service in board.services.list(ALICE)] == [6]
        if last > 2**53:
            assert any("journal" in line for line in board.backups.check())
            spent = board.backups.save(ALICE, tmp_path / "spent.db")
            with pytest.raises(Invalid, match="no usable backup"), backup.opened(spent):
                pass


@pytest.mark.parametrize("last", IDS)
@pytest.mark.parametrize(
    ("script", "table"),
    [
        ("UPDATE sqlite_sequence SET seq={} WHERE name='groups'", "sqlite_sequence"),
        ("UPDATE status_periods SET id={} WHERE id=2", "status_periods"),
        ("INSERT INTO runs VALUES ({}, 1, 1)", "runs"),
    ],
)
def test_a_file_at_the_end_of_a_table_is_named_and_refuses_every_change(
    tmp_path: Path, script: str, table: str, last: int
) -> None:
    url = f"sqlite:///{tmp_path}/izzitup.db"
    made(url, tmp_path)
    run(url, "INSERT INTO sqlite_sequence VALUES ('groups', 1)", script.format(last))
    with opened_board(url, tmp_path) as board:
        assert [line for line in board.damage if f"Table {table}: Its ids" in line]
        assert any(f"Table {table}: Its ids" in line for line in board.backups.check())
        with pytest.raises(Damaged, match=rf"{table}.*come to an end.*izzitup restore"):
            board.statuses.set(ALICE, [1], 7)
        assert [service.status_id for service in board.services.list(ALICE)] == [6]


def test_a_restore_of_a_board_whose_ids_have_come_to_an_end_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/izzitup.db"
    made(url, tmp_path)
    run(url, "UPDATE status_periods SET id=9223372036854775807 WHERE id=2")
    with opened_board(url, tmp_path) as board:
        spent = board.backups.save(ALICE, tmp_path / "spent.db")
    other = f"sqlite:///{tmp_path}/other.db"
    with opened_board(other, tmp_path) as board, pytest.raises(Invalid, match="no usable backup"):
        board.backups.restore(ALICE, spent)


def test_a_sequence_at_its_end_on_a_shared_database_is_said(
    postgres_url: str, tmp_path: Path
) -> None:
    made(postgres_url, tmp_path)
    run(postgres_url, "SELECT setval(pg_get_serial_sequence('services','id'), 9223372036854775807)")
    with opened_board(postgres_url, tmp_path) as board:
        with pytest.raises(Unavailable, match="sequence"):
            add_service(board, "New")
        board.statuses.set(ALICE, [1], 7)


def test_izzitup_check_names_such_a_board_and_izzitup_restore_mends_it(home: Path) -> None:
    init()
    done("services", "add", "--name", "Mail")
    done("backup", str(home / "kept.db"))
    run(
        f"sqlite:///{home}/izzitup.db",
        "UPDATE journal SET id=9223372036854775807 WHERE id=(SELECT max(id) FROM journal)",
        "UPDATE status_periods SET journal_id=9223372036854775807",
    )
    assert "izzitup restore" in refused_last_line("services", "add", "--name", "VPN")
    done("restore", str(home / "kept.db"))
    done("services", "add", "--name", "VPN")
    assert done("check").strip() == "sound"


def refused_last_line(*arguments: str) -> str:
    ended = run_izzitup(*arguments)
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    return ended.stderr.strip().splitlines()[-1]

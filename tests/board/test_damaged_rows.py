"""Rows that no use case stored: named at opening, left out, and no harm to the others."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import PUBLIC, Origin, Principal, Role
from izzitup_desktop.domain.errors import Damaged, Held, SignInFailed, Unavailable
from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.status_options import StatusOptions
from tests.board.test_hostile_backups import filled
from tests.builders import ALICE, GOOD_PASSWORD, add_service, database_at, do_due, opened_board

pytestmark = pytest.mark.faults

UNREADABLE = {
    "text as a time": "UPDATE services SET updated='yesterday' WHERE id=1",
    "time out of range": "UPDATE services SET since=9223372036854775807 WHERE id=1",
    "float as a time": "UPDATE services SET confirmed=1e300 WHERE id=1",
    "blob as a time": "UPDATE services SET created=x'00ff' WHERE id=1",
    "blob as a name": "UPDATE services SET name=x'00ff' WHERE id=1",
    "blob as who changed it": "UPDATE services SET changed_by=x'00ff' WHERE id=1",
    "status that there is not": "UPDATE services SET status_id=99 WHERE id=1",
    "text as a position": "UPDATE services SET position='first' WHERE id=1",
}


UNREADABLE_LAYERS = {
    "blob as a time": ("expiries", "UPDATE expiries SET until=x'00ff'"),
    "time out of range": ("expiries", "UPDATE expiries SET until=9223372036854775807"),
    "text as what follows": ("expiries", "UPDATE expiries SET \"then\"='next'"),
    "what no service can be follows": ("expiries", 'UPDATE expiries SET "then"=99, until=1'),
    "blob as who holds it": ("holds", "UPDATE holds SET \"by\"=x'00ff'"),
    "nobody holds it": ("holds", "UPDATE holds SET \"by\"=''"),
    "text as a status": ("proposals", "UPDATE proposals SET status_id='up'"),
    "status of events": ("proposals", "UPDATE proposals SET status_id=4"),
    "text as a time": ("proposals", "UPDATE proposals SET time='yesterday'"),
}


def spoilt(folder: Path, script: str) -> None:
    with closing(sqlite3.connect(folder / "izzitup.db")) as connection:
        connection.executescript(script)


def made(folder: Path) -> str:
    (folder / "izzitup.db").write_bytes(_made_file())
    return f"sqlite:///{folder}/izzitup.db"


@cache
def _made_file() -> bytes:
    with TemporaryDirectory() as name:
        path = Path(name, "izzitup.db")
        with opened_board(f"sqlite:///{path}", path.parent) as board:
            filled(board)
        return path.read_bytes()


def assert_vpn_is_usable(board: Board) -> None:
    for principal in (ALICE, PUBLIC):
        assert [service.name for service in board.services.list(principal)] == ["VPN"]
    assert [service.name for service in board.live.picture().seen_by(PUBLIC).services.values()] == [
        "VPN"
    ]
    (changed,) = board.statuses.set(ALICE, [2], 7).value
    assert changed.status_id == 7
    board.exchange.export_json(ALICE)
    do_due(board)
    assert add_service(board, "Next").id == 3


@pytest.mark.parametrize("name", list(UNREADABLE))
def test_one_unreadable_service_is_named_and_the_others_are_listed_and_set(
    tmp_path: Path, name: str
) -> None:
    url = made(tmp_path)
    spoilt(tmp_path, UNREADABLE[name])
    with opened_board(url, tmp_path, create=False) as board:
        assert "Table services, row 1, " in board.damage[0]
        assert_vpn_is_usable(board)
        with pytest.raises(Unavailable, match="check"):
            board.statuses.set(ALICE, [1], 6)
        assert board.backups.check() != ()


@pytest.mark.parametrize("name", list(UNREADABLE))
def test_a_service_that_is_damaged_while_the_board_is_open_spoils_no_list(
    tmp_path: Path, name: str
) -> None:
    url = made(tmp_path)
    with opened_board(url, tmp_path) as board:
        spoilt(tmp_path, UNREADABLE[name])
        assert_vpn_is_usable(board)


def with_layers(folder: Path) -> str:
    url = made(folder)
    with opened_board(url, folder) as board:
        options = StatusOptions(datetime.now(UTC) + timedelta(hours=1), 5, hold=True)
        board.statuses.set(replace(ALICE, origin=Origin.DESKTOP), [1], 6, "", options)
        with pytest.raises(Held):
            board.statuses.set(ALICE, [1], 7)
    return url


@pytest.mark.parametrize("name", list(UNREADABLE_LAYERS))
def test_a_layer_that_cant_be_read_is_named_and_its_service_is_shown_without_it(
    tmp_path: Path, name: str
) -> None:
    url = with_layers(tmp_path)
    table, script = UNREADABLE_LAYERS[name]
    spoilt(tmp_path, script)
    layer = {"expiries": "expiry", "holds": "hold", "proposals": "proposal"}[table]
    person = replace(ALICE, origin=Origin.DESKTOP)
    with opened_board(url, tmp_path, create=False) as board:
        assert f"Table {table}, row 1, " in board.damage[0]
        assert f"Table {table}, row 1, " in board.backups.check()[0]
        mail, _ = board.services.list(ALICE)
        assert board.live.picture().services[1] == mail
        assert getattr(mail, layer) is None
        others = {"expiry", "hold", "proposal"} - {layer}
        assert all(getattr(mail, other) is not None for other in others)
        do_due(board)
        assert board.services.list(ALICE)[0].status_id == 6
        # What takes its place can be read.
        later = datetime.now(UTC) + timedelta(hours=2)
        board.statuses.set(person, [1], 7, "", StatusOptions(later, 6, hold=True))
        with pytest.raises(Held):
            board.statuses.set(ALICE, [1], 5)
        changed = board.services.list(ALICE)[0]
        assert (changed.expiry, changed.hold) == (Expiry(later, 6), Hold("alice"))
        assert changed.proposal is not None
        assert board.backups.check() == ()


def test_a_layer_of_no_service_is_named(tmp_path: Path) -> None:
    url = made(tmp_path)
    spoilt(tmp_path, "INSERT INTO holds VALUES (99, 'alice')")
    with opened_board(url, tmp_path, create=False) as board:
        assert board.damage == ("Table holds, row 99, service_id: There is no such service.",)
        assert "it refers to a row of services" in board.backups.check()[0]


def test_text_that_is_no_utf_8_is_shown_with_a_mark(tmp_path: Path) -> None:
    url = made(tmp_path)
    spoilt(tmp_path, "UPDATE services SET name=CAST(x'ff41' AS TEXT) WHERE id=1")
    with opened_board(url, tmp_path, create=False) as board:
        assert "row 1, name" in board.damage[0]
        assert [service.name for service in board.services.list(ALICE)] == ["\ufffdA", "VPN"]
        board.statuses.set(ALICE, [1], 6)


def test_an_account_that_cant_be_read_is_nobodys(tmp_path: Path) -> None:
    url = made(tmp_path)
    spoilt(tmp_path, "UPDATE accounts SET role='owner' WHERE name='eve'")
    with opened_board(url, tmp_path, create=False) as board:
        assert board.damage == ("Table accounts, row 2, role: There is no such role.",)
        assert [account.name for account in board.accounts.list(ALICE)] == ["alice", "vic"]
        with pytest.raises(SignInFailed):
            board.accounts.sign_in("eve", GOOD_PASSWORD, source="console")
        board.accounts.sign_in("vic", GOOD_PASSWORD, source="console")


def test_a_removed_service_that_cant_be_read_spoils_no_trash(tmp_path: Path) -> None:
    url = made(tmp_path)
    with opened_board(url, tmp_path) as board:
        board.services.remove(ALICE, [1, 2])
    spoilt(tmp_path, "UPDATE services SET removed='then' WHERE id=1")
    with opened_board(url, tmp_path, create=False) as board:
        assert [removed.service.id for removed in board.trash.list(ALICE)] == [2]
        do_due(board)


def test_a_board_that_nobody_administers_says_how_to_make_somebody(tmp_path: Path) -> None:
    url = made(tmp_path)
    spoilt(tmp_path, "UPDATE accounts SET active=0 WHERE role='administrator'")
    with opened_board(url, tmp_path, create=False) as board:
        assert "izzitup users add" in board.damage[-1]
        operator = Principal("root", Role.ADMINISTRATOR, Origin.CLI)
        board.accounts.add(operator, "adam", Role.ADMINISTRATOR, GOOD_PASSWORD)
    with opened_board(url, tmp_path, create=False) as board:
        assert board.damage == ()


def test_a_new_board_and_a_sound_one_have_no_damage(database_url: str, tmp_path: Path) -> None:
    with opened_board(database_url, tmp_path) as board:
        assert board.damage == ()
        filled(board)
    with opened_board(database_url, tmp_path) as board:
        assert board.damage == ()
        assert board.backups.check() == ()


def test_damage_is_bounded(tmp_path: Path) -> None:
    url = made(tmp_path)
    with opened_board(url, tmp_path) as board:
        for number in range(20):
            add_service(board, f"S{number}")
    spoilt(tmp_path, "UPDATE services SET hidden=2")
    with opened_board(url, tmp_path, create=False) as board:
        assert board.damage[-1] == "and 17 more"
        assert len(board.damage) == 6


@pytest.mark.parametrize(
    "script",
    [
        "DROP TABLE services",
        "ALTER TABLE accounts DROP COLUMN password_hash",
        "ALTER TABLE groups RENAME COLUMN name TO title",
    ],
)
def test_a_board_without_one_of_its_tables_or_columns_is_refused_at_the_start(
    tmp_path: Path, script: str
) -> None:
    url = made(tmp_path)
    spoilt(tmp_path, script)
    with pytest.raises(Damaged):
        database_at(url, tmp_path)


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("UPDATE journal SET after='{' WHERE id=5", "Table journal, row 5, after"),
        ("UPDATE status_periods SET to_time=to_time-1 WHERE id=1", "gap"),
        ("UPDATE status_periods SET status_id=6 WHERE to_time IS NULL", "row 1, status_id"),
        ("UPDATE services SET group_id=77 WHERE id=1", "groups"),
        ("CREATE INDEX mine ON services (name)", "mine"),
    ],
)
def test_check_names_what_quick_check_does_not_see(tmp_path: Path, script: str, told: str) -> None:
    url = made(tmp_path)
    spoilt(tmp_path, script)
    with opened_board(url, tmp_path, create=False) as board:
        problems = board.backups.check()
        assert told in problems[0]
        assert len(problems) <= 21


def test_check_finds_an_index_that_lies(tmp_path: Path) -> None:
    url = made(tmp_path)
    spoilt(
        tmp_path,
        "DROP INDEX ix_status_periods_to_time;"
        " CREATE INDEX ix_status_periods_to_time ON status_periods (from_time);"
        " PRAGMA writable_schema=ON; UPDATE sqlite_master SET sql="
        "replace(sql, 'from_time)', 'to_time)') WHERE name='ix_status_periods_to_time'",
    )
    with opened_board(url, tmp_path, create=False) as board:
        assert board.backups.check() != ()


@pytest.mark.parametrize("cut", [1, 2_000, 4_095])
def test_a_file_cut_within_its_last_page_is_refused_at_the_start(tmp_path: Path, cut: int) -> None:
    url = made(tmp_path)
    path = tmp_path / "izzitup.db"
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(Damaged, match="last page"):
        database_at(url, tmp_path)


def test_check_names_rows_of_a_shared_database_too(postgres_url: str, tmp_path: Path) -> None:
    from sqlalchemy import create_engine, text

    with opened_board(postgres_url, tmp_path) as board:
        filled(board)
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE services SET url='javascript:x' WHERE id=1"))
        connection.execute(text("UPDATE status_periods SET to_time=to_time-1 WHERE id=1"))
    engine.dispose()
    with opened_board(postgres_url, tmp_path) as board:
        assert "row 1, url" in board.damage[0]
        first, second = board.backups.check()
        assert "row 1, url" in first
        assert "gap" in second

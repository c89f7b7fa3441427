"""Real files of earlier versions, made by these versions, come out whole."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine, insert, select

from izzitup_desktop.board import open_board
from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.kinds.services import SERVICE_ADDED, SERVICE_EDITED
from izzitup_desktop.domain.kinds.statuses import SERVICE_STATUS
from izzitup_desktop.domain.proposals import Proposal
from izzitup_desktop.domain.services import ServiceDraft
from izzitup_desktop.storage import backup, schema, services, upgrade
from izzitup_desktop.storage.layers import Layers
from izzitup_desktop.storage.times import from_stored
from izzitup_desktop.storage.urls import parse_url

OLD = Path(__file__).parents[1] / "old_databases"
ADMINISTRATOR = Principal("root", Role.ADMINISTRATOR, Origin.CLI)


@pytest.mark.parametrize("version", [1, 2, 3, 4, 5, 6, 7])
def test_an_old_file_opens_with_its_services_accounts_and_journal(
    version: int, tmp_path: Path
) -> None:
    path = tmp_path / "izzitup.db"
    shutil.copy(OLD / f"v{version}.db", path)
    board = open_board(
        f"sqlite:///{path}", create=False, backups=tmp_path / "b", quarantine=tmp_path / "q"
    )
    try:
        mail, vpn, vault = board.services.list(ADMINISTRATOR)
        assert (mail.name, mail.status_id, mail.check_url) == (
            "Mail", 6, "https://help.example/new",
        )  # fmt: skip
        assert (vpn.status_id, vault.hidden) == (7, True)
        assert [removed.service.name for removed in board.trash.list(ADMINISTRATOR)] == ["Fax"]
        alice, bob = board.accounts.list(ADMINISTRATOR)
        assert len({alice.uid, bob.uid}) == 2
        assert all(len(account.uid) == 32 for account in (alice, bob))
        entries = board.journal.latest(ADMINISTRATOR, limit=100)
        (edited,) = [entry for entry in entries if entry.kind == SERVICE_EDITED]
        assert edited.before == {"check_url": "https://help.example/mail"}
        assert edited.after == {"check_url": "https://help.example/new"}
        assert board.backups.check() == ()
    finally:
        board.close()


@pytest.mark.parametrize("version", [2, 3, 4, 5, 6, 7])
def test_what_people_typed_is_as_it_was(version: int, tmp_path: Path) -> None:
    path = tmp_path / "izzitup.db"
    shutil.copy(OLD / f"v{version}.db", path)
    board = open_board(
        f"sqlite:///{path}", create=False, backups=tmp_path / "b", quarantine=tmp_path / "q"
    )
    try:
        vpn = board.services.find(ADMINISTRATOR, "VPN")
        # A key of the journal's JSON was renamed; what people typed was not.
        assert vpn.check_url == 'https://x.example/"curl":1'
        assert vpn.note == 'say "curl":"no"'
        added = next(
            entry for entry in board.journal.latest(ADMINISTRATOR, limit=100)
            if entry.kind == SERVICE_ADDED and entry.subject_name == "VPN"
        )  # fmt: skip
        assert added.after["check_url"] == vpn.check_url
        assert added.after["note"] == vpn.note
    finally:
        board.close()


@pytest.mark.parametrize(
    ("version", "last"),
    [(2, "slow"), (3, "still slow"), (4, "still slow"), (5, "still slow"), (6, "still slow")],
)
def test_what_was_last_said_of_a_status_is_beside_it(
    version: int, last: str, tmp_path: Path
) -> None:
    path = tmp_path / "izzitup.db"
    shutil.copy(OLD / f"v{version}.db", path)
    board = open_board(
        f"sqlite:///{path}", create=False, backups=tmp_path / "b", quarantine=tmp_path / "q"
    )
    try:
        found = {service.name: service.comment for service in board.services.list(ADMINISTRATOR)}
        assert found == {"Mail": last, "VPN": "down", "Vault": ""}
    finally:
        board.close()


def layers_in(path: Path) -> dict[int, Layers]:
    """What the columns of a file of version 2 or 3 tell, by service."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT id, until, until_status, asked, held_by, wish_status, wish_by, wish_time"
            " FROM services"
        ).fetchall()
    return {
        id_: (
            None if until is None else Expiry(from_stored(until), then, bool(asked)),
            Hold(held_by) if held_by else None,
            None if wish is None else Proposal(wish, wish_by, from_stored(wish_time)),
        )
        for id_, until, then, asked, held_by, wish, wish_by, wish_time in rows
    }


def rows_in(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What no migration after version 3 changes."""
    queries = {
        "services": "SELECT id, name, key, status_id, since, updated, removed, version, confirmed"
        " FROM services",
        "periods": "SELECT * FROM status_periods",
        "journal": "SELECT id, time, kind, after, undoes, step FROM journal WHERE kind NOT IN"
        " ('service.added', 'service.edited')",
        "numbers": "SELECT name, seq FROM sqlite_sequence WHERE name IN ('groups', 'runs')",
    }
    with closing(sqlite3.connect(path)) as connection:
        return {name: connection.execute(query).fetchall() for name, query in queries.items()}


def with_more_layers(path: Path) -> None:
    """Layers in other combinations, one of them on a service in the trash."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(
            """
            UPDATE services SET until = 1800000000000000, asked = 1 WHERE id = 1;
            UPDATE services SET held_by = 'bob' WHERE id = 3;
            UPDATE services SET wish_status = 7, wish_by = 'm', wish_time = 1700000000000001,
                held_by = 'bob' WHERE id = 4;
            """
        )


@pytest.mark.parametrize("more", [False, True])
@pytest.mark.parametrize("version", [2, 3])
def test_every_expiry_hold_and_proposal_is_moved_as_it_was(
    version: int, more: bool, tmp_path: Path
) -> None:
    path = tmp_path / "izzitup.db"
    shutil.copy(OLD / f"v{version}.db", path)
    if more:
        with_more_layers(path)
    before, rows = layers_in(path), rows_in(path)
    assert before[2] != (None, None, None)
    board = open_board(
        f"sqlite:///{path}", create=False, backups=tmp_path / "b", quarantine=tmp_path / "q"
    )
    try:
        removed = [removed.service for removed in board.trash.list(ADMINISTRATOR)]
        found = [*board.services.list(ADMINISTRATOR), *removed]
        assert {s.id: (s.expiry, s.hold, s.proposal) for s in found} == before
        assert board.backups.check() == ()
    finally:
        board.close()
    assert rows_in(path) == rows
    with closing(sqlite3.connect(path)) as connection:
        (made,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'services'")
        assert "AUTOINCREMENT" in made[0]
        assert "held_by" not in made[0]


def test_a_shared_database_of_version_3_is_moved_as_it_was(
    empty_postgres_url: str, tmp_path: Path
) -> None:
    path = tmp_path / "v3.db"
    shutil.copy(OLD / "v3.db", path)
    with_more_layers(path)
    engine = create_engine(parse_url(empty_postgres_url))
    with engine.begin() as connection:
        schema.migrate(connection, target="0003")
        shared = MetaData()
        shared.reflect(connection)
        file = create_engine(f"sqlite:///{path}")
        with file.connect() as reading:
            for table in shared.sorted_tables:
                if table.name not in ("statuses", "alembic_version"):
                    rows = [dict(row) for row in reading.execute(select(table)).mappings()]
                    connection.execute(insert(table), rows)
        file.dispose()
    engine.dispose()
    saved = upgrade.upgrade(empty_postgres_url, backups=tmp_path / "b", quarantine=tmp_path / "q")
    assert saved is not None
    board = open_board(
        empty_postgres_url, create=False, backups=tmp_path / "b", quarantine=tmp_path / "q"
    )
    try:
        removed = [removed.service for removed in board.trash.list(ADMINISTRATOR)]
        found = [*board.services.list(ADMINISTRATOR), *removed]
        assert {s.id: (s.expiry, s.hold, s.proposal) for s in found} == layers_in(path)
        assert board.backups.check() == ()
    finally:
        board.close()
    # What was saved before is of the older version, and makes the same board.
    with backup.opened(saved) as copy:
        assert {s.id: (s.expiry, s.hold, s.proposal) for s in services.listed(copy)} == {
            id_: layers for id_, layers in layers_in(path).items() if id_ != 3
        }


@pytest.mark.parametrize("version", [2, 3, 4, 5, 6, 7])
def test_what_was_done_with_an_old_version_is_undone_with_its_layers(
    version: int, tmp_path: Path
) -> None:
    path = tmp_path / "izzitup.db"
    shutil.copy(OLD / f"v{version}.db", path)
    board = open_board(
        f"sqlite:///{path}", create=False, backups=tmp_path / "b", quarantine=tmp_path / "q"
    )
    try:
        vpn = board.services.find(ADMINISTRATOR, "VPN")
        entries = board.journal.latest(ADMINISTRATOR, limit=100)
        held = next(
            entry for entry in entries
            if entry.kind == SERVICE_STATUS and entry.after.get("held_by") == "alice"
        )  # fmt: skip
        undone = board.journal.undo(ADMINISTRATOR, [held.id]).entries
        after = board.services.find(ADMINISTRATOR, "VPN")
        assert (after.expiry, after.hold, after.proposal) == (None, None, None)
        assert after.status_id == held.before["status"]
        board.journal.undo(ADMINISTRATOR, [undone[-1].id])
        again = board.services.find(ADMINISTRATOR, "VPN")
        assert (again.expiry, again.hold) == (vpn.expiry, vpn.hold)
        assert board.backups.check() == ()
    finally:
        board.close()


@pytest.mark.parametrize("version", [1, 2])
def test_no_id_that_an_old_journal_tells_of_is_given_again(version: int, tmp_path: Path) -> None:
    path = tmp_path / "izzitup.db"
    shutil.copy(OLD / f"v{version}.db", path)
    with closing(sqlite3.connect(path)) as connection, connection:
        # As if the newest of all had been deleted for good.
        connection.execute(
            "UPDATE journal SET subject_id = 90 WHERE id = (SELECT max(id) FROM journal WHERE "
            "kind = 'service.added')"
        )
    board = open_board(
        f"sqlite:///{path}", create=False, backups=tmp_path / "b", quarantine=tmp_path / "q"
    )
    try:
        added = board.services.add(ADMINISTRATOR, ServiceDraft("New")).value
        assert added.id == 91
    finally:
        board.close()


def test_no_id_that_was_given_before_is_given_again(tmp_path: Path) -> None:
    path = tmp_path / "izzitup.db"
    shutil.copy(OLD / "v3.db", path)
    with closing(sqlite3.connect(path)) as connection, connection:
        # As if what had them was deleted for good, and its entries are in the archive.
        connection.execute("UPDATE sqlite_sequence SET seq = 90 WHERE name = 'services'")
    board = open_board(
        f"sqlite:///{path}", create=False, backups=tmp_path / "b", quarantine=tmp_path / "q"
    )
    try:
        assert board.services.add(ADMINISTRATOR, ServiceDraft("New")).value.id == 91
    finally:
        board.close()

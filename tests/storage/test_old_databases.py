"""Real files of earlier versions, made by these versions, come out whole."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from izzitup_desktop.board import open_board
from izzitup_desktop.domain.accounts import Actor, Origin, Role
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.domain.services import ServiceDraft

OLD = Path(__file__).parents[1] / "old_databases"
ADMINISTRATOR = Actor("root", Role.ADMINISTRATOR, Origin.CLI)


@pytest.mark.parametrize("version", [1, 2, 3])
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
        (edited,) = [entry for entry in entries if entry.kind is Kind.SERVICE_EDITED]
        assert edited.before == {"check_url": "https://help.example/mail"}
        assert edited.after == {"check_url": "https://help.example/new"}
        assert board.backups.check() == ()
    finally:
        board.close()


@pytest.mark.parametrize("version", [2, 3])
def test_an_old_hold_its_wish_and_its_time_are_still_there(version: int, tmp_path: Path) -> None:
    path = tmp_path / "izzitup.db"
    shutil.copy(OLD / f"v{version}.db", path)
    board = open_board(
        f"sqlite:///{path}", create=False, backups=tmp_path / "b", quarantine=tmp_path / "q"
    )
    try:
        vpn = board.services.find(ADMINISTRATOR, "VPN")
        assert (vpn.held_by, vpn.wish_by, vpn.wish_status) == ("alice", "monitor", 5)
        assert vpn.until is not None
        # A key of the journal's JSON was renamed; what people typed was not.
        assert vpn.check_url == 'https://x.example/"curl":1'
        assert vpn.note == 'say "curl":"no"'
        added = next(
            entry for entry in board.journal.latest(ADMINISTRATOR, limit=100)
            if entry.kind is Kind.SERVICE_ADDED and entry.subject_name == "VPN"
        )  # fmt: skip
        assert added.after["check_url"] == vpn.check_url
        assert added.after["note"] == vpn.note
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

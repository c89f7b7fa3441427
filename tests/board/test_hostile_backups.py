"""Files that are sound to SQLite, and would make a board that doesn't work."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Account, Origin, Role
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.scopes import Limits
from izzitup_desktop.domain.services import ServiceDraft
from izzitup_desktop.domain.tokens import TokenDraft
from izzitup_desktop.storage.recovery import recover
from tests.builders import ALICE, GOOD_PASSWORD, add_service, do_due, opened_board

pytestmark = pytest.mark.faults

YEAR = 366 * 86_400_000_000
LARGEST = 2**63 - 1

# Each changes one thing; what the refusal must say where that is known.
ROWS: dict[str, tuple[str, str]] = {
    "no account": (
        ("DELETE FROM account_groups; DELETE FROM token_groups; DELETE FROM tokens;"
        " DELETE FROM accounts"), "no account",
    ),
    "nobody administers": ("UPDATE accounts SET role='viewer'", "administers"),
    "the administrator is disabled": (
        "UPDATE accounts SET active=0 WHERE role='administrator'", "administers",
    ),
    "unknown role": ("UPDATE accounts SET role='owner' WHERE id=2", "accounts, row 2, role"),
    "an account of the public": ("UPDATE accounts SET role='public' WHERE id=2", "row 2, role"),
    "role of another case": ("UPDATE accounts SET role='Editor' WHERE id=2", "row 2, role"),
    "empty name of an account": ("UPDATE accounts SET name='', name_folded='' WHERE id=2", "name"),
    "name that is folded otherwise": (
        "UPDATE accounts SET name_folded='zoe' WHERE id=2", "name_folded",
    ),
    "name in upper case folded": ("UPDATE accounts SET name_folded='EVE' WHERE id=2", "folded"),
    "control character in a name": (
        "UPDATE accounts SET name='e'||char(27)||'ve', name_folded='e'||char(27)||'ve' WHERE id=2",
        "accounts, row 2, name",
    ),
    "no identity": ("UPDATE accounts SET uid='' WHERE id=2", "uid"),
    "an identity of another form": ("UPDATE accounts SET uid=upper(uid)||'X' WHERE id=2", "uid"),
    "no password hash": ("UPDATE accounts SET password_hash='' WHERE id=2", "password_hash"),
    "a password in clear": ("UPDATE accounts SET password_hash='secret' WHERE id=2", "hash"),
    "a hash of absurd cost": (
        "UPDATE accounts SET password_hash=replace(password_hash, '$04$', '$31$') WHERE id=2",
        "password_hash",
    ),
    "a hash with a salt that is none": (
        ("UPDATE accounts SET password_hash=substr(password_hash, 1, 31) || 'z' ||"
        " substr(password_hash, 33) WHERE id=2"), "password_hash",
    ),
    "active is 2": ("UPDATE accounts SET active=2 WHERE id=2", "active"),
    "active is text": ("UPDATE accounts SET active='yes' WHERE id=2", "active"),
    "version beyond its column": ("UPDATE accounts SET version=2147483648 WHERE id=2", "version"),
    "negative version": ("UPDATE accounts SET version=-1 WHERE id=2", "version"),
    "limit to a missing group": ("INSERT INTO account_groups VALUES (2, 99)", "account_groups"),
    "limit of a missing account": ("INSERT INTO account_groups VALUES (99, 1)", "account_groups"),
    "a token of nobody": ("UPDATE tokens SET account_id=NULL WHERE id=1", "tokens, row 1"),
    "a token of an account and a group": ("UPDATE tokens SET group_id=1 WHERE id=1", "row 1"),
    "a token of a missing account": ("UPDATE tokens SET account_id=99 WHERE id=1", "tokens"),
    "a token of a missing group": ("UPDATE tokens SET group_id=99 WHERE id=2", "tokens"),
    "a secret in clear": ("UPDATE tokens SET digest='izu_secret' WHERE id=1", "row 1, digest"),
    "a digest in upper case": ("UPDATE tokens SET digest=upper(digest) WHERE id=1", "digest"),
    "more than the end of a secret": ("UPDATE tokens SET ending='abcdef' WHERE id=1", "ending"),
    "no scope": ("UPDATE tokens SET scopes='' WHERE id=1", "tokens, row 1, scopes"),
    "scopes in another form": ("UPDATE tokens SET scopes='read,set' WHERE id=1", "scopes"),
    "a nameless token": ("UPDATE tokens SET name='' WHERE id=1", "tokens, row 1, name"),
    "limited is 2": ("UPDATE tokens SET limited=2 WHERE id=1", "tokens, row 1, limited"),
    "text as an expiry": ("UPDATE tokens SET expires='never' WHERE id=1", "expires"),
    "a revocation before all times": ("UPDATE tokens SET revoked=-1 WHERE id=1", "revoked"),
    "text as a use": ("UPDATE tokens SET used='now' WHERE id=1", "tokens, row 1, used"),
    "a line break in an address": (
        "UPDATE tokens SET used=9, used_address='a'||char(10) WHERE id=1", "used_address",
    ),
    "a route without an end": (
        "UPDATE tokens SET used=9, used_route=printf('%.*c', 201, 'x') WHERE id=1", "used_route",
    ),
    "text as when a key was used": (
        "INSERT INTO idempotency_keys VALUES ('a', 'k', 'f', 200, '[]', '', 'x', 9)", "made",
    ),
    "limit to a missing service": ("INSERT INTO token_services VALUES (1, 99)", "token_services"),
    "limit of a missing token": ("INSERT INTO token_groups VALUES (99, 1)", "token_groups"),
    "time out of range": (f"UPDATE services SET created={LARGEST}", "services, row 1, created"),
    "time before all times": ("UPDATE services SET updated=-62135596800000001", "updated"),
    "comment with blanks": ("UPDATE services SET comment=' x ' WHERE id=1", "comment"),
    "text as a time": ("UPDATE services SET since='yesterday' WHERE id=1", "since"),
    "float as a time": ("UPDATE services SET confirmed=0.5 WHERE id=1", "confirmed"),
    "blob as a time": ("UPDATE services SET updated=x'00' WHERE id=1", "updated"),
    "time of a proposal": (
        "INSERT INTO proposals VALUES (1, 7, 'eve', 'x')", "proposals, row 1, time",
    ),
    "end of a status": (
        f"INSERT INTO expiries VALUES (1, {LARGEST}, NULL, 0)", "expiries, row 1, until",
    ),
    "asked is 2": ("INSERT INTO expiries VALUES (1, 9, NULL, 2)", "expiries, row 1, asked"),
    "time of removal": ("UPDATE services SET removed='x' WHERE id=2", "removed"),
    "status of events": ("UPDATE services SET status_id=4 WHERE id=1", "status_id"),
    "status that there is not": ("UPDATE services SET status_id=99 WHERE id=1", "status"),
    "status to come": ("INSERT INTO expiries VALUES (1, 9, 8, 0)", "expiries, row 1, then"),
    "status proposed": ("INSERT INTO proposals VALUES (1, 1, 'eve', 9)", "proposals, row 1, status_id"),
    "line break in who proposed it": (
        "INSERT INTO proposals VALUES (1, 7, 'a'||char(10)||'b', 9)", "proposals, row 1, by",
    ),
    "nobody who holds": ("INSERT INTO holds VALUES (1, '')", "holds, row 1, by"),
    "blob as who holds": ("INSERT INTO holds VALUES (1, x'41')", "holds, row 1, by"),
    "hold of a missing service": ("INSERT INTO holds VALUES (99, 'eve')", "holds, row 99"),
    "script address": ("UPDATE services SET url='javascript:alert(1)' WHERE id=1", "url"),
    "file address": ("UPDATE services SET check_url='file:///etc/passwd' WHERE id=1", "check_url"),
    "empty name of a service": ("UPDATE services SET name='' WHERE id=1", "name"),
    "blank name of a service": ("UPDATE services SET name='   ' WHERE id=1", "name"),
    "blob as a name": ("UPDATE services SET name=x'41' WHERE id=1", "services, row 1, name"),
    "NUL in a name": ("UPDATE services SET name='a'||char(0)||'b' WHERE id=1", "name"),
    "half a character in a name": (
        "UPDATE services SET name=CAST(x'eda080' AS TEXT) WHERE id=1", "services, row 1, name",
    ),
    "no UTF-8": ("UPDATE services SET note=CAST(x'ff41' AS TEXT) WHERE id=1", "note"),
    "control character in a note": ("UPDATE services SET note='a'||char(7) WHERE id=1", "note"),
    "line break in who changed it": (
        "UPDATE services SET changed_by='a'||char(10)||'b' WHERE id=1", "changed_by",
    ),
    "oversized description": (
        "UPDATE services SET description=printf('%.*c', 2001, 'x') WHERE id=1", "description",
    ),
    "a row of many megabytes": (
        "UPDATE services SET description=printf('%.*c', 20000000, 'x') WHERE id=1", "",
    ),
    "key of digits": ("UPDATE services SET key='12', key_folded='12' WHERE id=1", "key"),
    "key with a blank": ("UPDATE services SET key='a b', key_folded='a b' WHERE id=1", "key"),
    "key that is not folded": ("UPDATE services SET key_folded='MAIL' WHERE id=1", "key_folded"),
    "hidden is 2": ("UPDATE services SET hidden=2 WHERE id=1", "hidden"),
    "stale is text": ("UPDATE services SET stale='f' WHERE id=1", "stale"),
    "stale after ages": ("UPDATE services SET stale_minutes=99999999 WHERE id=1", "stale_minutes"),
    "position with little after it": ("UPDATE services SET position=1<<30 WHERE id=1", "position"),
    "version with little after it": ("UPDATE services SET version=1<<30 WHERE id=1", "version"),
    "version of an account": ("UPDATE accounts SET version=1<<30 WHERE id=1", "accounts"),
    "journal id with little after it": (
        "UPDATE journal SET id=(1<<53)-1 WHERE kind='account.added' AND subject_id=2", "journal",
    ),
    "negative position": ("UPDATE services SET position=-1 WHERE id=1", "position"),
    "position without a next": (f"UPDATE services SET position={LARGEST} WHERE id=1", "position"),
    "group that there is not": ("UPDATE services SET group_id=77 WHERE id=1", "group"),
    "group that was removed": ("UPDATE groups SET removed=1000 WHERE id=1", "group_id"),
    "negative id of a service": (
        ("UPDATE services SET id=-1 WHERE id=2; UPDATE status_periods SET service_id=-1"
        " WHERE service_id=2; UPDATE journal SET subject_id=-1 WHERE subject_id=2"
        " AND subject='service'"), "id",
    ),
    "ids of services used up": (
        (f"UPDATE services SET id={LARGEST} WHERE id=2; UPDATE status_periods SET"
        f" service_id={LARGEST} WHERE service_id=2; UPDATE journal SET subject_id={LARGEST}"
        " WHERE subject_id=2 AND subject='service'"), "id",
    ),
    "ids of groups used up": (
        f"INSERT INTO groups VALUES ({LARGEST}, 'Z', 'z', 9, 1, NULL)", "groups",
    ),
    "ids of accounts used up": (f"UPDATE accounts SET id={LARGEST} WHERE id=3", "accounts"),
    "ids of the journal used up": (
        f"UPDATE journal SET id={LARGEST} WHERE id=(SELECT max(id) FROM journal)", "journal",
    ),
    "journal ids beyond what is listed": (
        f"UPDATE journal SET id={2**62} WHERE id=(SELECT max(id) FROM journal)", "journal",
    ),
    "ids of runs used up": (f"INSERT INTO runs VALUES ({LARGEST}, 1, 1)", "runs"),
    "empty name of a group": ("UPDATE groups SET name='', name_folded='' WHERE id=1", "groups"),
    "group name that is folded otherwise": ("UPDATE groups SET name_folded='x'", "name_folded"),
    "ill-formed kind": ("UPDATE journal SET kind='<b>' WHERE id=1", "journal, row 1, kind"),
    "kind without a subject": ("UPDATE journal SET kind='added' WHERE id=1", "kind"),
    "kind of another subject": ("UPDATE journal SET subject='group' WHERE id=1", "subject"),
    "unknown origin": ("UPDATE journal SET origin='moon' WHERE id=1", "origin"),
    "broken JSON": ("UPDATE journal SET after='{\"status\":' WHERE id=5", "journal, row 5, after"),
    "JSON that is a list": ("UPDATE journal SET after='[1]' WHERE id=5", "after"),
    "JSON of not a number": ("UPDATE journal SET after='{\"x\":NaN}' WHERE id=5", "after"),
    "JSON of an endless number": ("UPDATE journal SET after='{\"x\":1e999}' WHERE id=5", "after"),
    "JSON with half a character": (
        "UPDATE journal SET after='{\"x\":\"\\ud800\"}' WHERE id=5", "after",
    ),
    "deep JSON": (
        ("UPDATE journal SET after='{\"x\":'||replace(printf('%.*c', 9000, '['), '', '')||"
        "printf('%.*c', 9000, ']')||'}' WHERE id=5"), "after",
    ),
    "JSON of a million digits": (
        "UPDATE journal SET after='{\"x\":'||printf('%.*c', 5000, '9')||'}' WHERE id=5", "after",
    ),
    "a status change that does not tell the status": (
        "UPDATE journal SET before='' WHERE kind='service.status'", "before",
    ),
    "a status change to nowhere": (
        "UPDATE journal SET before='{\"status\":\"x\"}' WHERE kind='service.status'", "before",
    ),
    "an edit of a field that there is not": (
        "UPDATE journal SET before='{\"colour\":1}' WHERE kind='service.edited'", "before",
    ),
    "an edit from a script address": (
        "UPDATE journal SET before='{\"url\":\"javascript:x\"}' WHERE kind='service.edited'",
        "before",
    ),
    "negative time of an entry": ("UPDATE journal SET time=-1 WHERE id=1", "time"),
    "text as the time of an entry": ("UPDATE journal SET time='now' WHERE id=1", "time"),
    "control character in an actor": ("UPDATE journal SET actor=char(27) WHERE id=1", "actor"),
    "NUL in a comment": ("UPDATE journal SET comment='a'||char(0) WHERE id=1", "comment"),
    "oversized comment": (
        "UPDATE journal SET comment=printf('%.*c', 2001, 'x') WHERE id=1", "comment",
    ),
    "an entry that takes a later one back": ("UPDATE journal SET undoes=9 WHERE id=3", "undoes"),
    "a step after its entry": ("UPDATE journal SET step=99 WHERE id=3", "step"),
    "text as an account": ("UPDATE journal SET account_id='me' WHERE id=3", "account_id"),
    "two periods without an end": (
        "DROP INDEX uq_status_periods_service_id; UPDATE status_periods SET to_time=NULL", "",
    ),
    "a period that ends before it begins": (
        "UPDATE status_periods SET to_time=from_time-1 WHERE to_time IS NOT NULL",
        "status_periods",
    ),
    "a gap": ("UPDATE status_periods SET to_time=to_time-1 WHERE id=1", "gap"),
    "an overlap": ("UPDATE status_periods SET to_time=to_time+1 WHERE id=1", "begins before"),
    "a period of no service": (
        "INSERT INTO status_periods VALUES (50, 40, 5, 1, 2, 1, 0)", "",
    ),
    "a period of no entry": ("UPDATE status_periods SET journal_id=999 WHERE id=1", ""),
    "a period of another's entry": ("UPDATE status_periods SET journal_id=1 WHERE id=1", "entry"),
    "a period at another time than its entry": (
        "UPDATE journal SET time=time+1 WHERE kind='service.status'", "from_time",
    ),
    "an open period of another status": (
        "UPDATE status_periods SET status_id=6 WHERE to_time IS NULL", "status_id",
    ),
    "no period at all": ("DELETE FROM status_periods", "status_id"),
    "a removed service with an open period": ("UPDATE services SET removed=9 WHERE id=1", ""),
    "a run that ends before it begins": ("INSERT INTO runs VALUES (9, 5, 4)", "runs"),
    "a job that is held until no time": (
        "INSERT INTO jobs VALUES ('x', 'somebody', 'soon', NULL)", "jobs",
    ),
    "a mistake that is 2": ("UPDATE status_periods SET mistake=2 WHERE id=1", "mistake"),
    "another status table": ("UPDATE statuses SET name='Fine' WHERE id=5", "statuses"),
    "a status more": ("INSERT INTO statuses VALUES (9, 'Gone', 1, 0)", "statuses"),
    "a status less": (
        "PRAGMA foreign_keys=OFF; DELETE FROM statuses WHERE id=3", "statuses",
    ),
}  # fmt: skip

SHAPES: dict[str, str] = {
    "a column more": "ALTER TABLE services ADD COLUMN colour TEXT",
    "a column less": "ALTER TABLE services DROP COLUMN note",
    "a column of another name": "ALTER TABLE services RENAME COLUMN note TO notes",
    "a table more": "CREATE TABLE evil (id INTEGER)",
    "a table less": "DROP TABLE runs",
    "a virtual table": "CREATE VIRTUAL TABLE evil USING fts5(x)",
    "a view": "CREATE VIEW evil AS SELECT * FROM accounts",
    "a trigger": "CREATE TRIGGER evil AFTER INSERT ON services BEGIN DELETE FROM accounts; END",
    "an index with an expression": "CREATE INDEX evil ON services (lower(name))",
    "an index more": "CREATE INDEX evil ON services (name)",
    "an index less": "DROP INDEX ix_journal_account_id_id",
    "an index that is not unique": (
        "DROP INDEX uq_accounts_uid; CREATE INDEX uq_accounts_uid ON accounts (uid)"
    ),
    "an index of another collation": (
        "DROP INDEX uq_accounts_uid;"
        " CREATE UNIQUE INDEX uq_accounts_uid ON accounts (uid COLLATE NOCASE)"
    ),
    "a view in a table's place": (
        "ALTER TABLE runs RENAME TO other; CREATE VIEW runs AS SELECT * FROM other"
    ),
    "a generated column": "ALTER TABLE runs ADD COLUMN twice INTEGER AS (begin_time * 2)",
    "a collation": (
        "DROP TABLE runs; CREATE TABLE runs (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,"
        " begin_time BIGINT NOT NULL COLLATE NOCASE, seen_time BIGINT NOT NULL);"
        " CREATE INDEX ix_runs_seen_time ON runs (seen_time)"
    ),
    "a check": (
        "DROP TABLE runs; CREATE TABLE runs (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,"
        " begin_time BIGINT NOT NULL, seen_time BIGINT NOT NULL, CHECK (1));"
        " CREATE INDEX ix_runs_seen_time ON runs (seen_time)"
    ),
    "another application": "PRAGMA application_id=7",
    "no version": "PRAGMA user_version=0",
    "an older version than it is": "PRAGMA user_version=2",
    "two versions at once": "UPDATE alembic_version SET version_num='0002'",
    "no revision": "DELETE FROM alembic_version",
}


def filled(board: Board) -> Account:
    """A board with a bit of everything; its administrator."""
    alice = board.accounts.first("alice", GOOD_PASSWORD, Origin.CLI).value
    group = board.groups.add(ALICE, "Core").value
    board.accounts.add(ALICE, "eve", Role.EDITOR, GOOD_PASSWORD, {group.id})
    board.accounts.add(ALICE, "vic", Role.VIEWER, GOOD_PASSWORD)
    mail = add_service(board, "Mail", key="MAIL", group_id=group.id)
    add_service(board, "VPN", key="VPN")
    board.statuses.set(ALICE, [mail.id], 7, "disk broke")
    edited = ServiceDraft("Mail", key="MAIL", group_id=group.id, url="https://mail.example/")
    board.services.edit(ALICE, mail.id, edited, version=mail.version)
    mine = TokenDraft("mine", account_id=alice.id, limits=Limits(group_ids=frozenset({group.id})))
    board.tokens.add(ALICE, mine)
    board.tokens.add(ALICE, TokenDraft("robot", group_id=group.id))
    do_due(board)
    return alice


def spoilt(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)


def content(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def rows(path: Path) -> list[str]:
    """The board's rows; who does which job is no part of it."""
    inserted = (line for line in content(path) if line.startswith("INSERT"))
    return sorted(line for line in inserted if not line.startswith('INSERT INTO "jobs"'))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A backup's bytes."""
    folder = tmp_path_factory.mktemp("kept")
    with opened_board(f"sqlite:///{folder}/izzitup.db", folder) as board:
        filled(board)
        return board.backups.save(ALICE, folder / "kept.db").read_bytes()


@pytest.fixture(scope="module")
def board_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Board, Path]]:
    """A board whose content no refused restore may change."""
    folder = tmp_path_factory.mktemp("board")
    with opened_board(f"sqlite:///{folder}/izzitup.db", folder) as board:
        filled(board)
        yield board, folder / "izzitup.db"


def assert_refused(board_of: tuple[Board, Path], path: Path) -> Invalid:
    board, database = board_of
    before, saved = content(database), board.backups.list(ALICE)
    with pytest.raises(Invalid) as caught:
        board.backups.restore(ALICE, path)
    assert caught.value.field == "file"
    assert str(path) in str(caught.value)
    assert len(str(caught.value)) < 2_000
    assert content(database) == before
    assert board.backups.list(ALICE) == saved
    return caught.value


@pytest.mark.parametrize("name", list(ROWS))
def test_rows_that_no_use_case_stores_are_refused_before_anything_changes(
    board_of: tuple[Board, Path], kept: bytes, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "kept.db"
    path.write_bytes(kept)
    script, told = ROWS[name]
    spoilt(path, script)
    assert told in str(assert_refused(board_of, path))


@pytest.mark.parametrize("name", list(SHAPES))
def test_a_schema_that_is_not_ours_is_refused_before_anything_changes(
    board_of: tuple[Board, Path], kept: bytes, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "kept.db"
    path.write_bytes(kept)
    spoilt(path, SHAPES[name])
    assert_refused(board_of, path)


@pytest.mark.parametrize(
    ("index", "script"),
    [
        ("uq_accounts_uid", "UPDATE accounts SET uid=(SELECT min(uid) FROM accounts)"),
        ("uq_services_key_folded", "UPDATE services SET key='x', key_folded='x'"),
        ("uq_status_periods_service_id", "UPDATE status_periods SET to_time=NULL"),
    ],
)
def test_values_that_occur_twice_are_refused_though_the_index_says_that_there_are_none(
    board_of: tuple[Board, Path], kept: bytes, tmp_path: Path, index: str, script: str
) -> None:
    path = tmp_path / "kept.db"
    path.write_bytes(kept)
    with closing(sqlite3.connect(path)) as connection:
        (sql,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name=?", [index]
        ).fetchone()
        connection.executescript(
            f"DROP INDEX {index}; {script}; {sql.replace('UNIQUE ', '')};PRAGMA writable_schema=ON"
        )
        connection.execute("UPDATE sqlite_master SET sql=? WHERE name=?", [sql, index])
        connection.commit()
    assert_refused(board_of, path)


def test_the_first_problems_are_named_and_the_others_counted(
    board_of: tuple[Board, Path], kept: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "kept.db"
    path.write_bytes(kept)
    spoilt(path, "UPDATE journal SET actor=char(27)")
    told = str(assert_refused(board_of, path))
    assert "Table journal, row 1, actor: " in told
    assert "Table journal, row 3, actor: " in told
    assert "row 4" not in told
    assert "more" in told


@pytest.mark.parametrize("cut", [1, 100, 4_095])
def test_a_backup_cut_within_its_last_page_is_refused(
    board_of: tuple[Board, Path], kept: bytes, tmp_path: Path, cut: int
) -> None:
    path = tmp_path / "kept.db"
    path.write_bytes(kept[:-cut])
    assert_refused(board_of, path)


def test_an_index_that_lies_is_refused(
    board_of: tuple[Board, Path], kept: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "kept.db"
    path.write_bytes(kept)
    spoilt(
        path,
        "PRAGMA writable_schema=ON; UPDATE sqlite_master SET rootpage=(SELECT rootpage FROM"
        " sqlite_master WHERE name='ix_journal_account_id_id') WHERE name="
        "'ix_journal_subject_subject_id_id'",
    )
    assert_refused(board_of, path)


def test_the_database_itself_is_no_backup_of_it(board_of: tuple[Board, Path]) -> None:
    assert_refused(board_of, board_of[1])


@pytest.mark.parametrize("name", ["nobody administers", "text as a time", "a gap"])
def test_nothing_is_made_of_a_bad_backup_where_there_is_no_database(
    kept: bytes, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "kept.db"
    path.write_bytes(kept)
    spoilt(path, ROWS[name][0])
    database = tmp_path / "data" / "izzitup.db"
    with pytest.raises(Invalid):
        recover(f"sqlite:///{database}", path, quarantine=tmp_path / "quarantine")
    assert not database.exists()


def test_what_comes_back_has_our_schema_and_goes_on_with_its_ids(
    kept: bytes, tmp_path: Path
) -> None:
    path, database = tmp_path / "kept.db", tmp_path / "data" / "izzitup.db"
    path.write_bytes(kept)
    recover(f"sqlite:///{database}", path, quarantine=tmp_path / "quarantine")
    assert rows(database) == rows(path)
    with opened_board(f"sqlite:///{database}", tmp_path, create=False) as board:
        assert board.backups.check() == ()
        assert add_service(board, "Next").id == 3


def test_an_entry_of_a_kind_of_a_newer_version_is_carried(
    board_of: tuple[Board, Path], kept: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "kept.db"
    path.write_bytes(kept)
    spoilt(path, "UPDATE journal SET kind='board.archived', subject='board' WHERE id=1")
    recover(f"sqlite:///{tmp_path}/data/izzitup.db", path, quarantine=tmp_path)

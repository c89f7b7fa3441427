"""Tokens as they are stored: on both databases, and in backups from one to the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text

from izzitup_desktop.domain.accounts import Role
from izzitup_desktop.domain.scopes import Limits, Scope
from izzitup_desktop.domain.services import ServiceDraft
from izzitup_desktop.domain.tokens import LastUse, Token, TokenDraft, TokenKind
from izzitup_desktop.storage import accounts, backup, groups, services, tokens
from izzitup_desktop.storage.engine import Database
from izzitup_desktop.storage.inspection import board_inspected
from izzitup_desktop.storage.rows import of_connection
from izzitup_desktop.storage.times import to_stored
from tests.builders import database_at

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HASH = "v2$$2b$04$FEr2eY/eUNn6Tx1FI/cjLOYDQ7uWbkmX.jzAqh0YQvIxmkgrnRMYu"
DIGEST = "ab" * 32


@pytest.fixture
def database(database_url: str, tmp_path: Path) -> Iterator[Database]:
    opened = database_at(database_url, tmp_path)
    yield opened
    opened.close()


def filled(connection: Connection) -> None:
    """Account 1, groups 1 and 2."""
    accounts.insert(connection, "alice", Role.ADMINISTRATOR, HASH, (), NOW)
    for name in ("Core", "Other"):
        groups.insert(connection, name)


@contextmanager
def board_in(database: Database) -> Iterator[Connection]:
    """A connection whose transaction is taken back; services 1 and 2 are on its board, too."""
    with database.writing_connection() as connection:
        transaction = connection.begin()
        filled(connection)
        for name in ("Mail", "VPN"):
            services.insert(connection, ServiceDraft(name), status_id=5, time=NOW, by="alice")
        yield connection
        transaction.rollback()


def added(
    connection: Connection,
    digest: str = DIGEST,
    *,
    account_id: int | None = 1,
    limits: Limits | None = None,
    expires: datetime | None = None,
) -> Token:
    draft = TokenDraft(
        "deploy",
        account_id=account_id,
        group_id=1 if account_id is None else None,
        scopes=frozenset({Scope.SET, Scope.READ}),
        limits=limits,
        expires=expires,
    )
    return tokens.insert(connection, draft, (digest, "wxyz"), NOW, "alice")


def test_a_token_is_read_as_it_was_stored(database: Database) -> None:
    limits = Limits(frozenset({1, 2}), frozenset({2}))
    with board_in(database) as connection:
        token = added(connection, limits=limits, expires=NOW + timedelta(days=90))
        assert (token.kind, token.account_id, token.group_id) == (TokenKind.ACCOUNT, 1, None)
        assert token.scopes == {Scope.READ, Scope.SET}
        assert (token.limits, token.expires) == (limits, NOW + timedelta(days=90))
        assert (token.last_use, token.revoked) == (None, None)
        stored = tokens.get(connection, token.id)
        assert stored is not None
        assert (stored.token, stored.digest, stored.has_group) == (token, DIGEST, True)
        assert tokens.by_digest(connection, DIGEST) == stored
        assert tokens.listed(connection) == (stored,)
        assert tokens.get(connection, token.id + 1) is None
        assert tokens.by_digest(connection, "cd" * 32) is None


def test_a_token_of_automation_loses_its_group_with_it(database: Database) -> None:
    with board_in(database) as connection:
        token = added(connection, account_id=None)
        assert (token.kind, token.group_id) == (TokenKind.AUTOMATION, 1)
        assert [stored.has_group for stored in tokens.listed(connection)] == [True]
        groups.set_removed(connection, 1, NOW)
        stored = tokens.get(connection, token.id)
        assert stored is not None
        assert not stored.has_group


def test_a_limit_whose_service_is_gone_never_becomes_no_limit(database: Database) -> None:
    with board_in(database) as connection:
        token = added(connection, limits=Limits(frozenset({1})))
        services.purge(connection, 1)
        stored = tokens.get(connection, token.id)
        assert stored is not None
        assert stored.token.limits == Limits()


def test_the_last_use_only_moves_on(database: Database) -> None:
    early, late = LastUse(NOW, "10.0.0.1", "list"), LastUse(NOW + timedelta(1), "::1", "setstatus")
    with board_in(database) as connection:
        one, other = added(connection), added(connection, "cd" * 32)
        tokens.note_uses(connection, {one.id: late, other.id: early})
        tokens.note_uses(connection, {one.id: early, other.id: late})
        assert [stored.token.last_use for stored in tokens.listed(connection)] == [late, late]
        tokens.note_uses(connection, {})


def test_what_was_revoked_stays_revoked_where_older_rows_come_back(database: Database) -> None:
    with board_in(database) as connection:
        one, other = added(connection), added(connection, "cd" * 32)
        tokens.revoke(connection, one.id, NOW + timedelta(1))
        revoked = tokens.revoked(connection)
        assert revoked == {DIGEST: to_stored(NOW + timedelta(1))}
        connection.execute(text("UPDATE tokens SET revoked = NULL"))
        tokens.revoke_again(connection, {**revoked, "ef" * 32: to_stored(NOW)})
        assert [stored.token.revoked for stored in tokens.listed(connection)] == [
            NOW + timedelta(1), None,
        ]  # fmt: skip
        assert other.revoked is None


def test_a_scope_of_a_newer_version_allows_nothing_and_harms_nothing(database: Database) -> None:
    with board_in(database) as connection:
        token = added(connection)
        connection.execute(text("UPDATE tokens SET scopes = 'read teleport'"))
        stored = tokens.get(connection, token.id)
        assert stored is not None
        assert stored.token.scopes == {Scope.READ}
        assert board_inspected(of_connection(connection)).lines() == ()


@pytest.mark.parametrize("change", ["account_id = NULL", "group_id = 2"])
def test_a_token_of_nobody_or_of_two_is_no_token(database: Database, change: str) -> None:
    with board_in(database) as connection:
        token, sound = added(connection), added(connection, "cd" * 32)
        connection.execute(text(f"UPDATE tokens SET {change} WHERE id = {token.id}"))
        assert tokens.get(connection, token.id) is None
        assert [stored.token.id for stored in tokens.listed(connection)] == [sound.id]
        (problem,) = board_inspected(of_connection(connection)).lines()
        assert f"Table tokens, row {token.id}" in problem


def test_tokens_go_from_one_database_to_the_other_and_back(
    postgres_url: str, tmp_path: Path
) -> None:
    shared = database_at(postgres_url, tmp_path)
    file = database_at(f"sqlite:///{tmp_path}/izzitup.db", tmp_path)
    try:
        with file.writing_connection() as writing, writing.begin():
            filled(writing)
            token = added(writing, limits=Limits(group_ids=frozenset({1, 2})))
            added(writing, "cd" * 32, account_id=None, expires=NOW)
            tokens.revoke(writing, token.id, NOW)
            tokens.note_uses(writing, {token.id: LastUse(NOW, "10.0.0.1", "setstatus")})
            expected = tokens.listed(writing)
        saved = backup.save(file, tmp_path / "saved.db")
        with shared.writing_connection() as writing, writing.begin(), backup.opened(saved) as rows:
            backup.replace_rows(writing, rows)
            assert tokens.listed(writing) == expected
            # The numbers go on after those that came.
            new = added(writing, "ef" * 32)
            assert new.id > expected[-1].token.id
        again = backup.save(shared, tmp_path / "again.db")
        engine = create_engine(f"sqlite:///{again}")
        with engine.connect() as reading:
            found = tokens.listed(reading)
        engine.dispose()
        assert found == (*expected, replace(found[-1], token=new))
    finally:
        shared.close()
        file.close()

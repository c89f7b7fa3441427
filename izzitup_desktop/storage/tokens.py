"""Tokens' rows, and the services and groups that they are limited to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Row,
    Select,
    Table,
    bindparam,
    insert as sql_insert,
    select,
    update as sql_update,
)

from izzitup_desktop.domain.field_rules import ID_MOST
from izzitup_desktop.domain.scopes import Limits, Scope, scope_words
from izzitup_desktop.domain.tokens import LastUse, StoredToken, Token, TokenDraft, TokenKind
from izzitup_desktop.storage.readable import Readable, fetched
from izzitup_desktop.storage.tables import groups, token_groups, token_services, tokens
from izzitup_desktop.storage.times import from_stored, to_stored

_READABLE = Readable(list(tokens.c))
_ALL = (
    select(tokens, groups.c.removed.label("group_removed"))
    .select_from(tokens.outerjoin(groups, groups.c.id == tokens.c.group_id))
    .order_by(tokens.c.id)
)
_GET = _ALL.where(tokens.c.id == bindparam("token_id"))
_BY_DIGEST = _ALL.where(tokens.c.digest == bindparam("digest"))
_LIMITS: tuple[tuple[Table, Column[int]], ...] = (
    (token_services, token_services.c.service_id),
    (token_groups, token_groups.c.group_id),
)
_LIMITS_OF = tuple(
    select(table.c.token_id, column).where(table.c.token_id == bindparam("token_id"))
    for table, column in _LIMITS
)
_ALL_LIMITS = tuple(select(table.c.token_id, column) for table, column in _LIMITS)

_SCOPES = {scope.value: scope for scope in Scope}


def listed(connection: Connection) -> tuple[StoredToken, ...]:
    """All tokens, revoked ones too, by id."""
    services, of_groups = (_found(connection, query, {}) for query in _ALL_LIMITS)
    found = _READABLE.all(
        fetched(connection, _ALL),
        lambda row: _stored(row, services.get(row.id, ()), of_groups.get(row.id, ())),
    )
    return tuple(stored for _, stored in found)


def expiring(connection: Connection, begin: datetime, end: datetime) -> tuple[StoredToken, ...]:
    """Tokens that were not revoked and end after `begin`, at `end` at the latest; by id.

    Without what they are limited to.
    """
    query = _ALL.where(
        tokens.c.revoked.is_(None),
        tokens.c.expires > to_stored(begin),
        tokens.c.expires <= to_stored(end),
    )
    found = _READABLE.all(fetched(connection, query), lambda row: _stored(row, (), ()))
    return tuple(stored for _, stored in found)


def get(connection: Connection, token_id: int) -> StoredToken | None:
    """The token, None where there is none, also for an id no database could hold."""
    return _one(connection, _GET, {"token_id": token_id}) if 0 < token_id <= ID_MOST else None


def by_digest(connection: Connection, digest: str) -> StoredToken | None:
    """The token whose secret has this digest, None where there is none."""
    return _one(connection, _BY_DIGEST, {"digest": digest})


def insert(
    connection: Connection, draft: TokenDraft, secret: tuple[str, str], time: datetime, by: str
) -> Token:
    """Add a token, its draft checked already; `secret` is its digest and its ending."""
    digest, ending = secret
    row = {
        "name": draft.name,
        "digest": digest,
        "ending": ending,
        "scopes": " ".join(scope_words(draft.scopes)),
        "limited": draft.limits is not None,
        "account_id": draft.account_id,
        "group_id": draft.group_id,
        "created": to_stored(time),
        "created_by": by,
        "expires": None if draft.expires is None else to_stored(draft.expires),
        "revoked": None,
        "used": None,
        "used_address": "",
        "used_route": "",
    }
    stored = connection.execute(sql_insert(tokens).returning(tokens), row).one()
    limits = draft.limits or Limits()
    for (table, column), ids in zip(_LIMITS, (limits.service_ids, limits.group_ids), strict=True):
        limit_rows = [{"token_id": stored.id, column.name: id_} for id_ in sorted(ids)]
        if limit_rows:
            connection.execute(sql_insert(table), limit_rows)
    return from_row(stored, limits.service_ids, limits.group_ids)


def revoke(connection: Connection, token_id: int, time: datetime) -> None:
    """Let a token do nothing any more."""
    query = sql_update(tokens).where(tokens.c.id == token_id)
    connection.execute(query.values(revoked=to_stored(time)))


def revoked(connection: Connection) -> Mapping[str, int]:
    """When each token that was revoked was, as stored, by its digest."""
    query = select(tokens.c.digest, tokens.c.revoked).where(tokens.c.revoked.is_not(None))
    return {row.digest: row.revoked for row in connection.execute(query)}


def revoke_again(connection: Connection, revoked_at: Mapping[str, int]) -> None:
    """Revoke those of these tokens that are there and are not: a backup is from before it."""
    query = sql_update(tokens).where(
        tokens.c.digest == bindparam("of_digest"), tokens.c.revoked.is_(None)
    )
    rows = [{"of_digest": digest, "at": at} for digest, at in revoked_at.items()]
    if rows:
        connection.execute(query.values(revoked=bindparam("at")), rows)


def note_uses(connection: Connection, uses: Mapping[int, LastUse]) -> None:
    """Store when tokens were used last, by their ids; an older time changes nothing."""
    query = sql_update(tokens).where(
        tokens.c.id == bindparam("token_id"),
        tokens.c.used.is_(None) | (tokens.c.used < bindparam("at")),
    )
    rows = [
        {"token_id": id_, "at": to_stored(use.time), "address": use.address, "route": use.route}
        for id_, use in sorted(uses.items())
    ]
    if rows:
        noted = query.values(
            used=bindparam("at"),
            used_address=bindparam("address"),
            used_route=bindparam("route"),
        )
        connection.execute(noted, rows)


def from_row(row: Any, service_ids: Iterable[int] = (), group_ids: Iterable[int] = ()) -> Token:
    """The token that a row stands for. Raises ValueError for one that is nobody's.

    A scope that only a newer version knows allows nothing here.
    """
    if (row.account_id is None) == (row.group_id is None):
        raise ValueError("a token is of an account or of a group")
    return Token(
        id=row.id,
        name=row.name,
        kind=TokenKind.AUTOMATION if row.account_id is None else TokenKind.ACCOUNT,
        ending=row.ending,
        scopes=frozenset(_SCOPES[word] for word in row.scopes.split() if word in _SCOPES),
        limits=Limits(frozenset(service_ids), frozenset(group_ids)) if row.limited else None,
        account_id=row.account_id,
        group_id=row.group_id,
        created=from_stored(row.created),
        created_by=row.created_by,
        expires=None if row.expires is None else from_stored(row.expires),
        last_use=(
            None
            if row.used is None
            else LastUse(from_stored(row.used), row.used_address, row.used_route)
        ),
        revoked=None if row.revoked is None else from_stored(row.revoked),
    )


def _one(
    connection: Connection, query: Select[Any], values: Mapping[str, Any]
) -> StoredToken | None:
    rows = fetched(connection, query, values)
    if not rows:
        return None

    def read(row: Row[Any]) -> StoredToken:
        services, of_groups = (
            _found(connection, limits, {"token_id": row.id}).get(row.id, ())
            for limits in _LIMITS_OF
        )
        return _stored(row, services, of_groups)

    # A token that can't be read is nobody's: it signs in nowhere.
    return _READABLE.one(rows[0], read)


def _stored(row: Any, service_ids: Iterable[int], group_ids: Iterable[int]) -> StoredToken:
    has_group = row.group_id is None or row.group_removed is None
    return StoredToken(from_row(row, service_ids, group_ids), row.digest, has_group)


def _found(
    connection: Connection, query: Select[Any], values: Mapping[str, Any]
) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = {}
    for token_id, id_ in connection.execute(query, values):
        found.setdefault(token_id, set()).add(id_)
    return found

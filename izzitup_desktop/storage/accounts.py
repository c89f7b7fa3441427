"""Accounts' rows, and the groups that Editors are limited to."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    delete,
    func,
    insert as sql_insert,
    select,
    update as sql_update,
)

from izzitup_desktop.domain.accounts import Account, Role, StoredAccount, folded_name
from izzitup_desktop.domain.text import fold
from izzitup_desktop.storage.readable import Readable, fetched
from izzitup_desktop.storage.tables import account_groups, accounts
from izzitup_desktop.storage.times import from_stored, to_stored

_READABLE = Readable(list(accounts.c))
_LISTED = select(accounts).order_by(accounts.c.name_folded)
_GET = select(accounts).where(accounts.c.id == bindparam("account_id"))
_BY_NAME = select(accounts).where(accounts.c.name_folded == bindparam("folded"))
_GROUPS = select(account_groups.c.group_id).where(
    account_groups.c.account_id == bindparam("account_id")
)


def listed(connection: Connection) -> tuple[Account, ...]:
    """All accounts, by name."""
    rows = fetched(connection, _LISTED)
    limits: dict[int, set[int]] = {}
    for row in connection.execute(select(account_groups)):
        limits.setdefault(row.account_id, set()).add(row.group_id)
    found = _READABLE.all(rows, lambda row: from_row(row, limits.get(row.id, ())))
    return tuple(account for _, account in found)


def get(connection: Connection, account_id: int) -> Account | None:
    """The account, None where there is none."""
    stored = _one(connection, fetched(connection, _GET, {"account_id": account_id}))
    return None if stored is None else stored.account


def by_name(connection: Connection, name: str) -> StoredAccount | None:
    """The account of this name (case folded, NFC), None where there is none."""
    folded = folded_name(name)
    if folded is None:
        return None
    return _one(connection, fetched(connection, _BY_NAME, {"folded": folded}))


def count(connection: Connection) -> int:
    """How many accounts there are."""
    return int(connection.execute(select(func.count()).select_from(accounts)).scalar_one())


def count_active_administrators(connection: Connection) -> int:
    """How many active accounts are administrators."""
    query = (
        select(func.count())
        .select_from(accounts)
        .where(accounts.c.role == Role.ADMINISTRATOR.value, accounts.c.active.is_(True))
    )
    return int(connection.execute(query).scalar_one())


def insert(
    connection: Connection,
    name: str,
    role: Role,
    password_hash: str,
    group_ids: Iterable[int],
    time: datetime,
) -> Account:
    """Add an active account."""
    at = to_stored(time)
    row = {
        "uid": secrets.token_hex(16),
        "name": name,
        "name_folded": fold(name),
        "role": role.value,
        "password_hash": password_hash,
        "active": True,
        "created": at,
        "updated": at,
        "version": 1,
    }
    stored = connection.execute(sql_insert(accounts).returning(accounts), row).one()
    limits = frozenset(group_ids)
    _set_groups(connection, stored.id, limits)
    return from_row(stored, limits)


def update(
    connection: Connection,
    account_id: int,
    time: datetime,
    *,
    role: Role | None = None,
    active: bool | None = None,
    group_ids: Iterable[int] | None = None,
    password_hash: str | None = None,
) -> None:
    """Set what is not None, and count the edit."""
    values: dict[str, Any] = {"updated": to_stored(time), "version": accounts.c.version + 1}
    if role is not None:
        values["role"] = role.value
    if active is not None:
        values["active"] = active
    if password_hash is not None:
        values["password_hash"] = password_hash
    connection.execute(sql_update(accounts).where(accounts.c.id == account_id).values(**values))
    if group_ids is not None:
        connection.execute(delete(account_groups).where(account_groups.c.account_id == account_id))
        _set_groups(connection, account_id, group_ids)


def _set_groups(connection: Connection, account_id: int, group_ids: Iterable[int]) -> None:
    rows = [{"account_id": account_id, "group_id": group_id} for group_id in group_ids]
    if rows:
        connection.execute(sql_insert(account_groups), rows)


def _group_ids(connection: Connection, account_id: int) -> list[int]:
    return list(connection.execute(_GROUPS, {"account_id": account_id}).scalars())


def _one(connection: Connection, rows: Sequence[Row[Any]]) -> StoredAccount | None:
    # An account that can't be read is nobody's: it signs in nowhere and does nothing.
    return (
        _READABLE.one(
            rows[0],
            lambda row: StoredAccount(
                from_row(row, _group_ids(connection, row.id)), row.password_hash
            ),
        )
        if rows
        else None
    )


def from_row(row: Row[Any], group_ids: Iterable[int]) -> Account:
    """The account that a row stands for. Raises ValueError for a role there is not."""
    return Account(
        id=row.id,
        uid=row.uid,
        name=row.name,
        role=Role(row.role),
        active=row.active,
        group_ids=frozenset(group_ids),
        created=from_stored(row.created),
        updated=from_stored(row.updated),
        version=row.version,
    )

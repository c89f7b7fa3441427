"""Groups' rows. Removing is soft, as with services."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert as sql_insert, select, update as sql_update

from izzitup_desktop.domain.field_rules import COUNT_MOST
from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.text import fold
from izzitup_desktop.storage.readable import Readable, fetched
from izzitup_desktop.storage.tables import groups
from izzitup_desktop.storage.times import to_stored

STEP = 1024
"""The distance of two positions that have room between them."""

_COLUMNS = [groups.c.id, groups.c.name, groups.c.position, groups.c.version]
_READABLE = Readable(_COLUMNS)
_LISTED = (
    select(*_COLUMNS)
    .where(groups.c.removed.is_(None))
    .order_by(groups.c.position, groups.c.name, groups.c.id)
)


def listed(connection: Connection) -> tuple[Group, ...]:
    """All groups but removed ones, in the order of the board."""
    rows = fetched(connection, _LISTED)
    return tuple(group for _, group in _READABLE.all(rows, from_row))


def get(connection: Connection, group_id: int) -> Group | None:
    """The group, None where there is none or it was removed."""
    return _one(fetched(connection, _LISTED.where(groups.c.id == group_id)))


def get_removed(connection: Connection, group_id: int) -> Group | None:
    """The removed group, None where there is none."""
    query = select(*_COLUMNS).where(groups.c.id == group_id, groups.c.removed.is_not(None))
    return _one(fetched(connection, query))


def by_name(connection: Connection, name: str) -> Group | None:
    """The group of this name (case does not count), None where there is none."""
    return _one(fetched(connection, _LISTED.where(groups.c.name_folded == fold(name))))


def insert(connection: Connection, name: str) -> Group:
    """Add a group at the end of the board."""
    # A damaged row has any value there, which must not spoil the place of the others.
    placed = groups.c.position.between(0, COUNT_MOST)
    query = select(func.coalesce(func.max(groups.c.position), 0)).where(placed)
    last = connection.execute(query).scalar_one()
    row = {"name": name, "name_folded": fold(name), "position": int(last) + STEP, "version": 1}
    return from_row(connection.execute(sql_insert(groups).returning(*_COLUMNS), row).one())


def update(connection: Connection, group_id: int, name: str) -> None:
    """Rename the group, and count the edit."""
    connection.execute(
        sql_update(groups)
        .where(groups.c.id == group_id)
        .values(name=name, name_folded=fold(name), version=groups.c.version + 1)
    )


def set_positions(connection: Connection, positions: dict[int, int]) -> None:
    """Give groups these positions."""
    for group_id, position in positions.items():
        connection.execute(
            sql_update(groups).where(groups.c.id == group_id).values(position=position)
        )


def set_removed(connection: Connection, group_id: int, removed: datetime | None) -> None:
    """Remove the group, or with None bring it back."""
    connection.execute(
        sql_update(groups)
        .where(groups.c.id == group_id)
        .values(
            removed=None if removed is None else to_stored(removed),
            version=groups.c.version + 1,
        )
    )


def _one(rows: Sequence[Row[Any]]) -> Group | None:
    # A group that can't be read is none: nothing can be put into it.
    return _READABLE.one(rows[0], from_row) if rows else None


def from_row(row: Row[Any]) -> Group:
    """The group that a row stands for; values are of their columns' types."""
    return Group(id=row.id, name=row.name, position=row.position, version=row.version)

"""Services' rows. Removing is soft; removed ones are found by `removed` alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    func,
    insert as sql_insert,
    select,
    update as sql_update,
)

from izzitup_desktop.domain.services import Service, ServiceDraft
from izzitup_desktop.domain.text import fold
from izzitup_desktop.storage.tables import services
from izzitup_desktop.storage.times import from_stored, to_stored

_COLUMNS = [column for column in services.c if column.name not in ("key_folded", "removed")]
_LISTED = select(*_COLUMNS).where(services.c.removed.is_(None)).order_by(services.c.id)
_PUBLIC = _LISTED.where(services.c.hidden.is_(False))
_GET = _LISTED.where(services.c.id == bindparam("service_id"))
_GET_REMOVED = select(*_COLUMNS).where(
    services.c.removed.is_not(None), services.c.id == bindparam("service_id")
)
_MANY = _LISTED.where(services.c.id.in_(bindparam("ids", expanding=True)))
_BY_KEY = _LISTED.where(services.c.key_folded == bindparam("folded"))
_IN_GROUP = select(func.count()).where(
    services.c.group_id == bindparam("in_group"), services.c.removed.is_(None)
)
_LAST_POSITION = select(func.coalesce(func.max(services.c.position), 0))
_SET_STATUS = (
    sql_update(services)
    .where(services.c.id == bindparam("service_id"))
    .values(
        status_id=bindparam("new_status"),
        since=bindparam("new_since"),
        changed_by=bindparam("by"),
        updated=bindparam("at"),
    )
)
_TOUCH = (
    sql_update(services)
    .where(services.c.id == bindparam("service_id"))
    .values(updated=bindparam("at"))
)
_IDS_AT_ONCE = 500


def listed(connection: Connection) -> tuple[Service, ...]:
    """All services but removed ones, by id."""
    return _services(connection.execute(_LISTED))


def public(connection: Connection) -> tuple[Service, ...]:
    """All services but hidden and removed ones, by id."""
    return _services(connection.execute(_PUBLIC))


def get(connection: Connection, service_id: int) -> Service | None:
    """The service, None where there is none or it was removed."""
    return _one(connection.execute(_GET, {"service_id": service_id}).one_or_none())


def get_removed(connection: Connection, service_id: int) -> Service | None:
    """The removed service, None where there is none."""
    return _one(connection.execute(_GET_REMOVED, {"service_id": service_id}).one_or_none())


def by_key(connection: Connection, key: str) -> Service | None:
    """The service with this key (case does not count), None where there is none."""
    return _one(connection.execute(_BY_KEY, {"folded": fold(key)}).one_or_none())


def many(connection: Connection, ids: Sequence[int]) -> tuple[Service, ...]:
    """Those of the services that exist, by id."""
    found: list[Service] = []
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), _IDS_AT_ONCE):
        part = ordered[start : start + _IDS_AT_ONCE]
        found.extend(_services(connection.execute(_MANY, {"ids": part})))
    return tuple(found)


def count_in_group(connection: Connection, group_id: int) -> int:
    """How many services the group has."""
    return int(connection.execute(_IN_GROUP, {"in_group": group_id}).scalar_one())


def insert(
    connection: Connection, draft: ServiceDraft, *, status_id: int, time: datetime, by: str
) -> Service:
    """Add a service at the end of the board."""
    at = to_stored(time)
    row = {
        **draft_fields(draft),
        "status_id": status_id,
        "created": at,
        "updated": at,
        "since": at,
        "changed_by": by,
        "position": int(connection.execute(_LAST_POSITION).scalar_one()) + 1,
        "version": 1,
    }
    result = connection.execute(
        sql_insert(services).returning(*_COLUMNS), {**row, "key_folded": fold(draft.key)}
    )
    return _service(result.one())


def draft_fields(draft: ServiceDraft) -> dict[str, Any]:
    """The draft's fields by the names they have in the journal."""
    return {
        "name": draft.name,
        "key": draft.key,
        "description": draft.description,
        "url": draft.url,
        "curl": draft.curl,
        "hidden": draft.hidden,
        "group_id": draft.group_id,
        "note": draft.note,
    }


def update(
    connection: Connection, service_id: int, fields: Mapping[str, Any], *, time: datetime
) -> None:
    """Set fields of a draft, and count the edit."""
    changed = dict(fields)
    if "key" in changed:
        changed["key_folded"] = fold(changed["key"])
    connection.execute(
        sql_update(services)
        .where(services.c.id == service_id)
        .values(**changed, updated=to_stored(time), version=services.c.version + 1)
    )


def set_status(
    connection: Connection,
    service_id: int,
    status_id: int,
    *,
    since: datetime,
    by: str,
    time: datetime,
) -> None:
    """Set the status that the service has since then, and who set it."""
    connection.execute(
        _SET_STATUS,
        {
            "service_id": service_id,
            "new_status": status_id,
            "new_since": to_stored(since),
            "by": by,
            "at": to_stored(time),
        },
    )


def touch(connection: Connection, service_id: int, time: datetime) -> None:
    """Move `updated` alone."""
    connection.execute(_TOUCH, {"service_id": service_id, "at": to_stored(time)})


def set_removed(
    connection: Connection, service_id: int, removed: datetime | None, *, time: datetime
) -> None:
    """Remove the service, or with None bring it back."""
    connection.execute(
        sql_update(services)
        .where(services.c.id == service_id)
        .values(
            removed=None if removed is None else to_stored(removed),
            updated=to_stored(time),
            version=services.c.version + 1,
        )
    )


def _services(rows: Iterable[Row[Any]]) -> tuple[Service, ...]:
    return tuple(_service(row) for row in rows)


def _one(row: Row[Any] | None) -> Service | None:
    return None if row is None else _service(row)


def _service(row: Row[Any]) -> Service:
    return Service(
        id=row.id,
        name=row.name,
        key=row.key,
        description=row.description,
        url=row.url,
        curl=row.curl,
        status_id=row.status_id,
        hidden=row.hidden,
        created=from_stored(row.created),
        updated=from_stored(row.updated),
        group_id=row.group_id,
        note=row.note,
        position=row.position,
        since=from_stored(row.since),
        changed_by=row.changed_by,
        version=row.version,
    )

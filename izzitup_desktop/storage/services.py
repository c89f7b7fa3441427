"""Services' rows. Removing is soft; removed ones are found by `removed` alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Row,
    bindparam,
    cast,
    delete as sql_delete,
    func,
    insert as sql_insert,
    select,
    update as sql_update,
)

from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.field_rules import COUNT_MOST
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.services import DRAFT_FIELDS, Service, ServiceDraft
from izzitup_desktop.domain.statuses import STATUS_NAMES
from izzitup_desktop.domain.text import fold
from izzitup_desktop.storage import layers
from izzitup_desktop.storage.bulk import Bulk
from izzitup_desktop.storage.groups import STEP
from izzitup_desktop.storage.readable import Readable, fetched
from izzitup_desktop.storage.tables import expiries, services
from izzitup_desktop.storage.times import from_stored, to_stored

_COLUMNS = [column for column in services.c if column.name not in ("key_folded", "removed")]
_READABLE = Readable(_COLUMNS)
_LAYERS_AT = len(_COLUMNS)
_ALL = select(*_COLUMNS, *layers.COLUMNS).select_from(layers.WITH_LAYERS)
_LISTED = _ALL.where(services.c.removed.is_(None)).order_by(services.c.id)
_PUBLIC = _LISTED.where(services.c.hidden.is_(False))
_GET = _LISTED.where(services.c.id == bindparam("service_id"))
_GET_REMOVED = _ALL.where(services.c.removed.is_not(None), services.c.id == bindparam("service_id"))
_MANY = _LISTED.where(services.c.id.in_(bindparam("ids", expanding=True)))
_BY_KEY = _LISTED.where(services.c.key_folded == bindparam("folded"))
_IN_GROUP = select(func.count()).where(
    services.c.group_id == bindparam("in_group"), services.c.removed.is_(None)
)
# A damaged row has any value there, which must not spoil the place of the others.
_IS_PLACED = services.c.position.between(0, COUNT_MOST)
_LAST_POSITION = select(func.coalesce(func.max(services.c.position), 0)).where(_IS_PLACED)
_STATUS_COLUMNS = (
    "status_id", "since", "changed_by", "updated", "confirmed", "stale", "comment",
    "comment_public",
)  # fmt: skip
"""What `save_statuses` stores, besides layers; an edit never touches these."""

_SAVE_STATUSES = Bulk(
    sql_update(services)
    .where(services.c.id == bindparam("service_id"))
    .values({name: bindparam(f"new_{name}") for name in _STATUS_COLUMNS}),
    ["service_id", *(f"new_{name}" for name in _STATUS_COLUMNS)],
)
_IDS_AT_ONCE = 500
_LARGEST_ID = 2**63 - 1
# PostgreSQL would multiply in 32 bits, which overflow after 35 minutes.
_STALE_MICROSECONDS = cast(services.c.stale_minutes, BigInteger) * 60_000_000


def may_be(service_id: int) -> bool:
    """Whether a database could hold this id: drivers fail on a larger one."""
    return 0 < service_id <= _LARGEST_ID


def listed(connection: Connection) -> tuple[Service, ...]:
    """All services but removed ones, by id."""
    return _services(fetched(connection, _LISTED))


def public(connection: Connection) -> tuple[Service, ...]:
    """All services but hidden and removed ones, by id."""
    return _services(fetched(connection, _PUBLIC))


def get(connection: Connection, service_id: int) -> Service | None:
    """The service, None where there is none or it was removed."""
    return _one(fetched(connection, _GET, {"service_id": service_id}))


def get_removed(connection: Connection, service_id: int) -> Service | None:
    """The removed service, None where there is none."""
    return _one(fetched(connection, _GET_REMOVED, {"service_id": service_id}))


def by_key(connection: Connection, key: str) -> Service | None:
    """The service with this key (case does not count), None where there is none."""
    return _one(fetched(connection, _BY_KEY, {"folded": fold(key)}))


def many(connection: Connection, ids: Sequence[int]) -> tuple[Service, ...]:
    """Those of the services that exist, by id."""
    found: list[Service] = []
    ordered = sorted(filter(may_be, set(ids)))
    for start in range(0, len(ordered), _IDS_AT_ONCE):
        part = ordered[start : start + _IDS_AT_ONCE]
        found.extend(_services(fetched(connection, _MANY, {"ids": part})))
    return tuple(found)


def count_in_group(connection: Connection, group_id: int) -> int:
    """How many services the group has."""
    return int(connection.execute(_IN_GROUP, {"in_group": group_id}).scalar_one())


def insert(
    connection: Connection, draft: ServiceDraft, *, status_id: int, time: datetime, by: str
) -> Service:
    """Add a service at the end of the board."""
    row = {
        **_new_row(draft, status_id, to_stored(time), by),
        "position": int(connection.execute(_LAST_POSITION).scalar_one()) + STEP,
    }
    result = connection.execute(sql_insert(services).returning(*_COLUMNS), row)
    return from_row(result.one())


def insert_many(
    connection: Connection,
    drafts: Sequence[tuple[ServiceDraft, int]],
    *,
    time: datetime,
    by: str,
) -> list[int]:
    """Add services, each with its status, at the end of the board; their ids in order."""
    if not drafts:
        return []
    position = int(connection.execute(_LAST_POSITION).scalar_one())
    rows = [
        {
            **_new_row(draft, status_id, to_stored(time), by),
            "position": position + STEP * number,
        }
        for number, (draft, status_id) in enumerate(drafts, 1)
    ]
    statement = sql_insert(services).returning(services.c.id, sort_by_parameter_order=True)
    return [int(id_) for id_ in connection.execute(statement, rows).scalars()]


def _new_row(draft: ServiceDraft, status_id: int, at: int, by: str) -> dict[str, Any]:
    return {
        **draft_fields(draft),
        "key_folded": fold(draft.key),
        "status_id": status_id,
        "created": at,
        "updated": at,
        "since": at,
        "changed_by": by,
        "confirmed": at,
        "stale": False,
        "comment": "",
        "comment_public": False,
        "version": 1,
    }


def draft_fields(draft: ServiceDraft) -> dict[str, Any]:
    """The draft's fields by the names they have in the journal."""
    return {name: getattr(draft, name) for name in DRAFT_FIELDS}


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


def update_many(
    connection: Connection, changed: Sequence[tuple[int, Mapping[str, Any]]], *, time: datetime
) -> None:
    """`update` of many services; those with the same fields together."""
    by_fields: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for service_id, fields in changed:
        row = dict(fields)
        if "key" in row:
            row["key_folded"] = fold(row["key"])
        # A parameter must not have a column's name.
        rows = by_fields.setdefault(tuple(sorted(row)), [])
        rows.append({"of_id": service_id, **{f"new_{name}": row[name] for name in row}})
    for names, rows in by_fields.items():
        statement = (
            sql_update(services)
            .where(services.c.id == bindparam("of_id"))
            .values(
                **{name: bindparam(f"new_{name}") for name in names},
                updated=to_stored(time),
                version=services.c.version + 1,
            )
        )
        connection.execute(statement, rows)


def save_statuses(connection: Connection, changed: Sequence[tuple[Service, Service]]) -> None:
    """Store the statuses that services have, since when, and their layers.

    `changed` are pairs of what is stored and what is to be.
    """
    _SAVE_STATUSES.execute(connection, [_status_row(now_is) for _, now_is in changed])
    layers.save(connection, changed)


def _status_row(service: Service) -> dict[str, Any]:
    return {
        "service_id": service.id,
        "new_status_id": service.status_id,
        "new_since": to_stored(service.since),
        "new_changed_by": service.changed_by,
        "new_updated": to_stored(service.updated),
        "new_confirmed": to_stored(service.confirmed),
        "new_stale": service.stale,
        "new_comment": service.comment,
        "new_comment_public": service.comment_public,
    }


def due(connection: Connection, time: datetime) -> tuple[tuple[Service, Expiry], ...]:
    """Services whose status was set until before `time`, and nobody was asked yet."""
    over = select(expiries.c.service_id).where(
        expiries.c.until <= to_stored(time), expiries.c.asked.is_(False)
    )
    found = _services(fetched(connection, _LISTED.where(services.c.id.in_(over))))
    # An expiry that can't be read is none.
    return tuple((service, service.expiry) for service in found if service.expiry is not None)


def getting_stale(connection: Connection, time: datetime) -> tuple[Service, ...]:
    """Services whose status was not confirmed in time, and that are not stale yet."""
    query = _LISTED.where(
        services.c.stale_minutes > 0,
        services.c.stale.is_(False),
        services.c.confirmed + _STALE_MICROSECONDS <= to_stored(time),
    )
    return _services(fetched(connection, query))


def removed(
    connection: Connection, *, before: datetime | None = None
) -> tuple[tuple[Service, datetime], ...]:
    """Removed services with when they were, newest first; `before`: older ones only."""
    query = (
        _ALL.add_columns(services.c.removed)
        .where(services.c.removed.is_not(None))
        .order_by(services.c.removed.desc(), services.c.id)
    )
    if before is not None:
        query = query.where(services.c.removed < to_stored(before))
    found = _READABLE.all(
        fetched(connection, query), lambda row: (_read(row), from_stored(row.removed))
    )
    return tuple(removed_one for _, removed_one in found)


def purge(connection: Connection, service_id: int) -> None:
    """Delete a service for good, with its periods and layers."""
    connection.execute(sql_delete(services).where(services.c.id == service_id))


def in_order(connection: Connection, group_id: int | None) -> list[tuple[int, int]]:
    """(id, position) of a group's services, in their own order."""
    query = (
        select(services.c.id, services.c.position)
        .where(services.c.group_id.is_not_distinct_from(group_id), services.c.removed.is_(None))
        .where(_IS_PLACED)
        .order_by(services.c.position, services.c.id)
    )
    return [(row.id, row.position) for row in connection.execute(query)]


def set_place(connection: Connection, service_id: int, group_id: int | None, position: int) -> None:
    """Put a service into a group, at a position."""
    connection.execute(
        sql_update(services)
        .where(services.c.id == service_id)
        .values(group_id=group_id, position=position)
    )


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
    return tuple(service for _, service in _READABLE.all(rows, _read))


def _one(rows: Sequence[Row[Any]]) -> Service | None:
    if not rows:
        return None
    service = _READABLE.one(rows[0], _read)
    if service is None:
        raise Unavailable(
            msg(
                "The service %1 can't be read: its row in the database is damaged. Run "
                "`izzitup check`.",
                rows[0].id,
            )
        )
    return service


def _read(row: Row[Any]) -> Service:
    if row.status_id not in STATUS_NAMES:
        raise ValueError(f"status {row.status_id!r}")
    return from_row(row, layers.read(row, _LAYERS_AT))


def from_row(row: Row[Any], its_layers: layers.Layers = layers.NONE) -> Service:
    """The service that a row stands for; values are of their columns' types."""
    expiry, hold, proposal = its_layers
    return Service(
        **{name: getattr(row, name) for name in DRAFT_FIELDS},
        id=row.id,
        status_id=row.status_id,
        created=from_stored(row.created),
        updated=from_stored(row.updated),
        position=row.position,
        since=from_stored(row.since),
        changed_by=row.changed_by,
        version=row.version,
        confirmed=from_stored(row.confirmed),
        stale=row.stale,
        comment=row.comment,
        comment_public=row.comment_public,
        expiry=expiry,
        hold=hold,
        proposal=proposal,
    )

"""The journal's rows: inserted in batches, read in order of id, never changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert as sql_insert, select

from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.storage.tables import journal
from izzitup_desktop.storage.times import from_stored, to_stored

_INSERT = sql_insert(journal)
_LAST_ID = select(func.max(journal.c.id))
_AFTER = (
    select(journal)
    .where(journal.c.id > bindparam("after"))
    .order_by(journal.c.id)
    .limit(bindparam("most"))
)
_BEFORE = (
    select(journal)
    .where(journal.c.id < bindparam("before_id"))
    .order_by(journal.c.id.desc())
    .limit(bindparam("most"))
)
_MANY = (
    select(journal).where(journal.c.id.in_(bindparam("ids", expanding=True))).order_by(journal.c.id)
)
_SINCE = (
    select(journal)
    .where(
        journal.c.subject == bindparam("subject"),
        journal.c.subject_id == bindparam("subject_id"),
        journal.c.id > bindparam("after"),
    )
    .order_by(journal.c.id.desc())
)

_FIRST_OF_ALL = 2**62


def insert(connection: Connection, entries: Sequence[Entry]) -> None:
    """Insert entries with the ids they carry."""
    connection.execute(_INSERT, [_row(entry) for entry in entries])


def last_id(connection: Connection) -> int:
    """The newest entry's id, 0 when there is none."""
    return int(connection.execute(_LAST_ID).scalar_one() or 0)


def after(connection: Connection, entry_id: int, *, limit: int) -> tuple[Entry, ...]:
    """At most `limit` entries newer than `entry_id`, oldest first."""
    return _entries(connection.execute(_AFTER, {"after": entry_id, "most": limit}))


def latest(
    connection: Connection, *, limit: int, before_id: int | None = None
) -> tuple[Entry, ...]:
    """At most `limit` entries older than `before_id` (None: of all), newest first."""
    before = _FIRST_OF_ALL if before_id is None else before_id
    return _entries(connection.execute(_BEFORE, {"before_id": before, "most": limit}))


def many(connection: Connection, ids: Sequence[int]) -> tuple[Entry, ...]:
    """The entries with these ids, oldest first; unknown ids are left out."""
    return _entries(connection.execute(_MANY, {"ids": list(ids)}))


def since(
    connection: Connection, subject: str, subject_id: int, entry_id: int
) -> tuple[Entry, ...]:
    """What happened to one thing after `entry_id`, newest first."""
    found = connection.execute(
        _SINCE, {"subject": subject, "subject_id": subject_id, "after": entry_id}
    )
    return _entries(found)


def _entries(rows: Iterable[Row[Any]]) -> tuple[Entry, ...]:
    return tuple(_entry(row) for row in rows)


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        id=row.id,
        time=from_stored(row.time),
        actor=row.actor,
        account_id=row.account_id,
        origin=Origin(row.origin),
        kind=Kind(row.kind),
        subject_id=row.subject_id,
        subject_name=row.subject_name,
        before=_loaded(row.before),
        after=_loaded(row.after),
        comment=row.comment,
        undoes=row.undoes,
    )


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "time": to_stored(entry.time),
        "actor": entry.actor,
        "account_id": entry.account_id,
        "origin": entry.origin.value,
        "kind": entry.kind.value,
        "subject": entry.kind.subject,
        "subject_id": entry.subject_id,
        "subject_name": entry.subject_name,
        "before": _dumped(entry.before),
        "after": _dumped(entry.after),
        "comment": entry.comment,
        "undoes": entry.undoes,
    }


def _dumped(fields: Mapping[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")) if fields else ""


def _loaded(text: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(text) if text else {}
    return loaded

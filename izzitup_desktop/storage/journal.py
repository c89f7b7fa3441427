"""The journal's rows: inserted in batches, read in order of id, never changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, insert as sql_insert, or_, select

from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.journal import Entry, Kind, Search
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
_IDS_AT_ONCE = 500


def insert(connection: Connection, entries: Sequence[Entry]) -> None:
    """Insert entries with the ids they carry."""
    connection.execute(_INSERT, [_row(entry) for entry in entries])


def last_id(connection: Connection) -> int:
    """The newest entry's id, 0 when there is none."""
    return int(connection.execute(_LAST_ID).scalar_one() or 0)


def after(
    connection: Connection, entry_id: int, *, limit: int, without: Collection[str] = ()
) -> tuple[Entry, ...]:
    """At most `limit` entries newer than `entry_id`, oldest first.

    Here and below: none whose subject is one of `without`.
    """
    query = _without(_AFTER, without)
    return _entries(connection.execute(query, {"after": entry_id, "most": limit}))


def latest(
    connection: Connection,
    *,
    limit: int,
    before_id: int | None = None,
    without: Collection[str] = (),
) -> tuple[Entry, ...]:
    """At most `limit` entries older than `before_id` (None: of all), newest first."""
    before = _FIRST_OF_ALL if before_id is None else before_id
    query = _without(_BEFORE, without)
    return _entries(connection.execute(query, {"before_id": before, "most": limit}))


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


def search(
    connection: Connection,
    wanted: Search,
    *,
    limit: int,
    before_id: int | None = None,
    without: Collection[str] = (),
) -> tuple[Entry, ...]:
    """At most `limit` entries that match, older than `before_id`, newest first."""
    before = _FIRST_OF_ALL if before_id is None else before_id
    query = _without(select(journal).where(journal.c.id < before), without)
    if wanted.actor:
        query = query.where(func.lower(journal.c.actor) == func.lower(wanted.actor))
    if wanted.origins:
        query = query.where(journal.c.origin.in_([origin.value for origin in wanted.origins]))
    if wanted.kinds:
        query = query.where(journal.c.kind.in_([kind.value for kind in wanted.kinds]))
    if wanted.service_ids:
        query = query.where(
            journal.c.subject == "service", journal.c.subject_id.in_(sorted(wanted.service_ids))
        )
    if wanted.begin is not None:
        query = query.where(journal.c.time >= to_stored(wanted.begin))
    if wanted.end is not None:
        query = query.where(journal.c.time < to_stored(wanted.end))
    for word in wanted.words:
        query = query.where(
            or_(
                *(
                    column.icontains(word, autoescape=True)
                    for column in (
                        journal.c.subject_name,
                        journal.c.actor,
                        journal.c.comment,
                        journal.c.kind,
                        journal.c.after,
                    )
                )
            )
        )
    return _entries(connection.execute(query.order_by(journal.c.id.desc()).limit(limit)))


def actors(connection: Connection, *, without: Collection[str] = ()) -> tuple[str, ...]:
    """Everybody who is named in the journal, by name."""
    found = connection.execute(_without(select(journal.c.actor).distinct(), without)).scalars()
    return tuple(sorted(found, key=str.casefold))


def last_actors(connection: Connection, kind: Kind, subject_ids: Sequence[int]) -> dict[int, str]:
    """Who last did this to each of the subjects."""
    found: dict[int, str] = {}
    for start in range(0, len(subject_ids), _IDS_AT_ONCE):
        part = subject_ids[start : start + _IDS_AT_ONCE]
        query = (
            select(journal.c.subject_id, journal.c.actor)
            .where(
                journal.c.subject == kind.subject,
                journal.c.subject_id.in_(part),
                journal.c.kind == kind.value,
            )
            .order_by(journal.c.id)
        )
        found |= {row.subject_id: row.actor for row in connection.execute(query)}
    return found


def steps_of(connection: Connection, account_id: int, *, limit: int) -> tuple[Entry, ...]:
    """The newest `limit` entries that an account made in a window, oldest first."""
    query = (
        select(journal)
        .where(journal.c.account_id == account_id, journal.c.origin == Origin.DESKTOP.value)
        .order_by(journal.c.id.desc())
        .limit(limit)
    )
    return tuple(reversed(_entries(connection.execute(query))))


def _without(query: Select[Any], subjects: Collection[str]) -> Select[Any]:
    return query.where(journal.c.subject.not_in(sorted(subjects))) if subjects else query


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
        step=row.step,
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
        "step": entry.step,
    }


def _dumped(fields: Mapping[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")) if fields else ""


def _loaded(text: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(text) if text else {}
    return loaded

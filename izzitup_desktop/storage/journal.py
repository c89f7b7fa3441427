"""The journal's rows: inserted in batches, read in order of id, never changed.

Rows that can't be read are left out everywhere; a limit counts what is read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    delete as sql_delete,
    func,
    insert as sql_insert,
    or_,
    select,
)

from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.field_rules import ID_MOST
from izzitup_desktop.domain.journal import Entry, Kind, Meaning, Search
from izzitup_desktop.domain.kinds.journals import JOURNAL_ARCHIVED
from izzitup_desktop.storage.bulk import Bulk
from izzitup_desktop.storage.entries import entries_of, row_of, rows_of
from izzitup_desktop.storage.tables import journal
from izzitup_desktop.storage.times import to_stored

_INSERT = Bulk(sql_insert(journal), list(journal.c.keys()))
_LAST_ID = select(func.max(journal.c.id))
_AFTER = (
    select(journal)
    .where(journal.c.id > bindparam("after"))
    .order_by(journal.c.id)
    .limit(bindparam("most"))
)
_MANY = (
    select(journal).where(journal.c.id.in_(bindparam("ids", expanding=True))).order_by(journal.c.id)
)
_OF_SUBJECT = (
    select(journal)
    .where(
        journal.c.subject == bindparam("subject"),
        journal.c.subject_id == bindparam("subject_id"),
    )
    .order_by(journal.c.id.desc())
    .limit(bindparam("most"))
)

_FIRST_OF_ALL = 2**62
_IDS_AT_ONCE = 500
_SIFTED_AT_ONCE = 500
_SINCE_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Entries in order; `last_id` is how far was read, and `more` whether there is more."""

    entries: tuple[Entry, ...]
    last_id: int
    more: bool


def insert(connection: Connection, entries: Sequence[Entry]) -> None:
    """Insert entries with the ids they carry."""
    _INSERT.execute(connection, [row_of(entry) for entry in entries])


def delete(connection: Connection, ids: Collection[int]) -> int:
    """Delete the entries with these ids; how many there were."""
    ordered = sorted(ids)
    count = 0
    for start in range(0, len(ordered), _IDS_AT_ONCE):
        part = ordered[start : start + _IDS_AT_ONCE]
        count += connection.execute(sql_delete(journal).where(journal.c.id.in_(part))).rowcount
    return count


def last_id(connection: Connection) -> int:
    """The newest entry's id, 0 when there is none."""
    return int(connection.execute(_LAST_ID).scalar_one() or 0)


def after(
    connection: Connection, entry_id: int, *, limit: int, without: Collection[str] = ()
) -> tuple[Entry, ...]:
    """Entries newer than `entry_id` among at most `limit` rows, oldest first.

    Here and below: none whose subject is one of `without`.
    """
    return page_after(connection, entry_id, limit=limit, without=without).entries


def page_after(
    connection: Connection, entry_id: int, *, limit: int, without: Collection[str] = ()
) -> Page:
    """`after`, with how far was read: rows that can't be read count, too."""
    query = _without(_AFTER, without)
    rows = rows_of(connection, query, {"after": entry_id, "most": limit})
    last = rows[-1].id if rows else entry_id
    return Page(entries_of(connection, rows), last, more=len(rows) == limit)


def latest(
    connection: Connection,
    *,
    limit: int,
    before_id: int | None = None,
    without: Collection[str] = (),
) -> tuple[Entry, ...]:
    """At most `limit` entries older than `before_id` (None: of all), newest first."""
    query = _without(select(journal), without)
    return _newest_first(connection, query, limit=limit, before_id=before_id)


def many(connection: Connection, ids: Sequence[int]) -> tuple[Entry, ...]:
    """The entries with these ids, oldest first; unknown ids are left out."""
    ordered = sorted(set(ids))
    found: list[Entry] = []
    for start in range(0, len(ordered), _IDS_AT_ONCE):
        part = ordered[start : start + _IDS_AT_ONCE]
        found.extend(entries_of(connection, rows_of(connection, _MANY, {"ids": part})))
    return tuple(found)


def since(
    connection: Connection,
    subject: str,
    subject_id: int,
    entry_id: int,
    *,
    but: Collection[Kind] = (),
) -> Iterator[Entry]:
    """What happened to one thing after `entry_id`, newest first, read as far as it is asked for.

    Entries of the kinds in `but` are left out.
    """
    query = _OF_SUBJECT.where(
        journal.c.id > entry_id, journal.c.kind.not_in([kind.value for kind in but])
    )
    return _backwards(connection, query, subject, subject_id, _FIRST_OF_ALL)


def before(connection: Connection, subject: str, subject_id: int, entry_id: int) -> Iterator[Entry]:
    """What happened to one thing before `entry_id`, newest first, read as far as asked for."""
    return _backwards(connection, _OF_SUBJECT, subject, subject_id, entry_id)


def _backwards(
    connection: Connection, query: Select[Any], subject: str, subject_id: int, before_id: int
) -> Iterator[Entry]:
    values = {"subject": subject, "subject_id": subject_id, "most": _SINCE_AT_ONCE}
    while rows := rows_of(connection, query.where(journal.c.id < before_id), values):
        yield from entries_of(connection, rows)
        if len(rows) < _SINCE_AT_ONCE:
            return
        before_id = rows[-1].id


def of_subject(
    connection: Connection, subject: str, subject_id: int, *, limit: int
) -> tuple[Entry, ...]:
    """The newest `limit` entries of one thing, newest first."""
    values = {"subject": subject, "subject_id": subject_id, "most": limit}
    return entries_of(connection, rows_of(connection, _OF_SUBJECT, values))


def of_kind(connection: Connection, kind: Kind, subject_ids: Collection[int]) -> tuple[Entry, ...]:
    """All entries of a kind about these things, oldest first."""
    query = (
        select(journal)
        .where(
            journal.c.subject == kind.subject,
            journal.c.subject_id.in_(sorted(subject_ids)),
            journal.c.kind == kind.value,
        )
        .order_by(journal.c.id)
    )
    return entries_of(connection, rows_of(connection, query)) if subject_ids else ()


def last_actor(
    connection: Connection, subject: str, subject_id: int, kinds: Collection[Kind]
) -> str:
    """Who last did one of these to the thing, "" for nobody."""
    query = _OF_SUBJECT.with_only_columns(journal.c.actor).where(
        journal.c.kind.in_([kind.value for kind in kinds])
    )
    values = {"subject": subject, "subject_id": subject_id, "most": 1}
    return next((str(row.actor) for row in rows_of(connection, query, values)), "")


def search(
    connection: Connection,
    wanted: Search,
    *,
    limit: int,
    before_id: int | None = None,
    without: Collection[str] = (),
) -> tuple[Entry, ...]:
    """At most `limit` entries that match, older than `before_id`, newest first."""
    query = _without(_wanted(wanted), without)
    sift = wanted.is_met_by if wanted.words else None
    return _newest_first(connection, query, limit=limit, before_id=before_id, sift=sift)


def newest_since(
    connection: Connection,
    entry_id: int,
    *,
    limit: int,
    but: Collection[Kind],
    without: Collection[str] = (),
) -> tuple[Entry, ...]:
    """The newest `limit` entries after `entry_id`, newest first, without some kinds."""
    query = select(journal).where(
        journal.c.id > entry_id, journal.c.kind.not_in([kind.value for kind in but])
    )
    return _newest_first(connection, _without(query, without), limit=limit, before_id=None)


def actors(connection: Connection, *, without: Collection[str] = ()) -> tuple[str, ...]:
    """Everybody who is named in the journal, by name."""
    found = rows_of(connection, _without(select(journal.c.actor).distinct(), without))
    return tuple(
        sorted((row.actor for row in found if isinstance(row.actor, str)), key=str.casefold)
    )


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
        found |= {row.subject_id: str(row.actor) for row in rows_of(connection, query)}
    return found


def steps_of(connection: Connection, account_id: int, *, limit: int) -> tuple[Entry, ...]:
    """The newest `limit` entries that an account made in a window, oldest first."""
    query = (
        select(journal)
        .where(journal.c.account_id == account_id, journal.c.origin == Origin.DESKTOP.value)
        .order_by(journal.c.id.desc())
        .limit(limit)
    )
    return tuple(reversed(entries_of(connection, rows_of(connection, query))))


def of_operation(connection: Connection, entry_id: int) -> tuple[Entry, ...]:
    """All entries of the operation that this entry is of, oldest first; () for no entry."""
    if not 0 < entry_id <= ID_MOST:
        return ()
    step = select(journal.c.step).where(journal.c.id == entry_id).scalar_subquery()
    # Its entries stand together, from the first one on, whose id is its number.
    other = (
        select(journal.c.id)
        .where(journal.c.id > entry_id, journal.c.step != step)
        .order_by(journal.c.id)
        .limit(1)
    )
    end = connection.execute(other).scalar()
    query = select(journal).where(
        journal.c.id >= step, journal.c.id < (end or ID_MOST), journal.c.step == step
    )
    return entries_of(connection, rows_of(connection, query.order_by(journal.c.id)))


def archived_until(connection: Connection) -> int:
    """The id up to which entries were moved into the archive, 0 when none were."""
    query = _OF_SUBJECT.where(journal.c.kind == JOURNAL_ARCHIVED.value)
    values = {"subject": JOURNAL_ARCHIVED.subject, "subject_id": 0, "most": 1}
    archived = entries_of(connection, rows_of(connection, query, values))
    return next((int(entry.after["until_id"]) for entry in archived), 0)


def _without(query: Select[Any], subjects: Collection[str]) -> Select[Any]:
    return query.where(journal.c.subject.not_in(sorted(subjects))) if subjects else query


def _newest_first(
    connection: Connection,
    query: Select[Any],
    *,
    limit: int,
    before_id: int | None,
    sift: Callable[[Entry], bool] | None = None,
) -> tuple[Entry, ...]:
    found: list[Entry] = []
    before = _FIRST_OF_ALL if before_id is None else before_id
    ordered = query.order_by(journal.c.id.desc())
    while len(found) < limit:
        most = limit - len(found)
        if sift is not None:
            most = max(most, _SIFTED_AT_ONCE)
        rows = rows_of(connection, ordered.where(journal.c.id < before).limit(most))
        entries = entries_of(connection, rows)
        found += entries if sift is None else filter(sift, entries)
        if len(rows) < most:
            break
        before = rows[-1].id
    return tuple(found[:limit])


def _wanted(wanted: Search) -> Select[Any]:
    query = select(journal)
    if wanted.actor:
        query = query.where(func.lower(journal.c.actor) == func.lower(wanted.actor))
    if wanted.origins:
        query = query.where(journal.c.origin.in_([origin.value for origin in wanted.origins]))
    if wanted.kinds:
        query = query.where(journal.c.kind.in_([kind.value for kind in wanted.kinds]))
    if wanted.subjects:
        query = query.where(journal.c.subject.in_(sorted(wanted.subjects)))
    if wanted.service_ids:
        query = query.where(
            journal.c.subject == "service", journal.c.subject_id.in_(sorted(wanted.service_ids))
        )
    if wanted.begin is not None:
        query = query.where(journal.c.time >= to_stored(wanted.begin))
    if wanted.end is not None:
        query = query.where(journal.c.time < to_stored(wanted.end))
    for word in wanted.words:
        query = query.where(or_(*_may_say(word, wanted.meanings.get(word, Meaning()))))
    return query


def _may_say(word: str, meaning: Meaning) -> Iterator[ColumnElement[bool]]:
    """What holds for every entry with the word, and for some without; `Search` tells them apart."""
    columns = journal.c
    for column in (columns.subject_name, columns.actor, columns.comment):
        yield column.icontains(word, autoescape=True)
    stored = json.dumps(word, ensure_ascii=False)[1:-1]
    for column in (columns.before, columns.after):
        yield column.icontains(stored, autoescape=True)
        for status in meaning.statuses:
            for field in meaning.status_fields:
                yield column.contains(f'"{field}":{int(status)}', autoescape=True)
    yield and_(
        columns.kind.icontains(word, autoescape=True),
        columns.kind.not_in([kind.value for kind in meaning.known]),
    )
    if meaning.kinds:
        yield columns.kind.in_([kind.value for kind in meaning.kinds])
    if meaning.origins:
        yield columns.origin.in_([origin.value for origin in meaning.origins])
    if meaning.fields:
        yield columns.kind.in_([kind.value for kind in meaning.fields])

"""Ids that have come to an end: a table in which nothing new can be stored.

After the largest id of all SQLite takes any that is free, in no order, and Python has no
number for the journal's next one. Ids of ours stay far below.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, case, column, func, select, table

from izzitup_desktop.domain.errors import Damaged, Unavailable
from izzitup_desktop.domain.field_rules import COUNT_MOST, ID_MOST
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.storage.rows import Findings, Reader
from izzitup_desktop.storage.tables import journal, metadata

_SEQUENCES = table("sqlite_sequence", column("name"), column("seq"))


def note_spent(read: Reader, findings: Findings, *, is_file: bool) -> None:
    """Note a table whose next row would get no id that a board may have."""
    query = _OF_FILE if is_file else _OF_SHARED
    found = dict(zip(query.selected_columns.keys(), next(iter(read(query))), strict=True))
    for name, last in _spent(found).items():
        findings.add(name, "", "id", _reason(last))


def note_without_room(read: Reader, findings: Findings) -> None:
    """Note a table whose ids or counts are far beyond what a board gets to.

    A board that began with them would come to an end of its numbers.
    """
    found = dict(zip(_HIGHEST.selected_columns.keys(), next(iter(read(_HIGHEST))), strict=True))
    for (name, field), most in _ROOM.items():
        value = found[f"{name}.{field}"]
        if isinstance(value, int) and value > most:
            findings.add(
                name, "", field, msg("%1 is %2, far beyond what a board gets to.", field, value)
            )


def last_of_journal(connection: Connection, path: Path | None) -> int:
    """The newest entry's id, 0 when there is none. `path` is the file, if one.

    Raises `Unavailable` where new rows would get no id.
    """
    found = connection.execute(_OF_SHARED if path is None else _OF_FILE).mappings().one()
    for name, last in _spent(found).items():
        where = msg("Table %1: %2", name, _reason(last))
        if path is None:
            way_out = msg("%1 Make a new shared database, and restore a backup into it.", where)
            raise Unavailable(way_out)
        way_out = msg("%1 Close IzzitUp; `izzitup restore BACKUP` makes the database anew.", where)
        raise Damaged(way_out, path=path)
    return int(found[journal.name] or 0)


def _reason(last: int) -> str:
    return msg("Its ids have come to an end (%1), and nothing new can be stored in it.", last)


def _spent(last: Mapping[Any, Any]) -> dict[str, int]:
    return {name: id_ for name, id_ in last.items() if isinstance(id_, int) and id_ >= ID_MOST}


def _last_ids() -> Select[Any]:
    last = [
        select(func.max(known.c.id)).scalar_subquery().label(known.name)
        for known in metadata.sorted_tables
        if "id" in known.c
    ]
    # Of what is no number SQLite takes no notice.
    number = case((func.typeof(_SEQUENCES.c.seq) == "integer", _SEQUENCES.c.seq))
    highest = select(func.max(number)).scalar_subquery().label(_SEQUENCES.name)
    return select(*last, highest)


_OF_FILE = _last_ids()
_ROOM = {
    (known.name, field): (ID_MOST if field == "id" else COUNT_MOST) // 2
    for known in metadata.sorted_tables
    for field in ("id", "position", "version")
    if field in known.c
}
_HIGHEST = select(
    *(
        select(func.max(metadata.tables[name].c[field])).scalar_subquery().label(f"{name}.{field}")
        for name, field in _ROOM
    )
)
# A sequence of PostgreSQL goes on whatever the rows are; the journal's ids are ours.
_OF_SHARED = select(func.max(journal.c.id).label(journal.name))

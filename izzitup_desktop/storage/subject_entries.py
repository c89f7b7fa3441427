"""What the journal says of one thing, and what of that was taken back.

Read along the thing's own index: however much else happened, it costs nothing.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, select

from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.storage.entries import entries_of, rows_of
from izzitup_desktop.storage.tables import journal

_UNDOING = (
    select(journal.c.id, journal.c.undoes)
    .where(
        journal.c.subject == bindparam("subject"),
        journal.c.subject_id == bindparam("subject_id"),
        journal.c.id > bindparam("id"),
        journal.c.undoes.is_not(None),
    )
    .order_by(journal.c.id.desc())
)
_BETWEEN = (
    select(journal)
    .where(
        journal.c.subject == bindparam("subject"),
        journal.c.subject_id == bindparam("subject_id"),
        journal.c.id.between(bindparam("first"), bindparam("last")),
    )
    .order_by(journal.c.id)
)


def between(
    connection: Connection, kinds: Collection[Kind], subject_id: int, ids: tuple[int, int]
) -> tuple[Entry, ...]:
    """What of these kinds happened to one thing from an entry to another, oldest first.

    The kinds are of one subject.
    """
    subject = next(iter(kinds)).subject
    values = {"subject": subject, "subject_id": subject_id, "first": ids[0], "last": ids[1]}
    query = _BETWEEN.where(journal.c.kind.in_([kind.value for kind in kinds]))
    return entries_of(connection, rows_of(connection, query, values))


def undone(connection: Connection, subject: str, subject_id: int, after_id: int) -> frozenset[int]:
    """Entries about a thing that were taken back after `after_id`, and still are."""
    found: set[int] = set()
    values = {"subject": subject, "subject_id": subject_id, "id": after_id}
    for row in connection.execute(_UNDOING, values):
        # Newest first: an undo that was itself undone took nothing back.
        if row.id not in found:
            found.add(row.undoes)
    return frozenset(found)

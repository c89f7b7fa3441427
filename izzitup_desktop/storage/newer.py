"""What the journal has that is newer than what is known, and what it changed of the board."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from izzitup_desktop.storage import journal, schema
from izzitup_desktop.storage.engine import Database
from izzitup_desktop.storage.picture import NO_CHANGES, Changes, read_changes

ENTRIES_AT_ONCE = 1_000


def newer(
    connection: Connection, database: Database, after: int, *, with_changes: bool
) -> tuple[journal.Page, Changes]:
    """The next page of the journal after an entry, and what its entries changed.

    A page that ends before `after` tells of a journal that was set back. Raises
    `NewerDatabase` where somebody upgraded the database meanwhile.
    """
    version, _ = schema.version_and_ahead(connection, database.clock)
    if version != schema.VERSION:
        raise schema.changed(database.location, version)
    page = journal.page_after(connection, after, limit=ENTRIES_AT_ONCE)
    if not page.entries and (newest_id := journal.last_id(connection)) < after:
        return replace(page, last_id=newest_id), NO_CHANGES
    if not with_changes or not page.entries:
        return page, NO_CHANGES
    return page, read_changes(connection, page.entries, {})

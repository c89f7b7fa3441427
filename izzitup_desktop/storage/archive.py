"""The journal's archive: older entries in compressed files of JSON lines.

A file is whole and on the disk before its entries leave the journal, and is never
changed. Whoever is killed in between leaves entries in both: their ids tell.
"""

from __future__ import annotations

import gzip
import json
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, select

from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.platform.files import make_private_folder, sync_folder, write_private_bytes
from izzitup_desktop.storage import journal as journal_rows
from izzitup_desktop.storage.engine import Database
from izzitup_desktop.storage.entries import entries_of, rows_of
from izzitup_desktop.storage.tables import journal, status_periods


@dataclass(frozen=True, slots=True)
class AtOnce:
    """How many entries are looked at, and how many moved, before others have their turn."""

    examined: int
    moved: int


AT_ONCE = AtOnce(examined=5_000, moved=1_000)

_BEGINS_A_PERIOD = exists().where(status_periods.c.journal_id == journal.c.id)
_AHEAD = (
    select(journal.c.id, journal.c.time, _BEGINS_A_PERIOD.label("stays"))
    .where(journal.c.id > bindparam("after"), journal.c.id < bindparam("before"))
    .order_by(journal.c.id)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class Part:
    """Entries that may go, oldest first, and up to which id was looked; more may follow."""

    entries: tuple[Entry, ...]
    seen_id: int
    more: bool


def part_of(
    connection: Connection, after_id: int, old: int, now: int, at_once: AtOnce = AT_ONCE
) -> Part:
    """The next entries from before `old`, looking on from `after_id`; times as stored.

    Never the newest entry, and none that began a status: history and uptime stand on
    it. What follows an entry of the time kept is of that time too, whatever a wrong
    clock made of it.
    """
    newest = journal_rows.last_id(connection)
    values = {"after": after_id, "before": newest}
    rows = rows_of(connection, _AHEAD, {**values, "most": 1})
    if not any(_is_kept(row, old, now) for row in rows):
        rows = rows_of(connection, _AHEAD, {**values, "most": at_once.examined})
    passed = list(takewhile(lambda row: not _is_kept(row, old, now), rows))
    going = [row.id for row in passed if not row.stays and _is_old(row, old)]
    taken = going[: at_once.moved]
    cut = len(going) > len(taken)
    seen = taken[-1] if cut else passed[-1].id if passed else after_id
    more = cut or len(passed) == at_once.examined
    return Part(journal_rows.many(connection, taken), seen, more)


def are_there(connection: Connection, entries: Sequence[Entry]) -> bool:
    """Whether the journal holds these entries, exactly as they are, and no period needs them."""
    ids = [entry.id for entry in entries]
    query = (
        select(journal, _BEGINS_A_PERIOD.label("stays"))
        .where(journal.c.id >= ids[0], journal.c.id <= ids[-1], journal.c.id.in_(ids))
        .order_by(journal.c.id)
    )
    rows = rows_of(connection, query)
    return not any(row.stays for row in rows) and entries_of(connection, rows) == tuple(entries)


def write(database: Database, folder: Path, entries: Sequence[Entry]) -> Path:
    """A new file of these entries, one JSON object a line. Raises `Unavailable`."""
    first, last = entries[0], entries[-1]
    stem = re.sub(r"[^A-Za-z0-9_-]+", "_", _name(database))[:40]
    name = f"journal-{stem}-{first.time:%Y%m%d}-{first.id}-{last.id}-{uuid.uuid4().hex[:8]}"
    path = make_private_folder(folder) / f"{name}.jsonl.gz"
    lines = "".join(json.dumps(_plain(entry), ensure_ascii=False) + "\n" for entry in entries)
    try:
        write_private_bytes(path, gzip.compress(lines.encode(), mtime=0))
        sync_folder(folder)
    except OSError as error:
        raise Unavailable(msg("%1 can't be written: %2.", path, error.strerror or error)) from error
    return path


def _is_old(row: Row[Any], old: int) -> bool:
    return isinstance(row.time, int) and row.time < old


def _is_kept(row: Row[Any], old: int, now: int) -> bool:
    return isinstance(row.time, int) and old <= row.time <= now


def _name(database: Database) -> str:
    return database.path.stem if database.path else database.url.database or "shared"


def _plain(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "time": entry.time.isoformat(),
        "actor": entry.actor,
        "account_id": entry.account_id,
        "origin": entry.origin.value,
        "kind": entry.kind.value,
        "subject_id": entry.subject_id,
        "subject_name": entry.subject_name,
        "before": dict(entry.before),
        "after": dict(entry.after),
        "comment": entry.comment,
        "undoes": entry.undoes,
        "step": entry.operation_id,
    }

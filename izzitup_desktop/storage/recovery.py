"""Putting a backup in the place of a database file that can't be opened."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from izzitup_desktop.domain.errors import Invalid, Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.platform.files import (
    JOURNALS,
    make_private_file,
    make_private_folder,
    sync_file,
)
from izzitup_desktop.platform.making import making
from izzitup_desktop.storage import backup, checking, schema
from izzitup_desktop.storage.engine import parse_url
from izzitup_desktop.storage.opening import publish
from izzitup_desktop.storage.sqlite_file import set_journal_mode


def recover(url: str, source: Path, *, quarantine: Path) -> Path | None:
    """Make the SQLite file of `url` anew from the backup `source`.

    What is in its place now is moved into the quarantine, with its journals;
    returns where, None where there was nothing. Raises `Invalid` (no usable backup,
    no SQLite file), `NewerDatabase`, `Unavailable`; nothing was moved then.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() != "sqlite":
        raise Invalid("database", msg("A shared database is restored while it is open."))
    path = Path(parsed.database or "")
    make_private_folder(path.parent)
    try:
        with backup.opened(source) as rows, making(path.parent) as folder:
            new = folder / path.name
            make_private_file(new)
            with closing(sqlite3.connect(new)) as connection:
                set_journal_mode(connection)
            schema.migrate_file(new)
            # Row by row, so that nothing but rows comes out of a file from elsewhere.
            backup.fill(new, rows)
            sync_file(new)
            moved = _move_away(path, quarantine) if path.exists() else None
            publish(new, path)
    except OSError as error:
        raise Unavailable(
            msg("%1 can't be restored: %2.", path, error.strerror or error)
        ) from error
    return moved


def _move_away(path: Path, quarantine: Path) -> Path:
    copy = checking.quarantine(path, quarantine)
    for ending in JOURNALS:
        path.with_name(path.name + ending).unlink(missing_ok=True)
    path.unlink()
    return copy

"""Why the database says no, for people: told by its codes, never by its words."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from sqlalchemy.exc import IntegrityError, SQLAlchemyError, StatementError

from izzitup_desktop.domain.errors import BoardError, Conflict, FullDisk, Unavailable
from izzitup_desktop.domain.messages import msg

_LOCKED = msg("The database is locked by another program. Try again in a moment.")
_FULL = msg("The disk is full. Free some space; nothing was changed.")
_READ_ONLY = msg("The database is read-only: its file or folder can't be written.")
_DAMAGED = msg("The database file is damaged. Run `izzitup check`.")

_SQLITE = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_IOERR: msg("The disk reported an error while the database was read or written."),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}
_SHARED_FULL = "53100"
_POSTGRESQL = {
    "2200H": msg("A sequence of the shared database has come to its end: there are no more ids."),
    "25006": msg("The shared database can only be read now."),
    "40001": msg("Somebody else changed the same at the same moment. Try again."),
    "40P01": msg("Somebody else changed the same at the same moment. Try again."),
    _SHARED_FULL: msg("The shared database's disk is full; nothing was changed."),
    "53300": msg("The shared database takes no more connections. Try again in a moment."),
    "55P03": _LOCKED,
    "57014": msg("The shared database took too long; nothing was changed. Try again."),
}


def translated(error: SQLAlchemyError, location: str) -> BoardError:
    """What a database error means to the person: environment, or a lost race."""
    if isinstance(error, IntegrityError):
        return Conflict(
            msg("Somebody else stored the same name or key at the same moment. Try again.")
        )
    # What SQLAlchemy itself says of a statement shows its values.
    cause = error.orig if isinstance(error, StatementError) and error.orig else error
    if isinstance(cause, sqlite3.Error):
        if _code(cause) == sqlite3.SQLITE_FULL:
            return FullDisk(_FULL)
        return Unavailable(_of_sqlite(cause, location))
    state = getattr(cause, "sqlstate", None) or ""
    if reason := _POSTGRESQL.get(state):
        return FullDisk(reason) if state == _SHARED_FULL else Unavailable(reason)
    first_line = str(cause).strip().partition("\n")[0]
    if location.startswith("postgresql"):
        return Unavailable(msg("The shared database can't be used now: %1", first_line))
    return Unavailable(msg("The database can't be used now: %1", first_line))


def is_read_only(error: SQLAlchemyError) -> bool:
    """Whether SQLite refused a write because the file or its folder can't be written."""
    cause = error.orig if isinstance(error, StatementError) else None
    return _code(cause) in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR)


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether SQLite says that the file itself is wrong, rather than not to be had now."""
    elsewhere = (
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_NOMEM,
    )  # fmt: skip
    return _code(error) not in elsewhere


def why_read_only(path: Path) -> str:
    """Why the database file at `path` can't be changed; "" where it can be, or is gone."""
    if not path.exists():
        return ""
    if not os.access(path.parent, os.W_OK):
        return msg(
            "The folder %1 can only be read, so nothing can be changed. Make it writable (a disk "
            "with a fault is often mounted so), or take a backup and an export elsewhere.",
            path.parent,
        )
    if not os.access(path, os.W_OK):
        return msg(
            "The file %1 can only be read, so nothing can be changed. Give yourself the right to "
            "write it, or take a backup and an export elsewhere.",
            path,
        )
    return ""


def _of_sqlite(error: sqlite3.Error, location: str) -> str:
    code = _code(error)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR):
        # A disk that was remounted after a fault shows itself in any of the three.
        if reason := why_read_only(Path(location)):
            return reason
        if code == sqlite3.SQLITE_CANTOPEN:
            return msg("The database file %1 can't be opened.", location)
    return _SQLITE.get(code) or msg("The database can't be used now: %1", error)


def _code(error: BaseException | None) -> int:
    """SQLite's primary result code, 0 where it gave none."""
    return int(getattr(error, "sqlite_errorcode", None) or 0) & 0xFF

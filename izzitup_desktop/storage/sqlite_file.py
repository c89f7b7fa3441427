"""A SQLite file: its connections, its lock and its journal mode."""

from __future__ import annotations

import sqlite3
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache

from izzitup_desktop.storage import direct

BUSY_TIMEOUT_SECONDS = 5
"""How long a call waits for another process's lock."""

_CACHE_KIBIBYTES = 8 * 1_024
"""Of pages a connection keeps at most: a season of one service lies on a thousand."""

SLICE_SECONDS = 0.25
"""SQLite: how long to wait for a lock before looking whether to go on."""

_SHARED: dict[str, Dialect] = {}
_COMPILED: LRUCache[Any, Any] = LRUCache(500)

_WAL_FIXED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))


def engine_of(
    url: URL, pool_seconds: float, *, writing: bool, query_only: bool = False, durable: bool = True
) -> Engine:
    """Connections to the file: one that writes, or many that read.

    Each that is needed is waited for `pool_seconds`. A file that is not `durable`
    may be lost when the computer stops.
    """
    # Readers are asked again while the file is locked, and can end between.
    seconds = BUSY_TIMEOUT_SECONDS if writing else SLICE_SECONDS
    # Never made by connecting: an empty file would take a lost one's place.
    uri = f"{Path(url.database or '').absolute().as_uri()}?mode=rw"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, timeout=seconds, check_same_thread=False)

    engine = create_engine(
        url,
        creator=connect,
        poolclass=QueuePool,
        pool_size=1 if writing else 8,
        max_overflow=0 if writing else 24,
        pool_timeout=pool_seconds,
    )
    _compile_once(engine)
    event.listen(engine, "connect", partial(_prepare, query_only=query_only, durable=durable))
    begin = "BEGIN IMMEDIATE" if writing else "BEGIN"
    event.listen(engine, "begin", lambda connection: direct.run(connection, begin))
    return engine


def _compile_once(engine: Engine) -> None:
    """Let all engines of the process share what is compiled, whichever file they are of.

    SQLAlchemy keeps it by statement and dialect, and makes a dialect for each engine.
    """
    engine.dialect = _SHARED.setdefault("dialect", engine.dialect)
    engine.update_execution_options(compiled_cache=_COMPILED)


def is_busy(error: SQLAlchemyError) -> bool:
    """Whether another program holds the lock of a SQLite file."""
    if not isinstance(error, DBAPIError):
        return False
    # The low byte is the plain code, the others say more about it.
    code = (getattr(error.orig, "sqlite_errorcode", None) or 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def wait_for_lock(connection: Connection, seconds: float) -> None:
    """Let SQLite wait so long for a lock that others hold."""
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA busy_timeout={max(1, round(seconds * 1_000))}")


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite keeps every commit in WAL mode.

    Before 3.51.3, 3.50.7 and 3.44.6 two connections meeting a WAL reset can lose one.
    """
    newest = _WAL_FIXED[0]
    return version >= newest or any(
        version[:2] == fixed[:2] and version >= fixed for fixed in _WAL_FIXED[1:]
    )


def set_journal_mode(connection: sqlite3.Connection) -> None:
    """Choose WAL only where this SQLite loses no commit in it."""
    mode = "WAL" if wal_is_safe(sqlite3.sqlite_version_info) else "DELETE"
    connection.execute(f"PRAGMA journal_mode={mode}")


def _prepare(
    connection: sqlite3.Connection, _record: object, *, query_only: bool, durable: bool
) -> None:
    # sqlite3 begins transactions late and by itself; the engine's begin event does it instead.
    connection.isolation_level = None
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA cell_size_check=ON")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA cache_size=-{_CACHE_KIBIBYTES}")
    if not durable:
        connection.execute("PRAGMA synchronous=OFF")
    elif wal_is_safe(sqlite3.sqlite_version_info):
        connection.execute("PRAGMA synchronous=FULL")
    else:
        connection.execute("PRAGMA synchronous=EXTRA")
    if query_only:
        connection.execute("PRAGMA query_only=ON")

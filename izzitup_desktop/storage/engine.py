"""One database, SQLite or PostgreSQL: connections and reads."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.messages import say
from izzitup_desktop.storage.reasons import translated, why_read_only
from izzitup_desktop.storage.urls import parse_url, shown

__all__ = [
    "BUSY_TIMEOUT_SECONDS", "Database", "parse_url", "set_journal_mode", "translated",
    "wal_is_safe",
]  # fmt: skip

BUSY_TIMEOUT_SECONDS = 5
"""How long a call waits for another process's lock (reliability C66)."""

T = TypeVar("T")

_WAL_FIXED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite keeps every commit in WAL mode.

    Before 3.51.3, 3.50.7 and 3.44.6 two connections meeting a WAL reset can lose one.
    """
    newest = _WAL_FIXED[0]
    return version >= newest or any(
        version[:2] == fixed[:2] and version >= fixed for fixed in _WAL_FIXED[1:]
    )


class Database:
    """Connections to one database that is known to be sound and of our version.

    `location` is what may be shown (no password). `path` is the file, None on
    PostgreSQL. Thread-safe; `close()` ends all connections.

    `copy_of` names the file that is meant where a copy is opened in its stead, only
    to be read; `held` is let go at the end, and the copy with it.
    """

    def __init__(
        self, url: URL, *, copy_of: Path | None = None, held: ExitStack | None = None
    ) -> None:
        self.url = url
        self.path = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
        self.named_path = copy_of or self.path
        self.location = str(self.named_path) if self.named_path else shown(url)
        self._is_copy = copy_of is not None
        self._held = held
        self._readers = _engine(url, writing=False, query_only=self._is_copy)
        self._writers = _engine(url, writing=True, query_only=self._is_copy)
        self._refused: frozenset[int] = frozenset()
        self._file_id = _file_id(self.path)
        self._ticks = _Ticks(self.path) if self.path else None

    @property
    def is_shared(self) -> bool:
        """Whether several desks may use it (PostgreSQL)."""
        return self.path is None

    @property
    def read_only(self) -> bool:
        """Whether the file or its folder can't be written by this user."""
        return bool(self.why_read_only)

    @property
    def why_read_only(self) -> str:
        """Why nothing can be changed, and what to do about it; "" where it can be."""
        if self.named_path is None:
            return ""
        if self._is_copy:
            return say(
                "The database %1 could only be read when it was opened, so nothing can be "
                "changed; what is shown is a copy of it. Make its folder writable, then start "
                "IzzitUp again.",
                self.named_path,
            )
        return why_read_only(self.named_path)

    def refuse_calls_from(self, thread_ident: int) -> None:
        """Make blocking calls from that thread an error: it must never wait."""
        self._refused |= {thread_ident}

    def allow_calls_from(self, thread_ident: int) -> None:
        """Take `refuse_calls_from` back."""
        self._refused -= {thread_ident}

    def assert_may_wait(self) -> None:
        """Raise RuntimeError on a thread that must never wait for the database."""
        if threading.get_ident() in self._refused:
            raise RuntimeError("a board call that waits was made on a thread that must not wait")

    def read(self, query: Callable[[Connection], T]) -> T:
        """The result of `query` in one consistent snapshot. Raises `Unavailable`."""
        self.assert_may_wait()
        try:
            with self._readers.connect() as connection, connection.begin():
                return query(connection)
        except SQLAlchemyError as error:
            raise translated(error, self.location) from error

    def writing_connection(self) -> Connection:
        """A connection whose transactions take the write lock at once (the writer's)."""
        return self._writers.connect()

    def renew_writers(self) -> None:
        """Connect anew for the next write: a file that could only be read stays so else."""
        self._writers.dispose()

    def raw_listener(self) -> Any:
        """A psycopg connection of its own, for LISTEN; the caller closes it."""
        connection = self._readers.raw_connection()
        driver: Any = connection.driver_connection
        connection.detach()
        driver.rollback()
        driver.autocommit = True
        return driver

    def assert_same_file(self) -> None:
        """Raise `Unavailable` when the file was deleted or replaced while open (C72)."""
        if self.path is not None and _file_id(self.path) != self._file_id:
            raise Unavailable(
                say(
                    "The database file %1 was moved, deleted or replaced while it was open. Put "
                    "it back, or restart IzzitUp.",
                    self.path,
                ),
            )

    def tick(self) -> int | None:
        """A number that changes with any process's commit; None if not to be had now.

        Never waits. On PostgreSQL always None: there the feed knows.
        """
        return self._ticks.read() if self._ticks else None

    def close(self) -> None:
        """End all connections."""
        if self._ticks:
            self._ticks.close()
        self._readers.dispose()
        self._writers.dispose()
        if self._held:
            self._held.close()


class _Ticks:
    """`PRAGMA data_version` on a connection that never writes and never waits."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = sqlite3.connect(
            path, timeout=0, isolation_level=None, check_same_thread=False
        )

    def read(self) -> int | None:
        with self._lock:
            if self._connection is None:
                return None
            try:
                row = self._connection.execute("PRAGMA data_version").fetchone()
            except sqlite3.Error:
                return None
        return int(row[0])

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None


def _engine(url: URL, *, writing: bool, query_only: bool = False) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(
            url,
            poolclass=QueuePool,
            pool_size=1 if writing else 8,
            max_overflow=0 if writing else 24,
            connect_args={"timeout": BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
        )
        event.listen(engine, "connect", partial(_prepare_sqlite, query_only=query_only))
        begin = "BEGIN IMMEDIATE" if writing else "BEGIN"
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
        return engine
    return create_engine(
        url,
        pool_size=1 if writing else 4,
        max_overflow=1 if writing else 12,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED" if writing else "REPEATABLE READ",
        connect_args={"connect_timeout": BUSY_TIMEOUT_SECONDS, "application_name": "izzitup"},
    )


def _prepare_sqlite(connection: sqlite3.Connection, _record: object, *, query_only: bool) -> None:
    # sqlite3 begins transactions late and by itself; the engine's begin event does it instead.
    connection.isolation_level = None
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA cell_size_check=ON")
    connection.execute("PRAGMA foreign_keys=ON")
    if wal_is_safe(sqlite3.sqlite_version_info):
        connection.execute("PRAGMA synchronous=FULL")
    else:
        connection.execute("PRAGMA synchronous=EXTRA")
    if query_only:
        connection.execute("PRAGMA query_only=ON")


def set_journal_mode(connection: sqlite3.Connection) -> None:
    """Choose WAL only where this SQLite loses no commit in it."""
    mode = "WAL" if wal_is_safe(sqlite3.sqlite_version_info) else "DELETE"
    connection.execute(f"PRAGMA journal_mode={mode}")


def _file_id(path: Path | None) -> tuple[int, int] | None:
    if path is None:
        return None
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino

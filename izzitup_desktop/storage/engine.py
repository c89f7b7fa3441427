"""One database, SQLite or PostgreSQL: connections, reads, and error translation."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from izzitup_desktop.domain.errors import BoardError, Conflict, Invalid, Unavailable
from izzitup_desktop.domain.messages import say

BUSY_TIMEOUT_SECONDS = 5
"""How long a call waits for another process's lock (reliability C66)."""

T = TypeVar("T")

_WAL_FIXED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))


def parse_url(text: str) -> URL:
    """The database URL `text`. Raises `Invalid` for what we can't open."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:  # a port that is no number, half an IPv6
        raise Invalid(
            "database", say("This is no database URL; see --help for examples.")
        ) from error
    backend = url.get_backend_name()
    if backend == "sqlite":
        if not url.database or url.database == ":memory:" or url.query:
            raise Invalid(
                "database", say("A SQLite URL names a file: sqlite:////folder/izzitup.db")
            )
        return url.set(drivername="sqlite")
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    raise Invalid("database", say("IzzitUp opens SQLite and PostgreSQL, not %1.", backend))


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
    """

    def __init__(self, url: URL) -> None:
        self.url = url
        self.path = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
        self.location = str(self.path) if self.path else url.render_as_string(hide_password=True)
        self._readers = _engine(url, writing=False)
        self._writers = _engine(url, writing=True)
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
        if self.path is None:
            return False
        return not (os.access(self.path, os.W_OK) and os.access(self.path.parent, os.W_OK))

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


def translated(error: SQLAlchemyError, location: str) -> BoardError:
    """What a database error means to the person: environment, or a lost race."""
    text = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    if isinstance(error, IntegrityError):
        return Conflict(
            say("Somebody else stored the same name or key at the same moment. Try again.")
        )
    reasons = {
        "locked": say("The database is locked by another program. Try again in a moment."),
        "busy": say("The database is locked by another program. Try again in a moment."),
        "full": say("The disk is full. Free some space; nothing was changed."),
        "readonly": say("The database is read-only: its file or folder can't be written."),
        "unable to open": say("The database file %1 can't be opened.", location),
        "disk i/o": say("The disk reported an error while the database was read or written."),
        "malformed": say("The database file is damaged. Run `izzitup check`."),
        "not a database": say("The database file is damaged. Run `izzitup check`."),
    }
    lowered = text.lower()
    for mark, reason in reasons.items():
        if mark in lowered:
            return Unavailable(reason)
    if location.startswith("postgresql"):
        first_line = text.strip().partition("\n")[0]
        return Unavailable(say("The shared database can't be used now: %1", first_line))
    return Unavailable(say("The database can't be used now: %1", text))


def _engine(url: URL, *, writing: bool) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(
            url,
            poolclass=QueuePool,
            pool_size=1 if writing else 8,
            max_overflow=0 if writing else 24,
            connect_args={"timeout": BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
        )
        event.listen(engine, "connect", _prepare_sqlite)
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


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # sqlite3 begins transactions late and by itself; the engine's begin event does it instead.
    connection.isolation_level = None
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA cell_size_check=ON")
    connection.execute("PRAGMA foreign_keys=ON")
    if wal_is_safe(sqlite3.sqlite_version_info):
        connection.execute("PRAGMA synchronous=FULL")
    else:
        connection.execute("PRAGMA synchronous=EXTRA")


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

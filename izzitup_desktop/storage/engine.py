"""One database, SQLite or PostgreSQL: connections and reads."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection
from sqlalchemy.exc import SQLAlchemyError, TimeoutError as PoolTimeout

from izzitup_desktop.domain.clock import SYSTEM_CLOCK, Clock
from izzitup_desktop.domain.concepts import Vocabulary
from izzitup_desktop.domain.errors import BoardError, Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.storage import shared, sqlite_file
from izzitup_desktop.storage.asked import ANSWER_SECONDS
from izzitup_desktop.storage.change_counter import ChangeCounter
from izzitup_desktop.storage.entries import KNOWN
from izzitup_desktop.storage.file_identity import FileIdentity
from izzitup_desktop.storage.reasons import translated, why_read_only
from izzitup_desktop.storage.silent_server import Limit, Watch
from izzitup_desktop.storage.times import elapsed
from izzitup_desktop.storage.urls import parse_url, shown

__all__ = ["Database", "parse_url", "translated"]

SPARE_SECONDS = 0.25
"""What is kept of `ANSWER_SECONDS` to say why there is no answer."""

_PAUSE_SECONDS = 0.02

T = TypeVar("T")


class Database:
    """Connections to one database that is known to be sound and of our version.

    `location` is what may be shown (no password). `path` is the file, None on
    PostgreSQL. Thread-safe; `close()` ends all connections.

    `copy_of` names the file that is meant where a copy is opened in its stead, only
    to be read; `held` is let go at the end, and the copy with it. A file that is not
    `durable` may be lost when the computer stops: commits don't wait for the disk. A
    reading is waited for `reading_seconds`.
    """

    def __init__(
        self,
        url: URL,
        *,
        copy_of: Path | None = None,
        held: ExitStack | None = None,
        clock: Clock = SYSTEM_CLOCK,
        durable: bool = True,
        reading_seconds: float = ANSWER_SECONDS - SPARE_SECONDS,
    ) -> None:
        self.url = url
        self.clock = clock
        self.path = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
        self.named_path = copy_of or self.path
        self.location = str(self.named_path) if self.named_path else shown(url)
        self._is_copy = copied = copy_of is not None
        self._held = held
        self._watch = Watch()
        self._readers, self._writers = (
            shared.engine_of(url, self._watch, writing=writing)
            if self.path is None
            else sqlite_file.engine_of(
                url, shared.POOL_SECONDS, writing=writing, query_only=copied, durable=durable
            )
            for writing in (False, True)
        )
        self._reading_seconds = reading_seconds
        self._ends_at = float("inf")
        self._refused: frozenset[int] = frozenset()
        self._identity = FileIdentity(self.path)
        self.damage: tuple[str, ...] = ()
        """What was wrong with the rows when the board was opened."""
        self.change_counter_while_writing: int | None = None
        """The change_counter that holds while this process may write and nobody else can."""
        self._counter = ChangeCounter(self.path) if self.path else None

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
            return msg(
                "The database %1 could only be read when it was opened, so nothing can be "
                "changed; what is shown is a copy of it. Make its folder writable, then start "
                "IzzitUp again.",
                self.named_path,
            )
        return why_read_only(self.named_path)

    def know(self, vocabulary: Vocabulary) -> None:
        """Read entries by this vocabulary from the next connection on."""
        for engine in (self._readers, self._writers):
            engine.update_execution_options(**{KNOWN: vocabulary})

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

    def read(
        self, query: Callable[[Connection], T], *, slow: bool = False, seconds: float = 0.0
    ) -> T:
        """The result of `query` in one consistent snapshot. Raises `Unavailable`.

        A file that was deleted can be read as long as it is open; what it says isn't
        true any more, so `LostDatabase` is raised instead.

        It is waited for `seconds`, usually as long as anybody waits; `slow` ones (a
        report, a backup) may take their time once they began. `query` may be called
        again.
        """
        self.assert_may_wait()
        self.assert_same_file()
        until = elapsed() + (seconds or self._reading_seconds)
        tried = False
        while True:
            try:
                return self._read_once(query, until, slow=slow)
            except SQLAlchemyError as error:
                again = self._is_busy_file(error) or (shared.is_disconnect(error) and not tried)
                if not again or self.seconds_until(until) <= 0:
                    raise self.unavailable(error) from error
                tried = True
                time.sleep(_PAUSE_SECONDS)

    def _read_once(self, query: Callable[[Connection], T], until: float, *, slow: bool) -> T:
        seconds = shared.WHOLE_SECONDS if slow else until - elapsed()
        with (
            self._readers.connect() as connection,
            self.limited(connection, seconds),
            connection.begin(),
        ):
            if slow and self.is_shared:
                shared.allow(connection, shared.SLOW_SECONDS)
            return query(connection)

    @contextmanager
    def limited(self, connection: Connection, seconds: float) -> Iterator[Limit | None]:
        """End what runs on `connection` after so long. Raises `Unavailable` then.

        A file answers or says that it is busy; None: there is nothing to limit.
        """
        if not self.is_shared:
            yield None
            return
        with self._watch.limit(connection.connection.driver_connection, seconds) as limit:
            try:
                yield limit
            except SQLAlchemyError as error:
                if not limit.was_cut:
                    raise
                raise (self._closing() or shared.silent()) from error

    def seconds_until(self, until: float) -> float:
        """How much time is left, also in view of `end_within`."""
        return min(until, self._ends_at) - elapsed()

    def end_within(self, seconds: float) -> None:
        """End all that still waits for the database then: the application closes."""
        self._ends_at = min(self._ends_at, elapsed() + seconds)
        self._watch.end_at(self._ends_at)

    def unavailable(self, error: SQLAlchemyError) -> BoardError:
        """What a database error means to the person."""
        if closing := self._closing():
            return closing
        if isinstance(error, PoolTimeout):
            return Unavailable(msg("Too many use the database at once. Try again in a moment."))
        return shared.explained(error) or translated(error, self.location)

    def _closing(self) -> Unavailable | None:
        return Unavailable(msg("IzzitUp is closing.")) if elapsed() >= self._ends_at else None

    def _is_busy_file(self, error: SQLAlchemyError) -> bool:
        return not self.is_shared and sqlite_file.is_busy(error)

    def begin_writing(self, connection: Connection, seconds: float) -> bool:
        """Begin a transaction that has the write lock; False when others hold it so long.

        May return False earlier: whoever waits looks whether to go on.
        """
        try:
            if self.is_shared:
                connection.begin()
                shared.lock(connection, seconds, shared.WRITE_LOCK)
            else:
                sqlite_file.wait_for_lock(connection, min(seconds, sqlite_file.SLICE_SECONDS))
                connection.begin()
        except SQLAlchemyError as error:
            if not (shared.is_busy(error) or self._is_busy_file(error)):
                raise
            time.sleep(_PAUSE_SECONDS)
            return False
        return True

    def allow(self, connection: Connection, seconds: float) -> None:
        """Let what follows in this transaction, its commit included, take so long."""
        if not self.is_shared:
            sqlite_file.wait_for_lock(connection, min(seconds, sqlite_file.BUSY_TIMEOUT_SECONDS))
        elif seconds > shared.STATEMENT_SECONDS:
            shared.allow(connection, seconds)

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
        try:
            driver.rollback()
            driver.autocommit = True
        except BaseException:
            driver.close()
            raise
        return driver

    @contextmanager
    def answering(self, listener: Any) -> Iterator[None]:
        """End the `listener` of `raw_listener` where the server does not answer inside."""
        with self._watch.limit(listener, ANSWER_SECONDS):
            yield

    def is_same_file(self) -> bool:
        """Whether the file is the one that was opened: not moved, deleted or replaced."""
        return self._identity.holds()

    def assert_same_file(self) -> None:
        """Raise `LostDatabase` when the file was moved, deleted or replaced while open."""
        self._identity.assert_holds()

    def take_what_is_there(self) -> None:
        """Use the file that has the name now; it is known to be sound and of our version."""
        if self.path is None:
            return
        for engine in (self._readers, self._writers):
            engine.dispose()
        if self._counter is not None:
            self._counter.close()
        self._counter = ChangeCounter(self.path)
        self._identity = FileIdentity(self.path)

    def change_counter(self) -> int | None:
        """A number that changes with any process's commit; None if not to be had now.

        Never waits. On PostgreSQL always None: there the feed knows.
        """
        return self._counter.read() if self._counter else None

    def change_counter_of(self, connection: Connection) -> int | None:
        """A number that changes with what others than `connection` commit.

        None on PostgreSQL, and where it is not to be had now.
        """
        if self.is_shared:
            return None
        driver: Any = connection.connection.driver_connection
        try:
            return int(driver.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error:
            return None

    def change_counter_if_last(self, connection: Connection, change_counter: int) -> int | None:
        """The change counter, if nobody but `connection` has committed since that was its own."""
        now_at = self.change_counter()
        # Nobody waits for this: it is busy, or it is not.
        connection.connection.driver_connection.execute("PRAGMA busy_timeout=0")  # type: ignore[union-attr]
        # Asked later: what this one doesn't show, `now_at` doesn't count either.
        return now_at if self.change_counter_of(connection) == change_counter else None

    def note_writing(self, *, writes: bool) -> None:
        """Note that this process holds the right to write from now on, or no more."""
        self.change_counter_while_writing = self.change_counter() if writes else None

    def close(self) -> None:
        """End all connections."""
        if self._counter:
            self._counter.close()
        self._readers.dispose()
        self._writers.dispose()
        self._watch.close()
        if self._held:
            self._held.close()

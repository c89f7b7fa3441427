"""The writer: one thread that runs all writes and commits them in batches.

A use case is a function of a `Transaction`. Those waiting together run one after
the other, each in a savepoint, and are committed together; only then are their
callers answered, so nothing is acknowledged before it is durable.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from izzitup_desktop.domain.errors import BoardError, NewerDatabase, Unavailable
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.messages import say
from izzitup_desktop.storage import journal, schema
from izzitup_desktop.storage.engine import Database, translated
from izzitup_desktop.storage.reasons import is_read_only
from izzitup_desktop.storage.transaction import Transaction

log = logging.getLogger(__name__)

T = TypeVar("T")

BATCH_MOST = 256
"""Use cases committed together at most."""

_ADVISORY_LOCK = 0x495A5A55
"""PostgreSQL: taken first, so that one desk writes at a time and ids appear in order."""

_RECONNECT_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Written(Generic[T]):
    """What a use case returned, and what the journal gained by it."""

    value: T
    entries: tuple[Entry, ...]


UseCase = Callable[[Transaction], T]


class Writer:
    """Runs use cases on the thread `izzitup-writer` until `close()`.

    `committed` is called after each commit, on that thread, with the newest
    journal id; it must be quick.
    """

    def __init__(self, database: Database, committed: Callable[[int], None]) -> None:
        self._database = database
        self._committed = committed
        self._waiting: deque[tuple[UseCase[Any], Future[Any]]] = deque()
        self._wake = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="izzitup-writer")
        self._thread.start()

    def submit(self, use_case: UseCase[T]) -> Future[Written[T]]:
        """Queue `use_case`; the future ends when its change is durable, or failed.

        It fails with the `BoardError` the use case raised, or `Unavailable`.
        """
        future: Future[Written[T]] = Future()
        with self._wake:
            if self._closing:
                future.set_exception(Unavailable(say("IzzitUp is closing.")))
                return future
            self._waiting.append((use_case, future))
            self._wake.notify()
        return future

    def write(self, use_case: UseCase[T]) -> Written[T]:
        """`submit` and wait."""
        self._database.assert_may_wait()
        return self.submit(use_case).result()

    def close(self) -> None:
        """Finish what is queued and end the thread."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        self._thread.join()

    def _run(self) -> None:
        while batch := self._next_batch():
            try:
                self._run_batch(batch)
            except Exception as error:  # the worker loop must outlive a fault of ours
                log.exception("the writer failed on a batch of %d", len(batch))
                _fail(batch, error)

    def _next_batch(self) -> list[tuple[UseCase[Any], Future[Any]]]:
        with self._wake:
            while not self._waiting and not self._closing:
                self._wake.wait()
            size = min(len(self._waiting), BATCH_MOST)
            taken = [self._waiting.popleft() for _ in range(size)]
        return [item for item in taken if item[1].set_running_or_notify_cancel()] or (
            self._next_batch() if taken else []
        )

    def _run_batch(self, batch: list[tuple[UseCase[Any], Future[Any]]]) -> None:
        try:
            self._database.assert_same_file()
            with self._database.writing_connection() as connection:
                self._run_and_commit(connection, batch)
        except SQLAlchemyError as error:
            if is_read_only(error):
                self._database.renew_writers()
            _fail(batch, translated(error, self._database.location))
        except BoardError as error:
            _fail(batch, error)

    def _run_and_commit(
        self, connection: Connection, batch: list[tuple[UseCase[Any], Future[Any]]]
    ) -> None:
        outcomes: list[tuple[Future[Any], Written[Any] | BaseException]] = []
        with connection.begin() as database_transaction:
            self._lock_and_check(connection)
            transaction = Transaction(connection)
            for use_case, future in batch:
                outcomes.append((future, _run_one(transaction, use_case)))
            transaction.flush()
            last = transaction.last_entry
            if last is None and transaction.keep:
                database_transaction.commit()
            elif last is None:
                database_transaction.rollback()
            else:
                if self._database.is_shared:
                    connection.execute(text("NOTIFY izzitup_journal"))
                try:
                    database_transaction.commit()
                except DBAPIError as error:
                    if not (self._database.is_shared and self._was_committed(last)):
                        raise
                    log.warning(
                        "the connection was lost while committing; it was durable: %s", error
                    )
        if last is not None:
            self._committed(last.id)
        for future, outcome in outcomes:
            if isinstance(outcome, BaseException):
                future.set_exception(outcome)
            else:
                future.set_result(outcome)

    def _lock_and_check(self, connection: Connection) -> None:
        if self._database.is_shared:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        version = schema.stored_version(connection)
        if version != schema.VERSION:
            raise NewerDatabase(
                say(
                    "The database was changed to another version while it was open. Restart "
                    "IzzitUp, or update it."
                ),
                location=self._database.location,
                version=version,
                known=schema.VERSION,
            )

    def _was_committed(self, last: Entry) -> bool:
        """Whether the batch ending in `last` is in the database after all."""
        until = time.monotonic() + _RECONNECT_SECONDS
        while True:
            try:
                found = self._database.read(lambda connection: journal.many(connection, [last.id]))
            except Unavailable as error:
                if time.monotonic() >= until:
                    raise Unavailable(
                        say(
                            "The shared database went away while a change was being stored; "
                            "whether it was stored is not known. Look before you repeat it."
                        )
                    ) from error
                threading.Event().wait(0.2)
            else:
                return found == (last,)


def _run_one(transaction: Transaction, use_case: UseCase[Any]) -> Written[Any] | BaseException:
    savepoint = transaction.begin_use_case()
    try:
        value = use_case(transaction)
    except BoardError as error:
        transaction.roll_back_use_case(savepoint)
        return error
    except IntegrityError as error:
        transaction.roll_back_use_case(savepoint)
        return translated(error, "")
    except SQLAlchemyError:
        # A full disk or a lost connection may have ended the whole transaction.
        raise
    except Exception as error:  # a fault of ours fails its caller, not its neighbours
        transaction.roll_back_use_case(savepoint)
        return error
    return Written(value, transaction.end_use_case(savepoint))


def _fail(batch: list[tuple[UseCase[Any], Future[Any]]], error: BaseException) -> None:
    for _, future in batch:
        if not future.done():
            future.set_exception(error)

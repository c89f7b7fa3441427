"""The writer: one thread that runs all writes and commits them in batches.

A use case is a function of a `Transaction`. Those waiting together run one after
the other as one unit of work and are committed together; only then are their callers
answered, so nothing is acknowledged before it is durable. What nobody waits for any
more is dropped, before it is run and again before it is committed.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar, overload

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from izzitup_desktop.domain.errors import BoardError, Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.storage import ids, lost_commit, schema, shared
from izzitup_desktop.storage.asked import ANSWER_SECONDS, Asked, not_in_time
from izzitup_desktop.storage.engine import SPARE_SECONDS, Database, translated
from izzitup_desktop.storage.loaded import Loaded
from izzitup_desktop.storage.picture import read_few
from izzitup_desktop.storage.queued import (
    Commit,
    Ending,
    OnRefused,
    Queued,
    UseCase,
    Written,
)
from izzitup_desktop.storage.reasons import is_read_only
from izzitup_desktop.storage.silent_server import Limit
from izzitup_desktop.storage.times import elapsed
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.write_queue import WriteQueue

__all__ = ["Commit", "Ending", "UseCase", "Writer", "Written"]

log = logging.getLogger(__name__)

T = TypeVar("T")

_BATCH_SECONDS = 1.0
"""A batch that runs for so long is committed, so that the last ones are in time too."""

_NOTIFY = text("SELECT pg_notify('izzitup_journal', :last_id)")
_TRY_LEAST_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class _Known:
    """What is stored, as this writer left it: true while nobody else commits."""

    connection: Any
    change_counter: int
    last_id: int
    loaded: Loaded


class Writer:
    """Runs use cases on the thread `izzitup-writer`, from the first one until `close()`.

    `committed` is called after each commit, on that thread, before anybody is
    answered; it must be quick.
    """

    def __init__(self, database: Database, committed: Callable[[Commit], None]) -> None:
        self._database = database
        self._committed = committed
        self._known: _Known | None = None
        self._queue = WriteQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self.trouble: Unavailable | None = None
        """Why the last batch could not be stored; None once one could be."""

    @overload
    def submit(
        self,
        use_case: UseCase[T],
        asked: Asked | None = None,
        *,
        slow: bool = False,
        service_ids: Sequence[int] = (),
        sure: bool = False,
        refused: OnRefused | None = None,
    ) -> Future[Written[T]]: ...

    @overload
    def submit(
        self,
        use_case: UseCase[Any],
        asked: Asked | None = None,
        *,
        slow: bool = False,
        service_ids: Sequence[int] = (),
        sure: bool = False,
        ending: Ending[T],
        refused: OnRefused | None = None,
    ) -> Future[Written[T]]: ...

    def submit(
        self,
        use_case: UseCase[Any],
        asked: Asked | None = None,
        *,
        slow: bool = False,
        service_ids: Sequence[int] = (),
        sure: bool = False,
        ending: Ending[Any] | None = None,
        refused: OnRefused | None = None,
    ) -> Future[Written[Any]]:
        """Queue `use_case`; the future ends when its change is durable, or failed.

        It fails with the `BoardError` the use case raised, or `Unavailable`. Once
        nobody wants it (`asked`) it is not run, or not committed. It may be run
        again when the others of its batch are. A `slow` one is run by itself, and to
        its end once it began. `service_ids` are read together with others';
        `ending` makes of what is durable the value, or raises a `BoardError`. `refused`
        hears, on the writer's thread, of the `BoardError` that the use case raised. A
        `sure` one is made even if its future is cancelled.
        """
        future: Future[Written[Any]] = Future()
        if sure:
            future.set_running_or_notify_cancel()
        item = Queued(
            use_case, future, asked or Asked(), slow, service_ids, ending, refused, began=sure
        )
        # Before it is queued: whoever closes then finds the thread that ends it.
        self._start_once()
        if not self._queue.put(item):
            item.fail(Unavailable(msg("IzzitUp is closing.")))
        return future

    def write(self, use_case: UseCase[T], *, slow: bool = False) -> Written[T]:
        """`submit`, and wait as long as anybody waits."""
        self._database.assert_may_wait()
        asked = Asked()
        return asked.result(self.submit(use_case, asked, slow=slow), until_made=slow)

    @property
    def waiting(self) -> int:
        """How many use cases wait for their turn; those that run do no more."""
        return len(self._queue)

    def close(self) -> None:
        """Finish what is queued, in the time that each has, and end the thread."""
        self._queue.close()
        with self._starting:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _start_once(self) -> None:
        if self._thread is not None:
            return
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="izzitup-writer")
                self._thread.start()

    def _run(self) -> None:
        while self._queue.wait():
            batch: list[Queued] = []
            began = elapsed()
            try:
                self._write(batch)
                self._queue.expect(len(batch), elapsed() - began)
            except SQLAlchemyError as error:
                if is_read_only(error):
                    self._database.renew_writers()
                self._fail(batch, self._database.unavailable(error))
            except BoardError as error:
                self._fail(batch, error)
            except Exception as error:  # the worker loop must outlive a fault of ours
                log.exception("the writer failed on a batch of %d", len(batch))
                self._fail(batch, error)

    def _write(self, batch: list[Queued]) -> None:
        """One try to get the lock; with it, one batch, put into `batch` as it runs."""
        self._database.assert_same_file()
        seconds = self._oldest_seconds_left()
        with (
            self._database.writing_connection() as connection,
            self._database.limited(connection, seconds + SPARE_SECONDS) as limit,
        ):
            try:
                # Connecting took some of the time: who waits is to hear why before theirs is over.
                if self._database.begin_writing(connection, self._oldest_seconds_left()):
                    self._database.note_writing(writes=True)
                    self._run_and_commit(connection, batch, limit)
            finally:
                self._database.note_writing(writes=False)
                # Here, where its time is limited too; after a commit it is nothing.
                connection.rollback()
        if not batch:
            self._tell_late(self._locked())

    def _locked(self) -> Unavailable:
        if self._database.is_shared:
            return shared.busy()
        return Unavailable(msg("The database is locked by another program. Try again in a moment."))

    def _oldest_seconds_left(self) -> float:
        """How long who waits longest can be made to wait for the lock."""
        left = min(self._queue.least_seconds_left(), ANSWER_SECONDS)
        left = self._database.seconds_until(elapsed() + left - SPARE_SECONDS)
        return max(_TRY_LEAST_SECONDS, left)

    def _tell_late(self, error: BoardError) -> None:
        """Answer those who can't wait for another try."""
        closing = self._database.seconds_until(float("inf")) <= 0

        def is_late(item: Queued) -> bool:
            asked = item.asked
            return closing or asked.seconds_left <= SPARE_SECONDS or not asked.is_wanted

        for item in self._queue.take_if(is_late):
            item.fail(error)

    def _fail(self, batch: list[Queued], error: BaseException) -> None:
        """Fail the batch; where none had begun, the database is not there for anybody."""
        if isinstance(error, Unavailable):
            self.trouble = error
        for item in batch or self._queue.take_if(lambda _: True):
            item.fail(error)

    def _run_and_commit(
        self, connection: Connection, batch: list[Queued], limit: Limit | None
    ) -> None:
        change_counter = self._database.change_counter_of(connection)
        transaction = self._begin(connection, change_counter)
        outcomes: list[Written[Any] | BaseException] = []
        began = elapsed()
        taken = deque(self._queue.take())
        try:
            while taken and (not batch or elapsed() - began < _BATCH_SECONDS):
                item = taken.popleft()
                if not item.may_run():
                    continue
                if not batch:
                    self._give_time(connection, limit, slow=item.slow)
                batch.append(item)
                outcomes.append(_run_one(transaction, item))
        finally:
            if taken:
                self._queue.put_back(taken)
        transaction.store()
        wanted = [item for item in batch if item.asked.hold()]
        if not batch or len(wanted) < len(batch):
            connection.rollback()
            self._run_again(wanted, batch)
            return
        entries = transaction.entries
        changes = read_few(connection, entries, transaction.loaded.services)
        self._commit(connection, batch, transaction)
        commit = Commit(transaction.first_id - 1, entries, changes)
        try:
            self._publish(connection, transaction, commit, change_counter)
        except Exception:  # it is durable: nobody is told that it failed
            log.exception("what was committed could not be told to others here")
        for item, outcome in zip(batch, outcomes, strict=True):
            item.end(outcome)

    def _give_time(self, connection: Connection, limit: Limit | None, *, slow: bool) -> None:
        """What the statements and the commit of this batch may take."""
        self._database.allow(connection, shared.SLOW_SECONDS if slow else ANSWER_SECONDS)
        if limit is not None:
            limit.extend(shared.WHOLE_SECONDS if slow else ANSWER_SECONDS)

    def _run_again(self, wanted: Sequence[Queued], batch: Sequence[Queued]) -> None:
        """Answer those of the batch who have given up; the others come next.

        Nothing was committed and all is taken back, so nothing is done twice.
        """
        for item in wanted:
            item.asked.release()
        for item in batch:
            if item not in wanted:
                item.fail(not_in_time())
        self._queue.put_back(wanted)

    def _commit(
        self, connection: Connection, batch: list[Queued], transaction: Transaction
    ) -> None:
        last = transaction.last_entry
        if last is None and not transaction.keep:
            connection.rollback()
            return
        if last is not None and self._database.is_shared:
            # Whoever knows of it already needn't look; older desks do without the id.
            connection.execute(_NOTIFY, {"last_id": str(last.id)})
        try:
            connection.commit()
        except DBAPIError as error:
            if last is None or not (shared.is_disconnect(error) and self._database.is_shared):
                raise
            left = min(item.asked.seconds_left for item in batch)
            if not lost_commit.was_made(self._database, last, left):
                raise
            log.warning("the connection was lost while committing; it was durable: %s", error)
        self.trouble = None

    def _begin(self, connection: Connection, change_counter: int | None) -> Transaction:
        """A unit of work; what is known to be stored is not read again."""
        known, self._known = self._known, None  # until all went well
        driver = connection.connection.driver_connection
        if (
            change_counter is not None
            and known
            and (known.connection, known.change_counter) == (driver, change_counter)
        ):
            transaction = Transaction(
                connection, known.last_id, clock=self._database.clock, loaded=known.loaded
            )
        else:
            ahead = self._check(connection)
            last_id = ids.last_of_journal(connection, self._database.path)
            transaction = Transaction(connection, last_id, clock=self._database.clock, ahead=ahead)
        next_ones = self._queue.next_ones()
        transaction.read_services(id_ for item in next_ones for id_ in item.service_ids)
        return transaction

    def _check(self, connection: Connection) -> timedelta:
        """How much the database's clock is ahead. Raises `NewerDatabase`."""
        version, ahead = schema.version_and_ahead(connection, self._database.clock)
        if version != schema.VERSION:
            raise schema.changed(self._database.location, version)
        return ahead

    def _publish(
        self,
        connection: Connection,
        transaction: Transaction,
        commit: Commit,
        change_counter: int | None,
    ) -> None:
        """Tell what was committed, and keep what is known by it."""
        entries = commit.entries
        transaction.loaded.end()
        if change_counter is not None and (entries or not transaction.has_stored):
            driver = connection.connection.driver_connection
            self._known = _Known(driver, change_counter, transaction.last_id, transaction.loaded)
        if entries or transaction.keep:
            now_at = (
                None
                if change_counter is None
                else self._database.change_counter_if_last(connection, change_counter)
            )
            self._committed(replace(commit, change_counter=now_at))


def _run_one(transaction: Transaction, item: Queued) -> Written[Any] | BaseException:
    transaction.begin_use_case()
    try:
        value = item.use_case(transaction)
        return Written(value, transaction.end_use_case())
    except BoardError as error:
        transaction.roll_back_use_case()
        return error
    except IntegrityError as error:
        transaction.roll_back_use_case()
        return translated(error, "")
    except SQLAlchemyError:
        # A full disk or a lost connection may have ended the whole transaction.
        raise
    except Exception as error:  # a fault of ours fails its caller, not its neighbours
        transaction.roll_back_use_case()
        return error

"""Jobs: what happens by itself, each done by one process of those that have the board open.

Who holds a job has a lease on it, by the database's clock. It is renewed at each
heartbeat, taken over by another process once it ran out, and given back at the end.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from izzitup_desktop.board.core import Core
from izzitup_desktop.board.known_tokens import Uses, store
from izzitup_desktop.board.runs import HEARTBEAT_SECONDS, Run
from izzitup_desktop.storage import jobs
from izzitup_desktop.storage.transaction import Transaction

log = logging.getLogger(__name__)

LEASE_SECONDS = 3 * HEARTBEAT_SECONDS
"""For how long a process that says nothing more keeps others from its jobs."""

Every = Callable[[], float | None]
"""The least seconds between two times that a job does something; None: not in this process.

Asked each time, so that a changed setting holds at once.
"""


def _always() -> float | None:
    return 0.0


@dataclass(frozen=True, slots=True)
class Job:
    """A job whose `work` is a use case: done in the transaction that looks who holds it.

    What it returns is true where it did something.
    """

    name: str
    work: Callable[[Transaction], object]
    every_seconds: Every = _always


@dataclass(frozen=True, slots=True)
class FileJob:
    """A job whose `work` writes files beside the database, for as long as that takes.

    It asks its lease right before it makes something final. One that `only_reads` the
    database is done without a lease where that can't be written to.
    """

    name: str
    work: Callable[[Lease], object]
    every_seconds: Every = _always
    only_reads: bool = False


class LeaseLost(Exception):
    """Another process took the job over: this one was asleep, or stopped."""


class Lease:
    """The right to do a file job, as long as nobody else took it over."""

    def __init__(self, still_held: Callable[[], bool]) -> None:
        self._still_held = still_held

    def assert_held(self) -> None:
        """Raise `LeaseLost` when another process has the job, `Unavailable`."""
        if not self._still_held():
            raise LeaseLost


class Jobs:
    """The jobs that this process holds; thread-safe."""

    def __init__(
        self, core: Core, lease_seconds: float = LEASE_SECONDS, uses: Uses | None = None
    ) -> None:
        self._core = core
        self._uses = uses or Uses()
        self._lease = timedelta(seconds=lease_seconds)
        self._me = secrets.token_hex(16)
        self._held: set[str] = set()
        self._lock = threading.Lock()
        self._run = Run(core)

    def heartbeat(self) -> None:
        """Note that this process watches, and keep what it holds. Raises `Unavailable`.

        In the same transaction it notes when tokens were used, so that nobody who is
        answered waits for that.
        """
        times: list[datetime] = []
        due = self._uses.due(self._core.clock.elapsed())

        def also(transaction: Transaction) -> None:
            times.append(transaction.now)
            jobs.renew(transaction.connection, self._me, transaction.now + self._lease)
            store(transaction, due)

        self._run.heartbeat(also)
        self._core.watched_at, self._core.run_id = times[-1], self._run.id
        self._uses.note_written(due, self._core.clock.elapsed())

    def run(self, job: Job) -> bool:
        """Do the job if it is this process's and due; whether it did something.

        Raises `Unavailable`, and what its work raises; nothing was changed then.
        """
        every = job.every_seconds()
        if every is None:
            self._give_back(job.name)
            return False

        def use_case(transaction: Transaction) -> bool:
            did = self._is_to_do(transaction, job.name, every) and bool(job.work(transaction))
            if did:
                self._note_run(transaction, job.name)
            return did

        return self._core.write(use_case, slow=True).value

    def run_file_job(self, job: FileJob) -> bool:
        """`run` for a job beside the database; False too where it was taken over meanwhile."""
        every = job.every_seconds()
        if every is None:
            self._give_back(job.name)
            return False
        if job.only_reads and self._core.database.read_only:
            return bool(job.work(Lease(lambda: True)))
        if not self._core.write(lambda t: self._is_to_do(t, job.name, every)).value:
            return False
        try:
            did = bool(job.work(Lease(lambda: self._still_holds(job.name))))
        except LeaseLost:
            log.info("another process took the job %s over", job.name)
            return False
        if did:
            self._core.write(lambda transaction: self._note_run(transaction, job.name))
        return did

    def give_back(self) -> None:
        """Let other processes have all jobs at once. Raises `Unavailable`."""

        def use_case(transaction: Transaction) -> None:
            transaction.keep = True
            jobs.give_back(transaction.connection, self._me)

        with self._lock:
            held = bool(self._held)
            self._held.clear()
        if held:
            self._core.write(use_case)

    def _give_back(self, name: str) -> None:
        """Let others have a job that this process's settings don't want any more."""

        def use_case(transaction: Transaction) -> None:
            transaction.keep = True
            jobs.give_back(transaction.connection, self._me, name)

        with self._lock:
            held = name in self._held
            self._held.discard(name)
        if held:
            self._core.write(use_case)

    def _is_to_do(self, transaction: Transaction, name: str, every_seconds: float) -> bool:
        """Whether the job is held from now on, and due."""
        row = self._hold(transaction, name)
        return row is not None and _is_due(row.last_run, every_seconds, transaction.now)

    def _hold(self, transaction: Transaction, name: str) -> jobs.JobRow | None:
        """Take the job, or keep it; None where another process has it."""
        row, now = jobs.get(transaction.connection, name), transaction.now
        if row.is_held_by_another(self._me, now):
            return None
        fresh = row.until is not None and now + self._lease / 2 < row.until <= now + self._lease
        if row.holder != self._me or not fresh:
            transaction.keep = True
            jobs.hold(transaction.connection, name, self._me, now + self._lease)
        with self._lock:
            self._held.add(name)
        return row

    def _still_holds(self, name: str) -> bool:
        return self._core.write(lambda transaction: self._keep_on(transaction, name)).value

    def _keep_on(self, transaction: Transaction, name: str) -> bool:
        """Keep a job that nobody else took meanwhile, be it that its time was over."""
        if jobs.get(transaction.connection, name).holder != self._me:
            return False
        transaction.keep = True
        jobs.hold(transaction.connection, name, self._me, transaction.now + self._lease)
        return True

    def _note_run(self, transaction: Transaction, name: str) -> None:
        transaction.keep = True
        jobs.note_run(transaction.connection, name, transaction.now)


def _is_due(last_run: datetime | None, every_seconds: float, now: datetime) -> bool:
    # A last time in the future (the clock was set back) is none of the last seconds.
    passed = None if last_run is None else (now - last_run).total_seconds()
    return passed is None or not 0 <= passed < every_seconds

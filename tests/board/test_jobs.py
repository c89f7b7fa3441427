"""Of several processes on one database one does what happens by itself."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.board.backups import BackupPlan
from izzitup_desktop.board.jobs import LEASE_SECONDS, FileJob, Job, Lease, LeaseLost
from izzitup_desktop.board.scheduler import Scheduler
from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds.boards import BOARD_CREATED
from izzitup_desktop.domain.kinds.statuses import SERVICE_STATUS
from izzitup_desktop.domain.status_options import StatusOptions
from izzitup_desktop.storage import jobs as stored_jobs
from izzitup_desktop.storage.transaction import Transaction
from tests.builders import (
    ALICE,
    DEADLINE_SECONDS,
    GOOD_PASSWORD,
    HandClock,
    add_service,
    opened_board,
)

pytestmark = pytest.mark.soak_on_postgresql

ROOT = Path(__file__).parents[2]
LEASE = timedelta(seconds=LEASE_SECONDS)
LITTLE = timedelta(seconds=1)
DAY = 86_400.0


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def one(database_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Board]:
    with opened_board(database_url, tmp_path, clock=clock) as board:
        yield board


@pytest.fixture
def other(one: Board, database_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Board]:
    """The same board in another process, as far as its jobs go."""
    with opened_board(database_url, tmp_path, create=False, clock=clock) as board:
        yield board


def note(transaction: Transaction) -> bool:
    transaction.record(ALICE, BOARD_CREATED, 0, "did it")
    return True


NOTE = Job("note", note)
DAILY = Job("note", note, lambda: DAY)


def test_while_one_process_says_that_it_goes_on_no_other_does_its_job(
    one: Board, other: Board, clock: HandClock
) -> None:
    assert one.jobs.run(NOTE)
    for _ in range(5):
        clock.go_on(LEASE - LITTLE)
        one.jobs.heartbeat()
        assert not other.jobs.run(NOTE)
    assert one.jobs.run(NOTE)


def test_a_process_that_says_nothing_more_loses_its_job_to_the_next_and_does_it_no_more(
    one: Board, other: Board, clock: HandClock
) -> None:
    assert one.jobs.run(NOTE)
    clock.go_on(LEASE + LITTLE)
    assert other.jobs.run(NOTE)
    one.jobs.heartbeat()
    assert not one.jobs.run(NOTE)


def test_a_process_that_was_away_goes_on_where_nobody_took_its_job(
    one: Board, other: Board, clock: HandClock
) -> None:
    assert one.jobs.run(NOTE)
    clock.go_on(10 * LEASE)
    one.jobs.heartbeat()
    assert not other.jobs.run(NOTE)


def test_what_is_given_back_is_anybodys_at_once(one: Board, other: Board) -> None:
    assert one.jobs.run(NOTE)
    one.jobs.give_back()
    assert other.jobs.run(NOTE)
    assert not one.jobs.run(NOTE)


def test_a_closed_scheduler_gives_its_jobs_back(one: Board, other: Board) -> None:
    done = threading.Event()
    scheduler = Scheduler(one.jobs, (Job("note", lambda _: done.set()),))
    assert done.wait(DEADLINE_SECONDS)
    scheduler.close()
    assert other.jobs.run(NOTE)


def test_a_job_for_once_a_day_is_done_once_whoever_holds_it(
    one: Board, other: Board, clock: HandClock
) -> None:
    assert one.jobs.run(DAILY)
    assert not one.jobs.run(DAILY)
    one.jobs.give_back()
    clock.go_on(timedelta(hours=23))
    assert not other.jobs.run(DAILY)
    clock.go_on(timedelta(hours=1))
    assert other.jobs.run(DAILY)


def test_a_clock_that_was_set_back_keeps_no_job_from_being_done(
    one: Board, other: Board, clock: HandClock
) -> None:
    assert one.jobs.run(DAILY)
    clock.go_on(timedelta(days=-400))
    assert other.jobs.run(DAILY)
    assert not other.jobs.run(DAILY)


def test_a_job_that_did_nothing_is_due_again_at_once(one: Board) -> None:
    did: list[bool] = [False, True]
    job = Job("note", lambda _transaction: did.pop(0), lambda: DAY)
    assert not one.jobs.run(job)
    assert one.jobs.run(job)
    assert not one.jobs.run(job)


def test_a_setting_that_ends_a_job_here_holds_at_once_and_leaves_it_to_others(
    one: Board, other: Board
) -> None:
    every: list[float | None] = [0.0]
    job = Job("note", note, lambda: every[0])
    assert one.jobs.run(job)
    every[0] = None
    assert not one.jobs.run(job)
    assert other.jobs.run(NOTE)


def test_a_job_that_fails_changes_nothing_and_is_tried_again(one: Board) -> None:
    def fail(transaction: Transaction) -> None:
        note(transaction)
        raise RuntimeError("a fault of ours")

    before = one.journal.latest(ALICE, limit=9)
    with pytest.raises(RuntimeError):
        one.jobs.run(Job("note", fail, lambda: DAY))
    assert one.journal.latest(ALICE, limit=9) == before
    assert one.jobs.run(DAILY)


def test_a_file_job_that_another_process_took_over_makes_nothing_final(
    one: Board, other: Board, clock: HandClock
) -> None:
    made: list[str] = []

    def sleep_through(lease: Lease) -> bool:
        clock.go_on(LEASE + LITTLE)
        assert other.jobs.run_file_job(FileJob("file", made_by_other, lambda: DAY))
        lease.assert_held()
        made.append("one")
        return True

    def made_by_other(lease: Lease) -> bool:
        lease.assert_held()
        made.append("other")
        return True

    job = FileJob("file", sleep_through, lambda: DAY)
    assert not one.jobs.run_file_job(job)
    assert not one.jobs.run_file_job(job)
    assert made == ["other"]


def test_a_backup_whose_lease_was_lost_leaves_no_file(one: Board) -> None:
    with pytest.raises(LeaseLost):
        one.backups.save_if_due(BackupPlan(every_hours=24, keep=2), Lease(lambda: False))
    assert one.backups.list(ALICE) == ()
    assert list(one.backups.folder.iterdir()) == []


def test_of_two_processes_with_folders_of_their_own_one_makes_the_days_backup(
    one: Board, database_url: str, tmp_path: Path, clock: HandClock
) -> None:
    def plan() -> BackupPlan:
        return BackupPlan(every_hours=24, keep=2)

    folder = tmp_path / "of another"
    assert one.jobs.run_file_job(one.backups.job(plan))
    one.jobs.give_back()
    with opened_board(database_url, folder, create=False, clock=clock) as desk:
        assert not desk.jobs.run_file_job(desk.backups.job(plan))
        assert desk.backups.list(ALICE) == ()
    assert len(one.backups.list(ALICE)) == 1


def test_no_backup_by_itself_where_the_settings_want_none(one: Board) -> None:
    job = one.backups.job(lambda: BackupPlan(every_hours=0, keep=2))
    assert not one.jobs.run_file_job(job)
    assert one.backups.list(ALICE) == ()


def test_a_restore_leaves_the_running_processes_their_jobs(one: Board, other: Board) -> None:
    one.accounts.first("alice", GOOD_PASSWORD, Origin.CLI)
    saved = one.backups.save(ALICE)
    assert one.jobs.run(NOTE)
    one.backups.restore(ALICE, saved)
    assert not other.jobs.run(NOTE)
    assert one.jobs.run(NOTE)


def test_a_row_that_can_not_be_read_keeps_nobody_from_a_job(tmp_path: Path) -> None:
    path = tmp_path / "izzitup.db"
    with opened_board(f"sqlite:///{path}", tmp_path) as board:
        assert board.jobs.run(DAILY)
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE jobs SET holder = 'other', until = 'x', last_run = 1e300")
        assert board.backups.check() != ()
        assert board.jobs.run(DAILY)
        assert board.backups.check() == ()


class Keeper:
    """A process of its own that keeps a board; see `tests.board.keeper`."""

    def __init__(self, name: str, process: subprocess.Popen[bytes], folder: Path) -> None:
        self.name, self.process, self.folder = name, process, folder

    def noted(self, what: str) -> int:
        log = self.folder / "log"
        return log.read_text("utf-8").count(f"{self.name} {what}\n") if log.exists() else 0

    def wait_until_noted(self, what: str, times: int = 1) -> None:
        wait_until(lambda: self.noted(what) >= times)

    def go(self) -> None:
        (self.folder / f"go-{self.name}").touch()


def wait_until(condition: Callable[[], bool]) -> None:
    end, moment = time.monotonic() + DEADLINE_SECONDS, threading.Event()
    while not condition():
        assert time.monotonic() < end
        moment.wait(0.02)


@contextmanager
def keeper(name: str, url: str, folder: Path) -> Iterator[Keeper]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.board.keeper", name, url, str(folder), "2"],
        stdin=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdin is not None
    try:
        yield Keeper(name, process, folder)
    finally:
        process.send_signal(signal.SIGCONT)
        process.stdin.close()
        try:
            process.wait(DEADLINE_SECONDS)
        finally:
            process.kill()
            process.wait()


def holder_of(board: Board, name: str) -> str:
    return board.core.read(lambda connection: stored_jobs.get(connection, name)).holder


def ended_by_itself(board: Board) -> list[Entry]:
    entries = board.journal.latest(ALICE, limit=1_000)
    return [e for e in entries if e.kind == SERVICE_STATUS and e.actor == "schedule"]


@pytest.fixture
def board(database_url: str, tmp_path: Path) -> Iterator[Board]:
    with opened_board(database_url, tmp_path) as opened:
        yield opened


def set_for_a_moment(board: Board) -> None:
    service = add_service(board, f"S{board.last_id()}")
    until = datetime.now(UTC) + timedelta(seconds=2)
    board.statuses.set(ALICE, [service.id], 7, "", StatusOptions(until, 5))


@pytest.mark.faults
def test_what_a_killed_process_held_another_one_takes_over(
    board: Board, database_url: str, tmp_path: Path
) -> None:
    with keeper("first", database_url, tmp_path) as first:
        first.go()
        first.wait_until_noted("made")
        held_by_first = holder_of(board, "due")
        with keeper("second", database_url, tmp_path) as second:
            second.go()
            second.wait_until_noted("looked", 2)
            first.process.send_signal(signal.SIGKILL)
            set_for_a_moment(board)
            wait_until(lambda: len(ended_by_itself(board)) == 1)
            second.wait_until_noted("looked", second.noted("looked") + 3)
            assert len(ended_by_itself(board)) == 1
            assert holder_of(board, "due") not in ("", held_by_first)
            # What was done within the hour is not done again by whoever comes next.
            assert (first.noted("made"), second.noted("made")) == (1, 0)


@pytest.mark.faults
@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no process is stopped there")
def test_a_process_that_was_stopped_past_its_lease_does_nothing_again(
    board: Board, database_url: str, tmp_path: Path
) -> None:
    with keeper("first", database_url, tmp_path) as first:
        first.wait_until_noted("began")
        first.process.send_signal(signal.SIGSTOP)
        set_for_a_moment(board)
        with keeper("second", database_url, tmp_path) as second:
            second.go()
            second.wait_until_noted("made")
            wait_until(lambda: len(ended_by_itself(board)) == 1)
            first.go()
            first.process.send_signal(signal.SIGCONT)
            first.wait_until_noted("lost")
            first.wait_until_noted("looked", first.noted("looked") + 2)
            second.wait_until_noted("looked", second.noted("looked") + 2)
            assert len(ended_by_itself(board)) == 1
            assert (first.noted("made"), second.noted("made")) == (0, 1)

import threading
from pathlib import Path

import pytest

from izzitup_desktop.board.jobs import FileJob, Job, Lease
from izzitup_desktop.board.runs import HEARTBEAT_SECONDS, WATCHED_FOR
from izzitup_desktop.board.scheduler import Scheduler
from izzitup_desktop.domain.uptime import Interval
from izzitup_desktop.storage import runs
from izzitup_desktop.storage.transaction import Transaction
from tests.builders import DEADLINE_SECONDS, opened_board
from tests.storage.lost import moved_away

EVER: Interval = (0, 2**60)


def test_a_fault_in_one_job_ends_neither_the_others_nor_itself(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    asked, twice, others = [0], threading.Event(), threading.Event()

    def work(_transaction: Transaction) -> None:
        asked[0] += 1
        if asked[0] == 1:
            raise RuntimeError("a fault of ours")
        twice.set()

    def other(_lease: Lease) -> None:
        others.set()

    jobs = (Job("faulty", work), FileJob("other", other))
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        scheduler = Scheduler(board.jobs, jobs, pause_seconds=0.01)
        try:
            assert twice.wait(DEADLINE_SECONDS)
            assert others.wait(DEADLINE_SECONDS)
        finally:
            scheduler.close()
    assert "a fault of ours" in caplog.text


def test_a_file_job_that_takes_long_makes_no_pause_in_the_heartbeats(tmp_path: Path) -> None:
    begun, done = threading.Event(), threading.Event()

    def long(_lease: Lease) -> None:
        begun.set()
        assert done.wait(DEADLINE_SECONDS)

    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:

        def seen() -> int:
            found = board.core.read(lambda connection: runs.between(connection, EVER))
            return found[-1][1] if found else 0

        scheduler = Scheduler(board.jobs, (FileJob("long", long),), pause_seconds=0.01)
        try:
            assert begun.wait(DEADLINE_SECONDS)
            before, moment = seen(), threading.Event()
            while seen() == before:
                assert not moment.wait(0.01)
        finally:
            done.set()
            scheduler.close()


def test_a_pause_that_one_lost_heartbeat_makes_is_no_end_of_a_run() -> None:
    assert WATCHED_FOR.total_seconds() > 2 * HEARTBEAT_SECONDS


def test_a_heartbeat_that_can_not_be_stored_is_told_and_one_that_can_be_ends_it(
    tmp_path: Path,
) -> None:
    path, told, changed = tmp_path / "izzitup.db", [""], threading.Condition()

    def on_trouble(reason: str) -> None:
        with changed:
            told.append(reason)
            changed.notify()

    def wait_for(words: str) -> None:
        with changed:
            assert changed.wait_for(lambda: words in told[-1], DEADLINE_SECONDS)

    with opened_board(f"sqlite:///{path}", tmp_path) as board:
        scheduler = Scheduler(board.jobs, (), pause_seconds=0.01, on_trouble=on_trouble)
        try:
            with moved_away(path):
                wait_for("was moved or deleted")
            with changed:
                assert changed.wait_for(lambda: told[-1] == "", DEADLINE_SECONDS)
        finally:
            scheduler.close()

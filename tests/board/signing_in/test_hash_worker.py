import threading
from collections.abc import Iterator

import pytest

from izzitup_desktop.board.signing_in.hash_worker import QUEUE_MOST, HashWorker
from izzitup_desktop.domain.errors import SignInFailed, Unavailable


@pytest.fixture
def worker() -> Iterator[HashWorker]:
    running = HashWorker()
    yield running
    running.close()


class Gate:
    """A check that waits until it is let through."""

    def __init__(self) -> None:
        self.started, self.release = threading.Event(), threading.Event()
        self.runs = 0

    def __call__(self) -> str:
        self.runs += 1
        self.started.set()
        assert self.release.wait(20)
        return "done"


def test_a_check_gives_its_result_or_its_error(worker: HashWorker) -> None:
    def fails() -> None:
        raise SignInFailed

    assert worker.submit(b"a", lambda: 7).result(20) == 7
    assert isinstance(worker.submit(b"b", fails).exception(20), SignInFailed)
    assert worker.submit(b"a", lambda: 8).result(20) == 8


def test_the_same_check_in_flight_runs_once(worker: HashWorker) -> None:
    gate = Gate()
    first, second = worker.submit(b"a", gate), worker.submit(b"a", gate)
    assert worker.in_flight(b"a") is first is second
    gate.release.set()
    assert first.result(20) == "done"
    assert gate.runs == 1
    assert worker.in_flight(b"a") is None


def test_one_more_than_may_wait_is_told_to_come_again(worker: HashWorker) -> None:
    gate = Gate()
    running = worker.submit(b"running", gate)
    assert gate.started.wait(20)
    waiting = [worker.submit(bytes([number]), lambda: 1) for number in range(QUEUE_MOST)]
    assert isinstance(worker.submit(b"more", lambda: 1).exception(0), Unavailable)
    gate.release.set()
    assert running.result(20) == "done"
    assert [future.result(20) for future in waiting] == [1] * QUEUE_MOST


def test_who_waits_no_more_ends_neither_the_check_nor_the_worker(worker: HashWorker) -> None:
    gate = Gate()
    running = worker.submit(b"running", gate)
    assert gate.started.wait(20)
    waiting = worker.submit(b"waiting", lambda: "done")
    for future in (running, waiting):
        future.cancel()
    gate.release.set()
    assert [running.result(20), waiting.result(20)] == ["done", "done"]
    assert worker.submit(b"later", lambda: 1).result(20) == 1


def test_closing_refuses_what_waits_and_what_comes() -> None:
    worker, gate = HashWorker(), Gate()
    running = worker.submit(b"running", gate)
    assert gate.started.wait(20)
    waiting = worker.submit(b"waiting", lambda: 1)
    closing = threading.Thread(target=worker.close)
    closing.start()
    gate.release.set()
    closing.join(20)
    assert running.result(0) == "done"
    assert isinstance(waiting.exception(0), Unavailable)
    assert isinstance(worker.submit(b"late", lambda: 1).exception(0), Unavailable)

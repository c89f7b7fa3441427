"""Who waits for the writer, in which order, and what is worth a batch."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

from izzitup_desktop.storage.asked import Asked
from izzitup_desktop.storage.queued import Queued
from izzitup_desktop.storage.write_queue import BATCH_MOST, WriteQueue

DEADLINE_SECONDS = 30.0


def queued(*, slow: bool = False) -> Queued:
    return Queued(lambda _transaction: None, Future(), Asked(), slow)


def put(queue: WriteQueue, count: int) -> list[Queued]:
    items = [queued() for _ in range(count)]
    for item in items:
        assert queue.put(item)
    return items


def test_those_who_wait_are_taken_in_their_order_so_many_at_once() -> None:
    queue = WriteQueue()
    items = put(queue, BATCH_MOST + 1)
    assert queue.next_ones() == items[:BATCH_MOST]
    assert queue.take() == items[:BATCH_MOST]
    assert queue.take() == items[BATCH_MOST:]
    assert queue.take() == []


def test_a_slow_one_is_taken_by_itself() -> None:
    queue = WriteQueue()
    before = put(queue, 2)
    slow = queued(slow=True)
    queue.put(slow)
    after = put(queue, 2)
    assert [queue.take(), queue.take(), queue.take()] == [before, [slow], after]


def test_what_is_put_back_comes_next() -> None:
    queue = WriteQueue()
    items = put(queue, 3)
    taken = queue.take()
    later = put(queue, 1)
    queue.put_back(taken[1:])
    assert queue.take() == [*items[1:], *later]


def test_some_are_taken_from_wherever_they_stand() -> None:
    queue = WriteQueue()
    first, second, third = put(queue, 3)
    assert queue.take_if(lambda item: item is second) == [second]
    assert queue.take() == [first, third]


def test_a_closed_queue_takes_nothing_more_and_gives_what_it_has() -> None:
    queue = WriteQueue()
    items = put(queue, 1)
    queue.close()
    assert not queue.put(queued())
    assert queue.wait()
    assert queue.take() == items
    assert not queue.wait()


def test_a_crowd_that_was_answered_together_is_taken_together_again() -> None:
    queue = WriteQueue(gather_most_seconds=DEADLINE_SECONDS)
    put(queue, 2)
    queue.expect(4, DEADLINE_SECONDS)
    with ThreadPoolExecutor(1) as pool:
        taken = pool.submit(lambda: queue.wait() and queue.take())
        # These two, and the four who are expected.
        put(queue, 4)
        assert len(taken.result(DEADLINE_SECONDS) or ()) == 6


def test_a_crowd_that_does_not_come_is_waited_for_no_longer_than_its_batch_took() -> None:
    queue = WriteQueue(gather_most_seconds=DEADLINE_SECONDS * 10)
    queue.expect(8, 0.01)
    items = put(queue, 1)
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(queue.wait).result(DEADLINE_SECONDS)
    assert queue.take() == items


def test_few_are_not_waited_for() -> None:
    queue = WriteQueue(gather_most_seconds=DEADLINE_SECONDS * 10)
    queue.expect(3, DEADLINE_SECONDS * 10)
    put(queue, 1)
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(queue.wait).result(DEADLINE_SECONDS)


def test_a_closing_queue_waits_for_no_crowd() -> None:
    queue = WriteQueue(gather_most_seconds=DEADLINE_SECONDS * 10)
    queue.expect(8, DEADLINE_SECONDS * 10)
    put(queue, 1)
    queue.close()
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(queue.wait).result(DEADLINE_SECONDS)

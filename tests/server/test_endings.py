"""Futures of other threads on an event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import Context
from typing import TypeVarTuple, Unpack

import pytest

from izzitup_desktop.server.endings import Endings

Ts = TypeVarTuple("Ts")


class CountingLoop(asyncio.SelectorEventLoop):
    """Counts how often another thread wakes it."""

    woken = 0

    def call_soon_threadsafe(
        self,
        callback: Callable[[Unpack[Ts]], object],
        *args: *Ts,
        context: Context | None = None,
    ) -> asyncio.Handle:
        self.woken += 1
        return super().call_soon_threadsafe(callback, *args, context=context)


def test_a_batch_that_ends_on_another_thread_wakes_the_loop_once() -> None:
    async def main() -> int:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, CountingLoop)
        endings = Endings()
        futures = [Future[int]() for _ in range(100)]
        waiting = [asyncio.create_task(endings.wait(future, 60)) for future in futures]
        await asyncio.sleep(0)
        before = loop.woken

        def end() -> None:
            for number, future in enumerate(futures):
                future.set_result(number)

        # The loop does not run meanwhile: the batch ends as a whole.
        thread = threading.Thread(target=end)
        thread.start()
        thread.join()
        assert all(await asyncio.gather(*waiting))
        assert [future.result() for future in futures] == list(range(100))
        return loop.woken - before

    with asyncio.Runner(loop_factory=CountingLoop) as runner:
        assert runner.run(main()) == 1


def test_none_is_lost_while_threads_end_them_and_the_loop_runs() -> None:
    async def main() -> None:
        endings = Endings()
        futures = [Future[None]() for _ in range(4_000)]
        waiting = [asyncio.create_task(endings.wait(future, 60)) for future in futures]
        await asyncio.sleep(0)

        def end(part: int) -> None:
            for future in futures[part::4]:
                future.set_result(None)

        threads = [threading.Thread(target=end, args=(part,)) for part in range(4)]
        for thread in threads:
            thread.start()
        assert all(await asyncio.gather(*waiting))
        for thread in threads:
            thread.join()

    asyncio.run(main())


def test_what_has_ended_or_failed_already_needs_no_waiting() -> None:
    async def main() -> None:
        endings = Endings()
        done, failed = Future[int](), Future[int]()
        done.set_result(1)
        failed.set_exception(ZeroDivisionError())
        assert await endings.wait(done, 0)
        assert await endings.wait(failed, 0)

    asyncio.run(main())


def test_each_is_waited_for_its_own_time_and_may_end_behind_it() -> None:
    async def main() -> None:
        endings = Endings()
        long, short, never = Future[int](), Future[int](), Future[int]()
        waiting = asyncio.create_task(endings.wait(long, 60))
        assert not await endings.wait(short, 0.01)
        assert not await endings.wait(never, -1)
        short.set_result(1)
        assert not waiting.done()
        long.set_result(2)
        assert await waiting
        # Who waits next has its own time, too.
        assert not await endings.wait(never, 0.01)

    asyncio.run(main())


def test_who_is_cancelled_leaves_the_others_and_the_future_alone() -> None:
    async def main() -> None:
        endings = Endings()
        shared = Future[int]()
        one = asyncio.create_task(endings.wait(shared, 60))
        other = asyncio.create_task(endings.wait(shared, 60))
        await asyncio.sleep(0)
        one.cancel()
        with pytest.raises(asyncio.CancelledError):
            await one
        shared.set_result(1)
        assert await other

    asyncio.run(main())


def test_a_future_that_ends_when_the_loop_is_gone_harms_nobody() -> None:
    late = Future[int]()

    async def main() -> None:
        task = asyncio.create_task(Endings().wait(late, 60))
        await asyncio.sleep(0)
        task.cancel()

    asyncio.run(main())
    late.set_result(1)
    assert late.result() == 1

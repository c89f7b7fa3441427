"""Coroutines that begin at once."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from izzitup_desktop.server import eager


def test_what_never_waits_is_done_at_once_and_has_no_task() -> None:
    done: list[Any] = []

    async def work() -> None:
        done.append(asyncio.current_task())

    async def main() -> None:
        async def inner() -> None:
            await work()

        assert eager.begin(asyncio.get_running_loop(), inner()) is None
        assert done

    asyncio.run(main())


def test_what_waits_goes_on_in_a_task_with_what_it_waited_for() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        first: asyncio.Future[int] = loop.create_future()
        found: list[Any] = []

        async def work() -> None:
            found.append(await first)
            found.append(asyncio.current_task())
            async with asyncio.timeout(60):
                await asyncio.sleep(0)
            found.append("end")

        task = eager.begin(loop, work())
        assert task is not None
        loop.call_soon(first.set_result, 7)
        await task
        assert found == [7, task, "end"]

    asyncio.run(main())


def test_what_fails_while_it_is_waited_for_fails_in_the_coroutine() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        first: asyncio.Future[None] = loop.create_future()
        found: list[str] = []

        async def work() -> None:
            try:
                await first
            except ZeroDivisionError:
                found.append("caught")
                await asyncio.sleep(0)
            raise KeyError("at the end")

        task = eager.begin(loop, work())
        assert task is not None
        first.set_exception(ZeroDivisionError())
        with pytest.raises(KeyError):
            await task
        assert found == ["caught"]

    asyncio.run(main())


@pytest.mark.parametrize("has_begun", [False, True])
def test_a_cancelled_task_cancels_what_the_coroutine_waits_for(has_begun: bool) -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        first: asyncio.Future[None] = loop.create_future()
        found: list[str] = []

        async def work() -> None:
            try:
                await first
            finally:
                found.append("left")

        task = eager.begin(loop, work())
        assert task is not None
        if has_begun:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert found == ["left"]

    asyncio.run(main())

"""What is made with the first question for it."""

from __future__ import annotations

import asyncio

import pytest

from izzitup_desktop.server.late import Late
from tests.builders import DEADLINE_SECONDS


def test_it_is_made_once_however_many_ask_and_not_on_the_loops_thread() -> None:
    made: list[asyncio.AbstractEventLoop] = []

    def make(loop: asyncio.AbstractEventLoop) -> object:
        made.append(loop)
        with pytest.raises(RuntimeError):
            asyncio.get_running_loop()
        return object()

    async def ask() -> None:
        late = Late(make)
        assert late.made is None
        first, second = await asyncio.gather(late.get(), late.get())
        assert first is second is late.made is await late.get()
        assert made == [asyncio.get_running_loop()]
        late.close(DEADLINE_SECONDS)

    asyncio.run(ask())


def test_who_asks_again_after_it_could_not_be_made_has_it_made_anew() -> None:
    failures = [OSError("too many open files")]

    def make(_: asyncio.AbstractEventLoop) -> str:
        if failures:
            raise failures.pop()
        return "made"

    async def ask() -> None:
        late = Late(make)
        with pytest.raises(OSError, match="too many"):
            await late.get()
        assert await late.get() == "made"
        late.close(DEADLINE_SECONDS)

    asyncio.run(ask())

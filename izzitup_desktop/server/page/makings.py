"""Has documents made on threads: one making for all who want the same at the same time.

What has to read the past has a thread of its own, for which networks take turns: whoever
asks for month after month waits, and lets everybody else see how things are. What nobody
waits for any more is not begun.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, TypeVar

from izzitup_desktop.server.v1.readers import Readers
from izzitup_desktop.storage.asked import Asked, not_in_time

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Making(Generic[T]):
    """One document that is being made, and how many wait for it."""

    done: asyncio.Future[T]
    waiting: int = 0

    async def within(self, asked: Asked) -> None:
        """Wait for its end, as long as whoever asked may wait."""
        self.waiting += 1
        try:
            await asyncio.wait({self.done}, timeout=max(0.0, asked.seconds_left))
        finally:
            self.waiting -= 1


@dataclass(slots=True, eq=False)
class _Line:
    """Those of one network who want something of the past, one after the other."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


class Makings(Generic[K, T]):
    """What is being made; used on `loop`. `made` hears of each that ends well."""

    def __init__(self, loop: asyncio.AbstractEventLoop, made: Callable[[K, T], None]) -> None:
        self._loop = loop
        self._made = made
        self._makings: dict[K, Making[T]] = {}
        self._lines: dict[str, _Line] = {}
        self._now = Readers(loop, 1, "izzitup-page")
        self._past = Readers(loop, 1, "izzitup-page-past")

    def get(self, key: K) -> Making[T] | None:
        """The one of that key that is under way."""
        return self._makings.get(key)

    def begin(
        self,
        key: K,
        make: Callable[[], T],
        first: Callable[[], Awaitable[None]],
        network: str | None,
    ) -> Making[T]:
        """Begin one, `first` before it; `network` asks for the past, None: nobody does."""
        making: Making[T] = Making(self._loop.create_future())
        self._makings[key] = making
        task = self._loop.create_task(self._result(making, make, first, network))
        task.add_done_callback(partial(self._end, key, making))
        return making

    def close(self, seconds: float) -> None:
        """Make no more; wait `seconds` for what is being made."""
        self._now.close(seconds)
        self._past.close(seconds)

    async def _result(
        self,
        making: Making[T],
        make: Callable[[], T],
        first: Callable[[], Awaitable[None]],
        network: str | None,
    ) -> T:
        if network is None:
            await first()
            return await self._begun(self._now, making, make)
        line = self._lines.setdefault(network, _Line())
        line.users += 1
        try:
            async with line.turn:
                await first()
                return await self._begun(self._past, making, make)
        finally:
            line.users -= 1
            if not line.users:
                del self._lines[network]

    @staticmethod
    async def _begun(readers: Readers, making: Making[T], make: Callable[[], T]) -> T:
        def wanted() -> T:
            if not making.waiting:
                raise not_in_time()
            return make()

        return await readers.begun(wanted)

    def _end(self, key: K, making: Making[T], task: asyncio.Task[Any]) -> None:
        if self._makings.get(key) is making:
            del self._makings[key]
        if task.cancelled():
            making.done.cancel()
        elif (error := task.exception()) is not None:
            making.done.set_exception(error)
            making.done.exception()  # heard, even where everybody has gone
        else:
            self._made(key, task.result())
            making.done.set_result(task.result())

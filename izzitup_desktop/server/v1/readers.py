"""Threads on which what waits for the database is done, away from the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from izzitup_desktop.storage.asked import Asked, not_in_time

T = TypeVar("T")

THREADS = 2
"""So many read at once, so that one long reading does not hold up all others."""


class Readers:
    """Reads for an event loop."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        threads: int = THREADS,
        name: str = "izzitup-read",
    ) -> None:
        self._loop = loop
        self._work: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._run, name=name, daemon=True) for _ in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    async def result(self, read: Callable[[], T], asked: Asked) -> T:
        """What `read` returns, in time. Raises as it does, or `Unavailable`."""
        reading = self.begun(read)
        await asyncio.wait({reading}, timeout=max(0.0, asked.seconds_left))
        if not reading.done():
            raise not_in_time()
        return reading.result()

    def begun(self, read: Callable[[], T]) -> asyncio.Future[T]:
        """Begin it; the future ends with what it returns, or as it raises."""
        reading: asyncio.Future[T] = self._loop.create_future()
        self._work.put(lambda: self._do(read, reading))
        return reading

    def close(self, seconds: float) -> None:
        """Read no more; wait `seconds` for what is being read."""
        for _ in self._threads:
            self._work.put(None)
        for thread in self._threads:
            thread.join(seconds)

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            work()

    def _do(self, read: Callable[[], T], reading: asyncio.Future[T]) -> None:
        found: Any = None
        failed: BaseException | None = None
        try:
            found = read()
        except Exception as error:  # the worker's edge: who waits is told
            failed = error

        def end() -> None:
            if failed is None:
                reading.set_result(found)
            else:
                reading.set_exception(failed)
                reading.exception()  # heard, even where everybody has gone

        with contextlib.suppress(RuntimeError):  # the loop ended meanwhile
            self._loop.call_soon_threadsafe(end)

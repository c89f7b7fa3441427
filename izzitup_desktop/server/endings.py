"""Futures of other threads, awaited on an event loop: a batch of them wakes it once."""

from __future__ import annotations

import asyncio
import contextlib
import functools
from collections import deque
from concurrent.futures import Future
from typing import Any, TypeVar

from izzitup_desktop.storage.asked import COMMIT_SECONDS, Asked, not_in_time, not_known

T = TypeVar("T")


class Endings:
    """Waits for concurrent futures on a loop, the one that runs where it is made.

    A future that ends on the loop's own thread, or many that end together, cost no
    switch of threads and no call of the system each.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop | None = None) -> None:
        self._loop = loop or asyncio.get_running_loop()
        self._until: dict[asyncio.Future[bool], float] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._ended: deque[asyncio.Future[bool]] = deque()
        self._is_woken = False

    async def result(self, future: Future[T], asked: Asked) -> T:
        """What `future` ends with, in time. Raises as it does, or `Unavailable`."""
        if not future.done() and not await self.wait(future, asked.seconds_left):
            if asked.give_up():
                raise not_in_time()
            if not await self.wait(future, COMMIT_SECONDS):
                raise not_known()
        return future.result()

    async def wait(self, future: Future[Any], seconds: float) -> bool:
        """Whether `future` ends within so many seconds. It goes on in any case."""
        if future.done():
            return True
        waiting: asyncio.Future[bool] = self._loop.create_future()
        until = self._loop.time() + max(0.0, seconds)
        self._until[waiting] = until
        if self._timer is None or self._timer.when() > until:
            self._look_at(until)
        future.add_done_callback(functools.partial(self._note, waiting))
        try:
            return await waiting
        finally:
            del self._until[waiting]

    def _note(self, waiting: asyncio.Future[bool], _: Future[Any]) -> None:
        """On any thread: `waiting` is over."""
        self._ended.append(waiting)
        # Looked at behind the append and reset before the first is taken: none is lost.
        if not self._is_woken:
            self._is_woken = True
            with contextlib.suppress(RuntimeError):  # the loop ended meanwhile
                self._loop.call_soon_threadsafe(self._tell)

    def _tell(self) -> None:
        self._is_woken = False
        while self._ended:
            waiting = self._ended.popleft()
            if not waiting.done():
                waiting.set_result(True)

    def _look_at(self, until: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_at(until, self._look)

    def _look(self) -> None:
        """Tell those whose time is up; one timer is enough for all."""
        self._timer = None
        now = self._loop.time()
        left = []
        for waiting, until in self._until.items():
            if until > now:
                left.append(until)
            elif not waiting.done():
                waiting.set_result(False)
        if left:
            self._look_at(min(left))

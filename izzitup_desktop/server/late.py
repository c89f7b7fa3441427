"""What is made when it is first asked for, on a thread: importing takes long."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from izzitup_desktop.platform.loading import loading

T = TypeVar("T")


class Late(Generic[T]):
    """Made once by `make`, which is given the event loop; used on that loop."""

    def __init__(self, make: Callable[[asyncio.AbstractEventLoop], T]) -> None:
        self._make = make
        self.made: T | None = None
        self._making: asyncio.Future[T] | None = None
        self._thread: threading.Thread | None = None

    async def get(self) -> T:
        """What is made; who asks meanwhile waits for the same. Raises what making raises."""
        if self.made is not None:
            return self.made
        if self._making is None:
            loop = asyncio.get_running_loop()
            self._making = loop.create_future()
            # Others are answered meanwhile.
            self._thread = threading.Thread(
                target=self._run, args=(loop, self._making), name="izzitup-load", daemon=True
            )
            self._thread.start()
        return await asyncio.shield(self._making)

    def close(self, seconds: float) -> None:
        """Wait for what is being made, `seconds` at most."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _run(self, loop: asyncio.AbstractEventLoop, making: asyncio.Future[T]) -> None:
        found: T | None = None
        failed: Exception | None = None
        try:
            with loading():
                found = self._make(loop)
        except Exception as error:  # who waits is told
            failed = error

        def end() -> None:
            self._making = None
            if failed is not None:
                making.set_exception(failed)
                making.exception()  # heard, even where everybody has gone
            elif found is not None:
                self.made = found
                making.set_result(found)

        with contextlib.suppress(RuntimeError):  # the loop ended meanwhile
            loop.call_soon_threadsafe(end)

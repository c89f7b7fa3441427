"""Coroutines that begin at once, and need a task only once they wait for something.

Python 3.12's eager tasks do the same. Until it first waits a coroutine runs in no task:
what asks for the current one (`asyncio.timeout`) has to wait for something before.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


def begin(
    loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, Any, None]
) -> asyncio.Task[None] | None:
    """Run `coroutine` now, as far as it comes; the task of the rest, None: there is none.

    Raises what the coroutine raises before it waits.
    """
    try:
        waited = coroutine.send(None)
    except StopIteration:
        return None
    return loop.create_task(_Rest(coroutine, waited))


class _Rest(Coroutine[Any, Any, None]):
    """A coroutine that waits for something, as a task can run it from there on."""

    def __init__(self, coroutine: Coroutine[Any, Any, None], waited: Any) -> None:
        self._coroutine = coroutine
        self._waited = waited
        self._is_told = False

    def send(self, value: Any) -> Any:
        """Say what it waits for, and then go on as it does."""
        if self._is_told:
            return self._coroutine.send(value)
        self._is_told = True
        waited, self._waited = self._waited, None
        return waited

    def throw(self, *error: Any) -> Any:
        """Let what it waits for fail, also before anybody was told what that is."""
        self._is_told = True
        return self._coroutine.throw(*error)

    def close(self) -> None:
        """End it."""
        self._coroutine.close()

    def __await__(self) -> Any:
        return self._coroutine.__await__()

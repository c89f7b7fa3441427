"""What a connection is doing, since when, and until when it may."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable


class Phase:
    """One of `header`, `body`, `answer` and `idle` at a time; `late` is called at its end.

    `since` and `until` are seconds of the loop's clock.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, late: Callable[[], None]) -> None:
        self._loop = loop
        self._late = late
        self._request = -1
        self._timer: asyncio.TimerHandle | None = None
        self.name = ""
        self.since = loop.time()
        self.until = math.inf

    @property
    def seconds(self) -> float:
        """For how long it lasts already."""
        return self._loop.time() - self.since

    def enter(self, name: str, request: int, seconds: float) -> None:
        """Be in this phase of this request for so long; the same one goes on as it is."""
        if self.name == name and self._request == request:
            return
        self.name = name
        self._request = request
        self.since = self._loop.time()
        self.until = until = self.since + seconds
        # A timer that ends too early looks again: making one a phase costs more.
        if self._timer is not None and self._timer.when() > until:
            self.end()
        if self._timer is None:
            self._timer = self._loop.call_at(until, self.look)

    def end(self) -> None:
        """Call nobody any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def look(self) -> None:
        """Tell of the end, if it has come."""
        self._timer = None
        if self._loop.time() < self.until:
            self._timer = self._loop.call_at(self.until, self.look)
        else:
            self._late()

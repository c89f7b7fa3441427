"""One who listens: where its stream goes, how far it was told, and what it waits for."""

from __future__ import annotations

import asyncio
from collections import deque
from datetime import datetime

from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.server.exchange import Chunk
from izzitup_desktop.server.limits import StreamLimits
from izzitup_desktop.server.outlet import Outlet
from izzitup_desktop.server.v1.stream.audience import Audience, Wanted
from izzitup_desktop.server.v1.stream.events import Event


class Listener:
    """A listener of the hub; on the event loop.

    `position` counts the hub's events that it was told, or that are not for it; `after`
    is the journal's id up to which it knows all. `past` is what it is told before that.
    `is_unsure`: its rights may be others by now, so that it is told nothing until they
    were looked at. `is_over`: it is told nothing any more.
    """

    __slots__ = (
        "_limits", "_stalled_since", "_woken", "after", "audience", "expires", "is_over",
        "is_unsure", "outlet", "past", "position", "principal", "wanted",
    )  # fmt: skip

    def __init__(
        self, outlet: Outlet, principal: Principal, wanted: Wanted, limits: StreamLimits
    ) -> None:
        self.outlet = outlet
        self.principal = principal
        self.wanted = wanted
        self.audience: Audience | None = None
        self.position = 0
        self.after = 0
        self.past: deque[Event] = deque()
        self.expires: datetime | None = None
        self.is_unsure = True
        self.is_over = False
        self._limits = limits
        self._stalled_since: float | None = None
        self._woken: asyncio.Future[None] | None = None
        outlet.on_cut(self.end)

    def push(self, chunk: Chunk) -> bool:
        """Write to it; False where it was cut off, as too much waits for it already."""
        outlet = self.outlet
        if outlet.waiting_bytes > self._limits.waiting_bytes:
            outlet.abort()
            return False
        outlet.push(chunk)
        return True

    def is_stalled(self, now: float) -> bool:
        """Whether something has waited for it for too long; `now` by the loop's clock."""
        if not self.outlet.waiting_bytes:
            self._stalled_since = None
            return False
        if self._stalled_since is None:
            self._stalled_since = now
        return now - self._stalled_since >= self._limits.stalled_seconds

    def doubt(self) -> None:
        """Its rights may be others by now."""
        self.is_unsure = True
        self._wake()

    def end(self) -> None:
        """It is told nothing any more. May be called twice."""
        self.is_over = True
        self._wake()

    async def news(self) -> None:
        """Wait until it is over, or unsure."""
        while not (self.is_over or self.is_unsure):
            self._woken = asyncio.get_running_loop().create_future()
            await self._woken

    def _wake(self) -> None:
        if self._woken is not None and not self._woken.done():
            self._woken.set_result(None)

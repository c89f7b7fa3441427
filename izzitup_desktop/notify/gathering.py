"""Which status changes and matters are told, and how many become one notification.

The first change after a quiet time is told at once; what follows within five
seconds is gathered into one. A service that is back where it was when the
gathering began is left out. What only waits for somebody (a matter: a time that is
over, a status that nobody confirmed) can be gathered for a moment before the first.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic

from izzitup_desktop.domain.news import N, gather

GATHER_SECONDS = 5.0
MATTER_SECONDS = 1.0
"""How long the first of several matters waits for the others."""


class Gathering(Generic[N]):
    """Collects news; whoever owns it asks when something is due.

    Times are monotonic seconds, given by the caller.
    """

    def __init__(self, gather_seconds: float = GATHER_SECONDS) -> None:
        self._gather_seconds = gather_seconds
        self._quiet_from = 0.0
        self._waiting: dict[int, N] = {}

    def add(self, news: Iterable[N]) -> None:
        """Gather news, each service once: from where it was to where it is."""
        gather(self._waiting, news)

    def wait(self, until: float) -> None:
        """Tell nothing before `until`, if nothing waits yet."""
        if not self._waiting:
            self._quiet_from = max(self._quiet_from, until)

    def due_in(self, now: float) -> float | None:
        """Seconds until something is to be told, None when nothing waits."""
        return max(0.0, self._quiet_from - now) if self._waiting else None

    def take(self, now: float) -> tuple[N, ...]:
        """What is to be told now, in the order it came; empty when not yet."""
        if not self._waiting or now < self._quiet_from:
            return ()
        taken = tuple(self._waiting.values())
        self._waiting.clear()
        self._quiet_from = now + self._gather_seconds
        return taken

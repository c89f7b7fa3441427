"""Who tells what time it is, and how much time has passed."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from typing import Protocol

# Python's monotonic clock stands still on Linux and macOS while the computer sleeps.
_COUNTS_SLEEP: int | None = getattr(
    time, "CLOCK_MONOTONIC" if sys.platform == "darwin" else "CLOCK_BOOTTIME", None
)


class Clock(Protocol):
    """Asked by whatever needs the time; handed in where a board is opened."""

    @property
    def is_set(self) -> bool:
        """Whether somebody sets it by hand. A database's own clock then counts for nothing."""

    def now(self) -> datetime:
        """The wall clock, aware, in UTC. It may be set forward and back."""

    def elapsed(self) -> float:
        """Seconds since some moment, growing evenly; those slept through count too."""


class SystemClock:
    """The computer's own clocks."""

    is_set = False

    def now(self) -> datetime:
        """The wall clock, aware, in UTC."""
        return datetime.now(UTC)

    def elapsed(self) -> float:
        """Seconds since some moment, those that this computer slept among them."""
        if _COUNTS_SLEEP is None:
            return time.monotonic()
        return time.clock_gettime(_COUNTS_SLEEP)


SYSTEM_CLOCK: Clock = SystemClock()
"""What is asked where nobody hands in another one; it has no state."""

"""Uptimes for scrapes: read now and then, since they cost a reading of the past."""

from __future__ import annotations

import threading
from datetime import timedelta

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.server.monitoring.families import Ratios

WINDOWS = {"1d": timedelta(days=1), "7d": timedelta(days=7), "30d": timedelta(days=30)}
"""By what they are called in labels."""

_FRESH_SECONDS = 60.0
_SHARE = 100
"""Of the time, one part at most goes into reading."""


class Uptimes:
    """Of all services; thread-safe."""

    def __init__(self, board: Board) -> None:
        self._uptime = board.uptime
        self._clock = board.clock
        self._lock = threading.Lock()
        self._ratios: Ratios = {}
        self._fresh_until = float("-inf")

    def ratios(self, principal: Principal) -> Ratios:
        """By window and service. Waits; raises `NotAllowed`, `SignInStale`, `Unavailable`.

        Known ones are given to whoever may read, which the caller asks; and to whoever
        comes while they are read anew, so that one thread waits for that and no more.
        """
        began = self._clock.elapsed()
        if began >= self._fresh_until and self._lock.acquire(blocking=False):
            try:
                self._ratios = self._read(principal)
                now = self._clock.elapsed()
                self._fresh_until = now + max(_FRESH_SECONDS, (now - began) * _SHARE)
            finally:
                self._lock.release()
        return self._ratios

    def _read(self, principal: Principal) -> Ratios:
        now = self._clock.now()
        windows = [(now - length, now) for length in WINDOWS.values()]
        found = self._uptime.totals_of_each(principal, windows)
        return {
            name: {id_: one.uptime for id_, one in totals.items() if one.uptime is not None}
            for name, totals in zip(WINDOWS, found, strict=True)
        }

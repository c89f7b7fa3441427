"""A log that nobody on the network can fill: lines that repeat are counted instead."""

from __future__ import annotations

import logging
import math
import secrets
import threading
import traceback
from collections import OrderedDict, deque

from izzitup_desktop.domain.clock import SYSTEM_CLOCK, Clock

ONCE_IN_SECONDS = 60.0
"""How often a line about the same source, or of the same kind, is written at most."""

LINES_MOST = 30
"""So many lines are written in that time, whatever they are about."""

_KEYS_MOST = 1_000


class SparingLog:
    """Warnings about what clients do; thread-safe."""

    def __init__(self, log: logging.Logger, clock: Clock = SYSTEM_CLOCK) -> None:
        self._log = log
        self._clock = clock
        self._lock = threading.Lock()
        self._last: OrderedDict[str, float] = OrderedDict()
        self._left_out: dict[str, int] = {}
        self._left_out_of_all = 0
        self._times: deque[float] = deque(maxlen=LINES_MOST)

    def warning(self, key: str, message: str, *values: object) -> None:
        """Write a line, unless one of the same key or too many of any were written lately.

        The next line of that key says how many were left out, and so does the next of
        any key of those whose key is forgotten.
        """
        with self._lock:
            now = self._clock.elapsed()
            if not self._is_due(key, now):
                self._left_out[key] = self._left_out.get(key, 0) + 1
                if key not in self._last:
                    self._remember(key, -math.inf)
                return
            self._times.append(now)
            left_out = self._left_out.pop(key, 0) + self._left_out_of_all
            self._left_out_of_all = 0
            self._remember(key, now)
        if left_out:
            message, values = message + " (%d more were not written)", (*values, left_out)
        self._log.warning(message, *values)

    def _is_due(self, key: str, now: float) -> bool:
        if now - self._last.get(key, -math.inf) < ONCE_IN_SECONDS:
            return False
        return len(self._times) < LINES_MOST or now - self._times[0] >= ONCE_IN_SECONDS

    def _remember(self, key: str, time_: float) -> None:
        self._last[key] = time_
        self._last.move_to_end(key)
        if len(self._last) > _KEYS_MOST:
            forgotten, _ = self._last.popitem(last=False)
            self._left_out_of_all += self._left_out.pop(forgotten, 0)


class Faults:
    """Faults of ours, each logged with an id; the same one again has the same id."""

    def __init__(self, log: logging.Logger, clock: Clock = SYSTEM_CLOCK) -> None:
        self._log = log
        self._clock = clock
        self._known: OrderedDict[str, tuple[str, float]] = OrderedDict()

    def logged(self, error: Exception) -> str:
        """The id under which the fault stands in the log, with its traceback."""
        place = traceback.extract_tb(error.__traceback__)[-1:]
        key = f"{type(error).__qualname__} {[(f.filename, f.lineno) for f in place]}"
        now = self._clock.elapsed()
        fault, since = self._known.get(key, ("", -math.inf))
        if now - since >= ONCE_IN_SECONDS:
            fault = secrets.token_hex(4)
            self._known[key] = (fault, now)
            if len(self._known) > _KEYS_MOST:
                self._known.popitem(last=False)
            self._log.error("internal error %s", fault, exc_info=error)
        return fault

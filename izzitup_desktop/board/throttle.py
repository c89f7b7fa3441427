"""Failed sign-ins are slowed down, before anything is hashed.

Three counts: of a name from one source, of a source, and of a name from
everywhere. An attempt counts as failed until it is known to have succeeded, so
that parallel guesses count too. Nobody at this computer's own window ("console")
is held up by what the network does. Times are seconds of a monotonic clock.
"""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from izzitup_desktop.domain.errors import Throttled
from izzitup_desktop.domain.text import fold

CONSOLE = "console"
KEYS_MOST = 10_000
"""Sources, names, and pairs that are remembered at most, each."""

_MINUTE, _HOUR, _DAY = 60.0, 3_600.0, 86_400.0


@dataclass(frozen=True, slots=True)
class _Limit:
    """After `failures` within `window_seconds`, wait `first_wait_seconds`, doubling."""

    failures: int
    window_seconds: float
    first_wait_seconds: float


_PAIR = _Limit(5, 15 * _MINUTE, _MINUTE)
_SOURCE = _Limit(20, 15 * _MINUTE, _MINUTE)
_NAME = _Limit(75, 30 * _DAY, _HOUR)
"""75 and then one an hour: at most 100 guesses at an account in any day."""


@dataclass(slots=True)
class _Count:
    failures: int = 0
    last_time: float = -math.inf
    wait_seconds: float = 0.0
    blocked_until: float = -math.inf


class _Counts:
    """The counts of one kind, least recently used ones forgotten first."""

    def __init__(self, limit: _Limit) -> None:
        self._limit = limit
        self._counts: OrderedDict[object, _Count] = OrderedDict()

    def blocked_seconds(self, key: object, now: float) -> float:
        count = self._counts.get(key)
        return count.blocked_until - now if count else 0.0

    def add(self, key: object, now: float) -> None:
        count = self._counts.setdefault(key, _Count())
        self._counts.move_to_end(key)
        if len(self._counts) > KEYS_MOST:
            self._counts.popitem(last=False)
        if now - max(count.last_time, count.blocked_until) > self._limit.window_seconds:
            count.failures, count.wait_seconds = 0, 0.0
        count.failures += 1
        count.last_time = now
        if count.failures >= self._limit.failures:
            first = self._limit.first_wait_seconds
            count.wait_seconds = min(max(first, 2 * count.wait_seconds), _HOUR)
            count.blocked_until = now + count.wait_seconds

    def take_back(self, key: object) -> None:
        count = self._counts.get(key)
        if count is None:
            return
        count.failures -= 1
        if count.failures < self._limit.failures:
            count.blocked_until = -math.inf
            count.wait_seconds = 0.0
        if count.failures <= 0:
            del self._counts[key]

    def clear(self, key: object) -> None:
        self._counts.pop(key, None)


class Throttle:
    """Counts sign-ins; thread-safe. `clock` gives monotonic seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._pairs = _Counts(_PAIR)
        self._sources = _Counts(_SOURCE)
        self._names = _Counts(_NAME)

    def attempt(self, source: str, name: str) -> None:
        """Count an attempt, as failed for now. Raises `Throttled` and counts nothing."""
        with self._lock:
            now = self._clock()
            counts = self._counts_of(source, name)
            wait = max(counts_.blocked_seconds(key, now) for counts_, key in counts)
            if wait > 0:
                raise Throttled(math.ceil(wait))
            for counts_, key in counts:
                counts_.add(key, now)

    def succeeded(self, source: str, name: str) -> None:
        """The attempt signed in: its name starts anew, its source loses one failure."""
        with self._lock:
            for counts, key in self._counts_of(source, name):
                if counts is self._sources:
                    counts.take_back(key)
                else:
                    counts.clear(key)

    def withdrawn(self, source: str, name: str) -> None:
        """The attempt was neither right nor wrong: the database or the worker said no."""
        with self._lock:
            for counts, key in self._counts_of(source, name):
                counts.take_back(key)

    def _counts_of(self, source: str, name: str) -> list[tuple[_Counts, object]]:
        origin, folded = _network(source), fold(name)
        pair: list[tuple[_Counts, object]] = [(self._pairs, (origin, folded))]
        if source == CONSOLE:
            return pair
        return [*pair, (self._sources, origin), (self._names, folded)]


def _network(source: str) -> str:
    """An IPv6 address stands for its /64: one person has all of it."""
    try:
        address = ipaddress.ip_address(source.partition("%")[0])
    except ValueError:
        return source
    if address.version == 4:
        return source
    mapped = address.ipv4_mapped
    return str(mapped) if mapped else str(ipaddress.ip_network((int(address), 64), strict=False))

"""Failed sign-ins are slowed down, before anything is looked up or hashed.

Counted are a name from one source, a source, and a name from everywhere. A source
that signed in to the name within 30 days is bound by its own failures with that name
only: nobody else can lock it out, and none that shares its address by failing with
other names. All others share what the name allows, and what all unknown sources
together may have hashed. An attempt counts as failed until it is known to
be none, so that parallel guesses count too. Nobody at this computer's own window
("console") is held up by what the network does. Times are seconds of a monotonic
clock.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Final

from izzitup_desktop.board.buckets import Allowance, Slots
from izzitup_desktop.board.signing_in.known_sources import KNOWN_DAYS, Known, KnownSources
from izzitup_desktop.domain.accounts import name_key
from izzitup_desktop.domain.clock import SYSTEM_CLOCK, Clock
from izzitup_desktop.domain.errors import Throttled
from izzitup_desktop.domain.sources import CONSOLE, LOOPBACK, network_of

__all__ = ["CONSOLE", "KEYS_MOST", "KNOWN_DAYS", "Attempt", "Throttle"]

KEYS_MOST = 10_000
"""Sources and pairs of source and name that are remembered at most, each."""

_NAME_SLOTS = 65_536

_MINUTE, _HOUR = 60.0, 3_600.0

NAME_ALLOWANCE: Final = Allowance(75, _HOUR)
"""Guesses at a name: 75 and then one an hour, at most 100 in any day."""

UNKNOWN_ALLOWANCE: Final = Allowance(15, 1.0)
"""Failing sign-ins of all unknown sources together: fewer than may wait to be hashed, and
a third of what one thread can hash."""


@dataclass(frozen=True, slots=True)
class _Limit:
    """After `failures` within `window_seconds`, wait `first_wait_seconds`, doubling."""

    failures: int
    window_seconds: float
    first_wait_seconds: float


_PAIR = _Limit(5, 15 * _MINUTE, _MINUTE)
_SOURCE = _Limit(20, 15 * _MINUTE, _MINUTE)


@dataclass(frozen=True, slots=True)
class _Count:
    failures: int = 0
    last_time: float = -math.inf
    wait_seconds: float = 0.0
    blocked_until: float = -math.inf


_Counted = tuple[_Count | None, _Count]
"""A count before and after an attempt."""


class _Counts:
    """The counts of one kind, least recently used ones forgotten first."""

    def __init__(self, limit: _Limit) -> None:
        self._limit = limit
        self._counts: OrderedDict[object, _Count] = OrderedDict()

    def wait_seconds(self, key: object, now: float) -> float:
        count = self._counts.get(key)
        return count.blocked_until - now if count else 0.0

    def add(self, key: object, now: float) -> _Counted:
        before = self._counts.get(key)
        count = before or _Count()
        failures, wait = count.failures, count.wait_seconds
        if now - max(count.last_time, count.blocked_until) > self._limit.window_seconds:
            failures, wait = 0, 0.0
        failures, until = failures + 1, count.blocked_until
        if failures >= self._limit.failures:
            wait = min(max(self._limit.first_wait_seconds, 2 * wait), _HOUR)
            until = now + wait
        after = _Count(failures, now, wait, until)
        self._counts[key] = after
        self._counts.move_to_end(key)
        if len(self._counts) > KEYS_MOST:
            self._counts.popitem(last=False)
        return before, after

    def take_back(self, key: object, counted: _Counted) -> None:
        count = self._counts.get(key)
        if count is None:
            return
        before, after = counted
        if count is after:
            restored = before
        else:
            # Others were counted meanwhile, and stay.
            restored = replace(count, failures=count.failures - 1)
            if restored.failures < self._limit.failures:
                restored = replace(restored, wait_seconds=0.0, blocked_until=-math.inf)
        if restored is None or restored.failures <= 0:
            del self._counts[key]
        else:
            self._counts[key] = restored

    def touch(self, key: object) -> None:
        """Note that it was used, so that it is forgotten later."""
        if key in self._counts:
            self._counts.move_to_end(key)

    def clear(self, key: object) -> None:
        self._counts.pop(key, None)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-in that was let through, and what it counts for until it is settled."""

    origin: str
    name: str
    known: Known | None
    pair: _Counted
    source: _Counted | None
    is_first_in_queue: bool
    """Whether it goes before those of unknown sources: known ones, and this computer."""


class Throttle:
    """Counts sign-ins; thread-safe.

    `unknown` bounds the failing attempts of all unknown sources of the network
    together; this computer's own are bound by their one source.
    """

    def __init__(
        self,
        clock: Clock = SYSTEM_CLOCK,
        unknown: Allowance = UNKNOWN_ALLOWANCE,
    ) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._pairs = _Counts(_PAIR)
        self._sources = _Counts(_SOURCE)
        self._names = Slots(NAME_ALLOWANCE, _NAME_SLOTS)
        self._unknown = unknown
        self._unknown_whole_at = 0.0
        self._known = KnownSources()

    def check(self, source: str, name: str) -> tuple[str, str]:
        """What stands for source and name here. Raises `Throttled` as `attempt` would."""
        origin, key = network_of(source), name_key(name)
        with self._lock:
            now = self._clock.elapsed()
            wait = self._wait_seconds(origin, key, self._known.find(origin, key, now), now)
        if wait > 0:
            raise Throttled(math.ceil(wait))
        return origin, key

    def verified(self, origin: str, key: str) -> None:
        """Who was checked signed in without a guess: `attempt` and `succeeded` in one."""
        with self._lock:
            self._pairs.touch((origin, key))
            if origin != CONSOLE:
                self._sources.touch(origin)
            self._remember(origin, key)

    def attempt(self, source: str, name: str) -> Attempt:
        """Count an attempt, as failed for now. Raises `Throttled` and counts nothing.

        Whoever is given the attempt calls `succeeded` or `withdrawn` with it, or
        nothing when it failed.
        """
        origin, key = network_of(source), name_key(name)
        with self._lock:
            now = self._clock.elapsed()
            known = self._known.find(origin, key, now)
            wait = self._wait_seconds(origin, key, known, now)
            if wait > 0:
                raise Throttled(math.ceil(wait))
            pair = self._pairs.add((origin, key), now)
            if origin == CONSOLE:
                return Attempt(origin, key, known, pair, None, is_first_in_queue=True)
            counted = self._sources.add(origin, now)
            if known is not None:
                known.whole_at = NAME_ALLOWANCE.taken(known.whole_at, now)
            else:
                self._names.take(key, now)
            shared = known is None and origin != LOOPBACK
            if shared:
                self._unknown_whole_at = self._unknown.taken(self._unknown_whole_at, now)
            return Attempt(origin, key, known, pair, counted, is_first_in_queue=not shared)

    def succeeded(self, attempt: Attempt) -> None:
        """The attempt signed in: its source is known for the name from now on.

        A source's first success forgets its failures with the name. Later ones don't:
        whoever shares its address would have more guesses after each of them.
        """
        with self._lock:
            self._take_back(attempt)
            self._remember(attempt.origin, attempt.name)

    def withdrawn(self, attempt: Attempt) -> None:
        """The attempt was neither right nor wrong: the database or the worker said no."""
        with self._lock:
            self._take_back(attempt)

    def known(self) -> tuple[int, list[tuple[str, str, float]]]:
        """(name, source, seconds that it stays known) of all, and a number that tells
        whether there is something new.
        """
        with self._lock:
            return self._known.version, list(self._known.left(self._clock.elapsed()))

    def make_known(self, known: list[tuple[str, str, float]]) -> int:
        """Know these from now on; the number that `known` then has."""
        with self._lock:
            now = self._clock.elapsed()
            for name, source, seconds in known:
                if seconds > 0:
                    self._known.remember(source, name, now, seconds)
            return self._known.version

    def _remember(self, origin: str, name: str) -> None:
        if origin == CONSOLE:
            self._pairs.clear((origin, name))
            return
        now = self._clock.elapsed()
        if self._known.find(origin, name, now) is None:
            self._pairs.clear((origin, name))
        self._known.remember(origin, name, now)

    def _wait_seconds(self, origin: str, name: str, known: Known | None, now: float) -> float:
        wait = self._pairs.wait_seconds((origin, name), now)
        if origin == CONSOLE:
            return wait
        if known is not None:
            return max(wait, NAME_ALLOWANCE.wait_seconds(known.whole_at, now))
        wait = max(wait, self._sources.wait_seconds(origin, now))
        wait = max(wait, self._names.wait_seconds(name, now))
        if origin == LOOPBACK:
            return wait
        return max(wait, self._unknown.wait_seconds(self._unknown_whole_at, now))

    def _take_back(self, attempt: Attempt) -> None:
        self._pairs.take_back((attempt.origin, attempt.name), attempt.pair)
        if attempt.source is None:
            return
        self._sources.take_back(attempt.origin, attempt.source)
        if attempt.known is not None:
            attempt.known.whole_at = NAME_ALLOWANCE.given_back(attempt.known.whole_at)
            return
        self._names.give_back(attempt.name)
        if attempt.origin != LOOPBACK:
            self._unknown_whole_at = self._unknown.given_back(self._unknown_whole_at)

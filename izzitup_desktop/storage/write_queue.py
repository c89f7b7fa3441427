"""Those who wait for the writer, and when so many wait that they are worth a batch."""

from __future__ import annotations

import itertools
import threading
from collections import deque
from collections.abc import Callable, Sequence

from izzitup_desktop.storage.queued import Queued
from izzitup_desktop.storage.times import elapsed

BATCH_MOST = 256
"""Use cases committed together at most."""

_CROWD_LEAST = 4
_GATHER_MOST_SECONDS = 0.005


class WriteQueue:
    """First in, first out; any thread puts in, the writer's takes out."""

    def __init__(self, gather_most_seconds: float = _GATHER_MOST_SECONDS) -> None:
        self._gather_most_seconds = gather_most_seconds
        self._items: deque[Queued] = deque()
        self._changed = threading.Condition()
        self._is_closed = False
        self._enough = 1
        """So many are worth a batch, until `_gather_until`; later one is."""
        self._gather_until = 0.0

    def __len__(self) -> int:
        return len(self._items)

    def put(self, item: Queued) -> bool:
        """Have it wait; False where nothing is taken any more."""
        with self._changed:
            if self._is_closed:
                return False
            self._items.append(item)
            if len(self._items) >= self._enough:
                self._changed.notify()
        return True

    def close(self) -> None:
        """Take nothing more in."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()

    def wait(self) -> bool:
        """Until a batch is there; False once there is none and will be none."""
        with self._changed:
            while not self._is_closed and len(self._items) < self._enough:
                seconds = self._gather_until - elapsed() if self._enough > 1 else None
                if seconds is not None and seconds <= 0:
                    self._enough = 1
                else:
                    self._changed.wait(seconds)
            return bool(self._items)

    def expect(self, answered: int, seconds: float) -> None:
        """Expect a crowd that was answered together to ask again together.

        The first of them would else be a batch of its own, and the others wait
        behind its commit. It is waited no longer than their batch took, which were
        the `seconds`, and not long.
        """
        with self._changed:
            is_crowd = answered >= _CROWD_LEAST
            self._enough = answered + len(self._items) if is_crowd else 1
            self._gather_until = elapsed() + min(seconds, self._gather_most_seconds)

    def take(self) -> list[Queued]:
        """Those who come next and run together: a slow one is by itself."""
        with self._changed:
            if self._items and self._items[0].slow:
                return [self._items.popleft()]
            taken: list[Queued] = []
            while self._items and len(taken) < BATCH_MOST and not self._items[0].slow:
                taken.append(self._items.popleft())
        return taken

    def put_back(self, items: Sequence[Queued]) -> None:
        """Have these be the next ones, in their order."""
        with self._changed:
            self._items.extendleft(reversed(items))

    def take_if(self, wanted: Callable[[Queued], bool]) -> list[Queued]:
        """Take out those that are `wanted`, wherever they stand."""
        with self._changed:
            taken = [item for item in self._items if wanted(item)]
            for item in taken:
                self._items.remove(item)
        return taken

    def next_ones(self) -> list[Queued]:
        """Those of the next batch, who go on waiting."""
        with self._changed:
            return list(itertools.islice(self._items, BATCH_MOST))

    def least_seconds_left(self) -> float:
        """How long who is in the greatest hurry waits still; 0 where nobody is there."""
        with self._changed:
            return min((item.asked.seconds_left for item in self._items), default=0.0)

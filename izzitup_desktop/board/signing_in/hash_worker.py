"""One thread that hashes, so that bcrypt leaves a core to everybody else."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.messages import msg

log = logging.getLogger(__name__)

T = TypeVar("T")

QUEUE_MOST = 16
"""Checks that wait at most, of either kind; one more is `Unavailable`."""

_NICENESS = 10


@dataclass(frozen=True, slots=True)
class _Check:
    key: bytes
    check: Callable[[], Any]
    future: Future[Any]


class HashWorker:
    """Runs checks one at a time on the thread `izzitup-hash` until `close()`."""

    def __init__(self) -> None:
        self._first: deque[_Check] = deque()
        self._others: deque[_Check] = deque()
        self._in_flight: dict[bytes, Future[Any]] = {}
        self._wake = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="izzitup-hash")
        self._thread.start()

    def in_flight(self, key: bytes) -> Future[Any] | None:
        """The check of this key that waits or runs, None where there is none."""
        with self._wake:
            return self._in_flight.get(key)

    def submit(self, key: bytes, check: Callable[[], T], *, is_first: bool = False) -> Future[T]:
        """Run `check`, or share the one of the same `key` that is in flight.

        What `is_first` goes before what is not, and is not counted among it. Fails
        with `Unavailable` when too many wait, else as `check` does.
        """
        return self.share_or_submit(key, check, is_first=is_first)[0]

    def share_or_submit(
        self, key: bytes, check: Callable[[], T], *, is_first: bool = False
    ) -> tuple[Future[T], bool]:
        """`submit`, and whether the check is one that was in flight already."""
        with self._wake:
            shared = self._in_flight.get(key)
            if shared is not None:
                return shared, True
            future: Future[T] = Future()
            # One of those who share it may wait no more; the others still do.
            future.set_running_or_notify_cancel()
            waiting = self._first if is_first else self._others
            if self._closing:
                future.set_exception(Unavailable(msg("IzzitUp is closing.")))
            elif len(waiting) >= QUEUE_MOST:
                future.set_exception(Unavailable(msg("Too many sign-ins at once. Try again.")))
            else:
                self._in_flight[key] = future
                waiting.append(_Check(key, check, future))
                self._wake.notify()
            return future, False

    def close(self) -> None:
        """Refuse what waits, finish the check that runs, end the thread."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        self._thread.join()

    def _run(self) -> None:
        _be_nice()
        while item := self._next():
            check = _refuse if self._closing else item.check
            try:
                result = check()
            except Exception as error:  # the worker outlives every check; the caller gets it
                self._ended(item.key)
                item.future.set_exception(error)
            else:
                self._ended(item.key)
                item.future.set_result(result)

    def _next(self) -> _Check | None:
        with self._wake:
            while not (self._first or self._others or self._closing):
                self._wake.wait()
            waiting = self._first or self._others
            return waiting.popleft() if waiting else None

    def _ended(self, key: bytes) -> None:
        with self._wake:
            del self._in_flight[key]


def _refuse() -> None:
    raise Unavailable(msg("IzzitUp is closing."))


def _be_nice() -> None:
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)

"""One thread that hashes, so that bcrypt leaves a core to everybody else."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.messages import say

log = logging.getLogger(__name__)

T = TypeVar("T")

QUEUE_MOST = 16
"""Checks that wait at most; one more is `Unavailable`."""

_NICENESS = 10


class HashWorker:
    """Runs checks one at a time on the thread `izzitup-hash` until `close()`."""

    def __init__(self) -> None:
        self._waiting: queue.Queue[tuple[bytes, Callable[[], Any], Future[Any]] | None]
        self._waiting = queue.Queue()
        self._in_flight: dict[bytes, Future[Any]] = {}
        self._lock = threading.Lock()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="izzitup-hash")
        self._thread.start()

    def in_flight(self, key: bytes) -> Future[Any] | None:
        """The check of this key that waits or runs, None where there is none."""
        with self._lock:
            return self._in_flight.get(key)

    def submit(self, key: bytes, check: Callable[[], T]) -> Future[T]:
        """Run `check`, or share the one of the same `key` that is in flight.

        Fails with `Unavailable` when too many wait, else as `check` does.
        """
        with self._lock:
            shared = self._in_flight.get(key)
            if shared is not None:
                return shared
            future: Future[T] = Future()
            # One of those who share it may wait no more; the others still do.
            future.set_running_or_notify_cancel()
            if self._closing:
                future.set_exception(Unavailable(say("IzzitUp is closing.")))
            elif self._waiting.qsize() >= QUEUE_MOST:
                future.set_exception(Unavailable(say("Too many sign-ins at once. Try again.")))
            else:
                self._in_flight[key] = future
                self._waiting.put((key, check, future))
            return future

    def close(self) -> None:
        """Refuse what waits, finish the check that runs, end the thread."""
        with self._lock:
            self._closing = True
            self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        _be_nice()
        while item := self._waiting.get():
            key, check, future = item
            if self._closing:
                check = _refuse
            try:
                result = check()
            except Exception as error:  # the worker outlives every check; the caller gets it
                self._ended(key)
                future.set_exception(error)
            else:
                self._ended(key)
                future.set_result(result)

    def _ended(self, key: bytes) -> None:
        with self._lock:
            del self._in_flight[key]


def _refuse() -> None:
    raise Unavailable(say("IzzitUp is closing."))


def _be_nice() -> None:
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)

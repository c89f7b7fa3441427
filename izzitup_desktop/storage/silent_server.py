"""Ends waiting for a server that says nothing: its connection is shut down.

The server's own timeouts end what waits or sleeps there. They don't help when the
server or the network falls silent: then nobody but us can end the wait.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from izzitup_desktop.storage.times import elapsed


class Limit:
    """The time that one connection has for what runs on it."""

    def __init__(self, watch: Watch, connection: Any, seconds: float) -> None:
        self._watch = watch
        # A descriptor of our own: by the time it is shut, libpq may have closed its own.
        self.socket = socket.fromfd(connection.fileno(), socket.AF_INET, socket.SOCK_STREAM)
        self.until = elapsed() + seconds
        self.was_cut = False

    def extend(self, seconds: float) -> None:
        """Give it `seconds` from now on."""
        self._watch.change(self, elapsed() + seconds)

    def cut(self) -> None:
        """Shut the connection down: whoever waits on it gets an error at once."""
        self.was_cut = True
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


class Watch:
    """Looks at running connections on the thread `izzitup-watch`, made when needed."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._limits: set[Limit] = set()
        self._next = float("inf")
        self._ends_at = float("inf")
        self._closed = False
        self._thread: threading.Thread | None = None

    @contextmanager
    def limit(self, connection: Any, seconds: float) -> Iterator[Limit]:
        """Give the psycopg `connection` so long for what runs inside."""
        limit = Limit(self, connection, seconds)
        self.change(limit, limit.until)
        try:
            yield limit
        finally:
            with self._changed:
                self._limits.discard(limit)
            limit.socket.close()

    def change(self, limit: Limit, until: float) -> None:
        """Cut `limit` at that moment."""
        with self._changed:
            limit.until = until
            self._limits.add(limit)
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._run, name="izzitup-watch")
                self._thread.start()
            if until < self._next:
                self._changed.notify()

    def end_at(self, moment: float) -> None:
        """Cut whatever runs at that moment, and all that begins later."""
        with self._changed:
            self._ends_at = min(self._ends_at, moment)
            self._changed.notify()

    def close(self) -> None:
        """End the thread; nothing may run any more."""
        with self._changed:
            self._closed = True
            self._changed.notify()
            thread, self._thread = self._thread, None
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        with self._changed:
            while not self._closed:
                now = elapsed()
                for limit in [each for each in self._limits if self._end_of(each) <= now]:
                    self._limits.discard(limit)
                    limit.cut()
                self._next = min((self._end_of(each) for each in self._limits), default=now + 3600)
                self._changed.wait(max(0.0, self._next - now))

    def _end_of(self, limit: Limit) -> float:
        return min(limit.until, self._ends_at)

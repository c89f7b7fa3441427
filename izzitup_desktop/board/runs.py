"""Runs of the application: each process notes in heartbeats that it watches the board."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from izzitup_desktop.board.core import Core
from izzitup_desktop.storage import runs
from izzitup_desktop.storage.transaction import Transaction

HEARTBEAT_SECONDS = 30.0
"""How often whoever keeps the board open says so."""

WATCHED_FOR = timedelta(seconds=4 * HEARTBEAT_SECONDS)
"""After a longer pause between two heartbeats (the computer slept) nobody watched meanwhile."""


class Run:
    """One run, from its first heartbeat to its last.

    Where two are further apart than `watched_for` (None: never), another one begins.
    """

    def __init__(self, core: Core, watched_for: timedelta | None = WATCHED_FOR) -> None:
        self._core = core
        self._watched_for = watched_for
        self._id: int | None = None

    @property
    def id(self) -> int | None:
        """Its number in the database, None before the first heartbeat."""
        return self._id

    def heartbeat(self, also: Callable[[Transaction], object] | None = None) -> None:
        """Note that somebody watches now, and do `also` in that transaction.

        Raises `Unavailable`.
        """

        def use_case(transaction: Transaction) -> int:
            transaction.keep = True
            if also is not None:
                also(transaction)
            connection, now = transaction.connection, transaction.now
            if self._id is not None and runs.seen(
                connection, self._id, now, watched_for=self._watched_for
            ):
                return self._id
            return runs.begin(connection, now)

        self._id = self._core.write(use_case).value

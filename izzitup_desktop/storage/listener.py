"""Hears on PostgreSQL what other desks notify."""

from __future__ import annotations

import selectors
import socket
import threading
from collections.abc import Callable
from typing import Any

from izzitup_desktop.domain.messages import msg
from izzitup_desktop.storage.engine import Database
from izzitup_desktop.storage.pauses import Pauses
from izzitup_desktop.storage.subscriptions import OnTrouble
from izzitup_desktop.storage.times import elapsed

OnNotice = Callable[[str], None]


class Listener:
    """Listens on a connection of its own, on the thread `izzitup-listen`, until `close()`.

    `on_notice` hears each notice's payload, and "" whenever something may have been
    missed. `on_trouble` hears why nothing can be heard, "" once it can again.
    """

    def __init__(
        self, database: Database, pauses: Pauses, on_notice: OnNotice, on_trouble: OnTrouble
    ) -> None:
        self._database = database
        self._pauses = pauses
        self._on_notice = on_notice
        self._on_trouble = on_trouble
        self._closing = threading.Event()
        self._wake, self._woken = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="izzitup-listen")
        self._thread.start()

    def close(self) -> None:
        """Hear nothing more, and end the thread."""
        self._closing.set()
        self._wake.close()
        self._thread.join()
        self._woken.close()

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                connection = self._database.raw_listener()
            except Exception as error:  # psycopg's and SQLAlchemy's have no common base
                self._fail(msg("The shared database can't be reached: %1", error))
                continue
            try:
                self._listen_on(connection)
            except Exception as error:
                self._fail(msg("The connection to the shared database was lost: %1", error))
            finally:
                connection.close()

    def _fail(self, reason: str) -> None:
        self._on_trouble(reason)
        self._closing.wait(self._pauses.retry_seconds)

    def _listen_on(self, connection: Any) -> None:
        with self._database.answering(connection):
            connection.execute("LISTEN izzitup_journal")
        self._on_trouble("")
        probed = elapsed()
        with selectors.DefaultSelector() as heard:
            heard.register(connection.fileno(), selectors.EVENT_READ)
            # It can be read once `close()` wants the thread to end.
            heard.register(self._woken, selectors.EVENT_READ)
            while not self._closing.is_set():
                for notice in connection.notifies(timeout=0):
                    self._on_notice(notice.payload)
                if elapsed() - probed > self._pauses.probe_seconds:
                    # A dead connection looks like one on which nobody has anything to say.
                    with self._database.answering(connection):
                        connection.execute("SELECT 1")
                    self._on_notice("")
                    probed = elapsed()
                heard.select(self._pauses.listen_seconds)

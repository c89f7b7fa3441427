"""The feed: one thread that reads the journal and tells subscribers.

It waits for a nudge (a commit of this process; `PRAGMA data_version` for another
process on the same SQLite file; NOTIFY on PostgreSQL), reads the entries after the
last one it saw, in order, once, and hands them over.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection

from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.messages import say
from izzitup_desktop.storage import journal, schema
from izzitup_desktop.storage.engine import Database
from izzitup_desktop.storage.times import elapsed

log = logging.getLogger(__name__)

POLL_SECONDS = 0.1
"""How often another process's commit is looked for (SQLite)."""

PROBE_SECONDS = 5.0
"""How often the connection that listens is asked whether it still is one (PostgreSQL)."""

_LISTEN_SECONDS = 0.5
_RETRY_SECONDS = 1.0
_ENTRIES_AT_ONCE = 1_000

OnEntries = Callable[[Sequence[Entry]], None]
OnTrouble = Callable[[str], None]


class Subscription:
    """A subscriber's place in the feed; `cancel()` ends it."""

    def __init__(self, feed: Feed, on_entries: OnEntries, on_trouble: OnTrouble | None) -> None:
        self._feed = feed
        self.on_entries = on_entries
        self.on_trouble = on_trouble

    def cancel(self) -> None:
        """Tell this subscriber nothing more. May be called twice."""
        self._feed._drop(self)


class Feed:
    """Reads the journal on the thread `izzitup-feed` until `close()`.

    It starts at the journal's end: subscribers hear of what comes after.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._nudge = threading.Event()
        self._closing = threading.Event()
        self._subscriptions: tuple[Subscription, ...] = ()
        self._lock = threading.Lock()
        self._trouble = ""
        self.last_id = database.read(journal.last_id)
        self._thread = threading.Thread(target=self._run, name="izzitup-feed")
        self._thread.start()

    @property
    def subscriptions(self) -> int:
        """How many subscribers there are."""
        return len(self._subscriptions)

    def subscribe(self, on_entries: OnEntries, on_trouble: OnTrouble | None = None) -> Subscription:
        """Call `on_entries` with all new entries, in order, on the feed's thread.

        `on_trouble` hears the reason when the journal can't be read, and "" when
        it can again: until then what is shown may be stale.
        """
        subscription = Subscription(self, on_entries, on_trouble)
        with self._lock:
            self._subscriptions += (subscription,)
        return subscription

    def nudge(self) -> None:
        """Look now: this process committed something."""
        self._nudge.set()

    def close(self) -> None:
        """End the thread."""
        self._closing.set()
        self._nudge.set()
        self._thread.join()

    def _drop(self, subscription: Subscription) -> None:
        with self._lock:
            self._subscriptions = tuple(s for s in self._subscriptions if s is not subscription)

    def _run(self) -> None:
        look = self._listen if self._database.is_shared else self._watch
        while not self._closing.is_set():
            try:
                look()
            except BaseException as error:  # whatever it is: nobody would hear of anything more
                log.exception("the feed failed; it begins again")
                self._tell_trouble(say("The journal can't be read: %1", type(error).__name__))
                self._closing.wait(_RETRY_SECONDS)

    def _watch(self) -> None:
        seen: int | None = None
        while not self._closing.is_set():
            nudged = self._nudge.wait(POLL_SECONDS)
            self._nudge.clear()
            tick = self._database.tick()
            if (nudged or tick is None or tick != seen or self._trouble) and self._deliver():
                seen = tick

    def _listen(self) -> None:
        while not self._closing.is_set():
            try:
                listener = self._database.raw_listener()
            except Exception as error:  # psycopg's and SQLAlchemy's, which have no common base
                self._tell_trouble(say("The shared database can't be reached: %1", error))
                self._closing.wait(_RETRY_SECONDS)
                continue
            try:
                self._listen_on(listener)
            except Exception as error:
                self._tell_trouble(say("The connection to the shared database was lost: %1", error))
                self._closing.wait(_RETRY_SECONDS)
            finally:
                listener.close()

    def _listen_on(self, listener: Any) -> None:
        with self._database.answering(listener):
            listener.execute("LISTEN izzitup_journal")
        self._deliver()
        looked = elapsed()
        while not self._closing.is_set():
            for _ in listener.notifies(timeout=_LISTEN_SECONDS, stop_after=1):
                self._deliver()
            if self._trouble or self._nudge.is_set():
                self._nudge.clear()
                self._deliver()
            if elapsed() - looked > PROBE_SECONDS:
                # A dead connection looks like one on which nobody has anything to say.
                with self._database.answering(listener):
                    listener.execute("SELECT 1")
                self._deliver()
                looked = elapsed()

    def _deliver(self) -> bool:
        """Hand over what is new; False when the journal could not be read."""
        more = True
        while more and not self._closing.is_set():
            try:
                page = self._database.read(self._newer)
            except Unavailable as error:
                self._tell_trouble(str(error))
                return False
            self._tell_trouble("")
            self.last_id, more = page.last_id, page.more
            if page.entries:
                self._tell(page.entries)
        return True

    def _newer(self, connection: Connection) -> journal.Page:
        version, _ = schema.version_and_ahead(connection, self._database.clock)
        if version != schema.VERSION:
            raise schema.changed(self._database.location, version)
        return journal.page_after(connection, self.last_id, limit=_ENTRIES_AT_ONCE)

    def _tell(self, entries: Sequence[Entry]) -> None:
        for subscription in self._subscriptions:
            try:
                subscription.on_entries(entries)
            except BaseException:  # one subscriber's fault must not silence the others
                log.exception("a subscriber of the feed failed")

    def _tell_trouble(self, reason: str) -> None:
        if reason == self._trouble:
            return
        self._trouble = reason
        if reason:
            log.warning("the feed is in trouble: %s", reason)
        for subscription in self._subscriptions:
            try:
                if subscription.on_trouble is not None:
                    subscription.on_trouble(reason)
            except BaseException:
                log.exception("a subscriber of the feed failed")

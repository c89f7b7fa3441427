"""What became of a commit on PostgreSQL whose connection was lost meanwhile."""

from __future__ import annotations

import threading
from functools import partial

from sqlalchemy import Connection

from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.storage import journal, shared
from izzitup_desktop.storage.asked import ANSWER_SECONDS
from izzitup_desktop.storage.engine import Database
from izzitup_desktop.storage.times import elapsed

_TRY_LEAST_SECONDS = 0.25
_RECONNECT_LEAST_SECONDS = 0.5
_PAUSE_SECONDS = 0.2


def was_made(database: Database, last: Entry, seconds: float) -> bool:
    """Whether the commit whose newest entry is `last` is in the database after all.

    It is asked for `seconds`, within what a connection needs and what anybody waits.
    Raises `Unavailable` where that can't be known.
    """
    until = elapsed() + max(_RECONNECT_LEAST_SECONDS, min(seconds, ANSWER_SECONDS))
    while True:
        left = max(_TRY_LEAST_SECONDS, until - elapsed())
        try:
            # It may be made yet; until it has ended, it has the lock.
            database.read(partial(_lock, left), seconds=left)
            found = database.read(
                lambda connection: journal.many(connection, [last.id]), seconds=left
            )
        except Unavailable as error:
            if database.seconds_until(until) <= 0:
                raise Unavailable(
                    msg(
                        "The shared database went away while a change was being stored; "
                        "whether it was stored is not known. Look before you repeat it."
                    )
                ) from error
            threading.Event().wait(_PAUSE_SECONDS)
        else:
            return found == (last,)


def _lock(seconds: float, connection: Connection) -> None:
    shared.lock(connection, seconds, shared.WRITE_LOCK)

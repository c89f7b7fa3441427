"""What happens by itself: statuses end or get stale, the trash is emptied.

Whoever keeps the board open (a window, `izzitup serve`) calls `beat` every half
minute. Several may: each thing is looked at and done in one transaction.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from izzitup_desktop.board.core import Core
from izzitup_desktop.board.statuses import change_layers, change_status
from izzitup_desktop.board.trash import purge_one
from izzitup_desktop.domain.accounts import SCHEDULE
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.domain.services import Service
from izzitup_desktop.storage import runs, services
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Written

BEAT_SECONDS = 30.0
"""How often to call `beat`."""

PAUSE_MOST = timedelta(seconds=4 * BEAT_SECONDS)
"""After a longer pause between two beats (the computer slept) nobody watched meanwhile."""

TRASH_DAYS = 30
"""For how long what was removed can be restored."""


class Schedule:
    """The board's clockwork; holds which run of the application this is.

    A run ends where two beats are further apart than `pause_most` (None: never).
    """

    def __init__(self, core: Core, pause_most: timedelta | None = PAUSE_MOST) -> None:
        self._core = core
        self._pause_most = pause_most
        self._run_id: int | None = None

    def beat(self) -> Written[None]:
        """Note that somebody watches, and do what is due. Raises `Unavailable`."""
        return self._core.write(self.beat_in, slow=True)

    def beat_in(self, transaction: Transaction) -> None:
        """`beat`, as a use case."""
        transaction.keep = True
        now, connection = transaction.now, transaction.connection
        if self._run_id is None or not runs.seen(
            connection, self._run_id, now, pause_most=self._pause_most
        ):
            self._run_id = runs.begin(connection, now)
        for service in services.due(connection, now):
            end_status(transaction, service)
        for service in services.getting_stale(transaction.connection, now):
            transaction.put(replace(service, stale=True), was=service)
            transaction.record(SCHEDULE, Kind.SERVICE_STALE, service.id, service.name)
        long_ago = now - timedelta(days=TRASH_DAYS)
        for service, _ in services.removed(transaction.connection, before=long_ago):
            purge_one(transaction, SCHEDULE, service)


def end_status(transaction: Transaction, service: Service) -> None:
    """End a status that was set for a time that is over, or have somebody asked."""
    expiry = service.expiry
    if expiry is None:
        return
    if expiry.then is None:
        asked = replace(service, expiry=replace(expiry, asked=True))
        transaction.put(asked, was=service)
        transaction.record(SCHEDULE, Kind.SERVICE_DUE, service.id, service.name)
    elif expiry.then == service.status_id:
        change_layers(transaction, SCHEDULE, service, expiry=None, hold=None)
    else:
        change_status(transaction, SCHEDULE, service, expiry.then, expiry=None, hold=None)

"""What a use case writes through: a unit of work over one database transaction.

Use cases decide on objects in memory: what they change is collected, and stored set
by set at the end of a batch. A refused one drops what it collected. Only a use case
that writes SQL itself asks for `connection`, and is run in a savepoint.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from izzitup_desktop.domain.accounts import Account, Principal
from izzitup_desktop.domain.clock import SYSTEM_CLOCK, Clock
from izzitup_desktop.domain.comments import FOR_THE_PAGE, is_for_the_page
from izzitup_desktop.domain.journal import NOTHING, Entry, Kind
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.tokens import StoredToken
from izzitup_desktop.storage import journal, periods
from izzitup_desktop.storage.loaded import Loaded


@dataclass(frozen=True, slots=True)
class Mark:
    """How much had been collected when a use case began."""

    entries: int
    replaced: int
    periods: int
    services: int
    next_id: int


class Transaction:
    """One database transaction; several use cases may run in it, in turn.

    `last_id` is the journal's newest, `loaded` what is known to be stored already.
    Its time is the database's, whose clock is `ahead` of `clock`.
    """

    def __init__(
        self,
        connection: Connection,
        last_id: int,
        *,
        clock: Clock = SYSTEM_CLOCK,
        ahead: timedelta = timedelta(0),
        loaded: Loaded | None = None,
    ) -> None:
        self._connection = connection
        self._clock, self._ahead = clock, ahead
        self.now: datetime = clock.now() + ahead
        self.loaded = loaded or Loaded()
        self.first_id = self._next_id = last_id + 1
        """What the first entry gets, unless ids are skipped."""
        self._entries: list[Entry] = []
        self._replaced: list[int] = []
        self._flushed_replaced = 0
        self._flushed_entries = 0
        self._periods: list[periods.Change] = []
        self._flushed_periods = 0
        self._mark = Mark(0, 0, 0, 0, self._next_id)
        self._has_savepoint = False
        self._operation_id = 0
        self.keep = False
        """Whether to commit even without a journal entry (a heartbeat)."""
        self.has_stored = False
        """Whether anything was stored, by a use case's own SQL too."""

    @property
    def connection(self) -> Connection:
        """For use cases that write SQL themselves, or read back what they changed.

        What was collected is stored before, so that SQL meets it.
        """
        if not self._has_savepoint:
            self._begin_savepoint()
        self.has_stored = True
        self.store()
        self.loaded.forget()
        return self._connection

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of all use cases that were not refused, but replaced ones."""
        replaced = set(self._replaced)
        return tuple(entry for entry in self._entries if entry.id not in replaced)

    @property
    def last_id(self) -> int:
        """The journal's newest id, what was collected included."""
        return self._next_id - 1

    @property
    def last_entry(self) -> Entry | None:
        """The newest entry of all use cases that were not refused."""
        return self._entries[-1] if self._entries else None

    def begin_use_case(self) -> None:
        """Note where a use case begins."""
        self.now = self._clock.now() + self._ahead
        self._operation_id = 0
        self._has_savepoint = False
        self._mark = Mark(
            len(self._entries),
            len(self._replaced),
            len(self._periods),
            self.loaded.mark,
            self._next_id,
        )

    @property
    def entries_of_use_case(self) -> tuple[Entry, ...]:
        """What the use case that runs has written so far."""
        return tuple(self._entries[self._mark.entries :])

    def forget_use_case(self) -> None:
        """Take back what the use case that runs has done; it may end well all the same."""
        self.roll_back_use_case()
        self.begin_use_case()

    def end_use_case(self) -> tuple[Entry, ...]:
        """Keep what the use case did; the entries it wrote."""
        if self._has_savepoint:
            # Now, while it can be taken back alone.
            self.store()
            self._connection.exec_driver_sql("RELEASE SAVEPOINT use_case")
            self.loaded.forget()
        return self.entries_of_use_case

    def roll_back_use_case(self) -> None:
        """Forget what the use case did."""
        self._take_back()
        if self._has_savepoint:
            self._connection.exec_driver_sql("ROLLBACK TO SAVEPOINT use_case")
            self._connection.exec_driver_sql("RELEASE SAVEPOINT use_case")
            # All from before was stored when the savepoint was set.
            self._flushed_entries = self._mark.entries
            self._flushed_replaced = self._mark.replaced
            self._flushed_periods = self._mark.periods
            self.loaded.save(self._connection)
            self.loaded.forget()

    def service(self, service_id: int) -> Service | None:
        """The service as it is by now in this transaction."""
        return self.loaded.service(self._connection, service_id)

    def read_services(self, service_ids: Iterable[int]) -> None:
        """Read several at once that will be asked for."""
        self.loaded.read(self._connection, service_ids)

    def put(self, service: Service, *, was: Service) -> None:
        """Store the service's status and layers as they are in `service`.

        `was` is the service as it is by now in this transaction.
        """
        self.loaded.put(service, was)

    def account(self, account_id: int) -> Account | None:
        """The account as it is now, inside this transaction."""
        return self.loaded.account(self._connection, account_id)

    def token(self, token_id: int) -> StoredToken | None:
        """The token as it is now, inside this transaction."""
        return self.loaded.token(self._connection, token_id)

    def forget_accounts(self) -> None:
        """Read accounts and tokens again: one was changed in this transaction."""
        self.loaded.forget_accounts()

    def record(
        self,
        principal: Principal,
        kind: Kind,
        subject_id: int,
        subject_name: str,
        *,
        before: Mapping[str, Any] = NOTHING,
        after: Mapping[str, Any] = NOTHING,
        comment: str = "",
        undoes: int | None = None,
    ) -> Entry:
        """Add a journal entry."""
        self._operation_id = self._operation_id or self._next_id
        entry = Entry(
            id=self._next_id,
            time=self.now,
            actor=principal.name,
            account_id=principal.account_id,
            origin=principal.origin,
            kind=kind,
            subject_id=subject_id,
            subject_name=subject_name,
            before=dict(before),
            after={**after, FOR_THE_PAGE: True} if is_for_the_page(comment) else dict(after),
            comment=comment,
            undoes=undoes,
            operation_id=self._operation_id,
        )
        self._next_id += 1
        self._entries.append(entry)
        self.loaded.note_entry(entry)
        return entry

    def skip_ids_to(self, entry_id: int) -> None:
        """Give the next entry an id above `entry_id` (after a restore)."""
        self._next_id = max(self._next_id, entry_id + 1)

    def newest(self, subject: str, subject_id: int, *, limit: int) -> tuple[Entry, ...]:
        """The newest entries of one thing, newest first, those of this transaction too."""
        known = self.loaded.newest_entry(subject, subject_id)
        if known is not None and limit == 1:
            return (known,)
        replaced = set(self._replaced)
        unstored = [
            entry
            for entry in reversed(self._entries[self._flushed_entries :])
            if (entry.kind.subject, entry.subject_id) == (subject, subject_id)
        ]
        stored = journal.of_subject(
            self._connection, subject, subject_id, limit=limit + len(replaced)
        )
        found = [entry for entry in (*unstored, *stored) if entry.id not in replaced]
        return tuple(found[:limit])

    def replace(self, entry: Entry) -> None:
        """Delete an entry in favour of one that follows and tells what it told.

        Never one that a period or an undo refers to.
        """
        self._replaced.append(entry.id)

    def begin_period(
        self, service_id: int, status_id: int, entry: Entry, *, is_first: bool = False
    ) -> None:
        """End the service's open period, if it is not new, and begin one with `status_id`."""
        self._periods.append(
            periods.Change(service_id, status_id, entry.time, entry.id, is_first=is_first)
        )

    def end_period(self, service_id: int, entry: Entry) -> None:
        """End the service's open period: it was removed."""
        self._periods.append(periods.Change(service_id, None, entry.time, entry.id))

    def flush(self) -> None:
        """Store what was collected: for a use case that reads that back."""
        _ = self.connection

    def store(self) -> None:
        """Store what was collected and is not stored yet; the end of a batch."""
        self.has_stored |= self.loaded.save(self._connection)
        replaced = self._replaced[self._flushed_replaced :]
        unstored = self._entries[self._flushed_entries :]
        if replaced:
            journal.delete(self._connection, replaced)
            gone = set(replaced)
            unstored = [entry for entry in unstored if entry.id not in gone]
        if unstored:
            journal.insert(self._connection, unstored)
            self.has_stored = True
        if changes := self._periods[self._flushed_periods :]:
            periods.apply(self._connection, changes)
        self._flushed_entries = len(self._entries)
        self._flushed_replaced = len(self._replaced)
        self._flushed_periods = len(self._periods)

    def _begin_savepoint(self) -> None:
        """Store what came before this use case; its own can be taken back from here."""
        mark = self._mark
        entries = self._entries[mark.entries :]
        replaced = self._replaced[mark.replaced :]
        begun = self._periods[mark.periods :]
        changed = self.loaded.put_since(mark.services)
        next_id = self._next_id
        self._take_back()
        self.store()
        self._connection.exec_driver_sql("SAVEPOINT use_case")
        self._has_savepoint = True
        self._entries += entries
        self._replaced += replaced
        self._periods += begun
        self._next_id = next_id
        for was, service in changed:
            self.loaded.put(service, was)

    def _take_back(self) -> None:
        mark = self._mark
        for entry in self._entries[mark.entries :]:
            self.loaded.drop_entry(entry)
        del self._entries[mark.entries :]
        del self._replaced[mark.replaced :]
        del self._periods[mark.periods :]
        self.loaded.take_back(mark.services)
        self._next_id = mark.next_id

"""What a use case writes through: a connection, the journal, and periods.

Journal rows and status periods are collected and inserted together at the end
of a batch (`flush`), which is what makes thousands of changes a second cheap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from izzitup_desktop.domain.accounts import Account, Actor
from izzitup_desktop.domain.clock import SYSTEM_CLOCK, Clock
from izzitup_desktop.domain.journal import NOTHING, Entry, Kind
from izzitup_desktop.storage import accounts, journal, periods


@dataclass(frozen=True, slots=True)
class Savepoint:
    """How much had been collected, and inserted, when a use case began."""

    entries: int
    periods: int
    flushed_entries: int
    flushed_periods: int


class Transaction:
    """One database transaction; several use cases may run in it, in turn.

    `last_id` is the journal's newest. Its time is the database's, whose clock is
    `ahead` of `clock`.
    """

    def __init__(
        self,
        connection: Connection,
        last_id: int,
        *,
        clock: Clock = SYSTEM_CLOCK,
        ahead: timedelta = timedelta(0),
    ) -> None:
        self.connection = connection
        self._clock, self._ahead = clock, ahead
        self.now: datetime = clock.now() + ahead
        self.last_entry: Entry | None = None
        self._next_id = last_id + 1
        self._entries: list[Entry] = []
        self._flushed_entries = 0
        self._pending: set[tuple[str, int]] = set()
        self._periods: list[periods.Change] = []
        self._flushed_periods = 0
        self._accounts: dict[int, Account | None] = {}
        self.keep = False
        """Whether to commit even without a journal entry (a heartbeat)."""
        self._step = 0

    def begin_use_case(self) -> Savepoint:
        """Mark where a use case begins."""
        self.now = self._clock.now() + self._ahead
        self._step = 0
        self.connection.exec_driver_sql("SAVEPOINT use_case")
        return Savepoint(
            len(self._entries), len(self._periods), self._flushed_entries, self._flushed_periods
        )

    def end_use_case(self, savepoint: Savepoint) -> tuple[Entry, ...]:
        """Keep what the use case did; the entries it wrote."""
        self.connection.exec_driver_sql("RELEASE SAVEPOINT use_case")
        written = tuple(self._entries[savepoint.entries :])
        if written:
            self.last_entry = written[-1]
        return written

    def roll_back_use_case(self, savepoint: Savepoint) -> None:
        """Forget what the use case did."""
        self.connection.exec_driver_sql("ROLLBACK TO SAVEPOINT use_case")
        self.connection.exec_driver_sql("RELEASE SAVEPOINT use_case")
        del self._entries[savepoint.entries :]
        del self._periods[savepoint.periods :]
        self._flushed_entries = savepoint.flushed_entries
        self._flushed_periods = savepoint.flushed_periods
        unflushed = self._entries[self._flushed_entries :]
        self._pending = {(entry.kind.subject, entry.subject_id) for entry in unflushed}
        self._accounts.clear()
        self._next_id = (
            self._entries[-1].id if self._entries else journal.last_id(self.connection)
        ) + 1

    def record(
        self,
        actor: Actor,
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
        self._step = self._step or self._next_id
        entry = Entry(
            id=self._next_id,
            time=self.now,
            actor=actor.name,
            account_id=actor.account_id,
            origin=actor.origin,
            kind=kind,
            subject_id=subject_id,
            subject_name=subject_name,
            before=dict(before),
            after=dict(after),
            comment=comment,
            undoes=undoes,
            step=self._step,
        )
        self._next_id += 1
        self._entries.append(entry)
        self._pending.add((kind.subject, subject_id))
        return entry

    def skip_ids_to(self, entry_id: int) -> None:
        """Give the next entry an id above `entry_id` (after a restore)."""
        self._next_id = max(self._next_id, entry_id + 1)

    def newest(self, subject: str, subject_id: int, *, limit: int) -> tuple[Entry, ...]:
        """The newest entries of one thing, newest first, those of this transaction too."""
        if (subject, subject_id) in self._pending:
            self.flush()
        return journal.of_subject(self.connection, subject, subject_id, limit=limit)

    def replace(self, entry: Entry) -> None:
        """Delete an entry in favour of one that follows and tells what it told.

        Never one that a period or an undo refers to.
        """
        journal.delete(self.connection, [entry.id])

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

    def account(self, account_id: int) -> Account | None:
        """The account as it is now, inside this transaction."""
        if account_id not in self._accounts:
            self._accounts[account_id] = accounts.get(self.connection, account_id)
        return self._accounts[account_id]

    def forget_accounts(self) -> None:
        """Read accounts again: one was changed in this transaction."""
        self._accounts.clear()

    def flush(self) -> None:
        """Insert what was collected; a use case calls it before it reads that back."""
        if entries := self._entries[self._flushed_entries :]:
            journal.insert(self.connection, entries)
            self._flushed_entries = len(self._entries)
            self._pending.clear()
        if changes := self._periods[self._flushed_periods :]:
            periods.apply(self.connection, changes)
            self._flushed_periods = len(self._periods)

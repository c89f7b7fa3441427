"""What every use case stands on: the database, its writer and its feed."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import TypeVar

from izzitup_desktop.domain.accounts import Account, Action, Actor, Role, allowed, allowed_on
from izzitup_desktop.domain.errors import NotAllowed
from izzitup_desktop.storage.engine import Database
from izzitup_desktop.storage.feed import Feed
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import UseCase, Writer, Written

T = TypeVar("T")


class Core:
    """Database, writer and feed of one opened board."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.feed = Feed(database)
        self.committed_id = self.feed.last_id
        try:
            self._writer = Writer(database, self._committed)
        except BaseException:
            self.feed.close()
            raise
        self.read = database.read

    def write(self, use_case: UseCase[T]) -> Written[T]:
        """Run a use case and wait until it is durable."""
        return self._writer.write(use_case)

    def submit(self, use_case: UseCase[T]) -> Future[Written[T]]:
        """Queue a use case; the future ends when it is durable."""
        return self._writer.submit(use_case)

    def last_id(self) -> int:
        """The newest journal id this process knows of."""
        return max(self.committed_id, self.feed.last_id)

    def tick(self) -> int | None:
        """Changes with any commit; None when that can't be told without waiting."""
        return self.last_id() if self.database.is_shared else self.database.tick()

    def close(self) -> None:
        """Finish what is queued, end the threads, close the database."""
        self._writer.close()
        self.feed.close()
        self.database.close()

    def _committed(self, entry_id: int) -> None:
        self.committed_id = entry_id
        self.feed.nudge()


def acting(transaction: Transaction, actor: Actor, action: Action) -> Actor:
    """The actor with the rights it has now. Raises `NotAllowed`.

    Who acts by an account has that account's role and groups as they are in this
    transaction: a disabled or lowered account does nothing more from then on.
    """
    if actor.account_id is not None:
        account = transaction.account(actor.account_id)
        if account is None or not account.active:
            raise NotAllowed(action.value, actor.name)
        actor = _as_now(actor, account)
    require(actor, action)
    return actor


def require(actor: Actor, action: Action) -> None:
    """Raise `NotAllowed` unless the actor's role may do `action`."""
    if not allowed(actor, action):
        raise NotAllowed(action.value, actor.name)


def require_on(actor: Actor, action: Action, group_ids: Sequence[int | None]) -> None:
    """Raise `NotAllowed` unless the actor may do `action` on things of all the groups."""
    if not all(allowed_on(actor, action, group_id) for group_id in group_ids):
        raise NotAllowed(action.value, actor.name)


def _as_now(actor: Actor, account: Account) -> Actor:
    if actor.role is account.role and actor.group_ids == account.group_ids:
        return actor
    return replace(actor, role=Role(account.role), group_ids=account.group_ids)

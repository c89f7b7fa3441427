"""What every use case stands on: the database, its writer and its feed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar

from izzitup_desktop.domain.accounts import Account, Action, Actor, allowed, allowed_on
from izzitup_desktop.domain.errors import NotAllowed, SignInStale
from izzitup_desktop.storage import accounts
from izzitup_desktop.storage.asked import Asked
from izzitup_desktop.storage.engine import Database
from izzitup_desktop.storage.feed import Feed
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import UseCase, Writer, Written

T = TypeVar("T")


FEW = 20
"""A change to no more things than these is made, or refused, while somebody waits."""


class Core:
    """Database, writer and feed of one opened board."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = database.clock
        self.feed = Feed(database)
        self.committed_id = self.feed.last_id
        try:
            self._writer = Writer(database, self._committed)
        except BaseException:
            self.feed.close()
            raise
        self.read = database.read

    def write(self, use_case: UseCase[T], *, slow: bool = False) -> Written[T]:
        """Run a use case and wait until it is durable; `slow` ones may take their time."""
        return self._writer.write(use_case, slow=slow)

    def submit(self, use_case: UseCase[T], asked: Asked | None = None) -> Future[Written[T]]:
        """Queue a use case; the future ends when it is durable.

        It is not made once nobody wants it any more (`asked`).
        """
        return self._writer.submit(use_case, asked)

    def read_as(
        self, actor: Actor, action: Action, query: Callable[[Any, Actor], T], *, slow: bool = False
    ) -> T:
        """The result of `query`, given the actor with the rights it has in that snapshot.

        Raises `NotAllowed`, `SignInStale`, `Unavailable`. Whose account is gone,
        disabled or another's may read what the public may. `slow` ones may take their
        time.
        """

        def asked(connection: Any) -> T:
            id_ = actor.account_id
            account = None if id_ is None else accounts.get(connection, id_)
            now_actor = _with_rights_of(actor, account)
            require(now_actor, action)
            return query(connection, now_actor)

        return self.read(asked, slow=slow)

    def assert_may(self, actor: Actor, action: Action) -> None:
        """Raise `NotAllowed` unless the actor may do `action` now: before costly work."""
        self.database.assert_may_wait()
        if actor.account_id is None:
            require(actor, action)
        else:
            self.read_as(actor, action, lambda _connection, _actor: None)

    def last_id(self) -> int:
        """The newest journal id this process knows of."""
        return max(self.committed_id, self.feed.last_id)

    def tick(self) -> int | None:
        """Changes with any commit; None when that can't be told without waiting."""
        return self.last_id() if self.database.is_shared else self.database.tick()

    def tick_while_writing(self) -> int | None:
        """The tick that holds while this process itself keeps others from writing."""
        return self.database.tick_while_writing

    def close(self) -> None:
        """Finish what is queued, end the threads, close the database."""
        self._writer.close()
        self.feed.close()
        self.database.close()

    def _committed(self, entry_id: int) -> None:
        self.committed_id = entry_id
        self.feed.nudge()


def acting(transaction: Transaction, actor: Actor, action: Action) -> Actor:
    """The actor with the rights it has now. Raises `NotAllowed`, `SignInStale`.

    Who acts by an account has that account's role and groups as they are in this
    transaction: a disabled or lowered account does nothing more from then on.
    """
    now_actor = as_now(transaction, actor)
    require(now_actor, action)
    return now_actor


def as_now(transaction: Transaction, actor: Actor) -> Actor:
    """The actor with the rights it has in this transaction. Raises `SignInStale`."""
    account = None if actor.account_id is None else transaction.account(actor.account_id)
    return _with_rights_of(actor, account)


def require(actor: Actor, action: Action) -> None:
    """Raise `NotAllowed` unless the actor's role may do `action`."""
    if not allowed(actor, action):
        raise NotAllowed(action.value, actor.name)


def require_on(actor: Actor, action: Action, group_ids: Sequence[int | None]) -> None:
    """Raise `NotAllowed` unless the actor may do `action` on things of all the groups."""
    if not all(allowed_on(actor, action, group_id) for group_id in group_ids):
        raise NotAllowed(action.value, actor.name)


def _with_rights_of(actor: Actor, account: Account | None) -> Actor:
    if actor.account_version is not None and (
        account is None
        or (account.uid, account.version) != (actor.account_uid, actor.account_version)
    ):
        raise SignInStale
    return actor.as_now(account)

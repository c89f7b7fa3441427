"""What every use case stands on: the database, its writer and its feed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from izzitup_desktop.board.live import Live
from izzitup_desktop.domain.accounts import Account, Action, Principal, allowed, allowed_on
from izzitup_desktop.domain.errors import NotAllowed, SignInStale, Unavailable
from izzitup_desktop.domain.tokens import StoredToken, assert_same, principal_of
from izzitup_desktop.storage import accounts, tokens
from izzitup_desktop.storage.engine import Database
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Commit, UseCase, Writer, Written

T = TypeVar("T")


FEW = 20
"""A change to no more things than these is made, or refused, while somebody waits."""


class Core:
    """Database, writer and feed of one opened board."""

    def __init__(self, database: Database, open_found: Callable[[], Database]) -> None:
        self.database = database
        self._open_found = open_found
        self.clock = database.clock
        self.committed_id = 0
        self.watched_at: datetime | None = None
        """When this process last noted that it watches, None where it doesn't."""
        self.run_id: int | None = None
        """As which run it did."""
        self.live = Live(database, lambda: self.committed_id)
        self.feed = self.live.feed
        self._writer = Writer(database, self._committed)
        self.submit = self._writer.submit
        """Queue a use case without waiting for it."""
        self.read = database.read

    def write(self, use_case: UseCase[T], *, slow: bool = False) -> Written[T]:
        """Run a use case and wait until it is durable; `slow` ones may take their time."""
        return self._writer.write(use_case, slow=slow)

    def read_as(
        self,
        principal: Principal,
        action: Action,
        query: Callable[[Any, Principal], T],
        *,
        slow: bool = False,
    ) -> T:
        """The result of `query`, given the principal with the rights it has in that snapshot.

        Raises `NotAllowed`, `SignInStale`, `Unavailable`, and whatever makes a token
        hold no more (`domain.tokens.principal_of`). Whose account is gone,
        disabled or another's may read what the public may. `slow` ones may take their
        time.
        """

        def asked(connection: Any) -> T:
            now_principal = _now(
                principal,
                lambda id_: accounts.get(connection, id_),
                lambda id_: tokens.get(connection, id_),
                self.clock.now(),
            )
            require(now_principal, action)
            return query(connection, now_principal)

        return self.read(asked, slow=slow)

    def assert_may(self, principal: Principal, action: Action) -> None:
        """Raise `NotAllowed` unless the principal may do `action` now: before costly work."""
        self.database.assert_may_wait()
        if principal.account_id is None and principal.token is None:
            require(principal, action)
        else:
            self.read_as(principal, action, lambda _connection, _principal: None)

    @property
    def trouble(self) -> Unavailable | None:
        """Why the last change could not be stored; None once one could be."""
        return self._writer.trouble

    @property
    def waiting(self) -> int:
        """How many use cases wait for the writer."""
        return self._writer.waiting

    def last_id(self) -> int:
        """The newest journal id this process knows of."""
        return max(self.committed_id, self.feed.last_id)

    def open_again(self) -> None:
        """Go on with the database that has the name now, checked as at the start.

        Whoever follows hears of what is different in it, and of none of its entries.
        Raises as `open_board` does; nothing is another then.
        """
        self.database.assert_may_wait()
        found = self._open_found()
        is_copy = found.path != found.named_path
        damage, why_read_only = found.damage, found.why_read_only
        found.close()
        if is_copy:
            raise Unavailable(why_read_only)
        self.database.take_what_is_there()
        self.database.damage = damage
        self.committed_id = 0
        self.live.start_over()

    def close(self) -> None:
        """Finish what is queued, end the threads, close the database."""
        self._writer.close()
        self.feed.close()
        self.database.close()

    def _committed(self, commit: Commit) -> None:
        if commit.entries:
            self.committed_id = commit.entries[-1].id
        self.feed.take(commit)


def authorize(transaction: Transaction, principal: Principal, action: Action) -> Principal:
    """The principal with the rights it has now. Raises `NotAllowed`, `SignInStale`.

    Who acts by an account has that account's role and groups as they are in this
    transaction: a disabled or lowered account does nothing more from then on.
    """
    now_principal = as_now(transaction, principal)
    require(now_principal, action)
    return now_principal


def as_now(transaction: Transaction, principal: Principal) -> Principal:
    """The principal with the rights it has in this transaction. Raises `SignInStale`.

    By a token that holds no more, what tells why (`domain.tokens.principal_of`).
    """
    return _now(principal, transaction.account, transaction.token, transaction.now)


def require(principal: Principal, action: Action) -> None:
    """Raise `NotAllowed` unless the principal's role may do `action`."""
    if not allowed(principal, action):
        raise NotAllowed(action.value, principal.name)


def require_on(
    principal: Principal,
    action: Action,
    group_ids: Sequence[int | None],
    service_id: int | None = None,
) -> None:
    """Raise `NotAllowed` unless the principal may do `action` on a service in all the groups.

    `service_id` is which service, None for one that is to be.
    """
    if not all(allowed_on(principal, action, group_id, service_id) for group_id in group_ids):
        raise NotAllowed(action.value, principal.name)


def _now(
    principal: Principal,
    account_of: Callable[[int], Account | None],
    token_of: Callable[[int], StoredToken | None],
    now: datetime,
) -> Principal:
    if principal.token is not None:
        stored = assert_same(token_of(principal.token.id), principal.token.digest)
        owner_id = stored.token.account_id
        return principal_of(stored, None if owner_id is None else account_of(owner_id), now)
    account = None if principal.account_id is None else account_of(principal.account_id)
    if principal.account_version is not None and (
        account is None
        or (account.uid, account.version) != (principal.account_uid, principal.account_version)
    ):
        raise SignInStale
    return principal.as_now(account)

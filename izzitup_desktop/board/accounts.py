"""Use cases of accounts: sign in, list, add, edit, set a password."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from izzitup_desktop.board.core import Core, as_now, authorize, require
from izzitup_desktop.board.signing_in.passwords import Passwords, check_new
from izzitup_desktop.board.signing_in.sign_in import SignIn
from izzitup_desktop.domain.accounts import (
    ACCOUNT_ROLES,
    Account,
    Action,
    Origin,
    Principal,
    Role,
    checked_name,
)
from izzitup_desktop.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds.accounts import ACCOUNT_ADDED, ACCOUNT_EDITED, ACCOUNT_PASSWORD
from izzitup_desktop.domain.kinds.boards import BOARD_RESTORED
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.storage import accounts, groups, tokens
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Written


class Accounts:
    """What can be done with accounts; every method that writes is one transaction."""

    def __init__(self, core: Core, passwords: Passwords, sign_in: SignIn) -> None:
        self._core = core
        self._passwords = passwords
        self._sign_in = sign_in
        self._subscription = core.feed.subscribe(self._forget_changed)

    def any(self) -> bool:
        """Whether there is an account at all: without one the board is not set up."""
        return self._core.read(accounts.count) > 0

    def list(self, principal: Principal) -> tuple[Account, ...]:
        """All accounts by name."""
        return self._core.read_as(
            principal,
            Action.ACCOUNT_LIST,
            lambda connection, _principal: accounts.listed(connection),
        )

    def acting_account(self, principal: Principal) -> Account | None:
        """The account that the principal acts by, as it is now.

        None where it is gone, disabled, or where another has its number (after a
        restore): nobody acts by it any more.
        """
        account_id = principal.account_id
        if account_id is None:
            return None
        account = self._core.read(lambda connection: accounts.get(connection, account_id))
        stands = account is not None and account.active and account.uid == principal.account_uid
        return account if stands else None

    def standing(self, principal: Principal) -> tuple[Principal, datetime | None]:
        """The principal with the rights that it has now, and when its token ends.

        For who goes on being told things. Waits; raises `SignInStale`, `Unavailable`,
        and whatever makes a token hold no more.
        """

        def query(connection: Any, now: Principal) -> tuple[Principal, datetime | None]:
            stored = None if now.token is None else tokens.get(connection, now.token.id)
            return now, None if stored is None else stored.token.expires

        return self._core.read_as(principal, Action.SERVICE_LIST, query)

    def find(self, name: str) -> Account:
        """The account of this name. Raises `NotFound`. For the faces' own use."""
        stored = self._core.read(lambda connection: accounts.by_name(connection, name))
        if stored is None:
            raise NotFound("account", name)
        return stored.account

    def sign_in(self, name: str, password: str, *, source: str) -> Account:
        """The account that name and password sign in to.

        `source` is the client's address, or "console". Raises `SignInFailed`,
        `Throttled`, `Unavailable`.
        """
        self._core.database.assert_may_wait()
        return self.submit_sign_in(name, password, source=source).result()

    def submit_sign_in(self, name: str, password: str, *, source: str) -> Future[Account]:
        """`sign_in` without waiting; the future fails as it raises."""
        return self._sign_in.submit(name, password, source)

    def signed_in_lately(self, name: str, password: str, *, source: str) -> Account | None:
        """The account of a name and password that were verified lately, None if they weren't.

        Never waits. Raises `Throttled` as `sign_in` does.
        """
        return self._sign_in.known(name, password, source)

    def forget_sign_in(self, account: Account) -> None:
        """Verify who signs in to this account anew: it was changed since."""
        self._sign_in.forget(account.id)

    def forget_sign_ins(self) -> None:
        """Verify everybody anew: the accounts are another database's."""
        self._sign_in.forget_all()

    def first(self, name: str, password: str, origin: Origin) -> Written[Account]:
        """The first administrator. Raises `Conflict` where there is an account."""
        name = checked_name(name)
        check_new(password, name)
        hashed = self._hashed(password)
        principal = Principal(name, Role.ADMINISTRATOR, origin)

        def use_case(transaction: Transaction) -> Account:
            if accounts.count(transaction.connection):
                raise Conflict(msg("This board has accounts already. Sign in with one of them."))
            return add_one(transaction, principal, name, Role.ADMINISTRATOR, hashed)

        return self._changed(self._core.write(use_case))

    def add(
        self,
        principal: Principal,
        name: str,
        role: Role,
        password: str,
        group_ids: Iterable[int] = frozenset(),
    ) -> Written[Account]:
        """Add an account. Raises `Invalid`, `NotAllowed`, `Conflict` (name is taken).

        `group_ids` limits an Editor to these groups; empty is no limit.
        """
        self._core.assert_may(principal, Action.ACCOUNT_MANAGE)
        name = checked_name(name)
        assert_account_role(role)
        check_new(password, name)
        hashed = self._hashed(password)
        limits = tuple(sorted(group_ids))

        def use_case(transaction: Transaction) -> Account:
            return add_checked(transaction, principal, name, role, hashed, limits)

        return self._changed(self._core.write(use_case))

    def edit(
        self,
        principal: Principal,
        account_id: int,
        *,
        role: Role | None = None,
        active: bool | None = None,
        group_ids: Iterable[int] | None = None,
        password: str | None = None,
        version: int | None = None,
    ) -> Written[Account]:
        """Change what is not None: all of it, or nothing.

        `version` is that of the account as it was read. Raises `Invalid`, `NotFound`,
        `NotAllowed`, and `Conflict` when it was changed since, and for the last
        active administrator, who can't be disabled or lowered.
        """
        self._core.assert_may(principal, Action.ACCOUNT_MANAGE)
        if role is not None:
            assert_account_role(role)
        limits = None if group_ids is None else tuple(sorted(group_ids))
        hashed = None if password is None else self._hashed_new(account_id, password)

        def use_case(transaction: Transaction) -> Account:
            authorize(transaction, principal, Action.ACCOUNT_MANAGE)
            account = existing(transaction, account_id)
            if version is not None and account.version != version:
                raise Conflict(msg("The account %1 was changed since you opened it.", account.name))
            edit = AccountEdit(role, active, limits, hashed)
            return edit_one(transaction, principal, account, edit)

        return self._changed(self._core.write(use_case))

    def set_password(
        self, principal: Principal, account_id: int, password: str
    ) -> Written[Account]:
        """Set an account's password: one's own, or as an Administrator anybody's.

        Raises `Invalid`, `NotFound`, `NotAllowed`.
        """
        # A token is no sign-in: who has one alone must not get the account itself by it.
        own = principal.account_id == account_id and principal.token is None
        if not own:
            self._core.assert_may(principal, Action.ACCOUNT_MANAGE)
        elif self.acting_account(principal) is None:
            raise NotAllowed(Action.ACCOUNT_MANAGE.value, principal.name)
        hashed = self._hashed_new(account_id, password)

        def use_case(transaction: Transaction) -> Account:
            now_principal = as_now(transaction, principal)
            if own and now_principal.role is Role.PUBLIC:
                raise NotAllowed(Action.ACCOUNT_MANAGE.value, principal.name)
            if not own:
                require(now_principal, Action.ACCOUNT_MANAGE)
            changing = existing(transaction, account_id)
            accounts.update(
                transaction.connection, account_id, transaction.now, password_hash=hashed
            )
            transaction.forget_accounts()
            transaction.record(principal, ACCOUNT_PASSWORD, account_id, changing.name)
            return existing(transaction, account_id)

        return self._changed(self._core.write(use_case))

    def close(self) -> None:
        """Stop hearing of accounts that other processes change."""
        self._subscription.cancel()

    def _hashed(self, password: str) -> str:
        self._core.database.assert_may_wait()
        return self._passwords.hash(password)

    def _hashed_new(self, account_id: int, password: str) -> str:
        """The hash of an account's new password. Raises `Invalid`, `NotFound`."""
        account = self._core.read(lambda connection: accounts.get(connection, account_id))
        if account is None:
            raise NotFound("account", str(account_id))
        check_new(password, account.name)
        return self._hashed(password)

    def _changed(self, written: Written[Account]) -> Written[Account]:
        self._sign_in.forget(written.value.id)
        return written

    def _forget_changed(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if entry.kind == BOARD_RESTORED:
                self._sign_in.forget_all()
            elif entry.kind.subject == "account":
                self._sign_in.forget(entry.subject_id)


@dataclass(frozen=True, slots=True)
class AccountEdit:
    """What an account gets, checked already; None leaves what there is."""

    role: Role | None = None
    active: bool | None = None
    group_ids: tuple[int, ...] | None = None
    password_hash: str | None = None

    def changes(self, account: Account) -> bool:
        """Whether the account is another by it."""
        return (
            self.role not in (None, account.role)
            or self.active not in (None, account.active)
            or (self.group_ids is not None and frozenset(self.group_ids) != account.group_ids)
            or self.password_hash is not None
        )


def add_checked(
    transaction: Transaction,
    principal: Principal,
    name: str,
    role: Role,
    password_hash: str,
    group_ids: tuple[int, ...],
) -> Account:
    """Add one account whose values were checked. Raises `NotAllowed`, `Invalid`, `Conflict`."""
    authorize(transaction, principal, Action.ACCOUNT_MANAGE)
    _assert_groups_exist(transaction, group_ids)
    holder = accounts.by_name(transaction.connection, name)
    if holder is not None:
        raise Conflict(msg("There is an account named %1 already.", holder.account.name))
    return add_one(transaction, principal, name, role, password_hash, group_ids)


def edit_one(
    transaction: Transaction, principal: Principal, account: Account, edit: AccountEdit
) -> Account:
    """Change one account, with its journal entries. Raises `Invalid`, `Conflict`.

    Whether the principal may is asked before.
    """
    if edit.group_ids is not None:
        _assert_groups_exist(transaction, edit.group_ids)
    accounts.update(
        transaction.connection,
        account.id,
        transaction.now,
        role=edit.role,
        active=edit.active,
        group_ids=edit.group_ids,
        password_hash=edit.password_hash,
    )
    transaction.forget_accounts()
    edited = existing(transaction, account.id)
    if _administers(account) and not _administers(edited):
        _assert_another_administrator(transaction, account)
    before, after = _differences(account, edited)
    if after or edit.password_hash is None:
        transaction.record(
            principal, ACCOUNT_EDITED, account.id, account.name, before=before, after=after
        )
    if edit.password_hash is not None:
        transaction.record(principal, ACCOUNT_PASSWORD, account.id, account.name)
    return edited


def add_one(
    transaction: Transaction,
    principal: Principal,
    name: str,
    role: Role,
    password_hash: str,
    group_ids: Sequence[int] = (),
) -> Account:
    """Add one account, checked already, with its journal entry."""
    account = accounts.insert(
        transaction.connection, name, role, password_hash, group_ids, transaction.now
    )
    transaction.record(
        principal,
        ACCOUNT_ADDED,
        account.id,
        name,
        after={"name": name, "role": role.value, "group_ids": list(group_ids)},
    )
    return account


def existing(transaction: Transaction, account_id: int) -> Account:
    """The account. Raises `NotFound`."""
    account = accounts.get(transaction.connection, account_id)
    if account is None:
        raise NotFound("account", str(account_id))
    return account


def assert_account_role(role: Role) -> None:
    """Raise `Invalid` for what no account can be."""
    if role not in ACCOUNT_ROLES:
        raise Invalid("role", msg("An account is an administrator, an editor or a viewer."))


def _administers(account: Account) -> bool:
    return account.active and account.role is Role.ADMINISTRATOR


def _assert_another_administrator(transaction: Transaction, account: Account) -> None:
    if accounts.count_active_administrators(transaction.connection) == 0:
        raise Conflict(
            msg("%1 is the last active administrator. Make another one first.", account.name)
        )


def _assert_groups_exist(transaction: Transaction, group_ids: Sequence[int]) -> None:
    for group_id in group_ids:
        if groups.get(transaction.connection, group_id) is None:
            raise Invalid("group", msg("This group does not exist any more. Choose another."))


def _differences(before: Account, after: Account) -> tuple[dict[str, object], dict[str, object]]:
    fields = {
        "role": (before.role.value, after.role.value),
        "active": (before.active, after.active),
        "group_ids": (sorted(before.group_ids), sorted(after.group_ids)),
    }
    changed = {field: values for field, values in fields.items() if values[0] != values[1]}
    return (
        {field: values[0] for field, values in changed.items()},
        {field: values[1] for field, values in changed.items()},
    )

"""Changes of accounts that a program asks for; only bcrypt is waited for here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass

from izzitup_desktop.board.accounts import (
    AccountEdit,
    add_checked,
    assert_account_role,
    edit_one,
    existing,
)
from izzitup_desktop.board.core import Core, authorize
from izzitup_desktop.board.manner import Manner, Outcome
from izzitup_desktop.board.signing_in.passwords import Passwords, check_new
from izzitup_desktop.board.submitting import Meant, assert_meant, submit
from izzitup_desktop.domain.accounts import Account, Action, Principal, Role, checked_name
from izzitup_desktop.domain.errors import NotFound
from izzitup_desktop.storage import accounts
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Written

Made = Future[Written[Outcome[Account]]]

_NOBODY_S = "v2$"
"""Instead of a hash where a change is only tried: it is stored nowhere."""


@dataclass(frozen=True, slots=True)
class AccountPatch:
    """What to change of an account; None leaves what there is."""

    role: Role | None = None
    active: bool | None = None
    group_ids: Iterable[int] | None = None
    password: str | None = None


class AccountChanges:
    """Each is one transaction, and is only tried where its manner is `dry`.

    They fail as the use cases of `Accounts` do, and with `Outdated`; what can be told at
    once is raised. `forget` is called with the id of each account that was changed.
    """

    def __init__(self, core: Core, passwords: Passwords, forget: Callable[[int], object]) -> None:
        self._core = core
        self._passwords = passwords
        self._forget = forget

    def add(
        self,
        principal: Principal,
        manner: Manner,
        name: str,
        role: Role,
        password: str,
        group_ids: Iterable[int] = frozenset(),
    ) -> Made:
        """Add an account. Waits for bcrypt."""
        self._core.assert_may(principal, Action.ACCOUNT_MANAGE)
        name = checked_name(name)
        assert_account_role(role)
        check_new(password, name)
        hashed = self._hashed(password, manner)
        limits = tuple(sorted(group_ids))
        return self._submit(
            manner,
            lambda transaction: add_checked(transaction, principal, name, role, hashed, limits),
        )

    def edit(self, principal: Principal, manner: Manner, meant: Meant, patch: AccountPatch) -> Made:
        """Change what the patch has of an account: all of it, or nothing.

        Waits for bcrypt. Who is as the patch says already stays untouched.
        """
        self._core.assert_may(principal, Action.ACCOUNT_MANAGE)
        if patch.role is not None:
            assert_account_role(patch.role)
        limits = None if patch.group_ids is None else tuple(sorted(patch.group_ids))
        hashed = None
        if patch.password is not None:
            account = self._core.read(lambda connection: accounts.get(connection, meant.id))
            if account is None:
                raise NotFound("account", str(meant.id))
            check_new(patch.password, account.name)
            hashed = self._hashed(patch.password, manner)

        def use_case(transaction: Transaction) -> Account:
            authorize(transaction, principal, Action.ACCOUNT_MANAGE)
            account = existing(transaction, meant.id)
            assert_meant(transaction, principal, "account", meant, account)
            edit = AccountEdit(patch.role, patch.active, limits, hashed)
            if not edit.changes(account):
                return account
            return edit_one(transaction, principal, account, edit)

        return self._submit(manner, use_case)

    def _submit(self, manner: Manner, use_case: Callable[[Transaction], Account]) -> Made:
        return submit(
            self._core, manner, use_case, durable=lambda account: self._forget(account.id)
        )

    def _hashed(self, password: str, manner: Manner) -> str:
        return _NOBODY_S if manner.dry else self._passwords.hash(password)

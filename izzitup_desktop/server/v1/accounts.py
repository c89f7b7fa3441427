"""Accounts in the API v1, for administrators who signed in by their passwords."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Annotated, Any

from fastapi import Query, Request

from izzitup_desktop.board import Board
from izzitup_desktop.board.account_changes import AccountPatch as Patch
from izzitup_desktop.board.manner import Manner, Outcome
from izzitup_desktop.board.submitting import Meant
from izzitup_desktop.domain.accounts import ACCOUNT_ROLES, Account, Principal, Role
from izzitup_desktop.domain.errors import NotFound
from izzitup_desktop.domain.text import fold, search_fold
from izzitup_desktop.server.problems import Problem
from izzitup_desktop.server.v1 import paging
from izzitup_desktop.server.v1.account_models import AccountPatch, AccountQuery, NewAccount
from izzitup_desktop.server.v1.answers import Answered, answer
from izzitup_desktop.server.v1.asking import Asking
from izzitup_desktop.server.v1.changing import Changing, as_read
from izzitup_desktop.server.v1.lists import groups_meant
from izzitup_desktop.server.v1.models import WriteQuery
from izzitup_desktop.server.v1.owners import shows_accounts
from izzitup_desktop.server.v1.pictures import Pictures, View
from izzitup_desktop.server.v1.readers import Readers
from izzitup_desktop.server.v1.reads import asking_of, paged
from izzitup_desktop.server.v1.refused import Refused, invalid
from izzitup_desktop.server.v1.words import Unknown, group_id, meant, number
from izzitup_desktop.storage.writer import Written

Write = Annotated[WriteQuery, Query()]
Made = Future[Written[Outcome[Account]]]

SORTS: dict[str, Callable[[Account], Any]] = {
    "name": lambda account: fold(account.name),
    "id": lambda account: account.id,
    "role": lambda account: account.role.value,
    "created": lambda account: account.created.isoformat(),
    "updated": lambda account: account.updated.isoformat(),
}


class Accounts:
    """Accounts: list, read, add, edit, disable."""

    def __init__(
        self, board: Board, pictures: Pictures, readers: Readers, changing: Changing
    ) -> None:
        self._accounts, self._changes = board.accounts, board.account_changes
        self._pictures = pictures
        self._readers = readers
        self._changing = changing

    async def list_accounts(
        self, request: Request, query: Annotated[AccountQuery, Query()]
    ) -> Answered:
        """All accounts: those that are wanted, a page at a time."""
        asking = asking_of(request)
        found, view = await self.all(asking), await self._view(asking)
        page, following = paging.page(
            filter(_wanted(query, view), found),
            SORTS,
            lambda account: account.id,
            sort=query.sort,
            limit=query.limit,
            cursor=query.cursor,
        )
        shown = list(map(shows_accounts(view), page))
        return Answered(paged(asking, shown, following).unless_known(asking.scope))

    async def read_account(self, request: Request, account: str) -> Answered:
        """One account, by its id or name."""
        asking = asking_of(request)
        found, view = await self.all(asking), await self._view(asking)
        shown = shows_accounts(view)(named(found, account))
        return Answered(answer(shown).unless_known(asking.scope))

    async def add_account(self, request: Request, body: NewAccount, query: Write) -> Answered:
        """Add an account, which can sign in at once."""
        asking = asking_of(request)
        view = await self._view(asking)
        role, group_ids = _role(body.role), _group_ids(body.groups, view)
        password = body.password.get_secret_value()

        async def made(principal: Principal, manner: Manner) -> Made:
            return await self._readers.result(
                lambda: self._changes.add(principal, manner, body.name, role, password, group_ids),
                manner.asked,
            )

        return Answered(await self._changing.added(asking, query, made, shows_accounts(view)))

    async def edit_account(
        self, request: Request, account: str, body: AccountPatch, query: Write
    ) -> Answered:
        """Change what the body names of an account, and leave the rest (a merge patch)."""
        sent = body.model_fields_set
        asking = asking_of(request)
        # Who may not manage accounts is not told which there are.
        found, view = await self.all(asking), await self._view(asking)
        patch = Patch(
            role=_role(body.role) if "role" in sent else None,
            active=body.active if "active" in sent else None,
            group_ids=_group_ids(body.groups, view) if "groups" in sent else None,
            password=body.password.get_secret_value() if "password" in sent else None,
        )
        return await self._edited(asking, query, self._meant(asking, found, account, view), patch)

    async def disable_account(self, request: Request, account: str, query: Write) -> Answered:
        """Let an account sign in no more; what it did stays, and so does it in the list."""
        asking = asking_of(request)
        found, view = await self.all(asking), await self._view(asking)
        one = self._meant(asking, found, account, view)

        async def made(principal: Principal, manner: Manner) -> Made:
            return await self._submitted(principal, manner, one, Patch(active=False))

        return Answered(await self._changing.removed(asking, query, made, shows_accounts(view)))

    async def all(self, asking: Asking) -> Sequence[Account]:
        """All accounts, for who may list them."""
        return await asking.acting(
            lambda principal: self._readers.result(
                lambda: self._accounts.list(principal), asking.asked
            )
        )

    async def own(self, asking: Asking) -> Sequence[Account]:
        """The account of who asks, if it is by one."""
        found = await self._readers.result(
            lambda: self._accounts.acting_account(asking.principal), asking.asked
        )
        return () if found is None else (found,)

    async def _edited(
        self, asking: Asking, query: WriteQuery, one: Meant, patch: Patch
    ) -> Answered:
        view = await self._view(asking)

        async def made(principal: Principal, manner: Manner) -> Made:
            return await self._submitted(principal, manner, one, patch)

        return Answered(await self._changing.changed(asking, query, made, shows_accounts(view)))

    async def _submitted(
        self, principal: Principal, manner: Manner, one: Meant, patch: Patch
    ) -> Made:
        return await self._readers.result(
            lambda: self._changes.edit(principal, manner, one, patch), manner.asked
        )

    def _meant(self, asking: Asking, found: Sequence[Account], word: str, view: View) -> Meant:
        account = named(found, word)
        name = "" if number(word) == account.id else account.name
        return Meant(account.id, name, as_read(asking, shows_accounts(view)))

    async def _view(self, asking: Asking) -> View:
        return await self._pictures.view(asking.principal, asking.asked)


def named(found: Sequence[Account], word: str) -> Account:
    """The account of this id or name. Raises `Refused`."""
    wanted = number(word)
    for account in found:
        if account.id == wanted:
            return account
    folded = fold(word.strip())
    for account in found:
        if fold(account.name) == folded:
            return account
    error = NotFound("account", word)
    hint = meant(word, [account.name for account in found])
    raise Refused(Problem(error.code, str(error), hint=hint))


def _wanted(query: AccountQuery, view: View) -> Callable[[Account], bool]:
    groups = groups_meant(view, query.group)
    words = search_fold(query.q).split()
    name = fold(query.name.strip())

    def wanted(account: Account) -> bool:
        folded = search_fold(account.name)
        return (
            (not name or fold(account.name) == name)
            and (not query.role or account.role in query.role)
            and query.active in (None, account.active)
            and (not groups or bool(groups & (account.group_ids or {None})))
            and all(word in folded for word in words)
        )

    return wanted


def _role(word: str) -> Role:
    for role in ACCOUNT_ROLES:
        if word.strip().lower() == role.value:
            return role
    hint = meant(word, [role.value for role in ACCOUNT_ROLES])
    raise invalid("/role", "An account is an administrator, an editor or a viewer.", hint)


def _group_ids(words: Sequence[int | str], view: View) -> frozenset[int]:
    found = set()
    for place, word in enumerate(words):
        try:
            found.add(group_id(word, view.picture.groups))
        except Unknown as unknown:
            raise invalid(f"/groups/{place}", str(unknown), unknown.hint) from None
    return frozenset(found)

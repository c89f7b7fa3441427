"""Tokens in the API v1: made, listed and revoked by who signed in by a password."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Query, Request

from izzitup_desktop.board import Board
from izzitup_desktop.board.manner import Manner, Outcome
from izzitup_desktop.board.submitting import Meant
from izzitup_desktop.domain.accounts import Account, Action, Principal, allowed
from izzitup_desktop.domain.errors import NotAllowed, NotFound
from izzitup_desktop.domain.scopes import Limits
from izzitup_desktop.domain.text import fold, search_fold
from izzitup_desktop.domain.tokens import NewToken, Token, TokenDraft
from izzitup_desktop.server.v1 import paging
from izzitup_desktop.server.v1.account_models import NewTokenBody, TokenLimits, TokenQuery
from izzitup_desktop.server.v1.accounts import Accounts, named
from izzitup_desktop.server.v1.answers import Answer, Answered, answer
from izzitup_desktop.server.v1.asking import Asking
from izzitup_desktop.server.v1.changing import Changing, Look, as_read, headers_of_new, untagged
from izzitup_desktop.server.v1.models import WriteQuery
from izzitup_desktop.server.v1.owners import Owners
from izzitup_desktop.server.v1.pictures import Pictures, View
from izzitup_desktop.server.v1.readers import Readers
from izzitup_desktop.server.v1.reads import asking_of, no_such_service, paged
from izzitup_desktop.server.v1.refused import Refused, invalid
from izzitup_desktop.server.v1.words import Unknown, group_id, number
from izzitup_desktop.storage.writer import Written

Write = Annotated[WriteQuery, Query()]

_NEVER = "9999"
"""Where tokens without an end stand: behind all that have one."""

SORTS: dict[str, Callable[[Token], Any]] = {
    "id": lambda token: token.id,
    "name": lambda token: fold(token.name),
    "created": lambda token: token.created.isoformat(),
    "expires": lambda token: token.expires.isoformat() if token.expires else _NEVER,
}


class Tokens:
    """Tokens: list, read, make, revoke."""

    def __init__(
        self,
        board: Board,
        pictures: Pictures,
        readers: Readers,
        changing: Changing,
        accounts: Accounts,
    ) -> None:
        self._clock = board.clock
        self._tokens, self._changes = board.tokens, board.token_changes
        self._pictures = pictures
        self._readers = readers
        self._changing = changing
        self._accounts = accounts

    async def list_tokens(
        self, request: Request, query: Annotated[TokenQuery, Query()]
    ) -> Answered:
        """One's own tokens, or for administrators everybody's; revoked and expired ones too."""
        asking = asking_of(request)
        found, owners = await self._all(asking), await self._owners(asking)
        shown = [owners.shown(token) for token in found]
        wanted = [one["id"] for one in shown if _is_wanted(one, query)]
        page, following = paging.page(
            [token for token in found if token.id in wanted],
            SORTS,
            lambda token: token.id,
            sort=query.sort,
            limit=query.limit,
            cursor=query.cursor,
        )
        answered = paged(asking, [owners.shown(token) for token in page], following)
        return Answered(answered.unless_known(asking.scope))

    async def read_token(self, request: Request, token: str) -> Answered:
        """One token, by its id."""
        asking = asking_of(request)
        wanted = number(token)
        found, owners = await self._all(asking), await self._owners(asking)
        for one in found:
            if one.id == wanted:
                return Answered(answer(owners.shown(one)).unless_known(asking.scope))
        raise NotFound("token", token)

    async def add_token(self, request: Request, body: NewTokenBody, query: Write) -> Answered:
        """Make a token; the answer has it, this once."""
        asking = asking_of(request)
        if not allowed(asking.principal, Action.TOKEN_OWN):
            raise NotAllowed(Action.TOKEN_OWN.value, asking.principal.name)
        view = await self._view(asking)
        draft = await self._draft(asking, body, view)
        owners = await self._owners(asking)

        async def made(principal: Principal, manner: Manner) -> Future[Written[Outcome[NewToken]]]:
            return self._changes.add(principal, manner, draft)

        def show(new: NewToken) -> dict[str, Any]:
            shown = owners.shown(new.token)
            # What would be the token's end is that of no token.
            return {**shown, "ending": ""} if query.dry_run else shown

        def told(outcome: Outcome[NewToken]) -> Answer:
            shown = show(outcome.thing)
            return untagged(
                {**shown, "token": outcome.thing.secret},
                status=201,
                headers=headers_of_new(outcome, shown),
                is_secret=True,
            )

        return Answered(
            await self._changing.answer(
                asking, query, made, Look(show), told, is_new=True, is_secret=True
            )
        )

    async def revoke_token(self, request: Request, token: str, query: Write) -> Answered:
        """Let a token do nothing any more; it stays in the list. That is not taken back."""
        asking = asking_of(request)
        token_id = number(token)
        if token_id is None:
            raise NotFound("token", token)
        owners = await self._owners(asking)
        one = Meant(token_id, is_as_read=as_read(asking, owners.shown))

        async def made(principal: Principal, manner: Manner) -> Future[Written[Outcome[Token]]]:
            return self._changes.revoke(principal, manner, one)

        return Answered(await self._changing.removed(asking, query, made, owners.shown))

    async def _all(self, asking: Asking) -> Sequence[Token]:
        return await asking.acting(
            lambda principal: self._readers.result(
                lambda: self._tokens.list(principal), asking.asked
            )
        )

    async def _owners(self, asking: Asking) -> Owners:
        """What tokens are shown with: who may not list accounts knows the own one alone."""
        accounts: Sequence[Account] = ()
        if allowed(asking.principal, Action.ACCOUNT_LIST):
            accounts = await self._accounts.all(asking)
        else:
            accounts = await self._accounts.own(asking)
        return Owners(accounts, await self._view(asking), self._clock.now())

    async def _draft(self, asking: Asking, body: NewTokenBody, view: View) -> TokenDraft:
        """The token that is asked for. Raises `Refused`, `NotAllowed`."""
        draft = TokenDraft(
            body.name,
            scopes=frozenset(body.scopes),
            limits=None if body.limits is None else _limits(body.limits, view),
            expires=body.expires,
        )
        if body.group is None:
            return replace(draft, account_id=await self._account_id(asking, body.account))
        if body.account is not None:
            raise invalid("/group", "A token belongs to an account, or to a group.")
        return replace(draft, group_id=_group_id("/group", body.group, view))

    async def _account_id(self, asking: Asking, word: int | str | None) -> int | None:
        """The account that is meant: one's own, or for administrators any."""
        principal = asking.principal
        if word is None or _is_own(principal, word):
            return principal.account_id
        if not allowed(principal, Action.TOKEN_MANAGE):
            raise NotAllowed(Action.TOKEN_MANAGE.value, principal.name)
        try:
            return named(await self._accounts.all(asking), str(word)).id
        except Refused as refused:
            problem = refused.problem
            raise invalid("/account", problem.detail, problem.hint) from None

    async def _view(self, asking: Asking) -> View:
        return await self._pictures.view(asking.principal, asking.asked)


def _is_own(principal: Principal, word: int | str) -> bool:
    if isinstance(word, int):
        return word == principal.account_id
    return number(word) == principal.account_id or fold(word.strip()) == fold(principal.name)


def _limits(body: TokenLimits, view: View) -> Limits:
    services = set()
    for place, word in enumerate(body.services):
        try:
            services.add(view.service(str(word)).id)
        except NotFound as error:
            told = no_such_service(view, error, str(word)).problem
            raise invalid(f"/limits/services/{place}", told.detail, told.hint) from None
    groups = {
        _group_id(f"/limits/groups/{place}", word, view) for place, word in enumerate(body.groups)
    }
    return Limits(frozenset(services), frozenset(groups))


def _group_id(pointer: str, word: int | str, view: View) -> int:
    try:
        return group_id(word, view.picture.groups)
    except Unknown as unknown:
        raise invalid(pointer, str(unknown), unknown.hint) from None


def _is_wanted(shown: dict[str, Any], query: TokenQuery) -> bool:
    name = search_fold(shown["name"])
    return (
        (not query.account or _is_called(shown["account"], query.account))
        and (not query.group or _is_called(shown["group"], query.group))
        and (not query.state or shown["state"] in query.state)
        and set(query.scope) <= set(shown["scopes"])
        and all(word in name for word in search_fold(query.q).split())
    )


def _is_called(named_: dict[str, Any] | None, word: str) -> bool:
    """Whether something is called so, or has this id."""
    if named_ is None:
        return False
    return number(word) == named_["id"] or fold(named_["name"] or "") == fold(word.strip())

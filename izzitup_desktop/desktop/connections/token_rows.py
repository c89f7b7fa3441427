"""Tokens as the list shows them: whose they are, for what, and how they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from izzitup_desktop.domain import tokens
from izzitup_desktop.domain.accounts import Account, Action, Principal, allowed
from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.tokens import WARNED_AHEAD, Token

if TYPE_CHECKING:
    from izzitup_desktop.board import Board


class TokenState(Enum):
    """How a token stands."""

    VALID = "valid"
    ENDS_SOON = "ends soon"
    EXPIRED = "expired"
    OWNERLESS = "ownerless"
    REVOKED = "revoked"

    @property
    def is_over(self) -> bool:
        """Whether nobody signs in by it."""
        return self not in (TokenState.VALID, TokenState.ENDS_SOON)


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token with the names of what it belongs to and is limited to (None: nothing)."""

    token: Token
    state: TokenState
    owner: str
    only: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Known:
    """What was read: the tokens, and what a new one can be of and limited to.

    `accounts` are those that whoever asks may make tokens for.
    """

    rows: tuple[TokenRow, ...] = ()
    accounts: Mapping[int, str] | None = None
    groups: tuple[Group, ...] = ()
    services: tuple[Service, ...] = ()
    may_automate: bool = False


def read(board: Board, principal: Principal) -> Known:
    """Tokens that the principal may see. Raises as the board does."""
    now = board.clock.now()
    picture = board.live.picture().seen_by(principal)
    manages = allowed(principal, Action.TOKEN_MANAGE)
    accounts = board.accounts.list(principal) if manages else ()
    known = {account.id: account for account in accounts}
    groups = {group.id: group for group in picture.groups}
    services = {id_: service.name for id_, service in picture.services.items()}
    rows = []
    for token in board.tokens.list(principal):
        own = not manages or token.account_id == principal.account_id
        account = known.get(token.account_id or 0)
        lives = own or token.group_id in groups or (account is not None and account.active)
        owner = principal.name if own else _owner(token, known, groups)
        rows.append(
            TokenRow(
                token, state_of(token, now, lives=lives), owner, _only(token, services, groups)
            )
        )
    named = {account.id: account.name for account in accounts if account.active}
    if not manages and principal.account_id is not None:
        named = {principal.account_id: principal.name}
    shown = tuple(sorted(picture.services.values(), key=lambda one: one.name.casefold()))
    return Known(tuple(rows), named, tuple(picture.groups), shown, manages)


def state_of(token: Token, now: datetime, *, lives: bool = True) -> TokenState:
    """How a token stands; `lives`: its owner is there, and may sign in."""
    state = TokenState(tokens.state_of(token, now, has_owner=lives).value)
    ends_soon = token.expires is not None and token.expires <= now + WARNED_AHEAD
    return TokenState.ENDS_SOON if state is TokenState.VALID and ends_soon else state


def _owner(token: Token, accounts: Mapping[int, Account], groups: Mapping[int, Group]) -> str:
    account = accounts.get(token.account_id or 0)
    if account is not None:
        return account.name
    group = groups.get(token.group_id or 0)
    return group.name if group is not None else "?"


def _only(
    token: Token, services: Mapping[int, str], groups: Mapping[int, Group]
) -> tuple[str, ...] | None:
    limits = token.limits
    if limits is None:
        return None
    found = [groups[id_].name for id_ in sorted(limits.group_ids) if id_ in groups]
    return (*found, *(services[id_] for id_ in sorted(limits.service_ids) if id_ in services))

"""Accounts and tokens of another board: who may act on it."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from izzitup_desktop.domain.accounts import Account, Role, checked_name
from izzitup_desktop.domain.errors import NotFound
from izzitup_desktop.domain.scopes import Limits, Scope, scope_words
from izzitup_desktop.domain.tokens import (
    LastUse,
    ListedToken,
    NewToken,
    Revocation,
    Token,
    TokenDraft,
    TokenKind,
    TokenState,
    checked_name as checked_token_name,
)
from izzitup_desktop.remote.connection import Connection
from izzitup_desktop.remote.reading import Json, time_of, time_or_none

_KINDS = {"account": TokenKind.ACCOUNT, "automation": TokenKind.AUTOMATION}
_OPERATION = "x-izzitup-operation"


class RemoteAccounts:
    """Its accounts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(self) -> Sequence[Account]:
        """All accounts, by name."""
        with self._connection.understanding():
            return [_account_of(told) for told in self._connection.items("/accounts", sort="name")]

    def find(self, name: str) -> Account:
        """The account of this name. Raises `NotFound`."""
        with self._connection.understanding():
            found = [_account_of(told) for told in self._connection.items("/accounts", name=name)]
        if not found:
            raise NotFound("account", name)
        return found[0]

    def add(self, name: str, role: Role, password: str) -> Account:
        """Add an account."""
        body = {"name": checked_name(name), "role": role.value, "password": password}
        answer = self._connection.ask("POST", "/accounts", body)
        with self._connection.understanding():
            return _account_of(answer.content)

    def set_active(self, account: Account, *, active: bool) -> None:
        """Disable or enable it."""
        self._edit(account, active=active)

    def set_password(self, account: Account, password: str) -> None:
        """Give it another password."""
        self._edit(account, password=password)

    def _edit(self, account: Account, **fields: object) -> None:
        missing = NotFound("account", account.name)
        self._connection.ask("PATCH", f"/accounts/{account.id}", fields, wanted=missing)


class RemoteTokens:
    """Its tokens."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(self) -> Sequence[ListedToken]:
        """One's own, or for administrators all; revoked and expired ones too."""
        with self._connection.understanding():
            return [_listed_of(told) for told in self._connection.items("/tokens", sort="id")]

    def add(self, draft: TokenDraft) -> NewToken:
        """Make a token."""
        limits = draft.limits
        body = {
            "name": checked_token_name(draft.name),
            "account": draft.account_id,
            "group": draft.group_id,
            "scopes": scope_words(draft.scopes),
            "limits": None
            if limits is None
            else {"services": sorted(limits.service_ids), "groups": sorted(limits.group_ids)},
            "expires": None if draft.expires is None else draft.expires.isoformat(),
        }
        told = self._connection.ask("POST", "/tokens", body).content
        with self._connection.understanding():
            return NewToken(_token_of(told), str(told["token"]))

    def revoke(self, token_id: int) -> Revocation:
        """Let a token do nothing more. Raises `NotFound`."""
        missing = NotFound("token", str(token_id))
        path = f"/tokens/{quote(str(token_id))}"
        told = self._connection.get(path, wanted=missing)
        with self._connection.understanding():
            token = _token_of(told)
        answer = self._connection.ask("DELETE", path, wanted=missing)
        # Of what was asked for twice the first time may have done it.
        is_new = _OPERATION in answer.headers or (answer.repeated and token.revoked is None)
        return Revocation(token, is_new)


def _account_of(told: Json) -> Account:
    return Account(
        id=told["id"],
        uid="",
        name=told["name"],
        role=Role(told["role"]),
        active=told["active"],
        group_ids=frozenset(group["id"] for group in told["groups"]),
        created=time_of(told["created"]),
        updated=time_of(told["updated"]),
        version=0,
    )


def _token_of(told: Json) -> Token:
    limits, use = told["limits"], told["last_use"]
    account, group = told["account"], told["group"]
    return Token(
        id=told["id"],
        name=told["name"],
        kind=_KINDS[told["kind"]],
        ending=told["ending"],
        scopes=frozenset(map(Scope, told["scopes"])),
        limits=None
        if limits is None
        else Limits(frozenset(_names(limits["services"])), frozenset(_names(limits["groups"]))),
        account_id=None if account is None else account["id"],
        group_id=None if group is None else group["id"],
        created=time_of(told["created"]),
        created_by=told["created_by"],
        expires=time_or_none(told["expires"]),
        last_use=None
        if use is None
        else LastUse(time_of(use["time"]), use["address"], use["route"]),
        revoked=time_or_none(told["revoked"]),
    )


def _listed_of(told: Json) -> ListedToken:
    limits = told["limits"] or {"services": [], "groups": []}
    owner = told["account"] or told["group"]
    return ListedToken(
        _token_of(told),
        TokenState(told["state"]),
        str(owner["id"]) if owner["name"] is None else owner["name"],
        _names(limits["services"]),
        _names(limits["groups"]),
    )


def _names(things: Sequence[Json]) -> dict[int, str]:
    """By id; what is gone is called by that."""
    return {one["id"]: str(one["id"]) if one["name"] is None else one["name"] for one in things}

"""Tokens: what a program signs in with instead of a name and a password.

A token reads `izu_`, 43 characters of 256 random bits, and six of a checksum. That tells a
mistyped one before anything is looked up, and lets scanners find one that leaked. Only
its digest is kept: who has the database has no token.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from zlib import crc32

from izzitup_desktop.domain.accounts import Account, Origin, Principal, Role
from izzitup_desktop.domain.errors import (
    ExpiredToken,
    Invalid,
    MistypedToken,
    NoToken,
    OwnerlessToken,
    RevokedToken,
    UnknownToken,
    WrongTokenKind,
)
from izzitup_desktop.domain.messages import listed, msg
from izzitup_desktop.domain.scopes import GRANTED, RESERVED, Limits, Scope, TokenRights
from izzitup_desktop.domain.text import one_line

NAME_MOST = 64
ENDING_LENGTH = 4
"""How many of a token's last characters are kept, so that people know it again."""

ADDRESS_MOST, ROUTE_MOST = 64, 200
"""Most characters of where a token was used from, and for what."""

LIMITS_MOST = 200
"""Most services, and most groups, that a token is limited to."""

LIFETIME_MOST = timedelta(days=3660)

WARNED_DAYS = (14, 3, 0)
"""So many days before a token ends somebody is told; 0 is its last day."""

WARNED_AHEAD = timedelta(days=max(WARNED_DAYS))
"""So long before its end a token counts as one that ends soon."""

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_RANDOM_BYTES = 32
_BODY_LENGTH = 43
_CHECK_LENGTH = 6
_SECRET = re.compile(f"[0-9A-Za-z]{{{_BODY_LENGTH + _CHECK_LENGTH}}}", re.ASCII)


class TokenKind(StrEnum):
    """Whose a token is; the value is what it begins with."""

    ACCOUNT = "izu_"
    AUTOMATION = "izs_"
    HEARTBEAT = "izh_"
    """Reserved: it can do nothing but tell that something is alive."""


class TokenState(StrEnum):
    """Whether a token does anything, and why not."""

    VALID = "valid"
    REVOKED = "revoked"
    EXPIRED = "expired"
    OWNERLESS = "ownerless"


SECRET_LENGTH = len(TokenKind.ACCOUNT) + _BODY_LENGTH + _CHECK_LENGTH
_BEGIN_LENGTH = len(TokenKind.ACCOUNT)
_WEBHOOK_BEGIN = "whsec_"
"""How secrets begin that sign what is sent to others."""


@dataclass(frozen=True, slots=True)
class LastUse:
    """When a token was used last, from which address, and for which route."""

    time: datetime
    address: str
    route: str


@dataclass(frozen=True, slots=True)
class TokenDraft:
    """What a new token is to be. `limits` None is no limit, `expires` None is never.

    It is of an account, or of automation that belongs to a group; never of both.
    """

    name: str
    account_id: int | None = None
    group_id: int | None = None
    scopes: frozenset[Scope] = frozenset({Scope.READ})
    limits: Limits | None = None
    expires: datetime | None = None

    @property
    def kind(self) -> TokenKind:
        """Which kind of token it makes."""
        return TokenKind.AUTOMATION if self.account_id is None else TokenKind.ACCOUNT


@dataclass(frozen=True, slots=True)
class Token:
    """One token, without its secret; `ending` is the secret's last characters."""

    id: int
    name: str
    kind: TokenKind
    ending: str
    scopes: frozenset[Scope]
    limits: Limits | None
    account_id: int | None
    group_id: int | None
    created: datetime
    created_by: str
    expires: datetime | None
    last_use: LastUse | None
    revoked: datetime | None

    def assert_valid(self, now: datetime) -> None:
        """Raise `RevokedToken`, `ExpiredToken`."""
        if self.revoked is not None:
            raise RevokedToken(self.name, self.id)
        if self.expires is not None and self.expires <= now:
            raise ExpiredToken(self.name, self.id)


@dataclass(frozen=True, slots=True)
class StoredToken:
    """A token with the digest of its secret, which is its identity; it stays in the core.

    `has_group` is false where the group that it belongs to was removed.
    """

    token: Token
    digest: str = field(repr=False)
    has_group: bool = True


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token that was made just now, with its secret: told once, and kept nowhere."""

    token: Token
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ListedToken:
    """A token as a list tells it: its `state`, and the names of what goes with it.

    `owner` is the account or the group that it is of; `services` and `groups` are what it
    is limited to, by id.
    """

    token: Token
    state: TokenState
    owner: str
    services: Mapping[int, str]
    groups: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Revocation:
    """A token that may do nothing more; `is_new` is false where it was revoked before."""

    token: Token
    is_new: bool


def state_of(token: Token, now: datetime, *, has_owner: bool) -> TokenState:
    """The token's state; `has_owner`: its account is active, or its group is there."""
    if token.revoked is not None:
        return TokenState.REVOKED
    if token.expires is not None and token.expires <= now:
        return TokenState.EXPIRED
    return TokenState.VALID if has_owner else TokenState.OWNERLESS


def warning_of(token: Token, now: datetime) -> int | None:
    """Which of `WARNED_DAYS` has come for a token that holds; None for none yet.

    Whoever made a token for less than that knows it: of its last week a token that was made
    for a week is told nothing.
    """
    if token.expires is None or token.revoked is not None or token.expires <= now:
        return None
    come = (days for days in WARNED_DAYS if token.created < _warned_at(token.expires, days) <= now)
    return min(come, default=None)


def _warned_at(expires: datetime, days: int) -> datetime:
    return expires - timedelta(days=max(days, 1))


def new_secret(kind: TokenKind) -> str:
    """A new secret of this kind."""
    number = int.from_bytes(secrets.token_bytes(_RANDOM_BYTES), "big")
    body = kind.value + _base62(number, _BODY_LENGTH)
    return body + _check_of(body)


def looks_like_token(text: str) -> bool:
    """Whether it begins as a token does, or another secret of ours, whatever follows."""
    return text.startswith((*TokenKind, _WEBHOOK_BEGIN))


def kind_of(secret: str) -> TokenKind:
    """Which kind of token it is, mistyped in no character.

    Raises `NoToken`, `MistypedToken`, `WrongTokenKind` (a secret that signs what we send).
    """
    if secret.startswith(_WEBHOOK_BEGIN):
        raise WrongTokenKind(_WEBHOOK_BEGIN)
    if not looks_like_token(secret):
        raise NoToken
    body, check = secret[:-_CHECK_LENGTH], secret[-_CHECK_LENGTH:]
    if not _SECRET.fullmatch(secret, _BEGIN_LENGTH) or _check_of(body) != check:
        raise MistypedToken
    return TokenKind(secret[:_BEGIN_LENGTH])


def digest_of(secret: str) -> str:
    """What of a secret is stored. Raises as `kind_of`, and `WrongTokenKind` for a heartbeat's.

    A secret of 256 random bits is guessed no faster by its hash being quick.
    """
    kind = kind_of(secret)
    if kind is TokenKind.HEARTBEAT:
        raise WrongTokenKind(kind.value)
    return hashlib.sha256(secret.encode("ascii")).hexdigest()


def ending_of(secret: str) -> str:
    """The last characters of a secret."""
    return secret[-ENDING_LENGTH:]


def assert_same(stored: StoredToken | None, digest: str) -> StoredToken:
    """The token, if it has this digest. Raises `UnknownToken`."""
    if stored is None or not secrets.compare_digest(stored.digest, digest):
        raise UnknownToken
    return stored


def principal_of(stored: StoredToken, owner: Account | None, now: datetime) -> Principal:
    """Who acts by the token: `owner`, its account as it is now, or an automation.

    Automation is an editor of its group's services. Raises `RevokedToken`,
    `ExpiredToken`, `OwnerlessToken`.
    """
    token = stored.token
    token.assert_valid(now)
    rights = TokenRights(token.id, stored.digest, token.scopes, token.limits)
    if token.group_id is not None and stored.has_group:
        limits = frozenset({token.group_id})
        return Principal(token.name, Role.EDITOR, Origin.API, group_ids=limits, token=rights)
    if owner is None or owner.id != token.account_id or not owner.active:
        raise OwnerlessToken(token.name, token.id)
    return replace(Principal.of(owner, Origin.API), token=rights)


def checked_name(name: str) -> str:
    """A token's name, trimmed. Raises `Invalid`."""
    return one_line("name", name, most=NAME_MOST, required=True)


def checked_scopes(scopes: Iterable[Scope]) -> frozenset[Scope]:
    """What a new token may be for. Raises `Invalid`."""
    found = frozenset(scopes)
    if not found:
        raise Invalid("scopes", msg("A token needs a scope: %1.", listed(GRANTED)))
    for scope in sorted(found & RESERVED):
        raise Invalid(
            "scopes", msg("The scope %1 can't be given yet; choose of %2.", scope, listed(GRANTED))
        )
    return found


def checked_expiry(expires: datetime | None, now: datetime) -> datetime | None:
    """When a new token ends. Raises `Invalid`."""
    if expires is None:
        return None
    if expires <= now:
        raise Invalid("expires", msg("The time is past already. Choose a later one."))
    if expires > now + LIFETIME_MOST:
        raise Invalid(
            "expires",
            msg("A time may be ten years ahead at most; without one a token holds until revoked."),
        )
    return expires


def checked_limits(limits: Limits | None) -> Limits | None:
    """What a new token is limited to. Raises `Invalid`."""
    if limits is None:
        return None
    if limits.is_empty:
        raise Invalid("limits", msg("A token that is limited to nothing can't be used."))
    if max(len(limits.service_ids), len(limits.group_ids)) > LIMITS_MOST:
        raise Invalid(
            "limits", msg("A token can be limited to %1 services or groups at most.", LIMITS_MOST)
        )
    return limits


def _check_of(body: str) -> str:
    return _base62(crc32(body.encode("utf-8", "surrogatepass")), _CHECK_LENGTH)


def _base62(number: int, length: int) -> str:
    found = []
    for _ in range(length):
        number, rest = divmod(number, len(_DIGITS))
        found.append(_DIGITS[rest])
    return "".join(reversed(found))

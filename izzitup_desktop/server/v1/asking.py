"""Who asks the API v1: nobody in particular, an account by its password, or a token."""

from __future__ import annotations

import base64
import binascii
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import PUBLIC, Account, Origin, Principal, Role, allowed
from izzitup_desktop.domain.errors import NotAllowed, SignInFailed, SignInStale
from izzitup_desktop.server.endings import Endings
from izzitup_desktop.server.exchange import Scope
from izzitup_desktop.server.problems import Problem
from izzitup_desktop.server.request_log import WHO, note_refusal
from izzitup_desktop.server.routes import RouteRow
from izzitup_desktop.server.signing_in import SignIns
from izzitup_desktop.server.v1.answers import header
from izzitup_desktop.server.v1.refused import Refused
from izzitup_desktop.storage.asked import Asked

if TYPE_CHECKING:
    from izzitup_desktop.server.v1.idempotency import Keyed

log = logging.getLogger(__name__)

T = TypeVar("T")

_READING = ("GET", "HEAD")


@dataclass(slots=True)
class Asking:
    """One request: who asks, by which route, and until when the answer matters."""

    principal: Principal
    row: RouteRow
    scope: Scope
    _askers: Askers
    keyed: Keyed | None = None
    """Under which key it is asked, where it is."""
    _credentials: bytes = b""
    _account: Account | None = None
    _asked: Asked | None = None

    @property
    def asked(self) -> Asked:
        """Since when the client waits. Dear when it is asked for first."""
        if self._asked is None:
            self._asked = self.scope["state"].get("asked", Asked)()
        return self._asked

    async def acting(self, act: Callable[[Principal], Awaitable[T]]) -> T:
        """What comes of what the principal does; once more where its sign-in was stale."""
        try:
            return await act(self.principal)
        except SignInStale:
            if self._account is None:
                raise
            self.principal = await self._askers.anew(self, self._account, self._credentials)
            return await act(self.principal)


class Askers:
    """Finds who sends a request, with the throttle and the caches of all sign-ins."""

    def __init__(self, board: Board, endings: Endings) -> None:
        self._sign_ins = SignIns(board, endings, log)

    async def asking(self, scope: Scope, row: RouteRow) -> Asking:
        """Who asks. Raises `SignInFailed`, `Throttled`, `Unavailable`, `Refused`."""
        sent = header(scope, b"authorization")
        asking = Asking(PUBLIC, row, scope, self)
        if sent:
            scheme, _, credentials = sent.partition(b" ")
            match scheme.lower():
                case b"basic":
                    await self._by_password(asking, credentials)
                case b"bearer":
                    asking.principal = await self._by_token(asking, credentials.strip())
                case _:
                    raise SignInFailed
        scope["state"][WHO] = asking.principal
        _assert_may_ask(asking)
        return asking

    async def anew(self, asking: Asking, stale: Account, credentials: bytes) -> Principal:
        """Who asks, after the account was changed. Raises as `asking`."""
        user, password = _name_and_password(credentials)
        account = await self._sign_ins.account_anew(
            stale, _source(asking.scope), user, password, asking.asked
        )
        return Principal.of(account, Origin.API, version=account.version)

    async def _by_password(self, asking: Asking, credentials: bytes) -> None:
        user, password = _name_and_password(credentials)
        account = await self._sign_ins.account(_source(asking.scope), user, password, asking.asked)
        asking.principal = Principal.of(account, Origin.API, version=account.version)
        asking._account, asking._credentials = account, credentials

    async def _by_token(self, asking: Asking, token: bytes) -> Principal:
        """Who acts by a token; why it is none the log says, and nobody else is told."""
        row, source = asking.row, _source(asking.scope)
        try:
            return await self._sign_ins.principal(
                source,
                token.decode("latin-1"),
                row.name,
                asking.asked,
                changes=row.method not in _READING,
            )
        except SignInFailed as error:
            self._sign_ins.note(source, error, f" ({error.code})")
            note_refusal(asking.scope["state"], error)
            raise


def _assert_may_ask(asking: Asking) -> None:
    principal, action = asking.principal, asking.row.action
    if action is None or allowed(principal, action):
        return
    if principal.role is Role.PUBLIC:
        raise Refused(Problem("sign-in-needed", "This needs an account or a token."))
    # What changes something is refused by its use case, which journals that somebody tried.
    if asking.row.method in _READING:
        raise NotAllowed(action.value, principal.name)


def _name_and_password(credentials: bytes) -> tuple[str, str]:
    """RFC 7617, in UTF-8. Raises `SignInFailed`."""
    try:
        decoded = base64.b64decode(credentials.strip(), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        raise SignInFailed from None
    user, colon, password = decoded.partition(":")
    if not colon:
        raise SignInFailed
    return user, password


def _source(scope: Scope) -> str:
    client = scope["client"]
    return str(client[0]) if client else "unknown"

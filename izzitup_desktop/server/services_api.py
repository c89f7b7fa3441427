"""The IzzitUp services API: the list, and `setstatus` (wire contract, whole)."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Account, Origin, Principal, name_key
from izzitup_desktop.domain.errors import (
    BoardError,
    Invalid,
    NotAllowed,
    NotFound,
    SignInFailed,
    SignInStale,
    Throttled,
    Unavailable,
)
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.statuses import STATUS_NAMES
from izzitup_desktop.domain.tokens import looks_like_token
from izzitup_desktop.server import envelope, strict_json
from izzitup_desktop.server.endings import Endings
from izzitup_desktop.server.envelope import RESULT_ERROR, RESULT_SUCCESS, RESULT_WARNING
from izzitup_desktop.server.guard import Request, Response, Route
from izzitup_desktop.server.request_log import SET, WHO, WHY, note_refusal
from izzitup_desktop.server.routes import CONTRACT_PATH
from izzitup_desktop.server.service_list import Listed, ServiceList, as_json
from izzitup_desktop.server.signing_in import SignIns
from izzitup_desktop.server.sparing import SparingLog
from izzitup_desktop.storage.asked import Asked, not_in_time

log = logging.getLogger(__name__)

_KEYS = ("action", "service", "status", "user", "pwd")
_MASK = "********"
_NO_ID = -1
_ROUTE = "setstatus"
"""How the use of a token is told to its owner."""


class ServicesApi:
    """Answers requests; the list is kept as bytes until something is committed.

    Made on the event loop that it is used on.
    """

    def __init__(self, board: Board) -> None:
        self._board = board
        self._list = ServiceList(board.live)
        self._endings = Endings()
        self._sign_ins = SignIns(board, self._endings, log)
        self._log = SparingLog(log, board.clock)
        self._route = Route(CONTRACT_PATH, self)

    def find(self, path: str) -> Route | None:
        """What answers a path: this for the API's, None for any other."""
        return self._route if path.removesuffix("/").endswith(CONTRACT_PATH) else None

    def close(self, seconds: float) -> None:
        """Wait for what is being read, `seconds` at most."""
        self._list.close(seconds)

    async def __call__(self, request: Request) -> Response:
        """The answer to a request that passed the guard."""
        if not request.body or request.body.isspace():
            return await self._answer_list(request)
        try:
            sent = strict_json.parse(request.body)
        except strict_json.NotStrict:
            sent = None
        if not isinstance(sent, dict):
            return _answer(request, None, RESULT_ERROR, "Incomplete request")
        known = {key: sent[key] for key in _KEYS if key in sent}
        shown = {**known, "pwd": _MASK} if "pwd" in known else known
        values = known.values()
        if len(known) < len(_KEYS) or None in values or "" in values:
            return _answer(request, shown, RESULT_ERROR, "Incomplete request")
        if known["action"] != "setstatus":
            return _answer(request, shown, RESULT_ERROR, "Unknown action")
        try:
            service = await self._set_status(request, known)
        except BoardError as error:
            request.state.setdefault(WHY, error.code)
            return self._refusal(request, shown, error)
        message = f"Status of Service {service.name} was set to {STATUS_NAMES[service.status_id]}"
        return _answer(request, shown, RESULT_SUCCESS, message, as_json(service))

    async def _answer_list(self, request: Request) -> Response:
        try:
            listed = self._list.known() or await self._read_list(request.asked())
        except BoardError as error:
            return self._refusal(request, None, error)
        headers = [(b"etag", listed.tag)]
        if request.if_none_match == listed.tag:
            return Response(304, b"", RESULT_SUCCESS, headers)
        return Response(200, self._list.answer(request.uri, listed), RESULT_SUCCESS, headers)

    async def _set_status(self, request: Request, known: dict[str, Any]) -> Service:
        user, password = known["user"], known["pwd"]
        wanted = _number(known["service"]), _number(known["status"])
        request.state[SET] = wanted
        asked = request.asked()
        if not (isinstance(user, str) and isinstance(password, str)):
            raise SignInFailed
        no_token: SignInFailed | None = None
        if looks_like_token(password):
            try:
                principal = await self._by_token(request.source, user, password, asked)
                request.state[WHO] = principal
                return await self._set_status_as(principal, *wanted, asked)
            except SignInFailed as error:
                # Whatever it is, it may be somebody's password, and is answered as one.
                no_token = error
                note_refusal(request.state, error)
        account = await self._sign_ins.account(request.source, user, password, asked, no_token)
        principal = request.state[WHO] = _by_account(account)
        request.state.pop(WHY, None)
        try:
            return await self._set_status_as(principal, *wanted, asked)
        except SignInStale:
            # The account was changed since the password was verified; is it still right?
            account = await self._sign_ins.account_anew(
                account, request.source, user, password, asked
            )
            return await self._set_status_as(_by_account(account), *wanted, asked)

    async def _by_token(self, source: str, user: str, secret: str, asked: Asked) -> Principal:
        """Who acts by a token, of whom `user` is the name. Raises `SignInFailed`."""
        principal = await self._sign_ins.principal(source, secret, _ROUTE, asked, changes=True)
        if name_key(user) != name_key(principal.name):
            raise SignInFailed
        return principal

    async def _set_status_as(
        self, principal: Principal, service_id: int, status_id: int, asked: Asked
    ) -> Service:
        submitted = self._board.statuses.submit(principal, service_id, status_id, asked=asked)
        written = await self._endings.result(submitted, asked)
        return written.value

    async def _read_list(self, asked: Asked) -> Listed:
        reading = self._list.read()
        await asyncio.wait({reading}, timeout=max(0.0, asked.seconds_left))
        if not reading.done():
            raise not_in_time()
        return reading.result()

    def _refusal(self, request: Request, shown: Any, error: BoardError) -> Response:
        if isinstance(error, Unavailable):
            self._log.warning("unavailable", "a request was not served: %s", error)
        return _refusal(request, shown, error)


def _by_account(account: Account) -> Principal:
    return Principal.of(account, Origin.API, version=account.version)


def _number(value: Any) -> int:
    """A whole number, or a string of ASCII digits; anything else is nobody's id."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 20:
        return int(value)
    return _NO_ID


def _refusal(request: Request, shown: Any, error: BoardError) -> Response:
    """The one place where the core's errors become the contract's messages."""
    match error:
        case SignInFailed():
            return _answer(request, shown, RESULT_ERROR, "Sign in failed")
        case NotAllowed():
            return _answer(request, shown, RESULT_ERROR, "Not allowed")
        case NotFound(subject="service"):
            return _answer(request, shown, RESULT_WARNING, "Service not found")
        case NotFound():
            return _answer(request, shown, RESULT_WARNING, "Status not found")
        case Invalid():
            allowed = "Must be 5 (Operational), 6 (Impaired) or 7 (Outage)."
            return _answer(request, shown, RESULT_WARNING, f"Status not allowed. {allowed}")
        case Throttled(retry_after_seconds=seconds):
            return _later(request, shown, 429, "Too many failed sign-ins", seconds)
        case Unavailable(retry_after_seconds=seconds):
            return _later(request, shown, 503, "Service temporarily unavailable", seconds)
    raise error


def _later(request: Request, shown: Any, status: int, message: str, seconds: int) -> Response:
    content = envelope.body(request.uri, shown, RESULT_ERROR, message)
    return Response(status, content, RESULT_ERROR, [(b"retry-after", b"%d" % seconds)])


def _answer(request: Request, shown: Any, result: str, message: str, data: Any = "") -> Response:
    return Response(200, envelope.body(request.uri, shown, result, message, data), result)

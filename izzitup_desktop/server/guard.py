"""What every request passes before any handler: Host, Origin, limits, body.

The order is that of docs/threat-model.md: a page in somebody's browser is turned away
before anything is counted, parsed or hashed. Behind it stand handlers of the contract,
and ASGI applications, whose limits and deadlines their class of route has.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from izzitup_desktop.server import envelope
from izzitup_desktop.server.envelope import RESULT_ERROR, RESULT_SUCCESS, Headers
from izzitup_desktop.server.exchange import Application, Message, Receive, Scope, Send
from izzitup_desktop.server.host_names import HostNames
from izzitup_desktop.server.limits import Limits
from izzitup_desktop.server.page_host import PageHost
from izzitup_desktop.server.request_log import Heard, RequestLog
from izzitup_desktop.server.routes import RouteClass, speaks_problems
from izzitup_desktop.server.sparing import Faults
from izzitup_desktop.storage.asked import Asked

log = logging.getLogger(__name__)
access_log = logging.getLogger("izzitup_desktop.access")

ALLOWED_METHODS = ("GET", "HEAD", "POST", "PUT", "OPTIONS")
_ALLOW = [(b"allow", ", ".join(ALLOWED_METHODS).encode("ascii"))]
_CLOSE = [(b"connection", b"close")]
_DRAIN_SECONDS = 1.0
_FAILED = 400

_FOREIGN = (b"cross-site", b"same-site")
"""Whose pages are not ours: what a host serves at another port is of the same site."""

_LOOKED_AT = frozenset(
    (b"host", b"origin", b"sec-fetch-site", b"content-encoding", b"expect", b"content-length")
)


@dataclass(frozen=True, slots=True)
class Request:
    """A request that passed: `uri` is its path as sent, `source` its address.

    `asked()` knows when it was sent, and whether its client is still there. It is dear.
    `state` takes what the log of requests is told of it (`request_log.WHO` and others).
    """

    uri: str
    method: str
    body: bytes
    source: str
    if_none_match: bytes
    asked: Callable[[], Asked]
    state: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Response:
    """What to answer. `result` goes into the header that proxies can read.

    `headers` are `whole`, or go with the envelope's.
    """

    status: int
    content: bytes
    result: str
    headers: Headers | None = None
    whole: bool = False


class _Refused(Exception):
    def __init__(self, status: int, message: str, further: Headers | None = None) -> None:
        self.status = status
        self.message = message
        self.further = further


Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Route:
    """What answers at `path`, the canonical one: a client's own prefix is not logged."""

    path: str
    handler: Handler


@dataclass(frozen=True, slots=True)
class Mounted:
    """An ASGI application that answers what is below `path`, each with a problem's shape."""

    path: str
    application: Application
    kind: RouteClass


Find = Callable[[str], Route | Mounted | None]


class Guard:
    """The outermost ASGI application; `find` gives the route of a path, or None."""

    def __init__(
        self,
        find: Find,
        host_names: HostNames,
        limits: Limits,
        requests: RequestLog | None = None,
        page: PageHost | None = None,
    ) -> None:
        self._find = find
        self._host_names = host_names
        self._limits = limits
        self._requests = requests or RequestLog()
        self._page = page or PageHost()
        self._faults = Faults(log)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        started = time.monotonic()
        uri = scope["raw_path"].decode("ascii")
        path = ""
        try:
            route = self._admit(scope)
            if isinstance(route, Mounted):
                await self._pass_on(route, scope, receive, send, started)
                return
            path = route.path
            body = await self._body(scope, receive, self._limits.body_bytes)
            if body is None:
                return
            response = await route.handler(_request(scope, uri, body))
        except _Refused as refused:
            response = _refusal(uri, refused.status, refused.message, refused.further)
        except Exception as error:  # the HTTP edge: a fault of ours is an id in log and answer
            fault = self._faults.logged(error)
            response = _refusal(uri, 500, f"Internal error {fault}")
        await _answer(response, receive, send)
        if self._requests.is_watched or response.result != RESULT_SUCCESS:
            self._requests.note(scope, path, response.status, started, response.result)
        if access_log.isEnabledFor(logging.DEBUG):
            _log_access(scope, path or "-", response.status, time.monotonic() - started)

    async def _pass_on(
        self, route: Mounted, scope: Scope, receive: Receive, send: Send, started: float
    ) -> None:
        """Have an application answer, which gets the whole body at once."""
        limits = self._limits.classes[route.kind]
        bound = scope["state"].get("bound")
        if bound is not None:
            bound(limits.body_seconds, limits.answer_seconds)
        body = await self._body(scope, receive, limits.body_bytes)
        if body is None:
            return
        first: Message | None = {"type": "http.request", "body": body, "more_body": False}

        async def received() -> Message:
            nonlocal first
            message, first = first, None
            return await receive() if message is None else message

        heard = Heard(send)
        await route.application(scope, received, heard)
        if self._requests.is_watched or heard.status >= _FAILED:
            self._requests.note(scope, "", heard.status, started)
        if access_log.isEnabledFor(logging.DEBUG):
            _log_access(scope, route.path, heard.status, time.monotonic() - started)

    def _admit(self, scope: Scope) -> Route | Mounted:
        sent = [pair for pair in scope["headers"] if pair[0] in _LOOKED_AT]
        self._check_host_and_origin(sent, scope)
        target: bytes = scope["raw_path"]
        if not target.startswith(b"/") or target.startswith(b"//"):
            raise _Refused(400, "Bad request", _CLOSE)
        route = self._find(target.decode("ascii"))
        if route is None:
            raise _Refused(404, "Not found")
        most = self._limits.body_bytes
        if isinstance(route, Mounted):
            most = self._limits.classes[route.kind].body_bytes
        elif (method := scope["method"]) == "OPTIONS":
            raise _Allowed
        elif method not in ALLOWED_METHODS:
            raise _Refused(405, "Method not allowed", _ALLOW)
        for name, value in sent:
            if name == b"content-encoding" and value.lower() != b"identity":
                raise _Refused(415, "Content encoding not supported", _CLOSE)
            if name == b"expect" and value.lower() != b"100-continue":
                raise _Refused(417, "Expectation not supported", _CLOSE)
            if name == b"content-length" and int(value) > most:
                raise _Refused(413, "Request too large", _CLOSE)
        return route

    def _check_host_and_origin(self, sent: Headers, scope: Scope) -> None:
        hosts = [value for name, value in sent if name == b"host"]
        if len(hosts) != 1 or not self._host_names.is_ours(hosts[0].decode("latin-1")):
            raise _Refused(421, "Host not allowed")
        origins = [value for name, value in sent if name == b"origin"]
        is_listed = False
        for origin in origins:
            shown = origin.decode("latin-1")
            if self._host_names.is_same_origin(shown, hosts[0].decode("latin-1")):
                continue
            if len(origins) > 1 or not self._page.lets_read(shown, scope["method"], _path(scope)):
                raise _Refused(403, "Origin not allowed")
            scope["state"]["listed_origin"] = origin
            is_listed = True
        for name, value in sent:
            if name == b"sec-fetch-site" and value.lower() in _FOREIGN and not is_listed:
                self._check_cross_site(scope, origins)

    def _check_cross_site(self, scope: Scope, origins: list[bytes]) -> None:
        """A page of another site has a browser ask: only for what it may have, and can't read."""
        told = dict(scope["headers"])
        mode, destination = told.get(b"sec-fetch-mode", b""), told.get(b"sec-fetch-dest", b"")
        if origins or not self._page.lets_in(scope["method"], _path(scope), mode, destination):
            raise _Refused(403, "Origin not allowed")

    async def _body(self, scope: Scope, receive: Receive, most: int) -> bytes | None:
        """The whole body; None when the client went away before its end."""
        received = b""
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            received += message["body"]
            if len(received) > most:
                raise _Refused(413, "Request too large", _CLOSE)
            more = message["more_body"]
        # HEAD only looks, whatever came with it.
        return b"" if scope["method"] == "HEAD" else received


class _Allowed(_Refused):
    """OPTIONS: says what is served, and nothing to browsers' cross-origin questions."""

    def __init__(self) -> None:
        super().__init__(204, "", _ALLOW)


def _path(scope: Scope) -> str:
    return str(scope["raw_path"].decode("ascii"))


def _request(scope: Scope, uri: str, body: bytes) -> Request:
    tag = b""
    for name, value in scope["headers"]:
        if name == b"if-none-match":
            tag = value
    asked = scope["state"].get("asked", Asked)
    return Request(uri, scope["method"], body, _source(scope), tag, asked, scope["state"])


def _source(scope: Scope) -> str:
    client = scope["client"]
    return str(client[0]) if client else "unknown"


def _refusal(uri: str, status: int, message: str, further: Headers | None = None) -> Response:
    if status != 204 and speaks_problems(uri):
        from izzitup_desktop.server import problems  # for nobody who never asks there

        problem = problems.of_refusal(status, message, further)
        content = problem.content()
        return Response(status, content, RESULT_ERROR, problem.all_headers(content), whole=True)
    content = envelope.body(uri, None, RESULT_ERROR, message)
    return Response(status, content, RESULT_ERROR, further)


def _log_access(scope: Scope, path: str, status: int, seconds: float) -> None:
    access_log.debug(
        "%s %s %d %.4fs %s", scope["method"][:10], path, status, seconds, _source(scope)
    )


async def _answer(response: Response, receive: Receive, send: Send) -> None:
    if response.whole:
        headers = response.headers or []
    else:
        headers = envelope.headers(response.content, response.result, response.headers)
    content = response.content
    if response.status in (204, 304):
        headers = [pair for pair in headers if pair[0] not in (b"content-type", b"content-length")]
        content = b""
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    if response.status != 413:
        await send({"type": "http.response.body", "body": content})
        return
    # Closing while bytes are still coming in would destroy the answer on its way.
    await send({"type": "http.response.body", "body": content, "more_body": True})
    await asyncio.sleep(0)  # into a task, without which there is no timeout
    try:
        async with asyncio.timeout(_DRAIN_SECONDS):
            while (await receive()).get("more_body"):
                pass
    except TimeoutError:
        pass
    await send({"type": "http.response.body", "body": b""})

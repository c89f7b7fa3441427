"""The API v1 as an ASGI application: who asks, what is answered at once, and FastAPI."""

from __future__ import annotations

import logging
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from fastapi.exceptions import RequestValidationError

from izzitup_desktop.domain.accounts import PUBLIC, Principal
from izzitup_desktop.domain.errors import BoardError, Unavailable
from izzitup_desktop.server import routes, strict_json
from izzitup_desktop.server.exchange import Application, Message, Receive, Scope, Send
from izzitup_desktop.server.problems import Problem, of_error
from izzitup_desktop.server.request_log import WHO, WHY
from izzitup_desktop.server.routes import API_ROOT, STREAM, RouteRow, Visibility
from izzitup_desktop.server.sparing import Faults, SparingLog
from izzitup_desktop.server.v1 import wrong_values
from izzitup_desktop.server.v1.answers import Answer, has_header, header
from izzitup_desktop.server.v1.asking import Askers, Asking
from izzitup_desktop.server.v1.idempotency import Keys
from izzitup_desktop.server.v1.lacking import lacking
from izzitup_desktop.server.v1.models import StatusBody, WriteQuery
from izzitup_desktop.server.v1.pictures import Pictures
from izzitup_desktop.server.v1.quotas import Quotas
from izzitup_desktop.server.v1.reads import Reads
from izzitup_desktop.server.v1.refused import Refused
from izzitup_desktop.server.v1.stream.streams import Streams
from izzitup_desktop.server.v1.writes import Writes

log = logging.getLogger(__name__)

_JSON_TYPES = ("application/json", "application/merge-patch+json")
_READS_ONE = routes.of_name("read_service")
_SETS_ONE = routes.of_name("set_status")
_DOCUMENT = routes.of_name("read_openapi")
_ONE, _STATUS = f"{API_ROOT}/services/", "/status"
_PLACES = [
    row.path
    for row in routes.ROUTES
    if row.method == "GET" and "{" not in row.path and routes.is_below(API_ROOT, row.path)
]
_AS_IT_IS = WriteQuery()
_PATH_MOST = 80
"""So much of an address is compared with those there are."""


class Problems:
    """Makes problems of whatever goes wrong; a fault of ours is an id in log and answer."""

    def __init__(self, clock: Any) -> None:
        self._faults = Faults(log, clock)
        self._log = SparingLog(log, clock)

    def of(self, error: Exception, who: Principal) -> Problem:
        """The problem that an error is told as to who asked."""
        if isinstance(error, Refused):
            return error.problem
        if isinstance(error, RequestValidationError):
            return wrong_values.problem_of(error)
        if isinstance(error, Unavailable):
            self._log.warning("unavailable", "a request was not served: %s", error)
        if isinstance(error, BoardError):
            try:
                return replace(of_error(error), hint=lacking(error, who))
            except BoardError:  # one that no use case of ours raises
                pass
        return Problem("internal", f"Internal error {self._faults.logged(error)}")


class Api:
    """Answers what is below `/api/v1`; the guard has looked at it before."""

    def __init__(
        self,
        application: Application,
        askers: Askers,
        pictures: Pictures,
        reads: Reads,
        writes: Writes,
        problems: Problems,
        keys: Keys,
        quotas: Quotas,
        streams: Streams,
    ) -> None:
        self._application = application
        self._askers = askers
        self._pictures = pictures
        self._reads = reads
        self._writes = writes
        self._problems = problems
        self._keys = keys
        self._quotas = quotas
        self._streams = streams

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            row = _row(scope)
            if row is None:
                await _options(scope).send(send)
                return
            asking = await self._askers.asking(scope, row)
            if row is STREAM:
                await self._streams.answer(asking, send)
                return
            if row.method != "GET":
                send = self._quotas.taken(asking, send)
            if row.method == "POST" and has_header(scope, b"idempotency-key"):
                scope["state"]["asking"] = asking
                await self._keys.answer(asking, self._application, receive, send)
                return
            made = self._at_once(asking)
            if row is _SETS_ONE and not scope["query_string"]:
                made, receive = await self._set_at_once(asking, receive)
        except Exception as error:  # the HTTP edge of what is before FastAPI
            problem = self._problems.of(error, scope["state"].get(WHO, PUBLIC))
            scope["state"].setdefault(WHY, problem.code)
            await _tell(problem, send)
            return
        if made is None:
            scope["state"]["asking"] = asking
            # What is answered to HEAD is that of GET, whose body nobody sends.
            await self._application({**scope, "method": row.method}, receive, send)
            return
        await made.send(send)

    def _at_once(self, asking: Asking) -> Answer | None:
        """The answer that needs nothing but the picture, None where more is to be done."""
        row, scope = asking.row, asking.scope
        if row.shows is not Visibility.SEEN:
            return None
        view = self._pictures.view_if_known(asking.principal)
        if view is None:
            return None
        if row is _READS_ONE:
            made: Answer | None = self._reads.service_of(view, scope["path"][len(_ONE) :])
        else:
            made = self._reads.kept.get(view, scope)
        return None if made is None else made.unless_known(scope)

    async def _set_at_once(self, asking: Asking, receive: Receive) -> tuple[Answer | None, Receive]:
        """The answer to whoever sets one status, as scripts do all day, without a detour.

        None where something is wrong with the body: then FastAPI gets it from what is
        returned, and says what.
        """
        message = await receive()
        try:
            body = StatusBody.model_validate(strict_json.parse(message["body"]))
        except ValueError:

            async def again() -> Message:
                return message

            return None, again
        service = asking.scope["path"][len(_ONE) : -len(_STATUS)]
        return await self._writes.status_set(asking, service, body, _AS_IT_IS), receive


def _row(scope: Scope) -> RouteRow | None:
    """The route, None for a question about what is served. Raises `Refused`."""
    method, path = scope["method"], scope["path"]
    found = routes.found(API_ROOT, method, path)
    if isinstance(found, RouteRow):
        if found.takes_body:
            _assert_json(scope)
        return found
    if not found:
        raise Refused(Problem("not-found.route", f"There is nothing at {path}.", hint=_meant(path)))
    if method == "OPTIONS":
        return None
    allow = [(b"allow", routes.allow(found))]
    detail = f"{path} does not know the method {method[:20]}."
    raise Refused(Problem("method-not-allowed", detail, headers=allow))


def _meant(path: str) -> str:
    """Where something is that may have been meant, and where all that there is is told."""
    near = get_close_matches(path[:_PATH_MOST], _PLACES, n=1, cutoff=0.8)
    told = f"All that there is: {routes.REFERENCE}, {_DOCUMENT.path}"
    return f"Did you mean {near[0]}? {told}" if near else told


def _options(scope: Scope) -> Answer:
    found = routes.found(API_ROOT, "OPTIONS", scope["path"])
    methods = found if isinstance(found, list) else []
    return Answer(b"", status=204, headers=[(b"allow", routes.allow(methods))])


def _assert_json(scope: Scope) -> None:
    told = header(scope, b"content-type")
    if told == b"application/json":  # as nearly everybody says
        return
    sent = told.decode("latin-1")
    kind, _, parameters = sent.partition(";")
    charset = parameters.replace(" ", "").lower().removeprefix("charset=").strip('"')
    if (not sent or kind.strip().lower() in _JSON_TYPES) and charset in ("", "utf-8"):
        return
    detail = f"The body's type is {sent[:80]!r}; JSON in UTF-8 is taken."
    hint = "Content-Type: application/json (with curl: --json instead of -d)"
    raise Refused(Problem("unsupported-media-type", detail, hint=hint))


async def _tell(problem: Problem, send: Send) -> None:
    content = problem.content()
    headers = problem.all_headers(content)
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": content})

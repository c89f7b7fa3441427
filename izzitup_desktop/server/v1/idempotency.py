"""`Idempotency-Key`: what a client sends again, not knowing the end of it, is done once.

After draft-ietf-httpapi-idempotency-key-header-07. The answer is kept in the transaction
of the change itself (`Manner.once`); what is no change of the database (`keeps`) is kept
right after it.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from izzitup_desktop.board import Board
from izzitup_desktop.board.manner import Once
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.errors import BoardError, KeyReused
from izzitup_desktop.domain.idempotency import KEY_MOST, KeptAnswer, KeyedRequest, asker_of
from izzitup_desktop.server import envelope, strict_json
from izzitup_desktop.server.endings import Endings
from izzitup_desktop.server.envelope import Headers
from izzitup_desktop.server.exchange import Application, Message, Receive, Scope, Send
from izzitup_desktop.server.problems import Problem, of_error
from izzitup_desktop.server.v1.answers import Answer, header
from izzitup_desktop.server.v1.asking import Asking
from izzitup_desktop.server.v1.readers import Readers
from izzitup_desktop.server.v1.refused import Refused

log = logging.getLogger(__name__)

_QUOTED = re.compile(r'"((?:[ !#-\[\]-~]|\\["\\])*)"')
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~:/=-]+")
_CHARACTERS = f"{{1,{KEY_MOST}}}"
PATTERN = (
    r'^[ \t]*("([ !#-\[\]-~]|\\["\\])'
    + _CHARACTERS
    + r'"|[A-Za-z0-9!#$%&\'*+.^_`|~:/=-]'
    + _CHARACTERS
    + r")[ \t]*$"
)
"""What a key looks like, for the document."""

_REPLAYED = (b"idempotency-replayed", b"true")
_LENGTH = b"content-length"
_YES = frozenset(("1", "true", "on", "t", "y", "yes"))


@dataclass(slots=True)
class Keyed:
    """A request under a key, and whether its answer is kept by now."""

    request: KeyedRequest
    is_kept: bool = False


def key_of(sent: bytes) -> str:
    """The key that a header names: a String of RFC 9651, or one that is bare of quotes.

    Raises `Refused`.
    """
    text = sent.decode("latin-1").strip(" \t")
    if found := _QUOTED.fullmatch(text):
        key = re.sub(r"\\(.)", r"\1", found[1])
    else:
        key = text if _TOKEN.fullmatch(text) else ""
    if not 0 < len(key) <= KEY_MOST:
        detail = f"The Idempotency-Key is no string of 1 to {KEY_MOST} characters of ASCII."
        hint = 'Idempotency-Key: "8e03978e-40d5-43dd-bc93-6894a57f9324"'
        raise Refused(Problem("bad-request.idempotency-key", detail, hint=hint))
    return key


def once(asking: Asking, tell: Callable[[Any], Answer]) -> Once | None:
    """How a change is made that was asked for under a key; None where there is none."""
    keyed = asking.keyed
    if keyed is None:
        return None

    def told(outcome: Any) -> KeptAnswer:
        if isinstance(outcome, BoardError):
            return _problem_kept(of_error(outcome))
        made = tell(outcome)
        if made.is_secret:
            return _KEPT_BACK
        return _kept(made.status, made.all_headers(), made.content)

    return Once(keyed.request, told)


def answered(asking: Asking, kept: KeptAnswer, *, is_replayed: bool) -> Answer:
    """The answer that is kept, as it was; told as such where it is an earlier one."""
    if asking.keyed is not None:
        asking.keyed.is_kept = True
    return _answer(kept, is_replayed=is_replayed)


class Keys:
    """Answers what is asked for under a key; on the event loop."""

    def __init__(self, board: Board, readers: Readers, endings: Endings) -> None:
        self._kept = board.idempotency
        self._readers = readers
        self._endings = endings
        self._running: dict[tuple[str, str], str] = {}

    async def answer(
        self, asking: Asking, application: Application, receive: Receive, send: Send
    ) -> None:
        """Have `application` answer, unless that was done before.

        Raises `Refused` and `BoardError`s, before anything is sent.
        """
        scope = asking.scope
        key = key_of(header(scope, b"idempotency-key"))
        if _is_dry(scope):  # which changes nothing, however often
            await application(scope, receive, send)
            return
        message = await receive()
        request = KeyedRequest(asker_of(asking.principal), key, _fingerprint(asking, message))
        with self._alone(request):
            found = await asking.acting(self._finding(asking, request))
            if found is not None:
                await _answer(found, is_replayed=True).send(send)
                return
            asking.keyed = keyed = Keyed(request)
            sent = await _sent(application, scope, receive, message)
            if not keyed.is_kept and sent.status < 300:
                await self._keep(asking, keyed, sent)
            await sent.send(send)

    def _finding(
        self, asking: Asking, request: KeyedRequest
    ) -> Callable[[Principal], Awaitable[KeptAnswer | None]]:
        action = asking.row.action
        assert action is not None  # whoever may change something is somebody

        def found(principal: Principal) -> Awaitable[KeptAnswer | None]:
            return self._readers.result(
                lambda: self._kept.find(principal, action, request), asking.asked
            )

        return found

    @contextmanager
    def _alone(self, request: KeyedRequest) -> Iterator[None]:
        """Let nobody else ask the same meanwhile. Raises `KeyReused`, `Refused`.

        Another process on the same database waits for the write lock, and finds the answer.
        """
        key = request.asker, request.key
        running = self._running.get(key)
        if running == request.fingerprint:
            detail = "The first request under this key is still being answered."
            headers = [(b"retry-after", b"1")]
            raise Refused(Problem("conflict.running", detail, headers=headers))
        if running is not None:
            raise KeyReused
        self._running[key] = request.fingerprint
        try:
            yield
        finally:
            del self._running[key]

    async def _keep(self, asking: Asking, keyed: Keyed, sent: Answer) -> None:
        """Keep what no transaction has kept: it was no change of the database."""
        headers = sent.all_headers()
        kept = _kept(sent.status, headers, sent.content)
        if any(name == b"cache-control" and b"no-store" in value for name, value in headers):
            kept = _KEPT_BACK
        try:
            await self._endings.result(
                self._kept.keep(keyed.request, kept, asking.asked), asking.asked
            )
        except BoardError as error:  # it is done all the same, and that is answered
            log.warning("an answer was not kept under its idempotency key: %s", error)


def _fingerprint(asking: Asking, message: Message) -> str:
    scope, body = asking.scope, message.get("body", b"")
    parts = scope["method"].encode("ascii"), scope["raw_path"], scope["query_string"]
    digest = hashlib.sha256(b"\n".join(parts) + b"\n")
    digest.update(_without_secret(body) if asking.row.takes_secret else body)
    return digest.hexdigest()


def _without_secret(body: bytes) -> bytes:
    """What is fingerprinted of a body with a password: by a fast hash it could be guessed."""
    try:
        sent = strict_json.parse(body)
    except strict_json.NotStrict:
        return b""
    if isinstance(sent, dict):
        sent = {name: value for name, value in sent.items() if name != "password"}
    return envelope.dumped(sent)


def _is_dry(scope: Scope) -> bool:
    # Where it is said twice the last counts, as it does for FastAPI.
    asked = parse_qs(scope["query_string"].decode("ascii")).get("dry_run", [""])
    return asked[-1].lower() in _YES


async def _sent(application: Application, scope: Scope, receive: Receive, first: Message) -> Answer:
    """What an application answers, to be sent later; it has the whole body at once."""
    messages = [first]
    answers: list[Message] = []

    async def received() -> Message:
        return messages.pop() if messages else await receive()

    async def noted(message: Message) -> None:
        answers.append(message)

    await application(scope, received, noted)
    start, *parts = answers
    content = b"".join(part.get("body", b"") for part in parts)
    return Answer(content, status=start["status"], whole=list(start["headers"]))


def _kept(status: int, headers: Headers, content: bytes) -> KeptAnswer:
    told = tuple(
        (name.decode("ascii"), value.decode("latin-1"))
        for name, value in headers
        if name != _LENGTH
    )
    return KeptAnswer(status, told, content)


def _answer(kept: KeptAnswer, *, is_replayed: bool) -> Answer:
    headers = [(name.encode("ascii"), value.encode("latin-1")) for name, value in kept.headers]
    if kept.status not in (204, 304):
        headers.append((_LENGTH, b"%d" % len(kept.body)))
    if is_replayed:
        headers.append(_REPLAYED)
    return Answer(kept.body, status=kept.status, whole=headers)


def _problem_kept(problem: Problem) -> KeptAnswer:
    content = problem.content()
    return _kept(problem.status, problem.all_headers(content), content)


_KEPT_BACK = _problem_kept(
    Problem("conflict.done", "This was done before; its answer held a secret, which is not kept.")
)

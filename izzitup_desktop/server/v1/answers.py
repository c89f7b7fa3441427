"""What is answered: bytes with their tag, and what a client's own tags mean."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response

from izzitup_desktop.server import envelope
from izzitup_desktop.server.envelope import Headers
from izzitup_desktop.server.exchange import Scope, Send
from izzitup_desktop.server.problems import Problem

_JSON = b"application/json"
_ALWAYS: Headers = [
    # Kept by nobody without asking whether it is still so; who signs in sees more.
    (b"cache-control", b"no-cache"),
    (b"vary", b"Authorization"),
    (b"x-content-type-options", b"nosniff"),
]
_NEVER: Headers = [(b"cache-control", b"no-store"), *_ALWAYS[1:]]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; `tag` is its strong entity tag, b"" for what has none.

    One that `is_secret` nobody may keep. `whole` are all its headers, where they are known already.
    """

    content: bytes
    tag: bytes = b""
    status: int = 200
    headers: Headers = field(default_factory=list)
    is_secret: bool = False
    whole: Headers | None = None

    def all_headers(self) -> Headers:
        """All headers of the answer."""
        if self.whole is not None:
            return self.whole
        tagged = [(b"etag", self.tag)] if self.tag else []
        always = _NEVER if self.is_secret else _ALWAYS
        if self.status in (204, 304):
            return [*always, *tagged, *self.headers]
        length = (b"content-length", b"%d" % len(self.content))
        return [(b"content-type", _JSON), length, *always, *tagged, *self.headers]

    def unless_known(self, scope: Scope) -> Answer:
        """The answer, or 304 where `If-None-Match` says that the client has it."""
        known = header(scope, b"if-none-match")
        if self.status != 200 or not known or not is_among(self.tag, known, weakly=True):
            return self
        return Answer(b"", self.tag, 304, self.headers)

    async def send(self, send: Send) -> None:
        """Send it whole."""
        headers = self.all_headers()
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.content})


class Answered(Response):
    """An answer as Starlette wants it."""

    def __init__(self, answer: Answer) -> None:
        # Starlette's own would take the headers apart and make them anew.
        self.status_code = answer.status
        self.body = answer.content
        self.raw_headers = answer.all_headers()
        self.background = None


class Told(Response):
    """A problem as Starlette wants it."""

    def __init__(self, problem: Problem) -> None:
        self.status_code = problem.status
        self.body = problem.content()
        self.raw_headers = problem.all_headers(self.body)
        self.background = None


def tag_of(content: bytes) -> bytes:
    """The tag that stands for this content and for no other."""
    return b'"%b"' % hashlib.blake2b(content, digest_size=12).hexdigest().encode("ascii")


def answer(value: Any, **further: Any) -> Answer:
    """A JSON value, with its tag."""
    content = envelope.dumped(value)
    return Answer(content, tag_of(content), **further)


def header(scope: Scope, name: bytes) -> bytes:
    """All values of a header, as one list."""
    found = b""
    for sent, value in scope["headers"]:
        if sent == name:
            found = b"%b, %b" % (found, value) if found else value
    return found


def has_header(scope: Scope, name: bytes) -> bool:
    """Whether a header was sent, be it empty."""
    return any(sent == name for sent, _ in scope["headers"])


def wanted_tags(scope: Scope) -> bytes | None:
    """What `If-Match` says, None where it was not sent; an empty one has no tag that fits."""
    return header(scope, b"if-match") if has_header(scope, b"if-match") else None


def is_among(tag: bytes, known: bytes, *, weakly: bool) -> bool:
    """Whether `known`, a list of tags or `*`, has the tag (RFC 9110, 8.8.3.2 and 13.1)."""
    if known.strip() == b"*":
        return True
    tags: Iterable[bytes] = (one.strip() for one in known.split(b","))
    if weakly:
        tags = (one.removeprefix(b"W/") for one in tags)
    return bool(tag) and tag in tags

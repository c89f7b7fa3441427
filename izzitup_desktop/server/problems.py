"""Problems: what every answer that is none says (RFC 9457), and which there are.

A problem's `type` is a page of ours, `/problems/{code}`, which tells what it means.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from izzitup_desktop.domain.errors import (
    BoardError,
    Invalid,
    KeyReused,
    SignInFailed,
    Throttled,
    Unavailable,
)
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.server import envelope
from izzitup_desktop.server.envelope import Headers
from izzitup_desktop.server.routes import PROBLEMS_ROOT

CONTENT_TYPE = b"application/problem+json"


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One kind: the HTTP status, a title, and for the page what to do about it."""

    status: int
    title: str
    about: str


KINDS: Mapping[str, ProblemKind] = {
    "bad-request": ProblemKind(
        400,
        msg("The request is not sound"),
        msg("It is no HTTP/1.1 as the standard has it, or its body is not what its headers say."),
    ),
    "bad-request.idempotency-key": ProblemKind(
        400,
        msg("The Idempotency-Key is none"),
        msg(
            "It is a text of 1 to 255 characters of ASCII in double quotes, made anew for each "
            "change, such as a UUID."
        ),
    ),
    "malformed-json": ProblemKind(
        400,
        msg("The body is no JSON document"),
        msg(
            "Send one JSON object in UTF-8, at most 16 levels deep. A key stands once, and NaN and "
            "Infinity are no JSON."
        ),
    ),
    "sign-in-needed": ProblemKind(
        401,
        msg("Sign in first"),
        msg(
            "Send a token with the request (Authorization: Bearer), or the name and the password "
            "of an account by HTTP Basic."
        ),
    ),
    "sign-in-failed": ProblemKind(
        401,
        msg("Sign in failed"),
        msg(
            "The name, the password or the token is wrong, or the account is disabled; which it "
            "is, is not told. After some failures the next try has to wait."
        ),
    ),
    "not-allowed": ProblemKind(
        403,
        msg("The account may not do this"),
        msg(
            "Its role or its token does not permit it, or it is limited to other groups. An "
            "administrator can change that."
        ),
    ),
    "not-allowed.held": ProblemKind(
        403,
        msg("A person holds this status"),
        msg(
            "Scripts can't change it until it is released. What was asked for is kept as a "
            "proposal, which the board shows to people."
        ),
    ),
    "not-allowed.unencrypted": ProblemKind(
        403,
        msg("This is not sent unencrypted"),
        msg("A backup has the hashes of passwords: fetch it over https, or at the board itself."),
    ),
    "origin-not-allowed": ProblemKind(
        403,
        msg("Pages of other sites can't ask here"),
        msg("A browser sent this for a page that is not ours. Scripts send no Origin."),
    ),
    "not-found": ProblemKind(
        404, msg("There is no such thing"), msg("It never was there, or was removed.")
    ),
    "not-found.service": ProblemKind(
        404,
        msg("There is no such service"),
        msg(
            "A service is named by its id or its key. One that was removed is in the trash for 30 "
            "days; one that is hidden is shown to those who signed in."
        ),
    ),
    "not-found.group": ProblemKind(
        404, msg("There is no such group"), msg("A group is named by its id or its name.")
    ),
    "not-found.account": ProblemKind(
        404, msg("There is no such account"), msg("An account is named by its id or its name.")
    ),
    "not-found.token": ProblemKind(
        404,
        msg("There is no such token"),
        msg("A token is named by its id. Of others' tokens only administrators are told."),
    ),
    "not-found.backup": ProblemKind(
        404,
        msg("There is no such backup"),
        msg(
            "A backup is named by its file, as the list has it. One that is being made is there "
            "once it is whole."
        ),
    ),
    "not-found.journal-entry": ProblemKind(
        404,
        msg("There is no such entry of the journal"),
        msg(
            "An operation is named by the id of any of its entries. Those about accounts and "
            "tokens are there for administrators alone; old ones are in the archive."
        ),
    ),
    "not-found.route": ProblemKind(
        404,
        msg("There is no such address"),
        msg("The document at /api/v1/openapi.json has all there are."),
    ),
    "not-found.problem": ProblemKind(
        404, msg("There is no such problem"), msg("The page /problems has all there are.")
    ),
    "method-not-allowed": ProblemKind(
        405,
        msg("The address does not know this method"),
        msg("The header Allow of the answer names those that it does know."),
    ),
    "request-timeout": ProblemKind(
        408,
        msg("The request took too long"),
        msg("Headers may take 10 seconds, and the body 15."),
    ),
    "conflict": ProblemKind(
        409,
        msg("Somebody else was there before"),
        msg("The name or the key is taken, or the thing was changed meanwhile. Read it again."),
    ),
    "conflict.done": ProblemKind(
        409,
        msg("It was done before"),
        msg(
            "The same request under this Idempotency-Key was done; its answer held a secret, "
            "which is not kept. Look at what there is, and make another with a new key."
        ),
    ),
    "conflict.running": ProblemKind(
        409,
        msg("The first request under this key is not answered yet"),
        msg("Repeat it after as many seconds as Retry-After says: it has its answer then."),
    ),
    "conflict.outdated": ProblemKind(
        412,
        msg("It was changed since you read it"),
        msg(
            "The thing is not the one of your If-Match any more, and nothing was changed. The "
            "answer has it as it is now, and who changed it last."
        ),
    ),
    "too-large": ProblemKind(
        413, msg("The body is too large"), msg("64 KiB are the most; send it in parts.")
    ),
    "path-too-long": ProblemKind(
        414, msg("The address is too long"), msg("2,048 bytes are the most.")
    ),
    "unsupported-media-type": ProblemKind(
        415,
        msg("The body's type is not taken"),
        msg("Send JSON, uncompressed, with the header Content-Type: application/json."),
    ),
    "expectation-failed": ProblemKind(
        417, msg("The expectation can't be met"), msg("Expect may be 100-continue only.")
    ),
    "host-not-allowed": ProblemKind(
        421,
        msg("The server has another name"),
        msg(
            "Use the address, localhost or this computer's name, or add yours to the setting "
            "host_names."
        ),
    ),
    "invalid": ProblemKind(
        422,
        msg("A value can't be taken"),
        msg("The list errors names each: by its place in the body, or by the parameter's name."),
    ),
    "invalid.key-reused": ProblemKind(
        422,
        msg("The Idempotency-Key is that of another request"),
        msg(
            "A key stands for one request: method, address and body. Nothing was done; send "
            "another request under a key of its own."
        ),
    ),
    "quota-exceeded": ProblemKind(
        429,
        msg("Too many changes in a while"),
        msg(
            "Wait for as many seconds as Retry-After says. The headers RateLimit-Policy and "
            "RateLimit of each change tell how many there may be, and how many are left."
        ),
    ),
    "throttled": ProblemKind(
        429,
        msg("Too many failed sign-ins"),
        msg("Wait for as many seconds as Retry-After says; until then no sign-in is taken."),
    ),
    "too-many-streams": ProblemKind(
        429,
        msg("Too many listen from your network"),
        msg("Have one stream for all that is listened to; filter what comes by it yourself."),
    ),
    "headers-too-large": ProblemKind(
        431, msg("The headers are too large"), msg("16 KiB and 64 headers are the most.")
    ),
    "internal": ProblemKind(
        500,
        msg("A fault of ours"),
        msg("The log has what went wrong, under the id that the answer names."),
    ),
    "transfer-encoding": ProblemKind(
        501, msg("The transfer encoding is not known"), msg("Only chunked is.")
    ),
    "unavailable": ProblemKind(
        503,
        msg("Not now"),
        msg(
            "The disk, a lock, the network or the shared database says no for now. Try again after "
            "Retry-After; where time was up while a change was being stored, look before you "
            "repeat it."
        ),
    ),
    "not-ready": ProblemKind(
        503,
        msg("The board is not ready"),
        msg(
            "Something that it can't do without is missing: the list missing names it. The log and "
            "the window of the board say more."
        ),
    ),
    "too-many-connections": ProblemKind(
        503,
        msg("Too many connections"),
        msg("Use one connection for many requests, and close it at the end."),
    ),
}
"""By code. Codes stay what they are; those of the board's errors are in docs/errors.md."""

_OF_REFUSALS = {
    400: "bad-request",
    403: "origin-not-allowed",
    404: "not-found.route",
    405: "method-not-allowed",
    408: "request-timeout",
    413: "too-large",
    414: "path-too-long",
    415: "unsupported-media-type",
    417: "expectation-failed",
    421: "host-not-allowed",
    431: "headers-too-large",
    500: "internal",
    501: "transfer-encoding",
    503: "too-many-connections",
}
"""What the guard and a connection refuse by, before anybody knows more."""

_NO_SIGN_IN = "The name, the password or the token is wrong, or the account is disabled."
"""One for every reason, so that strangers can't tell the reasons apart."""

_CHALLENGE = [
    (b"www-authenticate", b'Basic realm="IzzitUp", charset="UTF-8"'),
    (b"www-authenticate", b'Bearer realm="IzzitUp"'),
]


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem as it is told. `hint` is a request that would work, or what to look at.

    `errors` name the values that can't be taken. `more` are further members.
    """

    code: str
    detail: str
    errors: Sequence[Mapping[str, str]] = ()
    hint: str = ""
    headers: Headers = field(default_factory=list)
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> ProblemKind:
        """What is known of its kind."""
        return KINDS[known(self.code)]

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.kind.status

    def content(self) -> bytes:
        """The body of the answer."""
        told: dict[str, Any] = {
            "type": f"{PROBLEMS_ROOT}/{known(self.code)}",
            "title": self.kind.title,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
        }
        if self.errors:
            told["errors"] = list(self.errors)
        if self.hint:
            told["hint"] = self.hint
        return envelope.dumped({**told, **self.more})

    def all_headers(self, content: bytes) -> Headers:
        """All headers of the answer."""
        return [
            (b"content-type", CONTENT_TYPE),
            (b"content-length", b"%d" % len(content)),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
            *(_CHALLENGE if self.status == 401 else ()),
            *self.headers,
        ]


def known(code: str) -> str:
    """The code, or the general one before a dot that has a page. Raises KeyError."""
    found = known_or_none(code)
    if found is None:
        raise KeyError(code)
    return found


def of_refusal(status: int, detail: str, headers: Headers | None = None) -> Problem:
    """What the guard, or a connection, refuses with this status."""
    return Problem(_OF_REFUSALS[status], detail, headers=headers or [])


def of_error(error: BoardError) -> Problem:
    """The one place where the core's errors become problems. Raises what is none of them."""
    match error:
        case KeyReused():
            return Problem(error.code, str(error))
        case Invalid(field=name, reason=reason):
            return Problem("invalid", reason, [{"pointer": f"/{name}", "detail": reason}])
        case SignInFailed():
            return Problem("sign-in-failed", _NO_SIGN_IN)
        case Throttled(retry_after_seconds=seconds) | Unavailable(retry_after_seconds=seconds):
            return Problem(error.code, str(error), headers=[(b"retry-after", b"%d" % seconds)])
    if known_or_none(error.code) is None:
        raise error
    return Problem(error.code, str(error))


def known_or_none(code: str) -> str | None:
    """`known`, None for a code that has no page at all."""
    while code and code not in KINDS:
        code = code.rpartition(".")[0]
    return code or None

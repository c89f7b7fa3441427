"""What a connection is answered outside of any request, before it is closed."""

from __future__ import annotations

from izzitup_desktop.server import envelope
from izzitup_desktop.server.exchange import STATUS_LINES
from izzitup_desktop.server.routes import speaks_problems

MESSAGES = {
    400: "Bad request",
    408: "Request took too long",
    414: "Request path too long",
    421: "Host not allowed",
    431: "Request headers too large",
    501: "Transfer encoding not supported",
    503: "Too many connections",
}


def refusal(status: int, path: str = "", message: str = "") -> bytes:
    """The whole answer; `status` is one of `MESSAGES`, `path` what was asked for, if known.

    `message` takes the place of the usual one of `status`.
    """
    message = message or MESSAGES[status]
    if speaks_problems(path):
        from izzitup_desktop.server import problems  # for nobody who never asks there

        problem = problems.of_refusal(status, message)
        content = problem.content()
        headers = problem.all_headers(content)
    else:
        content = envelope.body("", None, envelope.RESULT_ERROR, message)
        headers = envelope.headers(content, envelope.RESULT_ERROR)
    lines = [b"%b: %b\r\n" % pair for pair in headers]
    return b"".join([STATUS_LINES[status], *lines, b"connection: close\r\n\r\n", content])

"""What a connection is answered outside of any request, before it is closed."""

from __future__ import annotations

from izzitup_desktop.server import envelope
from izzitup_desktop.server.exchange import STATUS_LINES

MESSAGES = {
    400: "Bad request",
    408: "Request took too long",
    414: "Request path too long",
    421: "Host not allowed",
    431: "Request headers too large",
    501: "Transfer encoding not supported",
    503: "Too many connections",
}


def refusal(status: int, message: str = "") -> bytes:
    """The whole answer; `status` is one of `MESSAGES`, which says its usual message."""
    content = envelope.body("", None, envelope.RESULT_ERROR, message or MESSAGES[status])
    lines = [b"%b: %b\r\n" % pair for pair in envelope.headers(content, envelope.RESULT_ERROR)]
    return b"".join([STATUS_LINES[status], *lines, b"connection: close\r\n\r\n", content])

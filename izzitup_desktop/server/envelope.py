"""The services API's envelope, in which every answer of the server stands.

Wire contract, "Response" and "HTTP status".
"""

from __future__ import annotations

import json
from typing import Any

RESULT_SUCCESS, RESULT_WARNING, RESULT_ERROR = "Success", "Warning", "Error"

_SHOWN_RESULTS = {RESULT_SUCCESS: b"success", RESULT_WARNING: b"warning", RESULT_ERROR: b"error"}
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

Headers = list[tuple[bytes, bytes]]


def dumped(value: Any) -> bytes:
    """A JSON value as the API writes it."""
    return _ENCODER.encode(value).encode("utf-8")


def body(uri: str, request: Any, result: str, message: str, data: Any = "") -> bytes:
    """The envelope as bytes, its keys in the contract's order."""
    return dumped(
        {"uri": uri, "request": request, "result": result, "message": message, "data": data}
    )


def headers(content: bytes, result: str, further: Headers | None = None) -> Headers:
    """The headers that stand on every answer, and `further` ones."""
    return [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", b"%d" % len(content)),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"x-izzitup-result", _SHOWN_RESULTS[result]),
        *(further or ()),
    ]

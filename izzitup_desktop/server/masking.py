"""What of a request may be shown to people: never a password, a token, or another secret."""

from __future__ import annotations

import re
from urllib.parse import unquote

PATH_MOST = 200
"""Most characters of a path that are shown."""

MASK = "•••"

_SHOWN_PARAMETERS = frozenset((
    "status", "group", "hidden", "stale", "held", "sort", "limit", "service", "kind", "dry_run",
    "since", "types", "services", "format", "lang", "period",
))  # fmt: skip
"""The parameters of ours in which nobody puts a secret; of all others not even the name is."""

_PLAIN_PATH = re.compile(r"(?:/[A-Za-z0-9.-]{0,35}){1,6}")
"""Nothing in it is encoded, and every secret of ours has an underscore. Most paths are so."""

_PLAIN_VALUE = re.compile(r"[\w.,:+-]{0,40}", re.ASCII)
_SECRET = re.compile(r"(?:iz[a-z]|whsec)_[^/]*", re.IGNORECASE)
_OPAQUE_LEAST = 36
_OPAQUE = re.compile(f"[^/]{{{_OPAQUE_LEAST},}}")
"""A part of a path that long is no name that people gave."""
_SIGNED_IN = re.compile(r"[^/]*@")
_DECODED_MOST = 8


def masked(path: str, query: str = "") -> str:
    """A path and its query as they may be shown, on one line; both as they were sent."""
    if not query and _PLAIN_PATH.fullmatch(path):
        return path if len(path) <= PATH_MOST else path[: PATH_MOST - 1] + "…"
    shown = _without_secrets(_decoded(path))
    parts = [_parameter(part) for part in query.split("&") if part]
    if parts:
        shown += "?" + "&".join(parts)
    return shown if len(shown) <= PATH_MOST else shown[: PATH_MOST - 1] + "…"


def _without_secrets(text: str) -> str:
    # Nearly all texts have none of it, and scripts ask often.
    if "@" in text:
        text = _SIGNED_IN.sub(MASK, text)
    if "_" in text:
        text = _SECRET.sub(MASK, text)
    return text if len(text) < _OPAQUE_LEAST else _OPAQUE.sub(MASK, text)


def _parameter(part: str) -> str:
    name, has_value, value = part.partition("=")
    if name not in _SHOWN_PARAMETERS or not has_value:
        return MASK
    value = _decoded(value)
    is_plain = bool(_PLAIN_VALUE.fullmatch(value)) and _without_secrets(value) == value
    return f"{name}={value if is_plain else MASK}"


def _decoded(text: str) -> str:
    """What a text means, however often it was encoded, without anything that is not printed."""
    if "%" not in text and text.isprintable():
        return text
    for _ in range(_DECODED_MOST):
        decoded = unquote(text)
        if decoded == text:
            break
        text = decoded
    else:
        return MASK
    return "".join(char if char.isprintable() else "?" for char in text)

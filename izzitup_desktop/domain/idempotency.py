"""Idempotency keys: what is asked for again under one key is done once, and answered alike."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from dataclasses import dataclass
from datetime import timedelta

from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.messages import msg

KEPT = timedelta(hours=24)
"""For so long an answer is kept under its key."""

KEY_MOST = 255
"""Most characters of a key."""

PACKED_MOST = 2 * 1024 * 1024
"""Most bytes of an answer as it is kept."""

_UNPACKED_MOST = 64 * 1024 * 1024
_NAME = re.compile(r"[a-z][a-z0-9-]{0,63}")
_VALUE = re.compile(r"[\x20-\x7e\xa0-\xff]{0,16384}")
_STATUSES = range(200, 600)


@dataclass(frozen=True, slots=True)
class KeyedRequest:
    """What is asked for under `key`, by whom (`asker_of`).

    `fingerprint` stands for method, path, query and body: another one under the same key
    is another request.
    """

    asker: str
    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer of the API as it was sent: status, headers by lower-case names, and body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def asker_of(principal: Principal) -> str:
    """Whose keys they are: the token's, or the account's; others' are no business of theirs."""
    if principal.token is not None:
        return f"token:{principal.token.digest}"
    return f"account:{principal.account_uid}"


def packed(body: bytes) -> str:
    """A body as it is kept. Raises `Invalid` for one that is too long for that."""
    text = base64.b64encode(zlib.compress(body, 6)).decode("ascii")
    if len(text) > PACKED_MOST:
        raise Invalid(
            "", msg("The answer is too long to be kept under a key. Ask for less at once.")
        )
    return text


def kept_answer(status: object, headers: object, body: object) -> KeptAnswer | None:
    """The answer of what is stored; None for what no answer of ours is stored as."""
    if not (isinstance(status, int) and isinstance(headers, str) and isinstance(body, str)):
        return None
    try:
        pairs = tuple((str(name), str(value)) for name, value in json.loads(headers))
        content = _unpacked(body)
    except (ValueError, TypeError, RecursionError, binascii.Error, zlib.error):
        return None
    if status not in _STATUSES or content is None:
        return None
    if not all(_NAME.fullmatch(name) and _VALUE.fullmatch(value) for name, value in pairs):
        return None
    return KeptAnswer(status, pairs, content)


def _unpacked(text: str) -> bytes | None:
    inflating = zlib.decompressobj()
    content = inflating.decompress(base64.b64decode(text, validate=True), _UNPACKED_MOST)
    return content if inflating.eof else None

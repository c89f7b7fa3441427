"""Sends a call of the console to this very server, and reads what it answers."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import re
import ssl
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from izzitup_desktop.domain.errors import Invalid, Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.text.fingerprints import PREFIX
from izzitup_desktop.text.script_lines import PASSWORD, Call, SignInBy

SHOWN_MOST = 200_000
"""So many characters of an answer are shown."""

_SECONDS = 15
_READ_MOST = 4 * 1024 * 1024
_OF_INTEREST = (
    "content-type", "etag", "location", "link", "allow", "retry-after", "ratelimit",
    "ratelimit-policy", "idempotency-replayed", "x-izzitup-operation", "x-izzitup-result",
)  # fmt: skip
_HEADER_SAFE = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class Where:
    """The server's address; `fingerprint` is what its certificate must be, "" for none."""

    address: str
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Secret:
    """A token or a password; it is in no representation, log or file."""

    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back: headers of interest alone, JSON so that people read it."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: str
    seconds: float


def send(where: Where, call: Call, secret: Secret) -> Answered:
    """Send it and wait for the answer. Raises `Unavailable`, `Invalid` (for a secret)."""
    headers = {"Accept": "application/json", "User-Agent": "izzitup-console"}
    headers.update(_signed(call, secret))
    body = None
    if call.body is not None:
        known = {**call.body}
        if known.get("pwd") == PASSWORD:
            known["pwd"] = secret.text
        body = json.dumps(known, ensure_ascii=False).encode("utf-8")
        headers["Content-Type"] = "application/json; charset=utf-8"
    connection = _connection(where)
    begin = time.monotonic()
    try:
        connection.request(call.method, call.path, body, headers)
        answer = connection.getresponse()
        content = answer.read(_READ_MOST)
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise Unavailable(msg("%1 did not answer: %2.", where.address, reason)) from None
    finally:
        connection.close()
    found = tuple((name, value) for name, value in answer.getheaders() if name.lower() in _KEPT)
    return Answered(answer.status, answer.reason, found, _pretty(content), time.monotonic() - begin)


def _signed(call: Call, secret: Secret) -> dict[str, str]:
    if call.sign_in is SignInBy.TOKEN:
        if not _HEADER_SAFE.fullmatch(secret.text):
            raise Invalid("secret", msg("That is no token."))
        return {"Authorization": f"Bearer {secret.text}"}
    if call.sign_in is SignInBy.PASSWORD:
        pair = f"{call.user}:{secret.text}".encode()
        return {"Authorization": f"Basic {base64.b64encode(pair).decode('ascii')}"}
    return {}


def _connection(where: Where) -> http.client.HTTPConnection:
    parts = urlsplit(where.address)
    host, port = parts.hostname or "", parts.port
    if parts.scheme != "https":
        return http.client.HTTPConnection(host, port, timeout=_SECONDS)
    return _Pinned(where.fingerprint, host, port)


class _Pinned(http.client.HTTPSConnection):
    """Trusts the one certificate that this server has, whoever signed it."""

    def __init__(self, fingerprint: str, host: str, port: int | None) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        super().__init__(host, port, timeout=_SECONDS, context=context)
        self._fingerprint = fingerprint

    def connect(self) -> None:
        super().connect()
        found = self.sock.getpeercert(binary_form=True) or b""
        if PREFIX + hashlib.sha256(found).hexdigest() != self._fingerprint:
            # Before anything secret is sent.
            self.close()
            raise Unavailable(msg("Another certificate answers there than this server’s."))


def _pretty(content: bytes) -> str:
    text = content.decode("utf-8", "replace")
    try:
        value: Any = json.loads(text)
    except ValueError:
        shown = text
    else:
        shown = json.dumps(value, ensure_ascii=False, indent=2)
    return shown if len(shown) <= SHOWN_MOST else shown[:SHOWN_MOST] + "\n…"


_KEPT = frozenset(_OF_INTEREST)

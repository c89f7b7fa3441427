"""Another board over HTTP: the answer of its services API, as text."""

from __future__ import annotations

import time
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from izzitup_desktop import __version__
from izzitup_desktop.domain.errors import Invalid, Unavailable
from izzitup_desktop.domain.exchange import SIZE_MOST, decoded
from izzitup_desktop.domain.messages import say

PATH = "/api/services"
_SCHEMES = ("http", "https")
_CHUNK_BYTES = 64 * 1024


def fetch_services(url: str, timeout_seconds: float = 10) -> str:
    """The answer of the services API at `url`, the address of a board or of its API.

    For `domain.exchange.parse_api_list`. Raises `Invalid` for what is no such
    address, or no text of a usual size, and `Unavailable` where none answers.
    """
    parts = _checked(url)
    address = urlunsplit(parts)
    host = parts.netloc
    # Of urllib's handlers an http(s) address reaches no others but through a redirect.
    opener = build_opener(_SafeRedirects())
    try:
        request = Request(  # noqa: S310 (the scheme is checked)
            address,
            headers={"Accept": "application/json", "User-Agent": f"IzzitUp/{__version__}"},
        )
        with opener.open(request, timeout=timeout_seconds) as answer:
            return decoded(_read(answer, host, time.monotonic() + timeout_seconds))
    except HTTPError as error:
        error.close()
        raise Unavailable(say("%1 answered with the HTTP status %2.", host, error.code)) from error
    except TimeoutError as error:
        raise _too_slow(host) from error
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise _too_slow(host) from error
        reason = getattr(error.reason, "strerror", None) or error.reason
        raise Unavailable(say("%1 can't be reached: %2.", host, reason)) from error
    except (OSError, HTTPException) as error:
        raise Unavailable(
            say("%1 gave no proper answer: %2.", host, str(error) or "it hung up")
        ) from error
    except ValueError as error:  # urllib's, for hosts that can't be sent
        raise _no_address() from error


class _SafeRedirects(HTTPRedirectHandler):
    """Follows redirects to http and https only, and never from https to http."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        scheme = urlsplit(newurl).scheme.lower()
        if scheme not in _SCHEMES or (req.type == "https" and scheme != "https"):
            raise Unavailable(say("%1 sends to another kind of address (%2:).", req.host, scheme))
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _checked(url: str) -> SplitResult:
    """The address of the API. Raises `Invalid`."""
    try:
        parts = urlsplit(url.strip())
        usable = parts.scheme in _SCHEMES and parts.hostname and parts.port != 0
    except ValueError as error:
        raise _no_address() from error
    if not usable:
        raise _no_address()
    if "@" in parts.netloc:
        raise Invalid("url", say("The address must hold no name or password."))
    path = quote(parts.path.rstrip("/"), safe="/%:@!$&'()*+,;=~")
    if not path.endswith(PATH):
        path += PATH
    return SplitResult(parts.scheme, parts.netloc, path, "", "")


def _read(answer: HTTPResponse, host: str, until: float) -> bytes:
    """All bytes of the answer, or one more than are taken. Raises `Unavailable`."""
    found = bytearray()
    while len(found) <= SIZE_MOST:
        chunk = answer.read1(_CHUNK_BYTES)
        if not chunk:
            break
        found += chunk
        if time.monotonic() > until:
            raise _too_slow(host)
    if answer.length and len(found) <= SIZE_MOST:
        raise Unavailable(say("%1 hung up before the end of its answer. Try again.", host))
    return bytes(found)


def _too_slow(host: str) -> Unavailable:
    return Unavailable(say("%1 does not answer in time. Try again later.", host))


def _no_address() -> Invalid:
    return Invalid("url", say("This is no address of a board; it looks like http://host:8475."))

"""Another board over HTTP: the answer of its services API, as text.

One deadline holds for all of it: the name's look-up, connecting, TLS, redirects,
headers and body. The work runs on a thread of its own, whose sockets are shut when
the time is over or nobody wants the answer any more.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from izzitup_desktop import __version__
from izzitup_desktop.domain.errors import BoardError, Cancelled, Invalid, Unavailable
from izzitup_desktop.domain.exchange import SIZE_MOST, decoded
from izzitup_desktop.domain.messages import msg

PATH = "/api/services"
SECONDS = 20.0
"""How long all of it may take."""

REDIRECTS_MOST = 3

_SCHEMES = ("http", "https")
_MOVED = (301, 302, 303, 307, 308)
_CHUNK_BYTES = 64 * 1024
_LOOK_SECONDS = 0.05
_SHOWN_MOST = 200


def fetch_services(
    url: str, timeout_seconds: float = SECONDS, cancelled: Callable[[], bool] | None = None
) -> str:
    """The answer of the services API at `url`, the address of a board or of its API.

    For `domain.exchange.parse_api_list`. Raises `Invalid` for what is no such
    address, or no text of a usual size, `Unavailable` where none answers in time,
    and `Cancelled`.
    """
    parts = _checked(url)
    fetching = _Fetching(parts, timeout_seconds)
    until = time.monotonic() + timeout_seconds
    try:
        while not fetching.ended.wait(_LOOK_SECONDS):
            if cancelled is not None and cancelled():
                raise Cancelled
            if time.monotonic() > until:
                raise _too_slow(parts.netloc)
    finally:
        fetching.shut()
    return decoded(fetching.result.result())


class _Fetching:
    """One request on a thread of its own; `shut()` ends it, wherever it waits."""

    def __init__(self, parts: SplitResult, seconds: float) -> None:
        self.ended = threading.Event()
        self.result: Future[bytes] = Future()
        self._parts, self._seconds = parts, seconds
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._is_shut = False
        # A look-up of a name can't be ended; nobody waits for it.
        self._thread = threading.Thread(target=self._run, name="izzitup-fetch", daemon=True)
        self._thread.start()

    def shut(self) -> None:
        """End all connections, and the thread with them."""
        with self._lock:
            self._is_shut = True
            for handle in self._sockets:
                with suppress(OSError):
                    handle.shutdown(socket.SHUT_RDWR)
                handle.close()
            self._sockets.clear()
        self._thread.join(1)

    def connect(self, *arguments: Any, **named: Any) -> socket.socket:
        """`socket.create_connection`, remembered."""
        made = socket.create_connection(*arguments, **named)
        with self._lock:
            if self._is_shut:
                made.close()
                raise TimeoutError
            # TLS takes the socket itself away; its copy shuts the same connection.
            self._sockets.append(made.dup())
        return made

    def _run(self) -> None:
        host = self._parts.netloc
        try:
            self.result.set_result(self._fetched())
        except BoardError as error:
            self.result.set_exception(error)
        except HTTPError as error:
            error.close()
            reason = msg("%1 answered with the HTTP status %2.", host, error.code)
            self.result.set_exception(Unavailable(reason))
        except TimeoutError:
            self.result.set_exception(_too_slow(host))
        except URLError as error:
            self.result.set_exception(_unreachable(host, error))
        except (OSError, HTTPException) as error:
            what = str(error)[:_SHOWN_MOST] or "it hung up"
            self.result.set_exception(Unavailable(msg("%1 gave no proper answer: %2.", host, what)))
        except ValueError:  # for hosts that can't be sent
            self.result.set_exception(_no_address())
        finally:
            self.ended.set()

    def _fetched(self) -> bytes:
        parts = self._parts
        opener = _opener(self)
        for _ in range(REDIRECTS_MOST + 1):
            request = Request(  # noqa: S310 (the scheme is checked)
                urlunsplit(parts),
                headers={
                    "Accept": "application/json",
                    "Accept-Encoding": "identity",
                    "User-Agent": f"IzzitUp/{__version__}",
                },
            )
            try:
                with opener.open(request, timeout=self._seconds) as answer:
                    return _read(answer, parts.netloc)
            except HTTPError as error:
                location = error.headers.get("Location") if error.code in _MOVED else None
                if location is None:
                    raise
                error.close()
                parts = _moved(parts, location, error.code)
        raise Unavailable(msg("%1 sends from one address to the next.", parts.netloc))


def _opener(fetching: _Fetching) -> OpenerDirector:
    """Speaks http and https, and follows no redirect by itself."""

    def plain(host: str, **named: Any) -> HTTPConnection:
        made = HTTPConnection(host, **named)
        made._create_connection = fetching.connect  # type: ignore[attr-defined]
        return made

    def secure(host: str, **named: Any) -> HTTPSConnection:
        made = HTTPSConnection(host, **named)
        made._create_connection = fetching.connect  # type: ignore[attr-defined]
        return made

    class Plain(HTTPHandler):
        def http_open(self, req: Request) -> HTTPResponse:
            return self.do_open(plain, req)

    class Secure(HTTPSHandler):
        def https_open(self, req: Request) -> HTTPResponse:
            return self.do_open(secure, req, context=ssl.create_default_context())

    opener = OpenerDirector()
    for handler in (
        ProxyHandler(), Plain(), Secure(), HTTPDefaultErrorHandler(), HTTPErrorProcessor()
    ):  # fmt: skip
        opener.add_handler(handler)
    return opener


def _moved(parts: SplitResult, location: str, code: int) -> SplitResult:
    """Where a redirect leads. Raises `Unavailable` for any other place than this one."""
    host = parts.netloc
    try:
        to = urlsplit(urljoin(urlunsplit(parts), location))
    except ValueError:
        to = urlsplit("")
    if to.scheme not in _SCHEMES:
        raise Unavailable(
            msg(
                "%1 answered with the HTTP status %2: it sends to another kind of address (%3:).",
                host,
                code,
                to.scheme[:_SHOWN_MOST],
            )
        )
    if (to.scheme, to.netloc.lower()) != (parts.scheme, host.lower()):
        shown = f"{to.scheme}://{to.netloc.rpartition('@')[2]}"[:_SHOWN_MOST]
        raise Unavailable(
            msg("%1 sends to another address (%2). Name that one if it is meant.", host, shown)
        )
    path = quote(to.path or "/", safe="/%:@!$&'()*+,;=~")
    return SplitResult(to.scheme, host, path, quote(to.query, safe="/%:@!$&'()*+,;=~?"), "")


def _checked(url: str) -> SplitResult:
    """The address of the API. Raises `Invalid`."""
    url = url.strip()
    # What urlsplit would leave out in silence.
    if not url.isprintable() or "\\" in url:
        raise _no_address()
    try:
        parts = urlsplit(url)
        usable = parts.scheme in _SCHEMES and parts.hostname and parts.port != 0
        parts.netloc.encode("idna" if not parts.netloc.isascii() else "ascii")
    except ValueError as error:
        raise _no_address() from error
    if not usable:
        raise _no_address()
    if "@" in parts.netloc:
        raise Invalid("url", msg("The address must hold no name or password."))
    path = quote(parts.path.rstrip("/"), safe="/%:@!$&'()*+,;=~")
    if not path.endswith(PATH):
        path += PATH
    return SplitResult(parts.scheme, parts.netloc, path, "", "")


def _read(answer: HTTPResponse, host: str) -> bytes:
    """All bytes of the answer, or one more than are taken. Raises `Unavailable`."""
    found = bytearray()
    while len(found) <= SIZE_MOST:
        chunk = answer.read1(_CHUNK_BYTES)
        if not chunk:
            break
        found += chunk
    if answer.length and len(found) <= SIZE_MOST:
        raise Unavailable(msg("%1 hung up before the end of its answer. Try again.", host))
    return bytes(found)


def _unreachable(host: str, error: URLError) -> Unavailable:
    if isinstance(error.reason, TimeoutError):
        return _too_slow(host)
    reason = getattr(error.reason, "strerror", None) or error.reason
    return Unavailable(msg("%1 can't be reached: %2.", host, str(reason)[:_SHOWN_MOST]))


def _too_slow(host: str) -> Unavailable:
    return Unavailable(msg("%1 does not answer in time. Try again later.", host))


def _no_address() -> Invalid:
    return Invalid("url", msg("This is no address of a board; it looks like http://host:8475."))

"""Sockets to other boards: within a time, and to the server that is meant."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.remote.address import Address

if TYPE_CHECKING:
    # Most servers are pinned by nobody.
    from izzitup_desktop.remote.pins import Pin

_SHOWN_MOST = 200


class Deadline:
    """Ends whatever waits for a socket when its time is over, however it drips.

    `is_over` says then why it failed.
    """

    def __init__(self, sock: socket.socket, seconds: float) -> None:
        self.is_over = False
        self._socket = sock
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()

    def assert_in_time(self) -> None:
        """Raise TimeoutError where the time was over."""
        if self.is_over:
            raise TimeoutError

    def _end(self) -> None:
        self.is_over = True
        with suppress(OSError):
            # TLS would say goodbye first, and wait for that.
            socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


def connected(address: Address, pin: Pin | None, seconds: float) -> socket.socket:
    """A connection to the board there, by TLS where the address wants it.

    Raises `Unavailable`: nothing was sent then that only the board may hear.
    """
    name = address.name
    try:
        plain = socket.create_connection((address.host, address.port), seconds)
    except TimeoutError as error:
        raise too_slow(name) from error
    except ConnectionRefusedError as error:
        raise Unavailable(msg("%1 refuses the connection: nothing serves there.", name)) from error
    except (OSError, UnicodeError) as error:
        reason = str(getattr(error, "strerror", None) or error)[:_SHOWN_MOST]
        raise Unavailable(msg("%1 can't be reached: %2.", name, reason)) from error
    # Headers and body are sent one after the other; neither waits until the first was heard.
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if not address.is_secure:
        return plain
    try:
        return _secured(plain, address, pin, seconds)
    except BaseException:
        plain.close()
        raise


def too_slow(name: str) -> Unavailable:
    """Nothing came in time."""
    return Unavailable(msg("%1 does not answer in time. Try again later.", name))


def hung_up(name: str) -> Unavailable:
    """The connection ended too early."""
    return Unavailable(msg("%1 hung up before the end of its answer. Try again.", name))


def _secured(
    plain: socket.socket, address: Address, pin: Pin | None, seconds: float
) -> ssl.SSLSocket:
    name = address.name
    context = _context(pin)
    secured = context.wrap_socket(
        plain, server_hostname=address.host, do_handshake_on_connect=False
    )
    late = Deadline(secured, seconds)
    try:
        with late:
            secured.do_handshake()
    except ssl.SSLCertVerificationError as error:
        secured.close()
        raise _not_trusted(name, error) from error
    except (OSError, ValueError) as error:
        secured.close()
        if late.is_over or isinstance(error, TimeoutError):
            raise too_slow(name) from error
        raise Unavailable(msg("%1 does not speak HTTPS. Is it http:// there?", name)) from error
    if pin is not None:
        der = secured.getpeercert(binary_form=True) or b""
        if not pin.is_of(der):
            secured.close()
            raise _other_certificate(name, str(pin), pin.of(der))
    return secured


def _context(pin: Pin | None) -> ssl.SSLContext:
    if pin is None:
        return ssl.create_default_context()
    # The pin stands for the certificate, whoever signed it and whatever names it has.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _other_certificate(name: str, pinned: str, found: str) -> Unavailable:
    return Unavailable(
        msg(
            "%1 has another certificate than the pinned one, and was told nothing. Pinned: %2. "
            "It has: %3. Was it made anew? Compare it with `izzitup certificate show` there.",
            name,
            pinned,
            found,
        )
    )


def _not_trusted(name: str, error: ssl.SSLCertVerificationError) -> Unavailable:
    return Unavailable(
        msg(
            "The certificate of %1 is not trusted (%2). If the board made its own, give the "
            "fingerprint by --pin: `izzitup certificate show` tells it there.",
            name,
            (error.verify_message or "unknown")[:_SHOWN_MOST],
        )
    )

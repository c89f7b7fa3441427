"""Sockets that listen: made, looked at, and why one can't be had."""

from __future__ import annotations

import errno
import ipaddress
import socket

from izzitup_desktop.domain.messages import msg

CAN_NOT_LISTEN = (OSError, UnicodeError, OverflowError)
"""What `bind` raises."""


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 is a free one. Raises `CAN_NOT_LISTEN`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Python would leave the socket open where it refuses these by itself.
    host.encode("idna")
    if not 0 <= port <= 65_535:
        raise OverflowError("a port is a number up to 65535")
    return socket.create_server((host, port), family=family)


def reason_of(error: Exception, host: str, port: int) -> str:
    """Why there can be no socket, in words."""
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EADDRINUSE:
        return msg("Port %1 is taken by another program. Choose another port, or end it.", port)
    if number == errno.EADDRNOTAVAIL:
        return msg("This computer has no address %1. Choose another address.", host)
    if number == errno.EACCES:
        return msg("Port %1 needs more rights. Choose one above 1023.", port)
    # `create_server` makes a plain OSError of a failed look-up; its numbers are below 0.
    if isinstance(error, UnicodeError) or (number is not None and number < 0):
        return msg("%1 is no address of this computer.", repr(host))
    return msg("Can't listen on %1:%2: %3.", host, port, error)


def is_listening(listening: socket.socket) -> bool:
    """Whether the system still has it listen."""
    try:
        return bool(listening.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
    except OSError:
        return False


def address_is_here(host: str) -> bool:
    """Whether a socket could be bound to the address: interfaces come and go.

    Of a name nothing is said: looking it up may take long.
    """
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return True
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((host, 0))
    except OSError as error:
        # Any other error, such as having no descriptors left, says nothing about it.
        return error.errno != errno.EADDRNOTAVAIL
    return True

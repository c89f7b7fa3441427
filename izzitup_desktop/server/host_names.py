"""Whose `Host` and `Origin` are ours (RFC 9110, 7.2; RFC 6454).

A name that points here can be anybody's (DNS rebinding), so only IP literals,
`localhost`, this machine's names and configured ones are ours.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable

_HOST = re.compile(
    r"(?P<name>\[[0-9a-fA-F:.]+(?:%(?:25)?[\w.]+)?\]|[^\[\]:@/?#\s]+)(?::(?P<port>\d{1,5}))?"
)


class HostNames:
    """The names under which this server may be asked, at one port by one scheme."""

    def __init__(self, port: int, configured: Iterable[str] = (), scheme: str = "http") -> None:
        self._port = port
        self._scheme = scheme
        own = {"localhost", *machine_names()}
        self._names = {_plain(name) for name in (*own, *configured)}
        self._last_ours: str | None = None

    def is_ours(self, host: str) -> bool:
        """Whether a Host header's value names this server; a port must be ours."""
        if host == self._last_ours:
            return True
        if self._names_us(host):
            self._last_ours = host
            return True
        return False

    def _names_us(self, host: str) -> bool:
        found = _HOST.fullmatch(host)
        if found is None or len(host) > 255:
            return False
        if found["port"] is not None and int(found["port"]) != self._port:
            return False
        name = found["name"]
        return _is_address(name) or _plain(name) in self._names

    def is_same_origin(self, origin: str, host: str) -> bool:
        """Whether a page of this very server sent the request to `host`, ours."""
        return origin.lower() == f"{self._scheme}://{host.lower()}"


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name[1:-1] if name.startswith("[") else name)
    except ValueError:
        return False
    return True


def _plain(name: str) -> str:
    return name.lower().removesuffix(".")


def machine_names() -> set[str]:
    """What this computer calls itself, on the network too."""
    # No look-up on the network: only what the machine itself is called.
    name = socket.gethostname()
    short = name.partition(".")[0]
    return {name, short, f"{short}.local"} - {""}

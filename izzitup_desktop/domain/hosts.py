"""Addresses to listen on: one IP address, or a name, and nothing that means more."""

from __future__ import annotations

import ipaddress
import re

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.messages import msg

HOST_MOST = 253

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.IGNORECASE)
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)


def checked_host(text: str) -> str:
    """`text` trimmed, an IP address or a host's name. Raises `Invalid` (field `host`).

    Numbers that only the system's resolver takes for an address are refused: it
    reads `0` and `0.0` as every network that the computer is on.
    """
    host = text.strip()
    if not host:
        raise Invalid("host", msg("must not be empty"))
    if _is_address(host):
        return host
    try:
        name = host.encode("idna").decode("ascii")
    except UnicodeError:
        name = ""
    labels = name.removesuffix(".").split(".")
    if (
        len(name) > HOST_MOST
        or not all(_LABEL.fullmatch(label) for label in labels)
        or _NUMBER.fullmatch(labels[-1])
    ):
        raise Invalid("host", msg("must be an address such as 127.0.0.1, or a host's name"))
    return host


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return host.isascii()

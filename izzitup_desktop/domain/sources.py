"""Where a request comes from, as far as one person can be told from another."""

from __future__ import annotations

import functools
import ipaddress

CONSOLE = "console"
"""The window of this computer: no address."""

LOOPBACK = "loopback"
"""All addresses by which this computer reaches itself: any of its users has them all."""


@functools.lru_cache(maxsize=256)
def network_of(source: str) -> str:
    """What stands for an address: itself, or the IPv6 /64, all of which one person has.

    An IPv4 address counts as such however it is written, a zone does not count, and
    this computer's own loopback addresses are one. What is no address stands for itself.
    """
    try:
        address = ipaddress.ip_address(source.partition("%")[0])
    except ValueError:
        return source
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if address.is_loopback:
        return LOOPBACK
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.ip_network((int(address), 64), strict=False))

"""Under which address scripts reach this computer."""

from __future__ import annotations

import ipaddress
import socket


def shown_host(host: str) -> str:
    """What scripts on the LAN may type: an address of ours where all are served."""
    if host == "0.0.0.0":  # noqa: S104 (compared, not bound)
        return lan_address() or "127.0.0.1"
    if host == "::":
        return lan_address() or "[::1]"
    return f"[{host}]" if ":" in host else host


def lan_address() -> str:
    """This computer's IPv4 address towards other networks, "" where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Choosing a route sends nothing; the address is reserved for documentation.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        address = str(probe.getsockname()[0])
    return "" if ipaddress.ip_address(address).is_loopback else address

"""Under which addresses scripts reach this computer."""

from __future__ import annotations

import ipaddress
import socket

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


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


def addresses_here() -> tuple[Address, ...]:
    """Every address of this computer, the loopback ones first.

    A link-local one of IPv6, which means nothing without its interface, is none.
    """
    import ifaddr  # who serves plainly and to this computer alone asks for none

    found: dict[Address, None] = {
        ipaddress.IPv4Address("127.0.0.1"): None,
        ipaddress.IPv6Address("::1"): None,
    }
    for adapter in ifaddr.get_adapters():
        for entry in adapter.ips:
            text = entry.ip if isinstance(entry.ip, str) else entry.ip[0]
            address = ipaddress.ip_address(text)
            if not (address.version == 6 and address.is_link_local):
                found[address] = None
    return tuple(found)


def reachable_addresses(host: str) -> tuple[str, ...]:
    """The addresses by which others reach what listens on `host`; none for loopback."""
    try:
        listened = ipaddress.ip_address(host)
    except ValueError:
        try:
            listened = ipaddress.ip_address(socket.gethostbyname(host))
        except (OSError, UnicodeError):
            return ()
    found = addresses_here() if listened.is_unspecified else (listened,)
    return tuple(
        str(address)
        for address in found
        if address.version == listened.version and not address.is_loopback
    )

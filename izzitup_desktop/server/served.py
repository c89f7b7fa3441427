"""Under which addresses the API answers: what to type on this computer, and on others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from izzitup_desktop.server.host_names import machine_names
from izzitup_desktop.server.lan import reachable_addresses
from izzitup_desktop.server.state import ServerKind, ServerState

_ALL = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (compared, not bound)
"""What stands for all addresses, and the one of them for this computer alone."""


class Reach(Enum):
    """From where an address works."""

    HERE = "here"
    NETWORK = "network"
    NAME = "name"
    """Where a name server, or mDNS, knows the name."""


@dataclass(frozen=True, slots=True)
class Served:
    """One address; `url` is what is typed, without a path."""

    url: str
    reach: Reach

    @property
    def is_encrypted(self) -> bool:
        """Whether it is HTTPS."""
        return self.url.startswith("https:")


def served(state: ServerState, names: Sequence[str]) -> tuple[Served, ...]:
    """All addresses of a server in this state, those for others first. Asks the system.

    `names` are further ones of this computer that requests may name.
    """
    if state.kind is not ServerKind.SERVING:
        return ()
    found = []
    for scheme, port in _ports(state):
        for host, reach in _hosts(state.host, names):
            shown = f"[{host}]" if ":" in host else host
            found.append(Served(f"{scheme}://{shown}:{port}", reach))
    return tuple(found)


def _ports(state: ServerState) -> list[tuple[str, int]]:
    found = []
    if state.secure_url:
        found.append(("https", state.secure_port))
    if state.url.startswith("http:"):
        found.append(("http", state.port))
    return found


def _hosts(host: str, names: Sequence[str]) -> list[tuple[str, Reach]]:
    others = reachable_addresses(host)
    if not others:
        return [(host or "127.0.0.1", Reach.HERE)]
    found = [(address, Reach.NETWORK) for address in others]
    known = dict.fromkeys((*names, *sorted(machine_names(), key=len)))
    found += [(name, Reach.NAME) for name in known]
    if host in _ALL:
        found.append((_ALL[host], Reach.HERE))
    return found

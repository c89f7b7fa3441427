"""Who may have a connection: so many in all, so many a network, some kept in reserve.

A network is one address, or an IPv6 /64; this computer itself is one, too. Nobody who
has asked for something is sent away for somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Protocol

from izzitup_desktop.domain.sources import LOOPBACK
from izzitup_desktop.server.limits import Limits


class Guest(Protocol):
    """A connection, as far as admitting goes."""

    @property
    def network(self) -> str:
        """Where it comes from (`domain.sources.network_of`)."""
        ...

    @property
    def is_idle(self) -> bool:
        """Whether it has had its answer, and has asked for nothing since."""
        ...

    @property
    def is_late(self) -> bool:
        """Whether it has owed us the rest of a request for too long to be kept."""
        ...

    def waiting_seconds(self) -> float | None:
        """For how long it has owed us a request; None: it has asked."""
        ...

    def send_away(self) -> None:
        """Close it."""
        ...


class NoRoom(Enum):
    """Why somebody can't have a stream."""

    IN_ALL = "in all"
    OF_NETWORK = "of network"


class Admission:
    """The guests that are there, in the order in which they came.

    Who listens to a stream is no guest any more: streams are counted by themselves, so
    that no number of them takes a script's connection.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._of: dict[str, dict[Guest, None]] = {}
        self._streams: dict[str, set[Guest]] = {}

    @property
    def streams(self) -> int:
        """How many listen to streams."""
        return sum(map(len, self._streams.values()))

    def __len__(self) -> int:
        return sum(map(len, self._of.values()))

    def admit(self, guest: Guest) -> bool:
        """Let `guest` in, if need be in the place of who asks for nothing."""
        limits, mine = self._limits, self._of.get(guest.network, {})
        is_local = guest.network == LOOPBACK
        if not is_local and len(mine) >= limits.connections_a_network:
            # Whoever never asked for anything has its deadline; a whole /64 is one network.
            idle = [other for other in mine if other.is_idle]
            if not self._send_away(_longest(idle)):
                return False
        of_kind = [network for network in self._of if (network == LOOPBACK) is is_local]
        count = sum(len(self._of[network]) for network in of_kind)
        if count >= limits.connections - limits.connections_reserved:
            if not self._make_room(of_kind):
                return False
        elif len(self) >= limits.connections and not self._make_room(self._of):
            return False
        self._of.setdefault(guest.network, {})[guest] = None
        return True

    def begin_stream(self, guest: Guest) -> NoRoom | None:
        """Have `guest` listen for long, in another's place; None, or why it can't."""
        limits, network = self._limits, guest.network
        if self.streams >= limits.streams:
            return NoRoom.IN_ALL
        listening = len(self._streams.get(network, ()))
        if network != LOOPBACK and listening >= limits.streams_a_network:
            return NoRoom.OF_NETWORK
        self.leave(guest)
        self._streams.setdefault(network, set()).add(guest)
        return None

    def leave(self, guest: Guest) -> None:
        """`guest` is gone. May be called twice, and for who never was let in."""
        listening = self._streams.get(guest.network)
        if listening is not None:
            listening.discard(guest)
            if not listening:
                del self._streams[guest.network]
        mine = self._of.get(guest.network)
        if mine is not None and mine.pop(guest, self) is None and not mine:
            del self._of[guest.network]

    def _make_room(self, networks: Iterable[str]) -> bool:
        """Send somebody away: of the busiest network who has asked for nothing longest."""
        for network in sorted(networks, key=lambda name: -len(self._of[name])):
            guests = self._of[network]
            idle = [guest for guest in guests if guest.is_idle]
            late = [guest for guest in guests if guest.is_late]
            if self._send_away(_longest(idle) or _longest(late)):
                return True
        return False

    def _send_away(self, guest: Guest | None) -> bool:
        if guest is None:
            return False
        self.leave(guest)
        guest.send_away()
        return True


def _longest(guests: Iterable[Guest]) -> Guest | None:
    """Who has waited longest."""
    return max(guests, key=lambda guest: guest.waiting_seconds() or 0.0, default=None)

"""The limits of what a client may send, and how long it may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Connections, bytes and seconds (reliability B8, C1 rows 16 to 21)."""

    connections: int = 200
    connections_an_address: int = 20
    connections_kept_from_loopback: int = 20
    header_seconds: float = 10.0
    body_seconds: float = 15.0
    answer_seconds: float = 30.0
    idle_seconds: int = 20
    header_bytes: int = 16 * 1024
    headers: int = 64
    target_bytes: int = 2_048
    body_bytes: int = 64 * 1024

    def connections_of(self, *, loopback: bool) -> int:
        """How many connections one address may have."""
        if loopback:
            return self.connections - self.connections_kept_from_loopback
        return self.connections_an_address

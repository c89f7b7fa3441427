"""How long those who wait for others' changes wait before they look again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pauses:
    """What the feed and its listener wait at most."""

    poll_seconds: float = 0.1
    """For another process's commit (SQLite)."""
    listen_seconds: float = 0.5
    """For what other desks tell (PostgreSQL)."""
    probe_seconds: float = 5.0
    """Until the connection that listens is asked whether it still is one (PostgreSQL)."""
    retry_seconds: float = 1.0
    """After something failed."""


PAUSES = Pauses()

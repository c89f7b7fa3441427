"""Expiries: a status that somebody set for a time only, and what follows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

UNTIL_MOST = timedelta(days=366)
"""A status may be set for this long at most."""


@dataclass(frozen=True, slots=True)
class Expiry:
    """When a status ends: `until` (aware), and the status that follows.

    Where `then` is None somebody is asked instead, once; `asked` says that it was done.
    """

    until: datetime
    then: int | None = None
    asked: bool = False

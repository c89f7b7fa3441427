"""Proposals: the status that a script would have set, had nobody held the old one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """Which status the script `by` would have set, and when (aware)."""

    status_id: int
    by: str
    time: datetime

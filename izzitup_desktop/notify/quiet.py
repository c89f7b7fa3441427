"""When nothing is told: switched off, muted for a while, or in the quiet hours."""

from __future__ import annotations

from datetime import datetime, time
from typing import Protocol


class QuietRules(Protocol):
    """What of the settings says when to tell nothing."""

    @property
    def notifications(self) -> bool: ...
    @property
    def muted_until(self) -> datetime | None: ...
    @property
    def quiet_from(self) -> str: ...
    @property
    def quiet_until(self) -> str: ...


def is_muted(rules: QuietRules, now: datetime) -> bool:
    """Whether nothing is told at `now`, by these rules."""
    if not rules.notifications or (rules.muted_until is not None and now < rules.muted_until):
        return True
    return is_quiet(now.astimezone().time(), rules.quiet_from, rules.quiet_until)


def is_quiet(now: time, begin: str, end: str) -> bool:
    """Whether `now` (local) is in the hours from `begin` to `end` ("22:00").

    They may go over midnight. Without a begin or an end there are none, and none
    where both are the same.
    """
    if not (begin and end):
        return False
    first, last = time.fromisoformat(begin), time.fromisoformat(end)
    if first <= last:
        return first <= now < last
    return now >= first or now < last

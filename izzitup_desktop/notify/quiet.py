"""Quiet hours: times of day in which nothing is told."""

from __future__ import annotations

from datetime import time


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

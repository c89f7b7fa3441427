"""Times and durations as people of a language write them, in the local zone."""

from __future__ import annotations

from datetime import datetime

from izzitup_desktop.domain.messages import Message, msg
from izzitup_desktop.text.languages import ENGLISH

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def exactly(language: str, time: datetime) -> str:
    """The local time to the second, with its zone.

    English has the day as 2026-01-31, which no English reader takes for another.
    """
    day = "%Y-%m-%d" if language == ENGLISH else "%d.%m.%Y"
    return time.astimezone().strftime(f"{day} %H:%M:%S %Z")


def ago(time: datetime, now: datetime) -> Message:
    """How long before `now` it was, in the largest unit that fits."""
    seconds = int((now - time).total_seconds())
    return msg("just now") if seconds < _MINUTE else _largest(seconds)


def lasting(seconds: float) -> Message:
    """A length of time in its two largest units."""
    whole = int(seconds)
    if whole < _MINUTE:
        return msg("%1 s", whole)
    unit, least = (_HOUR, _MINUTE) if whole < _DAY else (_DAY, _HOUR)
    rest = whole % unit
    if whole < _HOUR or rest < least:
        return _largest(whole)
    return msg("%1 %2", _largest(whole), _largest(rest))


def _largest(seconds: int) -> Message:
    if seconds < _HOUR:
        return msg("%1 min", seconds // _MINUTE)
    if seconds < _DAY:
        return msg("%1 h", seconds // _HOUR)
    return msg("%1 d", seconds // _DAY)

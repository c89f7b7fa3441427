"""Times and durations as people of a language write them, in the local zone."""

from __future__ import annotations

from datetime import date, datetime

from izzitup_desktop.domain.messages import Message, msg
from izzitup_desktop.text.languages import ENGLISH

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400

_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_GERMAN_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
    "Oktober", "November", "Dezember",
)  # fmt: skip
_GERMAN_SHORT = (
    "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.",
)  # fmt: skip


def exactly(language: str, time: datetime) -> str:
    """The local time to the second, with its zone.

    English has the day as 2026-01-31, which no English reader takes for another.
    """
    day = "%Y-%m-%d" if language == ENGLISH else "%d.%m.%Y"
    return time.astimezone().strftime(f"{day} %H:%M:%S %Z")


def to_minute(language: str, time: datetime) -> str:
    """The local time as prose has it, with its zone: "27 Nov 2026, 22:30 CET"."""
    local = time.astimezone()
    return f"{day(language, local)}, {local.strftime('%H:%M %Z')}"


def day(language: str, date_: date) -> str:
    """A day as prose has it: "27 Nov 2026"."""
    return f"{short_day(language, date_)} {date_.year}"


def short_day(language: str, date_: date) -> str:
    """A day of a year that is known: "27 Nov"."""
    if language == ENGLISH:
        return f"{date_.day} {_ENGLISH_MONTHS[date_.month - 1][:3]}"
    return f"{date_.day}. {_GERMAN_SHORT[date_.month - 1]}"


def month(language: str, date_: date) -> str:
    """The month of a day: "November 2026"."""
    names = _ENGLISH_MONTHS if language == ENGLISH else _GERMAN_MONTHS
    return f"{names[date_.month - 1]} {date_.year}"


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

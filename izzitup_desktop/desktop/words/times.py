"""Times on the screen: how long ago, how long, and when exactly with the zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDate, QLocale

from izzitup_desktop.desktop.words.texts import translated
from izzitup_desktop.text import times
from izzitup_desktop.text.languages import ENGLISH, LANGUAGES

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def language_shown() -> str:
    """The language that times are written in: the window's, as the command line writes them."""
    shown = QLocale().name().partition("_")[0]
    return shown if shown in LANGUAGES else ENGLISH


def ago(time: datetime, now: datetime) -> str:
    """How long before `now` it was, in the largest unit that fits."""
    return translated(times.ago(time, now))


def lasting(seconds: float) -> str:
    """A length of time in its two largest units."""
    return translated(times.lasting(seconds))


def exactly(time: datetime) -> str:
    """The local time to the second, with the zone's name."""
    return times.exactly(language_shown(), time)


def long_and_exactly(time: datetime) -> str:
    """`exactly`, with the day of the week: a time ahead that somebody is to recognise."""
    day = QLocale().dayName(local_day(time).dayOfWeek(), QLocale.FormatType.ShortFormat)
    return f"{day} {exactly(time)}"


def in_short(time: datetime) -> str:
    """The local time to the second, for columns."""
    return times.in_short(language_shown(), time)


def date_of(time: datetime, form: str = "") -> str:
    """The local date of `time`, or in Qt's `form` ("MMM d")."""
    if form:
        return QLocale().toString(local_day(time), form)
    return times.day(language_shown(), time)


def local_day(time: datetime) -> QDate:
    """The day that `time` is on in the local zone."""
    local = time.astimezone()
    return QDate(local.year, local.month, local.day)


def local_time(day: QDate, hour: int = 0) -> datetime:
    """The UTC time at which `day` begins in the local zone, or a later full hour of it.

    Two of them are not always 24 hours apart: clocks are set forward and back.
    """
    return datetime(day.year(), day.month(), day.day(), hour).astimezone(UTC)


def from_microseconds(microseconds: int) -> datetime:
    """The aware UTC time so many microseconds after 1970."""
    return _EPOCH + timedelta(microseconds=microseconds)

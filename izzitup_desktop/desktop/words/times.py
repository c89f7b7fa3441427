"""Times on the screen: how long ago, how long, and when exactly with the zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime

from izzitup_desktop.desktop.words.texts import translated
from izzitup_desktop.text import times

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def ago(time: datetime, now: datetime) -> str:
    """How long before `now` it was, in the largest unit that fits."""
    return translated(times.ago(time, now))


def lasting(seconds: float) -> str:
    """A length of time in its two largest units."""
    return translated(times.lasting(seconds))


def exactly(time: datetime) -> str:
    """The time in the user's locale and zone to the second, with the zone's name."""
    local = QDateTime.fromSecsSinceEpoch(int(time.timestamp()))
    return f"{in_short(time)} {local.timeZoneAbbreviation()}"


def long_and_exactly(time: datetime) -> str:
    """`exactly`, with the day of the week: a time ahead that somebody is to recognise."""
    day = QLocale().dayName(local_day(time).dayOfWeek(), QLocale.FormatType.ShortFormat)
    return f"{day} {exactly(time)}"


def in_short(time: datetime) -> str:
    """The time in the user's locale and zone to the second, for columns."""
    return f"{date_of(time)} {clock(time, seconds=True)}"


def clock(time: datetime, *, seconds: bool = False) -> str:
    """The time of day as the user's locale writes it, with seconds or without."""
    local = time.astimezone()
    short = QLocale().timeFormat(QLocale.FormatType.ShortFormat).replace(":ss", "")
    form = short.replace("mm", "mm:ss") if seconds else short
    return QLocale().toString(QTime(local.hour, local.minute, local.second), form)


def date_of(time: datetime, form: str = "") -> str:
    """The local date of `time` in the user's locale, or in Qt's `form` ("MMM d")."""
    day = local_day(time)
    if form:
        return QLocale().toString(day, form)
    return QLocale().toString(day, QLocale.FormatType.ShortFormat)


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

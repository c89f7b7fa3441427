"""Times on the screen: how long ago, and when exactly with the zone."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def ago(time: datetime, now: datetime) -> str:
    """How long before `now` it was, in the largest unit that fits."""
    seconds = (now - time).total_seconds()
    if seconds < _MINUTE:
        return QCoreApplication.translate("times", "just now")
    if seconds < _HOUR:
        return _with(QCoreApplication.translate("times", "%1 min"), seconds // _MINUTE)
    if seconds < _DAY:
        return _with(QCoreApplication.translate("times", "%1 h"), seconds // _HOUR)
    return _with(QCoreApplication.translate("times", "%1 d"), seconds // _DAY)


def exactly(time: datetime) -> str:
    """The time in the user's locale and zone, with the zone's name."""
    local = QDateTime.fromSecsSinceEpoch(int(time.timestamp()))
    shown = QLocale().toString(local, QLocale.FormatType.ShortFormat)
    return f"{shown} {local.timeZoneAbbreviation()}"


def _with(text: str, number: float) -> str:
    return text.replace("%1", QLocale().toString(int(number)))

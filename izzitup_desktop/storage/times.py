"""Times as stored: whole microseconds since 1970-01-01 in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from izzitup_desktop.domain.rules import YEAR_LEAST, YEAR_MOST

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
LEAST = (datetime(YEAR_LEAST, 1, 1, tzinfo=UTC) - _EPOCH) // _MICROSECOND
MOST = (datetime(YEAR_MOST, 1, 1, tzinfo=UTC) - _EPOCH) // _MICROSECOND
"""The first time that is stored, and one that never is."""


def to_stored(time: datetime) -> int:
    """An aware `time` as whole microseconds since 1970 in UTC."""
    return (time - _EPOCH) // _MICROSECOND


def from_stored(microseconds: int) -> datetime:
    """The aware UTC time of a stored number."""
    return _EPOCH + timedelta(microseconds=microseconds)


def now() -> datetime:
    """The wall clock, aware, in UTC."""
    return datetime.now(UTC)

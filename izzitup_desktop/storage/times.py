"""Times as stored: whole microseconds since 1970-01-01 in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_stored(time: datetime) -> int:
    """An aware `time` as whole microseconds since 1970 in UTC."""
    return (time - _EPOCH) // _MICROSECOND


def from_stored(microseconds: int) -> datetime:
    """The aware UTC time of a stored number."""
    return _EPOCH + timedelta(microseconds=microseconds)


def now() -> datetime:
    """The wall clock, aware, in UTC."""
    return datetime.now(UTC)

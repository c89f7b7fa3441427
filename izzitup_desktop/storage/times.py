"""Times as stored: whole microseconds since 1970-01-01 in UTC; and how long one waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from operator import le

from izzitup_desktop.domain.clock import SYSTEM_CLOCK
from izzitup_desktop.domain.field_rules import YEAR_LEAST, YEAR_MOST

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
LEAST = (datetime(YEAR_LEAST, 1, 1, tzinfo=UTC) - _EPOCH) // _MICROSECOND
MOST = (datetime(YEAR_MOST, 1, 1, tzinfo=UTC) - _EPOCH) // _MICROSECOND
"""The first time that is stored, and one that never is."""


def to_stored(moment: datetime) -> int:
    """An aware `moment` as whole microseconds since 1970 in UTC."""
    return (moment - _EPOCH) // _MICROSECOND


def from_stored(microseconds: int) -> datetime:
    """The aware UTC time of a stored number."""
    return _EPOCH + timedelta(microseconds=microseconds)


def assert_in_order(begin: int, end: int | None) -> None:
    """Raise ValueError unless these are times of a board, the end not before the begin."""
    if not LEAST <= begin < MOST or not (end is None or begin <= end < MOST):
        raise ValueError(f"{begin} to {end} is no time of a board")


def are_in_order(begins: Sequence[int], ends: Sequence[int]) -> bool:
    """Whether `assert_in_order` would take each begin with its end."""
    return not begins or (min(begins) >= LEAST and max(ends) < MOST and all(map(le, begins, ends)))


def elapsed() -> float:
    """Seconds since some moment, those slept through among them.

    For what waits for a file's lock or a socket: no clock that is handed in moves these.
    """
    return SYSTEM_CLOCK.elapsed()

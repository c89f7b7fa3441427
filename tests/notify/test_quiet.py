"""When nothing is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, strategies as st

from izzitup_desktop.notify.quiet import is_muted, is_quiet

MINUTES = st.integers(0, 24 * 60 - 1)


def at(minute: int) -> time:
    return time(minute // 60, minute % 60)


def written(minute: int) -> str:
    return f"{at(minute):%H:%M}"


@given(MINUTES, MINUTES, MINUTES)
def test_it_is_quiet_in_the_minutes_one_walks_through_from_the_begin_to_the_end(
    now: int, begin: int, end: int
) -> None:
    minutes, here = set(), begin
    while here != end:
        minutes.add(here)
        here = (here + 1) % (24 * 60)
    assert is_quiet(at(now), written(begin), written(end)) is (now in minutes)


@given(MINUTES, MINUTES, MINUTES)
def test_turned_round_the_other_minutes_are_quiet(now: int, begin: int, end: int) -> None:
    there = is_quiet(at(now), written(begin), written(end))
    back = is_quiet(at(now), written(end), written(begin))
    assert there is not back or begin == end


@given(MINUTES, st.sampled_from([("", ""), ("22:00", ""), ("", "06:00"), ("08:00", "08:00")]))
def test_without_a_begin_an_end_or_a_length_it_is_never_quiet(
    now: int, hours: tuple[str, str]
) -> None:
    assert not is_quiet(at(now), *hours)


@pytest.mark.parametrize(
    ("now", "quiet"),
    [
        (time(21, 59, 59), False),
        (time(22), True),
        (time(0), True),
        (time(6, 29, 59, 999_999), True),
        (time(6, 30), False),
    ],
)
def test_the_begin_is_quiet_and_the_end_is_not_also_over_midnight(now: time, quiet: bool) -> None:
    assert is_quiet(now, "22:00", "06:30") is quiet


NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Rules:
    notifications: bool = True
    muted_until: datetime | None = None
    quiet_from: str = ""
    quiet_until: str = ""


def hours_around(now: datetime) -> Rules:
    local = now.astimezone()
    begin, end = (local + timedelta(hours=hours) for hours in (-1, 1))
    return Rules(quiet_from=f"{begin:%H:%M}", quiet_until=f"{end:%H:%M}")


@pytest.mark.parametrize(
    ("rules", "muted"),
    [
        (Rules(), False),
        (Rules(notifications=False), True),
        (Rules(muted_until=NOW + timedelta(microseconds=1)), True),
        (Rules(muted_until=NOW), False),
        (hours_around(NOW), True),
        (hours_around(NOW + timedelta(hours=6)), False),
    ],
)
def test_switched_off_muted_until_later_or_in_quiet_hours_nothing_is_told(
    rules: Rules, muted: bool
) -> None:
    assert is_muted(rules, NOW) is muted

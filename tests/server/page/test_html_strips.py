"""Strips: their paths give back every day, in at most five pieces."""

from __future__ import annotations

import re
from datetime import date, timedelta

from hypothesis import given, strategies as st

from izzitup_desktop.domain.days import uptime
from izzitup_desktop.domain.public_board import Day
from izzitup_desktop.server.page.html.strips import (
    MIDDLES,
    bad_days,
    known_days,
    paths,
    runs,
)
from tests.made_public_boards import DAY, IMPAIRED, MINUTE, OPERATIONAL, OUTAGE, days

STATUSES = st.sampled_from([0, 5, 6, 7, 8])
PART = re.compile(r"(?:M(\d+) (\d+)|m(\d+) 0)h(\d+)")


def drawn(worst: list[int]) -> list[int]:
    """The statuses that somebody sees who follows the paths; -1 where nothing is."""
    seen = [-1] * len(worst)
    for status_id, d in paths(runs([Day(one, known=1) for one in worst])):
        assert "".join(found.group() for found in PART.finditer(d)) == d
        place = 0
        for found in PART.finditer(d):
            begin, middle, skipped, length = found.groups()
            place = int(begin) if begin else place + int(skipped)
            if middle:
                assert int(middle) == MIDDLES[status_id]
            for at in range(place, place + int(length)):
                assert seen[at] == -1
                seen[at] = status_id
            place += int(length)
    return seen


@given(st.lists(STATUSES, max_size=120))
def test_the_paths_show_each_day_once_as_what_it_was(worst: list[int]) -> None:
    assert drawn(worst) == worst
    assert len(paths(runs([Day(one) for one in worst]))) <= 5


def test_a_season_without_disruption_is_a_single_stroke() -> None:
    assert paths(runs(days(90))) == [(OPERATIONAL, "M0 10h90")]


def test_bad_days_are_told_newest_first_with_how_long_the_worst_lasted() -> None:
    bad = {3: Day(OUTAGE, 14 * MINUTE, 5 * MINUTE, DAY), 1: Day(IMPAIRED, 0, 2 * MINUTE, DAY)}
    today = date(2026, 11, 27)
    dates = [today - timedelta(days=back) for back in range(89, -1, -1)]
    found = [(one.date, one.worst, one.length) for one in bad_days(days(bad=bad), dates)]
    assert found == [
        (date(2026, 11, 26), IMPAIRED, 120), (date(2026, 11, 24), OUTAGE, 840),
    ]  # fmt: skip


def test_uptime_is_of_the_time_that_is_known() -> None:
    assert uptime([Day(), Day(OUTAGE, DAY // 4, 0, DAY // 2)]) == 0.5
    assert uptime([Day(), Day()]) is None
    assert uptime([]) is None


def test_days_are_counted_from_the_first_of_which_anything_is_known() -> None:
    assert known_days([Day(), Day(known=1), Day(), Day(known=1)]) == 3
    assert known_days([Day()]) == 0

"""Days of the local zone, also those on which clocks are set forward and back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.uptime_bars import day_bounds
from izzitup_desktop.desktop.history.panel import HistoryPanel
from izzitup_desktop.desktop.history.timeline import Timeline
from izzitup_desktop.desktop.notifications.tray import tomorrow
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.desktop.words.times import clock, exactly, in_short, local_day, local_time
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.uptime import Span
from izzitup_desktop.storage.times import to_stored

pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone can't be changed")

SET_BACK = QDate(2026, 10, 25)
SET_FORWARD = QDate(2026, 3, 29)


@pytest.fixture(autouse=True)
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Central European time, by its rule: no machine lacks it."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
        time.tzset()
        yield
    time.tzset()


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


def strip_of(theme: Theme, begin: datetime, end: datetime) -> Timeline:
    strip = Timeline(theme)
    strip.show_spans((Span(StatusId.OPERATIONAL, to_stored(begin), to_stored(end)),))
    return strip


def test_a_day_begins_at_its_own_midnight() -> None:
    assert local_time(SET_BACK) == utc(2026, 10, 24, 22)
    assert local_time(SET_BACK.addDays(1)) == utc(2026, 10, 25, 23)
    assert local_time(SET_FORWARD, 7) == utc(2026, 3, 29, 5)
    assert local_day(utc(2026, 10, 24, 22)) == SET_BACK
    assert local_day(utc(2026, 10, 24, 21)) == SET_BACK.addDays(-1)


def test_the_days_of_a_row_are_bounded_by_midnights() -> None:
    bounds = day_bounds(utc(2026, 10, 26, 12), 3)
    assert bounds[:3] == [utc(2026, 10, 23, 22), utc(2026, 10, 24, 22), utc(2026, 10, 25, 23)]


def test_muted_until_tomorrow_is_until_seven_by_the_clock() -> None:
    assert tomorrow(utc(2026, 10, 24, 12)) == utc(2026, 10, 25, 6)
    assert tomorrow(utc(2026, 3, 28, 12)) == utc(2026, 3, 29, 5)


def test_the_strip_marks_each_week_with_its_own_day(qapp: QApplication, qtbot: QtBot) -> None:
    strip = strip_of(Theme(qapp), utc(2026, 10, 12, 8), utc(2026, 11, 11, 8))
    qtbot.addWidget(strip)
    marks = list(strip.marks())
    assert [time.astimezone().hour for time, _ in marks] == [0] * 5
    assert [text for _, text in marks] == ["Oct 12", "Oct 19", "Oct 26", "Nov 2", "Nov 9"]


def test_the_strip_of_a_day_is_marked_by_hours_that_clocks_show(
    qapp: QApplication, qtbot: QtBot
) -> None:
    strip = strip_of(Theme(qapp), local_time(SET_BACK), local_time(SET_BACK.addDays(1)))
    qtbot.addWidget(strip)
    assert [text for _, text in strip.marks()] == ["00:00", "06:00", "12:00", "18:00"]


@pytest.mark.parametrize(("day", "hours"), [(QDate(2025, 10, 26), 25), (SET_FORWARD, 23)])
def test_a_day_looked_at_is_as_long_as_it_was(
    qapp: QApplication, qtbot: QtBot, day: QDate, hours: int
) -> None:
    panel = HistoryPanel(Theme(qapp), lambda *_: None)
    qtbot.addWidget(panel)
    panel.look_at(day)
    begin, end = panel.window_shown()
    assert begin == local_time(day)
    assert end - begin == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("locale", "day_and_time", "clock_alone"),
    [
        ("en_US", "10/24/26 6:21:05\u202fPM", "6:21\u202fPM"),
        ("en_GB", "24/10/2026 18:21:05", "18:21"),
        ("de_DE", "24.10.26 18:21:05", "18:21"),
    ],
)
def test_a_time_is_written_in_one_way_everywhere_with_its_seconds(
    locale: str, day_and_time: str, clock_alone: str
) -> None:
    time = utc(2026, 10, 24, 16, 21, 5)
    before = QLocale()
    QLocale.setDefault(QLocale(locale))
    try:
        assert in_short(time) == day_and_time
        assert exactly(time) == f"{day_and_time} CEST"
        assert clock(time) == clock_alone
    finally:
        QLocale.setDefault(before)

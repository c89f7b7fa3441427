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
from izzitup_desktop.desktop.words.times import date_of, exactly, in_short, local_day, local_time
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


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        ("en_US", "2026-10-24 22:05:09"),
        ("C", "2026-10-24 22:05:09"),
        ("de_DE", "24.10.2026 22:05:09"),
    ],
)
def test_a_time_has_its_seconds_and_one_format_in_columns_tooltips_and_days(
    locale: str, shown: str
) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(locale))
    try:
        time = utc(2026, 10, 24, 20, 5, 9)
        assert in_short(time) == shown
        assert exactly(time) == f"{shown} CEST"
        assert date_of(time) == shown.partition(" ")[0]
    finally:
        QLocale.setDefault(before)


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

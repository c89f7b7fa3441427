from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given, strategies as st

from izzitup_desktop.domain.days import NO_DAY, Day, dates_until, days_of, midnight
from izzitup_desktop.domain.uptime import Span, spans, totals, worst_of_each
from tests.domain.test_uptime import histories, watches


def test_a_span_over_several_days_counts_on_each_of_them() -> None:
    found = (Span(5, 0, 15), Span(7, 15, 25), Span(0, 25, 40))
    assert days_of(found, [0, 10, 20, 30, 40]) == [
        Day(5, 0, 0, 10), Day(7, 5, 0, 10), Day(7, 5, 0, 5), NO_DAY,
    ]  # fmt: skip


def test_closed_is_no_known_time() -> None:
    assert days_of((Span(8, 0, 10),), [0, 10]) == [Day(8, 0, 0, 0)]


@given(histories(), watches, st.lists(st.integers(0, 200), min_size=2, max_size=6, unique=True))
def test_days_agree_with_the_totals_and_the_worst_of_the_same_spans(
    periods: list[object], watched: tuple[tuple[int, int], ...], edges: list[int]
) -> None:
    bounds = sorted(edges)
    found = spans(periods, watched, (bounds[0], bounds[-1]))  # type: ignore[arg-type]
    days = days_of(found, bounds)
    assert tuple(day.worst for day in days) == worst_of_each(found, bounds)
    whole = totals(found)
    assert sum(day.outage for day in days) == whole.outage
    assert sum(day.impaired for day in days) == whole.impaired
    assert sum(day.known for day in days) == whole.known


def test_dates_go_back_from_today() -> None:
    assert dates_until(date(2026, 3, 1), 3) == [
        date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1),
    ]  # fmt: skip


def test_midnight_is_told_in_utc() -> None:
    found = midnight(date(2026, 3, 1))
    assert found.tzinfo is UTC
    assert found.astimezone() == datetime(2026, 3, 1).astimezone()

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, strategies as st

from izzitup_desktop.domain.uptime import (
    UNKNOWN,
    Interval,
    Span,
    StoredPeriod,
    Totals,
    merged,
    spans,
    totals,
    worse,
    worst_of_each,
)

DAY = 86_400_000_000
ALWAYS: tuple[Interval, ...] = ((0, 100),)

statuses = st.sampled_from((5, 6, 7, 8))
times = st.integers(0, 200)


@st.composite
def histories(draw: st.DrawFn) -> list[StoredPeriod]:
    bounds = sorted(draw(st.lists(times, min_size=2, max_size=8)))
    periods = [
        StoredPeriod(draw(statuses), begin, end, draw(st.booleans()))
        for begin, end in pairwise(bounds)
    ]
    if draw(st.booleans()):
        periods.append(StoredPeriod(draw(statuses), bounds[-1], None))
    return periods


overlapping = st.lists(
    st.builds(
        lambda status_id, begin, length: StoredPeriod(
            status_id, begin, None if length is None else begin + length
        ),
        statuses,
        times,
        st.none() | st.integers(0, 60),
    ),
    max_size=8,
)
watches = st.lists(st.tuples(times, times), max_size=6).map(merged)
windows = st.tuples(times, times).map(lambda pair: (min(pair), max(pair) + 1))


def status_at(periods: list[StoredPeriod], watched: tuple[Interval, ...], moment: int) -> int:
    """The slow and plain way: what held at one moment."""
    if not any(begin <= moment < end for begin, end in watched):
        return UNKNOWN
    last = UNKNOWN
    for period in periods:
        last = last if period.mistake else period.status_id
        if period.begin <= moment and (period.end is None or moment < period.end):
            return last
    return UNKNOWN


def statuses_at(periods: list[StoredPeriod], moment: int) -> set[int]:
    """Those that any period says of one moment."""
    return {
        period.status_id
        for period in periods
        if period.begin <= moment and (period.end is None or moment < period.end)
    }


@given(histories(), watches, windows)
def test_spans_fill_the_window_and_say_what_held_at_every_moment(
    periods: list[StoredPeriod], watched: tuple[Interval, ...], window: Interval
) -> None:
    found = spans(periods, watched, window)
    assert (found[0].begin, found[-1].end) == window
    assert all(a.end == b.begin for a, b in pairwise(found))
    assert all(span.length > 0 for span in found)
    by_moment = {m: span.status_id for span in found for m in range(span.begin, span.end)}
    assert by_moment == {m: status_at(periods, watched, m) for m in range(*window)}


@given(overlapping, watches, windows)
def test_periods_of_a_clock_that_was_set_back_fill_the_window_once(
    periods: list[StoredPeriod], watched: tuple[Interval, ...], window: Interval
) -> None:
    found = spans(periods, watched, window)
    assert (found[0].begin, found[-1].end) == window
    assert all(a.end == b.begin and a.status_id != b.status_id for a, b in pairwise(found))
    for span in found:
        assert span.length > 0
        if span.status_id != UNKNOWN:
            assert all(
                span.status_id in statuses_at(periods, moment)
                and any(begin <= moment < end for begin, end in watched)
                for moment in range(span.begin, span.end)
            )


@given(histories(), watches, windows)
def test_totals_add_up_to_the_window(
    periods: list[StoredPeriod], watched: tuple[Interval, ...], window: Interval
) -> None:
    found = totals(spans(periods, watched, window))
    assert found.known + found.unknown == window[1] - window[0]
    assert found.uptime is None or 0 <= found.uptime <= 1


@given(histories(), watches, windows, st.integers(1, 50))
def test_a_bucket_has_the_worst_status_of_its_moments(
    periods: list[StoredPeriod], watched: tuple[Interval, ...], window: Interval, step: int
) -> None:
    bounds = [*range(window[0], window[1], step), window[1]]
    found = worst_of_each(spans(periods, watched, window), bounds)
    for place, worst in enumerate(found):
        expected = UNKNOWN
        for moment in range(bounds[place], bounds[place + 1]):
            expected = worse(expected, status_at(periods, watched, moment))
        # Operational and Closed are equally good.
        assert worst == expected or {worst, expected} == {5, 8}


@given(st.lists(st.tuples(times, times), max_size=10))
def test_merged_intervals_are_apart_and_cover_the_same(intervals: list[Interval]) -> None:
    found = merged(intervals)
    assert all(a[1] < b[0] for a, b in pairwise(found))
    covered = {m for begin, end in intervals for m in range(begin, end)}
    assert {m for begin, end in found for m in range(begin, end)} == covered


def test_time_in_which_nobody_watched_is_neither_up_nor_down() -> None:
    found = spans([StoredPeriod(7, 0, None)], ((0, 20), (60, 100)), (0, 100))
    assert found == (Span(7, 0, 20), Span(UNKNOWN, 20, 60), Span(7, 60, 100))
    assert totals(found) == Totals(outage=60, unknown=40)
    assert totals(found).uptime == 0


def test_a_mistake_counts_as_what_was_before_it() -> None:
    periods = [StoredPeriod(5, 0, 40), StoredPeriod(7, 40, 50, True), StoredPeriod(5, 50, None)]
    assert spans(periods, ALWAYS, (0, 100)) == (Span(5, 0, 100),)


def test_impaired_counts_as_up_and_nothing_known_has_no_uptime() -> None:
    assert Totals(impaired=3, outage=1).uptime == 0.75
    assert Totals(unknown=5).uptime is None

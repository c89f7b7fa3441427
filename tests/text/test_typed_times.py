"""Times as people type them, in either language, also where clocks are set."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.text.typed_times import typed_time

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 27, 10, 30, tzinfo=BERLIN)
"""A Friday."""


def at(text: str, now: datetime = NOW) -> str:
    return f"{typed_time(text, now, zone=BERLIN).astimezone(BERLIN):%a %Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("16:00", "Fri 2026-11-27 16:00"),
        ("16", "Fri 2026-11-27 16:00"),
        ("16.15 Uhr", "Fri 2026-11-27 16:15"),
        ("4pm", "Fri 2026-11-27 16:00"),
        ("12 am", "Sat 2026-11-28 00:00"),
        ("8", "Sat 2026-11-28 08:00"),
        ("um 8:15", "Sat 2026-11-28 08:15"),
        ("+2h", "Fri 2026-11-27 12:30"),
        ("2 h", "Fri 2026-11-27 12:30"),
        ("+90m", "Fri 2026-11-27 12:00"),
        ("1h30", "Fri 2026-11-27 12:00"),
        ("1h 30 min", "Fri 2026-11-27 12:00"),
        ("1,5 Stunden", "Fri 2026-11-27 12:00"),
        ("in 2 Tagen", "Sun 2026-11-29 10:30"),
        ("1 week", "Fri 2026-12-04 10:30"),
        ("tomorrow", "Sat 2026-11-28 08:00"),
        ("tomorrow 8", "Sat 2026-11-28 08:00"),
        ("tomorrow at 9:30", "Sat 2026-11-28 09:30"),
        ("Morgen 8 Uhr", "Sat 2026-11-28 08:00"),
        ("morgen früh", "Sat 2026-11-28 08:00"),
        ("übermorgen mittag", "Sun 2026-11-29 12:00"),
        ("fri 17:30", "Fri 2026-11-27 17:30"),
        ("Freitag 9", "Fri 2026-12-04 09:00"),
        ("am Freitag um 9", "Fri 2026-12-04 09:00"),
        ("Mo", "Mon 2026-11-30 08:00"),
        ("next monday at 7", "Mon 2026-11-30 07:00"),
        ("end of shift", "Fri 2026-11-27 17:00"),
        ("Schichtende", "Fri 2026-11-27 17:00"),
        ("midnight", "Sat 2026-11-28 00:00"),
        ("heute 24:00", "Sat 2026-11-28 00:00"),
        ("tonight", "Fri 2026-11-27 18:00"),
        ("2026-12-01", "Tue 2026-12-01 08:00"),
        ("2026-12-01 07:15", "Tue 2026-12-01 07:15"),
        ("2026-12-01T07:15:00Z", "Tue 2026-12-01 08:15"),
        ("1.12.", "Tue 2026-12-01 08:00"),
        ("1.12.2026 7:15", "Tue 2026-12-01 07:15"),
        ("24. Dez 18:00", "Thu 2026-12-24 18:00"),
        ("Dec 24, 18:00", "Thu 2026-12-24 18:00"),
        ("3 Jan", "Sun 2027-01-03 08:00"),
        ("29.2.", "Tue 2028-02-29 08:00"),
    ],
)
def test_what_people_type_is_the_time_they_mean(text: str, meant: str) -> None:
    assert at(text) == meant


@pytest.mark.parametrize(
    "text",
    ["", "  ", "soon", "25:00", "13pm", "0 pm", "31.2.2026", "8:75", "+", "+2x", "2026-13-01",
     "9" * 200, "fri fri fri 8 8", "+99999999999h", "tomorrow yesterday", "٣ foo"],
)  # fmt: skip
def test_anything_else_is_refused_with_examples(text: str) -> None:
    with pytest.raises(Invalid, match="is no time") as caught:
        typed_time(text, NOW, zone=BERLIN)
    assert caught.value.field == "until"


def test_an_hour_is_an_hour_and_a_day_is_a_day_also_where_clocks_are_set() -> None:
    evening = datetime(2026, 10, 24, 22, 0, tzinfo=BERLIN)
    assert at("+8h", evening) == "Sun 2026-10-25 05:00"
    assert at("+1d", evening) == "Sun 2026-10-25 22:00"
    spring = datetime(2027, 3, 27, 22, 0, tzinfo=BERLIN)
    # There is no 2:30 in that night.
    assert at("tomorrow 2:30", spring) == "Sun 2027-03-28 03:30"


def test_the_end_of_the_shift_is_the_next_one() -> None:
    night = time(6)
    found = typed_time("end of shift", NOW, shift_end=night, zone=BERLIN)
    assert found == datetime(2026, 11, 28, 6, tzinfo=BERLIN)


@given(st.text(max_size=40))
def test_no_text_is_taken_wrongly_or_breaks(text: str) -> None:
    try:
        found = typed_time(text, NOW, zone=BERLIN)
    except Invalid:
        return
    assert found.tzinfo is UTC


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
    st.times().map(lambda each: each.replace(second=0, microsecond=0)),
)
def test_a_time_of_day_is_the_next_one_and_less_than_a_day_and_a_bit_ahead(
    now: datetime, clock: time
) -> None:
    found = typed_time(f"{clock:%H:%M}", now, zone=BERLIN)
    assert now < found <= now + timedelta(hours=25)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
    st.integers(0, 5_000),
    st.sampled_from(["+{}m", "{} min", "in {} Minuten", "{} minutes"]),
)
def test_minutes_ahead_are_minutes(now: datetime, minutes: int, form: str) -> None:
    found = typed_time(form.format(minutes), now, zone=BERLIN)
    assert found == now + timedelta(minutes=minutes)

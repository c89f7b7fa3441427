"""Which rows a search and a choice of statuses leave."""

from __future__ import annotations

from hypothesis import given, strategies as st

from izzitup_desktop.desktop.board.filter import Filter, words_of
from izzitup_desktop.desktop.board.rows import Row
from tests.desktop.board.made_rows import MANY, STATUSES, row

FILTERS = st.builds(
    Filter,
    st.lists(st.sampled_from(["a", "al", "alpha", "r", "note", "nothing"]), max_size=3).map(tuple),
    STATUSES,
)


@given(FILTERS, MANY)
def test_all_rows_at_once_match_as_each_of_them_does(wanted: Filter, rows: list[Row]) -> None:
    found = wanted.matching({row.service.id: row for row in rows})
    assert found == {row.service.id for row in rows if wanted.matches(row)}


@given(FILTERS, FILTERS, MANY)
def test_the_words_beyond_those_before_are_all_that_is_left_to_look_for(
    before: Filter, wanted: Filter, rows: list[Row]
) -> None:
    words = wanted.words_beyond(before)
    if words is not None:
        for row in rows:
            left = before.matches(row) and all(word in row.folded for word in words)
            assert wanted.matches(row) == left


def test_typing_on_looks_for_the_new_word_alone() -> None:
    before = Filter(words_of("mail 7"))
    assert Filter(words_of("mail 77")).words_beyond(before) == {"77"}
    assert Filter(words_of("mail 77 b")).words_beyond(before) == {"77", "b"}


def test_what_may_bring_rows_back_is_no_looking_on() -> None:
    before = Filter(words_of("mail"), frozenset({5}))
    assert Filter(words_of("mai"), frozenset({5})).words_beyond(before) is None
    assert Filter(words_of("mail 7"), frozenset({7})).words_beyond(before) is None


def test_accents_and_case_do_not_count() -> None:
    wanted = Filter(words_of("  ZÜRICH älter "))
    assert wanted.words == ("zurich", "alter")
    assert wanted.matches(row(1, "Älter", group=3))
    assert not wanted.matches(row(1, "Älter", group=1))


def test_a_filter_without_words_and_statuses_is_off_and_leaves_all() -> None:
    assert not Filter().is_on
    assert Filter().matching({1: row(1), 2: row(2)}) == {1, 2}
    assert Filter(statuses=frozenset({7})).is_on

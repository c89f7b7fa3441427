"""Where a text holds what was searched for."""

from __future__ import annotations

from hypothesis import given, strategies as st

from izzitup_desktop.desktop.board.matches import spans_of
from izzitup_desktop.domain.text import search_fold

WORDS = st.lists(st.text("abßüe ", min_size=1, max_size=3).map(search_fold), max_size=3)


@given(st.text("aAbBßüÜeé x"), WORDS)
def test_spans_ascend_and_what_is_left_holds_no_word(text: str, words: list[str]) -> None:
    spans = spans_of(text, words)
    ends = [place for span in spans for place in span]
    assert ends == sorted(set(ends))
    assert all(0 <= begin < end <= len(text) for begin, end in spans)
    for word in words:
        assert bool(word) <= (bool(spans) or word not in search_fold(text))


def test_accents_and_case_do_not_count() -> None:
    assert spans_of("Büro-Drucker", ["buro", "uck"]) == ((0, 4), (7, 10))
    assert spans_of("Straße", ["ss"]) == ((4, 5),)
    assert spans_of("aaa", ["a", "aa"]) == ((0, 3),)
    assert spans_of("mail", ["x", ""]) == ()

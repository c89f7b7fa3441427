import pytest
from hypothesis import given, strategies as st

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.text import fold, many_lines, one_line, search_fold


def test_a_line_is_trimmed() -> None:
    assert one_line("name", "  E-Mail ", most=10) == "E-Mail"


@pytest.mark.parametrize("char", ["\n", "\r", "\t", "\0", "\x1b", "\x85", "\u2028", "\u2029"])
def test_a_line_holds_no_break_and_no_control_character(char: str) -> None:
    with pytest.raises(Invalid) as caught:
        one_line("name", f"a{char}b", most=10)
    assert caught.value.field == "name"


def test_a_required_line_is_not_empty_or_blank() -> None:
    with pytest.raises(Invalid, match="must not be empty"):
        one_line("name", " \t ", most=10, required=True)


def test_what_is_too_long_is_refused_with_both_numbers() -> None:
    with pytest.raises(Invalid, match="10 characters at most; this has 11"):
        one_line("name", "x" * 11, most=10)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(Invalid, match="surrogate"):
        one_line("name", "a\ud800", most=10)


def test_several_lines_may_break_but_hold_no_control_character() -> None:
    assert many_lines("note", "a\n\tb", most=10) == "a\n\tb"
    with pytest.raises(Invalid, match="control character"):
        many_lines("note", "a\0b", most=10)


def test_case_and_composition_do_not_count_in_folded_texts_but_accents_do() -> None:
    assert fold("MÜLLER") == fold("mu\u0308ller")
    assert fold("muller") != fold("müller")
    assert fold(" a") != fold("a")


def test_accents_and_case_do_not_count_in_searches() -> None:
    assert search_fold("Büro-Drucker") == search_fold("BURO-DRUCKER")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_what_is_taken_can_be_taken_again_unchanged(text: str) -> None:
    try:
        taken = one_line("name", text, most=100)
    except Invalid:
        return
    assert one_line("name", taken, most=100) == taken
    taken.encode()

"""How well texts of the palette answer what was typed."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from izzitup_desktop.desktop.window.ranking import Fit, fit, is_one_off, ranked, squeezed

WORD = st.text("abcdeäß-", min_size=1, max_size=8)
TEXT = st.lists(WORD, min_size=1, max_size=4).map(" ".join)


def found(typed: str, *texts: str, most: int = 10) -> list[str]:
    return ranked(typed, texts, lambda text: (squeezed(text),), most)


@given(TEXT)
def test_every_text_is_found_by_itself(text: str) -> None:
    assert found(text, text) == ([text] if squeezed(text) else [])


@given(TEXT)
def test_squeezing_twice_changes_nothing(text: str) -> None:
    assert squeezed(squeezed(text)) == squeezed(text)


@given(TEXT, st.lists(TEXT, max_size=6), st.integers(1, 3))
def test_the_best_come_first_and_none_without_a_fit(
    typed: str, texts: list[str], most: int
) -> None:
    shown = found(typed, *texts, most=most)
    fits = [fit(squeezed(typed), squeezed(text)) for text in shown]
    assert None not in fits
    assert fits == sorted(fits, key=lambda one: one if one is not None else len(Fit))
    assert len(shown) <= most


@given(st.text("abcde", min_size=4, max_size=8), st.data())
def test_one_wrong_letter_is_forgiven(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("xyz"))
    assert is_one_off(word, word[:place] + letter + word[place + 1 :])
    assert is_one_off(word, word[:place] + word[place + 1 :])
    assert is_one_off(word, word[:place] + letter + word[place:])
    assert is_one_off(word, word[:place] + word[place : place + 2][::-1] + word[place + 2 :])
    assert not is_one_off(word, f"xx{word}")


@pytest.mark.parametrize(
    ("typed", "text", "how"),
    [
        ("wifi", "Wi-Fi", Fit.PREFIX),
        ("outage e-mail", "Outage: E-Mail", Fit.PREFIX),
        ("mail outage", "Outage: Mail", Fit.WORDS),
        ("buro", "Old Büro", Fit.WORDS),
        ("mail", "E-Mail", Fit.WITHIN),
        ("prt", "Printer", Fit.LETTERS),
        ("pirnter", "Printer", Fit.TYPO),
        ("dak", "Dock", None),
        ("no such thing", "Printer", None),
    ],
)
def test_fits(typed: str, text: str, how: Fit | None) -> None:
    assert fit(squeezed(typed), squeezed(text)) == how


def test_what_answers_well_is_not_mixed_with_guesses() -> None:
    assert found("mail", "Mall", "E-Mail", "Mail", "Manual") == ["Mail", "E-Mail"]
    assert found("mial", "Mall", "Printer", "Mail") == ["Mail"]
    assert found("...", "Mail") == []

"""How well a text of the palette answers what was typed; no Qt in here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from functools import lru_cache
from heapq import nsmallest
from typing import TypeVar

from izzitup_desktop.domain.text import search_fold

T = TypeVar("T")

_JOINED = re.compile(r"(?<=\w)[-‐_'](?=\w)")
_NO_WORD = re.compile(r"[\W_]+")
_TYPO_LEAST = 4
"""Characters of a word in which one may be wrong: in a shorter one it is another word."""


class Fit(IntEnum):
    """How a text answers; the lower the better."""

    PREFIX = 0
    """It begins like that."""
    WORDS = 1
    """Words of it begin like each word typed."""
    WITHIN = 2
    """It holds each word typed."""
    LETTERS = 3
    """It has the letters of each word typed, in their order, from the start of a word."""
    TYPO = 4
    """It would answer, were one letter of a word another, missing, more, or swapped."""


@lru_cache(maxsize=4_096)
def squeezed(text: str) -> str:
    """A text as it is compared: folded, Wi-Fi as wifi, and words parted by one space."""
    return _NO_WORD.sub(" ", _JOINED.sub("", search_fold(text))).strip()


def fit(typed: str, text: str, *, lenient: bool = True) -> Fit | None:
    """How `text` answers what was typed, both `squeezed`; None: it does not.

    Letters left out and typing errors count where it is `lenient` only.
    """
    if text.startswith(typed):
        return Fit.PREFIX
    asked = typed.split()
    if all(word in text for word in asked):
        starts = f" {text}"
        at_starts = all(f" {word}" in starts for word in asked)
        return Fit.WORDS if at_starts else Fit.WITHIN
    if not lenient:
        return None
    words = text.split()
    worst = Fit.PREFIX
    for word in asked:
        found = _fit_of_word(word, words, text)
        if found is None:
            return None
        worst = max(worst, found)
    return worst


def ranked(
    typed: str, items: Iterable[T], texts: Callable[[T], Sequence[str]], most: int
) -> list[T]:
    """The `most` items that answer best; of the same fit those that come first.

    `texts` are the `squeezed` ones of an item, of which the best one counts. What has
    only the letters, or a typing error, is left out where anything answers better.
    """
    asked = squeezed(typed)
    items = list(items)
    if not asked:
        return items[:most] if not typed.strip() else []
    for lenient in (False, True):
        found = []
        for place, item in enumerate(items):
            fits = [
                f for text in texts(item) if (f := fit(asked, text, lenient=lenient)) is not None
            ]
            if fits:
                found.append((min(fits), place, item))
        if found:
            best = nsmallest(most, found, key=lambda one: one[:2])
            return [item for _fit, _place, item in best]
    return []


def _fit_of_word(word: str, words: Sequence[str], text: str) -> Fit | None:
    if any(one.startswith(word) for one in words):
        return Fit.WORDS
    if word in text:
        return Fit.WITHIN
    if len(word) > 1 and any(one[0] == word[0] and is_in_order(word, one) for one in words):
        return Fit.LETTERS
    if len(word) >= _TYPO_LEAST and any(is_one_off(word, one) for one in words):
        return Fit.TYPO
    return None


def is_in_order(letters: str, text: str) -> bool:
    """Whether `text` has these letters in their order, others between them or not."""
    rest = iter(text)
    return all(letter in rest for letter in letters)


def is_one_off(word: str, other: str) -> bool:
    """Whether one letter more, less or else, or two swapped, makes one of the other."""
    if word == other or abs(len(word) - len(other)) > 1:
        return word == other
    begin = next(
        (at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b),
        min(len(word), len(other)),
    )
    a, b = word[begin:], other[begin:]
    swapped = len(a) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:]
    return swapped or a[1:] == b[1:] or a == b[1:] or a[1:] == b

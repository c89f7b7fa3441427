"""Where a text holds what was searched for; no Qt in here."""

from __future__ import annotations

from collections.abc import Iterable

from izzitup_desktop.domain.text import search_fold

Span = tuple[int, int]
"""Where a match begins in a text, and where it ends."""


def spans_of(text: str, words: Iterable[str]) -> tuple[Span, ...]:
    """Where these folded words stand in `text`: ascending, and none over another."""
    folded, places = _folded(text)
    found: list[Span] = []
    for word in words:
        at = folded.find(word) if word else -1
        while at >= 0:
            found.append((places[at], places[at + len(word) - 1] + 1))
            at = folded.find(word, at + len(word))
    joined: list[Span] = []
    for begin, end in sorted(found):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return tuple(joined)


def _folded(text: str) -> tuple[str, range | list[int]]:
    """The text as it is searched, and of which character each of its characters comes."""
    if text.isascii():
        return text.lower(), range(len(text))
    parts = [search_fold(char) for char in text]
    return "".join(parts), [place for place, part in enumerate(parts) for _ in part]

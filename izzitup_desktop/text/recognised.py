"""Sentences of ours that came as plain English text, from another board, known again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from izzitup_desktop.domain.messages import counted, msg

_VALUE = re.compile(r"%([1-9])")
_LETTERS_LEAST = 8
"""A pattern with fewer of its own would fit whatever was said."""

_COUNTED = (("%1 service", "%1 services"),)
"""What is counted in sentences that a board refuses by; one and many."""


def recognised(text: str, patterns: Iterable[str]) -> str:
    """The message that `text` was made as, of the pattern that says most of it itself.

    Values that are patterns without values are messages, too. Else the text.
    """
    known = frozenset(patterns)
    if text in known:
        return msg(text)
    best, best_letters = text, _LETTERS_LEAST - 1
    for pattern in known:
        parts = _VALUE.split(pattern)
        literals, numbers = parts[::2], [int(number) for number in parts[1::2]]
        letters = sum(map(len, literals))
        if (
            letters <= best_letters
            or sorted(numbers) != list(range(1, len(numbers) + 1))
            or not (text.startswith(literals[0]) and text.endswith(literals[-1]))
        ):
            continue
        found = re.fullmatch("(.+?)".join(map(re.escape, literals)), text, re.DOTALL)
        if found is not None:
            values = dict(zip(numbers, found.groups(), strict=True))
            told = [values[number] for number in sorted(values)]
            best = msg(pattern, *(_value(value, known) for value in told))
            best_letters = letters
    return best


def _value(text: str, known: frozenset[str]) -> str:
    if text in known:
        return msg(text)
    number, _, what = text.partition(" ")
    for one, many in _COUNTED:
        if number.isascii() and number.isdigit() and f"%1 {what}" in (one, many):
            return counted(one, many, int(number))
    return text

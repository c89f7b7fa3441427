"""Sentences for people that another language can be put in place of.

A `Message` is its English sentence, and knows of what it was made; a face puts its
language's pattern in the place of it, everybody else uses it as the text that it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_LISTED_MOST = 12

_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\n]")
_ENDS = {
    "\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c",
    "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069",
}  # fmt: skip
"""Marks that turn the direction of what follows, and what ends each (Unicode's UAX #9)."""


class Message(str):
    """A sentence made by `say` or `counted`: `pattern` holds %1, %2 … for its `values`.

    Of a counted one, `one` and `many` are the two English patterns, and `number`
    is what chooses; of another one, `many` is "".
    """

    __slots__ = ("many", "number", "one", "pattern", "values")

    pattern: str
    values: tuple[object, ...]
    one: str
    many: str
    number: int


def msg(pattern: str, *values: object) -> Message:
    """The sentence `pattern`, %1, %2 … each once replaced by the values.

    A value may be a sentence itself; a time is shown in the face's own way.
    """
    return _message(pattern, values)


def counted(one: str, many: str, count: int, *values: object) -> Message:
    """`one` for a count of 1, else `many`; %1 is the count, %2 … are the values."""
    message = _message(one if count == 1 else many, (count, *values))
    message.one, message.many, message.number = one, many, count
    return message


def _message(pattern: str, values: tuple[object, ...]) -> Message:
    message = Message(filled(pattern, *values))
    message.pattern = pattern
    message.values = values
    message.one, message.many, message.number = pattern, "", 0
    return message


def listed(texts: Sequence[str]) -> str:
    """Some texts, at least one, after each other; many in short."""
    found, *more = texts[:_LISTED_MOST]
    if len(texts) > _LISTED_MOST:
        more.append("…")
    for text in more:
        found = msg("%1, %2", found, text)
    return found


def shown(text: object, pattern_of: Callable[[Message], str], show: Callable[[object], str]) -> str:
    """`text` as a face says it: patterns by `pattern_of`, values that are no text by `show`."""
    if isinstance(text, Message):
        values = (shown(value, pattern_of, show) for value in text.values)
        return filled(pattern_of(text), *values)
    return text if isinstance(text, str) else show(text)


def filled(text: str, *values: object) -> str:
    """`text` with %1, %2 … replaced, each once, by `values`.

    A value that turns the direction of its text does so to its own end.
    """
    parts = []
    rest = text
    while (place := rest.find("%")) >= 0:
        digit = rest[place + 1 : place + 2]
        if digit.isdigit() and 0 < int(digit) <= len(values):
            parts += [rest[:place], _ended(str(values[int(digit) - 1]))]
            rest = rest[place + 2 :]
        else:
            parts.append(rest[: place + 1])
            rest = rest[place + 1 :]
    return "".join((*parts, rest))


def _ended(text: str) -> str:
    """`text`, and what ends those of its marks of direction that would reach behind it."""
    open_ends: list[str] = []
    for mark in _DIRECTION.findall(text):
        if mark in _ENDS:
            open_ends.append(_ENDS[mark])
        elif mark == "\n":
            open_ends.clear()
        elif open_ends and open_ends[-1] == mark:
            open_ends.pop()
    return text + "".join(reversed(open_ends))

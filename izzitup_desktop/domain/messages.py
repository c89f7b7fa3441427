"""Sentences for people that another language can be put in place of.

A `Message` is its English sentence, and knows of what it was made; a face puts its
language's pattern in the place of it, everybody else uses it as the text that it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

_LISTED_MOST = 12


class Message(str):
    """A sentence made by `say`: `pattern` holds %1, %2 … for its `values`."""

    __slots__ = ("pattern", "values")

    pattern: str
    values: tuple[object, ...]


def say(pattern: str, *values: object) -> Message:
    """The sentence `pattern`, %1, %2 … each once replaced by the values.

    A value may be a sentence itself; a time is shown in the face's own way.
    """
    message = Message(filled(pattern, *values))
    message.pattern = pattern
    message.values = values
    return message


def listed(texts: Sequence[str]) -> str:
    """Some texts, at least one, after each other; many in short."""
    found, *more = texts[:_LISTED_MOST]
    if len(texts) > _LISTED_MOST:
        more.append("…")
    for text in more:
        found = say("%1, %2", found, text)
    return found


def shown(text: object, translate: Callable[[str], str], show: Callable[[object], str]) -> str:
    """`text` as a face says it: patterns by `translate`, values that are no text by `show`."""
    if isinstance(text, Message):
        values = (shown(value, translate, show) for value in text.values)
        return filled(translate(text.pattern), *values)
    return text if isinstance(text, str) else show(text)


def filled(text: str, *values: object) -> str:
    """`text` with %1, %2 … replaced, each once, by `values`."""
    parts = []
    rest = text
    while (place := rest.find("%")) >= 0:
        digit = rest[place + 1 : place + 2]
        if digit.isdigit() and 0 < int(digit) <= len(values):
            parts += [rest[:place], str(values[int(digit) - 1])]
            rest = rest[place + 2 :]
        else:
            parts.append(rest[: place + 1])
            rest = rest[place + 1 :]
    return "".join((*parts, rest))

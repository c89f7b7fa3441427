"""Sentences for people that another language can be put in place of.

A `Message` is its English sentence, and knows of what it was made; the window
translates the pattern, everybody else uses it as the text that it is.
"""

from __future__ import annotations


class Message(str):
    """A sentence made by `say`: `pattern` holds %1, %2 … for its `values`."""

    __slots__ = ("pattern", "values")

    pattern: str
    values: tuple[object, ...]


def say(pattern: str, *values: object) -> Message:
    """The sentence `pattern`, %1, %2 … each once replaced by the values."""
    message = Message(filled(pattern, *values))
    message.pattern = pattern
    message.values = values
    return message


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

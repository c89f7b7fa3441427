"""Texts for places where Qt would guess rich text, and texts with numbers in them."""

from __future__ import annotations

import html


def tooltip(text: str) -> str:
    """`text` for a tooltip: shown as it is, whatever it looks like, and wrapped."""
    return f"<qt>{html.escape(text).replace(chr(10), '<br>')}</qt>" if text else ""


def filled(text: str, *values: object) -> str:
    """A translated text with %1, %2 … replaced, each once, by `values`."""
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

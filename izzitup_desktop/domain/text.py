"""Rules that hold for every text a person types: length, no control characters."""

from __future__ import annotations

import unicodedata

from izzitup_desktop.domain.errors import Invalid

_LINE_BREAKS = "\n\r\t"


def fold(text: str) -> str:
    """The form in which texts are compared: NFC and case folded, not trimmed."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def search_fold(text: str) -> str:
    """The form in which texts are searched: accents and case do not count."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def one_line(field: str, text: str, *, most: int, required: bool = False) -> str:
    """`text` trimmed, or `Invalid`: over `most` characters, breaks, controls."""
    return _checked(field, text.strip(), most, required, allowed="")


def many_lines(field: str, text: str, *, most: int) -> str:
    """Like `one_line`, but line breaks and tabs may stand in it."""
    return _checked(field, text.strip(), most, False, allowed=_LINE_BREAKS)


def _checked(field: str, text: str, most: int, required: bool, allowed: str) -> str:
    label = field.replace("_", " ").capitalize()
    if required and not text:
        raise Invalid(field, f"{label} must not be empty.")
    if len(text) > most:
        raise Invalid(field, f"{label} may have {most} characters at most; this has {len(text)}.")
    for char in text:
        if char in allowed:
            continue
        category = unicodedata.category(char)
        if category == "Cs":
            raise Invalid(field, f"{label} holds half a character (a lone surrogate).")
        if category in ("Cc", "Zl", "Zp"):
            what = "line break" if char in _LINE_BREAKS or category != "Cc" else "control character"
            raise Invalid(field, f"{label} must not hold a {what}.")
    return text

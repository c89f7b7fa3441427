"""Rules that hold for every text a person types: length, no control characters."""

from __future__ import annotations

import unicodedata

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.messages import msg

_LABELS = {
    "name": msg("Name"),
    "key": msg("Key"),
    "group": msg("Group"),
    "description": msg("Description"),
    "url": msg("Url"),
    "check_url": msg("Check address"),
    "note": msg("Note"),
    "comment": msg("Comment"),
    "done": msg("What was done"),
    "open": msg("What is open"),
}
_LINE_BREAKS = "\n\r\t"


def fold(text: str) -> str:
    """The form in which texts are compared: NFC and case folded, not trimmed."""
    if text.isascii():
        return text.lower()  # nothing in it has another form
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def search_fold(text: str) -> str:
    """The form in which texts are searched: accents and case do not count."""
    if text.isascii():
        # No accents to look for, in the most of a hundred thousand rows.
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def is_storable(text: str) -> bool:
    """Whether every database can hold `text`: no NUL, no lone surrogates."""
    return "\0" not in text and is_unicode(text)


def is_unicode(text: str) -> bool:
    """Whether `text` holds no half characters (lone surrogates): UTF-8 can say it."""
    return text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text)


def one_line(field: str, text: str, *, most: int, required: bool = False) -> str:
    """`text` trimmed, or `Invalid`: over `most` characters, breaks, controls."""
    return _checked(field, text.strip(), most, required, allowed="")


def many_lines(field: str, text: str, *, most: int) -> str:
    """Like `one_line`, but line breaks and tabs may stand in it."""
    return _checked(field, text.strip(), most, False, allowed=_LINE_BREAKS)


def _checked(field: str, text: str, most: int, required: bool, allowed: str) -> str:
    if text.isprintable() and len(text) <= most and (text or not required):
        # Nothing that is refused below is printable: thousands of rows are looked at on opening.
        return text
    label = _LABELS.get(field) or field.replace("_", " ").capitalize()
    if required and not text:
        raise Invalid(field, msg("%1 must not be empty.", label))
    if len(text) > most:
        raise Invalid(
            field, msg("%1 may have %2 characters at most; this has %3.", label, most, len(text))
        )
    for char in text:
        if char in allowed:
            continue
        category = unicodedata.category(char)
        if category == "Cs":
            raise Invalid(field, msg("%1 holds half a character (a lone surrogate).", label))
        if category in ("Cc", "Zl", "Zp"):
            what = (
                msg("line break")
                if char in _LINE_BREAKS or category != "Cc"
                else msg("control character")
            )
            raise Invalid(field, msg("%1 must not hold a %2.", label, what))
    return text

"""Numbers and shares as people of a language write them."""

from __future__ import annotations

from collections.abc import Callable

from izzitup_desktop.text.languages import ENGLISH

NONE = "–"
"""What stands where there is no number."""

_EXCHANGED = str.maketrans(",.", ".,")


def number(language: str, value: float, digits: int = 0) -> str:
    """`value` with so many digits after the point, and its thousands apart: 1,234.5."""
    text = f"{value:,.{digits}f}"
    # Of the languages there are, German alone has point and comma the other way round.
    return text if language == ENGLISH else text.translate(_EXCHANGED)


def percent(share: float | None, written: Callable[[float, int], str]) -> str:
    """A share (0 to 1) as a percentage that never rounds an outage away; None is a dash.

    `written` is how a number with so many digits after the point is written.
    """
    if share is None:
        return NONE
    value = 100.0 if share >= 1 else min(share * 100, 99.999)
    digits = 0 if value in (0, 100) else 3 if value > 99.99 else 2
    return f"{written(value, digits)} %"

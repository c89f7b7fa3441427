"""How wide a text is: by the widths of a font's letters, measured once.

They are DejaVu Sans's, which is as wide as Verdana but for a few letters
(`scripts/glyph_widths`, `resources/page/glyph_widths.txt`).
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache

from izzitup_desktop.platform.paths import resource

_WIDE, _MIDDLING = 1_000, 600
_THOUSAND = 1_000


def width(text: str, size: float) -> float:
    """How wide the text is in a font of this size, in the size's own unit."""
    return sum(map(_of, text)) * size / _THOUSAND


@cache
def _of(letter: str) -> int:
    """A letter's width in thousandths of the font's size; a guess where the font lacks it."""
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    starts, ends, widths = _table()
    code = ord(letter)
    place = bisect_right(starts, code) - 1
    if place >= 0 and code <= ends[place]:
        return widths[place]
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" or code > 0xFFFF else _MIDDLING


@cache
def _table() -> tuple[list[int], list[int], list[int]]:
    starts, ends, widths = [], [], []
    for line in resource("page", "glyph_widths.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            span, _, wide = line.partition(" ")
            start, _, end = span.partition("-")
            starts.append(int(start, 16))
            ends.append(int(end, 16))
            widths.append(int(wide))
    return starts, ends, widths

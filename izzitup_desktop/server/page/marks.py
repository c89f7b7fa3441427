"""The shape of each status, so that colour is never all that tells them apart; and colours.

Operational is a disc with a tick, Impaired a triangle, Outage a square with a cross, Closed
a hollow ring, anything else a hollow ring with a dot: those of the window. All are drawn
into a square of 16 by 16.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.uptime import UNKNOWN


class Stroke(NamedTuple):
    """A path of a shape, `width` wide; "" as `fill` or `line` for none of it.

    `fill` and `line` are "body" or "mark", for the two colours of a shape.
    """

    path: str
    fill: str = ""
    line: str = ""
    width: float = 0


@dataclass(frozen=True, slots=True)
class Tones:
    """A status's colours: `solid` with `on_solid` on it, and `tint` with `ink` on it."""

    solid: str
    on_solid: str
    tint: str
    ink: str


_RING = "M8 1.6a6.4 6.4 0 1 0 0 12.8a6.4 6.4 0 1 0 0-12.8z"

SHAPES: Mapping[int, tuple[Stroke, ...]] = {
    UNKNOWN: (Stroke(_RING, line="body", width=2), Stroke("M8 8v0", line="body", width=3.5)),
    StatusId.OPERATIONAL: (
        Stroke("M8 .5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 1 0 0-15z", fill="body"),
        Stroke("M4.5 8.5L7 10.9L11.7 5.6", line="mark", width=2),
    ),
    StatusId.IMPAIRED: (
        Stroke("M8 1.6L15.1 14.2H.9z", fill="body", line="body", width=1.6),
        Stroke("M8 6.4v3.2M8 12.3v0", line="mark", width=2),
    ),
    StatusId.OUTAGE: (
        Stroke("M3.3.8h9.4a2.5 2.5 0 0 1 2.5 2.5v9.4a2.5 2.5 0 0 1-2.5 2.5H3.3a2.5 2.5 0 0 1"
               "-2.5-2.5V3.3A2.5 2.5 0 0 1 3.3.8z", fill="body"),
        Stroke("M5.1 5.1l5.8 5.8M10.9 5.1l-5.8 5.8", line="mark", width=2),
    ),
    StatusId.CLOSED: (Stroke(_RING, line="body", width=2),),
}  # fmt: skip

_CLOCK = (
    Stroke("M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13z", line="body", width=1.8),
    Stroke("M8 4.6V8.4L10.6 10", line="body", width=1.8),
)

_GREY = Tones("#5a6475", "#ffffff", "#e7eaef", "#475062")
_DARK_GREY = Tones("#98a2b1", "#14181d", "#343a44", "#c0c7d2")

LIGHT: Mapping[int, Tones] = {
    UNKNOWN: _GREY,
    StatusId.OPERATIONAL: Tones("#1b7a40", "#ffffff", "#e2f4e8", "#14602f"),
    StatusId.IMPAIRED: Tones("#976000", "#ffffff", "#fdf0d0", "#744700"),
    StatusId.OUTAGE: Tones("#c0261e", "#ffffff", "#fde2e0", "#9c1912"),
    StatusId.CLOSED: _GREY,
}

DARK: Mapping[int, Tones] = {
    UNKNOWN: _DARK_GREY,
    StatusId.OPERATIONAL: Tones("#4fbf7b", "#06210f", "#173722", "#86e0a6"),
    StatusId.IMPAIRED: Tones("#e0ab3c", "#261a00", "#3d2f0c", "#f4c96b"),
    StatusId.OUTAGE: Tones("#f4776c", "#2d0503", "#4a1f1d", "#ffaaa2"),
    StatusId.CLOSED: _DARK_GREY,
}


def symbols() -> Markup:
    """All shapes as symbols of an SVG, `#s5` and so on, and `#sstale` for what is not confirmed.

    Classes colour them: `body-fill`, `body-line`, `mark-line` and `no-fill`.
    """
    shapes = [(f"{status_id:d}", shape) for status_id, shape in SHAPES.items()]
    return Markup("").join(
        Markup('<symbol id="s{}" viewBox="0 0 16 16">{}</symbol>').format(
            name, Markup("").join(map(_drawn, shape))
        )
        for name, shape in [*shapes, ("stale", _CLOCK)]
    )


def _drawn(stroke: Stroke) -> Markup:
    names = [f"{stroke.fill}-fill" if stroke.fill else "no-fill"]
    wide = Markup("")
    if stroke.line:
        names.append(f"{stroke.line}-line")
        wide = Markup(' stroke-width="{}"').format(f"{stroke.width:g}")
    return Markup('<path class="{}"{} d="{}"/>').format(" ".join(names), wide, stroke.path)

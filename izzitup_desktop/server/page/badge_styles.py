"""How badges look. Their widths are those of their letters, told to whoever draws them.

A badge says its text's width (`textLength`), so that another font fits as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from izzitup_desktop.server.page.glyphs import width
from izzitup_desktop.server.page.marks import SHAPES, Tones

_SPACE = "http://www.w3.org/2000/svg"
_FONT = "Verdana,'DejaVu Sans',Geneva,sans-serif"
_SIZE = 11
_SHAPE = 11
_HEIGHT, _PILL = 20, 24

_Element = ET.Element


@dataclass(frozen=True, slots=True)
class Badge:
    """What a badge says, in whose colours; `label` may be ""."""

    label: str
    message: str
    status_id: int
    tones: Mapping[int, Tones]
    is_dark: bool

    @property
    def title(self) -> str:
        """All of it in words."""
        return f"{self.label}: {self.message}" if self.label else self.message


def flat(badge: Badge) -> str:
    """Two fields with round corners and a light from above."""
    return _fields(badge, 3.5, is_lit=True)


def flat_square(badge: Badge) -> str:
    """Two plain fields."""
    return _fields(badge, 0, is_lit=False)


def pill(badge: Badge) -> str:
    """One round field in the status's tint."""
    tones = badge.tones[badge.status_id]
    label, message = width(badge.label, _SIZE), width(badge.message, _SIZE)
    at: float = 8 + _SHAPE + 5
    wide = round(at + label + (5 if badge.label else 0) + message + 10)
    root = _root(badge, wide, _PILL)
    _add(root, "rect", x=0.5, y=0.5, width=wide - 1, height=_PILL - 1, rx=(_PILL - 1) / 2,
         fill=tones.tint, stroke=tones.solid, stroke__opacity=0.45)  # fmt: skip
    _shape(root, badge.status_id, 8, _PILL, tones.solid, tones.on_solid)
    if badge.label:
        _text(root, badge.label, at, label, _PILL, "#e8eaee" if badge.is_dark else "#1b2129")
        at += label + 5
    _text(root, badge.message, at, message, _PILL, tones.ink)
    return _written(root)


def dot(badge: Badge) -> str:
    """The shape and the words alone, on whatever it lies."""
    tones = badge.tones[badge.status_id]
    label, message = width(badge.label, _SIZE), width(badge.message, _SIZE)
    at: float = 1 + _SHAPE + 5
    wide = round(at + label + (6 if badge.label else 0) + message + 1)
    root = _root(badge, wide, _HEIGHT)
    _shape(root, badge.status_id, 1, _HEIGHT, tones.solid, tones.on_solid)
    if badge.label:
        _text(root, badge.label, at, label, _HEIGHT, "#e8eaee" if badge.is_dark else "#1b2129")
        at += label + 6
    _text(root, badge.message, at, message, _HEIGHT, tones.solid)
    return _written(root)


def _fields(badge: Badge, radius: float, *, is_lit: bool) -> str:
    tones = badge.tones[badge.status_id]
    label, message = width(badge.label, _SIZE), width(badge.message, _SIZE)
    left = round(label + 13) if badge.label else 0
    wide = left + round(6 + _SHAPE + 4 + message + 7)
    root = _root(badge, wide, _HEIGHT)
    if is_lit:
        light = _add(root, "linearGradient", id="l", x2=0, y2=1)
        _add(light, "stop", offset=0, stop__color="#fff", stop__opacity=0.1)
        _add(light, "stop", offset=1, stop__color="#000", stop__opacity=0.1)
    if radius:
        clip = _add(root, "clipPath", id="c")
        _add(clip, "rect", width=wide, height=_HEIGHT, rx=radius)
    fields = _add(root, "g", **({"clip-path": "url(#c)"} if radius else {}))
    if left:
        _add(fields, "rect", width=left, height=_HEIGHT,
             fill="#3a414c" if badge.is_dark else "#444b57")  # fmt: skip
    _add(fields, "rect", x=left, width=wide - left, height=_HEIGHT, fill=tones.solid)
    if is_lit:
        _add(fields, "rect", width=wide, height=_HEIGHT, fill="url(#l)")
    if left:
        _text(root, badge.label, 6.5, label, _HEIGHT, "#ffffff")
    _shape(root, badge.status_id, left + 6, _HEIGHT, tones.on_solid, tones.solid)
    _text(root, badge.message, left + 6 + _SHAPE + 4, message, _HEIGHT, tones.on_solid)
    return _written(root)


def _root(badge: Badge, wide: float, high: float) -> _Element:
    root = _Element("svg", xmlns=_SPACE)
    _set(root, width=wide, height=high, viewBox=f"0 0 {wide} {high}", role="img",
         aria__label=badge.title)  # fmt: skip
    _add(root, "title").text = badge.title
    return root


def _shape(
    parent: _Element, status_id: int, left: float, high: float, body: str, mark: str
) -> None:
    scale = _SHAPE / 16
    top = (high - _SHAPE) / 2
    group = _add(parent, "g", transform=f"translate({left:g} {top:g}) scale({scale:.4g})",
                 fill="none", stroke__linecap="round", stroke__linejoin="round")  # fmt: skip
    colours = {"body": body, "mark": mark}
    for stroke in SHAPES[status_id]:
        path = _add(group, "path", d=stroke.path)
        if stroke.fill:
            _set(path, fill=colours[stroke.fill])
        if stroke.line:
            _set(path, stroke=colours[stroke.line], stroke__width=stroke.width)


def _text(parent: _Element, text: str, left: float, long: float, high: float, colour: str) -> None:
    if not text:
        return
    element = _add(parent, "text", x=left, y=high / 2 + 4, fill=colour, font__family=_FONT,
                   font__size=_SIZE, textLength=round(long, 1),
                   lengthAdjust="spacingAndGlyphs")  # fmt: skip
    element.text = text


def _add(parent: _Element, tag: str, **attributes: object) -> _Element:
    element = ET.SubElement(parent, tag)
    _set(element, **attributes)
    return element


def _set(element: _Element, **attributes: object) -> None:
    """Set attributes; two underscores stand for a hyphen."""
    for name, value in attributes.items():
        text = f"{value:g}" if isinstance(value, float) else str(value)
        element.set(name.replace("__", "-"), text)


def _written(root: _Element) -> str:
    return ET.tostring(root, encoding="unicode")

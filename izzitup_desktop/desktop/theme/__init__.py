"""How everything looks: palette, status colours and shapes, icons, distances."""

from __future__ import annotations

from izzitup_desktop.desktop.theme.colours import DARK, LIGHT, Colours, StatusColours
from izzitup_desktop.desktop.theme.metrics import (
    COMPACT_ROW_HEIGHT,
    GAP,
    MARGIN,
    RADIUS,
    ROW_HEIGHT,
    SMALL,
    WIDE,
)
from izzitup_desktop.desktop.theme.shapes import counted, draw_shape, status_icon, status_word
from izzitup_desktop.desktop.theme.theme import Theme

__all__ = [
    "COMPACT_ROW_HEIGHT",
    "DARK",
    "GAP",
    "LIGHT",
    "MARGIN",
    "RADIUS",
    "ROW_HEIGHT",
    "SMALL",
    "WIDE",
    "Colours",
    "StatusColours",
    "Theme",
    "counted",
    "draw_shape",
    "status_icon",
    "status_word",
]

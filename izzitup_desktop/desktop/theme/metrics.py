"""Distances in device-independent pixels; every layout takes them from here."""

from __future__ import annotations

SMALL = 4
GAP = 8
MARGIN = 12
WIDE = 20
RADIUS = 6
ROW_HEIGHT = 36
COMPACT_ROW_HEIGHT = 28

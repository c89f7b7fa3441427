"""The shape of a status on paper, beside the first line of a row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from izzitup_desktop.desktop.paper.sheets import PAD_POINTS, Style
from izzitup_desktop.desktop.theme.colours import LIGHT
from izzitup_desktop.desktop.theme.shapes import draw_shape

_SHARE = 0.72


def mark_size(style: Style) -> float:
    """How wide and high it is beside a text of this style."""
    return style.metrics.height() * _SHARE


def status_mark(
    style: Style, status_id: int, unit: float
) -> Callable[[QPainter, float, float], None]:
    """Draws it at the left of a row, in the middle of its first line; `unit` is a point."""
    line, size, palette = style.metrics.height(), mark_size(style), LIGHT.status(status_id)

    def draw(painter: QPainter, top: float, _height: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, top + PAD_POINTS * unit + (line - size) / 2, size, size)
        draw_shape(painter, box, status_id, QColor(palette.solid), QColor(palette.on_solid))

    return draw

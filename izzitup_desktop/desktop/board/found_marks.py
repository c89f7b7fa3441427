"""Marks behind what was searched for, wherever the board shows it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter

from izzitup_desktop.desktop.board.matches import Span

_ALPHA = 56
"""How much of the accent lies under what was found: the text on it stays readable."""


def paint_found(
    painter: QPainter, room: QRect, text: str, shown: str, spans: Iterable[Span], accent: str
) -> None:
    """Paint the grounds of these parts of `text`, of which `shown` fits into `room`."""
    metrics = painter.fontMetrics()
    most = len(text) if shown == text else len(shown) - 1
    ground = QColor(accent)
    ground.setAlpha(_ALPHA)
    for begin, end in spans:
        if begin < most:
            left = room.left() + metrics.horizontalAdvance(text[:begin])
            right = room.left() + metrics.horizontalAdvance(text[: min(end, most)])
            height = metrics.height()
            top = room.center().y() - height // 2
            painter.fillRect(QRect(left, top, right - left, height), ground)

"""A name as the table shows it: the status's comment below it, or beside it in compact rows."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from izzitup_desktop.desktop.theme import GAP, ROW_HEIGHT

_SMALLER = 0.88
_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


def paint_name(
    painter: QPainter, room: QRect, font: QFont, texts: tuple[str, str], inks: tuple[str, str]
) -> None:
    """Paint a name and a comment ("" for none), each in its ink, into `room`."""
    (name, comment), (ink, quiet) = texts, inks
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    if not comment:
        _paint(painter, room, bold, name, ink)
        return
    small = QFont(font)
    if font.pointSizeF() > 0:
        small.setPointSizeF(font.pointSizeF() * _SMALLER)
    else:
        small.setPixelSize(round(font.pixelSize() * _SMALLER))
    if room.height() < ROW_HEIGHT:
        width = min(room.width(), QFontMetrics(bold).horizontalAdvance(name) + GAP)
        _paint(painter, room, bold, name, ink)
        _paint(painter, room.adjusted(width, 0, 0, 0), small, comment, quiet)
        return
    middle = room.top() + room.height() * 11 // 20
    _paint(
        painter,
        QRect(room.left(), room.top() + 2, room.width(), middle - room.top() - 2),
        bold,
        name,
        ink,
    )
    below = QRect(room.left(), middle - 1, room.width(), room.bottom() - middle)
    _paint(painter, below, small, comment, quiet)


def _paint(painter: QPainter, room: QRect, font: QFont, text: str, ink: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(ink))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, _LINE, shown)

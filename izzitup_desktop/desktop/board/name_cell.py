"""A name as the table shows it: the status's comment below it, or beside it in compact rows."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap

from izzitup_desktop.desktop.theme import GAP, ROW_HEIGHT, SMALL

PAGE_MARK = 12
"""Pixels of the mark of a comment that is on the page."""

_SMALLER = 0.88
_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


def paint_name(
    painter: QPainter,
    room: QRect,
    font: QFont,
    texts: tuple[str, str],
    inks: tuple[str, str],
    mark: QPixmap | None = None,
) -> None:
    """Paint a name and a comment ("" for none), each in its ink, into `room`.

    `mark`, of `PAGE_MARK` pixels, stands before a comment that is on the page.
    """
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
        _paint_comment(painter, room.adjusted(width, 0, 0, 0), small, comment, quiet, mark)
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
    _paint_comment(painter, below, small, comment, quiet, mark)


def _paint_comment(
    painter: QPainter, room: QRect, font: QFont, comment: str, ink: str, mark: QPixmap | None
) -> None:
    if mark is not None and room.width() > PAGE_MARK:
        top = room.center().y() - PAGE_MARK // 2 + 1
        painter.drawPixmap(QRect(room.left(), top, PAGE_MARK, PAGE_MARK), mark)
        room = room.adjusted(PAGE_MARK + SMALL, 0, 0, 0)
    _paint(painter, room, font, comment, ink)


def _paint(painter: QPainter, room: QRect, font: QFont, text: str, ink: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(ink))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, _LINE, shown)

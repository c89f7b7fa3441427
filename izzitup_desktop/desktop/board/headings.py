"""The heading of a section: one band over all columns, with the group's counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from izzitup_desktop.desktop.board.buttons import SHAPE
from izzitup_desktop.desktop.board.cell_texts import left_out_text, section_title
from izzitup_desktop.desktop.board.found_marks import paint_found
from izzitup_desktop.desktop.board.matches import spans_of
from izzitup_desktop.desktop.board.rows import Section
from izzitup_desktop.desktop.theme import (
    GAP,
    MARGIN,
    SMALL,
    WIDE,
    Theme,
    counted,
    draw_shape,
)
from izzitup_desktop.domain.statuses import StatusId

_ARROW = 16
_TITLE_LEAST = 80


def paint_heading(
    painter: QPainter,
    band: QRect,
    font: QFont,
    section: Section,
    theme: Theme,
    words: Sequence[str] = (),
    *,
    is_grey: bool = False,
) -> None:
    """Paint the band, the searched `words` marked; the clip says which part of it is wanted.

    It is grey where the rows below it are: what it says was true once.
    """
    if not is_grey:
        _paint(painter, band, font, section, theme, words)
        return
    ratio = painter.device().devicePixelRatio()
    image = QImage(band.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    own = QPainter(image)
    _paint(own, QRect(QPoint(0, 0), band.size()), font, section, theme, words)
    own.end()
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    grey.setDevicePixelRatio(ratio)
    painter.drawImage(band.topLeft(), grey)


def _paint(
    painter: QPainter,
    band: QRect,
    font: QFont,
    section: Section,
    theme: Theme,
    words: Sequence[str],
) -> None:
    colours = theme.colours
    painter.fillRect(band, QColor(colours.alternate))
    painter.setPen(QPen(QColor(colours.border), 1))
    painter.drawLine(band.bottomLeft(), band.bottomRight())
    left, middle = band.left() + GAP, band.center().y()
    arrow = theme.pixmap("closed" if section.collapsed else "opened", _ARROW, colours.muted)
    painter.drawPixmap(QRect(left, middle - 7, _ARROW, _ARROW), arrow)
    left += _ARROW + SMALL
    worst = section.counts[0][0] if section.counts else StatusId.OPERATIONAL
    palette = colours.status(worst)
    shape = QRectF(left, middle - SHAPE / 2 + 0.5, SHAPE, SHAPE)
    draw_shape(painter, shape, worst, QColor(palette.solid), QColor(palette.on_solid))
    left += SHAPE + GAP
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    painter.setFont(bold)
    painter.setPen(QColor(colours.text))
    room = QRect(left, band.top(), max(_TITLE_LEAST, band.width() // 2), band.height())
    name = section_title(section)
    title = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room.width())
    if words:
        paint_found(painter, room, name, title, spans_of(name, words), colours.accent)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, title)
    left += painter.fontMetrics().horizontalAdvance(title) + WIDE
    painter.setFont(font)
    texts = [
        (counted(status_id, count), colours.status(status_id).ink)
        for status_id, count in section.counts
    ]
    if section.left_out:
        texts.append((left_out_text(section), colours.muted))
    for text, ink in texts:
        painter.setPen(QColor(ink))
        width = painter.fontMetrics().horizontalAdvance(text)
        place = QRect(left, band.top(), width + 1, band.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
        left += width + MARGIN

"""The three status buttons of a row: where they lie, and how they are painted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from izzitup_desktop.desktop.theme.colours import Colours
from izzitup_desktop.desktop.theme.metrics import GAP, RADIUS, SMALL
from izzitup_desktop.desktop.theme.shapes import draw_shape, status_word
from izzitup_desktop.domain.statuses import SETTABLE

SHAPE = 14
_HEIGHT = 26
_SIDE = 9


@dataclass(frozen=True, slots=True)
class Pressing:
    """What is happening to a row's buttons; statuses, 0 for none."""

    current: int
    pending: int = 0
    hovered: int = 0
    down: int = 0
    focused: int = 0
    enabled: bool = True
    phase: float = 0.0


def width_with_words(metrics: QFontMetrics) -> int:
    """The narrowest column in which the buttons have their words."""
    words = sum(metrics.horizontalAdvance(status_word(id_)) for id_ in SETTABLE)
    return words + len(SETTABLE) * (SHAPE + SMALL + 2 * _SIDE) + 2 * GAP


def width_with_shapes() -> int:
    """The narrowest column in which the buttons have their shapes."""
    return len(SETTABLE) * (SHAPE + 2 * _SIDE) + 2 * GAP


def button_rects(cell: QRect, metrics: QFontMetrics) -> tuple[list[QRect], bool]:
    """Where the buttons lie in `cell`, best status first, and whether words fit."""
    words = cell.width() >= width_with_words(metrics)
    left = cell.left() + GAP
    rects = []
    for status_id in SETTABLE:
        width = SHAPE + 2 * _SIDE
        if words:
            width += SMALL + metrics.horizontalAdvance(status_word(status_id))
        height = min(_HEIGHT, cell.height() - 4)
        rects.append(QRect(left, cell.center().y() - height // 2 + 1, width, height))
        left += width
    return rects, words


def status_at(cell: QRect, metrics: QFontMetrics, point: QPoint) -> int:
    """The status whose button lies under `point`, 0 for none."""
    rects, _ = button_rects(cell, metrics)
    hits = (int(id_) for id_, rect in zip(SETTABLE, rects, strict=True) if rect.contains(point))
    return next(hits, 0)


def paint_buttons(painter: QPainter, cell: QRect, colours: Colours, state: Pressing) -> None:
    """Paint the three buttons as one segmented control."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rects, words = button_rects(cell, painter.fontMetrics())
    frame = QRectF(rects[0].united(rects[-1])).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(QColor(colours.strong_border if state.enabled else colours.border), 1))
    painter.setBrush(QColor(colours.raised))
    painter.drawRoundedRect(frame, RADIUS, RADIUS)
    for status_id, rect in zip(SETTABLE, rects, strict=True):
        if status_id is not SETTABLE[0]:
            painter.setPen(QPen(QColor(colours.border), 1))
            painter.drawLine(rect.left(), rect.top() + 6, rect.left(), rect.bottom() - 6)
    for status_id, rect in zip(SETTABLE, rects, strict=True):
        _paint_one(painter, rect, words, int(status_id), colours, state)
    painter.restore()


def _paint_one(
    painter: QPainter, rect: QRect, words: bool, status_id: int, colours: Colours, state: Pressing
) -> None:
    palette = colours.status(status_id)
    box = QRectF(rect).adjusted(2.5, 2.5, -2.5, -2.5)
    ink = QColor(colours.text if state.enabled else colours.disabled)
    fill, mark = QColor(palette.solid), QColor(colours.raised)
    pending = state.pending == status_id
    if not state.enabled and state.current != status_id:
        fill = QColor(colours.disabled)
    if pending:
        # Hollow and breathing until the change is durable.
        painter.setBrush(QColor(palette.tint))
        painter.setPen(_breathing(palette.solid, state.phase))
        painter.drawRoundedRect(box, RADIUS - 2, RADIUS - 2)
        ink = QColor(palette.ink)
    elif state.current == status_id and not state.pending:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.solid))
        painter.drawRoundedRect(box, RADIUS - 2, RADIUS - 2)
        ink, fill, mark = (QColor(palette.on_solid),) * 2 + (QColor(palette.solid),)
    elif state.enabled and status_id in (state.hovered, state.down):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.border if state.down == status_id else colours.hover))
        painter.drawRoundedRect(box, RADIUS - 2, RADIUS - 2)
    shape = QRectF(rect.left() + _SIDE, rect.center().y() - SHAPE / 2 + 0.5, SHAPE, SHAPE)
    draw_shape(painter, shape, status_id, fill, mark)
    if words:
        text = rect.adjusted(_SIDE + SHAPE + SMALL, 0, 0, 0)
        painter.setPen(ink)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, status_word(status_id))
    if state.focused == status_id:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.text), 1.6))
        painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), RADIUS - 1, RADIUS - 1)


def _breathing(colour: str, phase: float) -> QPen:
    ink = QColor(colour)
    ink.setAlphaF(0.35 + 0.65 * abs(1 - 2 * phase))
    return QPen(ink, 1.6, Qt.PenStyle.DashLine)

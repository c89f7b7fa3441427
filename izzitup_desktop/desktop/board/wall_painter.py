"""Paints the wall: the head with the worst and the clock, and the cards below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from izzitup_desktop.desktop.board.wall_layout import Card, padding
from izzitup_desktop.desktop.theme import Colours, draw_shape
from izzitup_desktop.domain.statuses import StatusId, severity

_SMALLEST = 0.6


class TextMeasure:
    """How wide texts are at 100 pixels; each is asked of the font once."""

    def __init__(self) -> None:
        self._metrics = {bold: QFontMetricsF(wall_font(100, bold=bold)) for bold in (False, True)}
        self._known: dict[tuple[str, bool], float] = {}

    def __call__(self, text: str, bold: bool) -> float:
        key = (text, bold)
        if key not in self._known:
            self._known[key] = self._metrics[bold].horizontalAdvance(text)
        return self._known[key]


def paint_head(
    painter: QPainter,
    head: QRectF,
    colours: Colours,
    status_id: int,
    text: str,
    corner: Sequence[str],
    *,
    lost: bool,
) -> None:
    """The band at the top; `corner` are the clock and a small line below it.

    Where the board is lost it has an alarm's frame, whatever the last status was.
    """
    palette = colours.status(status_id)
    alarm = colours.status(StatusId.OUTAGE)
    painter.fillRect(head, QColor(palette.solid))
    side = head.height() * 0.5
    margin = head.height() * 0.25
    shape = QRectF(head.left() + margin, head.top() + margin, side, side)
    draw_shape(painter, shape, status_id, QColor(palette.on_solid), QColor(palette.solid))
    clock, beat = corner
    large, small = head.height() * 0.36, max(11.0, head.height() * 0.16)
    width = max(
        QFontMetricsF(wall_font(large, bold=True)).horizontalAdvance(clock),
        QFontMetricsF(wall_font(small, bold=lost)).horizontalAdvance(beat),
    )
    place = QRectF(head.right() - width - margin, head.top(), width, head.height())
    if lost:
        painter.fillRect(place.adjusted(-margin, 0, margin, 0), QColor(alarm.solid))
    painter.setPen(QColor(alarm.on_solid if lost else palette.on_solid))
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.setFont(wall_font(large, bold=True))
    lower = head.height() * (0.3 if beat else 0.0)
    painter.drawText(place.adjusted(0, 0, 0, -lower), right, clock)
    painter.setFont(wall_font(small, bold=lost))
    painter.drawText(place.adjusted(0, head.height() * 0.52, 0, 0), right, beat)
    painter.setPen(QColor(palette.on_solid))
    room = QRectF(shape.right() + margin, head.top(), 0, head.height())
    room.setRight(place.left() - margin)
    write(painter, room, text, head.height() * 0.36, bold=True)


def paint_card(painter: QPainter, body: QRectF, card: Card, colours: Colours) -> None:
    """A service that is not operational, or a group."""
    item = card.item
    palette = colours.status(item.status_id)
    bad = bool(severity(item.status_id))
    gap = max(3.0, card.pixels * 0.12)
    frame = QRectF(body.left() + card.left, body.top() + card.top, card.width, card.height)
    frame.adjust(gap, gap, -gap, -gap)
    painter.setPen(QColor(palette.solid if bad else colours.border))
    filled = bad and not card.is_tile
    painter.setBrush(QColor(palette.tint if filled else colours.base))
    radius = min(10.0, card.pixels * 0.25)
    painter.drawRoundedRect(frame, radius, radius)
    text_height = card.pixels * 1.25 + card.second * 1.35 * (1 + card.lines)
    inner = frame.adjusted(padding(card.pixels) - gap, 0, gap - padding(card.pixels), 0)
    top = frame.top() + max(card.pixels * 0.15, (frame.height() - text_height) / 2)
    side = card.pixels * 0.9
    shape = QRectF(inner.left(), top + (card.pixels * 1.25 - side) / 2, side, side)
    draw_shape(painter, shape, item.status_id, QColor(palette.solid), QColor(palette.on_solid))
    left = shape.right() + card.pixels * 0.3
    painter.setPen(QColor(palette.ink if filled else colours.text))
    line = QRectF(left, top, inner.right() - left, card.pixels * 1.25)
    write(painter, line, item.name, card.pixels, bold=True)
    line = QRectF(left, line.bottom(), line.width(), card.second * 1.35)
    painter.setPen(QColor(palette.ink if filled else colours.muted))
    write(painter, line, item.detail, card.second)
    painter.setPen(QColor(colours.text))
    for text in wrapped(item.comment, line.width(), card.second, card.lines):
        line.translate(0, card.second * 1.35)
        write(painter, line, text, card.second, shrinks=False)


def wall_font(pixels: float, *, bold: bool = False) -> QFont:
    """A font of this size."""
    font = QFont()
    font.setPixelSize(max(9, round(pixels)))
    font.setBold(bold)
    return font


def wrapped(text: str, width: float, pixels: float, most: int) -> list[str]:
    """The lines of a text; the last of `most` has all that is left, and may be cut."""
    metrics = QFontMetricsF(wall_font(pixels))
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most:
        count = 1
        while (
            count < len(words) and metrics.horizontalAdvance(" ".join(words[: count + 1])) <= width
        ):
            count += 1
        if len(lines) == most - 1:
            count = len(words)
        lines.append(" ".join(words[:count]))
        words = words[count:]
    return lines


def fitting_pixels(text: str, width: float, pixels: float, *, bold: bool = False) -> float:
    """The size at which `text` fits into `width`: `pixels` at most, 60 % of it at least."""
    needed = QFontMetricsF(wall_font(pixels, bold=bold)).horizontalAdvance(text)
    return pixels if needed <= width else pixels * max(_SMALLEST, 0.98 * width / needed)


def write(
    painter: QPainter,
    room: QRectF,
    text: str,
    pixels: float,
    *,
    bold: bool = False,
    shrinks: bool = True,
) -> None:
    """Write a line; smaller where it does not fit and may shrink, and cut in the end."""
    if shrinks:
        pixels = fitting_pixels(text, room.width(), pixels, bold=bold)
    font = wall_font(pixels, bold=bold)
    painter.setFont(font)
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)

"""The shape of each status, so that colour is never all that tells them apart.

Operational is a disc with a tick, Impaired a triangle, Outage a square with a
cross, Closed a hollow ring, anything else a hollow ring with a dot.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPen, QPixmap, QPolygonF

from izzitup_desktop.desktop.theme.colours import Colours
from izzitup_desktop.desktop.words.texts import translated
from izzitup_desktop.domain import statuses
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.text import statuses as span_words

_TICK = ((0.28, 0.53), (0.44, 0.68), (0.73, 0.35))
_TRIANGLE = ((0.5, 0.08), (0.97, 0.9), (0.03, 0.9))


def counted(status_id: int, count: int) -> str:
    """How many have a status: the word comes first, as it has no plural."""
    return f"{status_word(status_id)} {count}"


def status_word(status_id: int) -> str:
    """The status's name in the user's language."""
    return translated(statuses.status_word(status_id))


def span_word(status_id: int) -> str:
    """Like `status_word`, and a word for 0: nobody knows."""
    return translated(span_words.span_word(status_id))


def draw_shape(painter: QPainter, rect: QRectF, status_id: int, fill: QColor, mark: QColor) -> None:
    """Draw a status's shape into the square `rect`: `fill` with `mark` on it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width(), rect.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    pen = QPen(mark, 0.13, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if status_id == StatusId.OPERATIONAL:
        painter.drawEllipse(QRectF(0.03, 0.03, 0.94, 0.94))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(_polygon(_TICK))
    elif status_id == StatusId.IMPAIRED:
        rounded = QPen(fill, 0.1)
        rounded.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(rounded)
        painter.drawPolygon(_polygon(_TRIANGLE))
        painter.setPen(pen)
        painter.drawLine(QPointF(0.5, 0.4), QPointF(0.5, 0.6))
        painter.drawPoint(QPointF(0.5, 0.77))
    elif status_id == StatusId.OUTAGE:
        painter.drawRoundedRect(QRectF(0.05, 0.05, 0.9, 0.9), 0.16, 0.16)
        painter.setPen(pen)
        painter.drawLine(QPointF(0.32, 0.32), QPointF(0.68, 0.68))
        painter.drawLine(QPointF(0.68, 0.32), QPointF(0.32, 0.68))
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(fill, 0.13))
        painter.drawEllipse(QRectF(0.1, 0.1, 0.8, 0.8))
        if status_id != StatusId.CLOSED:
            painter.setPen(QPen(fill, 0.22, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPoint(QPointF(0.5, 0.5))
    painter.restore()


def status_icon(colours: Colours, status_id: int, size: int, count: int = 0) -> QIcon:
    """A status as an icon of `size` pixels (and twice that for dense screens).

    `count` above 0 stands in a badge at the corner, "99+" from a hundred on.
    """
    icon = QIcon()
    for ratio in (1.0, 2.0, 3.0):
        pixmap = QPixmap(QSize(size, size) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        palette = colours.status(status_id)
        inset = max(1.0, size / 16)
        body = QRectF(0, 0, size, size).adjusted(inset, inset, -inset, -inset)
        draw_shape(painter, body, status_id, QColor(palette.solid), QColor(palette.on_solid))
        if count > 0:
            _draw_badge(painter, size, count, colours)
        painter.end()
        # Left to Qt, a selected row's would be washed out by the colour of the selection.
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            icon.addPixmap(pixmap, mode)
    return icon


def _draw_badge(painter: QPainter, size: int, count: int, colours: Colours) -> None:
    text = str(count) if count < 100 else "99+"
    font = QFont()
    font.setBold(True)
    font.setPixelSize(max(7, round(size * 0.46)))
    painter.setFont(font)
    width = min(size, painter.fontMetrics().horizontalAdvance(text) + size * 0.22)
    height = size * 0.54
    badge = QRectF(size - max(width, height), size - height, max(width, height), height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.base), max(1.0, size / 24)))
    painter.setBrush(QColor(colours.text))
    painter.drawRoundedRect(badge, height * 0.35, height * 0.35)
    painter.setPen(QColor(colours.base))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)


def _polygon(points: tuple[tuple[float, float], ...]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])

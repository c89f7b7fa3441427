"""The small strip of the last days in a row: a bar a day, the newest at the right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from izzitup_desktop.desktop.theme.colours import Colours
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.uptime import UNKNOWN

_STEP, _NARROW_STEP = 4, 3
_HEIGHTS = {
    UNKNOWN: 0.2,
    StatusId.OPERATIONAL: 0.55,
    StatusId.IMPAIRED: 0.8,
    StatusId.OUTAGE: 1.0,
}
"""A worse day is a taller bar: colour is never all that tells them apart."""

DAYS = 30


def uptime_bar_width(*, narrow: bool = False) -> int:
    """The width that all days take."""
    return DAYS * (_NARROW_STEP if narrow else _STEP)


def paint_uptime_bar(painter: QPainter, room: QRectF, days: bytes, colours: Colours) -> None:
    """Paint the days that fit into `room`, on its lower edge."""
    step = _STEP if room.width() >= uptime_bar_width() else _NARROW_STEP
    fitting = days[-max(1, int(room.width()) // step) :]
    if not fitting:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    left = room.left()
    for day in fitting:
        height = max(2.0, room.height() * _HEIGHTS.get(day, 0.55))
        colour = colours.strong_border if day == UNKNOWN else colours.status(day).solid
        painter.setBrush(QColor(colour))
        painter.drawRect(QRectF(left, room.bottom() - height, step - 1, height))
        left += step
    painter.restore()

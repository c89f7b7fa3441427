"""The wall display: the whole board over a whole screen, to be read from afar."""

from __future__ import annotations

from datetime import UTC, datetime
from math import ceil

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.rows import Row
from izzitup_desktop.desktop.theme import Theme, draw_shape, status_word
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.desktop.words.times import ago
from izzitup_desktop.domain.statuses import SETTABLE, StatusId, severity, worst

_REPAINT_MS = 10_000
_HEAD = 0.14
_SMALLEST = 0.6
_STALE_OPACITY = 0.35
_WIDEST = 2.6
"""How many times wider than high a tile may be."""


class Wall(QWidget):
    """A tile a group, the worst first in each; Esc, F11 or a double click leave it."""

    left = Signal()

    def __init__(self, model: ServiceModel, theme: Theme) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._model, self._theme = model, theme
        self._stale = ""
        self.setWindowTitle(self.tr("IzzitUp: wall display"))
        self.setAccessibleName(self.tr("Wall display"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._timer = QTimer(self)
        self._timer.setInterval(_REPAINT_MS)
        self._timer.timeout.connect(self.update)
        self._timer.start()
        model.counts_changed.connect(self._refresh)
        theme.changed.connect(self.update)
        self._refresh()

    @property
    def text(self) -> str:
        """What stands at the top."""
        if self._stale:
            return self._stale
        counts = self._model.arrangement.counts()
        parts = [
            f"{counts[status]} {status_word(status)}"
            for status in reversed(SETTABLE)
            if counts[status] and severity(status)
        ]
        if parts:
            return ", ".join(parts)
        total = sum(counts.values())
        if not total:
            return self.tr("No services yet")
        if total == 1:
            return self.tr("The service is operational")
        return filled(self.tr("All %1 services are operational"), total)

    def set_stale(self, text: str) -> None:
        """Say that what is shown was true once, in grey; "" when it is true."""
        self._stale = text
        self._refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F11, Qt.Key.Key_Q):
            self.close()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.left.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._theme.colours
        painter.fillRect(self.rect(), QColor(colours.window))
        head = QRectF(0, 0, self.width(), self.height() * _HEAD)
        self._paint_head(painter, head)
        groups = self._groups()
        if groups:
            painter.setOpacity(_STALE_OPACITY if self._stale else 1.0)
            room = QRectF(self.rect()).adjusted(0, head.height(), 0, 0)
            self._paint_tiles(painter, room, groups)
        painter.end()

    def _refresh(self) -> None:
        self.setAccessibleDescription(self.text)
        self.update()

    def _groups(self) -> list[tuple[str, list[Row]]]:
        groups: dict[tuple[int, int], list[Row]] = {}
        for row in self._model.arrangement.rows.values():
            groups.setdefault((row.group_place, row.service.group_id or 0), []).append(row)
        found = []
        for _, rows in sorted(groups.items()):
            rows.sort(key=lambda row: (-severity(row.service.status_id), row.name_key))
            found.append((rows[0].group or self.tr("No group"), rows))
        return found

    def _paint_head(self, painter: QPainter, head: QRectF) -> None:
        counts = self._model.arrangement.counts()
        status = StatusId.CLOSED if self._stale else worst(counts)
        palette = self._theme.colours.status(status)
        painter.fillRect(head, QColor(palette.solid))
        side = head.height() * 0.5
        shape = QRectF(head.height() * 0.25, head.height() * 0.25, side, side)
        draw_shape(painter, shape, status, QColor(palette.on_solid), QColor(palette.solid))
        painter.setPen(QColor(palette.on_solid))
        clock = f"{datetime.now(UTC).astimezone():%H:%M}"
        font = _font(head.height() * 0.36, bold=True)
        clock_width = QFontMetricsF(font).horizontalAdvance(clock) + head.height() * 0.3
        painter.setFont(font)
        painter.drawText(
            head.adjusted(0, 0, -head.height() * 0.3, 0),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
            clock,
        )
        room = head.adjusted(shape.right() + head.height() * 0.25, 0, -clock_width, 0)
        _write(painter, room, self.text, head.height() * 0.36, bold=True)

    def _paint_tiles(
        self, painter: QPainter, room: QRectF, groups: list[tuple[str, list[Row]]]
    ) -> None:
        columns = 1
        while columns < len(groups):
            lines = ceil(len(groups) / columns)
            if room.width() / columns <= _WIDEST * room.height() / lines:
                break
            columns += 1
        lines = ceil(len(groups) / columns)
        gap = max(8.0, room.width() / 120)
        width = (room.width() - gap * (columns + 1)) / columns
        height = (room.height() - gap * (lines + 1)) / lines
        for place, (name, rows) in enumerate(groups):
            left = room.left() + gap + (place % columns) * (width + gap)
            top = room.top() + gap + (place // columns) * (height + gap)
            self._paint_tile(painter, QRectF(left, top, width, height), name, rows)

    def _paint_tile(self, painter: QPainter, tile: QRectF, name: str, rows: list[Row]) -> None:
        colours = self._theme.colours
        status = worst(row.service.status_id for row in rows)
        palette = colours.status(status)
        painter.setPen(QColor(palette.solid if severity(status) else colours.border))
        painter.setBrush(QColor(palette.tint if severity(status) else colours.base))
        painter.drawRoundedRect(tile, 10, 10)
        bad = [row for row in rows if severity(row.service.status_id)]
        line = max(14.0, min(tile.height() / (len(bad) + 3.2), tile.height() / 4.5, 64.0))
        inner = tile.adjusted(line * 0.5, line * 0.3, -line * 0.5, -line * 0.3)
        painter.setPen(QColor(colours.text))
        top = QRectF(inner.left(), inner.top(), inner.width(), line)
        _write(painter, top, name, line * 0.62, bold=True)
        fitting = max(1, int((inner.height() - 2 * line) / line))
        shown = bad[:fitting]
        for place, row in enumerate(shown, 1):
            self._paint_service(painter, top.translated(0, line * (place + 0.1)), row)
        rest = []
        if len(bad) > len(shown):
            rest.append(filled(self.tr("and %1 more"), len(bad) - len(shown)))
        good = len(rows) - len(bad)
        if good:
            rest.append(f"{good} {status_word(StatusId.OPERATIONAL)}")
        painter.setPen(QColor(colours.muted))
        last = top.translated(0, line * (len(shown) + 1.1))
        _write(painter, last, ", ".join(rest), line * 0.5)

    def _paint_service(self, painter: QPainter, room: QRectF, row: Row) -> None:
        palette = self._theme.colours.status(row.service.status_id)
        side = room.height() * 0.62
        shape = QRectF(room.left(), room.center().y() - side / 2, side, side)
        draw_shape(
            painter, shape, row.service.status_id, QColor(palette.solid), QColor(palette.on_solid)
        )
        painter.setPen(QColor(palette.ink))
        since = ago(row.service.since, datetime.now(UTC))
        text = f"{row.service.name}  ·  {since}"
        _write(painter, room.adjusted(side * 1.5, 0, 0, 0), text, room.height() * 0.58)


def _font(pixels: float, *, bold: bool = False) -> QFont:
    font = QFont()
    font.setPixelSize(max(9, round(pixels)))
    font.setBold(bold)
    return font


def fitting_pixels(text: str, width: float, pixels: float, *, bold: bool = False) -> float:
    """The size at which `text` fits into `width`: `pixels` at most, 60 % of it at least."""
    needed = QFontMetricsF(_font(pixels, bold=bold)).horizontalAdvance(text)
    return pixels if needed <= width else pixels * max(_SMALLEST, 0.98 * width / needed)


def _write(
    painter: QPainter, room: QRectF, text: str, pixels: float, *, bold: bool = False
) -> None:
    font = _font(fitting_pixels(text, room.width(), pixels, bold=bold), bold=bold)
    painter.setFont(font)
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)

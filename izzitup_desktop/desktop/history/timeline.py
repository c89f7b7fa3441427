"""The history strip: what held when, painted on a line of time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from izzitup_desktop.desktop.theme import SMALL, Theme
from izzitup_desktop.desktop.theme.shapes import span_word
from izzitup_desktop.desktop.words.texts import filled, tooltip
from izzitup_desktop.desktop.words.times import (
    clock,
    date_of,
    exactly,
    from_microseconds,
    lasting,
    local_day,
    local_time,
)
from izzitup_desktop.domain.statuses import StatusId, severity
from izzitup_desktop.domain.uptime import UNKNOWN, Span

_HEIGHT = 44
_SHARE = {UNKNOWN: 0.25, StatusId.OPERATIONAL: 0.55, StatusId.IMPAIRED: 0.8}
_HOURS_BELOW, _DAYS_BELOW = 1.5, 8
"""So many days at most are marked by hours, and by days; more by weeks."""


class Timeline(QWidget):
    """Worse is taller. A click on a day looks closer (`day_wanted` carries its `QDate`)."""

    day_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._spans: tuple[Span, ...] = ()
        self.setAccessibleName(self.tr("History"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_spans(self, spans: tuple[Span, ...]) -> None:
        """Show adjoining spans, oldest first."""
        self._spans = spans
        bad = [span for span in spans if severity(span.status_id or StatusId.OPERATIONAL)]
        many = self.tr("%1 times not operational")
        text = self.tr("Once not operational") if len(bad) == 1 else filled(many, len(bad))
        self.setAccessibleDescription(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, _HEIGHT + self.fontMetrics().height() + SMALL)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._spans:
            return
        colours = self._theme.colours
        painter = QPainter(self)
        ground = QRectF(0.5, 0.5, self.width() - 1, _HEIGHT)
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.setBrush(QColor(colours.alternate))
        painter.drawRect(ground)
        painter.setPen(Qt.PenStyle.NoPen)
        # The worst last: a short outage must not vanish under what came after it.
        for span in sorted(self._spans, key=lambda s: _weight(s.status_id)):
            left, right = self._x(span.begin), self._x(span.end)
            height = (_HEIGHT - 4) * _SHARE.get(span.status_id, 1.0)
            if span.status_id == UNKNOWN:
                painter.setBrush(QColor(colours.strong_border))
                height = 3
            else:
                painter.setBrush(QColor(colours.status(span.status_id).solid))
            painter.drawRect(QRectF(left, _HEIGHT - height, max(1.5, right - left), height))
        self._paint_times(painter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(ground.adjusted(1, 1, -1, -1))
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._days() > _HOURS_BELOW:
            self.day_wanted.emit(local_day(self._time_at(event.position().x())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._days() > _HOURS_BELOW:
            self.day_wanted.emit(local_day(from_microseconds(self._spans[-1].end)))
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            text = self.text_at(event.pos())
            QToolTip.showText(event.globalPos(), tooltip(text), self)
            return True
        return super().event(event)

    def text_at(self, point: QPoint) -> str:
        """What held under `point`, from when to when."""
        if not self._spans:
            return ""
        time = self._microseconds_at(point.x())
        span = next((s for s in self._spans if s.begin <= time < s.end), self._spans[-1])
        return filled(
            self.tr("%1\n%2 – %3\n%4"),
            span_word(span.status_id),
            exactly(from_microseconds(span.begin)),
            exactly(from_microseconds(span.end)),
            lasting(span.length / 1e6),
        )

    def marks(self) -> Iterator[tuple[datetime, str]]:
        """The times that are written below, from the day on in which the strip begins."""
        if not self._spans:
            return
        day = local_day(from_microseconds(self._spans[0].begin))
        end = from_microseconds(self._spans[-1].end)
        days = self._days()
        while (midnight := local_time(day)) < end:
            if days > _HOURS_BELOW:
                yield midnight, date_of(midnight, self.tr("MMM d"))
            else:
                for hour in range(0, 24, 6):
                    time = local_time(day, hour)
                    yield time, clock(time)
            day = day.addDays(7 if days > _DAYS_BELOW else 1)

    def _paint_times(self, painter: QPainter) -> None:
        painter.setPen(QColor(self._theme.colours.muted))
        right = -1.0
        for mark, text in self.marks():
            x = self._x(int(mark.timestamp() * 1_000_000))
            width = painter.fontMetrics().horizontalAdvance(text)
            if x >= 0 and x > right + SMALL and x + width < self.width():
                painter.drawLine(int(x), _HEIGHT, int(x), _HEIGHT + 3)
                painter.drawText(int(x), _HEIGHT + painter.fontMetrics().height(), text)
                right = x + width

    def _days(self) -> float:
        if not self._spans:
            return 0.0
        return (self._spans[-1].end - self._spans[0].begin) / 86_400e6

    def _x(self, microseconds: int) -> float:
        begin, end = self._spans[0].begin, self._spans[-1].end
        return (microseconds - begin) / max(1, end - begin) * self.width()

    def _microseconds_at(self, x: float) -> int:
        begin, end = self._spans[0].begin, self._spans[-1].end
        return begin + round((end - begin) * x / max(1, self.width()))

    def _time_at(self, x: float) -> datetime:
        return from_microseconds(self._microseconds_at(x))


def _weight(status_id: int) -> int:
    return -1 if status_id == UNKNOWN else severity(status_id)

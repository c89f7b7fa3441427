"""Pages of paper: texts and rows from top to bottom, heads repeated, "2 / 5" below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPainter,
    QPen,
    QTextLayout,
    QTextOption,
)

from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.messages import msg

Draw = Callable[[QPainter], None]
LINE_BREAK = "\u2028"
_POINTS_AN_INCH = 72
_FOOT_POINTS, _RULE_POINTS = 20.0, 0.5
PAD_POINTS, _BELOW_POINTS = 2.8, 1.5


@dataclass(frozen=True)
class Style:
    """How a text looks on the paper of `device`."""

    device: QPagedPaintDevice
    font: QFont
    metrics: QFontMetricsF
    ink: str

    def width_of(self, text: str) -> float:
        """How wide the text is on one line."""
        return self.metrics.horizontalAdvance(text)


@dataclass(frozen=True)
class Cell:
    """A text in a column from `left` on; it wraps, and never leaves its `width`."""

    text: str
    style: Style
    left: float
    width: float
    is_right: bool = False

    def height(self) -> float:
        """How high the text is, wrapped."""
        if self._fits:
            return self.style.metrics.height()
        return self._layout().boundingRect().height()

    def draw(self, painter: QPainter, top: float) -> None:
        """Draw it, its upper edge at `top`."""
        painter.setPen(QColor(self.style.ink))
        if self._fits:
            painter.setFont(self.style.font)
            box = QRectF(self.left, top, self.width, self.style.metrics.height())
            painter.drawText(box, self._side | Qt.AlignmentFlag.AlignVCenter, self.text)
        else:
            self._layout().draw(painter, QPointF(self.left, top))

    @property
    def _side(self) -> Qt.AlignmentFlag:
        # A name of another direction stays in its column's line, too.
        side = Qt.AlignmentFlag.AlignRight if self.is_right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignAbsolute

    @property
    def _fits(self) -> bool:
        is_one_line = LINE_BREAK not in self.text
        return is_one_line and self.style.width_of(self.text) <= self.width

    def _layout(self) -> QTextLayout:
        layout = QTextLayout(self.text, self.style.font, self.style.device)
        option = QTextOption(self._side)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self.width)
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout


@dataclass(frozen=True)
class Row:
    """Cells side by side, and what else is drawn there, given where it begins and how high."""

    cells: Sequence[Cell]
    more: Callable[[QPainter, float, float], None] | None = None
    fill: str = ""
    rule: str = ""
    rule_points: float = _RULE_POINTS
    below: Cell | None = None
    """A text of its own line below the cells."""


class Sheets:
    """Lays out on the writer's pages; `paint` draws them once their number is known."""

    def __init__(self, writer: QPagedPaintDevice, foot: str, muted: str, border: str) -> None:
        self._writer = writer
        resolution = writer.logicalDpiX()
        self.unit = resolution / _POINTS_AN_INCH
        """A point in the units of the page."""
        box = writer.pageLayout().paintRectPixels(resolution)
        self.width, self._height = float(box.width()), float(box.height())
        self._bottom = self._height - _FOOT_POINTS * self.unit
        self._pages: list[list[Draw]] = [[]]
        self._top = 0.0
        self._head: Row | None = None
        self._foot, self._border = foot, border
        self._foot_style = self.style(7.5, muted)

    def style(self, points: float, ink: str, *, bold: bool = False) -> Style:
        """A style of this size."""
        font = QFont()
        font.setPointSizeF(points)
        font.setBold(bold)
        return Style(self._writer, font, QFontMetricsF(font, self._writer), ink)

    def cell(self, text: str, style: Style) -> Cell:
        """A text over the whole width."""
        return Cell(text, style, 0.0, self.width)

    def space(self, points: float) -> None:
        """Leave some room, but none at the top of a page."""
        if self._top > 0:
            self._top += points * self.unit

    def keep(self, *rows: Row) -> None:
        """Begin a page unless these rows fit on this one after each other."""
        self._need(sum(map(self._height_of, rows)))

    def draw(self, height: float, draw: Callable[[QPainter, float], None]) -> None:
        """Draw something of this height, given where it begins."""
        self._need(height)
        top = self._top
        self._pages[-1].append(lambda painter: draw(painter, top))
        self._top += height

    def text(self, text: str, style: Style) -> None:
        """A paragraph."""
        cell = self.cell(text, style)
        self.draw(cell.height(), cell.draw)

    def begin_table(self, head: Row) -> None:
        """Put the head of a table, and again on each page that the table goes on."""
        self._head = None
        self.row(head)
        self._head = head

    def end_table(self) -> None:
        """The table is over."""
        self._head = None

    def row(self, row: Row, *kept: Row) -> None:
        """Put a row, on one page with those `kept` that will follow."""
        self.keep(row, *kept)
        height, top = self._height_of(row), self._top
        self._pages[-1].append(lambda painter: self._draw_row(painter, row, top, height))
        self._top += height

    @property
    def count(self) -> int:
        """How many pages there are so far."""
        return len(self._pages)

    def paint(self, drawn: Callable[[int, int], None]) -> None:
        """Draw all pages; `drawn` hears how many of how many are, what it raises ends this.

        Raises `Unavailable` where the device can't be drawn on.
        """
        painter = QPainter()
        if not painter.begin(self._writer):
            raise Unavailable(msg("Nothing can be printed there."))
        try:
            for number, page in enumerate(self._pages, 1):
                drawn(number - 1, len(self._pages))
                if number > 1:
                    self._writer.newPage()
                for draw in page:
                    draw(painter)
                self._draw_foot(painter, number)
            drawn(len(self._pages), len(self._pages))
        finally:
            painter.end()

    def _need(self, height: float) -> None:
        # What is higher than any page begins one, rather than an endless number of them.
        if self._top > 0 and self._top + height > self._bottom:
            self._pages.append([])
            self._top = 0.0
            if (head := self._head) is not None:
                self._head = None
                self.row(head)
                self._head = head

    @property
    def _pad(self) -> float:
        return PAD_POINTS * self.unit

    def _height_of(self, row: Row) -> float:
        below = 0.0 if row.below is None else row.below.height() + _BELOW_POINTS * self.unit
        return max((cell.height() for cell in row.cells), default=0.0) + below + 2 * self._pad

    def _draw_row(self, painter: QPainter, row: Row, top: float, height: float) -> None:
        if row.fill:
            # The rule above, half of which lies in this row, stays to be seen.
            under = self.unit / 2
            box = QRectF(0, top + under, self.width, height - under)
            painter.fillRect(box, QColor(row.fill))
        for cell in row.cells:
            cell.draw(painter, top + self._pad)
        if row.more is not None:
            row.more(painter, top, height)
        if row.below is not None:
            row.below.draw(painter, top + height - self._pad - row.below.height())
        if row.rule:
            self._draw_rule(painter, top + height, row.rule, row.rule_points)

    def _draw_rule(self, painter: QPainter, place: float, ink: str, points: float) -> None:
        painter.setPen(QPen(QColor(ink), points * self.unit))
        painter.drawLine(QPointF(0, place), QPointF(self.width, place))

    def _draw_foot(self, painter: QPainter, number: int) -> None:
        style = self._foot_style
        top = self._height - style.metrics.height()
        self._draw_rule(painter, top - 3 * self.unit, self._border, _RULE_POINTS)
        pages = f"{number} / {len(self._pages)}"
        room = self.width - style.width_of(pages) - 12 * self.unit
        foot = style.metrics.elidedText(self._foot, Qt.TextElideMode.ElideRight, room)
        left = Cell(foot, style, 0, room)
        left.draw(painter, top)
        replace(left, text=pages, width=self.width, is_right=True).draw(painter, top)

"""The report as PDF: pages for the desk of somebody who decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QBuffer, QIODevice, QLocale, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from izzitup_desktop.desktop.paper.marks import status_mark
from izzitup_desktop.desktop.paper.sheets import LINE_BREAK, PAD_POINTS, Cell, Row, Sheets
from izzitup_desktop.desktop.theme.colours import LIGHT
from izzitup_desktop.domain.errors import Cancelled, Invalid
from izzitup_desktop.domain.logo import Logo
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.uptime import UNKNOWN
from izzitup_desktop.report.contents import Line, Outage, Report
from izzitup_desktop.report.web_page import HEIGHTS
from izzitup_desktop.report.wording import Wording

_RESOLUTION = 600
_MARGIN_MM = 15
_TILE_LEAST = 9
_LINES_MOST = 12
"""A comment of more lines is put together."""

_Territory = QLocale.Country
_LETTER = frozenset(
    {
        _Territory.UnitedStates, _Territory.Canada, _Territory.Mexico, _Territory.Belize,
        _Territory.Chile, _Territory.Colombia, _Territory.CostaRica, _Territory.Guatemala,
        _Territory.Nicaragua, _Territory.Panama, _Territory.Philippines, _Territory.PuertoRico,
        _Territory.ElSalvador, _Territory.Venezuela,
    }
)  # fmt: skip
"""Where paper is US Letter (Unicode CLDR, "paperSize"); elsewhere it is A4."""


def paper_of(locale: QLocale) -> QPageSize.PageSizeId:
    """The paper that printers hold where this locale is spoken."""
    is_letter = locale.territory() in _LETTER
    return QPageSize.PageSizeId.Letter if is_letter else QPageSize.PageSizeId.A4


def pdf_of(
    report: Report,
    wording: Wording,
    paper: QPageSize.PageSizeId,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> bytes:
    """The report on pages of `paper`. Raises `Cancelled`, and `Invalid` for a broken logo."""

    def drawn(done: int, total: int) -> None:
        if cancelled():
            raise Cancelled
        progress(done, total)

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(f"{wording.title}, {wording.days(report)}")
    writer.setCreator("IzzitUp")
    writer.setResolution(_RESOLUTION)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(paper), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
        )
    )
    _Pages(writer, report, wording, cancelled).paint(drawn)
    buffer.close()
    return bytes(buffer.data().data())


class _Pages:
    def __init__(
        self,
        writer: QPdfWriter,
        report: Report,
        wording: Wording,
        cancelled: Callable[[], bool],
    ) -> None:
        self._report, self._wording, self._cancelled = report, wording, cancelled
        name = report.asked.board_name
        title = f"{wording.title}, {wording.days(report)}"
        foot = f"{name} · {title}" if name else title
        self._sheets = sheets = Sheets(writer, foot, LIGHT.muted, LIGHT.border)
        self._unit = sheets.unit
        self._plain = sheets.style(8, LIGHT.text)
        self._bold = sheets.style(8, LIGHT.text, bold=True)
        self._muted = sheets.style(8, LIGHT.muted)
        self._title = sheets.style(13, LIGHT.text, bold=True)

    def paint(self, drawn: Callable[[int, int], None]) -> None:
        """Lay everything out, and draw it."""
        self._put_head()
        self._put_tiles()
        self._put_figures()
        self._sheets.space(6)
        for note in self._wording.notes(self._report):
            self._sheets.text(note, self._muted)
            self._sheets.space(2)
        self._put_outages()
        self._sheets.space(10)
        self._sheets.text(self._wording.made(self._report), self._muted)
        self._sheets.paint(drawn)

    def _put_head(self) -> None:
        asked, sheets, unit = self._report.asked, self._sheets, self._unit
        lines = [
            Cell(self._wording.title, sheets.style(22, LIGHT.text, bold=True), 0, sheets.width),
            Cell(self._wording.days(self._report), sheets.style(12, LIGHT.text), 0, sheets.width),
        ]
        if asked.board_name:
            style = sheets.style(11, LIGHT.muted, bold=True)
            lines.insert(0, Cell(asked.board_name, style, 0, sheets.width))
        image = _image_of(asked.logo)
        box = _fitted(image, 150 * unit, 50 * unit) if image is not None else QRectF()
        left = box.width() + 16 * unit if image is not None else 0.0
        lines = [Cell(one.text, one.style, left, sheets.width - left) for one in lines]
        texts = sum(line.height() for line in lines)
        height = max(texts, box.height())

        def draw(painter: QPainter, top: float) -> None:
            if image is not None:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(box.translated(0, top + (height - box.height()) / 2), image)
            place = top + (height - texts) / 2
            for line in lines:
                line.draw(painter, place)
                place += line.height()

        sheets.draw(height, draw)
        rule = Row((), rule=LIGHT.text, rule_points=1.4)
        sheets.row(rule)
        sheets.space(12)

    def _put_tiles(self) -> None:
        sheets, unit = self._sheets, self._unit
        tiles = self._wording.tiles(self._report)
        gap, pad = 8 * unit, 8 * unit
        width = (sheets.width - gap * (len(tiles) - 1)) / len(tiles)
        sizes = (sheets.style(points, LIGHT.text, bold=True) for points in (15, 13.5, 12, 10.5, 9))
        # All of one size, the largest in which each is on one line.
        large = next(
            style
            for style in sizes
            if style.font.pointSizeF() <= _TILE_LEAST
            or all(style.width_of(value) <= width - 2 * pad for value, _ in tiles)
        )
        pairs: list[tuple[float, Cell, Cell]] = []
        for place, (value, what) in enumerate(tiles):
            left = place * (width + gap)
            cells = [
                Cell(text, style, left + pad, width - 2 * pad)
                for text, style in ((value, large), (what, self._muted))
            ]
            pairs.append((left, cells[0], cells[1]))
        above = max(value.height() for _, value, _ in pairs)
        height = above + max(what.height() for _, _, what in pairs) + 2 * pad

        def draw(painter: QPainter, top: float) -> None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for left, value, what in pairs:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(LIGHT.window))
                painter.drawRoundedRect(QRectF(left, top, width, height), 4 * unit, 4 * unit)
                value.draw(painter, top + pad)
                what.draw(painter, top + pad + above)

        sheets.draw(height, draw)

    def _put_figures(self) -> None:
        report, wording, sheets = self._report, self._wording, self._sheets
        heads = wording.figures_heads()
        rows = [wording.figures(line.totals, line.times) for line in report.lines]
        numbers = self._number_columns(heads[1:], rows)
        rest = sheets.width - sum(numbers)
        name_width = rest * 0.48
        strip = (name_width, rest - name_width)
        made = [
            self._figures_row(line, cells, numbers, name_width, strip)
            for line, cells in zip(report.lines, rows, strict=True)
        ]
        cells = [Cell(heads[0], self._bold, 0, name_width)]
        cells.append(Cell(wording.strip_head(), self._bold, strip[0], strip[1]))
        cells += self._numbers(heads[1:], numbers, bold=True)
        head = Row(cells, rule=LIGHT.text, rule_points=1)
        title = Row([sheets.cell(wording.figures_title(), self._title)])
        sheets.space(14)
        sheets.row(title, self._legend(), head, *made[:2])
        sheets.row(self._legend(), head, *made[:2])
        sheets.begin_table(head)
        for place, row in enumerate(made):
            self._go_on()
            # A group's line is not left alone at the foot of a page.
            sheets.row(row, *made[place + 1 : place + 1 + report.lines[place].is_group])
        sheets.end_table()

    def _number_columns(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
        gap = 8 * self._unit
        return [
            gap + max(map(self._bold.width_of, {head, *(row[place] for row in rows)}))
            for place, head in enumerate(heads)
        ]

    def _numbers(self, texts: Sequence[str], widths: Sequence[float], *, bold: bool) -> list[Cell]:
        style = self._bold if bold else self._plain
        left = self._sheets.width - sum(widths)
        cells = []
        for text, width in zip(texts, widths, strict=True):
            cells.append(Cell(text, style, left, width - 2 * self._unit, is_right=True))
            left += width
        return cells

    def _figures_row(
        self,
        line: Line,
        texts: Sequence[str],
        widths: Sequence[float],
        name_width: float,
        strip: tuple[float, float],
    ) -> Row:
        unit = self._unit
        style, indent = (self._bold, 3) if line.is_group else (self._plain, 12)
        name = Cell(line.figures.name, style, indent * unit, name_width - (indent + 8) * unit)
        # Middle of the first line, however many lines the name has.
        bars = self._strip(line.strip, strip[0], strip[1], style.metrics.height())
        return Row(
            [name, *self._numbers(texts, widths, bold=line.is_group)],
            more=bars,
            fill=LIGHT.window if line.is_group else "",
            rule=LIGHT.border,
        )

    def _strip(
        self, statuses: Sequence[int], left: float, width: float, height: float
    ) -> Callable[[QPainter, float, float], None]:
        def draw(painter: QPainter, top: float, _height: float) -> None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(Qt.PenStyle.NoPen)
            pitch = width / max(1, len(statuses))
            gap = min(pitch * 0.15, 0.8 * self._unit)
            foot = top + PAD_POINTS * self._unit + height
            for place, status_id in enumerate(statuses):
                box = height * HEIGHTS.get(status_id, HEIGHTS[UNKNOWN])
                painter.setBrush(QColor(_ink(status_id)))
                painter.drawRect(QRectF(left + place * pitch, foot - box, pitch - gap, box))

        return draw

    def _legend(self) -> Row:
        style, unit = self._muted, self._unit
        cells: list[Cell] = []
        marks: list[tuple[float, int]] = []
        left = 0.0
        for status_id in (StatusId.OPERATIONAL, StatusId.IMPAIRED, StatusId.OUTAGE, UNKNOWN):
            text = self._wording.status(status_id)
            width = style.width_of(text) + unit
            marks.append((left, status_id))
            cells.append(Cell(text, style, left + 8 * unit, width))
            left += width + 20 * unit
        told = self._wording.strip(self._report)
        cells.append(Cell(told, style, left, self._sheets.width - left))
        bars = [self._strip([id_], place, 5 * unit, style.metrics.height()) for place, id_ in marks]

        def draw(painter: QPainter, top: float, height: float) -> None:
            for bar in bars:
                bar(painter, top, height)

        return Row(cells, more=draw)

    def _put_outages(self) -> None:
        report, wording, sheets = self._report, self._wording, self._sheets
        title = Row([sheets.cell(wording.outages_title(), self._title)])
        sheets.space(16)
        if not report.outages:
            none = Row([sheets.cell(wording.none(), self._plain)])
            sheets.row(title, none)
            sheets.row(none)
            return
        heads = wording.outages_heads()
        texts = [wording.outage(outage, report) for outage in report.outages]
        lefts, widths = self._outage_columns(heads, texts)
        rows = [
            self._outage_row(outage, cells, lefts, widths)
            for outage, cells in zip(report.outages, texts, strict=True)
        ]
        head = self._outage_cells(heads, lefts, widths, bold=True)
        head_row = Row(head, rule=LIGHT.text, rule_points=1)
        cut = wording.cut(report)
        between = [Row([sheets.cell(cut, self._muted)])] if cut else []
        sheets.row(title, *between, head_row, *rows[:1])
        for one in between:
            sheets.row(one, head_row, *rows[:1])
        sheets.begin_table(head_row)
        for row in rows:
            self._go_on()
            sheets.row(row)
        sheets.end_table()

    def _outage_columns(
        self, heads: Sequence[str], texts: Sequence[Sequence[str]]
    ) -> tuple[list[float], list[float]]:
        """Where each column begins and how wide it is: service and person share the rest."""
        gap, wide = 10 * self._unit, {1: 0.66, 5: 0.34}
        widths = [
            0.0
            if place in wide
            else gap + max(map(self._bold.width_of, {head, *(row[place] for row in texts)}))
            for place, head in enumerate(heads)
        ]
        widths[0] += 12 * self._unit
        rest = self._sheets.width - sum(widths)
        for place, share in wide.items():
            widths[place] = rest * share
        lefts = [sum(widths[:place]) for place in range(len(widths))]
        return lefts, widths

    def _outage_cells(
        self,
        texts: Sequence[str],
        lefts: Sequence[float],
        widths: Sequence[float],
        *,
        bold: bool = False,
        indent: float = 0.0,
    ) -> list[Cell]:
        style, gap = self._bold if bold else self._plain, 10 * self._unit
        return [
            Cell(
                text,
                style,
                lefts[place] + (0 if place else indent),
                widths[place] - (gap if place < 5 else 0) - (0 if place else indent),
                is_right=place == 4,
            )
            for place, text in enumerate(texts)
        ]

    def _outage_row(
        self, outage: Outage, texts: Sequence[str], lefts: Sequence[float], widths: Sequence[float]
    ) -> Row:
        indent = 12 * self._unit
        below = None
        if outage.comment:
            left = lefts[1]
            below = Cell(_lines_of(outage.comment), self._muted, left, self._sheets.width - left)
        return Row(
            self._outage_cells(texts, lefts, widths, indent=indent),
            more=status_mark(self._plain, outage.span.status_id, self._unit),
            rule=LIGHT.border,
            below=below,
        )

    def _go_on(self) -> None:
        if self._cancelled():
            raise Cancelled


def _ink(status_id: int) -> str:
    return LIGHT.strong_border if status_id == UNKNOWN else LIGHT.status(status_id).solid


def _lines_of(comment: str) -> str:
    lines = [line for line in comment.splitlines() if line.strip()]
    return (LINE_BREAK if len(lines) <= _LINES_MOST else " ").join(lines)


def _image_of(logo: Logo | None) -> QImage | None:
    if logo is None:
        return None
    image = QImage.fromData(logo.content)
    if image.isNull():
        raise Invalid("board_logo", msg("The logo can't be shown: the picture is broken."))
    return image


def _fitted(image: QImage, width: float, height: float) -> QRectF:
    share = min(width / max(1, image.width()), height / max(1, image.height()))
    return QRectF(0, 0, image.width() * share, image.height() * share)

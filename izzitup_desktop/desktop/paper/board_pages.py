"""The board on paper: what its table shows, for a meeting or the notice board."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPagedPaintDevice

from izzitup_desktop.desktop.board.cell_texts import left_out_text, section_title
from izzitup_desktop.desktop.board.memory import memory_lines
from izzitup_desktop.desktop.board.rows import Row as ServiceRow, Section
from izzitup_desktop.desktop.paper.marks import mark_size, status_mark
from izzitup_desktop.desktop.paper.sheets import LINE_BREAK, Cell, Row, Sheets, Style
from izzitup_desktop.desktop.theme.colours import LIGHT
from izzitup_desktop.desktop.theme.shapes import counted, status_word
from izzitup_desktop.desktop.words.origins import actor_word
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.desktop.words.times import exactly
from izzitup_desktop.domain.errors import Cancelled

_GAP_POINTS = 10.0


@dataclass(frozen=True, slots=True)
class BoardOnPaper:
    """`items` are rows and headings from top to bottom; `told` says what is left out, or ""."""

    name: str
    at: datetime
    told: str
    items: Sequence[ServiceRow | Section]


def print_board(
    device: QPagedPaintDevice,
    board: BoardOnPaper,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Draw it on the pages of `device`, black on white. Raises `Cancelled`."""

    def drawn(done: int, total: int) -> None:
        if cancelled():
            raise Cancelled
        progress(done, total)

    title = board.name or _tr("Services")
    as_of = filled(_tr("As of %1"), exactly(board.at))
    sheets = Sheets(device, f"{title} · {as_of}", LIGHT.muted, LIGHT.border)
    _Pages(sheets, board, title, as_of).put(cancelled)
    sheets.paint(drawn)


class _Pages:
    def __init__(self, sheets: Sheets, board: BoardOnPaper, title: str, as_of: str) -> None:
        self._sheets, self._board = sheets, board
        self._title, self._as_of = title, as_of
        self._plain = sheets.style(9, LIGHT.text)
        self._bold = sheets.style(9, LIGHT.text, bold=True)
        self._muted = sheets.style(8, LIGHT.muted)
        self._gap = _GAP_POINTS * sheets.unit
        self._indent = mark_size(self._plain) + 5 * sheets.unit

    def put(self, cancelled: Callable[[], bool]) -> None:
        """Lay all of it out."""
        sheets, items = self._sheets, self._board.items
        sheets.text(self._title, sheets.style(20, LIGHT.text, bold=True))
        told = " · ".join(filter(None, (self._as_of, self._board.told)))
        sheets.text(told, sheets.style(10, LIGHT.muted))
        sheets.space(10)
        rows = [item for item in items if isinstance(item, ServiceRow)]
        lefts, widths = self._columns(rows)
        heads = [_tr("Status"), _tr("Name"), _tr("Since"), _tr("Changed by")]
        sheets.begin_table(
            Row(self._cells(heads, lefts, widths, self._bold), rule=LIGHT.text, rule_points=1)
        )
        made = [
            self._section(item) if isinstance(item, Section) else self._service(item, lefts, widths)
            for item in items
        ]
        for place, row in enumerate(made):
            if cancelled():
                raise Cancelled
            # A heading is not left alone at the foot of a page.
            is_heading = isinstance(items[place], Section)
            sheets.row(row, *made[place + 1 : place + 1 + is_heading])
        sheets.end_table()

    def _columns(self, rows: Sequence[ServiceRow]) -> tuple[list[float], list[float]]:
        """Where each column begins, and how wide it is: the name has what is left."""
        total = self._sheets.width
        texts = [self._texts(row) for row in rows]

        def wide(place: int, head: str, most: float) -> float:
            found = {head, *(text[place] for text in texts)}
            return min(most, max(map(self._bold.width_of, found)) + self._gap)

        status = wide(0, _tr("Status"), total * 0.25) + self._indent
        since = wide(2, _tr("Since"), total * 0.3)
        actor = wide(3, _tr("Changed by"), total * 0.2)
        widths = [status, total - status - since - actor, since, actor]
        return [sum(widths[:place]) for place in range(4)], widths

    @staticmethod
    def _texts(row: ServiceRow) -> tuple[str, str, str, str]:
        service = row.service
        return (
            status_word(service.status_id),
            service.name,
            exactly(service.since),
            actor_word(service.changed_by),
        )

    def _cells(
        self, texts: Sequence[str], lefts: Sequence[float], widths: Sequence[float], style: Style
    ) -> list[Cell]:
        return [
            Cell(
                text,
                style,
                lefts[place] + (0 if place else self._indent),
                widths[place] - self._gap - (0 if place else self._indent),
            )
            for place, text in enumerate(texts)
        ]

    def _service(self, row: ServiceRow, lefts: Sequence[float], widths: Sequence[float]) -> Row:
        service = row.service
        said = [service.comment, *memory_lines(service)]
        below = None
        if any(said):
            text = LINE_BREAK.join(" ".join(line.split()) for line in said if line)
            below = Cell(text, self._muted, lefts[1], self._sheets.width - lefts[1])
        return Row(
            self._cells(self._texts(row), lefts, widths, self._plain),
            more=status_mark(self._plain, service.status_id, self._sheets.unit),
            rule=LIGHT.border,
            below=below,
        )

    def _section(self, section: Section) -> Row:
        texts = [counted(status_id, count) for status_id, count in section.counts]
        if section.left_out:
            texts.append(left_out_text(section))
        title, width = section_title(section), self._sheets.width
        left = min(width * 0.5, self._indent + self._bold.width_of(title) + 2 * self._gap)
        cells = [
            Cell(title, self._bold, self._indent, left - self._indent - self._gap),
            Cell(" · ".join(texts), self._muted, left, width - left),
        ]
        worst = section.counts[0][0] if section.counts else 5
        return Row(
            cells,
            more=status_mark(self._plain, worst, self._sheets.unit),
            fill=LIGHT.window,
            rule=LIGHT.border,
        )


def _tr(text: str) -> str:
    return QCoreApplication.translate("paper", text)

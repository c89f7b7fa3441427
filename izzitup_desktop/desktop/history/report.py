"""The uptime report of a span of time: as PDF for people, as CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import (
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)

from izzitup_desktop.desktop.history.figures import Figures, figures
from izzitup_desktop.desktop.history.words import percent
from izzitup_desktop.desktop.theme.shapes import status_word
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.desktop.words.times import date_of, exactly, from_microseconds, lasting
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.csv_cells import safe_cell
from izzitup_desktop.domain.errors import Cancelled
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.uptime import Span, Totals
from izzitup_desktop.platform.chosen import write_chosen_file

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board

Progress = Callable[[int, int], None]
_BAD = (StatusId.IMPAIRED, StatusId.OUTAGE)
_OUTAGES_MOST = 5_000


@dataclass(frozen=True)
class Outage:
    """One time in which a service was not operational."""

    name: str
    span: Span


@dataclass(frozen=True)
class Report:
    """Figures and outages between two times."""

    begin: datetime
    end: datetime
    rows: tuple[Figures, ...]
    outages: tuple[Outage, ...]
    """The newest ones, where there are too many to list."""
    outages_count: int


def collect(
    board: Board,
    principal: Principal,
    begin: datetime,
    end: datetime,
    no_group: str,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> Report:
    """Read everything that the report tells. Raises `Cancelled`, and as the board does."""
    rows = figures(board, principal, [(begin, end)], no_group)
    services = [row.service for row in rows if row.service is not None]
    outages: list[Outage] = []
    for place, service in enumerate(services):
        if cancelled():
            raise Cancelled
        progress(place, len(services))
        history = board.uptime.history(principal, service.id, begin, end)
        outages += [Outage(service.name, s) for s in history.spans if s.status_id in _BAD]
    progress(len(services), len(services))
    outages.sort(key=lambda outage: outage.span.begin)
    return Report(begin, end, rows, tuple(outages[-_OUTAGES_MOST:]), len(outages))


def write(report: Report, path: Path) -> None:
    """Write the report, as PDF or CSV by the file's ending, by `write_chosen_file`."""
    content = as_csv(report).encode() if path.suffix.lower() == ".csv" else as_pdf(report)
    write_chosen_file(path, content)


def as_csv(report: Report) -> str:
    """A line a service, seconds and shares; a group has no service. Times are ISO 8601."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(
        ["group", "service", "key", "begin", "end", "operational_seconds", "impaired_seconds",
         "outage_seconds", "unknown_seconds", "uptime"]
    )  # fmt: skip
    for row in report.rows:
        (totals,) = row.totals
        seconds = [
            f"{value / 1e6:.0f}"
            for value in (totals.operational, totals.impaired, totals.outage, totals.unknown)
        ]
        writer.writerow(
            [
                safe_cell(row.group),
                safe_cell(row.service.name) if row.service else "",
                safe_cell(row.service.key) if row.service else "",
                report.begin.isoformat(),
                report.end.isoformat(),
                *seconds,
                "" if totals.uptime is None else f"{totals.uptime:.6f}",
            ]
        )
    return text.getvalue()


def as_pdf(report: Report) -> bytes:
    """The report on A4 pages."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(_title(report))
    writer.setCreator("IzzitUp")
    writer.setResolution(96)
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        QMarginsF(15, 15, 15, 15),
        QPageLayout.Unit.Millimeter,
    )
    writer.setPageLayout(layout)
    document = as_document(report)
    page = layout.paintRectPixels(96)
    document.setPageSize(QSizeF(page.width(), page.height()))
    document.print_(writer)
    buffer.close()
    return bytes(buffer.data().data())


def as_document(report: Report) -> QTextDocument:
    """The report as a text document, for the printer and for PDF."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    cursor = QTextCursor(document)
    large, bold = QTextCharFormat(), QTextCharFormat()
    large.setFontPointSize(18)
    large.setFontWeight(700)
    bold.setFontWeight(700)
    cursor.insertText(_title(report), large)
    cursor.insertBlock()
    cursor.setCharFormat(QTextCharFormat())
    cursor.insertText(filled(_tr("%1 – %2"), exactly(report.begin), exactly(report.end)))
    cursor.insertBlock()
    cursor.insertText(
        _tr(
            "Uptime is the share of the time known without outage; impaired counts as up. Time "
            "in which the application did not run is unknown, and counts as neither."
        )
    )
    heads = [
        _tr("Service"), _tr("Uptime"), _tr("Outage"), _tr("Impaired"), _tr("Unknown"),
    ]  # fmt: skip
    cells = [_row(row) for row in report.rows]
    strong = {place for place, row in enumerate(report.rows) if row.service is None}
    _table(cursor, heads, cells, strong, bold)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertBlock()
    cursor.insertText(_tr("When it was not operational"), bold)
    if report.outages_count > len(report.outages):
        cursor.insertBlock()
        cursor.insertText(
            filled(
                _tr("The newest %1 of %2; a report of a shorter time lists them all."),
                len(report.outages),
                report.outages_count,
            ),
            QTextCharFormat(),
        )
    if report.outages:
        heads = [_tr("Service"), _tr("Status"), _tr("From"), _tr("For")]
        _table(cursor, heads, [_outage(outage) for outage in report.outages], set(), bold)
    else:
        cursor.insertBlock()
        cursor.insertText(_tr("Never, as far as is known."), QTextCharFormat())
    return document


def _table(
    cursor: QTextCursor,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    strong: set[int],
    bold: QTextCharFormat,
) -> None:
    form = QTextTableFormat()
    form.setCellPadding(3)
    form.setCellSpacing(0)
    form.setBorder(0.5)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setHeaderRowCount(1)
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    cursor.insertBlock()
    table = cursor.insertTable(len(rows) + 1, len(heads), form)
    plain = QTextCharFormat()
    for column, head in enumerate(heads):
        table.cellAt(0, column).firstCursorPosition().insertText(head, bold)
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            style = bold if place in strong else plain
            table.cellAt(place + 1, column).firstCursorPosition().insertText(text, style)
    cursor.movePosition(QTextCursor.MoveOperation.End)


def _row(row: Figures) -> list[str]:
    (totals,) = row.totals
    name = row.name if row.service is None else f"    {row.name}"
    return [
        name,
        percent(totals.uptime),
        _length(totals.outage),
        _length(totals.impaired),
        _unknown(totals),
    ]


def _unknown(totals: Totals) -> str:
    whole = totals.known + totals.unknown
    return percent(totals.unknown / whole) if whole else "–"


def _outage(outage: Outage) -> list[str]:
    span = outage.span
    return [
        outage.name,
        status_word(span.status_id),
        exactly(from_microseconds(span.begin)),
        lasting(span.length / 1e6),
    ]


def _length(microseconds: int) -> str:
    return lasting(microseconds / 1e6) if microseconds else "–"


def _title(report: Report) -> str:
    return filled(_tr("Uptime, %1 – %2"), date_of(report.begin), date_of(report.end))


def _tr(text: str) -> str:
    return QCoreApplication.translate("report", text)

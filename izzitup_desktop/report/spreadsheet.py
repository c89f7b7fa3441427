"""The report as CSV (RFC 4180), for spreadsheets and programs: never translated."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from izzitup_desktop.domain.csv_cells import safe_cell
from izzitup_desktop.domain.statuses import STATUS_NAMES
from izzitup_desktop.report.contents import Line, Outage, Report, time_of

FIGURES_HEADS = (
    "group", "service", "key", "begin", "end", "operational_seconds", "impaired_seconds",
    "outage_seconds", "unknown_seconds", "uptime", "times_not_operational",
)  # fmt: skip
OUTAGES_HEADS = (
    "group", "service", "key", "status", "begin", "end", "seconds", "began_before", "goes_on",
    "comment", "who",
)  # fmt: skip


def figures_csv(report: Report) -> str:
    """A line a service, seconds and shares; a group has no service. Times are ISO 8601."""
    return _written(FIGURES_HEADS, (_figures(line, report) for line in report.lines))


def outages_csv(report: Report) -> str:
    """A line for each time in which a service was not operational. Times are ISO 8601."""
    return _written(OUTAGES_HEADS, map(_outage, report.outages))


def _figures(line: Line, report: Report) -> Sequence[str]:
    totals, service = line.totals, line.figures.service
    times = (totals.operational, totals.impaired, totals.outage, totals.unknown)
    return [
        safe_cell(line.figures.group),
        safe_cell(service.name) if service else "",
        safe_cell(service.key) if service else "",
        report.asked.begin.isoformat(),
        report.asked.end.isoformat(),
        *(f"{value / 1e6:.0f}" for value in times),
        "" if totals.uptime is None else f"{totals.uptime:.6f}",
        str(line.times),
    ]


def _outage(outage: Outage) -> Sequence[str]:
    return [
        safe_cell(outage.group),
        safe_cell(outage.name),
        safe_cell(outage.key),
        STATUS_NAMES[outage.span.status_id],
        time_of(outage.span.begin).isoformat(),
        time_of(outage.span.end).isoformat(),
        f"{outage.span.length / 1e6:.6f}",
        "yes" if outage.is_older else "no",
        "yes" if outage.goes_on else "no",
        safe_cell(outage.comment),
        safe_cell(outage.who),
    ]


def _written(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return text.getvalue()

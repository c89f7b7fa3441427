"""The CSVs of a report: by the RFC, and nothing in them is computed."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from izzitup_desktop.report.spreadsheet import (
    FIGURES_HEADS,
    OUTAGES_HEADS,
    figures_csv,
    outages_csv,
)
from tests.report.made_reports import made_report


def test_each_record_has_all_fields_and_ends_as_the_rfc_says() -> None:
    report = made_report(20)
    for text, heads, count in (
        (figures_csv(report), FIGURES_HEADS, len(report.lines)),
        (outages_csv(report), OUTAGES_HEADS, len(report.outages)),
    ):
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert rows[0] == list(heads)
        assert len(rows) == count + 1
        assert {len(row) for row in rows} == {len(heads)}
        assert text.count("\r\n") == text.count("\n") == len(rows)


def test_quotes_commas_and_lines_of_a_comment_stay_in_its_field() -> None:
    report = made_report(3)
    (outage, *others) = report.outages
    comment = 'she said "off",\nand then = on'
    text = outages_csv(replace(report, outages=(replace(outage, comment=comment), *others)))
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert rows[0]["comment"] == comment
    assert len(rows) == len(report.outages)


def test_no_cell_is_a_formula() -> None:
    report = made_report(3)
    outages = tuple(
        replace(o, name="=1+1", key="-K", comment="@SUM(A1)", who="+x", group="\t=1")
        for o in report.outages
    )
    for row in csv.DictReader(io.StringIO(outages_csv(replace(report, outages=outages)))):
        assert [row[name][0] for name in ("group", "service", "key", "comment", "who")] == ["'"] * 5

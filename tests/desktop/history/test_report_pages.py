"""The PDF of a report: paper, pages, numbers below, heads again, and no text off the page."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import QBuffer, QLocale, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter
from PySide6.QtWidgets import QApplication

from izzitup_desktop.desktop.history.report_pages import paper_of, pdf_of
from izzitup_desktop.desktop.paper.sheets import Row, Sheets
from izzitup_desktop.domain.errors import Cancelled, Invalid
from izzitup_desktop.domain.logo import Logo
from izzitup_desktop.report.wording import Wording
from izzitup_desktop.text.catalogue import Catalogue
from tests.report.made_reports import made_report

A4 = QPageSize.PageSizeId.A4
WORDING = Wording(Catalogue())


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("count", "least"), [(0, 1), (3, 1), (60, 4)])
def test_it_has_as_many_pages_as_it_needs(count: int, least: int) -> None:
    pdf = pdf_of(made_report(count), WORDING, A4)
    assert pdf.startswith(b"%PDF")
    assert pages_of(pdf) >= least


@pytest.mark.usefixtures("qapp")
def test_the_longest_names_and_comments_come_to_an_end() -> None:
    report = made_report(4, long=True)
    (outage, *others) = report.outages
    lines = replace(outage, comment="\n".join("wide WWWWW" for _ in range(900)))
    pdf = pdf_of(replace(report, outages=(lines, *others)), WORDING, A4)
    assert 2 <= pages_of(pdf) < 12


@pytest.mark.parametrize(
    ("locale", "paper"),
    [("en_US", QPageSize.PageSizeId.Letter), ("en_GB", A4), ("de_DE", A4), ("C", A4),
     ("fr_CA", QPageSize.PageSizeId.Letter)],
)  # fmt: skip
def test_the_paper_is_the_one_of_the_country(locale: str, paper: QPageSize.PageSizeId) -> None:
    assert paper_of(QLocale(locale)) == paper


@pytest.mark.usefixtures("qapp")
def test_a_broken_logo_is_refused() -> None:
    with pytest.raises(Invalid, match="picture is broken"):
        pdf_of(made_report(3, logo=Logo(b"\x89PNG\r\n\x1a\nrest", "image/png")), WORDING, A4)


@pytest.mark.usefixtures("qapp")
def test_it_can_be_cancelled_while_its_pages_are_drawn() -> None:
    done: list[int] = []
    with pytest.raises(Cancelled):
        pdf_of(
            made_report(60),
            WORDING,
            A4,
            lambda page, _count: done.append(page),
            lambda: len(done) == 2,
        )
    assert done == [0, 1]


@pytest.fixture
def sheets(qapp: QApplication) -> Sheets:
    assert qapp is not None
    writer = QPdfWriter(QBuffer())
    writer.setResolution(72)
    layout = QPageLayout(QPageSize(A4), QPageLayout.Orientation.Portrait, QMarginsF(20, 20, 20, 20))
    writer.setPageLayout(layout)
    return Sheets(writer, "foot", "#000000", "#000000")


def test_a_row_stays_with_what_is_kept_with_it(sheets: Sheets) -> None:
    row = Row([sheets.cell("text", sheets.style(10, "#000000"))])
    while sheets.count == 1:
        sheets.row(row)
    on_one = 0
    while sheets.count == 2:
        sheets.row(row)
        on_one += 1
    for _ in range(on_one - 1):
        sheets.row(row)
    assert sheets.count == 3
    sheets.row(row, row)
    assert sheets.count == 4


def test_a_table_repeats_its_head_on_each_page(sheets: Sheets) -> None:
    style = sheets.style(10, "#000000")
    row = Row([sheets.cell("text", style)])
    head = Row([sheets.cell("head", sheets.style(40, "#000000"))])
    sheets.begin_table(head)
    with_heads = 0
    while sheets.count < 4:
        sheets.row(row)
        with_heads += 1
    sheets.end_table()
    without = 0
    while sheets.count < 7:
        sheets.row(row)
        without += 1
    assert with_heads < without

"""Writes the report of history and uptime into a file, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from izzitup_desktop.desktop.history.report_pages import paper_of, pdf_of
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.logo import read_logo
from izzitup_desktop.platform import settings
from izzitup_desktop.platform.chosen import write_chosen_file
from izzitup_desktop.report.contents import Asked, Progress, collect
from izzitup_desktop.report.spreadsheet import figures_csv, outages_csv
from izzitup_desktop.report.web_page import web_page
from izzitup_desktop.report.wording import Wording
from izzitup_desktop.text.catalogue import Catalogue
from izzitup_desktop.text.languages import ENGLISH, LANGUAGES

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board


def asked_of(config: Path, begin: datetime, end: datetime, no_group: str) -> Asked:
    """The report as asked for, with the board's name and logo. Raises `Invalid`."""
    found, _ = settings.load(config)
    return Asked(begin, end, no_group, found.board_name, read_logo(found.board_logo))


def wording_of(locale: QLocale) -> Wording:
    """The words of the window's language."""
    language = locale.name().partition("_")[0]
    return Wording(Catalogue(language if language in LANGUAGES else ENGLISH))


def write_report(
    board: Board,
    principal: Principal,
    asked: Asked,
    form: str,
    path: Path,
    wording: Wording,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> None:
    """Collect the report and write it as "pdf", "html", "csv" or "outages" (CSV, too).

    It is written by `write_chosen_file`. Raises `Cancelled`, and as those do that it asks.
    """
    report = collect(board, principal, asked, datetime.now(UTC), progress, cancelled)
    match form:
        case "html":
            content = web_page(report, wording).encode()
        case "csv":
            content = figures_csv(report).encode()
        case "outages":
            content = outages_csv(report).encode()
        case _:
            paper = paper_of(QLocale.system())
            content = pdf_of(report, wording, paper, progress, cancelled)
    write_chosen_file(path, content)

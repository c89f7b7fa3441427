"""Asks for a printer, and prints the board on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QMarginsF
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from izzitup_desktop.desktop.paper.board_pages import BoardOnPaper, print_board
from izzitup_desktop.desktop.widgets.progress import ProgressDialog
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.desktop.words.texts import filled

_MARGIN_MM = 15.0


def shown_board(window: MainWindow, name: str) -> BoardOnPaper:
    """What the table shows now, of the board called `name`."""
    model, arrangement = window.model, window.model.arrangement
    found = (model.shown_at(place) for place in range(model.rowCount()))
    told = ""
    if arrangement.filtered:
        text = QCoreApplication.translate("paper", "Filtered: %1 of %2 services")
        told = filled(text, arrangement.found_count, len(arrangement.rows))
    return BoardOnPaper(name, datetime.now(UTC), told, [item for item in found if item is not None])


def ask_printer(window: MainWindow, name: str) -> QPrintDialog:
    """Open the system's print dialog for what the board shows."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    # What is printed into a file is called so at first.
    printer.setDocName(f"IzzitUp {datetime.now(UTC).astimezone():%Y-%m-%d}")
    dialog = QPrintDialog(printer, window)
    dialog.setWindowTitle(QCoreApplication.translate("paper", "Print the board"))
    dialog.accepted.connect(lambda: print_on(window, printer, name))
    # Qt's own open() of this dialog wants a slot by name.
    dialog.setModal(True)
    dialog.show()
    return dialog


def print_on(window: MainWindow, printer: QPrinter, name: str) -> None:
    """Print what the board shows, off the GUI thread."""
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    printer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    board = shown_board(window, name)
    what = QCoreApplication.translate("paper", "The board could not be printed.")
    progress = ProgressDialog(QCoreApplication.translate("paper", "Printing …"), window)

    def work(moved: Callable[[int, int], None], cancelled: Callable[[], bool]) -> None:
        print_board(printer, board, moved, cancelled)

    progress.run(
        window.context.runner,
        work,
        lambda _none: window.tell(QCoreApplication.translate("paper", "Printed")),
        lambda error: window.show_problem(problem_of(error, what)),
    )

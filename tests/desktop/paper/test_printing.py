"""Printing what the board shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.rows import Section
from izzitup_desktop.desktop.paper.printing import print_on, shown_board
from izzitup_desktop.desktop.window.main_window import MainWindow
from tests.builders import ALICE, add_service
from tests.desktop.pages import desk_at, window_at
from tests.desktop.sessions import attached_session, board_of, wait


@pytest.fixture
def window(qapp: QApplication, home: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    with desk_at(qapp, home) as desk:
        group = desk.board.groups.add(ALICE, "Core").value
        for name in ("Mail", "Chat", "Web"):
            add_service(desk.board, name, group_id=group.id if name == "Mail" else None)
        with window_at(desk, qtbot) as window:
            wait(qtbot, lambda: len(window.model.arrangement.rows) == 3)
            yield window


def names(window: MainWindow) -> list[str]:
    return [
        item.name if isinstance(item, Section) else item.service.name
        for item in shown_board(window, "").items
    ]


def test_what_the_table_shows_is_printed_in_its_order_and_says_what_is_left_out(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    assert names(window) == ["Core", "Mail", "", "Chat", "Web"]
    assert shown_board(window, "").told == ""
    window.model.search("mail")
    assert names(window) == ["Core", "Mail"]
    assert shown_board(window, "").told == "Filtered: 1 of 3 services"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "board.pdf"))
    print_on(window, printer, "Example Ltd.")
    wait(qtbot, lambda: window.toast.text == "Printed")
    assert (tmp_path / "board.pdf").read_bytes().startswith(b"%PDF")


def test_what_can_t_be_printed_is_said(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "nowhere" / "board.pdf"))
    print_on(window, printer, "")
    wait(qtbot, lambda: window.bar.text.startswith("The board could not be printed."))


def test_a_printer_is_asked_for_the_page_that_is_shown(
    home: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    board_of(home, "Mail")
    with attached_session(qtbot, qapp) as session:
        for view, title in (("board", "Print the board"), ("handover", "Print the handover")):
            session.window.pages.go(view)
            session.window.actions_.print_.trigger()
            (dialog,) = [d for d in session.window.findChildren(QPrintDialog) if d.isVisible()]
            assert dialog.windowTitle() == title
            dialog.reject()

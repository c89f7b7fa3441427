"""The Handover view."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.handover.page import HandoverPage
from izzitup_desktop.domain.status_options import StatusOptions
from tests.builders import ALICE, BOB, add_service
from tests.desktop.pages import Desk, desk_at, page_at, shown_page
from tests.desktop.sessions import wait


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        add_service(desk.board, "<b>Chat</b>", note="call <Eve>")
        add_service(desk.board, "Mail")
        add_service(desk.board, "Web")
        desk.board.statuses.set(BOB, [1], 7, "cable & cut")
        until = datetime.now(UTC) + timedelta(hours=2)
        desk.board.statuses.set(desk.principal, [2], 6, "", StatusOptions(until, 5, hold=True))
        yield desk


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[HandoverPage]:
    with page_at(desk, qtbot, "handover") as page:
        handover = cast("HandoverPage", page)
        wait(qtbot, lambda: "cable" in text(handover))
        yield handover


def text(page: HandoverPage) -> str:
    return page.text.toPlainText()


def test_it_says_what_is_bad_held_set_for_a_time_and_what_changed(page: HandoverPage) -> None:
    shown = text(page)
    bad, rest = shown.split("Held against scripts", 1)
    assert "<b>Chat</b>: Outage" in bad
    assert "call <Eve>" in bad
    assert "Mail: Impaired" in bad
    held, rest = rest.split("Set for a time", 1)
    assert "Held against scripts by alice" in held
    assert "Chat" not in held
    # The other lines stand in the section that they are about.
    assert "then Operational" not in held
    assert "Held against" not in rest
    assert "then Operational" in rest
    assert "<b>Chat</b>: Operational → Outage" in rest
    assert "“cable & cut”" in rest
    assert "Nothing is stale." in rest
    assert "Web: added" in rest
    assert "Since you were last here" in page.since.text()


def test_what_was_read_is_gone_also_in_the_next_window_and_what_comes_is_shown(
    desk: Desk, page: HandoverPage, qtbot: QtBot
) -> None:
    page.mark_read()
    wait(qtbot, lambda: "cable" not in text(page))
    assert page.since.text() == "Nothing happened since you were last here."
    # What is bad is bad, read or not.
    assert "<b>Chat</b>: Outage" in text(page)
    desk.board.statuses.set(BOB, [3], 6, "slow")
    wait(qtbot, lambda: "“slow”" in text(page))
    with page_at(desk, qtbot, "handover") as shown:
        other = cast("HandoverPage", shown)
        wait(qtbot, lambda: "“slow”" in text(other))
        assert "cable" not in text(other)


def test_each_account_has_read_for_itself(desk: Desk, page: HandoverPage, qtbot: QtBot) -> None:
    page.mark_read()
    wait(qtbot, lambda: "cable" not in text(page))
    with page_at(desk, qtbot, "handover", ALICE) as other:
        wait(qtbot, lambda: "cable" in text(cast("HandoverPage", other)))


def test_the_name_of_a_service_leads_to_it(page: HandoverPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.service_wanted) as wanted:
        page.text.anchorClicked.emit(QUrl("service:1"))
    assert wanted.args == [1]


def test_it_is_printed_into_a_pdf(page: HandoverPage, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "handover.pdf"))
    page.print_to(printer)
    assert (tmp_path / "handover.pdf").read_bytes().startswith(b"%PDF")


def test_it_shows_the_newest_and_says_when_more_happened(
    desk: Desk, page: HandoverPage, qtbot: QtBot
) -> None:
    assert "More happened" not in text(page)
    desk.board.statuses.set(BOB, [3], 6, "the newest")
    of_two = HandoverPage(desk.context, desk.commands, "handover", "Handover", entries_most=2)
    with shown_page(desk, qtbot, of_two):
        wait(qtbot, lambda: "the newest" in text(of_two))
        assert "More happened: these are the newest 2 entries" in text(of_two)
        assert "Web: added" not in text(of_two)


def test_what_came_while_it_was_read_is_not_taken_for_read(
    desk: Desk, page: HandoverPage, qtbot: QtBot
) -> None:
    page.hide()
    desk.board.statuses.set(BOB, [3], 6, "meanwhile")
    page.mark_read()
    page.reload()
    wait(qtbot, lambda: "meanwhile" in text(page))
    assert "cable" not in text(page).partition("Statuses that changed")[2]

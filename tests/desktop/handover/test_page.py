"""The Handover view."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QDateTime, QUrl
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.handover.page import HandoverPage
from izzitup_desktop.domain.accounts import Role
from izzitup_desktop.domain.handovers import HandoverDraft
from izzitup_desktop.domain.status_options import StatusOptions
from tests.builders import ALICE, BOB, add_service
from tests.desktop.pages import Desk, desk_at, other_principal, page_at, shown_page
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


def test_each_service_has_one_block_with_why_it_is_so(page: HandoverPage) -> None:
    shown = text(page)
    assert shown.count("<b>Chat</b>") == shown.count("Mail") == shown.count("Web") == 1
    bad, rest = shown.split("Held, set for a time or not confirmed", 1)
    assert "<b>Chat</b>: Outage" in bad
    # The comment that holds stands there once, also where the last change has it.
    assert bad.count("cable & cut") == 1
    assert "call <Eve>" in bad
    # Two of one thing are told in one line.
    assert "Operational → Outage: 2 changes, last" in bad
    mail = bad.split("Mail: ", 1)[1]
    assert mail.startswith("Impaired")
    assert "Held against scripts by alice" in mail
    assert "then Operational" in mail
    assert "Web: " in rest.split("What else happened", 1)[1]
    assert "added" in rest
    assert "Since you were last here" in page.since.text()


def test_the_changes_of_a_thing_are_listed_when_they_are_clicked(page: HandoverPage) -> None:
    before = text(page)
    page.text.anchorClicked.emit(QUrl("changes:service/1"))
    assert "Operational → Outage, bob" in text(page)
    assert len(text(page).splitlines()) == len(before.splitlines()) + 2
    page.text.anchorClicked.emit(QUrl("changes:service/1"))
    assert text(page) == before


def test_a_change_that_was_a_mistake_says_so(desk: Desk, page: HandoverPage, qtbot: QtBot) -> None:
    slip = desk.board.statuses.set(BOB, [3], 7).entries[0]
    desk.board.journal.undo(BOB, [slip.id])
    desk.board.journal.mark_mistake(ALICE, slip.id)
    page.text.anchorClicked.emit(QUrl("changes:service/3"))
    wait(qtbot, lambda: "1 of them a mistake" in text(page))
    assert "(marked as a mistake)" in text(page)


def test_reading_it_can_be_taken_back_also_after_a_restart(
    desk: Desk, page: HandoverPage, qtbot: QtBot
) -> None:
    assert page.unread.isHidden()
    page.mark_read()
    wait(qtbot, lambda: "Web" not in text(page))
    assert not page.unread.isHidden()
    with page_at(desk, qtbot, "handover") as shown:
        other = cast("HandoverPage", shown)
        wait(qtbot, lambda: bool(other.summary) and "Web" not in text(other))
        other.unread.click()
        wait(qtbot, lambda: "Web" in text(other))
        assert other.unread.isHidden()


@pytest.mark.parametrize("name", ["shift", "yesterday", "own"])
def test_another_time_than_what_was_read_can_be_chosen(
    page: HandoverPage, qtbot: QtBot, name: str
) -> None:
    page.mark_read()
    wait(qtbot, lambda: "Web" not in text(page))
    page.period.choose(name)
    wait(qtbot, lambda: "Web" in text(page))
    assert page.since.text().startswith("From ")
    page.period.own.setDateTime(QDateTime.currentDateTime().addDays(1))
    if name == "own":
        page.period.own.editingFinished.emit()
        wait(qtbot, lambda: page.since.text() == "Nothing happened in this time.")


def test_what_one_shift_writes_the_next_one_reads_first(
    desk: Desk, page: HandoverPage, qtbot: QtBot
) -> None:
    page.writing.done.setPlainText("switched <the> router")
    page.writing.open.setPlainText("call the vendor\nat nine")
    page.writing.button.click()
    wait(qtbot, lambda: "switched <the> router" in text(page))
    assert page.writing.draft == HandoverDraft("", "")
    assert text(page).startswith("From shift to shift\nalice: ")
    assert "Open: call the vendor\nat nine" in text(page)
    with page_at(desk, qtbot, "handover", ALICE) as other:
        wait(qtbot, lambda: "call the vendor" in text(cast("HandoverPage", other)))
    # It is told until something newer is written, read or not.
    page.mark_read()
    wait(qtbot, lambda: "Web" not in text(page))
    assert "call the vendor" in text(page)
    desk.commands.undo()
    wait(qtbot, lambda: "call the vendor" not in text(page))


def test_what_is_not_handed_over_yet_stays_typed_for_who_typed_it(
    desk: Desk, page: HandoverPage, qtbot: QtBot
) -> None:
    page.writing.submit()
    assert "Write what was done" in page.writing.reason.text()
    page.writing.open.setPlainText("half a thou")
    with page_at(desk, qtbot, "handover") as again:
        assert cast("HandoverPage", again).writing.draft.open == "half a thou"
    erin = other_principal(desk.board, "erin", Role.EDITOR)
    page.attach(desk.board, erin)
    assert page.writing.draft == HandoverDraft("", "")
    page.attach(desk.board, desk.principal)
    assert page.writing.draft.open == "half a thou"


def test_a_viewer_reads_and_writes_nothing(desk: Desk, qtbot: QtBot) -> None:
    viewer = other_principal(desk.board, "vera", Role.VIEWER)
    with page_at(desk, qtbot, "handover", viewer) as page:
        assert cast("HandoverPage", page).writing.isHidden()


def test_it_is_copied_as_text_and_as_markdown(page: HandoverPage) -> None:
    page.copy_text.trigger()
    copied = QApplication.clipboard().text()
    assert "\n<b>Chat</b>: Outage" in copied
    assert "\n    “cable & cut”\n" in copied
    page.copy_markdown.trigger()
    copied = QApplication.clipboard().text()
    assert "## Not operational now" in copied
    assert "- **\\<b\\>Chat\\</b\\>**: Outage" in copied


def test_what_was_read_is_gone_also_in_the_next_window_and_what_comes_is_shown(
    desk: Desk, page: HandoverPage, qtbot: QtBot
) -> None:
    page.mark_read()
    wait(qtbot, lambda: "Web" not in text(page))
    assert page.since.text() == "Nothing happened since you were last here."
    # What is bad is bad, read or not.
    assert "<b>Chat</b>: Outage" in text(page)
    desk.board.statuses.set(BOB, [3], 6, "slow")
    wait(qtbot, lambda: "“slow”" in text(page))
    with page_at(desk, qtbot, "handover") as shown:
        other = cast("HandoverPage", shown)
        wait(qtbot, lambda: "“slow”" in text(other))
        assert "changes" not in text(other)


def test_each_account_has_read_for_itself(desk: Desk, page: HandoverPage, qtbot: QtBot) -> None:
    page.mark_read()
    wait(qtbot, lambda: "Web" not in text(page))
    with page_at(desk, qtbot, "handover", ALICE) as other:
        wait(qtbot, lambda: "Web" in text(cast("HandoverPage", other)))


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
        assert of_two.summary is not None
        sections = (of_two.summary.bad, of_two.summary.watched, of_two.summary.others)
        assert sum(len(block.changes) for blocks in sections for block in blocks) == 2


def test_what_came_while_it_was_read_is_not_taken_for_read(
    desk: Desk, page: HandoverPage, qtbot: QtBot
) -> None:
    page.hide()
    desk.board.statuses.set(BOB, [3], 6, "meanwhile")
    page.mark_read()
    page.reload()
    wait(qtbot, lambda: "meanwhile" in text(page))
    assert page.summary is not None
    told = [(block.name, len(block.changes)) for block in page.summary.bad if block.changes]
    assert told == [("Web", 1)]

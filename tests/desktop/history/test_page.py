"""The History view and its reports."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine, event

from izzitup_desktop.desktop.history.page import HistoryPage
from izzitup_desktop.desktop.history.report_dialog import named_span
from izzitup_desktop.desktop.history.words import day_text, uptime_text
from izzitup_desktop.desktop.journal.page import JournalPage
from izzitup_desktop.desktop.words.times import local_time
from izzitup_desktop.domain.errors import Cancelled
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.uptime import Span
from izzitup_desktop.report.contents import Asked, collect
from tests.builders import ALICE, BOB, add_service
from tests.desktop.pages import Desk, desk_at, page_at
from tests.desktop.sessions import wait

NOW = datetime.now(UTC)
BEGIN = NOW - timedelta(days=7)


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        desk.board.groups.add(ALICE, "Office")
        add_service(desk.board, "Chat", key="-CHAT", group_id=1)
        add_service(desk.board, "Mail", group_id=1)
        add_service(desk.board, "Phone")
        desk.board.statuses.set(BOB, [1], 7)
        yield desk


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[HistoryPage]:
    with page_at(desk, qtbot, "history") as page:
        history = cast("HistoryPage", page)
        wait(qtbot, lambda: len(history.model.items) == 5)
        yield history


def names(page: HistoryPage) -> list[str]:
    return [row.name for row in page.model.shown()]


def test_each_group_is_followed_by_its_services(page: HistoryPage) -> None:
    assert names(page) == ["Office", "Chat", "Mail", "No group", "Phone"]
    assert [row.service is None for row in page.model.shown()] == [True, False, False, True, False]


def test_services_stand_in_the_order_of_the_board(
    desk: Desk, page: HistoryPage, qtbot: QtBot
) -> None:
    add_service(desk.board, "Archive", group_id=1)
    wait(qtbot, lambda: len(page.model.items) == 6)
    assert names(page)[:4] == ["Office", "Chat", "Mail", "Archive"]


def test_the_first_service_is_selected_and_its_strip_read(page: HistoryPage, qtbot: QtBot) -> None:
    assert page.name_label.text() == "Chat"
    wait(qtbot, lambda: bool(page.panel.summary.text()))
    page.table.select_key((True, 1))
    assert page.name_label.text() == "Office"
    assert not page.panel.isEnabled()
    page.show_service(3)
    assert page.name_label.text() == "Phone"
    assert page.panel.isEnabled()


def test_the_search_finds_services_and_groups(page: HistoryPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.search, "PHO")
    assert names(page) == ["Phone"]


def test_what_somebody_adds_comes_at_once(desk: Desk, page: HistoryPage, qtbot: QtBot) -> None:
    page.show_service(2)
    add_service(desk.board, "Zebra", group_id=1)
    wait(qtbot, lambda: "Zebra" in names(page))
    assert [row.name for row in page.table.selected()] == ["Mail"]


@contextmanager
def counted_readings() -> Iterator[list[str]]:
    """The threads that began a reading of the board meanwhile."""
    begun: list[str] = []

    def note(_connection: object) -> None:
        name = threading.current_thread().name
        if name.startswith("izzitup-runner"):
            begun.append(name)

    event.listen(Engine, "begin", note)
    try:
        yield begun
    finally:
        event.remove(Engine, "begin", note)


def test_a_change_is_read_once_for_the_table_and_the_strip(
    desk: Desk, page: HistoryPage, qtbot: QtBot
) -> None:
    wait(qtbot, lambda: bool(page.panel.summary.text()))
    shown: list[None] = []
    page.model.modelReset.connect(lambda: shown.append(None))
    with counted_readings() as begun:
        with qtbot.waitSignals([page.model.modelReset, page.panel.model.modelReset]):
            desk.board.statuses.set(BOB, [1], 6)
        wait(qtbot, lambda: len(begun) == len(shown))
    wait(qtbot, lambda: _status_shown(page) == 6)


def _status_shown(page: HistoryPage) -> int:
    (row,) = page.table.selected()
    assert row.service is not None
    return row.service.status_id


def test_a_search_that_leaves_the_choice_as_it_is_reads_no_history(
    page: HistoryPage, qtbot: QtBot
) -> None:
    wait(qtbot, lambda: bool(page.panel.summary.text()))
    wait(qtbot, lambda: not page.is_stale and not page.readings.is_busy)
    with counted_readings() as begun:
        qtbot.keyClicks(page.search, "cha")
        assert names(page) == ["Chat"]
        page.search.clear()
        assert page.name_label.text() == "Chat"
        assert begun == []
        page.show_service(3)
        wait(qtbot, lambda: bool(begun) and not page.readings.is_busy)
    assert page.name_label.text() == "Phone"
    assert len(begun) == 1


def test_a_history_that_was_read_for_another_service_or_time_is_not_shown(
    desk: Desk, page: HistoryPage, qtbot: QtBot
) -> None:
    wait(qtbot, lambda: bool(page.panel.summary.text()))
    desk.board.jobs.heartbeat()
    (entry,) = desk.board.statuses.set(BOB, [1], 6).entries
    desk.board.journal.mark_mistake(ALICE, entry.id)
    desk.board.jobs.heartbeat()
    panel, shown = page.panel.model, list[set[int | None]]()
    panel.modelReset.connect(lambda: shown.append({span.status_id for span in panel.items}))
    page.reload()
    page.show_service(3)
    with qtbot.waitSignal(page.model.modelReset):
        page.reload()
    wait(qtbot, lambda: len(shown) >= 2)
    # Of the services Chat alone ever had an outage, and that today.
    assert not any(StatusId.OUTAGE in statuses for statuses in shown)
    page.show_service(1)
    wait(qtbot, lambda: StatusId.OUTAGE in shown[-1])
    shown.clear()
    page.reload()
    page.panel.look_at(QDate.currentDate().addDays(-3))
    wait(qtbot, lambda: bool(shown) and not page.readings.is_busy)
    assert not any(StatusId.OUTAGE in statuses for statuses in shown)


def test_a_report_is_written_as_pdf_and_as_csv(
    desk: Desk, page: HistoryPage, tmp_path: Path, qtbot: QtBot
) -> None:
    pdf, table = tmp_path / "uptime.pdf", tmp_path / "uptime.csv"
    written: list[tuple[str, str]] = []
    page.wrote_file.connect(lambda text, file: written.append((text, file)))
    page.report(BEGIN, NOW, pdf)
    wait(qtbot, lambda: written == [(f"Report written to {pdf}", str(pdf))])
    assert pdf.read_bytes().startswith(b"%PDF")
    page.report(BEGIN, NOW, table)
    wait(qtbot, lambda: len(written) == 2)
    lines = list(csv.DictReader(io.StringIO(table.read_text("utf-8"))))
    assert [line["service"] for line in lines] == ["", "Chat", "Mail", "", "Phone"]
    assert lines[1]["key"] == "'-CHAT"
    parts = ("operational_seconds", "impaired_seconds", "outage_seconds", "unknown_seconds")
    sums = {name: sum(int(line[name]) for line in lines[1:3]) for name in parts}
    assert {name: int(lines[0][name]) for name in parts} == pytest.approx(sums, abs=1)
    assert lines[1]["begin"] == BEGIN.isoformat()


def test_a_report_that_can_not_be_written_is_told_with_the_reason(
    desk: Desk, page: HistoryPage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.report(BEGIN, NOW, tmp_path / "no folder" / "uptime.pdf")
    wait(qtbot, lambda: bool(desk.problem))
    assert "No such file or directory" in desk.problem
    assert desk.told == []


def test_a_cancelled_report_leaves_no_file_and_says_nothing(
    desk: Desk, page: HistoryPage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.report(BEGIN, NOW, tmp_path / "uptime.csv")
    assert page.progress is not None
    # At once: the work may have begun already, then it ends with the next service.
    with qtbot.waitSignal(page.progress.finished):
        page.progress.reject()
    assert desk.problems == []
    assert desk.told == [] or (tmp_path / "uptime.csv").is_file()
    steps: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        collect(
            desk.board,
            desk.principal,
            Asked(BEGIN, datetime.now(UTC), "No group"),
            NOW,
            lambda done, total: steps.append((done, total)),
            lambda: len(steps) == 2,
        )
    assert steps == [(0, 3), (1, 3)]


def test_the_dialog_of_a_report_offers_spans_and_refuses_an_end_before_the_beginning(
    page: HistoryPage,
) -> None:
    page.ask_report()
    dialog = page.report_dialog
    assert dialog is not None
    asked: list[tuple[datetime, datetime, str]] = []
    dialog.submitted.disconnect()
    dialog.submitted.connect(lambda *args: asked.append(args))
    dialog.first.setDate(QDate.currentDate())
    dialog.last.setDate(QDate.currentDate().addDays(-3))
    assert dialog.span.currentData() == "days"
    dialog.submit()
    assert "end is before" in dialog.reason.text()
    assert asked == []
    dialog.span.setCurrentIndex(dialog.span.findData("last_month"))
    dialog.kind.setCurrentIndex(dialog.kind.findData("csv"))
    dialog.submit()
    ((begin, end, ending),) = asked
    assert ending == "csv"
    assert begin < end <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("name", "today", "first", "last"),
    [
        ("last_quarter", (2026, 2, 28), (2025, 10, 1), (2025, 12, 31)),
        ("this_quarter", (2026, 5, 5), (2026, 4, 1), (2026, 5, 5)),
        ("last_month", (2024, 3, 31), (2024, 2, 1), (2024, 2, 29)),
        ("this_month", (2026, 1, 1), (2026, 1, 1), (2026, 1, 1)),
        ("last_year", (2026, 12, 31), (2025, 1, 1), (2025, 12, 31)),
    ],
)
def test_a_named_span_has_its_first_and_last_day(
    name: str,
    today: tuple[int, int, int],
    first: tuple[int, int, int],
    last: tuple[int, int, int],
) -> None:
    assert named_span(name, QDate(*today)) == (QDate(*first), QDate(*last))


def test_a_day_under_the_pointer_says_how_it_was_and_why(
    desk: Desk, page: HistoryPage, qtbot: QtBot
) -> None:
    assert desk.principal is not None
    assert qtbot is not None
    midnight = local_time(QDate(2026, 11, 21))
    begin = int(midnight.timestamp() * 1e6)
    hour, minute = 3_600_000_000, 60_000_000
    spans = (
        Span(0, begin - 24 * hour, begin - hour),
        Span(7, begin - hour, begin + 14 * minute),
        Span(5, begin + 14 * minute, begin + 5 * hour),
        Span(6, begin + 5 * hour, begin + 5 * hour + 3 * minute),
        Span(5, begin + 5 * hour + 3 * minute, begin + 48 * hour),
    )
    comments = {begin - hour: "vendor\nwas late", begin + 5 * hour: "slow"}
    assert [day_text(spans, comments, QDate(2026, 11, day)) for day in (19, 20, 21, 22)] == [
        "Nov 19: Nothing is known",
        "Nov 20: 1 h Outage, “vendor was late”",
        "Nov 21: 14 min Outage, “vendor was late”, 3 min Impaired, “slow”",
        "Nov 22: No outage",
    ]
    strip = page.panel.strip
    strip.show_spans(spans, comments)
    x = round((begin + hour - spans[0].begin) / (spans[-1].end - spans[0].begin) * strip.width())
    assert strip.text_at(QPoint(x, 5)).startswith("Nov 21: 14 min Outage, “vendor was late”")


def test_the_history_of_a_service_has_why_it_was_not_operational(desk: Desk) -> None:
    desk.board.jobs.heartbeat()
    desk.board.statuses.set(BOB, [2], 7, "vendor")
    desk.board.jobs.heartbeat()
    history = desk.board.uptime.history(desk.principal, 2, BEGIN, datetime.now(UTC))
    assert list(history.comments.values()) == ["vendor"]


def test_a_day_leads_to_what_happened_then_in_the_journal(
    desk: Desk, page: HistoryPage, qtbot: QtBot
) -> None:
    wait(qtbot, lambda: bool(page.panel.summary.text()))
    wanted: list[tuple[int, object]] = []
    page.journal_wanted.connect(lambda id_, days: wanted.append((id_, days)))
    today = QDate.currentDate()
    page.panel.strip.day_wanted.disconnect()
    middle = page.panel.strip.rect().center()
    qtbot.mouseClick(page.panel.strip, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseDClick(page.panel.strip, Qt.MouseButton.LeftButton, pos=middle)
    ((service_id, days),) = wanted
    assert service_id == 1
    first, last = cast("tuple[QDate, QDate]", days)
    assert first == last
    assert abs(first.daysTo(today.addDays(-15))) <= 1
    page.panel.look_at(today)
    page.panel.journal.click()
    assert wanted[1] == (1, (today, today))


def test_the_journal_shows_one_service_on_some_days(desk: Desk, qtbot: QtBot) -> None:
    with page_at(desk, qtbot, "journal") as shown:
        page = cast("JournalPage", shown)
        wait(qtbot, lambda: page.model.rowCount() > 3)
        today = QDate.currentDate()
        page.show_service(1)
        page.show_days(today, today)
        found = page.wanted()
        assert (found.begin, found.end) == (local_time(today), local_time(today.addDays(1)))
        wait(qtbot, lambda: page.model.rowCount() == 2)
        page.show_days(today.addDays(-9), today.addDays(-8))
        wait(qtbot, lambda: page.model.rowCount() == 0)


def test_up_from_a_service_to_its_group_shows_the_group_s_figures_and_no_strip(
    page: HistoryPage, qtbot: QtBot
) -> None:
    wait(qtbot, lambda: page.panel.model.rowCount() > 0)
    of_chat = page.panel.summary.text()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Up)
    assert page.name_label.text() == "Office"
    assert page.panel.model.rowCount() == 0
    office = page.table.selected()[0]
    assert page.panel.summary.text() == f"30 days: {uptime_text(office.totals[2])}"
    assert page.panel.summary.text() != of_chat

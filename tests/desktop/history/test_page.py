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
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine, event

from izzitup_desktop.desktop.history import report
from izzitup_desktop.desktop.history.page import HistoryPage
from izzitup_desktop.desktop.history.report_dialog import named_span
from izzitup_desktop.desktop.history.words import uptime_text
from izzitup_desktop.domain.errors import Cancelled
from izzitup_desktop.domain.statuses import StatusId
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
        with qtbot.waitSignal(page.panel.model.modelReset):
            page.show_service(3)
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
    page.report(BEGIN, NOW, pdf)
    wait(qtbot, lambda: desk.told == [f"Report written to {pdf}"])
    assert pdf.read_bytes().startswith(b"%PDF")
    page.report(BEGIN, NOW, table)
    wait(qtbot, lambda: len(desk.told) == 2)
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
        report.collect(
            desk.board,
            desk.principal,
            BEGIN,
            NOW,
            "No group",
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

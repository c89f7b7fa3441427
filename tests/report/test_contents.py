"""A report tells the same figures everywhere, and its list of outages adds up to them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.board.runs import WATCHED_FOR
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.report.contents import Asked, Report, collect
from izzitup_desktop.report.days import Unit, bars_of
from izzitup_desktop.report.figures import figures
from izzitup_desktop.report.spreadsheet import figures_csv, outages_csv
from izzitup_desktop.report.web_page import web_page
from izzitup_desktop.report.wording import Wording
from izzitup_desktop.text.catalogue import Catalogue
from tests.builders import ALICE, BOB, HandClock, add_service, do_due, opened_board

pytestmark = [pytest.mark.soak_on_postgresql, pytest.mark.soak]

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
WORDING = Wording(Catalogue())


class PassingClock(HandClock):
    def go(self, hours: float, board: Board) -> None:
        """Let time pass while the application runs."""
        end = self.time + hours * HOUR
        while self.time < end:
            self.time = min(end, self.time + WATCHED_FOR)
            do_due(board)


@pytest.fixture
def clock() -> PassingClock:
    return PassingClock(NOON)


@pytest.fixture
def board(database_url: str, tmp_path: Path, clock: PassingClock) -> Iterator[Board]:
    with opened_board(database_url, tmp_path, clock=clock) as opened:
        do_due(opened)
        opened.groups.add(ALICE, "Office")
        add_service(opened, "Chat", key="CHAT", group_id=1)
        add_service(opened, "Mail", group_id=1)
        yield opened


def reported(board: Board, begin: datetime, end: datetime) -> Report:
    return collect(board, ALICE, Asked(begin, end, "No group"), end)


def test_each_outage_has_its_reason_and_who_and_what_was_said_later(
    board: Board, clock: PassingClock
) -> None:
    clock.go(1, board)
    board.statuses.set(BOB, [1], 7, "cable cut")
    clock.go(0.5, board)
    board.statuses.set(ALICE, [1], 7, "vendor comes at two")
    clock.go(0.5, board)
    board.statuses.set(ALICE, [1], 5, "all well")
    clock.go(1, board)
    report = reported(board, NOON, NOON + 3 * HOUR)
    (outage,) = report.outages
    assert (outage.name, outage.group, outage.who) == ("Chat", "Office", "bob")
    assert outage.comment == "cable cut\nvendor comes at two"
    assert (outage.is_older, outage.goes_on) == (False, False)
    assert WORDING.outage(outage, report)[4] == "1 h"


def test_an_outage_that_is_older_and_goes_on_says_so(board: Board, clock: PassingClock) -> None:
    board.statuses.set(BOB, [1], 6, "slow")
    clock.go(4, board)
    report = reported(board, NOON + HOUR, NOON + 4 * HOUR)
    (outage,) = report.outages
    assert (outage.is_older, outage.goes_on, outage.comment) == (True, True, "slow")
    assert WORDING.outage(outage, report)[2:4] == ["before 2026-03-02", "goes on"]


def test_the_list_of_outages_adds_up_to_the_figures(board: Board, clock: PassingClock) -> None:
    for status_id in (7, 5, 6, 7, 5):
        clock.go(0.7, board)
        board.statuses.set(BOB, [1, 2], status_id)
    clock.time += 2 * HOUR
    clock.go(1, board)
    report = reported(board, NOON, clock.time)
    for line in report.lines:
        if line.is_group:
            continue
        mine = [outage.span for outage in report.outages if outage.name == line.figures.name]
        assert len(mine) == line.times == 3
        sums = {
            status_id: sum(span.length for span in mine if span.status_id == status_id)
            for status_id in (StatusId.IMPAIRED, StatusId.OUTAGE)
        }
        assert sums == {
            StatusId.IMPAIRED: line.totals.impaired, StatusId.OUTAGE: line.totals.outage,
        }  # fmt: skip
    assert report.lines[0].times == 6
    assert report.outages_count == 6


def test_a_slip_that_is_marked_as_a_mistake_is_in_no_figure_and_no_list_and_is_footnoted(
    board: Board, clock: PassingClock
) -> None:
    clock.go(1, board)
    slip = board.statuses.set(BOB, [1], 7).entries[0]
    board.journal.undo(BOB, [slip.id])
    board.journal.mark_mistake(ALICE, slip.id)
    clock.go(1, board)
    report = reported(board, NOON, NOON + 2 * HOUR)
    assert report.outages == ()
    assert [line.times for line in report.lines] == [0, 0, 0]
    assert report.totals.uptime == 1
    assert WORDING.notes(report)[1].startswith("1 change is left out, as it was marked")
    assert WORDING.tiles(report)[2][0] == "0"


def test_a_moment_is_not_called_nothing() -> None:
    assert WORDING.length(400_000) == "< 1 s"
    assert WORDING.length(0) == "–"


def test_all_faces_and_the_page_have_the_same_figures(board: Board, clock: PassingClock) -> None:
    clock.go(1, board)
    board.statuses.set(BOB, [1], 7)
    clock.go(1.5, board)
    board.statuses.set(BOB, [1, 2], 6)
    clock.go(2, board)
    begin, end = NOON, clock.time
    report = reported(board, begin, end)
    shown = figures(board, ALICE, [(begin, end)], "No group")
    assert [line.figures for line in report.lines] == list(shown)
    html = web_page(report, WORDING)
    rows = list(csv.DictReader(io.StringIO(figures_csv(report))))
    assert len(rows) == len(shown)
    for row, one in zip(rows, shown, strict=True):
        (totals,) = one.totals
        assert int(row["outage_seconds"]) == round(totals.outage / 1e6)
        assert row["uptime"] == f"{totals.uptime:.6f}"
        assert f'<td class="n">{WORDING.share(totals.uptime)}</td>' in html
        assert f'<td class="n">{WORDING.length(totals.outage)}</td>' in html
    listed = list(csv.DictReader(io.StringIO(outages_csv(report))))
    assert sum(float(row["seconds"]) for row in listed) == pytest.approx(
        (report.totals.outage + report.totals.impaired) / 1e6
    )


def test_a_strip_has_the_worst_of_each_bar_and_a_group_the_worst_of_its_services(
    board: Board, clock: PassingClock
) -> None:
    clock.go(1.5, board)
    board.statuses.set(BOB, [2], 7)
    clock.go(0.1, board)
    board.statuses.set(BOB, [2], 5)
    clock.go(1.4, board)
    report = reported(board, NOON, NOON + 3 * HOUR)
    assert report.bars.unit is Unit.HOUR
    assert [line.strip for line in report.lines] == [(5, 7, 5), (5, 5, 5), (5, 7, 5)]


@pytest.mark.parametrize(
    ("days", "unit", "count"),
    [(1, Unit.HOUR, 24), (31, Unit.DAY, 31), (92, Unit.DAY, 92), (365, Unit.WEEK, 53),
     (1_095, Unit.MONTH, 36)],
)  # fmt: skip
def test_bars_are_hours_days_weeks_or_months(days: int, unit: Unit, count: int) -> None:
    begin = datetime(2023, 1, 1).astimezone()
    bars = bars_of(begin, begin + timedelta(days=days))
    assert (bars.unit, len(bars.bounds) - 1) == (unit, count)
    assert all(one < other for one, other in zip(bars.bounds, bars.bounds[1:], strict=False))

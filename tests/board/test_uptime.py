from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.board.runs import WATCHED_FOR
from izzitup_desktop.domain.accounts import PUBLIC
from izzitup_desktop.domain.errors import Conflict, NotAllowed
from tests.builders import ALICE, CHARLIE, HandClock, add_service, do_due, opened_board

pytestmark = pytest.mark.soak_on_postgresql

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
MICROSECONDS = 3_600_000_000


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
        yield opened


@pytest.mark.soak
def test_uptime_counts_outages_and_leaves_out_when_nothing_ran(
    board: Board, clock: PassingClock, database_url: str, tmp_path: Path
) -> None:
    service = add_service(board)
    clock.go(6, board)
    board.statuses.set(ALICE, [service.id], 7)
    clock.go(2, board)
    clock.time += 4 * HOUR  # the application is closed, the service still down
    with opened_board(database_url, tmp_path, clock=clock) as again:
        do_due(again)
        clock.go(2, again)
    found = board.uptime.totals(ALICE, NOON, NOON + 14 * HOUR)[service.id]
    assert (found.operational, found.outage, found.unknown) == (
        6 * MICROSECONDS, 4 * MICROSECONDS, 4 * MICROSECONDS,
    )  # fmt: skip
    assert found.uptime == pytest.approx(0.6)


def test_time_in_which_the_computer_slept_is_unknown(board: Board, clock: PassingClock) -> None:
    service = add_service(board)
    clock.go(1, board)
    clock.time += 8 * HOUR
    do_due(board)
    clock.go(1, board)
    found = board.uptime.totals(ALICE, NOON, NOON + 10 * HOUR)[service.id]
    assert (found.operational, found.unknown) == (2 * MICROSECONDS, 8 * MICROSECONDS)


def test_a_clock_set_back_forgets_nothing_that_was_watched(
    board: Board, clock: PassingClock
) -> None:
    service = add_service(board)
    clock.go(2, board)
    clock.time -= 3 * HOUR
    clock.go(1, board)
    found = board.uptime.totals(ALICE, NOON, NOON + 2 * HOUR)[service.id]
    assert found.operational == 2 * MICROSECONDS


def test_a_mistake_leaves_uptime_but_stays_in_the_journal(
    board: Board, clock: PassingClock
) -> None:
    service = add_service(board)
    clock.go(1, board)
    (entry,) = board.statuses.set(ALICE, [service.id], 7).entries
    clock.go(1, board)
    window = (NOON, NOON + 2 * HOUR)
    marked = board.journal.mark_mistake(ALICE, entry.id)
    assert board.uptime.totals(ALICE, *window)[service.id].uptime == 1
    history = board.uptime.history(ALICE, service.id, *window)
    assert history.mistakes == {entry.id}
    assert entry.id in {found.id for found in board.journal.latest(ALICE)}
    # Also where the window begins within the mistake.
    late = board.uptime.totals(ALICE, NOON + 1.5 * HOUR, NOON + 2 * HOUR)
    assert late[service.id].uptime == 1
    board.journal.undo(ALICE, [found.id for found in marked.entries])
    assert board.uptime.totals(ALICE, *window)[service.id].uptime == 0.5


def test_several_windows_read_at_once_are_as_each_read_alone(
    board: Board, clock: PassingClock
) -> None:
    services = [add_service(board, str(number)) for number in range(3)]
    clock.go(1, board)
    (entry,) = board.statuses.set(ALICE, [services[0].id], 7).entries
    board.statuses.set(ALICE, [services[1].id], 6)
    clock.go(1, board)
    board.journal.mark_mistake(ALICE, entry.id)
    board.statuses.set(ALICE, [services[0].id], 6)
    clock.go(2, board)
    hours = [(0, 4), (0, 1), (1.5, 2), (3, 4), (-9, -8), (5, 9)]
    windows = [(NOON + begin * HOUR, NOON + end * HOUR) for begin, end in hours]
    alone = [board.uptime.totals(ALICE, *window) for window in windows]
    assert board.uptime.totals_of_each(ALICE, windows) == alone
    assert alone[0] != alone[1]


def test_totals_and_a_history_read_at_once_are_as_each_read_alone(
    board: Board, clock: PassingClock
) -> None:
    first, second = add_service(board, "a"), add_service(board, "b")
    clock.go(1, board)
    (early,) = board.statuses.set(ALICE, [first.id], 7).entries
    clock.go(1, board)
    (entry,) = board.statuses.set(ALICE, [first.id], 6).entries
    clock.go(2, board)
    for marked in (early, entry):
        board.journal.mark_mistake(ALICE, marked.id)
    board.statuses.set(ALICE, [second.id], 7)
    clock.go(1, board)
    whole = (NOON, NOON + 5 * HOUR)
    seen = set()
    # Before, within, around and after all; one begins within a mistake, one after another.
    for begin, end in [(0, 5), (1.5, 2), (2.5, 3), (-9, 9), (-9, -8), (6, 9)]:
        shown = (NOON + begin * HOUR, NOON + end * HOUR)
        past = board.uptime.past(ALICE, [whole, shown], first.id, *shown)
        assert past.totals == board.uptime.totals_of_each(ALICE, [whole, shown])
        assert past.history == board.uptime.history(ALICE, first.id, *shown)
        seen.add(past.history.mistakes)
    assert seen == {
        frozenset(),
        frozenset({early.id}),
        frozenset({entry.id}),
        frozenset({early.id, entry.id}),
    }
    nobody = board.uptime.past(ALICE, [whole], 99, *whole).history
    assert nobody == board.uptime.history(ALICE, 99, *whole)


def test_only_a_change_of_status_can_be_a_mistake(board: Board, clock: PassingClock) -> None:
    service = add_service(board)
    (entry,) = board.services.remove(ALICE, [service.id]).entries
    with pytest.raises(Conflict):
        board.journal.mark_mistake(ALICE, entry.id)
    with pytest.raises(NotAllowed):
        board.journal.mark_mistake(CHARLIE, entry.id)


def test_strips_show_the_worst_of_each_day(board: Board, clock: PassingClock) -> None:
    first, second = add_service(board, "a"), add_service(board, "b")
    clock.go(1, board)
    clock.time += 23 * HOUR
    board.statuses.set(ALICE, [first.id], 7)
    do_due(board)
    clock.go(1, board)
    board.statuses.set(ALICE, [first.id], 5)
    clock.go(1, board)
    bounds = [NOON + day * 24 * HOUR for day in (-1, 0, 1, 2)]
    found = board.uptime.worst_of_days(ALICE, bounds)
    assert found == {first.id: bytes([0, 5, 7]), second.id: bytes([0, 5, 5])}
    assert board.uptime.worst_of_days(ALICE, bounds, [second.id]) == {second.id: bytes([0, 5, 5])}


def test_the_public_reads_no_uptime(board: Board, clock: PassingClock) -> None:
    with pytest.raises(NotAllowed):
        board.uptime.totals(PUBLIC, NOON, NOON + HOUR)


def test_what_holds_since_the_last_heartbeat_counts_while_this_process_watches(
    board: Board, clock: PassingClock
) -> None:
    service = add_service(board)
    clock.go(1, board)
    board.statuses.set(ALICE, [service.id], 7)
    clock.time += WATCHED_FOR / 2
    days = [NOON, clock.time]
    assert board.uptime.worst_of_days(ALICE, days) == {service.id: bytes([7])}
    found = board.uptime.totals(ALICE, NOON, clock.time)[service.id]
    assert (found.outage, found.unknown) == (60 * 1_000_000, 0)
    clock.time += WATCHED_FOR
    asleep = board.uptime.totals(ALICE, NOON, clock.time)[service.id]
    assert (asleep.outage, asleep.unknown) == (0, 180 * 1_000_000)

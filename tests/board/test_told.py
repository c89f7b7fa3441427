"""What was last said of a status stays beside it: the why that everybody asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.status_options import StatusOptions
from tests.builders import ALICE, HandClock, add_service, do_due, opened_board

HOUR = timedelta(hours=1)
MONITOR = Principal("monitor", Role.ADMINISTRATOR, Origin.API)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def board(database_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Board]:
    with opened_board(database_url, tmp_path, clock=clock) as opened:
        yield opened


def told(board: Board, service: Service) -> str:
    return board.services.find(ALICE, str(service.id)).comment


def undo(board: Board, entry: Entry) -> Entry:
    (undone,) = board.journal.undo(ALICE, [entry.id]).entries
    return undone


def test_the_comment_of_a_status_is_the_service_s_until_another_status(board: Board) -> None:
    service = add_service(board)
    board.statuses.set(ALICE, [service.id], 7, "disk full")
    assert told(board, service) == "disk full"
    board.statuses.set(MONITOR, [service.id], 6)
    assert told(board, service) == ""


def test_a_confirmation_says_more_or_leaves_what_was_said(board: Board) -> None:
    service = add_service(board)
    board.statuses.set(ALICE, [service.id], 7, "disk full")
    board.statuses.set(MONITOR, [service.id], 7)
    board.statuses.confirm(ALICE, [service.id])
    assert told(board, service) == "disk full"
    board.statuses.set(MONITOR, [service.id], 7, "new disk ordered")
    assert told(board, service) == "new disk ordered"


def test_a_hold_may_say_why_and_its_undo_takes_that_back(board: Board) -> None:
    service = add_service(board)
    board.statuses.set(ALICE, [service.id], 6, "slow")
    (held,) = board.statuses.hold(ALICE, [service.id], "vendor works on it").entries
    assert told(board, service) == "vendor works on it"
    undo(board, held)
    assert told(board, service) == "slow"


def test_undo_brings_what_was_said_back_with_the_status(board: Board) -> None:
    service = add_service(board)
    board.statuses.set(ALICE, [service.id], 6, "slow")
    board.statuses.confirm(ALICE, [service.id], "still slow")
    (down,) = board.statuses.set(ALICE, [service.id], 7, "down").entries
    undone = undo(board, down)
    assert told(board, service) == "still slow"
    (up,) = board.statuses.set(ALICE, [service.id], 5).entries
    undo(board, up)
    assert told(board, service) == "still slow"
    # What was taken back is told again where that is taken back.
    (up,) = board.statuses.set(ALICE, [service.id], 5).entries
    undo(board, undo(board, up))
    assert told(board, service) == ""
    assert undone.comment == ""


def test_nothing_is_told_of_a_status_that_came_by_itself(board: Board, clock: HandClock) -> None:
    service = add_service(board)
    until = datetime.now(UTC) + HOUR
    board.statuses.set(ALICE, [service.id], 7, "patching", StatusOptions(until, then=5))
    assert told(board, service) == "patching"
    clock.go_on(2 * HOUR)
    do_due(board)
    assert told(board, service) == ""

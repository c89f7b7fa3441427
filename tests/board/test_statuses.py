"""Statuses with layers: expiry, hold, proposal; confirmed, stale; the schedule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.domain.errors import Conflict, Held, Invalid, NotAllowed
from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.domain.kinds.layers import SERVICE_DUE, SERVICE_OPTIONS, SERVICE_PROPOSED
from izzitup_desktop.domain.kinds.statuses import SERVICE_CONFIRMED, SERVICE_STALE, SERVICE_STATUS
from izzitup_desktop.domain.services import STALE_MINUTES_MOST, Service
from izzitup_desktop.domain.status_options import StatusOptions
from tests.builders import ALICE, BOB, CHARLIE, HandClock, add_service, do_due, opened_board

DESK = replace(ALICE, origin=Origin.DESKTOP)
SCRIPT = Principal("script", Role.EDITOR, Origin.API)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def board(database_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Board]:
    with opened_board(database_url, tmp_path, clock=clock) as opened:
        yield opened


def now_of(board: Board, service: Service) -> Service:
    (found,) = board.services.many(ALICE, [service.id])
    return found


def kinds(board: Board) -> list[Kind]:
    return [entry.kind for entry in board.journal.latest(ALICE)]


def test_a_held_status_is_not_changed_by_a_script_and_its_proposal_is_kept(board: Board) -> None:
    service = add_service(board)
    board.statuses.set(DESK, [service.id], 6, "works on it", StatusOptions(hold=True))
    with pytest.raises(Held, match="alice holds the status of E-Mail"):
        board.statuses.set(SCRIPT, [service.id], 7)
    with pytest.raises(NotAllowed):
        board.statuses.submit(SCRIPT, service.id, 7).result()
    found = now_of(board, service)
    assert (found.status_id, found.hold) == (6, Hold("alice"))
    assert found.proposal is not None
    assert (found.proposal.status_id, found.proposal.by) == (7, "script")
    # The same proposal again is no news.
    assert kinds(board)[:2] == [SERVICE_PROPOSED, SERVICE_STATUS]


def test_a_person_changes_a_held_status_and_the_hold_stays(board: Board) -> None:
    service = add_service(board)
    board.statuses.hold(DESK, [service.id])
    with pytest.raises(Held):
        board.statuses.set(SCRIPT, [service.id], 7)
    board.statuses.set(replace(BOB, origin=Origin.DESKTOP), [service.id], 7)
    found = now_of(board, service)
    assert (found.status_id, found.hold, found.proposal) == (7, Hold("alice"), None)


def test_a_script_that_asks_for_the_held_status_confirms_it(board: Board) -> None:
    service = add_service(board)
    board.statuses.hold(DESK, [service.id])
    with pytest.raises(Held):
        board.statuses.set(SCRIPT, [service.id], 7)
    board.statuses.set(SCRIPT, [service.id], 5)
    assert now_of(board, service).proposal is None


def test_a_released_status_is_changed_by_scripts_again(board: Board) -> None:
    service = add_service(board)
    board.statuses.hold(DESK, [service.id])
    board.statuses.hold(DESK, [service.id], hold=False)
    board.statuses.set(SCRIPT, [service.id], 7)
    assert now_of(board, service).status_id == 7


def test_a_viewer_holds_nothing(board: Board) -> None:
    service = add_service(board)
    for call in (
        lambda: board.statuses.hold(CHARLIE, [service.id]),
        lambda: board.statuses.confirm(CHARLIE, [service.id]),
        lambda: board.statuses.set(CHARLIE, [service.id], 5, "", StatusOptions(hold=True)),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_a_script_gives_one_service_options_as_it_gives_several(board: Board) -> None:
    one, other = add_service(board), add_service(board, name="Chat")
    until = datetime.now(UTC) + HOUR
    board.statuses.set(SCRIPT, [one.id], 6, "", StatusOptions(until, 5))
    board.statuses.set(SCRIPT, [one.id, other.id], 7, "", StatusOptions(until, 5))
    board.statuses.set(SCRIPT, [one.id], 6, "", StatusOptions(until, 7))
    found = now_of(board, one)
    assert (found.status_id, found.expiry) == (6, Expiry(until, 7))
    assert now_of(board, other).expiry == Expiry(until, 5)


def test_undo_brings_back_status_and_layers_together(board: Board) -> None:
    service = add_service(board)
    until = datetime.now(UTC) + HOUR
    board.statuses.set(DESK, [service.id], 6, "", StatusOptions(until, 5, hold=True))
    written = board.statuses.set(DESK, [service.id], 7, "", StatusOptions())
    board.journal.undo(DESK, [entry.id for entry in written.entries])
    found = now_of(board, service)
    assert (found.status_id, found.expiry) == (6, Expiry(until, 5))
    assert found.hold == Hold("alice")


def test_undo_of_a_hold_releases_it_unless_somebody_changed_it_since(board: Board) -> None:
    service = add_service(board)
    held = board.statuses.hold(DESK, [service.id])
    board.journal.undo(DESK, [entry.id for entry in held.entries])
    assert now_of(board, service).hold is None
    held = board.statuses.hold(DESK, [service.id])
    board.statuses.hold(replace(BOB, origin=Origin.DESKTOP), [service.id], hold=False)
    with pytest.raises(Conflict, match="bob"):
        board.journal.undo(DESK, [entry.id for entry in held.entries])


def test_a_status_set_for_a_time_is_followed_by_another(board: Board, clock: HandClock) -> None:
    service = add_service(board)
    until = datetime.now(UTC) + HOUR
    board.statuses.set(DESK, [service.id], 6, "", StatusOptions(until, 5, hold=True))
    do_due(board)
    assert now_of(board, service).status_id == 6
    clock.go_on(2 * HOUR)
    do_due(board)
    found = now_of(board, service)
    assert (found.status_id, found.expiry, found.hold) == (5, None, None)
    assert found.changed_by == "schedule"


def test_a_status_that_goes_on_when_its_time_is_over_only_loses_its_layers(
    board: Board, clock: HandClock
) -> None:
    service = add_service(board)
    board.statuses.set(
        DESK, [service.id], 5, "", StatusOptions(datetime.now(UTC) + HOUR, 5, hold=True)
    )
    clock.go_on(2 * HOUR)
    do_due(board)
    do_due(board)
    found = now_of(board, service)
    assert (found.expiry, found.hold) == (None, None)
    assert found.since == service.since
    assert kinds(board)[0] == SERVICE_OPTIONS
    assert SERVICE_STATUS not in kinds(board)


def test_a_change_that_nobody_waits_for_any_more_is_made(board: Board) -> None:
    service = add_service(board)
    future = board.statuses.submit(SCRIPT, service.id, 7)
    assert not future.cancel()
    assert future.result(20).value.status_id == 7


def test_somebody_is_asked_once_when_the_time_is_over(board: Board, clock: HandClock) -> None:
    service = add_service(board)
    until = datetime.now(UTC) + HOUR
    board.statuses.set(DESK, [service.id], 6, "", StatusOptions(until))
    clock.go_on(2 * HOUR)
    do_due(board)
    do_due(board)
    assert kinds(board).count(SERVICE_DUE) == 1
    found = now_of(board, service)
    assert (found.status_id, found.expiry) == (6, Expiry(until, asked=True))


def test_a_hold_does_not_have_somebody_asked_again(board: Board, clock: HandClock) -> None:
    service = add_service(board)
    board.statuses.set(DESK, [service.id], 6, "", StatusOptions(datetime.now(UTC) + HOUR))
    clock.go_on(2 * HOUR)
    do_due(board)
    board.statuses.hold(DESK, [service.id])
    do_due(board)
    assert kinds(board).count(SERVICE_DUE) == 1
    found = now_of(board, service)
    assert found.hold == Hold("alice")
    assert found.expiry is not None
    assert found.expiry.asked


def test_a_change_ends_the_time_that_a_status_was_set_for(board: Board) -> None:
    service = add_service(board)
    board.statuses.set(DESK, [service.id], 6, "", StatusOptions(datetime.now(UTC) + HOUR, 5))
    board.statuses.set(SCRIPT, [service.id], 7)
    assert now_of(board, service).expiry is None


@pytest.mark.parametrize("ahead", [-HOUR, timedelta(days=400)])
def test_a_time_that_can_not_be_met_is_refused(board: Board, ahead: timedelta) -> None:
    service = add_service(board)
    with pytest.raises(Invalid) as caught:
        board.statuses.set(DESK, [service.id], 6, "", StatusOptions(datetime.now(UTC) + ahead))
    assert caught.value.field == "until"
    assert now_of(board, service).status_id == 5


@pytest.mark.parametrize("minutes", [30, STALE_MINUTES_MOST])
def test_a_status_nobody_confirms_gets_stale_and_is_never_changed(
    board: Board, clock: HandClock, minutes: int
) -> None:
    service = add_service(board, stale_minutes=minutes)
    do_due(board)
    assert not now_of(board, service).stale
    clock.go_on(timedelta(minutes=minutes + 1))
    do_due(board)
    do_due(board)
    found = now_of(board, service)
    assert (found.stale, found.status_id) == (True, 5)
    assert kinds(board).count(SERVICE_STALE) == 1
    board.statuses.set(SCRIPT, [service.id], 5)
    found = now_of(board, service)
    assert not found.stale
    assert found.confirmed > found.since


def test_the_same_status_with_other_options_changes_its_layers(board: Board) -> None:
    service = add_service(board)
    written = board.statuses.set(DESK, [service.id], 5, "", StatusOptions(hold=True))
    assert [entry.kind for entry in written.entries] == [
        SERVICE_OPTIONS, SERVICE_CONFIRMED,
    ]  # fmt: skip
    assert now_of(board, service).hold == Hold("alice")

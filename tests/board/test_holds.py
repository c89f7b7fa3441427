from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Actor, Origin
from izzitup_desktop.domain.errors import Held
from izzitup_desktop.domain.journal import Search
from izzitup_desktop.domain.kinds.terms import SERVICE_WISHED
from izzitup_desktop.domain.services import Service, Terms
from tests.builders import ALICE, BOB, add_service, opened_board

PERSON = replace(ALICE, origin=Origin.DESKTOP)
OTHER = replace(BOB, origin=Origin.DESKTOP)
SCRIPTS = (replace(ALICE, origin=Origin.API), replace(ALICE, origin=Origin.CLI))


@pytest.fixture
def board(database_url: str, tmp_path: Path) -> Iterator[Board]:
    with opened_board(database_url, tmp_path) as opened:
        yield opened


def now_of(board: Board, *services: Service) -> list[Service]:
    return list(board.services.many(ALICE, [service.id for service in services]))


def terms() -> tuple[Terms | None, ...]:
    until = datetime.now(UTC) + timedelta(hours=1)
    return None, Terms(), Terms(hold=True), Terms(until, 6), Terms(until, 6, hold=True)


@pytest.mark.parametrize("script", SCRIPTS)
def test_whatever_a_script_asks_for_a_hold_stays_as_it_is(board: Board, script: Actor) -> None:
    for holder, status, wanted, many in product((PERSON, OTHER), (5, 7), terms(), (False, True)):
        held, free = add_service(board), add_service(board)
        board.statuses.hold(holder, [held.id])
        (before,) = now_of(board, held)
        ids = [held.id, free.id] if many else [held.id]
        refused = status != held.status_id or wanted not in (None, Terms(hold=True))
        if refused:
            with pytest.raises(Held):
                board.statuses.set(script, ids, status, "", wanted)
        else:
            board.statuses.set(script, ids, status, "", wanted)
        after, free_now = now_of(board, held, free)
        assert (after.held_by, after.until, after.status_id) == (holder.name, None, 5)
        assert after.wish_status == (status if status != 5 else None)
        assert free_now.status_id == 5
        assert after.since == before.since
        with pytest.raises(Held):
            board.statuses.set(script, [held.id], 5, "", Terms())
        with pytest.raises(Held):
            board.statuses.hold(script, [free.id, held.id], hold=False)


def test_each_held_service_among_several_keeps_its_own_wish(board: Board) -> None:
    script = SCRIPTS[0]
    first, free, second, same = (add_service(board) for _ in range(4))
    board.statuses.set(PERSON, [same.id], 7)
    board.statuses.hold(PERSON, [first.id, second.id, same.id])
    with pytest.raises(Held):
        board.statuses.set(script, [first.id, free.id, second.id, same.id], 7)
    found = now_of(board, first, free, second, same)
    assert [service.status_id for service in found] == [5, 5, 5, 7]
    assert [service.wish_status for service in found] == [7, None, 7, None]
    wished = board.journal.search(ALICE, Search(kinds=frozenset({SERVICE_WISHED})))
    assert {entry.subject_id for entry in wished} == {first.id, second.id}


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize("holder", ["", "alice", "bob"])
def test_a_person_who_confirms_takes_no_hold_over(board: Board, holder: str, many: bool) -> None:
    services = [add_service(board) for _ in range(2 if many else 1)]
    ids = [service.id for service in services]
    if holder:
        board.statuses.hold(PERSON if holder == "alice" else OTHER, ids)
    board.statuses.confirm(PERSON, ids)
    board.statuses.set(PERSON, ids, 5)
    assert {service.held_by for service in now_of(board, *services)} == {holder}
    until = datetime.now(UTC) + timedelta(hours=1)
    board.statuses.set(PERSON, ids, 5, "", Terms(until, hold=True))
    assert {service.held_by for service in now_of(board, *services)} == {holder or "alice"}
    board.statuses.set(PERSON, ids, 5, "", Terms(hold=True))
    assert {service.held_by for service in now_of(board, *services)} == {holder or "alice"}
    # Letting go is a person's to do, whoever holds.
    board.statuses.set(PERSON, ids, 5, "", Terms())
    assert {service.held_by for service in now_of(board, *services)} == {""}


def test_a_person_who_sets_another_status_with_a_hold_holds_it(board: Board) -> None:
    service = add_service(board)
    board.statuses.hold(OTHER, [service.id])
    board.statuses.set(PERSON, [service.id], 6)
    assert now_of(board, service)[0].held_by == "bob"
    board.statuses.set(PERSON, [service.id], 7, "", Terms(hold=True))
    assert now_of(board, service)[0].held_by == "alice"

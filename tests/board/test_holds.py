from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Origin, Principal
from izzitup_desktop.domain.errors import Held
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.journal import Search
from izzitup_desktop.domain.kinds.layers import SERVICE_PROPOSED
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.status_options import StatusOptions
from tests.builders import ALICE, BOB, add_service, opened_board

pytestmark = pytest.mark.soak_on_postgresql

PERSON = replace(ALICE, origin=Origin.DESKTOP)
OTHER = replace(BOB, origin=Origin.DESKTOP)
SCRIPTS = (replace(ALICE, origin=Origin.API), replace(ALICE, origin=Origin.CLI))


@pytest.fixture
def board(database_url: str, tmp_path: Path) -> Iterator[Board]:
    with opened_board(database_url, tmp_path) as opened:
        yield opened


def now_of(board: Board, *services: Service) -> list[Service]:
    return list(board.services.many(ALICE, [service.id for service in services]))


def proposed(service: Service) -> int | None:
    return None if service.proposal is None else service.proposal.status_id


def holders(board: Board, *services: Service) -> set[str]:
    holds = [service.hold for service in now_of(board, *services)]
    return {"" if hold is None else hold.by for hold in holds}


def choices() -> tuple[StatusOptions | None, ...]:
    until = datetime.now(UTC) + timedelta(hours=1)
    return (
        None,
        StatusOptions(),
        StatusOptions(hold=True),
        StatusOptions(until, 6),
        StatusOptions(until, 6, hold=True),
    )


@pytest.mark.parametrize("script", SCRIPTS)
def test_whatever_a_script_asks_for_a_hold_stays_as_it_is(board: Board, script: Principal) -> None:
    for holder, status, wanted, many in product((PERSON, OTHER), (5, 7), choices(), (False, True)):
        held, free = add_service(board), add_service(board)
        board.statuses.hold(holder, [held.id])
        (before,) = now_of(board, held)
        ids = [held.id, free.id] if many else [held.id]
        refused = status != held.status_id or wanted not in (None, StatusOptions(hold=True))
        if refused:
            with pytest.raises(Held):
                board.statuses.set(script, ids, status, "", wanted)
        else:
            board.statuses.set(script, ids, status, "", wanted)
        after, free_now = now_of(board, held, free)
        assert (after.hold, after.expiry, after.status_id) == (Hold(holder.name), None, 5)
        assert proposed(after) == (status if status != 5 else None)
        assert free_now.status_id == 5
        assert after.since == before.since
        with pytest.raises(Held):
            board.statuses.set(script, [held.id], 5, "", StatusOptions())
        with pytest.raises(Held):
            board.statuses.hold(script, [free.id, held.id], hold=False)


def test_each_held_service_among_several_keeps_its_own_proposal(board: Board) -> None:
    script = SCRIPTS[0]
    first, free, second, same = (add_service(board) for _ in range(4))
    board.statuses.set(PERSON, [same.id], 7)
    board.statuses.hold(PERSON, [first.id, second.id, same.id])
    with pytest.raises(Held):
        board.statuses.set(script, [first.id, free.id, second.id, same.id], 7)
    found = now_of(board, first, free, second, same)
    assert [service.status_id for service in found] == [5, 5, 5, 7]
    assert [proposed(service) for service in found] == [7, None, 7, None]
    entries = board.journal.search(ALICE, Search(kinds=frozenset({SERVICE_PROPOSED})))
    assert {entry.subject_id for entry in entries} == {first.id, second.id}


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize("holder", ["", "alice", "bob"])
def test_a_person_who_confirms_takes_no_hold_over(board: Board, holder: str, many: bool) -> None:
    services = [add_service(board) for _ in range(2 if many else 1)]
    ids = [service.id for service in services]
    if holder:
        board.statuses.hold(PERSON if holder == "alice" else OTHER, ids)
    board.statuses.confirm(PERSON, ids)
    board.statuses.set(PERSON, ids, 5)
    assert holders(board, *services) == {holder}
    until = datetime.now(UTC) + timedelta(hours=1)
    board.statuses.set(PERSON, ids, 5, "", StatusOptions(until, hold=True))
    assert holders(board, *services) == {holder or "alice"}
    board.statuses.set(PERSON, ids, 5, "", StatusOptions(hold=True))
    assert holders(board, *services) == {holder or "alice"}
    # Letting go is a person's to do, whoever holds.
    board.statuses.set(PERSON, ids, 5, "", StatusOptions())
    assert holders(board, *services) == {""}


def test_a_person_who_sets_another_status_with_a_hold_holds_it(board: Board) -> None:
    service = add_service(board)
    board.statuses.hold(OTHER, [service.id])
    board.statuses.set(PERSON, [service.id], 6)
    assert now_of(board, service)[0].hold == Hold("bob")
    board.statuses.set(PERSON, [service.id], 7, "", StatusOptions(hold=True))
    assert now_of(board, service)[0].hold == Hold("alice")

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Origin, Principal
from izzitup_desktop.domain.errors import NotFound
from izzitup_desktop.domain.journal import Entry, Search
from izzitup_desktop.domain.kinds.statuses import SERVICE_CONFIRMED
from tests.builders import ALICE, BOB, Heard, add_service, opened_board

SCRIPT = replace(BOB, origin=Origin.API)


@pytest.fixture
def board(database_url: str, tmp_path: Path) -> Iterator[Board]:
    with opened_board(database_url, tmp_path) as opened:
        yield opened


def confirmations(board: Board) -> list[Entry]:
    found = board.journal.search(ALICE, Search(kinds=frozenset({SERVICE_CONFIRMED})))
    return list(reversed(found))


def test_what_only_repeats_keeps_its_first_confirmation_and_its_last(board: Board) -> None:
    service = add_service(board)
    written = [board.statuses.set(SCRIPT, [service.id], 5) for _ in range(20)]
    first, last = confirmations(board)
    assert first == written[0].entries[0]
    assert last == written[-1].entries[0]
    assert last.before["times"] == 20
    assert datetime.fromisoformat(last.before["since"]) == first.time
    (now,) = board.services.many(ALICE, [service.id])
    assert now.confirmed == now.updated == last.time
    ids = [entry.id for each in written for entry in each.entries]
    assert ids == sorted(set(ids))
    assert board.last_id() == last.id


def test_every_confirmation_is_told_by_the_feed(board: Board) -> None:
    service, heard = add_service(board), Heard()
    subscription = board.subscribe(heard.on_entries)
    for _ in range(5):
        board.statuses.confirm(SCRIPT, [service.id])
    last = confirmations(board)[-1]
    heard.wait_until(lambda: last in heard.entries)
    subscription.cancel()


def test_confirmations_written_together_are_merged_too(board: Board) -> None:
    services = [add_service(board) for _ in range(3)]
    futures = [
        board.statuses.submit(SCRIPT, service.id, 5) for _ in range(50) for service in services
    ]
    for future in futures:
        future.result()
    found = confirmations(board)
    assert len(found) == 6
    assert [entry.before["times"] for entry in found[-3:]] == [50, 50, 50]


@pytest.mark.parametrize("other", [replace(SCRIPT, name="zoe"), replace(SCRIPT, origin=Origin.CLI)])
def test_who_confirms_in_turn_has_a_run_of_his_own(board: Board, other: Principal) -> None:
    service = add_service(board)
    for _ in range(10):
        board.statuses.confirm(SCRIPT, [service.id])
        board.statuses.confirm(other, [service.id])
    found = confirmations(board)
    assert len(found) == 4
    assert [entry.before.get("times", 1) for entry in found] == [1, 1, 10, 10]


def test_what_happens_in_between_and_what_is_said_is_kept(board: Board) -> None:
    service = add_service(board)
    for comment in ("", "", "", "looked at it", "looked at it", "", "", ""):
        board.statuses.confirm(SCRIPT, [service.id], comment)
    board.statuses.set(SCRIPT, [service.id], 6)
    for _ in range(3):
        board.statuses.confirm(SCRIPT, [service.id])
    found = [(entry.comment, entry.before.get("times", 1)) for entry in confirmations(board)]
    assert found == [
        ("", 1), ("looked at it", 1), ("looked at it", 2), ("", 6), ("", 1), ("", 3),
    ]  # fmt: skip


def test_a_refused_step_takes_no_merged_confirmation_with_it(board: Board) -> None:
    service = add_service(board)
    for _ in range(3):
        board.statuses.confirm(SCRIPT, [service.id])
    before = confirmations(board)
    futures = [
        board.statuses.submit(SCRIPT, service.id, 5),
        board.statuses.submit(SCRIPT, 999, 5),
        board.statuses.submit(SCRIPT, service.id, 5),
    ]
    with pytest.raises(NotFound):
        board.statuses.set(SCRIPT, [service.id, 999], 5)
    for future in (futures[0], futures[2]):
        future.result()
    assert futures[1].exception() is not None
    first, last = confirmations(board)
    assert first == before[0]
    assert last.before["times"] == 5


def test_a_day_of_confirmations_each_minute_is_two_entries_a_service(board: Board) -> None:
    service = add_service(board)
    for _ in range(24):
        # An hour at once: nobody waits longer than for that.
        futures = [board.statuses.submit(SCRIPT, service.id, 5) for _ in range(60)]
        for future in futures:
            future.result()
    assert [entry.before.get("times") for entry in confirmations(board)] == [None, 1_440]

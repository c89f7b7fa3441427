from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.board.core import Core
from izzitup_desktop.board.refusals import AN_HOUR_MOST, LEFT_OUT, Refusals
from izzitup_desktop.board.services import Services
from izzitup_desktop.board.statuses import Statuses
from izzitup_desktop.domain.errors import NotAllowed, Unavailable
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds.access import ACCESS_REFUSED
from izzitup_desktop.domain.services import ServiceDraft
from izzitup_desktop.storage.asked import Asked
from izzitup_desktop.storage.transaction import Transaction
from tests.builders import ALICE, CHARLIE, HandClock, add_service, database_at, opened_board


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def board(tmp_path: Path, clock: HandClock) -> Iterator[Board]:
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path, clock=clock) as opened:
        yield opened


def refused(board: Board) -> list[Entry]:
    board.groups.add(ALICE, f"behind all that is queued {board.last_id()}")
    entries = board.journal.latest(ALICE, limit=1_000)
    return [entry for entry in reversed(entries) if entry.kind == ACCESS_REFUSED]


def try_on(board: Board, service_id: int) -> None:
    assert isinstance(board.statuses.submit(CHARLIE, service_id, 7).exception(20), NotAllowed)


def test_refusals_are_written_once_a_minute_whatever_they_are_about(
    board: Board, clock: HandClock
) -> None:
    ids = [add_service(board, f"S{number}").id for number in range(10)]
    for service_id in ids * 3:
        try_on(board, service_id)
    assert [(entry.subject_id, dict(entry.after)) for entry in refused(board)] == [(ids[0], {})]
    clock.seconds += 61
    try_on(board, ids[5])
    assert dict(refused(board)[-1].after) == {LEFT_OUT: 29}


def test_what_does_not_exist_is_not_written_down(board: Board, clock: HandClock) -> None:
    service = add_service(board)
    for service_id in (*range(1_000, 1_300), -1, 0, 2**70):
        try_on(board, service_id)
    assert refused(board) == []
    try_on(board, service.id)
    assert len(refused(board)) == 1


def test_one_account_writes_so_many_refusals_an_hour(board: Board, clock: HandClock) -> None:
    service = add_service(board)
    for _ in range(59):
        try_on(board, service.id)
        refused(board)
        clock.seconds += 61
    assert len(refused(board)) == AN_HOUR_MOST
    clock.seconds += 3_600
    try_on(board, service.id)
    assert dict(refused(board)[-1].after) == {LEFT_OUT: 59 - AN_HOUR_MOST}


def test_a_refusal_is_written_though_its_batch_is_run_once_more(tmp_path: Path) -> None:
    open_found = partial(database_at, f"sqlite:///{tmp_path}/izzitup.db", tmp_path)
    core = Core(open_found(), open_found)
    statuses = Statuses(core, Refusals(core))
    service = Services(core).add(ALICE, ServiceDraft("E-Mail")).value
    started, queued = Event(), Event()

    def busy(_: Transaction) -> None:
        started.set()
        assert queued.wait(20)

    core.submit(busy)
    assert started.wait(20)
    refusal = statuses.submit(CHARLIE, service.id, 7)
    # With the entry of the refusal there is one more, whose client goes before the commit.
    gone = iter((False, True))
    leaving = Asked(is_gone=lambda: next(gone))
    given_up = core.submit(lambda _: statuses.submit(ALICE, service.id, 6, asked=leaving))
    queued.set()
    assert isinstance(refusal.exception(20), NotAllowed)
    assert isinstance(given_up.result(20).value.exception(20), Unavailable)
    core.close()
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path, create=False) as board:
        found = refused(board)
    assert [(entry.subject_id, dict(entry.after)) for entry in found] == [(service.id, {})]

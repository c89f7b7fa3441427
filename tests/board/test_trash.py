from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.domain.errors import Conflict, NotAllowed, NotFound
from izzitup_desktop.domain.journal import Kind
from tests.builders import ALICE, BOB, CHARLIE, HandClock, add_service, do_due, opened_board


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def board(database_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Board]:
    with opened_board(database_url, tmp_path, clock=clock) as opened:
        yield opened


def test_what_was_removed_is_in_the_trash_and_comes_back(board: Board) -> None:
    service = add_service(board, key="MAIL")
    board.services.remove(BOB, [service.id])
    (removed,) = board.trash.list(ALICE)
    assert (removed.service.name, removed.by) == ("E-Mail", "bob")
    written = board.trash.restore(ALICE, [service.id])
    assert board.trash.list(ALICE) == ()
    assert board.services.find(ALICE, "MAIL").id == service.id
    # A restore can be undone like any other step.
    board.journal.undo(ALICE, [entry.id for entry in written.entries])
    assert [item.service.id for item in board.trash.list(ALICE)] == [service.id]


def test_a_service_whose_key_is_taken_meanwhile_stays_in_the_trash(board: Board) -> None:
    old = add_service(board, key="MAIL")
    board.services.remove(ALICE, [old.id])
    add_service(board, "Other", key="mail")
    with pytest.raises(Conflict, match="is taken by Other"):
        board.trash.restore(ALICE, [old.id])


def test_purging_is_for_good_and_the_journal_keeps_what_was(board: Board) -> None:
    service = add_service(board)
    board.statuses.set(ALICE, [service.id], 7)
    board.services.remove(ALICE, [service.id])
    with pytest.raises(NotAllowed):
        board.trash.purge(BOB, [service.id])
    board.trash.purge(ALICE, [service.id])
    with pytest.raises(NotFound):
        board.trash.restore(ALICE, [service.id])
    newest, *older = board.journal.latest(ALICE)
    assert newest.kind is Kind.SERVICE_PURGED
    assert newest.before["name"] == "E-Mail"
    assert Kind.SERVICE_STATUS in {entry.kind for entry in older}


def test_the_id_of_what_was_deleted_for_good_is_given_to_nothing_else(board: Board) -> None:
    ids = []
    for _ in range(3):
        service = add_service(board)
        ids.append(service.id)
        board.services.remove(ALICE, [service.id])
        board.trash.purge(ALICE, [service.id])
    assert len(set(ids)) == 3


def test_only_what_is_in_the_trash_can_be_purged(board: Board) -> None:
    service = add_service(board)
    with pytest.raises(NotFound):
        board.trash.purge(ALICE, [service.id])


def test_a_viewer_sees_no_trash(board: Board) -> None:
    with pytest.raises(NotAllowed):
        board.trash.list(CHARLIE)


def test_the_trash_is_emptied_of_what_is_thirty_days_old(board: Board, clock: HandClock) -> None:
    service = add_service(board)
    board.services.remove(ALICE, [service.id])
    do_due(board)
    assert len(board.trash.list(ALICE)) == 1
    clock.go_on(timedelta(days=31))
    do_due(board)
    assert board.trash.list(ALICE) == ()

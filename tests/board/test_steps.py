"""Undo and redo across restarts: the stacks as the journal gives them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Origin, Principal
from izzitup_desktop.domain.journal import Entry
from tests.builders import ALICE, GOOD_PASSWORD, add_service, opened_board
from tests.examples import share_of


@pytest.fixture
def board(database_url: str, tmp_path: Path) -> Iterator[Board]:
    with opened_board(database_url, tmp_path) as opened:
        yield opened


def me(board: Board) -> Principal:
    return Principal.of(
        board.accounts.first("alice", GOOD_PASSWORD, Origin.DESKTOP).value, Origin.DESKTOP
    )


def ids(step: tuple[Entry, ...]) -> list[int]:
    return [entry.id for entry in step]


def test_a_change_of_several_services_is_one_step(board: Board) -> None:
    alice = me(board)
    services = [add_service(board, name).id for name in "abc"]
    written = board.statuses.set(alice, services, 7)
    steps = board.journal.steps(alice)
    assert [ids(step.entries) for step in steps.done] == [ids(written.entries)]
    assert steps.undone == ()


def test_what_others_and_scripts_did_is_no_step_of_mine(board: Board) -> None:
    alice = me(board)
    service = add_service(board)
    board.statuses.set(ALICE, [service.id], 7)
    assert board.journal.steps(alice).done == ()


def test_undone_steps_can_be_done_again_until_something_new_is_done(board: Board) -> None:
    alice = me(board)
    service = add_service(board)
    first = board.statuses.set(alice, [service.id], 6)
    second = board.statuses.set(alice, [service.id], 7)
    undone = board.journal.undo(alice, ids(second.entries))
    steps = board.journal.steps(alice)
    assert [ids(step.entries) for step in steps.done] == [ids(first.entries)]
    assert [ids(step.entries) for step in steps.undone] == [ids(undone.entries)]
    redone = board.journal.undo(alice, ids(undone.entries))
    steps = board.journal.steps(alice)
    assert [ids(step.entries) for step in steps.done] == [ids(first.entries), ids(redone.entries)]
    board.journal.undo(alice, ids(redone.entries))
    board.statuses.set(alice, [service.id], 7)
    assert board.journal.steps(alice).undone == ()


@settings(max_examples=share_of(15), deadline=None)
@given(st.lists(st.sampled_from(["do", "undo", "redo"]), max_size=12))
def test_the_journal_gives_the_same_stacks_as_two_lists_would(
    tmp_path_factory: pytest.TempPathFactory, moves: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("steps")
    with opened_board(f"sqlite:///{folder}/izzitup.db", folder) as board:
        alice = me(board)
        service = add_service(board)
        done: list[list[int]] = []
        undone: list[list[int]] = []
        status = 5
        for move in moves:
            if move == "do":
                status = 5 + (status - 4) % 3
                current = board.services.many(ALICE, [service.id])[0].status_id
                if status == current:
                    status = 5 + (status - 4) % 3
                done.append(ids(board.statuses.set(alice, [service.id], status).entries))
                undone.clear()
            elif move == "undo" and done:
                undone.append(ids(board.journal.undo(alice, done.pop()).entries))
            elif move == "redo" and undone:
                done.append(ids(board.journal.undo(alice, undone.pop()).entries))
        steps = board.journal.steps(alice)
        assert [ids(step.entries) for step in steps.done] == done
        assert [ids(step.entries) for step in steps.undone] == undone


def test_what_was_done_before_a_restore_is_no_step_any_more(board: Board) -> None:
    alice = me(board)
    service = add_service(board)
    board.statuses.set(alice, [service.id], 6)
    backup = board.backups.save(alice)
    board.backups.restore(alice, backup)
    assert board.journal.steps(alice).done == ()
    after = board.statuses.set(alice, [service.id], 7)
    assert [ids(step.entries) for step in board.journal.steps(alice).done] == [ids(after.entries)]

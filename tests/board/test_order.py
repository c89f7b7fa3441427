"""The order that people drag services and groups into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds.groups import GROUP_ORDERED
from izzitup_desktop.domain.kinds.services import SERVICE_MOVED
from tests.builders import ALICE, BOB, add_service, opened_board


@pytest.fixture
def board(database_url: str, tmp_path: Path) -> Iterator[Board]:
    with opened_board(database_url, tmp_path) as opened:
        yield opened


def order(board: Board) -> list[str]:
    found = sorted(board.services.list(ALICE), key=lambda service: service.position)
    assert len({service.position for service in found}) == len(found)
    return [service.name for service in found]


def group_order(board: Board) -> list[str]:
    return [group.name for group in board.groups.list(ALICE)]


def squeeze(board: Board) -> list[Entry]:
    """Drag b and c in turn before the last service until the group is numbered anew."""
    a, b, c, d = (add_service(board, name) for name in "abcd")
    assert a.position < d.position
    written: list[Entry] = []
    for _ in range(12):
        for service in (b, c):
            written += board.services.move(BOB, [service.id], None, d.id).entries
    return written


def test_numbering_a_group_anew_is_told_to_every_window(board: Board) -> None:
    written = squeeze(board)
    anew = [entry for entry in written if entry.kind == GROUP_ORDERED]
    assert anew
    assert order(board) == ["a", "b", "c", "d"]
    # Whoever hears of a group reads all services again.
    assert {entry.kind.subject for entry in anew} == {"group"}


def test_a_move_is_undone_after_the_group_was_numbered_anew(board: Board) -> None:
    a, b, c, d = (add_service(board, name) for name in "abcd")
    mine = board.services.move(ALICE, [a.id], None, d.id).entries
    assert order(board) == ["b", "c", "a", "d"]
    for _ in range(12):
        for service in (b, c):
            board.services.move(BOB, [service.id], None, a.id)
    assert order(board) == ["b", "c", "a", "d"]
    undone = board.journal.undo(ALICE, [entry.id for entry in mine]).entries
    assert order(board) == ["a", "b", "c", "d"]
    board.journal.undo(ALICE, [entry.id for entry in undone if entry.undoes])
    assert order(board) == ["b", "c", "a", "d"]


def test_the_move_that_numbers_anew_is_undone_and_done_again(board: Board) -> None:
    a, b, c, d = (add_service(board, name) for name in "abcd")
    moves = 0
    while True:
        before = order(board)
        written = board.services.move(ALICE, [b.id if moves % 2 == 0 else c.id], None, d.id)
        moves += 1
        if any(entry.kind == GROUP_ORDERED for entry in written.entries):
            break
    after = order(board)
    assert before != after
    mine = [entry.id for entry in written.entries if entry.kind == SERVICE_MOVED]
    undone = board.journal.undo(ALICE, mine).entries
    assert order(board) == before
    board.journal.undo(ALICE, [entry.id for entry in undone if entry.undoes])
    assert order(board) == after
    assert a.name in after


def test_several_dragged_at_once_come_back_in_their_order(board: Board) -> None:
    services = [add_service(board, name) for name in "abcdef"]
    ids = {service.name: service.id for service in services}
    group = board.groups.add(ALICE, "Core").value
    written = board.services.move(ALICE, [ids["b"], ids["c"], ids["e"]], group.id).entries
    for _ in range(12):
        board.services.move(BOB, [ids["d"]], None, ids["f"])
        board.services.move(BOB, [ids["a"]], None, ids["d"])
    board.journal.undo(ALICE, [entry.id for entry in written])
    assert order(board) == ["a", "b", "c", "d", "e", "f"]


def test_groups_numbered_anew_are_told_and_their_moves_undone(board: Board) -> None:
    groups = {name: board.groups.add(ALICE, name).value for name in "abcd"}
    mine = board.groups.move(ALICE, groups["a"].id, groups["d"].id).entries
    written: list[Entry] = []
    for _ in range(12):
        for name in "bc":
            written += board.groups.move(ALICE, groups[name].id, groups["a"].id).entries
    assert any(entry.kind == GROUP_ORDERED for entry in written)
    assert group_order(board) == ["b", "c", "a", "d"]
    board.journal.undo(ALICE, [entry.id for entry in mine])
    assert group_order(board) == ["a", "b", "c", "d"]

from collections.abc import Iterator
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.builders import ALICE, BOB, add_service, opened_board


@pytest.fixture
def board(database_url: str, tmp_path: Path) -> Iterator[Board]:
    with opened_board(database_url, tmp_path) as opened:
        yield opened


def test_groups_stand_in_the_order_they_were_added(board: Board) -> None:
    for name in ("Web", "Core", "Desk"):
        board.groups.add(ALICE, name)
    assert [group.name for group in board.groups.list(BOB)] == ["Web", "Core", "Desk"]


def test_two_groups_do_not_have_the_same_name(board: Board) -> None:
    board.groups.add(ALICE, "Büro")
    with pytest.raises(Conflict):
        board.groups.add(ALICE, "BÜRO")
    other = board.groups.add(ALICE, "Core").value
    with pytest.raises(Conflict):
        board.groups.edit(ALICE, other.id, "büro", version=other.version)


def test_a_group_is_renamed_unless_somebody_was_faster(board: Board) -> None:
    group = board.groups.add(ALICE, "Core").value
    renamed = board.groups.edit(ALICE, group.id, "Base", version=group.version).value
    assert renamed.name == "Base"
    with pytest.raises(Conflict):
        board.groups.edit(ALICE, group.id, "Other", version=group.version)


def test_a_group_with_services_is_not_removed(board: Board) -> None:
    group = board.groups.add(ALICE, "Core").value
    service = add_service(board, group_id=group.id)
    with pytest.raises(Conflict, match="still has 1 service"):
        board.groups.remove(ALICE, group.id)
    board.services.remove(ALICE, [service.id])
    board.groups.remove(ALICE, group.id)
    assert board.groups.list(ALICE) == ()
    board.groups.add(ALICE, "Core")


def test_bad_names_unknown_groups_and_editors_are_refused(board: Board) -> None:
    with pytest.raises(Invalid):
        board.groups.add(ALICE, " ")
    with pytest.raises(NotFound):
        board.groups.remove(ALICE, 7)
    with pytest.raises(NotAllowed):
        board.groups.add(BOB, "Mine")


def test_groups_stand_in_the_order_they_were_put_into(board: Board) -> None:
    a, b, c = (board.groups.add(ALICE, name).value for name in "abc")
    written = board.groups.move(ALICE, c.id, a.id)
    assert [group.name for group in board.groups.list(ALICE)] == ["c", "a", "b"]
    board.groups.move(ALICE, c.id)
    assert [group.name for group in board.groups.list(ALICE)] == ["a", "b", "c"]
    for _ in range(30):  # until there is no room between two of them
        board.groups.move(ALICE, b.id, a.id)
        board.groups.move(ALICE, a.id, b.id)
    assert [group.name for group in board.groups.list(ALICE)] == ["a", "b", "c"]
    with pytest.raises(Conflict):
        board.journal.undo(ALICE, [entry.id for entry in written.entries])

"""What one shift writes for the next: kept with who and when, and theirs to take back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.domain.errors import Conflict, Invalid, NotAllowed
from izzitup_desktop.domain.handovers import LINES_MOST, HandoverDraft
from tests.builders import ALICE, CHARLIE, GOOD_PASSWORD, opened_board

DRAFT = HandoverDraft("switched the router", " call the vendor\nat nine ")


@pytest.fixture
def board(database_url: str, tmp_path: Path) -> Iterator[Board]:
    with opened_board(database_url, tmp_path) as opened:
        yield opened


def person(board: Board, name: str, role: Role) -> Principal:
    account = board.accounts.add(ALICE, name, role, GOOD_PASSWORD).value
    return Principal.of(account, Origin.DESKTOP)


def notes(board: Board) -> list[tuple[str, str, str]]:
    return [(note.actor, note.done, note.open) for note in board.handovers.latest(CHARLIE)]


def test_the_next_shift_reads_it_with_who_newest_first_also_after_a_restart(
    board: Board, database_url: str, tmp_path: Path
) -> None:
    erin = person(board, "erin", Role.EDITOR)
    board.handovers.write(erin, DRAFT)
    board.handovers.write(ALICE, HandoverDraft("", "nothing new"))
    with opened_board(database_url, tmp_path) as again:
        assert notes(again) == [
            ("alice", "", "nothing new"),
            ("erin", "switched the router", "call the vendor\nat nine"),
        ]


def test_it_is_taken_back_told_again_and_not_taken_back_twice(board: Board) -> None:
    erin = person(board, "erin", Role.EDITOR)
    (entry,) = board.handovers.write(erin, DRAFT).entries
    board.handovers.write(ALICE, HandoverDraft("later", ""))
    (undo,) = board.journal.undo(erin, [entry.id]).entries
    assert [done for _, done, _ in notes(board)] == ["later"]
    with pytest.raises(Conflict, match="undone already by erin"):
        board.journal.undo(erin, [entry.id])
    board.journal.undo(erin, [undo.id])
    assert [done for _, done, _ in notes(board)] == ["switched the router", "later"]


def test_others_do_not_take_it_back_but_an_administrator_does(board: Board) -> None:
    erin, frank = person(board, "erin", Role.EDITOR), person(board, "frank", Role.EDITOR)
    root = person(board, "root", Role.ADMINISTRATOR)
    (entry,) = board.handovers.write(erin, DRAFT).entries
    with pytest.raises(NotAllowed):
        board.journal.undo(frank, [entry.id])
    board.journal.undo(root, [entry.id])
    assert notes(board) == []


@pytest.mark.parametrize(
    ("draft", "reason"),
    [(HandoverDraft(" ", "\n"), "Write what was done"),
     (HandoverDraft("x" * (LINES_MOST + 1), ""), "What was done may have 2000 characters"),
     (HandoverDraft("", "bell\x07"), "control character")],
)  # fmt: skip
def test_what_says_nothing_or_can_not_be_stored_is_refused(
    board: Board, draft: HandoverDraft, reason: str
) -> None:
    with pytest.raises(Invalid, match=reason):
        board.handovers.write(ALICE, draft)
    assert notes(board) == []

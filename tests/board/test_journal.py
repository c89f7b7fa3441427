from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.domain.journal import Search
from tests.builders import ALICE, add_service, opened_board


@pytest.fixture
def board(database_url: str, tmp_path: Path) -> Iterator[Board]:
    with opened_board(database_url, tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("name", ["Ümit", "alice"])
def test_everybody_is_found_by_the_name_that_the_journal_has(board: Board, name: str) -> None:
    who = replace(ALICE, name=name)
    service = add_service(board)
    written = board.statuses.set(who, [service.id], 6)
    found = board.journal.search(ALICE, Search(actor=name), limit=1)
    assert found == written.entries
    assert name in board.journal.actors(ALICE)

"""What is called how where nobody gave it a name: the board, and services in no group."""

from __future__ import annotations

from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.public_board import PublicBoard
from izzitup_desktop.server.page.formats import Wanted

UNTITLED = msg("Service status")
UNGROUPED = msg("Other services")

UNNAMED = "Services"
"""What programs are told that has no name, in every language."""


def board_title(board: PublicBoard, wanted: Wanted) -> str:
    """What the board is called."""
    return board.choices.title or wanted.words(UNTITLED)


def group_title(name: str, wanted: Wanted) -> str:
    """What a group of this name is called, beside others; "" is that of those in none."""
    return name or wanted.words(UNGROUPED)


def programs_title(board: PublicBoard) -> str:
    """What programs are told that the board is called."""
    return board.choices.title or UNNAMED

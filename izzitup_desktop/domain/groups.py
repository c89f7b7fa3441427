"""Groups: the sections of the board, and what an Editor may be limited to."""

from __future__ import annotations

from dataclasses import dataclass

from izzitup_desktop.domain.text import one_line

NAME_MOST = 100


@dataclass(frozen=True, slots=True)
class Group:
    """One group; groups are shown by `position`, then name."""

    id: int
    name: str
    position: int
    version: int


def checked_name(name: str) -> str:
    """A group's name, trimmed. Raises `Invalid`."""
    return one_line("group", name, most=NAME_MOST, required=True)

"""What one shift tells the next in its own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.text import many_lines

LINES_MOST = 2_000
"""Characters of what was done, and of what is open."""


_TITLE_MOST = 80


@dataclass(frozen=True, slots=True)
class HandoverNote:
    """What somebody did and left open; `entry_id` is its journal entry."""

    entry_id: int
    time: datetime
    actor: str
    account_id: int | None
    done: str
    open: str


@dataclass(frozen=True, slots=True)
class HandoverDraft:
    """What a person typed for the next shift; `checked()` before it is stored."""

    done: str
    open: str

    @property
    def title(self) -> str:
        """Its first line, in short."""
        line = (self.done or self.open).splitlines()[0].strip()
        return line if len(line) <= _TITLE_MOST else line[: _TITLE_MOST - 1] + "…"

    def checked(self) -> HandoverDraft:
        """The draft, trimmed. Raises `Invalid`, also where it says nothing."""
        draft = HandoverDraft(checked_lines("done", self.done), checked_lines("open", self.open))
        if not (draft.done or draft.open):
            raise Invalid("done", msg("Write what was done, or what is open."))
        return draft


def checked_lines(field: str, text: str) -> str:
    """Lines of text, trimmed. Raises `Invalid`."""
    return many_lines(field, text, most=LINES_MOST)

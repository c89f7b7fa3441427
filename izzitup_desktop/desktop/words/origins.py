"""Who did something and from where, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from izzitup_desktop.desktop.words.texts import translated
from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.text import origins

if TYPE_CHECKING:
    # Entries come with the board, after the first paint.
    from izzitup_desktop.domain.journal import Entry


def origin_word(origin: Origin) -> str:
    """Where a change came from."""
    return translated(origins.origin_word(origin))


def actor_word(actor: str) -> str:
    """Who changed something."""
    return translated(origins.actor_word(actor))


def whence(entry: Entry) -> str:
    """Who did it and from where."""
    return translated(origins.whence(entry.actor, entry.origin))

"""Use cases of the journal: read it, and take entries back."""

from __future__ import annotations

from collections.abc import Sequence

from izzitup_desktop.board import undo
from izzitup_desktop.board.core import Core, require
from izzitup_desktop.domain.accounts import Action, Actor
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.storage import journal
from izzitup_desktop.storage.writer import Written


class Journal:
    """What can be done with the journal."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def latest(
        self, actor: Actor, *, limit: int = 100, before_id: int | None = None
    ) -> tuple[Entry, ...]:
        """At most `limit` entries older than `before_id`, newest first."""
        require(actor, Action.JOURNAL_READ)
        return self._core.read(
            lambda connection: journal.latest(connection, limit=limit, before_id=before_id)
        )

    def undo(self, actor: Actor, entry_ids: Sequence[int]) -> Written[tuple[Entry, ...]]:
        """Take entries back in one transaction: all of them, or none.

        Raises `NotFound`, `NotAllowed`, `Conflict` (what can't be undone, or was
        changed since: `changed_by` says by whom).
        """
        return self._core.write(lambda transaction: undo.undo(transaction, actor, entry_ids))

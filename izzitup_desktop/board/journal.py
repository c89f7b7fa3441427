"""Use cases of the journal: read it, and take entries back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from izzitup_desktop.board import undo
from izzitup_desktop.board.core import Core, require
from izzitup_desktop.board.steps import ENTRIES_MOST, Steps, replayed
from izzitup_desktop.domain.accounts import Action, Actor
from izzitup_desktop.domain.journal import Entry, Kind, Search
from izzitup_desktop.storage import journal, periods
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

    def search(
        self, actor: Actor, wanted: Search, *, limit: int = 500, before_id: int | None = None
    ) -> tuple[Entry, ...]:
        """At most `limit` entries that match, older than `before_id`, newest first."""
        require(actor, Action.JOURNAL_READ)
        return self._core.read(
            lambda connection: journal.search(connection, wanted, limit=limit, before_id=before_id)
        )

    def actors(self, actor: Actor) -> tuple[str, ...]:
        """Everybody who is named in the journal, by name."""
        require(actor, Action.JOURNAL_READ)
        return self._core.read(journal.actors)

    def since(self, actor: Actor, entry_id: int, *, limit: int = 5_000) -> tuple[Entry, ...]:
        """At most `limit` entries newer than `entry_id`, oldest first."""
        require(actor, Action.JOURNAL_READ)
        return self._core.read(lambda connection: journal.after(connection, entry_id, limit=limit))

    def newest_since(
        self, actor: Actor, entry_id: int, *, limit: int, but: Collection[Kind] = ()
    ) -> tuple[Entry, ...]:
        """The newest `limit` entries after `entry_id`, newest first, without some kinds."""
        require(actor, Action.JOURNAL_READ)
        return self._core.read(
            lambda connection: journal.newest_since(connection, entry_id, limit=limit, but=but)
        )

    def steps(self, actor: Actor) -> Steps:
        """What the actor's account can undo and redo, also of earlier sessions."""
        if actor.account_id is None:
            return Steps((), ())
        account_id = actor.account_id

        def query(connection: Any) -> Steps:
            until_id = journal.archived_until(connection)
            entries = journal.steps_of(connection, account_id, limit=ENTRIES_MOST)
            # Older ones are not undone: what came after them is in the archive.
            return replayed(entry for entry in entries if entry.id > until_id)

        return self._core.read(query)

    def is_mistake(self, actor: Actor, entry_id: int) -> bool:
        """Whether the status change is marked as a mistake."""
        require(actor, Action.JOURNAL_READ)
        return self._core.read(lambda connection: periods.is_mistake(connection, entry_id))

    def mark_mistake(self, actor: Actor, entry_id: int, *, mistake: bool = True) -> Written[None]:
        """Take a status change out of history and uptime, or put it in again.

        The journal keeps it. Raises `NotFound`, `NotAllowed`, `Conflict`.
        """
        return self._core.write(
            lambda transaction: undo.mark_mistake(transaction, actor, entry_id, mistake=mistake)
        )

    def undo(self, actor: Actor, entry_ids: Sequence[int]) -> Written[tuple[Entry, ...]]:
        """Take entries back in one transaction: all of them, or none.

        Raises `NotFound`, `NotAllowed`, `Conflict` (what can't be undone, or was
        changed since: `changed_by` says by whom).
        """
        return self._core.write(lambda transaction: undo.undo(transaction, actor, entry_ids))

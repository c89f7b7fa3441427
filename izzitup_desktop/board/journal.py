"""Use cases of the journal: read it, and take entries back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

from izzitup_desktop.board import mistakes, undo
from izzitup_desktop.board.concepts import Concepts
from izzitup_desktop.board.core import FEW, Core
from izzitup_desktop.board.undo_steps import ENTRIES_MOST, JournalSteps, replayed
from izzitup_desktop.domain.accounts import Action, Principal
from izzitup_desktop.domain.errors import NotFound
from izzitup_desktop.domain.journal import Entry, Kind, Search
from izzitup_desktop.storage import journal, periods
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Written

T = TypeVar("T")


class Journal:
    """What can be done with the journal.

    Each concept says who may read entries about it; for others there is no such entry.
    """

    def __init__(self, core: Core, concepts: Concepts) -> None:
        self._core = core
        self._concepts = concepts

    def latest(
        self, principal: Principal, *, limit: int = 100, before_id: int | None = None
    ) -> tuple[Entry, ...]:
        """At most `limit` entries older than `before_id`, newest first."""
        return self._read(
            principal,
            lambda connection, without: journal.latest(
                connection, limit=limit, before_id=before_id, without=without
            ),
        )

    def search(
        self,
        principal: Principal,
        wanted: Search,
        *,
        limit: int = 500,
        before_id: int | None = None,
    ) -> tuple[Entry, ...]:
        """At most `limit` entries that match, older than `before_id`, newest first."""
        return self._read(
            principal,
            lambda connection, without: journal.search(
                connection, wanted, limit=limit, before_id=before_id, without=without
            ),
            slow=True,
        )

    def find(self, principal: Principal, entry_id: int) -> Entry:
        """One entry. Raises `NotFound`, also where the principal may read none about such."""

        def query(connection: Any, without: frozenset[str]) -> tuple[Entry, ...]:
            found = journal.many(connection, [entry_id])
            return tuple(entry for entry in found if entry.kind.subject not in without)

        for entry in self._read(principal, query):
            return entry
        raise NotFound("journal entry", str(entry_id))

    def actors(self, principal: Principal) -> tuple[str, ...]:
        """Everybody who is named in the journal, by name."""
        return self._read(
            principal,
            lambda connection, without: journal.actors(connection, without=without),
            slow=True,
        )

    def since(
        self, principal: Principal, entry_id: int, *, limit: int = 5_000
    ) -> tuple[Entry, ...]:
        """At most `limit` entries newer than `entry_id`, oldest first."""
        return self._read(
            principal,
            lambda connection, without: journal.after(
                connection, entry_id, limit=limit, without=without
            ),
        )

    def newest_since(
        self, principal: Principal, entry_id: int, *, limit: int, but: Collection[Kind] = ()
    ) -> tuple[Entry, ...]:
        """The newest `limit` entries after `entry_id`, newest first, without some kinds."""
        return self._read(
            principal,
            lambda connection, without: journal.newest_since(
                connection, entry_id, limit=limit, but=but, without=without
            ),
        )

    def steps(self, principal: Principal) -> JournalSteps:
        """What the principal's account can undo and redo, also of earlier sessions."""
        if principal.account_id is None:
            return JournalSteps((), ())
        account_id = principal.account_id

        def query(connection: Any, _principal: Principal) -> JournalSteps:
            until_id = journal.archived_until(connection)
            entries = journal.steps_of(connection, account_id, limit=ENTRIES_MOST)
            # Older ones are not undone: what came after them is in the archive.
            return replayed(
                (entry for entry in entries if entry.id > until_id),
                self._concepts.vocabulary.is_reversible,
            )

        return self._core.read_as(principal, Action.JOURNAL_READ, query)

    def is_mistake(self, principal: Principal, entry_id: int) -> bool:
        """Whether the status change is marked as a mistake."""
        return self._core.read_as(
            principal,
            Action.JOURNAL_READ,
            lambda connection, _principal: periods.is_mistake(connection, entry_id),
        )

    def mistakes_among(self, principal: Principal, entry_ids: Sequence[int]) -> frozenset[int]:
        """Which of these status changes are marked as mistakes."""
        return self._core.read_as(
            principal,
            Action.JOURNAL_READ,
            lambda connection, _principal: periods.mistakes_among(connection, entry_ids),
        )

    def mark_mistake(
        self, principal: Principal, *entry_ids: int, mistake: bool = True
    ) -> Written[None]:
        """Take status changes out of history and uptime, or put them in again: all or none.

        The journal keeps them. Raises `NotFound`, `NotAllowed`, `Conflict`.
        """

        def mark(transaction: Transaction) -> None:
            for entry_id in entry_ids:
                mistakes.mark_mistake(transaction, principal, entry_id, mistake=mistake)

        return self._core.write(mark)

    def undo(self, principal: Principal, entry_ids: Sequence[int]) -> Written[tuple[Entry, ...]]:
        """Take entries back in one transaction: all of them, or none.

        Raises `NotFound`, `NotAllowed`, `Conflict` (what can't be undone, or was
        changed since: `changed_by` says by whom).
        """
        return self._core.write(
            lambda transaction: undo.undo(transaction, principal, entry_ids, self._concepts),
            slow=len(entry_ids) > FEW,
        )

    def _read(
        self, principal: Principal, query: Callable[[Any, frozenset[str]], T], *, slow: bool = False
    ) -> T:
        def asked(connection: Any, now_principal: Principal) -> T:
            return query(connection, self._concepts.vocabulary.hidden_from(now_principal))

        return self._core.read_as(principal, Action.JOURNAL_READ, asked, slow=slow)

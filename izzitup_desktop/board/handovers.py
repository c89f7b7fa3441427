"""Use cases of the handover: write for the next shift, and read what was written."""

from __future__ import annotations

import os
from typing import Any

from izzitup_desktop.board.core import Core, authorize
from izzitup_desktop.domain.accounts import Action, Principal
from izzitup_desktop.domain.handovers import HandoverDraft, HandoverNote
from izzitup_desktop.domain.journal import Entry, Search
from izzitup_desktop.domain.kinds.handovers import (
    DONE,
    HANDOVER_WITHDRAWN,
    HANDOVER_WRITTEN,
    OPEN,
)
from izzitup_desktop.storage import journal
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Written

_ID_BYTES = 6
_KINDS = frozenset((HANDOVER_WRITTEN, HANDOVER_WITHDRAWN))


class Handovers:
    """What can be done with the notes of shifts. The journal keeps them."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def write(self, principal: Principal, draft: HandoverDraft) -> Written[None]:
        """Tell the next shift. Raises `Invalid`, `NotAllowed`."""
        draft = draft.checked()
        return self._core.write(lambda transaction: write_one(transaction, principal, draft))

    def latest(self, principal: Principal, *, limit: int = 50) -> tuple[HandoverNote, ...]:
        """The newest notes that nobody withdrew, newest first; of the last `limit` entries."""

        def query(connection: Any, _principal: Principal) -> tuple[Entry, ...]:
            return journal.search(connection, Search(kinds=_KINDS), limit=limit)

        entries = self._core.read_as(principal, Action.JOURNAL_READ, query)
        withdrawn = {entry.undoes for entry in entries if entry.kind == HANDOVER_WITHDRAWN}
        return tuple(
            HandoverNote(
                entry.id,
                entry.time,
                entry.actor,
                entry.account_id,
                str(entry.after[DONE]),
                str(entry.after[OPEN]),
            )
            for entry in entries
            if entry.kind == HANDOVER_WRITTEN and entry.id not in withdrawn
        )


def write_one(
    transaction: Transaction,
    principal: Principal,
    draft: HandoverDraft,
    note_id: int = 0,
    *,
    undoes: int | None = None,
) -> None:
    """Journal what was written, as a new note or one that is told again.

    Raises `NotAllowed`.
    """
    authorize(transaction, principal, Action.HANDOVER_WRITE)
    transaction.record(
        principal,
        HANDOVER_WRITTEN,
        # By a number of its own, so that it can be taken back whatever others wrote since.
        note_id or 1 + int.from_bytes(os.urandom(_ID_BYTES)),
        draft.title,
        before={},
        after={DONE: draft.done, OPEN: draft.open},
        undoes=undoes,
    )

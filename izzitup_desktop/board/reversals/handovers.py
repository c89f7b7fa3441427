"""Handover: how what was written for the next shift is withdrawn, and told again."""

from __future__ import annotations

from izzitup_desktop.board import handovers
from izzitup_desktop.board.concepts import BoardConcept
from izzitup_desktop.board.core import authorize
from izzitup_desktop.domain.accounts import Action, Principal, Role
from izzitup_desktop.domain.errors import NotAllowed
from izzitup_desktop.domain.handovers import HandoverDraft
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds import handovers as kinds
from izzitup_desktop.storage.transaction import Transaction


def _undo_written(transaction: Transaction, principal: Principal, entry: Entry) -> None:
    now = authorize(transaction, principal, Action.HANDOVER_WRITE)
    is_own = entry.account_id == now.account_id and not (now.token and now.account_id is None)
    if not is_own and now.role is not Role.ADMINISTRATOR:
        # What somebody told the next shift is theirs to take back.
        raise NotAllowed(Action.HANDOVER_WRITE.value, now.name)
    transaction.record(
        principal,
        kinds.HANDOVER_WITHDRAWN,
        entry.subject_id,
        entry.subject_name,
        before=entry.after,
        after={kinds.DONE: "", kinds.OPEN: ""},
        undoes=entry.id,
    )


def _undo_withdrawn(transaction: Transaction, principal: Principal, entry: Entry) -> None:
    draft = HandoverDraft(str(entry.before[kinds.DONE]), str(entry.before[kinds.OPEN]))
    handovers.write_one(transaction, principal, draft, entry.subject_id, undoes=entry.id)


HANDOVERS = BoardConcept(
    kinds.HANDOVERS,
    {
        kinds.HANDOVER_WRITTEN: _undo_written,
        kinds.HANDOVER_WITHDRAWN: _undo_withdrawn,
    },
)

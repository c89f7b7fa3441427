"""Marking a change of a status as a mistake, or not any more."""

from __future__ import annotations

from izzitup_desktop.board.core import authorize, require_on
from izzitup_desktop.domain.accounts import Action, Principal
from izzitup_desktop.domain.errors import Conflict, NotFound
from izzitup_desktop.domain.kinds.statuses import MISTAKE, SERVICE_MISTAKE, SERVICE_STATUS
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.storage import journal, periods, services
from izzitup_desktop.storage.transaction import Transaction


def mark_mistake(
    transaction: Transaction,
    principal: Principal,
    entry_id: int,
    *,
    mistake: bool,
    undoes: int | None = None,
) -> None:
    """Let a status change count as what was before it, or count again.

    Raises `NotFound`, `NotAllowed`, `Conflict` (it began no status).
    """
    now_principal = authorize(transaction, principal, Action.SERVICE_MARK_MISTAKE)
    transaction.flush()
    found = journal.many(transaction.connection, [entry_id])
    if not found:
        raise NotFound("journal entry", str(entry_id))
    (entry,) = found
    # What began with the service itself counts as nothing else: there was nothing before.
    if entry.kind.subject != "service" or (mistake and entry.kind != SERVICE_STATUS):
        raise Conflict(msg("Only a change of a status can be marked as a mistake."))
    service = services.get(transaction.connection, entry.subject_id)
    group_id = service.group_id if service else None
    require_on(now_principal, Action.SERVICE_MARK_MISTAKE, [group_id], entry.subject_id)
    if not periods.set_mistake(transaction.connection, entry_id, mistake=mistake):
        raise Conflict(msg("Only a change of a status can be marked as a mistake."))
    transaction.record(
        principal,
        SERVICE_MISTAKE,
        entry.subject_id,
        entry.subject_name,
        before={f"{MISTAKE}{entry_id}": not mistake},
        after={f"{MISTAKE}{entry_id}": mistake},
        undoes=undoes,
    )

"""What becomes due on the board by itself: statuses end or get stale, old things go."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from izzitup_desktop.board.expiring_tokens import note_expiring_tokens
from izzitup_desktop.board.jobs import Job
from izzitup_desktop.board.status_changes import change_layers, change_status
from izzitup_desktop.board.trash import TRASH_DAYS, purge_one
from izzitup_desktop.domain.accounts import SCHEDULE
from izzitup_desktop.domain.kinds.layers import SERVICE_DUE
from izzitup_desktop.domain.kinds.statuses import SERVICE_STALE
from izzitup_desktop.storage import idempotency, services
from izzitup_desktop.storage.transaction import Transaction


def end_statuses(transaction: Transaction) -> int:
    """End what was set for a time that is over, or have somebody asked; how many."""
    due = services.due(transaction.connection, transaction.now)
    for service, expiry in due:
        if expiry.then is None:
            asked = replace(service, expiry=replace(expiry, asked=True))
            transaction.put(asked, was=service)
            transaction.record(SCHEDULE, SERVICE_DUE, service.id, service.name)
        elif expiry.then == service.status_id:
            change_layers(transaction, SCHEDULE, service, expiry=None, hold=None)
        else:
            change_status(transaction, SCHEDULE, service, expiry.then, expiry=None, hold=None)
    return len(due)


def note_stale(transaction: Transaction) -> int:
    """Mark what nobody confirmed in time; how many."""
    stale = services.getting_stale(transaction.connection, transaction.now)
    for service in stale:
        transaction.put(replace(service, stale=True), was=service)
        transaction.record(SCHEDULE, SERVICE_STALE, service.id, service.name)
    return len(stale)


def empty_trash(transaction: Transaction) -> int:
    """Delete for good what was removed long ago; how many."""
    before = transaction.now - timedelta(days=TRASH_DAYS)
    removed = services.removed(transaction.connection, before=before)
    for service, _ in removed:
        purge_one(transaction, SCHEDULE, service)
    return len(removed)


def drop_old_keys(transaction: Transaction) -> int:
    """Forget answers that were kept long enough; how many."""
    count = idempotency.drop_old(transaction.connection, transaction.now)
    transaction.keep |= bool(count)
    return count


JOBS = (
    Job("due", end_statuses),
    Job("stale", note_stale),
    Job("trash", empty_trash),
    Job("idempotency", drop_old_keys),
    Job("tokens", note_expiring_tokens),
)
"""What a board's own process does with it, whatever the settings."""

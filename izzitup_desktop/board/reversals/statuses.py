"""Statuses: how a change of one, or the mark that one was a mistake, is taken back."""

from __future__ import annotations

from izzitup_desktop.board import status_changes
from izzitup_desktop.board.concepts import BoardConcept
from izzitup_desktop.board.mistakes import mark_mistake
from izzitup_desktop.board.reversals.layers import layers_before, told_before
from izzitup_desktop.board.reversals.services import allowed_service
from izzitup_desktop.domain.accounts import Action, Principal
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds import statuses as kinds
from izzitup_desktop.storage.transaction import Transaction


def _undo_status(transaction: Transaction, principal: Principal, entry: Entry) -> None:
    service = allowed_service(transaction, principal, Action.SERVICE_SET_STATUS, entry)
    expiry, hold = layers_before(transaction, service, entry)
    status_changes.change_status(
        transaction,
        principal,
        service,
        int(entry.before["status"]),
        expiry=expiry,
        hold=hold,
        told=told_before(transaction, entry),
        undoes=entry.id,
    )


def _undo_mistake(transaction: Transaction, principal: Principal, entry: Entry) -> None:
    marked_id, mistake = kinds.mistake_in(entry.after)
    mark_mistake(transaction, principal, marked_id, mistake=not mistake, undoes=entry.id)


STATUSES = BoardConcept(
    kinds.STATUSES,
    {kinds.SERVICE_STATUS: _undo_status, kinds.SERVICE_MISTAKE: _undo_mistake},
)

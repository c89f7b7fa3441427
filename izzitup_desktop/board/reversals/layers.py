"""Layers over statuses: how an expiry or a hold is taken back."""

from __future__ import annotations

from izzitup_desktop.board import status_changes
from izzitup_desktop.board.concepts import BoardConcept
from izzitup_desktop.board.reversals.services import allowed_service
from izzitup_desktop.domain.accounts import Action, Principal
from izzitup_desktop.domain.comments import comment_of
from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.journal_fields import layer_fields, layers_in
from izzitup_desktop.domain.kinds import layers as kinds
from izzitup_desktop.domain.kinds.services import SERVICE_ADDED
from izzitup_desktop.domain.kinds.statuses import SERVICE_CONFIRMED, SERVICE_STATUS
from izzitup_desktop.domain.services import Service
from izzitup_desktop.storage import journal
from izzitup_desktop.storage.transaction import Transaction

_NEW = (SERVICE_ADDED, SERVICE_STATUS)


def layers_before(
    transaction: Transaction, service: Service, entry: Entry
) -> tuple[Expiry | None, Hold | None]:
    """The layers before the entry; what it did not change, as it is now."""
    fields = {**layer_fields(service.expiry, service.hold), **entry.before}
    expiry, hold = layers_in(fields)
    if expiry is not None and expiry.until <= transaction.now:
        # Its time is over: it must not end again at once.
        expiry = None
    return expiry, hold


def told_before(transaction: Transaction, entry: Entry) -> str:
    """What was said of the service's status just before the entry, "" for nothing."""
    transaction.flush()
    before = entry.id
    while True:
        earlier = journal.before(transaction.connection, "service", entry.subject_id, before)
        found = next((each for each in earlier if _tells(each)), None)
        if found is None or found.undoes is None:
            return "" if found is None else comment_of(found.comment, found.after)
        # It brought back what was said before the one that it undid.
        before = found.undoes


def _tells(entry: Entry) -> bool:
    """Whether the entry decided what is said of a status: a word of its own, or a new one."""
    if entry.kind in _NEW or entry.undoes is not None:
        return entry.kind in (*_NEW, kinds.SERVICE_OPTIONS)
    return bool(entry.comment) and entry.kind in (SERVICE_CONFIRMED, kinds.SERVICE_OPTIONS)


def _undo_options(transaction: Transaction, principal: Principal, entry: Entry) -> None:
    service = allowed_service(transaction, principal, Action.SERVICE_SET_STATUS, entry)
    expiry, hold = layers_before(transaction, service, entry)
    status_changes.change_layers(
        transaction,
        principal,
        service,
        expiry=expiry,
        hold=hold,
        told=told_before(transaction, entry) if entry.comment else None,
        undoes=entry.id,
    )


LAYERS = BoardConcept(kinds.LAYERS, {kinds.SERVICE_OPTIONS: _undo_options})

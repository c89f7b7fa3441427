"""Taking back a whole operation, as programs ask for it by an entry's id."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from izzitup_desktop.board.concepts import Concepts
from izzitup_desktop.board.core import authorize
from izzitup_desktop.board.status_changes import held_against
from izzitup_desktop.board.statuses import SCRIPTS
from izzitup_desktop.board.undo import undo
from izzitup_desktop.domain.accounts import Action, Principal
from izzitup_desktop.domain.errors import Conflict, NotFound
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds.layers import SERVICE_OPTIONS
from izzitup_desktop.domain.kinds.statuses import SERVICE_STATUS
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.visibility import shown_to
from izzitup_desktop.storage import journal
from izzitup_desktop.storage.transaction import Transaction


def undo_operation(
    transaction: Transaction, principal: Principal, entry_id: int, concepts: Concepts
) -> tuple[Service, ...]:
    """Take back all of the operation that the entry is of; the services as they are then.

    What of it is never taken back (confirmations) stays. Raises as `undo`, `Held` for a
    script where somebody else holds the status; entries that the principal may not see
    are not found.
    """
    now_principal = authorize(transaction, principal, Action.JOURNAL_UNDO)
    transaction.flush()
    entries = journal.of_operation(transaction.connection, entry_id)
    hidden = concepts.vocabulary.hidden_from(now_principal)
    if not entries or not all(
        _may_see(transaction, now_principal, entry, hidden) for entry in entries
    ):
        raise NotFound("journal entry", str(entry_id))
    wanted = [entry for entry in entries if entry.kind in concepts.reversals]
    if not wanted:
        raise Conflict(msg("A change of the kind %1 can't be undone.", entries[0].kind.value))
    for entry in wanted:
        _assert_not_held(transaction, principal, entry)
    undo(transaction, principal, [entry.id for entry in wanted], concepts)
    transaction.flush()
    return _services(transaction, wanted)


def _may_see(
    transaction: Transaction, principal: Principal, entry: Entry, hidden: Collection[str]
) -> bool:
    """Whether the principal reads such entries, or sees the service that it is about."""
    if entry.kind.subject not in hidden:
        return True
    service = transaction.service(entry.subject_id) if entry.kind.subject == "service" else None
    return service is not None and shown_to(principal)(service)


def _assert_not_held(transaction: Transaction, principal: Principal, entry: Entry) -> None:
    if principal.origin not in SCRIPTS or entry.kind not in (SERVICE_STATUS, SERVICE_OPTIONS):
        return
    service = transaction.service(entry.subject_id)
    if service is None or service.hold is None or service.hold.by == principal.name:
        return
    raise held_against(principal, service, service.hold)


def _services(transaction: Transaction, entries: Sequence[Entry]) -> tuple[Service, ...]:
    """What there is of the services that the entries are about."""
    ids = dict.fromkeys(e.subject_id for e in entries if e.kind.subject == "service")
    found = (transaction.service(id_) for id_ in ids)
    return tuple(service for service in found if service is not None)

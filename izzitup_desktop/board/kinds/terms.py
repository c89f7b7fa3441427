"""Terms of statuses: how the time a status ends, and who holds it, is taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from izzitup_desktop.board import statuses
from izzitup_desktop.board.concepts import BoardConcept
from izzitup_desktop.board.kinds.services import allowed_service
from izzitup_desktop.domain.accounts import Action, Actor
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds import terms as kinds
from izzitup_desktop.domain.services import Service
from izzitup_desktop.storage.transaction import Transaction


def terms_before(transaction: Transaction, service: Service, entry: Entry) -> dict[str, Any]:
    """The terms before the entry, as the journal writes them; what it did not change, as it is."""
    before = {field: value for field, value in entry.before.items() if field != "status"}
    terms = {**statuses.terms_of(service), **before}
    if terms["until"] and datetime.fromisoformat(terms["until"]) <= transaction.now:
        # Its time is over: it must not end again at once.
        terms |= {"until": None, "until_status": None}
    return terms


def _undo_terms(transaction: Transaction, actor: Actor, entry: Entry) -> None:
    service = allowed_service(transaction, actor, Action.SERVICE_SET_STATUS, entry)
    terms = terms_before(transaction, service, entry)
    statuses.change_terms(transaction, actor, service, terms, undoes=entry.id)


TERMS = BoardConcept(kinds.TERMS, {kinds.SERVICE_TERMS: _undo_terms})

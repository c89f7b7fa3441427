"""Services: how adding, editing, moving, deleting and restoring is taken back."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from izzitup_desktop.board import services, trash
from izzitup_desktop.board.concepts import BoardConcept
from izzitup_desktop.board.core import authorize, require_on
from izzitup_desktop.board.keys import assert_key_is_free
from izzitup_desktop.domain.accounts import Action, Principal
from izzitup_desktop.domain.errors import Conflict
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds import services as kinds
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.services import Service, ServiceDraft
from izzitup_desktop.storage.transaction import Transaction

_DRAFT = frozenset(field.name for field in fields(ServiceDraft))


def allowed_service(
    transaction: Transaction, principal: Principal, action: Action, entry: Entry
) -> Service:
    """The service of the entry. Raises `NotAllowed`, `NotFound`."""
    now_principal = authorize(transaction, principal, action)
    service = services.existing(transaction, entry.subject_id)
    require_on(now_principal, action, [service.group_id], service.id)
    return service


def _undo_added(transaction: Transaction, principal: Principal, entry: Entry) -> None:
    service = allowed_service(transaction, principal, Action.SERVICE_REMOVE, entry)
    services.remove_one(transaction, principal, service, undoes=entry.id)


def _undo_edited(transaction: Transaction, principal: Principal, entry: Entry) -> None:
    service = allowed_service(transaction, principal, Action.SERVICE_EDIT, entry)
    before: dict[str, Any] = dict(entry.before)
    if not _DRAFT.issuperset(before):
        raise Conflict(
            msg("A newer version of IzzitUp made this change of %1; undo it there.", service.name)
        )
    draft = replace(ServiceDraft.of(service), **before)
    if "group_id" in before:
        now_principal = authorize(transaction, principal, Action.SERVICE_EDIT)
        require_on(now_principal, Action.SERVICE_EDIT, [draft.group_id], service.id)
        services.assert_group_exists(transaction, draft.group_id)
    assert_key_is_free(transaction, principal, draft.key, but=service.id)
    services.edit_fields(transaction, principal, service, draft, undoes=entry.id)


def _undo_moved(transaction: Transaction, principal: Principal, entry: Entry) -> None:
    service = allowed_service(transaction, principal, Action.SERVICE_EDIT, entry)
    group_id = entry.before.get("group_id", service.group_id)
    now_principal = authorize(transaction, principal, Action.SERVICE_EDIT)
    require_on(now_principal, Action.SERVICE_EDIT, [group_id], service.id)
    services.assert_group_exists(transaction, group_id)
    services.place_back(
        transaction,
        principal,
        service,
        group_id,
        int(entry.before["position"]),
        entry.before.get("next", services.AS_NUMBERED),
        undoes=entry.id,
    )


def _undo_removed(transaction: Transaction, principal: Principal, entry: Entry) -> None:
    trash.restore_one(transaction, principal, entry.subject_id, undoes=entry.id)


SERVICES = BoardConcept(
    kinds.SERVICES,
    {
        kinds.SERVICE_ADDED: _undo_added,
        kinds.SERVICE_EDITED: _undo_edited,
        kinds.SERVICE_MOVED: _undo_moved,
        kinds.SERVICE_REMOVED: _undo_removed,
        kinds.SERVICE_RESTORED: _undo_added,
    },
)

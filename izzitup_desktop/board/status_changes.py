"""Changes of one service's status and of what lies over it, each with its journal entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from izzitup_desktop.board.core import authorize, require_on
from izzitup_desktop.board.services import existing
from izzitup_desktop.domain.accounts import Action, Principal
from izzitup_desktop.domain.comments import is_for_the_page
from izzitup_desktop.domain.errors import Held
from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.journal_fields import layer_fields
from izzitup_desktop.domain.kinds.layers import SERVICE_OPTIONS
from izzitup_desktop.domain.kinds.statuses import SERVICE_STATUS
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.visibility import named_to
from izzitup_desktop.storage.transaction import Transaction


def change_status(
    transaction: Transaction,
    principal: Principal,
    service: Service,
    status_id: int,
    comment: str = "",
    *,
    expiry: Expiry | None,
    hold: Hold | None,
    told: str = "",
    undoes: int | None = None,
) -> Service:
    """Give the service another status, with its journal entry and period.

    `told` is what was said of it before, where the status is one that comes back.
    """
    before, after = differing(service, expiry, hold)
    entry = transaction.record(
        principal,
        SERVICE_STATUS,
        service.id,
        service.name,
        before={"status": service.status_id, **before},
        after={"status": int(status_id), **after},
        comment=comment,
        undoes=undoes,
    )
    transaction.begin_period(service.id, status_id, entry)
    now_is = with_status(
        service,
        status_id,
        principal,
        transaction.now,
        comment or told,
        expiry=expiry,
        hold=hold,
    )
    transaction.put(now_is, was=service)
    return now_is


def with_status(
    service: Service,
    status_id: int,
    principal: Principal,
    time: datetime,
    comment: str = "",
    *,
    expiry: Expiry | None = None,
    hold: Hold | None = None,
) -> Service:
    """The service as it is once `principal` has given it this status, with these layers alone."""
    return replace(
        service,
        status_id=int(status_id),
        since=time,
        changed_by=principal.name,
        updated=time,
        confirmed=time,
        stale=False,
        comment=comment,
        comment_public=is_for_the_page(comment),
        expiry=expiry,
        hold=hold,
        proposal=None,
    )


def change_layers(
    transaction: Transaction,
    principal: Principal,
    service: Service,
    comment: str = "",
    *,
    expiry: Expiry | None,
    hold: Hold | None,
    told: str | None = None,
    undoes: int | None = None,
) -> Service:
    """Store an expiry and a hold that differ, with their journal entry; else nothing.

    Where nobody holds the status any more, what scripts proposed is forgotten. `told` is
    what was said of the status before, where the layers are some that come back.
    """
    before, after = differing(service, expiry, hold)
    if not after:
        return service
    transaction.record(
        principal,
        SERVICE_OPTIONS,
        service.id,
        service.name,
        before=before,
        after=after,
        comment=comment,
        undoes=undoes,
    )
    now_is = replace(
        saying(service, comment) if told is None else with_comment(service, told),
        expiry=expiry,
        hold=hold,
        proposal=None if hold is None else service.proposal,
        updated=transaction.now,
    )
    transaction.put(now_is, was=service)
    return now_is


def with_comment(service: Service, comment: str) -> Service:
    """The service with just this said of its status."""
    return replace(service, comment=comment, comment_public=is_for_the_page(comment))


def saying(service: Service, comment: str) -> Service:
    """The service with this said of its status; what was said before, where it is nothing."""
    return with_comment(service, comment) if comment else service


def differing(
    service: Service, expiry: Expiry | None, hold: Hold | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The journal's fields in which the service's layers and these differ: before, after."""
    old, new = layer_fields(service.expiry, service.hold), layer_fields(expiry, hold)
    changed = [field for field in old if old[field] != new[field]]
    return {field: old[field] for field in changed}, {field: new[field] for field in changed}


def settable(transaction: Transaction, principal: Principal, service_id: int) -> Service:
    """The service, whose status the principal may set. Raises `NotAllowed`, `NotFound`."""
    now_principal = authorize(transaction, principal, Action.SERVICE_SET_STATUS)
    service = existing(transaction, service_id)
    require_on(now_principal, Action.SERVICE_SET_STATUS, [service.group_id], service.id)
    return service


def held_against(principal: Principal, service: Service, hold: Hold) -> Held:
    """What a script hears whose change the hold keeps out."""
    action = Action.SERVICE_SET_STATUS.value
    return Held(action, principal.name, service=service.name, held_by=named_to(principal, hold.by))

"""Use cases of statuses: set with options, hold and release, confirm."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from izzitup_desktop.board.confirmations import record_confirmation
from izzitup_desktop.board.core import FEW, Core, authorize, require_on
from izzitup_desktop.board.refusals import Refusals
from izzitup_desktop.board.services import existing
from izzitup_desktop.domain.accounts import Action, Origin, Principal
from izzitup_desktop.domain.errors import Held, NotFound
from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.journal_fields import layer_fields
from izzitup_desktop.domain.kinds.layers import SERVICE_OPTIONS, SERVICE_PROPOSED
from izzitup_desktop.domain.kinds.statuses import SERVICE_STATUS
from izzitup_desktop.domain.proposals import Proposal
from izzitup_desktop.domain.services import Service, checked_status
from izzitup_desktop.domain.status_options import StatusOptions, checked_comment
from izzitup_desktop.domain.statuses import STATUS_NAMES, StatusId
from izzitup_desktop.storage.asked import Asked
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Written

SCRIPTS = (Origin.API, Origin.CLI)
"""Where changes come from that a hold keeps out."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A script's change that a person's hold kept out; it was stored as a proposal."""

    service: Service


Outcome = Service | Proposed


class Statuses:
    """What can be done with the statuses of services; each is one transaction."""

    def __init__(self, core: Core, refusals: Refusals) -> None:
        self._core = core
        self._refusals = refusals

    def set(
        self,
        principal: Principal,
        service_ids: Sequence[int],
        status_id: int,
        comment: str = "",
        options: StatusOptions | None = None,
    ) -> Written[tuple[Service, ...]]:
        """Set the status of several services at once: all of them, or none.

        A service that has the status already is confirmed: `updated` moves. Without
        `options` another status has none, except that a hold stays; the same status
        keeps its own. Confirming takes no hold over from whose it is.
        Checked in the order of the wire contract, rows 4 to 7; raises `NotAllowed`
        (`Held` where a person holds the status against scripts; the proposal is then
        kept), `NotFound` (subject `service` or `status`), `Invalid`.
        """
        comment = checked_comment(comment)
        self._core.database.assert_may_wait()
        if principal.origin in SCRIPTS and len(service_ids) == 1:
            asked = Asked()
            submitted = self.submit(principal, service_ids[0], status_id, comment, options, asked)
            written = asked.result(submitted)
            return Written((written.value,), written.entries)

        def use_case(transaction: Transaction) -> tuple[Outcome, ...]:
            wanted = None if options is None else options.checked(transaction.now)
            kept_out = [
                service.id
                for id_ in service_ids
                if _keeps_out(
                    principal, service := _settable(transaction, principal, id_), status_id
                )
            ]
            # All or none: with one held against scripts, only the proposals are kept.
            return tuple(
                set_one(transaction, principal, id_, status_id, comment, wanted)
                for id_ in kept_out or service_ids
            )

        done = self._core.write(use_case, slow=len(service_ids) > FEW)
        # The proposals are durable; only then is the script told.
        return Written(tuple(_not_held(each, principal) for each in done.value), done.entries)

    def submit(
        self,
        principal: Principal,
        service_id: int,
        status_id: int,
        comment: str = "",
        options: StatusOptions | None = None,
        asked: Asked | None = None,
    ) -> Future[Written[Service]]:
        """`set` of one service, without waiting; the future fails as it raises.

        Once whoever `asked` gave up it is not made any more.
        """
        comment = checked_comment(comment)

        def use_case(transaction: Transaction) -> Outcome:
            wanted = None if options is None else options.checked(transaction.now)
            return set_one(transaction, principal, service_id, status_id, comment, wanted)

        # A proposal is durable by then; only then is the script told.
        return self._core.submit(
            use_case,
            asked,
            service_ids=(service_id,),
            ending=lambda outcome: _not_held(outcome, principal),
            refused=lambda error: self._refusals.note(
                error, principal, Action.SERVICE_SET_STATUS, service_id
            ),
            sure=True,
        )

    def hold(
        self,
        principal: Principal,
        service_ids: Sequence[int],
        comment: str = "",
        *,
        hold: bool = True,
    ) -> Written[tuple[Service, ...]]:
        """Keep scripts from changing these statuses, or let them again.

        Releasing forgets what scripts proposed. Raises `NotAllowed` (`Held` for a script
        that would release), `NotFound`.
        """
        comment = checked_comment(comment)

        def use_case(transaction: Transaction) -> tuple[Service, ...]:
            changed = []
            for id_ in service_ids:
                service = _settable(transaction, principal, id_)
                held = service.hold
                if held is not None and not hold and principal.origin in SCRIPTS:
                    raise _held(principal, service, held)
                new = (held or Hold(principal.name)) if hold else None
                changed.append(
                    change_layers(
                        transaction, principal, service, comment, expiry=service.expiry, hold=new
                    )
                )
            return tuple(changed)

        return self._core.write(use_case, slow=len(service_ids) > FEW)

    def confirm(
        self, principal: Principal, service_ids: Sequence[int], comment: str = ""
    ) -> Written[tuple[Service, ...]]:
        """Say that these statuses are still right. Raises `NotAllowed`, `NotFound`."""
        comment = checked_comment(comment)
        return self._core.write(
            lambda transaction: tuple(
                _confirm(transaction, principal, _settable(transaction, principal, id_), comment)
                for id_ in service_ids
            ),
            slow=len(service_ids) > FEW,
        )


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
    before, after = _differing(service, expiry, hold)
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
    before, after = _differing(service, expiry, hold)
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
        service,
        comment=comment or service.comment if told is None else told,
        expiry=expiry,
        hold=hold,
        proposal=None if hold is None else service.proposal,
        updated=transaction.now,
    )
    transaction.put(now_is, was=service)
    return now_is


def _differing(
    service: Service, expiry: Expiry | None, hold: Hold | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The journal's fields in which the service's layers and these differ: before, after."""
    old, new = layer_fields(service.expiry, service.hold), layer_fields(expiry, hold)
    changed = [field for field in old if old[field] != new[field]]
    return {field: old[field] for field in changed}, {field: new[field] for field in changed}


def set_one(
    transaction: Transaction,
    principal: Principal,
    service_id: int,
    status_id: int,
    comment: str,
    options: StatusOptions | None = None,
) -> Outcome:
    """Set, confirm or propose one service's status. Raises as `Statuses.set` does."""
    service = _settable(transaction, principal, service_id)
    if status_id not in STATUS_NAMES:
        raise NotFound("status", str(status_id))
    status = checked_status(status_id)
    if status == service.status_id:
        if options is not None:
            service = _choose(transaction, principal, service, options, comment)
        return _confirm(transaction, principal, service, comment)
    if _keeps_out(principal, service, status):
        return _propose(transaction, principal, service, status, comment)
    expiry, hold = None, service.hold
    if options is not None:
        expiry, hold = options.expiry, Hold(principal.name) if options.hold else None
    return change_status(transaction, principal, service, status, comment, expiry=expiry, hold=hold)


def _keeps_out(principal: Principal, service: Service, status_id: int) -> bool:
    held = service.hold is not None and principal.origin in SCRIPTS
    return held and status_id != service.status_id


def _choose(
    transaction: Transaction,
    principal: Principal,
    service: Service,
    options: StatusOptions,
    comment: str,
) -> Service:
    """Let the status that the service has go on with these options; who holds it holds on."""
    expiry, held = options.expiry, service.hold
    hold = (held or Hold(principal.name)) if options.hold else None
    before, _ = _differing(service, expiry, hold)
    if before and held is not None and principal.origin in SCRIPTS:
        raise _held(principal, service, held)
    return change_layers(transaction, principal, service, comment, expiry=expiry, hold=hold)


def _settable(transaction: Transaction, principal: Principal, service_id: int) -> Service:
    now_principal = authorize(transaction, principal, Action.SERVICE_SET_STATUS)
    service = existing(transaction, service_id)
    require_on(now_principal, Action.SERVICE_SET_STATUS, [service.group_id], service.id)
    return service


def _propose(
    transaction: Transaction, principal: Principal, service: Service, status: StatusId, comment: str
) -> Proposed:
    old = service.proposal
    if old is None or (old.status_id, old.by) != (int(status), principal.name):
        transaction.record(
            principal,
            SERVICE_PROPOSED,
            service.id,
            service.name,
            after={"wish_status": int(status)},
            comment=comment,
        )
        proposal = Proposal(int(status), principal.name, transaction.now)
        transaction.put(replace(service, proposal=proposal), was=service)
    return Proposed(service)


def _confirm(
    transaction: Transaction, principal: Principal, service: Service, comment: str
) -> Service:
    record_confirmation(transaction, principal, service, comment)
    now = transaction.now
    now_is = replace(
        service,
        comment=comment or service.comment,
        proposal=None,
        updated=now,
        confirmed=now,
        stale=False,
    )
    transaction.put(now_is, was=service)
    return now_is


def _not_held(outcome: Outcome, principal: Principal) -> Service:
    if isinstance(outcome, Service):
        return outcome
    held = outcome.service.hold
    assert held is not None
    raise _held(principal, outcome.service, held)


def _held(principal: Principal, service: Service, hold: Hold) -> Held:
    action = Action.SERVICE_SET_STATUS.value
    return Held(action, principal.name, service=service.name, held_by=hold.by)

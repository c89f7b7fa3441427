"""Use cases of statuses: set with options, hold and release, confirm."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

from izzitup_desktop.board.confirmations import record_confirmation
from izzitup_desktop.board.core import FEW, Core
from izzitup_desktop.board.refusals import Refusals
from izzitup_desktop.board.status_changes import (
    change_layers,
    change_status,
    differing,
    held_against,
    saying,
    settable,
)
from izzitup_desktop.domain.accounts import Action, Origin, Principal
from izzitup_desktop.domain.comments import checked_comment
from izzitup_desktop.domain.errors import NotFound
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.kinds.layers import SERVICE_PROPOSED
from izzitup_desktop.domain.proposals import Proposal
from izzitup_desktop.domain.services import Service, checked_status
from izzitup_desktop.domain.status_options import StatusOptions
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
            return set_all(transaction, principal, service_ids, status_id, comment, options)

        done = self._core.write(use_case, slow=len(service_ids) > FEW)
        # The proposals are durable; only then is the script told.
        return Written(tuple(not_held(each, principal) for each in done.value), done.entries)

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
            ending=lambda outcome: not_held(outcome, principal),
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
            return tuple(
                hold_one(transaction, principal, id_, comment, hold=hold) for id_ in service_ids
            )

        return self._core.write(use_case, slow=len(service_ids) > FEW)

    def confirm(
        self, principal: Principal, service_ids: Sequence[int], comment: str = ""
    ) -> Written[tuple[Service, ...]]:
        """Say that these statuses are still right. Raises `NotAllowed`, `NotFound`."""
        comment = checked_comment(comment)
        return self._core.write(
            lambda transaction: tuple(
                confirm_one(transaction, principal, id_, comment) for id_ in service_ids
            ),
            slow=len(service_ids) > FEW,
        )


def set_all(
    transaction: Transaction,
    principal: Principal,
    service_ids: Sequence[int],
    status_id: int,
    comment: str,
    options: StatusOptions | None = None,
) -> tuple[Outcome, ...]:
    """Set several, or keep what was proposed of those that are held. Raises as `Statuses.set`."""
    wanted = None if options is None else options.checked(transaction.now)
    kept_out = [
        service.id
        for id_ in service_ids
        if _keeps_out(principal, service := settable(transaction, principal, id_), status_id)
    ]
    # All or none: with one held against scripts, only the proposals are kept.
    return tuple(
        set_one(transaction, principal, id_, status_id, comment, wanted)
        for id_ in kept_out or service_ids
    )


def set_one(
    transaction: Transaction,
    principal: Principal,
    service_id: int,
    status_id: int,
    comment: str,
    options: StatusOptions | None = None,
) -> Outcome:
    """Set, confirm or propose one service's status. Raises as `Statuses.set` does."""
    service = settable(transaction, principal, service_id)
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


def hold_one(
    transaction: Transaction,
    principal: Principal,
    service_id: int,
    comment: str = "",
    *,
    hold: bool,
    may_release_own: bool = False,
) -> Service:
    """Hold or release one service's status. Raises as `Statuses.hold` does.

    With `may_release_own` a script may release what is held in its own name.
    """
    service = settable(transaction, principal, service_id)
    held = service.hold
    if held is not None and not hold and principal.origin in SCRIPTS:
        is_own = may_release_own and held.by == principal.name
        if not is_own:
            raise held_against(principal, service, held)
    new = (held or Hold(principal.name)) if hold else None
    return change_layers(transaction, principal, service, comment, expiry=service.expiry, hold=new)


def confirm_one(
    transaction: Transaction, principal: Principal, service_id: int, comment: str = ""
) -> Service:
    """Confirm one service's status. Raises as `Statuses.confirm` does."""
    return _confirm(transaction, principal, settable(transaction, principal, service_id), comment)


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
    before, _ = differing(service, expiry, hold)
    if before and held is not None and principal.origin in SCRIPTS:
        raise held_against(principal, service, held)
    return change_layers(transaction, principal, service, comment, expiry=expiry, hold=hold)


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
        saying(service, comment),
        proposal=None,
        updated=now,
        confirmed=now,
        stale=False,
    )
    transaction.put(now_is, was=service)
    return now_is


def not_held(outcome: Outcome, principal: Principal) -> Service:
    """The service, unless its status is held against scripts. Raises `Held`."""
    if isinstance(outcome, Service):
        return outcome
    held = outcome.service.hold
    assert held is not None
    raise held_against(principal, outcome.service, held)

"""Use cases of statuses: set, hold and release, confirm, on what terms."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from izzitup_desktop.board.confirmations import record_confirmation
from izzitup_desktop.board.core import FEW, Core, acting, require_on
from izzitup_desktop.board.refusals import Refusals
from izzitup_desktop.board.services import existing
from izzitup_desktop.domain.accounts import Action, Actor, Origin
from izzitup_desktop.domain.errors import Held, NotFound
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.domain.services import Service, Terms, checked_comment, checked_status
from izzitup_desktop.domain.statuses import STATUS_NAMES, StatusId
from izzitup_desktop.storage.asked import Asked
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Written

SCRIPTS = (Origin.API, Origin.CLI)
"""Where changes come from that a hold keeps out."""

TermsFields = dict[str, Any]
"""`until` (ISO 8601 or None), `until_status` (or None) and `held_by` ("": nobody)."""

_NO_TERMS: TermsFields = {"until": None, "until_status": None, "held_by": ""}


@dataclass(frozen=True, slots=True)
class Wished:
    """A script's change that a person's hold kept out; the wish was stored."""

    service: Service


Outcome = Service | Wished


class Statuses:
    """What can be done with the statuses of services; each is one transaction."""

    def __init__(self, core: Core, refusals: Refusals) -> None:
        self._core = core
        self._refusals = refusals

    def set(
        self,
        actor: Actor,
        service_ids: Sequence[int],
        status_id: int,
        comment: str = "",
        terms: Terms | None = None,
    ) -> Written[tuple[Service, ...]]:
        """Set the status of several services at once: all of them, or none.

        A service that has the status already is confirmed: `updated` moves. Without
        `terms` another status has none, except that a hold stays; the same status
        keeps its own. Confirming takes no hold over from whose it is.
        Checked in the order of the wire contract, rows 4 to 7; raises `NotAllowed`
        (`Held` where a person holds the status against scripts; the wish is then
        kept), `NotFound` (subject `service` or `status`), `Invalid`.
        """
        comment = checked_comment(comment)
        self._core.database.assert_may_wait()
        if actor.origin in SCRIPTS and len(service_ids) == 1:
            asked = Asked()
            submitted = self.submit(actor, service_ids[0], status_id, comment, terms, asked)
            written = asked.result(submitted)
            return Written((written.value,), written.entries)

        def use_case(transaction: Transaction) -> tuple[Outcome, ...]:
            wanted = None if terms is None else terms.checked(transaction.now)
            kept_out = [
                service.id
                for id_ in service_ids
                if _keeps_out(actor, service := _settable(transaction, actor, id_), status_id)
            ]
            # All or none: with one held against scripts, only the wishes are kept.
            return tuple(
                set_one(transaction, actor, id_, status_id, comment, wanted)
                for id_ in kept_out or service_ids
            )

        done = self._core.write(use_case, slow=len(service_ids) > FEW)
        # The wishes are durable; only then is the script told.
        return Written(tuple(_not_held(each, actor) for each in done.value), done.entries)

    def submit(
        self,
        actor: Actor,
        service_id: int,
        status_id: int,
        comment: str = "",
        terms: Terms | None = None,
        asked: Asked | None = None,
    ) -> Future[Written[Service]]:
        """`set` of one service, without waiting; the future fails as it raises.

        Once whoever `asked` gave up it is not made any more.
        """
        comment = checked_comment(comment)

        def use_case(transaction: Transaction) -> Outcome:
            wanted = None if terms is None else terms.checked(transaction.now)
            return set_one(transaction, actor, service_id, status_id, comment, wanted)

        # A wish is durable by then; only then is the script told.
        future: Future[Written[Service]] = self._core.submit(
            use_case,
            asked,
            service_ids=(service_id,),
            ending=lambda outcome: _not_held(outcome, actor),
            sure=True,
        )
        self._refusals.watch(future, actor, Action.SERVICE_SET_STATUS, service_id)
        return future

    def set_terms(
        self, actor: Actor, service_ids: Sequence[int], terms: Terms, comment: str = ""
    ) -> Written[tuple[Service, ...]]:
        """Change on what terms services have their status: all of them, or none.

        Who holds one holds on. Raises `Invalid`, `NotAllowed` (`Held` for a script
        where a person holds the status), `NotFound`.
        """
        comment = checked_comment(comment)

        def use_case(transaction: Transaction) -> tuple[Service, ...]:
            wanted = terms.checked(transaction.now)
            return tuple(
                _change_own_terms(
                    transaction, actor, _settable(transaction, actor, id_), wanted, comment
                )
                for id_ in service_ids
            )

        return self._core.write(use_case, slow=len(service_ids) > FEW)

    def hold(
        self, actor: Actor, service_ids: Sequence[int], comment: str = "", *, hold: bool = True
    ) -> Written[tuple[Service, ...]]:
        """Keep scripts from changing these statuses, or let them again.

        Releasing forgets what scripts wished for. Raises `NotAllowed` (`Held` for a script
        that would release), `NotFound`.
        """
        comment = checked_comment(comment)

        def use_case(transaction: Transaction) -> tuple[Service, ...]:
            changed = []
            for id_ in service_ids:
                service = _settable(transaction, actor, id_)
                if service.held_by and not hold and actor.origin in SCRIPTS:
                    raise _held(actor, service)
                held_by = (service.held_by or actor.name) if hold else ""
                fields = {**terms_of(service), "held_by": held_by}
                changed.append(change_terms(transaction, actor, service, fields, comment))
            return tuple(changed)

        return self._core.write(use_case, slow=len(service_ids) > FEW)

    def confirm(
        self, actor: Actor, service_ids: Sequence[int], comment: str = ""
    ) -> Written[tuple[Service, ...]]:
        """Say that these statuses are still right. Raises `NotAllowed`, `NotFound`."""
        comment = checked_comment(comment)
        return self._core.write(
            lambda transaction: tuple(
                _confirm(transaction, actor, _settable(transaction, actor, id_), comment)
                for id_ in service_ids
            ),
            slow=len(service_ids) > FEW,
        )


def change_status(
    transaction: Transaction,
    actor: Actor,
    service: Service,
    status_id: int,
    comment: str = "",
    *,
    terms: TermsFields | None = None,
    undoes: int | None = None,
) -> Service:
    """Give the service another status, with its journal entry and period.

    Without `terms` it ends when somebody changes it; who held it holds on.
    """
    old = terms_of(service)
    new = terms if terms is not None else {**_NO_TERMS, "held_by": service.held_by}
    changed = [field for field in old if old[field] != new[field]]
    entry = transaction.record(
        actor,
        Kind.SERVICE_STATUS,
        service.id,
        service.name,
        before={"status": service.status_id, **{field: old[field] for field in changed}},
        after={"status": int(status_id), **{field: new[field] for field in changed}},
        comment=comment,
        undoes=undoes,
    )
    transaction.begin_period(service.id, status_id, entry)
    now_is = with_status(service, status_id, actor, transaction.now, new)
    transaction.put(now_is)
    return now_is


def with_status(
    service: Service,
    status_id: int,
    actor: Actor,
    time: datetime,
    terms: TermsFields | None = None,
) -> Service:
    """The service as it is once `actor` has given it another status, on no terms or these."""
    new = terms or _NO_TERMS
    return replace(
        service,
        status_id=int(status_id),
        since=time,
        changed_by=actor.name,
        updated=time,
        confirmed=time,
        stale=False,
        until=_time(new["until"]),
        until_status=new["until_status"],
        asked=False,
        held_by=new["held_by"],
        wish_status=None,
        wish_by="",
        wish_time=None,
    )


def terms_of(service: Service) -> TermsFields:
    """On what terms the service has its status, as the journal writes it."""
    until = service.until.isoformat() if service.until else None
    return {"until": until, "until_status": service.until_status, "held_by": service.held_by}


def terms_fields(terms: Terms, actor: Actor) -> TermsFields:
    """`terms` as `actor` sets them, as the journal writes them."""
    until = terms.until.astimezone(UTC).isoformat() if terms.until else None
    held_by = actor.name if terms.hold else ""
    return {"until": until, "until_status": terms.then, "held_by": held_by}


def change_terms(
    transaction: Transaction,
    actor: Actor,
    service: Service,
    new: TermsFields,
    comment: str = "",
    *,
    undoes: int | None = None,
) -> Service:
    """Store terms that differ, with their journal entry; nothing where none differs."""
    old = terms_of(service)
    changed = [field for field in old if old[field] != new[field]]
    if not changed:
        return service
    transaction.record(
        actor,
        Kind.SERVICE_TERMS,
        service.id,
        service.name,
        before={field: old[field] for field in changed},
        after={field: new[field] for field in changed},
        comment=comment,
        undoes=undoes,
    )
    now_is = replace(
        service if new["held_by"] else _without_wish(service),
        until=_time(new["until"]),
        until_status=new["until_status"],
        asked=False,
        held_by=new["held_by"],
        updated=transaction.now,
    )
    transaction.put(now_is)
    return now_is


def set_one(
    transaction: Transaction,
    actor: Actor,
    service_id: int,
    status_id: int,
    comment: str,
    terms: Terms | None = None,
) -> Outcome:
    """Set, confirm or wish for one service's status. Raises as `Statuses.set` does."""
    service = _settable(transaction, actor, service_id)
    if status_id not in STATUS_NAMES:
        raise NotFound("status", str(status_id))
    status = checked_status(status_id)
    if status == service.status_id:
        if terms is not None:
            service = _change_own_terms(transaction, actor, service, terms, comment)
        return _confirm(transaction, actor, service, comment)
    if _keeps_out(actor, service, status):
        return _wish(transaction, actor, service, status, comment)
    fields = None if terms is None else terms_fields(terms, actor)
    return change_status(transaction, actor, service, status, comment, terms=fields)


def _keeps_out(actor: Actor, service: Service, status_id: int) -> bool:
    held = bool(service.held_by) and actor.origin in SCRIPTS
    return held and status_id != service.status_id


def _change_own_terms(
    transaction: Transaction, actor: Actor, service: Service, terms: Terms, comment: str
) -> Service:
    """Change the terms of the status it has; who holds it holds on."""
    fields = terms_fields(terms, actor)
    if terms.hold and service.held_by:
        fields["held_by"] = service.held_by
    if service.held_by and actor.origin in SCRIPTS and fields != terms_of(service):
        raise _held(actor, service)
    return change_terms(transaction, actor, service, fields, comment)


def _settable(transaction: Transaction, actor: Actor, service_id: int) -> Service:
    now_actor = acting(transaction, actor, Action.SERVICE_SET_STATUS)
    service = existing(transaction, service_id)
    require_on(now_actor, Action.SERVICE_SET_STATUS, [service.group_id])
    return service


def _wish(
    transaction: Transaction, actor: Actor, service: Service, status: StatusId, comment: str
) -> Wished:
    if (service.wish_status, service.wish_by) != (int(status), actor.name):
        transaction.record(
            actor,
            Kind.SERVICE_WISHED,
            service.id,
            service.name,
            after={"wish_status": int(status)},
            comment=comment,
        )
        transaction.put(
            replace(
                service,
                wish_status=int(status),
                wish_by=actor.name,
                wish_time=transaction.now,
            )
        )
    return Wished(service)


def _confirm(transaction: Transaction, actor: Actor, service: Service, comment: str) -> Service:
    record_confirmation(transaction, actor, service, comment)
    now = transaction.now
    now_is = replace(_without_wish(service), updated=now, confirmed=now, stale=False)
    transaction.put(now_is)
    return now_is


def _without_wish(service: Service) -> Service:
    return replace(service, wish_status=None, wish_by="", wish_time=None)


def _not_held(outcome: Outcome, actor: Actor) -> Service:
    if isinstance(outcome, Service):
        return outcome
    raise _held(actor, outcome.service)


def _held(actor: Actor, service: Service) -> Held:
    action = Action.SERVICE_SET_STATUS.value
    return Held(action, actor.name, service=service.name, held_by=service.held_by)


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)

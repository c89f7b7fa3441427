"""Use cases of services: list, find, add, edit, set a status, remove."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from izzitup_desktop.board.core import FEW, Core, authorize, require_on
from izzitup_desktop.board.keys import assert_key_is_free
from izzitup_desktop.domain.accounts import Action, Principal, allowed, hidden_shown_to
from izzitup_desktop.domain.errors import Conflict, Invalid, NotFound
from izzitup_desktop.domain.kinds.groups import GROUP_ORDERED
from izzitup_desktop.domain.kinds.services import (
    SERVICE_ADDED,
    SERVICE_EDITED,
    SERVICE_MOVED,
    SERVICE_REMOVED,
    SERVICE_RESTORED,
)
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.services import DRAFT_CHECKS, Service, ServiceDraft, checked_status
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.visibility import shown_to
from izzitup_desktop.storage import groups, journal, services
from izzitup_desktop.storage.groups import STEP
from izzitup_desktop.storage.services import draft_fields
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Written

_EDITS = (SERVICE_EDITED, SERVICE_REMOVED, SERVICE_RESTORED)
"""What counts up a service's version."""

_DIGITS_MOST = 100

AS_NUMBERED = -1
"""Instead of the service that stood after another one: nobody noted which it was."""


class Services:
    """What can be done with services; every method that writes is one transaction."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def list(self, principal: Principal) -> tuple[Service, ...]:
        """All services by id; hidden ones where the principal may see them."""

        def query(connection: Any, now_principal: Principal) -> tuple[Service, ...]:
            if allowed(now_principal, Action.SERVICE_LIST_HIDDEN):
                return services.listed(connection)
            if hidden_shown_to(now_principal).is_empty:
                return services.public(connection)
            return _visible(services.listed(connection), now_principal)

        return self._core.read_as(principal, Action.SERVICE_LIST, query)

    def many(self, principal: Principal, ids: Sequence[int]) -> tuple[Service, ...]:
        """Those of the services that exist and the principal may see, by id."""
        return self._core.read_as(
            principal,
            Action.SERVICE_LIST,
            lambda connection, now_principal: _visible(
                services.many(connection, ids), now_principal
            ),
        )

    def find(self, principal: Principal, reference: str) -> Service:
        """The service with this id or key. Raises `NotFound`."""
        found = self._core.read_as(
            principal,
            Action.SERVICE_LIST,
            lambda connection, now_principal: _visible(
                _candidates(connection, reference), now_principal
            ),
        )
        if not found:
            raise NotFound("service", reference)
        return found[0]

    def add(
        self, principal: Principal, draft: ServiceDraft, status_id: int = StatusId.OPERATIONAL
    ) -> Written[Service]:
        """Add a service. Raises `Invalid`, `NotAllowed`, `Conflict` (key is taken)."""
        draft = draft.checked()
        status = checked_status(status_id)

        return self._core.write(lambda transaction: add_one(transaction, principal, draft, status))

    def edit(
        self, principal: Principal, service_id: int, draft: ServiceDraft, *, version: int
    ) -> Written[Service]:
        """Change a service's fields; `version` is that of the service as it was read.

        Raises `Invalid`, `NotFound`, `NotAllowed`, `Conflict` when it was edited
        since (`changed_by` says by whom; status changes do not count as edits).
        """
        draft = draft.checked()

        def use_case(transaction: Transaction) -> Service:
            return edit_one(transaction, principal, service_id, lambda _: draft, version=version)

        return self._core.write(use_case)

    def write_note(
        self, principal: Principal, service_ids: Sequence[int], note: str
    ) -> Written[tuple[Service, ...]]:
        """Give all of these services the same note; undo brings back what each had.

        Raises `Invalid`, `NotAllowed`, `NotFound`; then none has it.
        """
        note = DRAFT_CHECKS["note"](note)

        def noted(service: Service) -> ServiceDraft:
            return replace(ServiceDraft.of(service), note=note)

        def use_case(transaction: Transaction) -> tuple[Service, ...]:
            return tuple(edit_one(transaction, principal, id_, noted) for id_ in service_ids)

        return self._core.write(use_case, slow=len(service_ids) > FEW)

    def move(
        self,
        principal: Principal,
        service_ids: Sequence[int],
        group_id: int | None,
        before_id: int | None = None,
    ) -> Written[tuple[Service, ...]]:
        """Put services, in this order, before another one of a group (None: at its end).

        Raises `Invalid` (no such group), `NotAllowed`, `NotFound`.
        """

        def use_case(transaction: Transaction) -> tuple[Service, ...]:
            now_principal = authorize(transaction, principal, Action.SERVICE_EDIT)
            found = tuple(existing(transaction, id_) for id_ in service_ids)
            for service in found:
                touched = [service.group_id, group_id]
                require_on(now_principal, Action.SERVICE_EDIT, touched, service.id)
            assert_group_exists(transaction, group_id)
            nexts = {service.id: _next_of(transaction, service) for service in found}
            positions = _positions(transaction, principal, service_ids, group_id, before_id)
            for service in found:
                position = positions[service.id]
                place(transaction, principal, service, group_id, position, nexts[service.id])
            return tuple(existing(transaction, id_) for id_ in service_ids)

        return self._core.write(use_case, slow=True)

    def remove(
        self, principal: Principal, service_ids: Sequence[int]
    ) -> Written[tuple[Service, ...]]:
        """Remove services, softly: undo brings them back. All of them, or none."""
        removing = partial(remove_all, principal=principal, service_ids=service_ids)
        return self._core.write(removing, slow=len(service_ids) > FEW)


def _visible(found: Sequence[Service], principal: Principal) -> tuple[Service, ...]:
    return tuple(filter(shown_to(principal), found))


def _candidates(connection: Any, reference: str) -> tuple[Service, ...]:
    if reference.isascii() and reference.isdigit():
        # Python refuses to make a number of thousands of digits.
        ids = [int(reference)] if len(reference) <= _DIGITS_MOST else []
        return services.many(connection, ids)
    found = services.by_key(connection, reference)
    return () if found is None else (found,)


def existing(transaction: Transaction, service_id: int) -> Service:
    """The service. Raises `NotFound`, also for an id no database could hold."""
    service = transaction.service(service_id)
    if service is None:
        raise NotFound("service", str(service_id))
    return service


def add_one(
    transaction: Transaction, principal: Principal, draft: ServiceDraft, status: StatusId
) -> Service:
    """Add one service, its draft checked already, with its journal entry and period."""
    now_principal = authorize(transaction, principal, Action.SERVICE_ADD)
    require_on(now_principal, Action.SERVICE_ADD, [draft.group_id])
    assert_group_exists(transaction, draft.group_id)
    assert_key_is_free(transaction, now_principal, draft.key)
    service = services.insert(
        transaction.connection, draft, status_id=status, time=transaction.now, by=principal.name
    )
    entry = transaction.record(
        principal,
        SERVICE_ADDED,
        service.id,
        service.name,
        after={**draft_fields(draft), "status": int(status)},
    )
    transaction.begin_period(service.id, status, entry)
    return service


def assert_group_exists(transaction: Transaction, group_id: int | None) -> None:
    """Raise `Invalid` for the id of no group; None is no group and fine."""
    if group_id is not None and groups.get(transaction.connection, group_id) is None:
        raise Invalid("group", msg("This group does not exist any more. Choose another."))


def edit_one(
    transaction: Transaction,
    principal: Principal,
    service_id: int,
    draft_of: Callable[[Service], ServiceDraft],
    *,
    version: int | None = None,
) -> Service:
    """Change a service to the draft of it, which is checked already. Raises as `Services.edit`."""
    now_principal = authorize(transaction, principal, Action.SERVICE_EDIT)
    service = existing(transaction, service_id)
    draft = draft_of(service)
    require_on(now_principal, Action.SERVICE_EDIT, [service.group_id, draft.group_id], service_id)
    if version is not None and service.version != version:
        raise _edited_since(transaction, service)
    if draft.group_id != service.group_id:
        assert_group_exists(transaction, draft.group_id)
    assert_key_is_free(transaction, now_principal, draft.key, but=service_id)
    edit_fields(transaction, principal, service, draft)
    return existing(transaction, service_id)


def edit_fields(
    transaction: Transaction,
    principal: Principal,
    service: Service,
    draft: ServiceDraft,
    *,
    undoes: int | None = None,
) -> None:
    """Store what differs, with its journal entry; nothing where nothing differs."""
    old = draft_fields(ServiceDraft.of(service))
    new = draft_fields(draft)
    changed = {field: value for field, value in new.items() if value != old[field]}
    if not changed:
        return
    services.update(transaction.connection, service.id, changed, time=transaction.now)
    transaction.record(
        principal,
        SERVICE_EDITED,
        service.id,
        draft.name,
        before={field: old[field] for field in changed},
        after=changed,
        undoes=undoes,
    )


def place(
    transaction: Transaction,
    principal: Principal,
    service: Service,
    group_id: int | None,
    position: int,
    next_id: int | None,
    *,
    undoes: int | None = None,
) -> None:
    """Put a service into a group at a position, with its journal entry.

    `next_id` is which service stood after it up to now (None: it was the last).
    """
    if (group_id, position) == (service.group_id, service.position):
        return
    services.set_place(transaction.connection, service.id, group_id, position)
    before: dict[str, Any] = {"position": service.position, "next": next_id}
    after: dict[str, Any] = {"position": position}
    if group_id != service.group_id:
        before["group_id"], after["group_id"] = service.group_id, group_id
    transaction.record(
        principal,
        SERVICE_MOVED,
        service.id,
        service.name,
        before=before,
        after=after,
        undoes=undoes,
    )


def place_back(
    transaction: Transaction,
    principal: Principal,
    service: Service,
    group_id: int | None,
    position: int,
    next_id: int | None,
    *,
    undoes: int,
) -> None:
    """Put a service where it was: at its position, or before the one that stood after it.

    The position alone says nothing once the group was numbered anew.
    """
    next_now = _next_of(transaction, service)
    others = services.in_order(transaction.connection, group_id)
    others = [item for item in others if item[0] != service.id]
    ids = [id_ for id_, _ in others]
    if next_id is None or next_id in ids:
        at = len(ids) if next_id is None else ids.index(next_id)
        fits = (not at or others[at - 1][1] < position) and (
            at == len(ids) or position < others[at][1]
        )
        if not fits:
            found = _positions(transaction, principal, [service.id], group_id, next_id)
            position = found[service.id]
    place(transaction, principal, service, group_id, position, next_now, undoes=undoes)


def remove_all(
    transaction: Transaction, principal: Principal, service_ids: Sequence[int]
) -> tuple[Service, ...]:
    """Remove services; what they were. Raises `NotAllowed`, `NotFound`."""
    now_principal = authorize(transaction, principal, Action.SERVICE_REMOVE)
    found = tuple(existing(transaction, service_id) for service_id in service_ids)
    for service in found:
        require_on(now_principal, Action.SERVICE_REMOVE, [service.group_id], service.id)
        remove_one(transaction, principal, service)
    return found


def remove_one(
    transaction: Transaction, principal: Principal, service: Service, *, undoes: int | None = None
) -> None:
    """Remove one service, with its journal entry."""
    now = transaction.now
    services.set_removed(transaction.connection, service.id, now, time=now)
    entry = transaction.record(
        principal,
        SERVICE_REMOVED,
        service.id,
        service.name,
        before={"removed": False},
        after={"removed": True},
        undoes=undoes,
    )
    transaction.end_period(service.id, entry)


def _next_of(transaction: Transaction, service: Service) -> int | None:
    """Which service stands after this one in its group."""
    ids = [id_ for id_, _ in services.in_order(transaction.connection, service.group_id)]
    place_ = ids.index(service.id) + 1
    return ids[place_] if place_ < len(ids) else None


def _positions(
    transaction: Transaction,
    principal: Principal,
    service_ids: Sequence[int],
    group_id: int | None,
    before_id: int | None,
) -> dict[int, int]:
    """Positions that put the services, in this order, before another of the group."""
    moving = set(service_ids)
    others = [
        item
        for item in services.in_order(transaction.connection, group_id)
        if item[0] not in moving
    ]
    ids = [id_ for id_, _ in others]
    place_ = ids.index(before_id) if before_id in ids else len(ids)
    low = others[place_ - 1][1] if place_ else 0
    high = others[place_][1] if place_ < len(others) else low + STEP * (len(service_ids) + 1)
    gap = (high - low) // (len(service_ids) + 1)
    if gap < 1:
        # No room left between them: the group is numbered anew.
        for number, id_ in enumerate(ids[:place_], 1):
            services.set_place(transaction.connection, id_, group_id, number * STEP)
        for number, id_ in enumerate(ids[place_:], place_ + len(service_ids) + 1):
            services.set_place(transaction.connection, id_, group_id, number * STEP)
        low, gap = place_ * STEP, STEP
        # The others moved in numbers only, and every window has to read them again.
        group = None if group_id is None else groups.get(transaction.connection, group_id)
        transaction.record(
            principal, GROUP_ORDERED, group.id if group else 0, group.name if group else ""
        )
    return {id_: low + gap * number for number, id_ in enumerate(service_ids, 1)}


def _edited_since(transaction: Transaction, service: Service) -> Conflict:
    transaction.flush()
    by = journal.last_actor(transaction.connection, "service", service.id, _EDITS)
    who = by or "somebody"
    return Conflict(msg("%1 was edited by %2 since you opened it.", service.name, who), by)

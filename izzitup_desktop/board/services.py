"""Use cases of services: list, find, add, edit, set a status, remove."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import TypeVar

from izzitup_desktop.board.core import Core, acting, require, require_on
from izzitup_desktop.board.refusals import Refusals
from izzitup_desktop.domain.accounts import Action, Actor, allowed
from izzitup_desktop.domain.errors import Conflict, Invalid, NotFound
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.domain.services import (
    Service,
    ServiceDraft,
    checked_comment,
    checked_status,
)
from izzitup_desktop.domain.statuses import STATUS_NAMES, StatusId
from izzitup_desktop.storage import groups, journal, services
from izzitup_desktop.storage.services import draft_fields
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Written

T = TypeVar("T")

_LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The services anybody may see, and the journal id that they stand for."""

    token: int
    services: tuple[Service, ...]


class Services:
    """What can be done with services; every method that writes is one transaction."""

    def __init__(self, core: Core, refusals: Refusals) -> None:
        self._core = core
        self._refusals = refusals
        self._public: tuple[int | None, Snapshot] | None = None

    def list(self, actor: Actor) -> tuple[Service, ...]:
        """All services by id; hidden ones where the actor may see them."""
        require(actor, Action.SERVICE_LIST)
        if allowed(actor, Action.SERVICE_LIST_HIDDEN):
            return self._core.read(services.listed)
        return self._core.read(services.public)

    def public(self) -> Snapshot:
        """What anybody may see, as of the last commit of any process."""
        tick = self._core.tick()
        known = self._public
        if known is not None and known[0] == tick and tick is not None:
            return known[1]
        found, token = self._core.read(
            lambda connection: (services.public(connection), journal.last_id(connection))
        )
        snapshot = Snapshot(token, found)
        # The tick was taken before reading: at worst the next call reads once more.
        self._public = (tick, snapshot)
        return snapshot

    def public_if_known(self) -> Snapshot | None:
        """`public()` where that needs no waiting, else None. For event loops."""
        known = self._public
        if known is None or known[0] is None:
            return None
        tick = self._core.tick()
        # While the file is locked (None) nobody else's commit can have ended.
        return known[1] if tick is None or tick == known[0] else None

    def many(self, actor: Actor, ids: Sequence[int]) -> tuple[Service, ...]:
        """Those of the services that exist and the actor may see, by id."""
        require(actor, Action.SERVICE_LIST)
        found = self._core.read(lambda connection: services.many(connection, ids))
        if allowed(actor, Action.SERVICE_LIST_HIDDEN):
            return found
        return tuple(service for service in found if not service.hidden)

    def find(self, actor: Actor, reference: str) -> Service:
        """The service with this id or key. Raises `NotFound`."""
        for service in self._candidates(reference):
            if not service.hidden or allowed(actor, Action.SERVICE_LIST_HIDDEN):
                return service
        raise NotFound("service", reference)

    def add(
        self, actor: Actor, draft: ServiceDraft, status_id: int = StatusId.OPERATIONAL
    ) -> Written[Service]:
        """Add a service. Raises `Invalid`, `NotAllowed`, `Conflict` (key is taken)."""
        draft = draft.checked()
        status = checked_status(status_id)

        def use_case(transaction: Transaction) -> Service:
            now_actor = acting(transaction, actor, Action.SERVICE_ADD)
            require_on(now_actor, Action.SERVICE_ADD, [draft.group_id])
            assert_group_exists(transaction, draft.group_id)
            assert_key_is_free(transaction, draft.key)
            service = services.insert(
                transaction.connection,
                draft,
                status_id=status,
                time=transaction.now,
                by=actor.name,
            )
            entry = transaction.record(
                actor,
                Kind.SERVICE_ADDED,
                service.id,
                service.name,
                after={**draft_fields(draft), "status": int(status)},
            )
            transaction.begin_period(service.id, status, entry)
            return service

        return self._core.write(use_case)

    def edit(
        self, actor: Actor, service_id: int, draft: ServiceDraft, *, version: int
    ) -> Written[Service]:
        """Change a service's fields; `version` is that of the service as it was read.

        Raises `Invalid`, `NotFound`, `NotAllowed`, `Conflict` when it was edited
        since (`changed_by` says by whom; status changes do not count as edits).
        """
        draft = draft.checked()

        def use_case(transaction: Transaction) -> Service:
            now_actor = acting(transaction, actor, Action.SERVICE_EDIT)
            service = existing(transaction, service_id)
            require_on(now_actor, Action.SERVICE_EDIT, [service.group_id, draft.group_id])
            if service.version != version:
                raise _edited_since(transaction, service)
            if draft.group_id != service.group_id:
                assert_group_exists(transaction, draft.group_id)
            assert_key_is_free(transaction, draft.key, but=service_id)
            edit_fields(transaction, actor, service, draft)
            return existing(transaction, service_id)

        return self._core.write(use_case)

    def set_status(
        self, actor: Actor, service_ids: Sequence[int], status_id: int, comment: str = ""
    ) -> Written[tuple[Service, ...]]:
        """Set the status of several services at once: all of them, or none.

        A service that has the status already is confirmed: `updated` moves.
        Checked in the order of the wire contract, rows 4 to 7; raises `NotAllowed`,
        `NotFound` (subject `service` or `status`), `Invalid`.
        """
        comment = checked_comment(comment)
        return self._core.write(
            lambda transaction: tuple(
                _set_status(transaction, actor, service_id, status_id, comment)
                for service_id in service_ids
            )
        )

    def submit_status(
        self, actor: Actor, service_id: int, status_id: int, comment: str = ""
    ) -> Future[Written[Service]]:
        """`set_status` of one service, without waiting; the future fails as it raises."""
        comment = checked_comment(comment)
        future = self._core.submit(
            lambda transaction: _set_status(transaction, actor, service_id, status_id, comment)
        )
        self._refusals.watch(future, actor, Action.SERVICE_SET_STATUS, service_id)
        return future

    def remove(self, actor: Actor, service_ids: Sequence[int]) -> Written[tuple[Service, ...]]:
        """Remove services, softly: undo brings them back. All of them, or none."""

        def use_case(transaction: Transaction) -> tuple[Service, ...]:
            now_actor = acting(transaction, actor, Action.SERVICE_REMOVE)
            found = tuple(existing(transaction, service_id) for service_id in service_ids)
            require_on(now_actor, Action.SERVICE_REMOVE, [service.group_id for service in found])
            for service in found:
                remove_one(transaction, actor, service)
            return found

        return self._core.write(use_case)

    def _candidates(self, reference: str) -> tuple[Service, ...]:
        if reference.isascii() and reference.isdigit():
            service_id = int(reference)
            if service_id > _LARGEST_ID:
                return ()
            return self._core.read(lambda connection: services.many(connection, [service_id]))
        found = self._core.read(lambda connection: services.by_key(connection, reference))
        return () if found is None else (found,)


def existing(transaction: Transaction, service_id: int) -> Service:
    """The service. Raises `NotFound`, also for an id no database could hold."""
    service = None
    if 0 < service_id <= _LARGEST_ID:
        service = services.get(transaction.connection, service_id)
    if service is None:
        raise NotFound("service", str(service_id))
    return service


def assert_group_exists(transaction: Transaction, group_id: int | None) -> None:
    """Raise `Invalid` for the id of no group; None is no group and fine."""
    if group_id is not None and groups.get(transaction.connection, group_id) is None:
        raise Invalid("group", "This group does not exist any more. Choose another.")


def assert_key_is_free(transaction: Transaction, key: str, *, but: int | None = None) -> None:
    """Raise `Conflict` when another service has this key; "" is always free."""
    holder = services.by_key(transaction.connection, key) if key else None
    if holder is not None and holder.id != but:
        raise Conflict(f"The key {key} is taken by {holder.name}. Choose another.")


def edit_fields(
    transaction: Transaction,
    actor: Actor,
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
        actor,
        Kind.SERVICE_EDITED,
        service.id,
        draft.name,
        before={field: old[field] for field in changed},
        after=changed,
        undoes=undoes,
    )


def change_status(
    transaction: Transaction,
    actor: Actor,
    service: Service,
    status_id: int,
    comment: str = "",
    *,
    undoes: int | None = None,
) -> Service:
    """Give the service another status, with its journal entry and period."""
    services.set_status(
        transaction.connection,
        service.id,
        status_id,
        since=transaction.now,
        by=actor.name,
        time=transaction.now,
    )
    entry = transaction.record(
        actor,
        Kind.SERVICE_STATUS,
        service.id,
        service.name,
        before={"status": service.status_id},
        after={"status": int(status_id)},
        comment=comment,
        undoes=undoes,
    )
    transaction.begin_period(service.id, status_id, entry)
    return replace(
        service,
        status_id=int(status_id),
        since=transaction.now,
        changed_by=actor.name,
        updated=transaction.now,
    )


def remove_one(
    transaction: Transaction, actor: Actor, service: Service, *, undoes: int | None = None
) -> None:
    """Remove one service, with its journal entry."""
    now = transaction.now
    services.set_removed(transaction.connection, service.id, now, time=now)
    entry = transaction.record(
        actor,
        Kind.SERVICE_REMOVED,
        service.id,
        service.name,
        before={"removed": False},
        after={"removed": True},
        undoes=undoes,
    )
    transaction.end_period(service.id, entry)


def _set_status(
    transaction: Transaction, actor: Actor, service_id: int, status_id: int, comment: str
) -> Service:
    now_actor = acting(transaction, actor, Action.SERVICE_SET_STATUS)
    service = existing(transaction, service_id)
    require_on(now_actor, Action.SERVICE_SET_STATUS, [service.group_id])
    if status_id not in STATUS_NAMES:
        raise NotFound("status", str(status_id))
    status = checked_status(status_id)
    if status == service.status_id:
        services.touch(transaction.connection, service_id, transaction.now)
        transaction.record(actor, Kind.SERVICE_CONFIRMED, service_id, service.name, comment=comment)
        return replace(service, updated=transaction.now)
    return change_status(transaction, actor, service, status, comment)


def _edited_since(transaction: Transaction, service: Service) -> Conflict:
    transaction.flush()
    newer = journal.since(transaction.connection, "service", service.id, 0)
    editors = [entry.actor for entry in newer if entry.kind is not Kind.SERVICE_STATUS]
    by = editors[0] if editors else ""
    who = by or "somebody"
    return Conflict(f"{service.name} was edited by {who} since you opened it.", by)

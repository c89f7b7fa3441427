"""Use cases of the exchange: the board as text, and services from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from izzitup_desktop.board.core import Core, authorize
from izzitup_desktop.board.status_changes import with_status
from izzitup_desktop.domain.accounts import Action, Principal
from izzitup_desktop.domain.errors import Cancelled, Invalid
from izzitup_desktop.domain.exchange import (
    ChangeKind,
    Document,
    Preview,
    write_csv,
    write_json,
)
from izzitup_desktop.domain.exchange.items import assert_taken
from izzitup_desktop.domain.exchange.plan import Plan, PlannedChange, as_document, planned
from izzitup_desktop.domain.groups import checked_name
from izzitup_desktop.domain.journal_fields import layer_fields
from izzitup_desktop.domain.kinds.boards import BOARD_IMPORTED
from izzitup_desktop.domain.kinds.groups import GROUP_ADDED
from izzitup_desktop.domain.kinds.services import SERVICE_ADDED, SERVICE_EDITED
from izzitup_desktop.domain.kinds.statuses import SERVICE_STATUS
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.services import Service, ServiceDraft
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.text import fold
from izzitup_desktop.storage import groups, services
from izzitup_desktop.storage.services import draft_fields
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Written

Progress = Callable[[int, int], None]
"""Hears how many of how many services are done; on the writer's thread."""


class Exchange:
    """Exports of the whole board, and imports of services: all of them, or none."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def export_json(self, principal: Principal) -> str:
        """Groups and services, hidden ones too, as JSON. No accounts, no journal."""
        return write_json(self._exported(principal), self._core.clock.now())

    def export_csv(self, principal: Principal) -> str:
        """The services, hidden ones too, as a table for spreadsheets."""
        return write_csv(self._exported(principal))

    def preview(self, principal: Principal, items: Document) -> Preview:
        """What `apply` would do now. Raises `NotAllowed`, `Unavailable`."""
        return self._core.read_as(
            principal,
            Action.BOARD_IMPORT,
            lambda connection, _principal: planned(
                items, services.listed(connection), groups.listed(connection)
            ),
        ).preview

    def apply(
        self,
        principal: Principal,
        items: Document,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
        *,
        source: str = "",
    ) -> Written[Preview]:
        """Add and change services as `preview` says, in one step.

        A status that a person holds stays (`Change.held_by`). `source` is where the
        items come from, for the journal. `progress` and `cancelled` are called on
        the writer's thread and must not wait for the board.
        Raises `NotAllowed`, `Cancelled`, and `Invalid` for a document with errors.
        """
        # What is wrong with the document alone is found before anybody has to wait.
        if not items.errors:
            assert_taken(items)

        def use_case(transaction: Transaction) -> Preview:
            authorize(transaction, principal, Action.BOARD_IMPORT)
            connection = transaction.connection
            known = groups.listed(connection)
            plan = planned(items, services.listed(connection), known)
            _assert_sound(plan.preview)
            if any(step.service is not None and step.status is not None for step in plan.steps):
                # Not every token that may import is one that sets statuses.
                authorize(transaction, principal, Action.SERVICE_SET_STATUS)
            group_ids = {fold(group.name): group.id for group in known}
            for name in plan.preview.groups_added:
                group_ids[fold(name)] = _add_group(transaction, principal, name)
            taking = _Taking(transaction, principal, group_ids)
            for number, step in enumerate(plan.steps, 1):
                if cancelled is not None and cancelled():
                    raise Cancelled
                taking.add(step)
                if progress is not None and _is_told(number, len(plan.steps)):
                    progress(number, len(plan.steps))
            taking.store()
            _record(transaction, principal, plan, source)
            return plan.preview

        return self._core.write(use_case, slow=True)

    def _exported(self, principal: Principal) -> Document:
        found, known = self._core.read_as(
            principal,
            Action.BOARD_EXPORT,
            lambda connection, _principal: (services.listed(connection), groups.listed(connection)),
        )
        return as_document(found, known)


def _assert_sound(preview: Preview) -> None:
    if not preview.errors:
        return
    first, *more = preview.errors
    count: str = ""
    if preview.more_errors:
        count = msg(" (More than %1 errors follow.)", len(more))
    elif more:
        count = msg(" (%1 more errors follow.)", len(more))
    raise Invalid(first.field or "items", msg("Nothing was imported: %1%2", first.message, count))


def _is_told(number: int, of: int) -> bool:
    """Whether the progress so far is told: a hundred times at most, and at the end."""
    return number == of or number % max(1, of // 100) == 0


def _add_group(transaction: Transaction, principal: Principal, name: str) -> int:
    group = groups.insert(transaction.connection, checked_name(name))
    transaction.record(principal, GROUP_ADDED, group.id, group.name, after={"name": group.name})
    return group.id


class _Taking:
    """Gathers what the steps of an import change, and stores it together.

    One statement for thousands of services keeps the write lock for a moment only.
    """

    def __init__(
        self, transaction: Transaction, principal: Principal, group_ids: dict[str, int]
    ) -> None:
        self._transaction, self._principal = transaction, principal
        self._group_ids = group_ids
        self._steps: list[tuple[PlannedChange, ServiceDraft]] = []

    def add(self, step: PlannedChange) -> None:
        """Take a step of a sound plan."""
        if step.change.kind is not ChangeKind.SAME:
            self._steps.append((step, step.draft(self._group_ids)))

    def store(self) -> None:
        """Write all of it, with journal entries in the order of the steps."""
        transaction, principal = self._transaction, self._principal
        connection, now_ = transaction.connection, transaction.now
        edited: list[tuple[int, dict[str, Any]]] = []
        added: list[tuple[ServiceDraft, int]] = []
        for step, draft in self._steps:
            if step.service is None:
                added.append((draft, _new_status(step)))
                continue
            if fields := _differing(step.service, draft):
                edited.append((step.service.id, fields))
        # Keys that others give up are free by then.
        services.update_many(connection, edited, time=now_)
        ids = iter(services.insert_many(connection, added, time=now_, by=principal.name))
        for step, draft in self._steps:
            if step.service is None:
                self._record_added(next(ids), draft, _new_status(step))
            else:
                self._record_changed(step.service, draft, step.status)

    def _record_added(self, service_id: int, draft: ServiceDraft, status: int) -> None:
        entry = self._transaction.record(
            self._principal,
            SERVICE_ADDED,
            service_id,
            draft.name,
            after={**draft_fields(draft), "status": status},
        )
        self._transaction.begin_period(service_id, status, entry, is_first=True)

    def _record_changed(self, service: Service, draft: ServiceDraft, status: int | None) -> None:
        transaction, principal = self._transaction, self._principal
        if new := _differing(service, draft):
            old = draft_fields(ServiceDraft.of(service))
            before = {field: old[field] for field in new}
            transaction.record(
                principal, SERVICE_EDITED, service.id, draft.name, before=before, after=new
            )
        if status is not None:
            # No status of a held service is changed, so that there are no layers left.
            layers = layer_fields(service.expiry, service.hold)
            ended = {field: value for field, value in layers.items() if value}
            entry = transaction.record(
                principal,
                SERVICE_STATUS,
                service.id,
                draft.name,
                before={"status": service.status_id, **ended},
                after={"status": status, **dict.fromkeys(ended)},
            )
            transaction.begin_period(service.id, status, entry)
            now_is = with_status(service, status, principal, transaction.now)
            transaction.put(now_is, was=service)


def _new_status(step: PlannedChange) -> int:
    return int(StatusId.OPERATIONAL) if step.status is None else step.status


def _differing(service: Service, draft: ServiceDraft) -> dict[str, Any]:
    old, new = draft_fields(ServiceDraft.of(service)), draft_fields(draft)
    return {field: value for field, value in new.items() if value != old[field]}


def _record(transaction: Transaction, principal: Principal, plan: Plan, source: str) -> None:
    counts = {kind.value: plan.preview.count(kind) for kind in ChangeKind}
    counts["groups"] = len(plan.preview.groups_added)
    counts["held"] = sum(bool(change.held_by) for change in plan.preview.changes)
    transaction.record(principal, BOARD_IMPORTED, 0, source, after=counts)

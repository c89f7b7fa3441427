"""Use cases of the exchange: the board as text, and services from elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from izzitup_desktop.board.core import Core, acting
from izzitup_desktop.board.services import edit_fields, existing
from izzitup_desktop.board.statuses import change_status
from izzitup_desktop.domain.accounts import Action, Actor
from izzitup_desktop.domain.errors import Cancelled, Invalid
from izzitup_desktop.domain.exchange import (
    ChangeKind,
    Document,
    Preview,
    write_csv,
    write_json,
)
from izzitup_desktop.domain.exchange.plan import Plan, Step, as_document, planned
from izzitup_desktop.domain.groups import checked_name
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.domain.messages import say
from izzitup_desktop.domain.services import checked_status
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.text import fold
from izzitup_desktop.storage import groups, services
from izzitup_desktop.storage.services import draft_fields
from izzitup_desktop.storage.times import now
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Written

Progress = Callable[[int, int], None]
"""Hears how many of how many services are done; on the writer's thread."""


class Exchange:
    """Exports of the whole board, and imports of services: all of them, or none."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def export_json(self, actor: Actor) -> str:
        """Groups and services, hidden ones too, as JSON. No accounts, no journal."""
        return write_json(self._exported(actor), now())

    def export_csv(self, actor: Actor) -> str:
        """The services, hidden ones too, as a table for spreadsheets."""
        return write_csv(self._exported(actor))

    def preview(self, actor: Actor, items: Document) -> Preview:
        """What `apply` would do now. Raises `NotAllowed`, `Unavailable`."""
        return self._core.read_as(
            actor,
            Action.BOARD_IMPORT,
            lambda connection, _actor: planned(
                items, services.listed(connection), groups.listed(connection)
            ),
        ).preview

    def apply(
        self,
        actor: Actor,
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

        def use_case(transaction: Transaction) -> Preview:
            acting(transaction, actor, Action.BOARD_IMPORT)
            connection = transaction.connection
            known = groups.listed(connection)
            plan = planned(items, services.listed(connection), known)
            _assert_sound(plan.preview)
            group_ids = {fold(group.name): group.id for group in known}
            for name in plan.preview.groups_added:
                group_ids[fold(name)] = _add_group(transaction, actor, name)
            for number, step in enumerate(plan.steps, 1):
                if cancelled is not None and cancelled():
                    raise Cancelled
                _take(transaction, actor, step, group_ids)
                if progress is not None:
                    progress(number, len(plan.steps))
            _record(transaction, actor, plan, source)
            return plan.preview

        return self._core.write(use_case, slow=True)

    def _exported(self, actor: Actor) -> Document:
        found, known = self._core.read_as(
            actor,
            Action.BOARD_EXPORT,
            lambda connection, _actor: (services.listed(connection), groups.listed(connection)),
        )
        return as_document(found, known)


def _assert_sound(preview: Preview) -> None:
    if not preview.errors:
        return
    first, *more = preview.errors
    count = say(" (%1 more errors follow.)", len(more)) if more else ""
    raise Invalid(first.field or "items", say("Nothing was imported: %1%2", first.message, count))


def _add_group(transaction: Transaction, actor: Actor, name: str) -> int:
    group = groups.insert(transaction.connection, checked_name(name))
    transaction.record(actor, Kind.GROUP_ADDED, group.id, group.name, after={"name": group.name})
    return group.id


def _take(transaction: Transaction, actor: Actor, step: Step, group_ids: dict[str, int]) -> None:
    if step.change.kind is ChangeKind.SAME:
        return
    draft = step.draft(group_ids).checked()
    if step.service is not None:
        edit_fields(transaction, actor, step.service, draft)
        if step.status is not None:
            service = existing(transaction, step.service.id)
            change_status(transaction, actor, service, checked_status(step.status))
        return
    status = checked_status(StatusId.OPERATIONAL if step.status is None else step.status)
    service = services.insert(
        transaction.connection, draft, status_id=status, time=transaction.now, by=actor.name
    )
    entry = transaction.record(
        actor,
        Kind.SERVICE_ADDED,
        service.id,
        service.name,
        after={**draft_fields(draft), "status": int(status)},
    )
    transaction.begin_period(service.id, status, entry)


def _record(transaction: Transaction, actor: Actor, plan: Plan, source: str) -> None:
    counts = {kind.value: plan.preview.count(kind) for kind in ChangeKind}
    counts["groups"] = len(plan.preview.groups_added)
    counts["held"] = sum(bool(change.held_by) for change in plan.preview.changes)
    transaction.record(actor, Kind.BOARD_IMPORTED, 0, source, after=counts)

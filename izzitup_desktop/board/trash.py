"""Use cases of the trash: what was removed, restored or purged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from izzitup_desktop.board.core import FEW, Core, authorize, require_on
from izzitup_desktop.board.keys import assert_key_is_free
from izzitup_desktop.board.services import existing
from izzitup_desktop.domain.accounts import Action, Principal, allowed_on
from izzitup_desktop.domain.errors import NotFound
from izzitup_desktop.domain.kinds.services import SERVICE_PURGED, SERVICE_REMOVED, SERVICE_RESTORED
from izzitup_desktop.domain.services import Removed, Service, ServiceDraft
from izzitup_desktop.domain.visibility import shown_to
from izzitup_desktop.storage import groups, journal, services
from izzitup_desktop.storage.services import draft_fields
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Written

TRASH_DAYS = 30
"""For how long what was removed can be restored."""


class Trash:
    """Removed services, kept for 30 days (`TRASH_DAYS`)."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def list(self, principal: Principal) -> tuple[Removed, ...]:
        """What was removed and not purged yet, newest first."""

        def query(connection: Any, now_principal: Principal) -> tuple[Removed, ...]:
            is_shown = shown_to(now_principal)
            rows = [row for row in services.removed(connection) if is_shown(row[0])]
            by = journal.last_actors(
                connection, SERVICE_REMOVED, [service.id for service, _ in rows]
            )
            return tuple(
                Removed(service, time, by.get(service.id, ""))
                for service, time in rows
                if allowed_on(now_principal, Action.SERVICE_RESTORE, service.group_id, service.id)
            )

        return self._core.read_as(principal, Action.SERVICE_RESTORE, query)

    def restore(
        self, principal: Principal, service_ids: Sequence[int]
    ) -> Written[tuple[Service, ...]]:
        """Bring removed services back: all of them, or none.

        Raises `NotAllowed`, `NotFound`, `Conflict` (its key is taken meanwhile).
        """

        def use_case(transaction: Transaction) -> tuple[Service, ...]:
            for id_ in service_ids:
                restore_one(transaction, principal, id_)
            return tuple(existing(transaction, id_) for id_ in service_ids)

        return self._core.write(use_case, slow=len(service_ids) > FEW)

    def purge(self, principal: Principal, service_ids: Sequence[int]) -> Written[int]:
        """Delete removed services for good; how many. The journal keeps what they were.

        Raises `NotAllowed`, `NotFound`.
        """

        def use_case(transaction: Transaction) -> int:
            authorize(transaction, principal, Action.SERVICE_PURGE)
            for id_ in service_ids:
                service = services.get_removed(transaction.connection, id_)
                if service is None:
                    raise NotFound("service", str(id_))
                purge_one(transaction, principal, service)
            return len(service_ids)

        return self._core.write(use_case, slow=len(service_ids) > FEW)


def restore_one(
    transaction: Transaction, principal: Principal, service_id: int, *, undoes: int | None = None
) -> None:
    """Bring a removed service back, with its journal entry and period.

    Raises `NotFound` (it is not in the trash), `NotAllowed`, `Conflict`.
    """
    now_principal = authorize(transaction, principal, Action.SERVICE_RESTORE)
    service = services.get_removed(transaction.connection, service_id)
    if service is None or not shown_to(now_principal)(service):
        raise NotFound("service", str(service_id))
    require_on(now_principal, Action.SERVICE_RESTORE, [service.group_id], service.id)
    assert_key_is_free(transaction, now_principal, service.key)
    now = transaction.now
    services.set_removed(transaction.connection, service.id, None, time=now)
    after: dict[str, Any] = {"removed": False}
    if (
        service.group_id is not None
        and groups.get(transaction.connection, service.group_id) is None
    ):
        # Its group was removed meanwhile: better without a group than not at all.
        services.update(transaction.connection, service.id, {"group_id": None}, time=now)
        after["group_id"] = None
    restored = transaction.record(
        principal,
        SERVICE_RESTORED,
        service.id,
        service.name,
        before={"removed": True},
        after=after,
        undoes=undoes,
    )
    transaction.begin_period(service.id, service.status_id, restored)


def purge_one(transaction: Transaction, principal: Principal, service: Service) -> None:
    """Delete a removed service for good, with its journal entry."""
    # Its periods refer to entries of this batch, perhaps.
    transaction.flush()
    services.purge(transaction.connection, service.id)
    transaction.record(
        principal,
        SERVICE_PURGED,
        service.id,
        service.name,
        before=draft_fields(ServiceDraft.of(service)),
    )

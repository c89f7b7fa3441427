"""Changes that a program asks for: with what it expects, or only to hear what would be.

Whoever hands one over does not wait for it; the future ends when it is durable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any

from izzitup_desktop.board import idempotency
from izzitup_desktop.board.concepts import Concepts
from izzitup_desktop.board.core import FEW, Core
from izzitup_desktop.board.manner import Manner, Once, Outcome
from izzitup_desktop.board.refusals import Refusals
from izzitup_desktop.board.services import add_one, edit_one, existing, remove_all
from izzitup_desktop.board.statuses import confirm_one, hold_one, not_held, set_all
from izzitup_desktop.board.trash import restore_one
from izzitup_desktop.board.undo_operations import undo_operation
from izzitup_desktop.domain.accounts import Action, Principal
from izzitup_desktop.domain.comments import checked_comment
from izzitup_desktop.domain.errors import BoardError, Held, NotFound, Outdated
from izzitup_desktop.domain.idempotency import KeptAnswer
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.services import Service, ServiceDraft, checked_status
from izzitup_desktop.domain.status_options import StatusOptions
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.text import fold
from izzitup_desktop.domain.visibility import named_to
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import UseCase, Written


@dataclass(frozen=True, slots=True)
class Expected:
    """What a service must still be when it is changed.

    `key` is by which it was named, "" for by its id; `is_as_read` tells whether it is
    what was read, None where anything is fine.
    """

    service_id: int
    key: str = ""
    is_as_read: Callable[[Service], bool] | None = None


Services = tuple[Service, ...]
Made = Future[Written[Outcome[Services]]]


class Changes:
    """Each is one transaction, and is only tried where its manner is `dry`.

    They fail with `NotAllowed`, `NotFound`, `Invalid`, `Conflict`, `Outdated`, `Unavailable`;
    what can be told at once is raised.
    """

    def __init__(self, core: Core, refusals: Refusals, concepts: Concepts) -> None:
        self._core = core
        self._refusals = refusals
        self._concepts = concepts

    def set_status(
        self,
        principal: Principal,
        manner: Manner,
        expected: Sequence[Expected],
        status_id: int,
        comment: str = "",
        options: StatusOptions | None = None,
    ) -> Made:
        """Set the status of services: all of them, or none.

        Fails with `Held`, too, which says what a proposal would be where it is only tried.
        """
        comment = checked_comment(comment)
        ids = [one.service_id for one in expected]

        def use_case(transaction: Transaction) -> tuple[Any, ...]:
            return set_all(transaction, principal, ids, status_id, comment, options)

        return self._submit(
            principal,
            manner,
            expected,
            use_case,
            Action.SERVICE_SET_STATUS,
            # A proposal is durable by then; only then is the script told.
            ending=lambda found: tuple(not_held(each, principal) for each in found),
        )

    def confirm(
        self, principal: Principal, manner: Manner, expected: Expected, comment: str = ""
    ) -> Made:
        """Say that a service's status is still right."""
        comment = checked_comment(comment)
        return self._submit(
            principal,
            manner,
            [expected],
            lambda transaction: (
                confirm_one(transaction, principal, expected.service_id, comment),
            ),
            Action.SERVICE_SET_STATUS,
        )

    def hold(
        self,
        principal: Principal,
        manner: Manner,
        expected: Expected,
        comment: str = "",
        *,
        hold: bool = True,
    ) -> Made:
        """Keep scripts from changing a service's status, or let them again.

        A script may release what is held in its own name. Fails with `Held`, too.
        """
        comment = checked_comment(comment)

        def use_case(transaction: Transaction) -> tuple[Service, ...]:
            service_id = expected.service_id
            return (
                hold_one(
                    transaction, principal, service_id, comment, hold=hold, may_release_own=True
                ),
            )

        return self._submit(principal, manner, [expected], use_case, Action.SERVICE_SET_STATUS)

    def undo(self, principal: Principal, manner: Manner, entry_id: int) -> Made:
        """Take back the operation that an entry of the journal is of.

        `services` are those that it was about. Fails with `Held`, too.
        """
        return self._submit(
            principal,
            manner,
            (),
            lambda transaction: undo_operation(transaction, principal, entry_id, self._concepts),
            Action.JOURNAL_UNDO,
            slow=True,
        )

    def add(
        self,
        principal: Principal,
        manner: Manner,
        draft: ServiceDraft,
        status_id: int = StatusId.OPERATIONAL,
    ) -> Made:
        """Add a service."""
        draft, status = draft.checked(), checked_status(status_id)
        return self._submit(
            principal,
            manner,
            (),
            lambda transaction: (add_one(transaction, principal, draft, status),),
            Action.SERVICE_ADD,
        )

    def edit(
        self,
        principal: Principal,
        manner: Manner,
        expected: Expected,
        fields: Mapping[str, Any],
    ) -> Made:
        """Change these fields of a service, by their names in a draft, and leave the others."""

        def edited(service: Service) -> ServiceDraft:
            return replace(ServiceDraft.of(service), **fields).checked()

        def use_case(transaction: Transaction) -> tuple[Service, ...]:
            return (edit_one(transaction, principal, expected.service_id, edited),)

        return self._submit(principal, manner, [expected], use_case, Action.SERVICE_EDIT)

    def remove(self, principal: Principal, manner: Manner, expected: Expected) -> Made:
        """Put a service into the trash; `services` is what it was."""
        return self._submit(
            principal,
            manner,
            [expected],
            lambda transaction: remove_all(transaction, principal, [expected.service_id]),
            Action.SERVICE_REMOVE,
        )

    def restore(self, principal: Principal, manner: Manner, service_id: int) -> Made:
        """Bring a service back from the trash."""

        def use_case(transaction: Transaction) -> tuple[Service, ...]:
            restore_one(transaction, principal, service_id)
            return (existing(transaction, service_id),)

        return self._submit(principal, manner, (), use_case, Action.SERVICE_RESTORE)

    def _submit(
        self,
        principal: Principal,
        manner: Manner,
        expected: Sequence[Expected],
        use_case: UseCase[tuple[Any, ...]],
        action: Action,
        *,
        ending: Callable[[tuple[Any, ...]], tuple[Service, ...]] = tuple,
        slow: bool = False,
    ) -> Made:
        ids = [one.service_id for one in expected]
        once = None if manner.dry else manner.once

        def checked(transaction: Transaction) -> Callable[[], Outcome[Services]]:
            """What gives the end of it, once that is durable."""
            if once is not None and (known := idempotency.known(transaction, once.request)):
                return lambda: Outcome((), (), known, is_replayed=True)
            for one in expected:
                _assert_expected(transaction, principal, one)
            found = use_case(transaction)
            entries = transaction.entries_of_use_case
            if manner.dry:
                transaction.forget_use_case()
                return lambda: _tried(ending, found, entries)
            if once is None:
                return lambda: Outcome(ending(found), entries)
            answer = _told(once, lambda: Outcome(ending(found), entries))
            idempotency.keep(transaction, once.request, answer)
            return lambda: Outcome((), (), answer)

        def refused(error: Any) -> None:
            if not manner.dry:
                self._refusals.note(error, principal, action, ids[0] if ids else 0)

        return self._core.submit(
            checked,
            manner.asked,
            slow=slow or len(ids) > FEW,
            service_ids=ids,
            ending=lambda done: done(),
            refused=refused,
            sure=True,
        )


def _tried(ending: Callable[[tuple[Any, ...]], Any], found: Any, entries: Any) -> Outcome[Services]:
    """What would be done. Raises `Held`, with what a proposal would leave in the journal."""
    try:
        return Outcome(ending(found), entries)
    except Held as held:
        raise replace(held, would_be=entries) from None


def _told(once: Once, done: Callable[[], Outcome[Services]]) -> KeptAnswer:
    try:
        told: Outcome[Services] | BoardError = done()
    except BoardError as error:
        told = error
    return once.tell(told)


def _assert_expected(transaction: Transaction, principal: Principal, expected: Expected) -> None:
    service = transaction.service(expected.service_id)
    if service is None or (expected.key and fold(service.key) != fold(expected.key)):
        raise NotFound("service", expected.key or str(expected.service_id))
    if expected.is_as_read is None or expected.is_as_read(service):
        return
    newest = transaction.newest("service", service.id, limit=1)
    by = named_to(principal, newest[0].actor) if newest else ""
    if by:
        reason = msg("%1 was changed by %2 since you read it.", service.name, by)
    else:
        reason = msg("%1 was changed since you read it.", service.name)
    raise Outdated(reason, by, service)

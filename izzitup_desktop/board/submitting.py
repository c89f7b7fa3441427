"""One change of one thing that a program asks for: with what it expects, or only tried.

`board.changes` has those of services; here is what those of groups, accounts and tokens
are made of.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar, cast

from izzitup_desktop.board import idempotency
from izzitup_desktop.board.core import Core
from izzitup_desktop.board.manner import Manner, Outcome
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.errors import NotFound, Outdated
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.text import fold
from izzitup_desktop.domain.visibility import named_to
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import UseCase, Written

T = TypeVar("T")


class Named(Protocol):
    """A thing of the board that has a name."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def name(self) -> str:
        """Its name."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Which thing is to be changed, and what it must still be by then.

    `name` is by which it was named, "" for by its id; `is_as_read` tells whether it is
    what was read, None where anything is fine.
    """

    id: int
    name: str = ""
    is_as_read: Callable[[Any], bool] | None = None


def submit(
    core: Core,
    manner: Manner,
    use_case: UseCase[T],
    *,
    durable: Callable[[T], object] | None = None,
) -> Future[Written[Outcome[T]]]:
    """Queue a change; it is only tried where its manner is `dry`.

    `durable` hears, on the writer's thread, of what was made, before anybody else does.
    """
    once = None if manner.dry else manner.once

    def made(transaction: Transaction) -> Outcome[T]:
        if once is not None and (known := idempotency.known(transaction, once.request)):
            return Outcome(cast("T", None), (), known, is_replayed=True)
        outcome = Outcome(use_case(transaction), transaction.entries_of_use_case)
        if manner.dry:
            transaction.forget_use_case()
            transaction.forget_accounts()
        if once is None:
            return outcome
        answer = once.tell(outcome)
        idempotency.keep(transaction, once.request, answer)
        return replace(outcome, answer=answer)

    def ended(outcome: Outcome[T]) -> Outcome[T]:
        if durable is not None and not (manner.dry or outcome.is_replayed):
            durable(outcome.thing)
        return outcome

    return core.submit(made, manner.asked, ending=ended, sure=True)


def assert_meant(
    transaction: Transaction, principal: Principal, subject: str, meant: Meant, thing: Named
) -> None:
    """Raise `NotFound` where it is called otherwise by now, `Outdated` where it was changed."""
    if meant.name and fold(thing.name) != fold(meant.name):
        raise NotFound(subject, meant.name)
    if meant.is_as_read is None or meant.is_as_read(thing):
        return
    newest = transaction.newest(subject, thing.id, limit=1)
    by = named_to(principal, newest[0].actor) if newest else ""
    if by and by != principal.name:
        reason = msg("%1 was changed by %2 since you read it.", thing.name, by)
    else:
        reason = msg("%1 was changed since you read it.", thing.name)
    raise Outdated(reason, by, thing)

"""A use case that waits for the writer, and what comes of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from izzitup_desktop.domain.errors import BoardError
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.storage.asked import Asked, not_in_time
from izzitup_desktop.storage.picture import Changes
from izzitup_desktop.storage.transaction import Transaction

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Written(Generic[T]):
    """What a use case returned, and what the journal gained by it."""

    value: T
    entries: tuple[Entry, ...]


UseCase = Callable[[Transaction], T]

Ending = Callable[[Any], T]
"""What to make of a use case's value once that is durable; may raise a `BoardError`."""


OnRefused = Callable[[BoardError], object]


@dataclass(frozen=True, slots=True)
class Commit:
    """What one commit of this process changed.

    `last_id` is the journal's newest before it. `changes` is what is different on the
    board, None where that has to be read. `change_counter` is the database's when nothing had
    been committed since by anybody, None where that is not known.
    """

    last_id: int
    entries: tuple[Entry, ...]
    changes: Changes | None = None
    change_counter: int | None = None


@dataclass(slots=True, eq=False)
class Queued:
    """One use case in the writer's queue; `future` is answered once."""

    use_case: UseCase[Any]
    future: Future[Any]
    asked: Asked
    slow: bool
    service_ids: Sequence[int] = ()
    """Services that the use case will ask for."""
    ending: Ending[Any] | None = None
    refused: OnRefused | None = None
    began: bool = False

    def end(self, outcome: Written[Any] | BaseException) -> None:
        """Answer: it is durable, or it was refused. What `ending` raises is the answer, too."""
        if isinstance(outcome, BoardError) and self.refused is not None:
            try:
                self.refused(outcome)
            except Exception:  # it was refused all the same, and others wait for their answers
                log.exception("a refusal could not be told")
        if isinstance(outcome, Written) and self.ending is not None:
            try:
                outcome = Written(self.ending(outcome.value), outcome.entries)
            except Exception as error:  # its caller's alone: the others are durable
                outcome = error
        if isinstance(outcome, BaseException):
            self.future.set_exception(outcome)
        else:
            self.future.set_result(outcome)

    def may_run(self) -> bool:
        """Whether somebody still wants it; who does not, is told so."""
        if not self.began and not self.future.set_running_or_notify_cancel():
            return False
        self.began = True
        wanted = self.asked.hold() if self.slow else self.asked.is_wanted
        if not wanted:
            self.fail(not_in_time())
        return wanted

    def fail(self, error: BaseException) -> None:
        if self.future.done():
            return
        if self.began or self.future.set_running_or_notify_cancel():
            self.began = True
            self.future.set_exception(error)

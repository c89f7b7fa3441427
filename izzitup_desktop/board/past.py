"""The past, written afterwards: what a demo board has behind it."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future
from datetime import datetime
from typing import TypeVar

from izzitup_desktop.board.core import Core
from izzitup_desktop.board.schedule import Schedule
from izzitup_desktop.storage.asked import Asked
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import UseCase, Written

T = TypeVar("T")


class Past:
    """Runs use cases as if it were another time. For boards without a past of their own."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def write(self, steps: Iterable[tuple[datetime, UseCase[T]]]) -> tuple[T, ...]:
        """Run use cases, each at its time; in order of time, as the journal is.

        What they returned, once it is durable. Raises what the first refused one did.
        """
        self._core.database.assert_may_wait()
        asked = Asked(patient=True)
        submitted: list[Future[Written[T]]] = [
            self._core.submit(_at(time, use_case), asked) for time, use_case in steps
        ]
        return tuple(future.result().value for future in submitted)

    def run(self) -> UseCase[None]:
        """A run of the application: its schedule's beat, first at its begin, last at its end."""
        return Schedule(self._core, pause_most=None).beat_in


def _at(time: datetime, use_case: UseCase[T]) -> UseCase[T]:
    def at(transaction: Transaction) -> T:
        transaction.now = time
        return use_case(transaction)

    return at

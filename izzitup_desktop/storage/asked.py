"""Somebody who asked for a change, and whether the answer still matters to them.

Nobody waits longer than `ANSWER_SECONDS`. Whoever was told "not now", went away, or
asked before this computer slept, must not find the change made later: the writer
asks here before it runs a use case, and again right before it commits.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, TimeoutError as NotYet
from enum import Enum
from typing import TypeVar

from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.storage.times import elapsed

T = TypeVar("T")

ANSWER_SECONDS = 5.0
"""After so long everybody has an answer, be it "not now"."""

COMMIT_SECONDS = 1.0
"""How much longer somebody waits for a commit that is under way."""


class _State(Enum):
    WAITING = "waiting"
    GIVEN_UP = "given up"
    HELD = "held"


class Asked:
    """One request for a change: asked `age_seconds` ago, by somebody who may go away.

    `patient` ones wait as long as it takes. `is_gone` is asked on the writer's
    thread and must be quick.
    """

    __slots__ = ("_is_gone", "_lock", "_patient", "_state", "at")

    def __init__(
        self,
        age_seconds: float = 0.0,
        *,
        patient: bool = False,
        is_gone: Callable[[], bool] | None = None,
    ) -> None:
        self.at = elapsed() - age_seconds
        self._patient = patient
        self._is_gone = is_gone
        self._state = _State.WAITING
        self._lock = threading.Lock()

    @property
    def age_seconds(self) -> float:
        """How long ago it was asked, sleep counted."""
        return elapsed() - self.at

    @property
    def seconds_left(self) -> float:
        """How much longer an answer matters; below 0 when it does no more."""
        return float("inf") if self._patient else ANSWER_SECONDS - self.age_seconds

    @property
    def is_wanted(self) -> bool:
        """Whether somebody still waits for it."""
        if self._state is _State.HELD:
            return True
        gone = self._is_gone is not None and self._is_gone()
        return self._state is _State.WAITING and self.seconds_left > 0 and not gone

    @property
    def is_given_up(self) -> bool:
        """Whether it will not be made."""
        return self._state is _State.GIVEN_UP

    def give_up(self) -> bool:
        """Want it no more; False when it is too late for that: it is being made."""
        with self._lock:
            if self._state is _State.HELD:
                return False
            self._state = _State.GIVEN_UP
            return True

    def hold(self) -> bool:
        """Keep it from being given up; False when nobody wants it any more."""
        with self._lock:
            wanted = self.is_wanted
            self._state = _State.HELD if wanted else _State.GIVEN_UP
            return wanted

    def release(self) -> None:
        """Take `hold` back: it was not made after all."""
        with self._lock:
            self._state = _State.WAITING

    def result(self, future: Future[T], *, until_made: bool = False) -> T:
        """What `future` ends with, in time. Raises as it does, or `Unavailable`.

        `until_made`: once it is being made, wait for its end however long it takes.
        """
        try:
            return future.result(None if self._patient else max(0.0, self.seconds_left))
        except NotYet:
            if self.give_up():
                raise not_in_time() from None
        try:
            return future.result(None if until_made else COMMIT_SECONDS)
        except NotYet:
            raise not_known() from None


def not_in_time() -> Unavailable:
    """Nothing was changed: there was no time for it."""
    return Unavailable(msg("The database did not answer in time. Nothing was changed."))


def not_known() -> Unavailable:
    """The change was being stored when time was up."""
    return Unavailable(
        msg(
            "Time was up while a change was being stored; whether it was stored is not known. "
            "Look before you repeat it."
        )
    )

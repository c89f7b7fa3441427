"""Readings for one part of the window: one at a time, and the newest wins.

How often a page is read again while much happens stands here too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from izzitup_desktop.desktop.start.runner import Lane, Runner

T = TypeVar("T")

BETWEEN_READINGS_MS = 1_000
"""From the begin of a page's reading to its next, whatever happens on the board."""

GATHER_MS = 150
"""How long more is waited for before a page's reading, so that one shows it all."""

_Waiting = tuple[Callable[[], Any], Callable[[Any], object], Callable[[Exception], object]]


class Readings:
    """Runs a reading off the GUI thread once the one before has ended.

    Of those that wait only the newest is run, so that nothing older is ever shown
    over something newer. Neither `then` nor `failed` is called once `owner` was deleted.
    """

    def __init__(self, runner: Runner, owner: QObject) -> None:
        self._runner, self._owner = runner, owner
        self._waiting: _Waiting | None = None
        self._busy = False

    @property
    def is_busy(self) -> bool:
        """Whether a reading is under way."""
        return self._busy

    def run(
        self,
        work: Callable[[], T],
        then: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Read soon: in the place of what waits, after what is under way."""
        self._waiting = (work, then, failed)
        self._next()

    def _next(self) -> None:
        if self._busy or self._waiting is None:
            return
        (work, then, failed), self._waiting = self._waiting, None
        self._busy = True
        self._runner.run(
            work,
            then=lambda value: self._end(then, value),
            failed=lambda error: self._end(failed, error),
            owner=self._owner,
            lane=Lane.READING,
        )

    def _end(self, heard: Callable[[Any], object], value: Any) -> None:
        self._busy = False
        try:
            heard(value)
        finally:
            self._next()

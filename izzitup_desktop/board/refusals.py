"""Refusals are journalled too: who tried what without the right to."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from izzitup_desktop.board.core import Core
from izzitup_desktop.domain.accounts import Action, Actor
from izzitup_desktop.domain.errors import Held, NotAllowed
from izzitup_desktop.domain.journal import Kind

log = logging.getLogger(__name__)

ONCE_IN_SECONDS = 60.0
"""A refusal that repeats within this time is not written again: it must not flood."""

_REMEMBERED = 1_000


class Refusals:
    """Writes an `access.refused` entry for a use case that was not allowed."""

    def __init__(self, core: Core, clock: Callable[[], float] = time.monotonic) -> None:
        self._core = core
        self._clock = clock
        self._written: OrderedDict[tuple[str, Action, int], float] = OrderedDict()
        self._lock = threading.Lock()

    def watch(self, future: Future[Any], actor: Actor, action: Action, subject_id: int) -> None:
        """Write an entry if `future` fails with `NotAllowed`."""

        def done(ended: Future[Any]) -> None:
            error = None if ended.cancelled() else ended.exception()
            # A held status has the wish as its entry.
            if isinstance(error, NotAllowed) and not isinstance(error, Held):
                self._write(actor, action, subject_id)

        future.add_done_callback(done)

    def _write(self, actor: Actor, action: Action, subject_id: int) -> None:
        now = self._clock()
        key = (actor.name, action, subject_id)
        with self._lock:
            if now - self._written.get(key, -ONCE_IN_SECONDS) < ONCE_IN_SECONDS:
                return
            self._written[key] = now
            self._written.move_to_end(key)
            if len(self._written) > _REMEMBERED:
                self._written.popitem(last=False)
        log.warning("%s was not allowed to do %s on %d", actor.name, action.value, subject_id)
        known_id = subject_id if 0 <= subject_id < 2**63 else 0
        self._core.submit(
            lambda transaction: transaction.record(
                actor, Kind.ACCESS_REFUSED, known_id, action.value
            )
        )

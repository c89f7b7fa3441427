"""Refusals are journalled too: who tried what without the right to."""

from __future__ import annotations

import logging
import math
import threading
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from functools import cache

from izzitup_desktop.board.core import Core
from izzitup_desktop.domain.accounts import Action, Principal
from izzitup_desktop.domain.errors import BoardError, Held, NotAllowed
from izzitup_desktop.domain.kinds.access import ACCESS_REFUSED
from izzitup_desktop.storage.transaction import Transaction

log = logging.getLogger(__name__)

ONCE_IN_SECONDS = 60.0
"""What an account was not allowed to do is written at most once in this time."""

AN_HOUR_MOST = 20
"""So many refusals of one account are written in an hour; the next one counts the rest."""

LEFT_OUT = "left_out"
"""The field of an entry that says how many refusals before it were not written."""

_REMEMBERED = 1_000
_HOUR_SECONDS = 3_600.0


@dataclass(slots=True)
class _Written:
    """What was written of one account's refusals, and how many were not, an action each."""

    times: deque[float] = field(default_factory=lambda: deque(maxlen=AN_HOUR_MOST))
    last: dict[Action, float] = field(default_factory=dict)
    left_out: dict[Action, int] = field(default_factory=dict)

    def is_due(self, action: Action, now: float) -> bool:
        if now - self.last.get(action, -math.inf) < ONCE_IN_SECONDS:
            return False
        return len(self.times) < AN_HOUR_MOST or now - self.times[0] >= _HOUR_SECONDS

    def leave_out(self, action: Action) -> None:
        self.left_out[action] = self.left_out.get(action, 0) + 1

    def write(self, action: Action, now: float) -> int:
        """Note that one is written; how many were left out before it."""
        self.times.append(now)
        self.last[action] = now
        return self.left_out.pop(action, 0)


class Refusals:
    """Writes an `access.refused` entry for a use case that was not allowed.

    Not for things that don't exist, and not for each: an account may be refused as
    often as it likes, but must not fill the journal.
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        self._clock = core.clock
        self._accounts: OrderedDict[str, _Written] = OrderedDict()
        self._lock = threading.Lock()

    def note(
        self, error: BoardError, principal: Principal, action: Action, subject_id: int
    ) -> None:
        """Write an entry soon, if `error` is `NotAllowed`. Never waits."""
        # A held status has the proposal as its entry.
        if isinstance(error, NotAllowed) and not isinstance(error, Held):
            self._write(principal, action, subject_id)

    def _write(self, principal: Principal, action: Action, subject_id: int) -> None:
        account = principal.account_uid or principal.name
        with self._lock:
            written = self._accounts.setdefault(account, _Written())
            self._accounts.move_to_end(account)
            if len(self._accounts) > _REMEMBERED:
                self._accounts.popitem(last=False)
            if not written.is_due(action, self._clock.elapsed()):
                written.leave_out(action)
                return

        @cache
        def left_out() -> int | None:
            """How many were left out before this one, None: it is, too.

            Decided once, though the use case may be run again.
            """
            with self._lock:
                now = self._clock.elapsed()
                if not written.is_due(action, now):
                    written.leave_out(action)
                    return None
                count = written.write(action, now)
            log.warning(
                "%s was not allowed to do %s on %d (and %d times before)",
                principal.name, action.value, subject_id, count,
            )  # fmt: skip
            return count

        def use_case(transaction: Transaction) -> None:
            if transaction.service(subject_id) is None or (count := left_out()) is None:
                return
            after = {LEFT_OUT: count} if count else {}
            transaction.record(principal, ACCESS_REFUSED, subject_id, action.value, after=after)

        self._core.submit(use_case)

"""How the board's database is: what the feed, the disk and the heartbeats say, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from PySide6.QtCore import QObject, Signal


class Health(Enum):
    """The worst first."""

    LOST = "lost"
    """It can't be read: what is shown was true once."""
    READ_ONLY = "read only"
    """What is shown is true; nothing can be changed."""
    UNSTORED = "unstored"
    """What is shown is true; the last heartbeat could not be stored."""
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Condition:
    """`reason` says why and what to do, in English; `since` from when on, in UTC."""

    health: Health = Health.FINE
    reason: str = ""
    since: datetime | None = None


FINE = Condition()


class BoardHealth(QObject):
    """`changed` carries the `Condition` that holds from now on; `condition` is that."""

    changed = Signal(object)
    unstored = Signal(object)
    """Sent from any thread: why a heartbeat could not be stored, "" when one could be."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.condition = FINE
        self._reasons = dict.fromkeys(Health, "")
        self.unstored.connect(self.set_unstored)

    def set_lost(self, reason: str) -> None:
        """Why the journal can't be read, "" when it can be again."""
        if not reason:
            # What could not be stored meanwhile could be by now; the next heartbeat tells.
            self._reasons[Health.UNSTORED] = ""
        self._set(Health.LOST, reason)

    def set_read_only(self, reason: str) -> None:
        """Why nothing can be changed, "" where it can be."""
        if not reason:
            self._reasons[Health.UNSTORED] = ""
        self._set(Health.READ_ONLY, reason)

    def set_unstored(self, reason: str) -> None:
        """Why a heartbeat could not be stored, "" when something could be."""
        self._set(Health.UNSTORED, reason)

    def _set(self, health: Health, reason: str) -> None:
        self._reasons[health] = reason
        worst = next((one for one in Health if self._reasons[one]), Health.FINE)
        before, why = self.condition, self._reasons[worst]
        if (worst, why) == (before.health, before.reason):
            return
        since = before.since if worst is before.health else datetime.now(UTC)
        self.condition = FINE if worst is Health.FINE else Condition(worst, why, since)
        self.changed.emit(self.condition)

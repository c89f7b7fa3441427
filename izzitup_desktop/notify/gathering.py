"""Which status changes are told, and how many become one notification.

The first change after a quiet time is told at once; what follows within five
seconds is gathered into one. A service that is back where it was when the
gathering began is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from izzitup_desktop.domain.accounts import Actor, Origin
from izzitup_desktop.domain.journal import Entry, Kind

GATHER_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class StatusChange:
    """One service's way from `before` to `after`, by `actor`."""

    service_id: int
    name: str
    before: int
    after: int
    actor: str
    comment: str


def changes_of_others(entries: Iterable[Entry], me: Actor) -> tuple[StatusChange, ...]:
    """The status changes among `entries` that `me` did not make in a window."""
    return tuple(
        StatusChange(
            entry.subject_id,
            entry.subject_name,
            int(entry.before["status"]),
            int(entry.after["status"]),
            entry.actor,
            entry.comment,
        )
        for entry in entries
        if entry.kind is Kind.SERVICE_STATUS and not _is_mine(entry, me)
    )


class Gathering:
    """Collects changes; whoever owns it asks when something is due.

    Times are monotonic seconds, given by the caller.
    """

    def __init__(self, gather_seconds: float = GATHER_SECONDS) -> None:
        self._gather_seconds = gather_seconds
        self._quiet_from = 0.0
        self._waiting: dict[int, StatusChange] = {}

    def add(self, changes: Iterable[StatusChange]) -> None:
        """Gather changes, each service once: from where it was to where it is."""
        for change in changes:
            known = self._waiting.pop(change.service_id, None)
            before = change.before if known is None else known.before
            if before != change.after:
                self._waiting[change.service_id] = StatusChange(
                    change.service_id,
                    change.name,
                    before,
                    change.after,
                    change.actor,
                    change.comment,
                )

    def due_in(self, now: float) -> float | None:
        """Seconds until something is to be told, None when nothing waits."""
        return max(0.0, self._quiet_from - now) if self._waiting else None

    def take(self, now: float) -> tuple[StatusChange, ...]:
        """What is to be told now, in the order it came; empty when not yet."""
        if not self._waiting or now < self._quiet_from:
            return ()
        taken = tuple(self._waiting.values())
        self._waiting.clear()
        self._quiet_from = now + self._gather_seconds
        return taken


def _is_mine(entry: Entry, me: Actor) -> bool:
    return (
        entry.origin is Origin.DESKTOP
        and entry.actor == me.name
        and entry.account_id == me.account_id
    )

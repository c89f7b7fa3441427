"""Which status changes and matters are told, and how many become one notification.

The first change after a quiet time is told at once; what follows within five
seconds is gathered into one. A service that is back where it was when the
gathering began is left out. What only waits for somebody (a matter: a time that is
over, a status that nobody confirmed) can be gathered for a moment before the first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Generic, Protocol, Self, TypeVar

from izzitup_desktop.domain.accounts import Origin, Principal
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.domain.kinds.statuses import SERVICE_STATUS

GATHER_SECONDS = 5.0
MATTER_SECONDS = 1.0
"""How long the first of several matters waits for the others."""


class News(Protocol):
    """What is told of a service."""

    @property
    def service_id(self) -> int: ...
    @property
    def is_news(self) -> bool: ...
    def following(self, known: Self) -> Self: ...


N = TypeVar("N", bound=News)


@dataclass(frozen=True, slots=True)
class StatusChange:
    """One service's way from `before` to `after`, by `actor`."""

    service_id: int
    name: str
    before: int
    after: int
    actor: str
    comment: str

    @property
    def is_news(self) -> bool:
        """Whether the service is elsewhere than it was."""
        return self.before != self.after

    def following(self, known: StatusChange) -> StatusChange:
        """This change after one that was not told yet, as one."""
        return replace(self, before=known.before)


@dataclass(frozen=True, slots=True)
class Matter:
    """What of a service waits for somebody: the journal entry that says so."""

    entry: Entry

    @property
    def service_id(self) -> int:
        """The service's id."""
        return self.entry.subject_id

    @property
    def name(self) -> str:
        """The service's name."""
        return self.entry.subject_name

    @property
    def is_news(self) -> bool:
        """Whether it is told: always."""
        return True

    def following(self, known: Matter) -> Matter:  # noqa: ARG002
        """The newest stands for those before it."""
        return self


def changes_of_others(entries: Iterable[Entry], me: Principal) -> tuple[StatusChange, ...]:
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
        if entry.kind == SERVICE_STATUS and not _is_mine(entry, me)
    )


def matters(entries: Iterable[Entry], kind: Kind) -> tuple[Matter, ...]:
    """The matters of this kind among `entries`."""
    return tuple(Matter(entry) for entry in entries if entry.kind == kind)


class Gathering(Generic[N]):
    """Collects news; whoever owns it asks when something is due.

    Times are monotonic seconds, given by the caller.
    """

    def __init__(self, gather_seconds: float = GATHER_SECONDS) -> None:
        self._gather_seconds = gather_seconds
        self._quiet_from = 0.0
        self._waiting: dict[int, N] = {}

    def add(self, news: Iterable[N]) -> None:
        """Gather news, each service once: from where it was to where it is."""
        for one in news:
            known = self._waiting.pop(one.service_id, None)
            merged = one if known is None else one.following(known)
            if merged.is_news:
                self._waiting[one.service_id] = merged

    def wait(self, until: float) -> None:
        """Tell nothing before `until`, if nothing waits yet."""
        if not self._waiting:
            self._quiet_from = max(self._quiet_from, until)

    def due_in(self, now: float) -> float | None:
        """Seconds until something is to be told, None when nothing waits."""
        return max(0.0, self._quiet_from - now) if self._waiting else None

    def take(self, now: float) -> tuple[N, ...]:
        """What is to be told now, in the order it came; empty when not yet."""
        if not self._waiting or now < self._quiet_from:
            return ()
        taken = tuple(self._waiting.values())
        self._waiting.clear()
        self._quiet_from = now + self._gather_seconds
        return taken


def _is_mine(entry: Entry, me: Principal) -> bool:
    return (
        entry.origin is Origin.DESKTOP
        and entry.actor == me.name
        and entry.account_id == me.account_id
    )

"""What of the journal is news for people: a service's way to another status, and what waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol, Self, TypeVar

from izzitup_desktop.domain.accounts import Origin, Principal
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.domain.kinds.statuses import SERVICE_STATUS


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


def changes_in(entries: Iterable[Entry]) -> tuple[StatusChange, ...]:
    """The status changes among `entries`."""
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
        if entry.kind == SERVICE_STATUS
    )


def changes_of_others(entries: Iterable[Entry], me: Principal) -> tuple[StatusChange, ...]:
    """The status changes among `entries` that `me` did not make in a window."""
    return changes_in(entry for entry in entries if not _is_mine(entry, me))


def matters(entries: Iterable[Entry], kind: Kind) -> tuple[Matter, ...]:
    """The matters of this kind among `entries`."""
    return tuple(Matter(entry) for entry in entries if entry.kind == kind)


def gather(waiting: dict[int, N], news: Iterable[N]) -> None:
    """Add news to what waits to be told, each service once: from where it was to where it is."""
    for one in news:
        known = waiting.pop(one.service_id, None)
        merged = one if known is None else one.following(known)
        if merged.is_news:
            waiting[one.service_id] = merged


def _is_mine(entry: Entry, me: Principal) -> bool:
    return (
        entry.origin is Origin.DESKTOP
        and entry.actor == me.name
        and entry.account_id == me.account_id
    )

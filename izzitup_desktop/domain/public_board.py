"""What everybody may see of a board: pages, feeds and every other public format show this alone.

What is public is decided once, where this is made (`board.public_boards`). Whoever only
has a `PublicBoard` can't tell anybody more: it holds no hidden service, no note, no
comment that was not meant for the page, and nobody's name unless the page is set to.
Times are aware UTC, lengths whole microseconds, days those of the board's own zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from izzitup_desktop.domain.days import Day, uptime
from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.text import fold

__all__ = [
    "NO_GROUP", "Day", "Disruption", "Maintenance", "PageChoices", "PublicBoard", "PublicChange",
    "PublicGroup", "PublicService", "number_in",
]  # fmt: skip

NO_GROUP = 0
"""The id that stands for being in no group."""

_DIGITS_MOST = 18
"""No id has more."""


def number_in(reference: str) -> int | None:
    """The id that a part of an address is; None where it is a name."""
    is_number = reference.isascii() and reference.isdigit()
    return int(reference[:_DIGITS_MOST]) if is_number else None


@dataclass(frozen=True, slots=True)
class PageChoices:
    """What the page is set to show, and to whom.

    `title` is the board's name where it has one ("" for none), `text` what stands below
    it. Services, and groups by id (`NO_GROUP` for services without one), may be left
    out. `days` is how long strips are, `past_days` for how many days what is over is
    listed. `comments`: those that were meant for the page; `people`: who set a status.
    `origins` are the sites whose pages may read and frame it, as `https://wiki.example`.
    `address` is where people reach it (behind a proxy), "" for where they ask.
    """

    is_on: bool = True
    title: str = ""
    text: str = ""
    logo: str = ""
    without_groups: frozenset[int] = frozenset()
    without_services: frozenset[int] = frozenset()
    days: int = 90
    past_days: int = 14
    comments: bool = True
    people: bool = False
    origins: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class PublicChange:
    """A change that everybody may hear of; `id` is the journal's.

    `before` is the status it had until then, None for a service that was new; the same as
    `status_id` where only something was said. `comment` and `by` are "" where they are
    nobody's business.
    """

    id: int
    time: datetime
    service_id: int
    before: int | None
    status_id: int
    comment: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Disruption:
    """A time in which a service was impaired or out, as its changes tell it, oldest first.

    `id` is that of the change that began it; `end` is None while it goes on. `expiry` says
    until when that is expected, where somebody said so; of one that is over, until when it was
    when it ended. The change that ended it is the last of the `changes`.
    """

    id: int
    service_id: int
    service_name: str
    begin: datetime
    end: datetime | None
    worst: int
    changes: Sequence[PublicChange]
    expiry: Expiry | None = None

    @property
    def status_id(self) -> int:
        """What it is now while it goes on, else the worst that it was."""
        goes_on = self.end is None and self.changes
        return self.changes[-1].status_id if goes_on else self.worst

    @property
    def said(self) -> bool:
        """Whether anything was said of it for the page."""
        return any(change.comment for change in self.changes)


@dataclass(frozen=True, slots=True)
class Maintenance:
    """Work that is planned, or was: one occurrence. `sequence` grows when it is moved."""

    id: int
    uid: str
    title: str
    text: str
    begin: datetime
    end: datetime
    service_ids: Sequence[int]
    changed: datetime
    sequence: int = 0
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class PublicService:
    """A service as everybody may see it, with its `days`, the last of which is today.

    `days` are as many as `PublicBoard.dates`.
    """

    id: int
    name: str
    key: str
    description: str
    url: str
    group_id: int
    status_id: int
    since: datetime
    created: datetime
    updated: datetime
    confirmed: datetime
    stale: bool
    comment: str
    by: str
    expiry: Expiry | None
    days: Sequence[Day]

    @property
    def reference(self) -> str:
        """What addresses name it by: its key, or its id where it has none."""
        return self.key or str(self.id)

    @property
    def is_fine(self) -> bool:
        """Whether it is neither impaired nor out."""
        return self.status_id not in (StatusId.IMPAIRED, StatusId.OUTAGE)

    @property
    def uptime(self) -> float | None:
        """The share of the known time of its days without outage; None where none is known."""
        return uptime(self.days)


@dataclass(frozen=True, slots=True)
class PublicGroup:
    """A group that has services to show, in the order of the board; id `NO_GROUP` for the rest.

    The rest has no name.
    """

    id: int
    name: str
    status_id: int
    services: Sequence[PublicService]


@dataclass(frozen=True)
class PublicBoard:
    """The board as everybody may see it at one moment.

    `made` is when it was looked at. `journal_id`: a newer entry may have changed it; where
    none did, that stands still, as what else happens is nobody's business. `status_id` is
    the worst of all (None without services), `since` when that began. `disruptions` are
    those that go on or ended within `choices.past_days`, newest first.
    """

    journal_id: int
    made: datetime
    choices: PageChoices
    dates: Sequence[date]
    groups: Sequence[PublicGroup]
    status_id: int | None
    since: datetime | None
    disruptions: Sequence[Disruption] = ()
    maintenance: Sequence[Maintenance] = field(default=())

    @cached_property
    def services(self) -> Mapping[int, PublicService]:
        """All services by id, in the order of the page."""
        return {one.id: one for group in self.groups for one in group.services}

    @cached_property
    def changes(self) -> Sequence[PublicChange]:
        """What happened in the `disruptions`, newest first."""
        found = (change for one in self.disruptions for change in one.changes)
        return sorted(found, key=lambda change: change.id, reverse=True)

    @cached_property
    def counts(self) -> Mapping[int, int]:
        """How many services have which status; those that none has, too."""
        counts = dict.fromkeys((5, 6, 7, 8), 0)
        for service in self.services.values():
            counts[service.status_id] += 1
        return counts

    @cached_property
    def _by_key(self) -> Mapping[str, PublicService]:
        return {fold(one.key): one for one in self.services.values() if one.key}

    def service(self, reference: str) -> PublicService | None:
        """The service with this id or key, in any case; None where nobody may see one."""
        id_ = number_in(reference)
        return self._by_key.get(fold(reference)) if id_ is None else self.services.get(id_)

    def group(self, reference: str) -> PublicGroup | None:
        """The group with this id or name, in any case; None where nobody may see one."""
        id_ = number_in(reference)
        if id_ is not None:
            found = (one for one in self.groups if one.id == id_)
        else:
            wanted = fold(reference)
            found = (one for one in self.groups if one.id and fold(one.name) == wanted)
        return next(found, None)

    def names_of(self, service_ids: Iterable[int]) -> list[str]:
        """What these services are called, of those that everybody may see."""
        return [self.services[id_].name for id_ in service_ids if id_ in self.services]

    def open(self) -> Iterator[Disruption]:
        """Disruptions that go on, newest first."""
        return (one for one in self.disruptions if one.end is None)

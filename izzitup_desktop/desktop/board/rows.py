"""What the table shows of a service, prepared off the GUI thread; no Qt in here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.text import search_fold

NO_GROUP_PLACE = 2**31
"""Where services of no group stand: after all groups."""


class Column(IntEnum):
    """The table's columns, as they stand at first."""

    STATUS = 0
    NAME = 1
    KEY = 2
    GROUP = 3
    BUTTONS = 4
    SINCE = 5
    CHANGED_BY = 6
    UPTIME_BAR = 7
    NOTE = 8


COLUMNS = len(Column)
"""How many there are, which Qt asks all the time."""


@dataclass(frozen=True, slots=True)
class Row:
    """A service, its group's name and place, and texts as searched and sorted by."""

    service: Service
    group: str
    group_place: int
    folded: str
    name_key: str
    group_key: str


@dataclass(frozen=True, slots=True)
class Section:
    """The heading above a group's rows; `group_id` 0 is that of no group.

    `counts` holds (status, how many of the group have it), worst first.
    """

    group_id: int
    name: str
    counts: tuple[tuple[int, int], ...]
    collapsed: bool
    left_out: int = 0
    """How many of the group the filter leaves out."""


def row_of(service: Service, groups: Mapping[int, Group], known: Row | None = None) -> Row:
    """The row of `service`; `known` is its row until now."""
    group = groups.get(service.group_id or 0)
    name = group.name if group else ""
    place = group.position if group else NO_GROUP_PLACE
    if known is not None and (known.group, _texts(known.service)) == (name, _texts(service)):
        return Row(service, name, place, known.folded, known.name_key, known.group_key)
    return Row(
        service,
        name,
        place,
        search_fold(f"{service.name}\n{service.key}\n{name}\n{service.note}"),
        search_fold(service.name),
        search_fold(name),
    )


def _texts(service: Service) -> tuple[str, str, str]:
    return service.name, service.key, service.note


def rows_of(services: Iterable[Service], groups: Mapping[int, Group]) -> tuple[Row, ...]:
    """The rows of `services`, in their order."""
    return tuple(row_of(service, groups) for service in services)

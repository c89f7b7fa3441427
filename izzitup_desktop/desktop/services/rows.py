"""What the table shows of a service, prepared off the GUI thread; no Qt in here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.text import search_fold


class Column(IntEnum):
    """The table's columns, as they stand at first."""

    STATUS = 0
    NAME = 1
    KEY = 2
    GROUP = 3
    BUTTONS = 4
    SINCE = 5
    CHANGED_BY = 6
    NOTE = 7


@dataclass(frozen=True, slots=True)
class Row:
    """A service, its group's name, and both in the forms searched and sorted by."""

    service: Service
    group: str
    folded: str
    name_key: str
    group_key: str


def row_of(service: Service, group_names: Mapping[int, str]) -> Row:
    """The row of `service`."""
    group = group_names.get(service.group_id or 0, "")
    return Row(
        service,
        group,
        search_fold(f"{service.name}\n{service.key}\n{group}\n{service.note}"),
        search_fold(service.name),
        search_fold(group),
    )


def rows_of(services: Iterable[Service], group_names: Mapping[int, str]) -> tuple[Row, ...]:
    """The rows of `services`, in their order."""
    return tuple(row_of(service, group_names) for service in services)

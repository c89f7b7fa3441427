"""Statuses: rows with fixed ids (wire contract, "Statuses are data")."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from izzitup_desktop.domain.messages import msg


class StatusId(IntEnum):
    """The fixed ids. 1-4 are events', 5-7 services', 8 both."""

    TO_DO = 1
    SCHEDULED = 2
    IN_PROGRESS = 3
    DONE = 4
    OPERATIONAL = 5
    IMPAIRED = 6
    OUTAGE = 7
    CLOSED = 8


@dataclass(frozen=True, slots=True)
class Status:
    """A status of the board; `for_services`/`for_events` say what may have it."""

    id: int
    name: str
    for_services: bool
    for_events: bool


STATUSES: tuple[Status, ...] = (
    Status(1, "To Do", False, True),
    Status(2, "Scheduled", False, True),
    Status(3, "In Progress", False, True),
    Status(4, "Done", False, True),
    Status(5, "Operational", True, False),
    Status(6, "Impaired", True, False),
    Status(7, "Outage", True, False),
    Status(8, "Closed", True, True),
)
"""What a new database is seeded with."""

STATUS_NAMES: dict[int, str] = {status.id: status.name for status in STATUSES}

FOR_SERVICES: frozenset[int] = frozenset(status.id for status in STATUSES if status.for_services)
"""What a stored service, or a period of it, may have."""

SETTABLE: tuple[StatusId, ...] = (StatusId.OPERATIONAL, StatusId.IMPAIRED, StatusId.OUTAGE)
"""What a person or a script may set on a service, best first."""


_WORDS: dict[int, str] = {
    StatusId.OPERATIONAL: msg("Operational"),
    StatusId.IMPAIRED: msg("Impaired"),
    StatusId.OUTAGE: msg("Outage"),
    StatusId.CLOSED: msg("Closed"),
}


def status_word(status_id: int) -> str:
    """The status's name as people read it, in whatever language."""
    return _WORDS.get(status_id) or STATUS_NAMES[status_id]


_SEVERITIES: dict[int, int] = {StatusId.IMPAIRED: 1, StatusId.OUTAGE: 2}


def severity(status_id: int) -> int:
    """How bad a service's status is: 0 (operational, closed) to 2 (outage)."""
    return _SEVERITIES.get(status_id, 0)


def worst(status_ids: Iterable[int]) -> StatusId:
    """The worst of some services' statuses; Operational when there are none."""
    most = max(map(severity, status_ids), default=0)
    return SETTABLE[most]

"""Uptime of services and groups over the usual windows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.uptime import Totals

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board

WINDOW_DAYS = (1, 7, 30, 90, 365)


@dataclass(frozen=True)
class Figures:
    """A service's or a group's totals, one for each window asked for.

    `service` is None for a group's; the group of services without one has id 0.
    """

    name: str
    group_id: int
    group: str
    service: Service | None
    totals: tuple[Totals, ...]

    @property
    def key(self) -> tuple[bool, int]:
        """Tells two of them apart."""
        return (self.service is None, self.service.id if self.service else self.group_id)


def figures(
    board: Board, principal: Principal, windows: Sequence[tuple[datetime, datetime]], no_group: str
) -> tuple[Figures, ...]:
    """Each group followed by its services, in the order of the board."""
    return arranged(board, principal, board.uptime.totals_of_each(principal, windows), no_group)


def arranged(
    board: Board, principal: Principal, found: Sequence[Mapping[int, Totals]], no_group: str
) -> tuple[Figures, ...]:
    """What was `found` for each of some windows, as `figures` gives it."""
    picture = board.live.picture().seen_by(principal)
    groups = {group.id: group.name for group in picture.groups}
    places = {id_: place for place, id_ in enumerate(groups)}
    services = sorted(
        picture.services.values(),
        key=lambda s: (places.get(s.group_id or 0, len(places)), s.position, s.id),
    )
    rows: list[Figures] = []
    by_group: dict[int, list[Figures]] = {}
    for service in services:
        group_id = service.group_id or 0
        name = groups.get(group_id, no_group)
        totals = tuple(_of(one, service.id) for one in found)
        row = Figures(service.name, group_id, name, service, totals)
        by_group.setdefault(group_id, []).append(row)
    for group_id, members in by_group.items():
        sums = tuple(
            sum((member.totals[place] for member in members), Totals())
            for place in range(len(found))
        )
        name = groups.get(group_id, no_group)
        rows += [Figures(name, group_id, name, None, sums), *members]
    return tuple(rows)


def usual_windows(now: datetime) -> list[tuple[datetime, datetime]]:
    """The last 24 hours, 7, 30, 90 and 365 days."""
    return [(now - timedelta(days=days), now) for days in WINDOW_DAYS]


def _of(found: Mapping[int, Totals], service_id: int) -> Totals:
    return found.get(service_id, Totals())

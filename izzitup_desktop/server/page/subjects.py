"""What badges and frames are of: one service, a group, or the whole of the board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from izzitup_desktop.domain.messages import Message, msg
from izzitup_desktop.domain.public_board import PublicBoard, PublicGroup, PublicService, number_in
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.uptime import UNKNOWN
from izzitup_desktop.server.page.formats import Wanted
from izzitup_desktop.server.page.titles import board_title, group_title
from izzitup_desktop.text.headlines import (
    ALL_CLOSED,
    ALL_FINE,
    ALL_HURT,
    ALL_OUT,
    counted_down,
    counted_hurt,
)
from izzitup_desktop.text.statuses import span_word

OVERALL = "overall"
_OF_GROUP = "group:"


@dataclass(frozen=True, slots=True)
class Subject:
    """A part of the board: its name ("" for what has none), its worst status, its groups.

    `status_id` is `UNKNOWN` where there is no service. `is_whole`: it is the board itself.
    """

    name: str
    status_id: int
    groups: Sequence[PublicGroup]
    is_whole: bool = False

    def title(self, board: PublicBoard, wanted: Wanted) -> str:
        """What it is called."""
        return board_title(board, wanted) if self.is_whole else group_title(self.name, wanted)

    @property
    def services(self) -> list[PublicService]:
        """Its services, in the order of the board."""
        return [service for group in self.groups for service in group.services]

    @property
    def is_stale(self) -> bool:
        """Whether nothing of it was confirmed in time."""
        services = self.services
        return bool(services) and all(service.stale for service in services)

    @property
    def word(self) -> str:
        """Its status in a word or two."""
        word = span_word(self.status_id)
        return msg("%1 (not confirmed)", word) if self.is_stale else word

    @property
    def sentence(self) -> Message:
        """How it is, in one sentence: what is not fine of it, and how many."""
        services = self.services
        bad = [one for one in services if not one.is_fine]
        out = sum(one.status_id == StatusId.OUTAGE for one in bad)
        hurt = len(bad) - out
        if not services:
            return msg("No services are shown")
        if not bad:
            is_closed = all(one.status_id == StatusId.CLOSED for one in services)
            return ALL_CLOSED if is_closed else ALL_FINE
        if len(bad) == 1:
            return msg("%1 is down", bad[0].name) if out else msg("%1 is impaired", bad[0].name)
        if len(services) in (out, hurt):
            return ALL_OUT if out else ALL_HURT
        if out and hurt:
            return msg("%1, %2", counted_down(out), counted_hurt(hurt))
        return counted_down(out) if out else counted_hurt(hurt)


def subject(board: PublicBoard, reference: str) -> Subject | None:
    """`overall`, else a service by key or id, else a group by name; None where there is none.

    A group may be asked for as `group:NAME` or `group:ID` too, where a service has the name.
    """
    if reference == OVERALL:
        return whole(board)
    if reference.startswith(_OF_GROUP):
        return _of_group(board.group(reference.removeprefix(_OF_GROUP)))
    service = board.service(reference)
    if service is not None:
        home = next(one for one in board.groups if one.id == service.group_id)
        return Subject(service.name, service.status_id, (replace(home, services=(service,)),))
    return _of_group(board.group(reference)) if number_in(reference) is None else None


def whole(board: PublicBoard) -> Subject:
    """The whole of the board."""
    status_id = UNKNOWN if board.status_id is None else board.status_id
    return Subject("", status_id, board.groups, is_whole=True)


def _of_group(group: PublicGroup | None) -> Subject | None:
    return None if group is None else Subject(group.name, group.status_id, (group,))

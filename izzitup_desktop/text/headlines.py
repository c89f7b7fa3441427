"""How a public board is, in one sentence: the same on pages, badges, walls and at the desk."""

from __future__ import annotations

from izzitup_desktop.domain.messages import Message, counted, msg
from izzitup_desktop.domain.public_board import PublicBoard
from izzitup_desktop.domain.statuses import StatusId

ALL_FINE, ALL_HURT, ALL_OUT, ALL_CLOSED = (
    msg("All services are operational"), msg("All services are impaired"),
    msg("All services are down"), msg("All services are closed"),
)  # fmt: skip


def headline(board: PublicBoard) -> Message:
    """How everything is, in one sentence: the worst of it."""
    services = list(board.services.values())
    if not services:
        return msg("No services are shown")
    found = board.counts
    out, hurt = found[StatusId.OUTAGE], found[StatusId.IMPAIRED]
    alone = next((one.name for one in services if one.status_id == board.status_id), "")
    if out:
        if out == len(services) > 1:
            return ALL_OUT
        return msg("%1 is down", alone) if out == 1 else counted_down(out)
    if hurt:
        if hurt == len(services) > 1:
            return ALL_HURT
        return msg("%1 is impaired", alone) if hurt == 1 else counted_hurt(hurt)
    if found[StatusId.CLOSED] == len(services):
        return ALL_CLOSED
    return ALL_FINE


def counted_down(count: int) -> Message:
    """That so many are out."""
    return counted("%1 service is down", "%1 services are down", count)


def counted_hurt(count: int) -> Message:
    """That so many are impaired."""
    return counted("%1 service is impaired", "%1 services are impaired", count)

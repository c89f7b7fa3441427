"""Which planned work goes on, and which services it touches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from izzitup_desktop.domain.public_board import Maintenance, PublicBoard


class Phase(StrEnum):
    """Where planned work is, in the words that other programs use."""

    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"


def phase_of(work: Maintenance, now: datetime) -> Phase:
    """Where this work is at a moment, unless it was cancelled."""
    if now < work.begin:
        return Phase.SCHEDULED
    return Phase.IN_PROGRESS if now < work.end else Phase.COMPLETED


def running(board: PublicBoard) -> Iterator[Maintenance]:
    """What was not cancelled and goes on."""
    return (
        work
        for work in board.maintenance
        if not work.is_cancelled and phase_of(work, board.made) is Phase.IN_PROGRESS
    )


def in_maintenance(board: PublicBoard) -> frozenset[int]:
    """The ids of services that are worked on."""
    return frozenset(id_ for work in running(board) for id_ in work.service_ids)

"""Disruptions and maintenance as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from izzitup_desktop.domain.days import midnight
from izzitup_desktop.domain.public_board import Disruption, Maintenance, PublicBoard, PublicChange
from izzitup_desktop.server.page.addresses import part_of
from izzitup_desktop.server.page.html.wording import Wording
from izzitup_desktop.server.page.planned_work import Phase, phase_of


class Said(NamedTuple):
    """One change of a disruption: when, which status, what was said, and by whom."""

    when: Markup
    status_id: int
    word: str
    comment: str
    by: str


class Happening(NamedTuple):
    """A disruption: `reference` is its service's, "" where nobody may see that any more."""

    id: int
    service_name: str
    reference: str
    status_id: int
    word: str
    is_open: bool
    span: Markup
    until: Markup | str
    said: Sequence[Said]


class DayOfHappenings(NamedTuple):
    """What began on one day of the board."""

    date: date
    title: str
    happenings: Sequence[Happening]


class Work(NamedTuple):
    """Planned work."""

    id: int
    title: str
    text: str
    span: Markup
    state: str
    names: str
    is_cancelled: bool


def happening(
    one: Disruption,
    board: PublicBoard,
    wording: Wording,
    *,
    day: date | None = None,
    is_whole: bool = False,
) -> Happening:
    """One disruption, under a heading of `day` where there is one.

    Its changes are newest first; those that say no more than its begin and its end are
    left out, unless it is shown whole.
    """
    service = board.services.get(one.service_id)
    is_open = one.end is None
    until = wording.expected(one.expiry) if is_open else ""
    ends = {one.begin, one.end}
    changes = [each for each in one.changes if is_whole or each.comment or each.time not in ends]
    return Happening(
        one.id, one.service_name, part_of(service) if service else "", one.status_id,
        wording.status(one.status_id), is_open, wording.span(one.begin, one.end, day), until,
        [_said(change, wording, day) for change in reversed(changes)],
    )  # fmt: skip


def _said(change: PublicChange, wording: Wording, day: date | None) -> Said:
    return Said(
        wording.near(change.time, day), change.status_id, wording.status(change.status_id),
        change.comment, change.by,
    )  # fmt: skip


def by_day(
    disruptions: Iterable[Disruption], board: PublicBoard, wording: Wording
) -> list[DayOfHappenings]:
    """Disruptions by the day of the board that they began on, newest first."""
    ordered = sorted(disruptions, key=lambda one: (one.begin, one.id), reverse=True)
    return [
        DayOfHappenings(
            day, wording.day(day), [happening(one, board, wording, day=day) for one in those]
        )
        for day, those in groupby(ordered, key=lambda one: one.begin.astimezone().date())
    ]


def work_of(one: Maintenance, board: PublicBoard, wording: Wording) -> Work:
    """Planned work, with what it is about."""
    phase = phase_of(one, board.made)
    if one.is_cancelled:
        state = wording["cancelled"]
    elif phase is Phase.SCHEDULED:
        state = wording.ahead(one.begin)
    else:
        state = wording["under_way" if phase is Phase.IN_PROGRESS else "over"]
    return Work(
        one.id, one.title, one.text, wording.span(one.begin, one.end), state,
        wording.listed(board.names_of(one.service_ids)), one.is_cancelled,
    )  # fmt: skip


def coming(board: PublicBoard) -> list[Maintenance]:
    """What is planned or under way, the next first."""
    found = (
        one for one in board.maintenance if phase_of(one, board.made) is not Phase.COMPLETED
    )  # fmt: skip
    return sorted(found, key=lambda one: (one.begin, one.id))


def bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """From when to when days of the board are, the last one included."""
    return midnight(first), midnight(last + timedelta(days=1))

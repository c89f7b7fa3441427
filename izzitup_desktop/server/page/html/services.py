"""Services and groups as the page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import NamedTuple

from markupsafe import Markup

from izzitup_desktop.domain.days import uptime
from izzitup_desktop.domain.messages import counted, msg
from izzitup_desktop.domain.public_board import Day, PublicBoard, PublicGroup, PublicService
from izzitup_desktop.domain.statuses import SETTABLE, StatusId
from izzitup_desktop.server.page.addresses import part_of
from izzitup_desktop.server.page.html.strips import (
    NARROW_DAYS,
    BadDay,
    Path,
    bad_days,
    known_days,
    paths,
    runs,
)
from izzitup_desktop.server.page.html.wording import Wording

_KEPT_MOST = 4_000
_strips: dict[tuple[int, str, int], tuple[Sequence[Day], Sequence[date], Strip]] = {}
"""The last strip that was made of a service in a language, with what it was made of."""

_TOLD_MOST = 3
"""So many bad days are told beside a strip; the service's own page has all."""


class ToldDay(NamedTuple):
    """A bad day beside a strip, and what is said of it."""

    text: str
    day: date


class Strip(NamedTuple):
    """A strip: `width` in percent, so that it shows `NARROW_DAYS` in the room it has."""

    days: int
    width: int
    paths: Sequence[Path]
    uptime: str
    told: Sequence[ToldDay]
    more: str


class Row(NamedTuple):
    """One service; `since` and `until` are said of what is not fine."""

    id: int
    name: str
    reference: str
    status_id: int
    word: str
    comment: str
    by: str
    since: Markup | str
    until: Markup | str
    stale: Markup | str
    strip: Strip


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group: closed to one line while all in it is fine. One without a heading is open."""

    id: int
    name: str
    status_id: int
    word: str
    count: str
    is_open: bool
    rows: Sequence[Row]


class Count(NamedTuple):
    """How many have a status."""

    status_id: int
    number: int
    word: str


def group_views(board: PublicBoard, wording: Wording) -> list[GroupView]:
    """All groups in the order of the board."""
    is_alone = len(board.groups) == 1
    return [_group(group, board, wording, is_alone=is_alone) for group in board.groups]


def _group(
    group: PublicGroup, board: PublicBoard, wording: Wording, *, is_alone: bool
) -> GroupView:
    rows = [row_of(one, board, wording) for one in group.services]
    count = len(rows)
    not_fine = sum(not one.is_fine or one.stale for one in group.services)
    told = counted("%1 service", "%1 services", count)
    return GroupView(
        group.id,
        group.name or wording["services" if is_alone else "other_services"],
        group.status_id,
        wording.status(group.status_id),
        wording.text(told),
        is_open=is_alone or not_fine > 0,
        rows=rows,
    )


def row_of(service: PublicService, board: PublicBoard, wording: Wording) -> Row:
    """One service as a row."""
    since: Markup | str = ""
    if not service.is_fine:
        since = wording.since(service.since)
    return Row(
        service.id, service.name, part_of(service), service.status_id,
        wording.status(service.status_id), service.comment, service.by, since,
        wording.expected(service.expiry),
        wording.say(msg("not confirmed since %1"), wording.near(service.confirmed))
        if service.stale else "",
        strip_of(service, board, wording),
    )  # fmt: skip


def strip_of(
    service: PublicService, board: PublicBoard, wording: Wording, told_most: int = _TOLD_MOST
) -> Strip:
    """A service's strip, and what it says in words."""
    key = service.id, wording.catalogue.language, told_most
    days, today = service.days, board.dates[-1:]
    kept = _strips.get(key)
    # A change leaves most services' days as they are: the same ones, not alike ones.
    if kept is not None and kept[0] is days and kept[1] == today:
        return kept[2]
    made = _strip_of(days, board.dates, wording, told_most)
    if len(_strips) >= _KEPT_MOST:
        _strips.clear()
    _strips[key] = days, today, made
    return made


def _strip_of(
    days: Sequence[Day], dates: Sequence[date], wording: Wording, told_most: int
) -> Strip:
    found = runs(days)
    told = [_told(one, wording) for one in islice(bad_days(days, dates, found), told_most)]
    rest = sum(one.length for one in found if one.is_bad) - len(told)
    return Strip(
        len(days), max(100, round(len(days) * 100 / NARROW_DAYS)), paths(found),
        wording.uptime(uptime(days), known_days(days)), told,
        wording.text(counted("%1 more day", "%1 more days", rest)) if rest else "",
    )  # fmt: skip


def _told(day: BadDay, wording: Wording) -> ToldDay:
    said = f"{wording.status(day.worst)} {wording.lasting(day.length)}"
    return ToldDay(f"{wording.short_day(day.date)}: {said}", day.date)


def counts_of(board: PublicBoard, wording: Wording) -> list[Count]:
    """How many have which status, the worst first; without those that none has."""
    order = [*reversed(SETTABLE), StatusId.CLOSED]
    return [
        Count(int(one), board.counts[one], wording.status(one))
        for one in order
        if board.counts[one]
    ]

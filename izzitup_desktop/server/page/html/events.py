"""Pages of what happened: a month, a day, and one disruption or planned work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.public_board import PublicBoard, number_in
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.server.page import disruptions
from izzitup_desktop.server.page.addresses import part_of
from izzitup_desktop.server.page.formats import Document, Wanted
from izzitup_desktop.server.page.html.happenings import (
    bounds,
    by_day,
    coming,
    happening,
    work_of,
)
from izzitup_desktop.server.page.html.plain import plain_events
from izzitup_desktop.server.page.html.rendering import rendered
from izzitup_desktop.server.page.html.wording import Wording

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_MICROSECONDS = 1_000_000


def page_events(board: PublicBoard, wanted: Wanted) -> Document | None:
    """What happened in a month: the one that is asked for, else this one."""
    today = board.made.astimezone().date()
    asked = wanted.query.get("month")
    first = today.replace(day=1) if asked is None else _month_of(asked)
    if first is None or first > today or first < _first_day(board):
        return None
    after = _next_month(first)
    wording = Wording(wanted.catalogue, board.made)
    begin, end = bounds(first, after - timedelta(days=1))
    before = (first - timedelta(days=1)).replace(day=1)
    title = wording.text(msg("History: %1", wording.month(first)))
    works = [work_of(one, board, wording) for one in coming(board)] if asked is None else []
    past = wanted.past(begin, end, ())
    if wanted.is_plain:
        happened = [happening(one, board, wording) for one in past]
        return plain_events(title, happened, works, wanted, wording)
    return rendered(
        "events.html", board, wanted, wording,
        title=title,
        days=by_day(past, board, wording),
        works=works,
        older=_link_of(before, wording) if before >= _first_day(board) else None,
        newer=_link_of(after, wording) if after <= today else None,
    )  # fmt: skip


def page_event(board: PublicBoard, wanted: Wanted) -> Document | None:
    """One disruption, or one planned work."""
    wording = Wording(wanted.catalogue, board.made)
    found = disruptions.named(board, wanted)
    if found is not None:
        shown = happening(found, board, wording, is_whole=True)
        title = wording.text(msg("%1: %2", found.service_name, wording.status(found.worst)))
        if wanted.is_plain:
            return plain_events(title, [shown], [], wanted, wording)
        return rendered("event.html", board, wanted, wording, title=title, event=shown, work=None)
    id_ = number_in(wanted.parameters.get("id", ""))
    work = next((one for one in board.maintenance if one.id == id_), None)
    if work is None:
        return None
    planned = work_of(work, board, wording)
    if wanted.is_plain:
        return plain_events(wording["maintenance"], [], [planned], wanted, wording)
    return rendered(
        "event.html", board, wanted, wording, title=work.title, event=None, work=planned
    )


def page_day(board: PublicBoard, wanted: Wanted) -> Document | None:
    """One day of the board's zone: who was not fine for how long, and what happened."""
    day = _day_of(wanted.parameters.get("day", ""))
    today = board.made.astimezone().date()
    if day is None or not _first_day(board) <= day <= today:
        return None
    wording = Wording(wanted.catalogue, board.made)
    begin, end = bounds(day, day)
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    happenings = [happening(one, board, wording, day=day) for one in wanted.past(begin, end, ())]
    if wanted.is_plain:
        return plain_events(wording.day(day), happenings, [], wanted, wording)
    return rendered(
        "day.html", board, wanted, wording,
        title=wording.day(day),
        rows=list(_bad_of(day, board, wording)),
        words=(wording.status(StatusId.OUTAGE), wording.status(StatusId.IMPAIRED)),
        happenings=happenings,
        older=(before.isoformat(), wording.day(before)) if before >= _first_day(board) else None,
        newer=(after.isoformat(), wording.day(after)) if after <= today else None,
    )  # fmt: skip


def _bad_of(day: date, board: PublicBoard, wording: Wording) -> Iterator[tuple[object, ...]]:
    """The services that were not fine on a day of the strips: the longest outage first."""
    place = (day - board.dates[0]).days if board.dates else -1
    if not 0 <= place < len(board.dates):
        return
    found = [
        (one, one.days[place])
        for one in board.services.values()
        if one.days[place].worst in (StatusId.OUTAGE, StatusId.IMPAIRED)
    ]
    found.sort(key=lambda pair: (-pair[1].outage, -pair[1].impaired))
    for service, done in found:
        yield (
            service.name, part_of(service), done.worst,
            wording.status(done.worst),
            wording.lasting(done.outage / _MICROSECONDS) if done.outage else "–",
            wording.lasting(done.impaired / _MICROSECONDS) if done.impaired else "–",
        )  # fmt: skip


def _first_day(board: PublicBoard) -> date:
    """The first day on which there may be something to tell."""
    made = [one.created.astimezone().date() for one in board.services.values()]
    first = min((*made, *board.dates[:1]), default=board.made.astimezone().date())
    return first.replace(day=1)


def _day_of(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _month_of(text: str) -> date | None:
    return _day_of(f"{text}-01") if _MONTH.fullmatch(text) else None


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _link_of(first: date, wording: Wording) -> tuple[str, str]:
    return first.strftime("%Y-%m"), wording.month(first)

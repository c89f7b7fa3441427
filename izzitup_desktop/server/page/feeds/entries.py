"""What a feed tells: an entry for each public change, and one for each move of planned work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest

from izzitup_desktop.domain.messages import listed, msg
from izzitup_desktop.domain.public_board import (
    Disruption,
    Maintenance,
    PublicBoard,
    PublicChange,
)
from izzitup_desktop.domain.statuses import status_word
from izzitup_desktop.server.page.addresses import disruption_page
from izzitup_desktop.server.page.feeds.names import (
    change_id,
    move_id,
    sayable,
    when,
)
from izzitup_desktop.server.page.formats import Wanted
from izzitup_desktop.text.times import lasting

ENTRIES_MOST = 100
"""So many does a feed have, the newest."""

_HEADLINE_MOST = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: texts are as people wrote them, and as any characters they like."""

    id: str
    title: str
    time: datetime
    link: str
    paragraphs: Sequence[str]
    categories: Sequence[str]
    author: str = ""


def entries(
    wanted: Wanted,
    disruptions: Sequence[Disruption],
    maintenance: Sequence[Maintenance],
    board: PublicBoard,
) -> Sequence[Entry]:
    """What these have to tell, newest first."""
    changes = ((change, one) for one in disruptions for change in one.changes)
    # There may be very many, of which the words are wanted of a few only.
    newest = nlargest(ENTRIES_MOST, changes, key=lambda pair: (pair[0].time, pair[0].id))
    found = [_of_change(wanted, change, one) for change, one in newest]
    found += (_of_maintenance(wanted, one, board) for one in maintenance)
    return sorted(found, key=lambda entry: entry.time, reverse=True)[:ENTRIES_MOST]


def lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line for line in map(str.strip, sayable(text).split("\n")) if line]


def _of_change(wanted: Wanted, change: PublicChange, disruption: Disruption) -> Entry:
    return Entry(
        change_id(change),
        wanted.words(_headline(disruption, change)),
        change.time,
        disruption_page(wanted.base, disruption),
        [wanted.words(text) for text in _told(wanted, disruption, change)],
        [disruption.service_name, wanted.words(status_word(change.status_id))],
        change.by,
    )


def _headline(disruption: Disruption, change: PublicChange) -> str:
    name, status = disruption.service_name, status_word(change.status_id)
    if change.before is not None and change.before != change.status_id:
        return msg("%1: %2 → %3", name, status_word(change.before), status)
    if change.before is not None and (said := lines(change.comment)):
        return msg("%1: %2 – %3", name, status, _short(said[0]))
    return msg("%1: %2", name, status)


def _told(wanted: Wanted, disruption: Disruption, change: PublicChange) -> Iterator[str]:
    yield from lines(change.comment)
    since = when(wanted, _since(disruption, change))
    yield msg("%1 since %2", status_word(change.status_id), since)
    if change is not disruption.changes[-1]:
        return
    if disruption.end is not None:
        length = (disruption.end - disruption.begin).total_seconds()
        yield msg("Disrupted for %1", lasting(length))
    elif disruption.expiry is not None:
        yield msg("Expected until %1", when(wanted, disruption.expiry.until))


def _since(disruption: Disruption, change: PublicChange) -> datetime:
    """When the service got the status that it has by this change, which may only say something."""
    since = disruption.begin
    for one in disruption.changes:
        if one.before != one.status_id:
            since = one.time
        if one is change:
            break
    return since


def _of_maintenance(wanted: Wanted, maintenance: Maintenance, board: PublicBoard) -> Entry:
    if maintenance.is_cancelled:
        title = msg("Planned work cancelled: %1", maintenance.title)
    elif maintenance.sequence:
        title = msg("Planned work moved: %1", maintenance.title)
    else:
        title = msg("Planned work: %1", maintenance.title)
    names = board.names_of(maintenance.service_ids)
    told = [
        *lines(maintenance.text),
        msg("From %1 until %2", when(wanted, maintenance.begin), when(wanted, maintenance.end)),
    ]
    if names:
        told.append(listed(names))
    return Entry(
        move_id(maintenance),
        wanted.words(title),
        maintenance.changed,
        f"{wanted.base}/events",
        [wanted.words(text) for text in told],
        [wanted.words(msg("Planned work")), *names],
    )


def _short(line: str) -> str:
    return line if len(line) <= _HEADLINE_MOST else f"{line[: _HEADLINE_MOST - 1].rstrip()}…"

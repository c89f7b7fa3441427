"""The history as Statuspage's feeds tell it, `/history.atom` and `/history.rss`: for programs.

One entry an incident, which is a disruption of which something was said, or an occurrence
of planned work; its updates are HTML in one text, the newest first. All of it is English,
as programs look for Statuspage's words in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from heapq import nlargest

from izzitup_desktop.domain.public_board import (
    Disruption,
    Maintenance,
    PublicBoard,
    PublicChange,
)
from izzitup_desktop.domain.statuses import status_word
from izzitup_desktop.server.page import disruptions
from izzitup_desktop.server.page.addresses import disruption_page
from izzitup_desktop.server.page.feeds import atom
from izzitup_desktop.server.page.feeds.entries import lines
from izzitup_desktop.server.page.feeds.markup import Element, html_of, root, under, written
from izzitup_desktop.server.page.feeds.names import (
    board_feed_id,
    disruption_id,
    maintenance_id,
    sayable,
)
from izzitup_desktop.server.page.formats import Document, Wanted
from izzitup_desktop.server.page.moments import rfc3339
from izzitup_desktop.server.page.titles import UNNAMED

INCIDENTS_MOST = 50
"""As many as Statuspage has."""

RSS_MEDIA_TYPE = "application/rss+xml; charset=utf-8"
LANGUAGE = "en"

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Incident:
    """An entry of the history; `content` is HTML."""

    id: str
    title: str
    published: datetime
    updated: datetime
    link: str
    content: str


def as_atom(board: PublicBoard, wanted: Wanted) -> Document:
    """The history in Atom. Waits for the database; raises `Unavailable`."""
    found = incidents(board, wanted)
    made = atom.feed(
        atom.Head(
            board_feed_id("history"), _title(board), f"{wanted.base}/",
            f"{wanted.base}/history.atom", _name(board), LANGUAGE,
            atom.newest_time(board, [one.updated for one in found]),
        )
    )  # fmt: skip
    for one in found:
        entry = under(made, "entry")
        under(entry, "id", one.id)
        under(entry, "published", rfc3339(one.published))
        under(entry, "updated", rfc3339(one.updated))
        under(entry, "link", rel="alternate", type="text/html", href=one.link)
        under(entry, "title", one.title)
        under(entry, "content", one.content, type="html")
    return Document(written(made), atom.MEDIA_TYPE, is_translated=False)


def as_rss(board: PublicBoard, wanted: Wanted) -> Document:
    """The history in RSS 2.0. Waits for the database; raises `Unavailable`."""
    found = incidents(board, wanted)
    atoms = {"version": "2.0", "xmlns:atom": atom.NAMESPACE}
    made = root("rss", atoms)
    channel = under(made, "channel")
    under(channel, "title", _title(board))
    under(channel, "link", f"{wanted.base}/")
    address = f"{wanted.base}/history.rss"
    under(channel, "atom:link", rel="self", type="application/rss+xml", href=address)
    under(channel, "description", board.choices.text or _title(board))
    under(channel, "language", LANGUAGE)
    newest = atom.newest_time(board, [one.updated for one in found])
    under(channel, "pubDate", _rfc822(newest))
    for one in found:
        item = under(channel, "item")
        under(item, "title", one.title)
        under(item, "description", one.content)
        under(item, "pubDate", _rfc822(one.updated))
        under(item, "link", one.link)
        under(item, "guid", one.id, isPermaLink="false")
    return Document(written(made), RSS_MEDIA_TYPE, is_translated=False)


def incidents(board: PublicBoard, wanted: Wanted) -> Sequence[Incident]:
    """The history as far back as the strips go, the newest first.

    Waits for the database; raises `Unavailable`.
    """
    said = (one for one in disruptions.as_far_as_strips(board, wanted) if one.said)
    newest = nlargest(INCIDENTS_MOST, said, key=lambda one: (one.changes[-1].time, one.id))
    found = [_of_disruption(one, wanted.base) for one in newest]
    found += (_of_maintenance(one, board, wanted.base) for one in board.maintenance)
    return sorted(found, key=lambda one: one.updated, reverse=True)[:INCIDENTS_MOST]


def _of_disruption(disruption: Disruption, base: str) -> Incident:
    content = html_of(
        _update(change.time, _phase(disruption, change), _body(disruption, change))
        for change in reversed(disruption.changes)
    )
    return Incident(
        disruption_id(disruption),
        f"{disruption.service_name}: {status_word(disruption.worst)}",
        disruption.begin,
        disruption.changes[-1].time,
        disruption_page(base, disruption),
        content,
    )


def _of_maintenance(maintenance: Maintenance, board: PublicBoard, base: str) -> Incident:
    notice = Element("p")
    strong = under(notice, "strong", "THIS IS A SCHEDULED EVENT ")
    _say_time(strong, maintenance.begin)
    under(strong, "span", " - ")
    _say_time(strong, maintenance.end)
    phase = "Cancelled" if maintenance.is_cancelled else "Scheduled"
    names = ", ".join(board.names_of(maintenance.service_ids))
    body = [*lines(maintenance.text), *([names] if names else [])]
    return Incident(
        maintenance_id(maintenance),
        maintenance.title,
        maintenance.changed,
        maintenance.changed,
        f"{base}/events",
        html_of([notice, _update(maintenance.changed, phase, body)]),
    )


def _phase(disruption: Disruption, change: PublicChange) -> str:
    if disruption.end is not None and change is disruption.changes[-1]:
        return "Resolved"
    return "Investigating" if change is disruption.changes[0] else "Update"


def _body(disruption: Disruption, change: PublicChange) -> Sequence[str]:
    if said := lines(change.comment):
        return said
    words = map(status_word, [*([change.before] if change.before else []), change.status_id])
    return [f"{disruption.service_name}: {' → '.join(words)}"]


def _update(time: datetime, phase: str, body: Sequence[str]) -> Element:
    made = Element("p")
    _say_time(under(made, "small"), time)
    under(made, "br")
    last = under(made, "strong", phase)
    for place, line in enumerate(body):
        if place:
            last = under(made, "br")
        last.tail = sayable(line if place else f" - {line}")
    return made


def _say_time(parent: Element, time: datetime) -> None:
    """As Statuspage writes it, whose script puts the reader's zone in the `var`s' place."""
    utc = time.astimezone(UTC)
    for text, kind, part, behind in _parts(utc):
        before = parent[-1] if len(parent) else None
        if before is None:
            parent.text = (parent.text or "") + text
        else:
            before.tail = (before.tail or "") + text
        under(parent, "var", part, **{"data-var": kind}).tail = behind


def _parts(time: datetime) -> Iterator[tuple[str, str, str, str]]:
    yield f"{_MONTHS[time.month - 1]} ", "date", str(time.day), ", "
    yield "", "time", f"{time:%H:%M}", " UTC"


def _rfc822(time: datetime) -> str:
    return format_datetime(time.astimezone(UTC))


def _name(board: PublicBoard) -> str:
    return sayable(board.choices.title).strip() or UNNAMED


def _title(board: PublicBoard) -> str:
    return f"{_name(board)} - Incident History"

"""Atom (RFC 4287): one entry a public change of the board, of a service, or of an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.public_board import PublicBoard
from izzitup_desktop.server.page import disruptions
from izzitup_desktop.server.page.addresses import disruption_page, service_page
from izzitup_desktop.server.page.feeds.entries import Entry, entries
from izzitup_desktop.server.page.feeds.markup import (
    Element,
    html_of,
    paragraph,
    root,
    under,
    written,
)
from izzitup_desktop.server.page.feeds.names import (
    board_feed_id,
    board_name,
    disruption_feed_id,
    service_feed_id,
    when,
)
from izzitup_desktop.server.page.formats import Document, Wanted
from izzitup_desktop.server.page.moments import rfc3339

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
NAMESPACE = "http://www.w3.org/2005/Atom"

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Head:
    """What a feed says of itself: `page` is that which people read, `address` its own."""

    id: str
    title: str
    page: str
    address: str
    author: str
    language: str
    updated: datetime


def of_board(board: PublicBoard, wanted: Wanted) -> Document:
    """What happens on the board."""
    told = entries(wanted, board.disruptions, board.maintenance, board)
    name = board_name(board, wanted)
    return _document(
        board, wanted, told, board_feed_id("changes"), name, f"{wanted.base}/", "/atom"
    )


def of_service(board: PublicBoard, wanted: Wanted) -> Document | None:
    """What happens to one service."""
    service = board.service(wanted.parameters["service"])
    if service is None:
        return None
    found = [one for one in board.disruptions if one.service_id == service.id]
    maintenance = [one for one in board.maintenance if service.id in one.service_ids]
    told = entries(wanted, found, maintenance, board)
    title = wanted.words(msg("%1: %2", board_name(board, wanted), service.name))
    page = service_page(wanted.base, service)
    return _document(
        board, wanted, told, service_feed_id(service), title, page,
        f"{page.removeprefix(wanted.base)}/atom",
    )  # fmt: skip


def of_event(board: PublicBoard, wanted: Wanted) -> Document | None:
    """What is told of one disruption, however long ago.

    Waits for the database; raises `Unavailable`.
    """
    event = disruptions.named(board, wanted)
    if event is None:
        return None
    told = entries(wanted, [event], (), board)
    name = board_name(board, wanted)
    title = wanted.words(
        msg("%1: %2 since %3", name, event.service_name, when(wanted, event.begin))
    )
    page = disruption_page(wanted.base, event)
    return _document(
        board, wanted, told, disruption_feed_id(event), title, page, f"/events/{event.id}/atom"
    )  # fmt: skip


def feed(head: Head) -> Element:
    """A feed without entries."""
    made = root("feed", {"xmlns": NAMESPACE, "xml:lang": head.language})
    under(made, "id", head.id)
    under(made, "title", head.title)
    under(made, "updated", rfc3339(head.updated))
    under(made, "link", rel="self", type="application/atom+xml", href=head.address)
    under(made, "link", rel="alternate", type="text/html", href=head.page)
    under(under(made, "author"), "name", head.author)
    under(made, "generator", "IzzitUp")
    return made


def newest_time(board: PublicBoard, times: Sequence[datetime]) -> datetime:
    """The newest of some times; where there are none, when something last changed.

    It is never the time at which somebody asks, or the feed would always be another one.
    """
    return max(times or [one.since for one in board.services.values()], default=_NEVER)


def _document(
    board: PublicBoard, wanted: Wanted, told: Sequence[Entry],
    id_: str, title: str, page: str, path: str,
) -> Document:  # fmt: skip
    chosen = f"?lang={wanted.language}" if "lang" in wanted.query else ""
    made = feed(
        Head(
            id_, title, page, f"{wanted.base}{path}{chosen}", board_name(board, wanted),
            wanted.language, newest_time(board, [entry.time for entry in told]),
        )
    )  # fmt: skip
    for entry in told:
        _add(made, entry)
    return Document(written(made), MEDIA_TYPE)


def _add(parent: Element, entry: Entry) -> None:
    made = under(parent, "entry")
    under(made, "id", entry.id)
    under(made, "title", entry.title)
    under(made, "published", rfc3339(entry.time))
    under(made, "updated", rfc3339(entry.time))
    under(made, "link", rel="alternate", type="text/html", href=entry.link)
    if entry.author:
        under(under(made, "author"), "name", entry.author)
    for category in entry.categories:
        under(made, "category", term=category)
    under(made, "content", html_of(map(paragraph, entry.paragraphs)), type="html")

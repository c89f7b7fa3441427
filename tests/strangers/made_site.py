"""A site of made boards, one for each state that a board can be in; no database is behind it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from izzitup_desktop.domain.public_board import (
    NO_GROUP,
    Day,
    Maintenance,
    PageChoices,
    PublicBoard,
)
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.server.page.formats import Document
from izzitup_desktop.server.page.missing import missing
from izzitup_desktop.server.page.registry import FORMATS, PAGES
from izzitup_desktop.server.page_routes import page_row
from izzitup_desktop.text.languages import LANGUAGES
from tests.made_public_boards import (
    IMPAIRED,
    NOW,
    days,
    grouped,
    public_board,
    service,
    wanted,
)

HOUR = timedelta(hours=1)
LONG = "Betriebsunterbrechungsversicherungsabrechnungsschnittstelle"

_OFFICE = [service(1, "Mail", key="MAIL"), service(2, "Wiki", key="WIKI")]
_FINE = grouped(
    (1, "Office", _OFFICE),
    (2, "Network", [service(3, "Phones"), service(4, "Printer", url="https://printer.example/")]),
    (NO_GROUP, "", [service(6, "Door & <gate>", key="")]),
)
_HURT = grouped(
    (1, "Office", [replace(_OFFICE[0], status_id=int(IMPAIRED), since=NOW - HOUR), _OFFICE[1]]),
    (2, LONG, [service(3, LONG, description=LONG, url=f"https://example.com/{LONG}")]),
)
_UNKNOWN = grouped(
    (1, "Office", [
        service(1, "Mail", StatusId.CLOSED, key="MAIL", days=(Day(),) * 90),
        service(2, "Wiki", key="WIKI", days=(*(Day(),) * 89, *days(1)), stale=True),
    ]),
)  # fmt: skip
_WORKS = tuple(
    Maintenance(
        id_, f"work-{id_}@board.example", title, "Expect short breaks.",
        NOW + begin, NOW + begin + 2 * HOUR, [1, 3], NOW - HOUR, is_cancelled=is_off,
    )
    for id_, title, begin, is_off in (
        (9_001, "New switches", -HOUR, False),
        (9_002, "New disks", 60 * HOUR, False),
        (9_003, "Cables", 90 * HOUR, True),
    )
)  # fmt: skip

STATES: Mapping[str, PublicBoard] = {
    "fine": public_board(_FINE, disruptions=()),
    "impaired": public_board(_HURT, maintenance=_WORKS),
    "outage": public_board(
        choices=PageChoices(title="Example Ltd.", text="Ask the desk: 4711.", people=True)
    ),
    "unknown": public_board(_UNKNOWN, disruptions=()),
    "empty": public_board((), disruptions=(), choices=PageChoices()),
}
"""Boards by what is special about them: all is well; long names and planned work; an outage with
its comment and end, and a service that nobody confirmed; one of which nothing is known; none."""

PATHS = (
    "/", "/services/MAIL", "/events", "/events?month=2026-10", "/events/1180", "/days/2026-11-27",
    "/days/2026-10-02", "/subscribe", "/wall", "/embed/overall", "/embed/MAIL", "/services/NOTHING",
)  # fmt: skip
"""What people look at; some is not there in some states."""


class MadePage(NamedTuple):
    """A page that was answered somewhere."""

    state: str
    language: str
    path: str
    document: Document

    @property
    def address(self) -> str:
        """Its path on the site of its state."""
        return f"{self.path}{'&' if '?' in self.path else '?'}lang={self.language}"


def distinct_pages(languages: Sequence[str] = LANGUAGES) -> Iterator[MadePage]:
    """As `made_pages`, without what has the same between its frame as one before it."""
    seen = set()
    for made in made_pages():
        content = made.document.content
        own = made.language, content[content.find(b"<main") : content.find(b"</main>")]
        if made.language in languages and own not in seen:
            seen.add(own)
            yield made


def made_pages() -> Iterator[MadePage]:
    """Every page, in every state and language; what is not there is one of them."""
    for state, board in STATES.items():
        paths = [*PATHS, *(f"/events/{one.id}" for one in board.maintenance)]
        for language in LANGUAGES:
            for path in paths:
                document = answered(board, path, language)
                if document.media_type.startswith("text/html"):
                    yield MadePage(state, language, path, document)


def answered(board: PublicBoard, address: str, language: str = "en") -> Document:
    """What the board answers there, as `server.page.pages` does."""
    split = urlsplit(address)
    query = dict(parse_qsl(split.query))
    found = page_row(split.path)
    asked = wanted(query=query, language=query.get("lang", language))
    if found is None:
        return missing(asked.catalogue)
    row, parameters = found
    asked = replace(asked, parameters={name: unquote(one) for name, one in parameters.items()})
    document = FORMATS[row.name](board, asked)
    if document is None:
        page = PAGES.get(row.name)
        return missing(asked.catalogue) if page is None else page(board, asked)
    return document


@contextmanager
def made_site() -> Iterator[Mapping[str, str]]:
    """The address of each state's board."""
    servers = {state: _server(board) for state, board in STATES.items()}
    serving = [threading.Thread(target=one.serve_forever, args=(0.05,)) for one in servers.values()]
    for each in serving:
        each.start()
    try:
        yield {state: f"http://127.0.0.1:{one.server_port}" for state, one in servers.items()}
    finally:
        for one in servers.values():
            one.shutdown()
            one.server_close()
        for each in serving:
            each.join()


def _server(board: PublicBoard) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            document = answered(board, self.path)
            self.send_response(document.status)
            self.send_header("Content-Type", document.media_type)
            self.send_header("Content-Length", str(len(document.content)))
            if document.policy:
                self.send_header("Content-Security-Policy", document.policy)
            self.end_headers()
            self.wfile.write(document.content)

        def log_message(self, *_arguments: object) -> None:
            """Nobody reads it."""

    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)

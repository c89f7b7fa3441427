"""What is answered where there is nothing to see: hidden, and never there, are the same."""

from __future__ import annotations

from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.public_board import PublicBoard
from izzitup_desktop.server.page.formats import Document, Wanted
from izzitup_desktop.server.page.html.pages import not_found
from izzitup_desktop.server.route_rows import RouteRow
from izzitup_desktop.text.catalogue import Catalogue

_TEXT = "text/plain; charset=utf-8"
_FOR_PEOPLE = frozenset({"page", "page_service", "page_events", "page_event", "page_day"})


def missing(row: RouteRow, board: PublicBoard, wanted: Wanted) -> Document:
    """The answer to who asks for what nobody may see. It says nothing of what was asked.

    People get a page with the way back, programs a line.
    """
    if row.name in _FOR_PEOPLE:
        return not_found(board, wanted)
    told = wanted.words(msg("There is nothing here."))
    return Document(f"{told}\n".encode(), _TEXT, status=404)


def unavailable(catalogue: Catalogue) -> Document:
    """The answer while the board can't be read."""
    told = catalogue.text(msg("The board can't be read now. Try again in a moment."))
    return Document(f"{told}\n".encode(), _TEXT, status=503, headers=[(b"retry-after", b"5")])

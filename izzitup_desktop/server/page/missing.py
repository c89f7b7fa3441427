"""What is answered where there is nothing to see: hidden, and never there, are the same."""

from __future__ import annotations

from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.public_board import PublicBoard
from izzitup_desktop.server.page.formats import Document, Wanted
from izzitup_desktop.server.page.html.plain import PLAIN, plain_text
from izzitup_desktop.server.page.html.rendering import rendered
from izzitup_desktop.server.page.html.wording import Wording
from izzitup_desktop.text.catalogue import Catalogue


def missing(catalogue: Catalogue) -> Document:
    """The answer to who asks for what nobody may see. It says nothing of what was asked."""
    told = catalogue.text(msg("There is nothing here."))
    return Document(f"{told}\n".encode(), PLAIN, status=404)


def missing_page(board: PublicBoard, wanted: Wanted) -> Document:
    """The same, as a page, to who asks for one."""
    wording = Wording(wanted.catalogue, board.made)
    if wanted.is_plain:
        return plain_text([wording["no_page"]], status=404)
    return rendered(
        "not_found.html", board, wanted, wording, status=404, title=wording["no_page"]
    )  # fmt: skip


def unavailable(catalogue: Catalogue) -> Document:
    """The answer while the board can't be read."""
    told = catalogue.text(msg("The board can't be read now. Try again in a moment."))
    return Document(f"{told}\n".encode(), PLAIN, status=503, headers=[(b"retry-after", b"5")])

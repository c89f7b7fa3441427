"""What is answered where there is nothing to see: hidden, and never there, are the same."""

from __future__ import annotations

from izzitup_desktop.domain.messages import msg
from izzitup_desktop.server.page.formats import Document
from izzitup_desktop.text.catalogue import Catalogue

_TEXT = "text/plain; charset=utf-8"


def missing(catalogue: Catalogue) -> Document:
    """The answer to who asks for what nobody may see. It says nothing of what was asked."""
    told = catalogue.text(msg("There is nothing here."))
    return Document(f"{told}\n".encode(), _TEXT, status=404)


def unavailable(catalogue: Catalogue) -> Document:
    """The answer while the board can't be read."""
    told = catalogue.text(msg("The board can't be read now. Try again in a moment."))
    return Document(f"{told}\n".encode(), _TEXT, status=503, headers=[(b"retry-after", b"5")])

"""What the page is set to show, and which other sites may show it."""

from __future__ import annotations

from izzitup_desktop.domain.public_board import PageChoices
from izzitup_desktop.server.page_routes import page_row

_READING = ("GET", "HEAD")


class PageHost:
    """Holds the choices; whoever runs the server sets them, its loop reads them."""

    def __init__(self) -> None:
        self.choices = PageChoices()

    def lets_read(self, origin: str, method: str, path: str) -> bool:
        """Whether a page of that site may read what is answered: it is listed, and all see it."""
        choices = self.choices
        return (
            choices.is_on
            and method in _READING
            and origin.lower() in choices.origins
            and page_row(path) is not None
        )

    def lets_in(self, method: str, path: str, mode: bytes, destination: bytes) -> bool:
        """Whether a browser may fetch it for a page of another site that is not listed.

        Somebody followed a link, or the page shows a badge, or has what may be framed in a
        frame. None of them can read it.
        """
        found = page_row(path) if self.choices.is_on and method in _READING else None
        if found is None:
            return False
        row = found[0]
        if mode == b"navigate":
            return destination == b"document" or (row.is_framed and destination == b"iframe")
        return row.is_picture and mode == b"no-cors" and destination == b"image"

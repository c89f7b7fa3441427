"""The logo over the page: read from the file that the settings name, as long as it is the same."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.logo import read_logo
from izzitup_desktop.domain.public_board import PublicBoard
from izzitup_desktop.server.page.formats import Document, PageLogo, Wanted

log = logging.getLogger(__name__)


class Logos:
    """Reads the logo again when its file is another one. For threads that may wait."""

    def __init__(self) -> None:
        self._known: tuple[tuple[str, int, int], PageLogo | None] | None = None

    def of(self, path: str) -> PageLogo | None:
        """The logo in the file; None for "", and where it can't be read, which is logged once."""
        if not path:
            return None
        state = _state(path)
        if self._known is None or self._known[0] != state:
            self._known = state, _read(path)
        return self._known[1]


def page_logo(_board: PublicBoard, wanted: Wanted) -> Document | None:
    """The picture itself."""
    found = wanted.logo
    if found is None or wanted.parameters.get("digest") != found.digest:
        return None
    return Document(found.logo.content, found.logo.kind, is_translated=False)


def _state(path: str) -> tuple[str, int, int]:
    try:
        found = Path(path).expanduser().stat()
    except (OSError, ValueError, RuntimeError):
        return path, 0, 0
    return path, found.st_mtime_ns, found.st_size


def _read(path: str) -> PageLogo | None:
    try:
        logo = read_logo(path)
    except Invalid as error:
        log.warning("%s", error)
        return None
    if logo is None:
        return None
    return PageLogo(logo, hashlib.sha256(logo.content).hexdigest()[:16])

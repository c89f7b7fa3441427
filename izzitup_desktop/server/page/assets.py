"""What pages, walls and frames load: styles, scripts, and a tab's picture for each status."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from izzitup_desktop.domain.public_board import PublicBoard
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.platform.paths import resource
from izzitup_desktop.server.page.formats import Document, Wanted

FILES: Mapping[str, str] = MappingProxyType(
    {
        "board.css": "text/css; charset=utf-8",
        "board.js": "text/javascript; charset=utf-8",
        "embed.css": "text/css; charset=utf-8",
        "embed.js": "text/javascript; charset=utf-8",
        "moments.js": "text/javascript; charset=utf-8",
        "wall.css": "text/css; charset=utf-8",
        "wall.js": "text/javascript; charset=utf-8",
        "wall-fit.js": "text/javascript; charset=utf-8",
        "favicon-operational.svg": "image/svg+xml",
        "favicon-impaired.svg": "image/svg+xml",
        "favicon-outage.svg": "image/svg+xml",
        "favicon-closed.svg": "image/svg+xml",
    }
)
"""All there are, and what each is."""

_FAVICONS: Mapping[int | None, str] = {
    StatusId.OPERATIONAL: "operational",
    StatusId.IMPAIRED: "impaired",
    StatusId.OUTAGE: "outage",
}


def favicon(status_id: int | None) -> str:
    """The address of a tab's picture by a status; that of what is closed for any other."""
    return f"/page/favicon-{_FAVICONS.get(status_id, 'closed')}.svg"


def page_asset(_board: PublicBoard, wanted: Wanted) -> Document | None:
    """One of the `FILES`, the same in every language."""
    name = wanted.parameters.get("asset", "")
    if name not in FILES:
        return None
    return Document(_content(name), FILES[name], is_translated=False)


@lru_cache(maxsize=len(FILES))
def _content(name: str) -> bytes:
    return resource("page", name).read_bytes()

"""Badges: how a service, a group or the board is, as a small picture or for shields.

`/badge/{what}.svg` in four styles, and `/badge/{what}.json` for shields' endpoint.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from izzitup_desktop.domain.public_board import PublicBoard
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.server import envelope
from izzitup_desktop.server.page import marks
from izzitup_desktop.server.page.badge_styles import Badge, dot, flat, flat_square, pill
from izzitup_desktop.server.page.formats import Document, Wanted
from izzitup_desktop.server.page.subjects import Subject, subject

LABEL_MOST = 64
"""Longer labels are cut, to so many characters."""

POLICY = "default-src 'none'"

STYLES: Mapping[str, Callable[[Badge], str]] = {
    "flat": flat, "flat-square": flat_square, "pill": pill, "dot": dot,
}  # fmt: skip

_COLOURS: Mapping[int, str] = {
    StatusId.OPERATIONAL: "brightgreen", StatusId.IMPAIRED: "orange", StatusId.OUTAGE: "red",
}  # fmt: skip
"""Those that shields knows by name."""


def badge(board: PublicBoard, wanted: Wanted) -> Document | None:
    """The badge of what the path names, by its ending a picture or shields' JSON."""
    what, _, ending = wanted.parameters["what"].rpartition(".")
    if ending not in ("svg", "json"):
        return None
    found = subject(board, what)
    if found is None:
        return None
    label = _label(board, wanted, found)
    message = printable(wanted.words(found.word))
    if ending == "json":
        colour = _COLOURS.get(found.status_id, "lightgrey")
        content = envelope.dumped(
            {"schemaVersion": 1, "label": label, "message": message, "color": colour}
        )
        return Document(content, "application/json", for_others=True)
    is_dark = wanted.query.get("theme") == "dark"
    drawn = STYLES.get(wanted.query.get("style", ""), flat)(
        Badge(label, message, found.status_id, marks.DARK if is_dark else marks.LIGHT, is_dark)
    )
    return Document(drawn.encode(), "image/svg+xml; charset=utf-8", POLICY, for_others=True)


def printable(text: str) -> str:
    """The text on one line, without what no XML may hold."""
    return " ".join("".join(one if _is_allowed(one) else " " for one in text).split())


def _label(board: PublicBoard, wanted: Wanted, found: Subject) -> str:
    """What was asked for, which may be nothing; else what it is called."""
    label = wanted.query.get("label")
    if label is None:
        label = found.title(board, wanted)
    label = printable(label)
    return label if len(label) <= LABEL_MOST else f"{label[: LABEL_MOST - 1].rstrip()}…"


def _is_allowed(letter: str) -> bool:
    code = ord(letter)
    if code >= 0x10000:
        return code & 0xFFFE != 0xFFFE
    return 0x20 <= code < 0x7F or 0xA0 <= code < 0xD800 or 0xE000 <= code < 0xFFFE

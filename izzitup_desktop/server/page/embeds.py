"""Frames: how a service, a group or the board is, for pages of other sites to show.

Complete without script; with it they follow what happens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.public_board import PublicBoard, PublicGroup, PublicService
from izzitup_desktop.domain.statuses import StatusId, severity
from izzitup_desktop.server.page import marks, sheets
from izzitup_desktop.server.page.formats import Document, Wanted
from izzitup_desktop.server.page.moments import timed, until
from izzitup_desktop.server.page.sheets import THEMES
from izzitup_desktop.server.page.subjects import Subject, subject
from izzitup_desktop.server.page.titles import group_title
from izzitup_desktop.text.statuses import span_word

_ORIGIN = re.compile(r"https?://[0-9A-Za-z.\-\[\]:]+")
"""What of an origin may stand in a header."""


def embed(board: PublicBoard, wanted: Wanted) -> Document | None:
    """The frame of what the path names."""
    found = subject(board, wanted.parameters["what"])
    if found is None:
        return None
    return sheets.filled(
        "embed.html",
        policy(board.choices.origins),
        language=wanted.language, theme=theme(wanted), stale=wanted.words(msg("not confirmed")),
        link=wanted.words(msg("Status page")), symbols=marks.symbols(),
        label=found.title(board, wanted),
        status_id=found.status_id, sentence=wanted.words(_sentence(found)),
        groups=[_group(wanted, board, one, found) for one in found.groups],
        is_one=len(found.services) == 1, address=f"{wanted.base}/",
        as_of=timed(wanted, msg("As of %1"), board.made, board.made),
        zone=board.made.astimezone().strftime("%Z"),
        no_contact=wanted.words(msg("No contact since %1", "%1")),
    )  # fmt: skip


def policy(origins: Iterable[str]) -> str:
    """What a frame may load, and whose pages may show it."""
    ancestors = " ".join(["'self'", *(one for one in origins if _ORIGIN.fullmatch(one))])
    return sheets.policy("form-action 'none'", ancestors=ancestors)


def theme(wanted: Wanted) -> str:
    """The theme that is wanted; the reader's own choice for any other text."""
    asked = wanted.query.get("theme", "")
    return asked if asked in THEMES else THEMES[0]


def _sentence(found: Subject) -> object:
    """Of one service its word, as its name stands there anyway."""
    return found.word if len(found.services) == 1 else found.sentence


def _group(
    wanted: Wanted, board: PublicBoard, group: PublicGroup, found: Subject
) -> dict[str, object]:
    bad = sum(not one.is_fine for one in group.services)
    return {
        "name": group_title(group.name, wanted),
        "status_id": group.status_id,
        "is_open": len(found.groups) == 1 or bad > 0,
        "is_alone": len(found.groups) == 1,
        "count": len(group.services),
        "services": [
            _service(wanted, board, one, is_one=len(found.services) == 1)
            for one in _worst_first(group.services)
        ],
    }


def _worst_first(services: Iterable[PublicService]) -> list[PublicService]:
    return sorted(services, key=lambda one: -severity(one.status_id))


def _service(
    wanted: Wanted, board: PublicBoard, service: PublicService, *, is_one: bool
) -> dict[str, object]:
    since = until_when = None
    if is_one or service.status_id != StatusId.OPERATIONAL:
        since = timed(wanted, msg("since %1"), service.since, board.made)
        if service.expiry is not None:
            until_when = until(wanted, service.expiry.until, board.made)
    return {
        "id": service.id, "name": service.name, "status_id": service.status_id,
        "word": wanted.words(span_word(service.status_id)), "since": since, "until": until_when,
        "comment": "" if service.is_fine else service.comment, "stale": service.stale,
    }  # fmt: skip

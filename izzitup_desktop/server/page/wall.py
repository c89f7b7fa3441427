"""The wall: all services on one screen to be read from afar, what is not fine first and large.

`/wall?groups=Office,3&theme=dark&lang=de&clock=12&columns=4&sound=1`: groups by name or id;
the clock has 24 hours, 12, or is `off`; a script chooses columns and sizes, unless they are
given. Without script it is complete, in columns guessed by the count, and loads itself anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from izzitup_desktop.domain.messages import Message, counted, msg
from izzitup_desktop.domain.public_board import PublicBoard, PublicGroup, PublicService
from izzitup_desktop.domain.statuses import StatusId, severity, status_word, worst
from izzitup_desktop.domain.uptime import UNKNOWN
from izzitup_desktop.server.page import marks, sheets
from izzitup_desktop.server.page.assets import favicon
from izzitup_desktop.server.page.embeds import theme
from izzitup_desktop.server.page.formats import Document, Wanted
from izzitup_desktop.server.page.moments import rfc3339, timed, until
from izzitup_desktop.server.page.subjects import Subject
from izzitup_desktop.server.page.titles import board_title, group_title
from izzitup_desktop.text.statuses import span_word
from izzitup_desktop.text.times import lasting

_POLICY = sheets.policy("img-src 'self'", "form-action 'none'")

COLUMNS_MOST = 24
CLOCKS = ("24", "12", "off")

_SIZES = ((8, "xl"), (24, "l"), (60, "m"), (150, "s"), (300, "xs"))
"""Without script: up to so many services, in which size of type; the smallest for more."""

_CHIPS = (StatusId.OUTAGE, StatusId.IMPAIRED, StatusId.OPERATIONAL, StatusId.CLOSED)


def wall(board: PublicBoard, wanted: Wanted) -> Document:
    """The wall of the whole board, or of some of its groups."""
    groups, missing = _groups(board, wanted)
    part = Subject("", _worst(groups), groups)
    services = part.services
    bad = sorted(
        (one for one in services if not one.is_fine),
        key=lambda one: (-severity(one.status_id), -one.since.timestamp()),
    )
    names = {group.id: group.name for group in groups}
    fine = [
        replace(group, services=kept)
        for group in groups
        if (kept := [one for one in group.services if one.is_fine])
    ]
    sentence = wanted.words(part.sentence)
    return sheets.filled(
        "wall.html",
        _POLICY,
        language=wanted.language, theme=theme(wanted), clock=_choice(wanted, "clock", CLOCKS),
        columns=_columns(wanted), sound=wanted.query.get("sound") == "1",
        symbols=marks.symbols(),
        title=board_title(board, wanted),
        status_id=int(part.status_id), sentence=sentence,
        logo=wanted.logo, favicon=favicon(part.status_id),
        size=next((size for most, size in _SIZES if len(services) <= most), "xxs"),
        chips=_chips(wanted, services),
        bad=[_bad(board, wanted, one, names[one.group_id]) for one in bad],
        fine=[_fine(wanted, group, is_alone=len(groups) == 1) for group in fine],
        missing=wanted.words(
            counted("%1 group is not there", "%1 groups are not there", missing)
        ) if missing else "",
        made=rfc3339(board.made),
        as_of=timed(wanted, msg("As of %1"), board.made, board.made),
        zone=board.made.astimezone().strftime("%Z"),
        texts={
            "bad": wanted.words(msg("Not operational")),
            "stale": wanted.words(msg("not confirmed")),
            "sound": wanted.words(msg("Allow sound")),
        },
        said={
            "no-contact": wanted.words(msg("No contact since %1", "%1")),
            "page": wanted.words(msg("%1 of %2", "%1", "%2")),
        },
    )  # fmt: skip


def _groups(board: PublicBoard, wanted: Wanted) -> tuple[Sequence[PublicGroup], int]:
    """The groups that are wanted, in the board's order, and how many are not there."""
    sent = wanted.query.get("groups", "").replace("\n", ",")
    asked = [one.strip() for one in sent.split(",") if one.strip()]
    if not asked:
        return board.groups, 0
    found = [board.group(one) for one in asked]
    ids = {one.id for one in found if one is not None}
    return [one for one in board.groups if one.id in ids], found.count(None)


def _worst(groups: Sequence[PublicGroup]) -> int:
    ids = {one.status_id for one in chain.from_iterable(group.services for group in groups)}
    if ids == {StatusId.CLOSED}:
        return StatusId.CLOSED
    return worst(ids) if ids else UNKNOWN


def _choice(wanted: Wanted, name: str, choices: Sequence[str]) -> str:
    """What was asked for; the first of the choices for anything else."""
    asked = wanted.query.get(name, "")
    return asked if asked in choices else choices[0]


def _columns(wanted: Wanted) -> int:
    """How many columns are wanted; 0: as many as fit best."""
    asked = wanted.query.get("columns", "")
    if not (asked.isascii() and asked.isdigit()):
        return 0
    return min(int(asked[:3]), COLUMNS_MOST)


def _chips(wanted: Wanted, services: Sequence[PublicService]) -> list[dict[str, object]]:
    return [
        {"status_id": int(id_), "word": wanted.words(status_word(id_)), "count": count}
        for id_ in _CHIPS
        if (count := sum(one.status_id == id_ for one in services))
    ]


def _bad(
    board: PublicBoard, wanted: Wanted, service: PublicService, group: str
) -> dict[str, object]:
    until_when = None
    if service.expiry is not None:
        until_when = until(wanted, service.expiry.until, board.made)
    return {
        "id": service.id, "name": service.name, "status_id": service.status_id, "group": group,
        "word": wanted.words(span_word(service.status_id)),
        "lasting": wanted.words(_lasting((board.made - service.since).total_seconds())),
        "since": timed(wanted, msg("since %1"), service.since, board.made),
        "until": until_when, "comment": service.comment, "stale": service.stale,
    }  # fmt: skip


def _lasting(seconds: float) -> Message:
    """How long it has lasted; seconds would stand still on the wall for a minute."""
    return msg("just now") if seconds < 60 else lasting(seconds)


def _fine(wanted: Wanted, group: PublicGroup, *, is_alone: bool) -> dict[str, object]:
    name = group_title(group.name, wanted)
    return {
        "name": "" if is_alone else name,
        "services": [
            {
                "id": one.id, "name": one.name, "status_id": one.status_id,
                "word": wanted.words(span_word(one.status_id)), "stale": one.stale,
            }
            for one in group.services
        ],
    }  # fmt: skip

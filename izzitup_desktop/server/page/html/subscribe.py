"""The page of how to be told."""

from __future__ import annotations

from izzitup_desktop.domain.public_board import PublicBoard
from izzitup_desktop.server.page.addresses import part_of
from izzitup_desktop.server.page.formats import Document, Wanted
from izzitup_desktop.server.page.html.plain import plain_text
from izzitup_desktop.server.page.html.rendering import rendered
from izzitup_desktop.server.page.html.wording import Wording
from izzitup_desktop.text.page_links import Subject, SubjectKind, links_for


def page_subscribe(board: PublicBoard, wanted: Wanted) -> Document | None:
    """How to be told of changes: feeds, calendar, badges, and formats for programs."""
    wording = Wording(wanted.catalogue, board.made)
    base = wanted.base
    whole = Subject(SubjectKind.BOARD, "", wording["status_page"])
    links = {one.kind.value: one.text for one in links_for(base, whole)}
    if wanted.is_plain:
        return plain_text([
            wording["subscribe"], "",
            f"{wording['atom']}: {links['feed']}",
            f"{wording['calendar']}: {links['calendar']}",
            f"{wording['badge']}: {base}/badge/overall.svg",
            f"{wording['programs']}: {links['json']}",
        ])  # fmt: skip
    return rendered(
        "subscribe.html", board, wanted, wording,
        title=wording["subscribe"],
        base=base,
        webcal="webcal:" + base.partition(":")[2],
        links=links,
        services=[
            (one.name, part_of(one)) for one in board.services.values()
        ],
    )  # fmt: skip

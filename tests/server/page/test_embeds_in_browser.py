"""Frames in Chromium: whose pages show them, and how they follow the board."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from izzitup_desktop.domain.public_board import PageChoices, PublicBoard
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.server.page.embeds import embed
from izzitup_desktop.server.page.formats import Document
from tests.made_public_boards import grouped, public_board, service, wanted
from tests.server.page.browser import Paths, measured, opened, site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

MEASURE = """() => ({
  state: document.querySelector(".state").textContent,
  same: (window.state ??= document.querySelector(".state")) === document.querySelector(".state"),
  open: [...document.querySelectorAll("details")].map((one) => one.open),
  contact: document.querySelector(".contact").textContent,
  overflow: document.documentElement.scrollWidth > innerWidth,
})"""


def framed(board: PublicBoard | None) -> Document | None:
    if board is None:
        return None
    return embed(board, wanted({"what": "overall"}))


def board(status: StatusId, origins: tuple[str, ...] = ()) -> PublicBoard:
    groups = grouped((1, "A", [service(1, "Mail", status)]), (2, "B", [service(2, "Wiki")]))
    return public_board(groups, choices=PageChoices(origins=origins))


@contextmanager
def wiki(frame: str) -> Iterator[str]:
    """The address of a page of another site, which has a frame in it."""
    page = f'<!DOCTYPE html><html><head></head><body><iframe src="{frame}"></iframe></body></html>'
    with site("/wiki", lambda _: Document(page.encode(), "text/html")) as (url, _):
        yield url


def asked_for_style(asked: Paths) -> bool:
    """Whether a frame was not only fetched, but shown."""
    assert "/embed/overall" in asked
    return "/page/embed.css" in asked


def test_a_site_that_is_listed_shows_the_frame_and_no_other_does(tmp_path: Path) -> None:
    origins: list[str] = []
    with (
        site(
            "/embed/overall", lambda _: framed(board(StatusId.OUTAGE, tuple(origins)))
        ) as (frame, asked),
        wiki(frame) as page,
    ):  # fmt: skip
        opened(page, tmp_path)
        assert not asked_for_style(asked)
        origins.append(page.removesuffix("/wiki"))
        opened(page, tmp_path)
        assert asked_for_style(asked)


def test_a_frame_follows_the_board_within_the_same_element(tmp_path: Path) -> None:
    def document_of(turn: int) -> Document | None:
        return framed(board(StatusId.OUTAGE if turn else StatusId.OPERATIONAL))

    with site("/embed/overall", document_of, MEASURE) as (url, _):
        found = measured(opened(url, tmp_path, "300,400", 17_000))
    assert found == {
        "state": "Mail is down", "same": True, "open": [True, False], "contact": "",
        "overflow": False,
    }  # fmt: skip


def test_a_frame_without_contact_says_since_when(tmp_path: Path) -> None:
    def document_of(turn: int) -> Document | None:
        return framed(None if turn else board(StatusId.OUTAGE))

    with site("/embed/overall", document_of, MEASURE) as (url, _):
        found = measured(opened(url, tmp_path, milliseconds=62_000))
    assert found["contact"].startswith("No contact since ")
    assert found["state"] == "Mail is down"

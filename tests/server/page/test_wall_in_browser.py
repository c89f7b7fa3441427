"""The wall in Chromium: everything on one screen, what is new soon on it, a lost contact told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from izzitup_desktop.domain.public_board import PublicBoard
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.server.page.formats import Document
from izzitup_desktop.server.page.wall import wall
from tests.made_public_boards import grouped, public_board, service, wanted
from tests.server.page.browser import measured, opened, site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

NAMES = ("Mail", "Customer portal", "Uninterruptible power supply west wing", "DNS", "Wi-Fi guests")

MEASURE = """() => {
  const inside = (box) => box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
  const shown = [...document.querySelectorAll(".tile, .flow li")].filter((one) => !one.hidden);
  const out = shown.filter((one) => !inside(one.getBoundingClientRect()));
  const size = (query) => parseFloat(getComputedStyle(document.querySelector(query) ?? document.body).fontSize);
  const cut = [...document.querySelectorAll(".tile")].filter((one) => one.scrollHeight > one.clientHeight + 1);
  const text = (query) => document.querySelector(query).textContent;
  return {
    shown: shown.length, out: out.length, cut: cut.length, large: size(".tiles"), small: size(".flow"), high: innerHeight,
    pages: text(".pages"), contact: text(".contact"), first: text(".name"), sentence: text(".sentence"),
    lost: document.documentElement.classList.contains("lost"),
  };
}"""
"""What can be seen of a wall."""


def board(count: int, bad: int) -> PublicBoard:
    """So many services in groups of about twenty, every few of which are not fine."""
    services = []
    for id_ in range(1, count + 1):
        status = StatusId.OPERATIONAL
        if id_ <= bad:
            status = StatusId.OUTAGE if id_ % 2 else StatusId.IMPAIRED
        comment = "The disk is full; we are adding another." if id_ % 3 == 1 else ""
        name = f"{NAMES[id_ % len(NAMES)]} {id_}"
        services.append(service(id_, name, status, comment=comment))
    return public_board(
        grouped(
            *(
                (1 + start // 20, f"Group {start // 20}", services[start : start + 20])
                for start in range(0, count, 20)
            )
        )
    )


@contextmanager
def wall_of(board_of: Callable[[int], PublicBoard | None]) -> Iterator[str]:
    """The address of a wall; of which board goes by how often it was asked for."""

    def document_of(turn: int) -> Document | None:
        shown = board_of(turn)
        return None if shown is None else wall(shown, wanted())

    with site("/wall", document_of, MEASURE) as (url, _):
        yield url


def seen(url: str, folder: Path, size: str = "1920,1080", milliseconds: int = 2_000) -> Any:
    """What can be seen of a wall after some time."""
    return measured(opened(url, folder, size, milliseconds))


@pytest.mark.parametrize(
    ("count", "bad", "size"),
    [
        (6, 2, "1920,1080"), (40, 3, "1280,720"), (150, 5, "1080,1920"), (150, 40, "1920,1080"),
        (150, 5, "3840,2160"),
    ],
)  # fmt: skip
def test_all_services_are_on_one_screen_and_what_is_not_fine_is_larger(
    count: int, bad: int, size: str, tmp_path: Path
) -> None:
    with wall_of(lambda _: board(count, bad)) as url:
        found = seen(url, tmp_path, size)
    assert (found["shown"], found["out"], found["cut"], found["pages"]) == (count, 0, 0, "")
    assert found["large"] > found["small"]
    assert found["first"] == f"{NAMES[1]} 1"


def test_600_services_that_are_fine_are_on_one_large_screen(tmp_path: Path) -> None:
    with wall_of(lambda _: board(600, 0)) as url:
        found = seen(url, tmp_path, "3840,2160")
    assert (found["shown"], found["out"], found["pages"]) == (600, 0, "")
    assert found["small"] > found["high"] * 0.009


def test_what_has_no_room_is_on_further_pages_and_all_that_is_not_fine_on_each(
    tmp_path: Path,
) -> None:
    with wall_of(lambda _: board(1_500, 8)) as url:
        found = seen(url, tmp_path)
        later = seen(url, tmp_path, milliseconds=14_000)
    assert re.fullmatch(r"1 of \d", found["pages"])
    assert later["pages"] == found["pages"].replace("1 of", "2 of")
    assert found["first"] == later["first"]
    assert found["small"] > found["high"] * 0.012


def test_a_change_is_shown_without_the_stream_too(tmp_path: Path) -> None:
    with wall_of(lambda turn: board(6, min(turn, 1))) as url:
        found = seen(url, tmp_path, milliseconds=14_000)
    assert found["sentence"] == f"{NAMES[1]} 1 is down"
    assert not found["lost"]


def test_a_wall_without_contact_says_since_when(tmp_path: Path) -> None:
    with wall_of(lambda turn: board(6, 1) if turn == 0 else None) as url:
        found = seen(url, tmp_path, milliseconds=20_000)
    assert found["lost"]
    assert re.fullmatch(r"No contact since \d\d:\d\d", found["contact"])
    assert found["shown"] == 6


def test_a_wall_that_has_contact_again_says_nothing_of_it_any_more(tmp_path: Path) -> None:
    with wall_of(lambda turn: None if 0 < turn < 3 else board(6, 1)) as url:
        found = seen(url, tmp_path, milliseconds=40_000)
    assert not found["lost"]
    assert not found["contact"]


def test_a_wall_of_a_newer_server_loads_itself_anew_once(tmp_path: Path) -> None:
    def document_of(turn: int) -> Document:
        made = wall(board(6, 1), wanted())
        if turn < 3:
            return made
        content = re.sub(rb'data-version="\w+"', b'data-version="newer"', made.content)
        return replace(made, content=content)

    with site("/wall", document_of, MEASURE) as (url, asked):
        found = measured(opened(url, tmp_path, milliseconds=100_000))
    assert asked.count("/page/wall.css") == 2
    assert found["shown"] == 6

"""What pages load: there by name, small, and what the pages count on."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from izzitup_desktop.platform.paths import resource
from izzitup_desktop.server.page.assets import FILES, favicon, page_asset
from izzitup_desktop.server.page.formats import Document
from izzitup_desktop.server.page.html.wording import LABELS
from tests.made_public_boards import public_board, wanted


def asset(name: str) -> Document | None:
    return page_asset(public_board(), wanted(parameters={"asset": name}))


def text_of(name: str) -> str:
    found = asset(name)
    assert found is not None
    return found.content.decode()


@pytest.mark.parametrize("name", FILES)
def test_each_is_answered_as_what_it_is_in_every_language(name: str) -> None:
    found = asset(name)
    assert found is not None
    assert found.media_type == FILES[name]
    assert not found.is_translated


@pytest.mark.parametrize("name", ["", "front.html", "../page/board.css", "board.css/", "nothing"])
def test_nothing_else_is_answered(name: str) -> None:
    assert asset(name) is None


@pytest.mark.parametrize("status_id", [0, 5, 6, 7, 8, None])
def test_each_state_has_a_picture_for_the_tab(status_id: int | None) -> None:
    root = ET.fromstring(text_of(favicon(status_id).removeprefix("/page/")))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"


def test_style_and_script_load_nothing_from_anywhere() -> None:
    for name in ("board.css", "board.js"):
        text = text_of(name)
        assert not re.search(r"https?:|//[a-z]|@import|url\(|\beval\b|innerHTML", text)


def test_every_text_of_the_templates_is_known_and_every_known_one_is_said_by_some() -> None:
    said = set()
    for path in [*resource("page").glob("*.html")]:
        said |= set(re.findall(r"say\['([a-z_]+)'\]", path.read_text("utf-8")))
    assert said <= set(LABELS)


def luminance(colour: str) -> float:
    if len(colour) == 4:
        colour = "#" + "".join(char * 2 for char in colour[1:])
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def palettes() -> list[dict[str, str]]:
    """The custom properties of each block of the style sheet that has them all."""
    blocks = re.findall(r"\{([^{}]*--window[^{}]*)\}", text_of("board.css"))
    return [dict(re.findall(r"--([a-z0-9]+): (#[0-9a-f]{3,6})", block)) for block in blocks][:3]


@pytest.mark.parametrize("place", range(3))
def test_texts_and_shapes_stand_out_from_what_they_lie_on(place: int) -> None:
    colours = palettes()[place]
    for under in ("window", "base", "hover"):
        for text in ("text", "dim", "accent", "k5", "k6", "k7", "k8"):
            assert contrast(colours[text], colours[under]) >= 4.5, (text, under)
    for number in "5678":
        assert contrast(colours[f"k{number}"], colours[f"t{number}"]) >= 4.5, number
    for bar in ("p0", "p5", "p6", "p7", "strong"):
        assert contrast(colours[bar], colours["base"]) >= 3, bar


def test_the_dark_palette_is_the_same_by_choice_and_by_the_system() -> None:
    _light, by_system, by_choice = palettes()
    assert by_system == by_choice

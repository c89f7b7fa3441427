"""Badges: what they say in words and shape, how wide they are, and what they don't tell."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, strategies as st

from izzitup_desktop.domain.public_board import PageChoices, PublicBoard
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.server.page import marks
from izzitup_desktop.server.page.badges import LABEL_MOST, STYLES, badge
from izzitup_desktop.server.page.formats import Document
from izzitup_desktop.server.page.glyphs import width
from tests.made_public_boards import grouped, public_board, service, wanted

SVG = "{http://www.w3.org/2000/svg}"
BOARD = public_board()
ANY_TEXT = st.text(st.characters(codec="utf-16", exclude_categories=()), max_size=80) | st.text(
    st.characters(exclude_categories=()), max_size=80
)


def made(what: str, board: PublicBoard = BOARD, language: str = "en", **query: str) -> Document:
    document = badge(board, wanted({"what": what}, query, language=language))
    assert document is not None
    return document


def drawn(what: str, board: PublicBoard = BOARD, language: str = "en", **query: str) -> ET.Element:
    return ET.fromstring(made(what, board, language, **query).content)


def texts(root: ET.Element) -> list[str]:
    return [one.text or "" for one in root.iter(f"{SVG}text")]


def told(what: str, board: PublicBoard = BOARD, language: str = "en", **query: str) -> Any:
    return json.loads(made(what, board, language, **query).content)


def test_a_badge_says_name_and_status_in_words_and_for_who_does_not_see_it() -> None:
    root = drawn("MAIL.svg")
    assert texts(root) == ["Mail", "Outage"]
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == root.get("aria-label") == "Mail: Outage"


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("status_id", [5, 6, 7, 8])
def test_every_style_draws_the_shape_of_the_status(style: str, status_id: int) -> None:
    board = public_board(grouped((1, "Office", [service(1, "Mail", StatusId(status_id))])))
    paths = [one.get("d") for one in drawn("MAIL.svg", board, style=style).iter(f"{SVG}path")]
    assert paths == [stroke.path for stroke in marks.SHAPES[status_id]]


def test_shapes_tell_statuses_apart_without_their_colours() -> None:
    shapes = [tuple(stroke.path for stroke in shape) for shape in marks.SHAPES.values()]
    assert len(set(shapes)) == len(shapes)


@pytest.mark.parametrize("style", STYLES)
def test_text_stays_within_the_badge_and_says_how_long_it_is(style: str) -> None:
    for label in ("", "iiii", "WWWWWWWW", "Größe Ωμέγα Почта", "日本語"):
        root = drawn("WIKI.svg", style=style, label=label)
        end = 0.0
        for text in root.iter(f"{SVG}text"):
            start, long = float(text.get("x", "")), float(text.get("textLength", ""))
            assert start >= end
            assert long == pytest.approx(width(text.text or "", 11), abs=0.06)
            end = start + long
        assert end < float(root.get("width", ""))


def test_wide_letters_make_a_wide_badge() -> None:
    wide, narrow = (
        float(drawn("MAIL.svg", label=one).get("width", "")) for one in ("WWWW", "iiii")
    )
    assert wide - narrow > 25


def test_letters_have_the_widths_of_the_font_and_unknown_ones_a_guess() -> None:
    assert width("i", 1_000) == 278
    assert width("W", 1_000) == 989
    assert width("Mail", 10) == pytest.approx((863 + 613 + 278 + 278) / 100)
    assert width("日", 1_000) == 1_000
    assert width("e\N{COMBINING ACUTE ACCENT}", 1_000) == width("e", 1_000)


def test_colours_of_text_stand_out_from_what_they_lie_on() -> None:
    for tones in (*marks.LIGHT.values(), *marks.DARK.values()):
        assert contrast(tones.solid, tones.on_solid) >= 4.5
        assert contrast(tones.tint, tones.ink) >= 4.5
    for tones in marks.LIGHT.values():
        assert contrast(tones.solid, "#ffffff") >= 4.5  # a dot's word on a light page
    for tones in marks.DARK.values():
        assert contrast(tones.solid, "#1a1d22") >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, by WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_a_badge_speaks_german() -> None:
    assert texts(drawn("MAIL.svg", language="de")) == ["Mail", "Ausfall"]


def test_a_label_takes_the_place_of_the_name_and_an_empty_one_leaves_it_out() -> None:
    assert texts(drawn("MAIL.svg", label="E-mail")) == ["E-mail", "Outage"]
    root = drawn("MAIL.svg", label="")
    assert texts(root) == ["Outage"]
    assert root.findtext(f"{SVG}title") == "Outage"


def test_a_label_can_t_be_longer_than_a_badge_should_be() -> None:
    label, _ = texts(drawn("MAIL.svg", label="x" * 200))
    assert label == "x" * (LABEL_MOST - 1) + "…"


def test_an_unknown_style_or_theme_is_the_usual_one() -> None:
    usual = made("MAIL.svg").content
    assert made("MAIL.svg", style="<b>", theme="pink").content == usual
    assert made("MAIL.svg", style="flat", theme="light").content == usual
    assert made("MAIL.svg", theme="dark").content != usual
    assert len({made("MAIL.svg", style=style).content for style in STYLES}) == 4


def test_the_whole_board_has_a_badge_of_its_worst_status_and_its_title() -> None:
    assert texts(drawn("overall.svg")) == ["Example Ltd.", "Outage"]
    untitled = replace(BOARD, choices=PageChoices())
    assert texts(drawn("overall.svg", untitled)) == ["Service status", "Outage"]
    empty = public_board([], disruptions=())
    assert texts(drawn("overall.svg", empty)) == ["Example Ltd.", "Unknown"]


def test_a_group_has_a_badge_by_name_in_any_case_and_by_id() -> None:
    for what in ("Network.svg", "network.svg", "group:Network.svg", "group:2.svg"):
        assert texts(drawn(what)) == ["Network", "Operational"]
    assert texts(drawn("group:0.svg")) == ["Other services", "Operational"]


def test_a_service_comes_before_a_group_of_the_same_name() -> None:
    office = service(9, "The key", key="Office")
    board = public_board(grouped((1, "Office", [office, service(2, "Wiki", StatusId.OUTAGE)])))
    assert texts(drawn("Office.svg", board)) == ["The key", "Operational"]
    assert texts(drawn("group:Office.svg", board)) == ["Office", "Outage"]


def test_a_status_that_nobody_confirmed_is_shown_as_such() -> None:
    assert texts(drawn("WIKI.svg")) == ["Wiki", "Impaired (not confirmed)"]
    assert texts(drawn("Office.svg")) == ["Office", "Outage"]


@pytest.mark.parametrize(
    "what", ["NOTHING.svg", "NOTHING.json", "MAIL", "MAIL.png", ".svg", "99.svg", "group:99.svg",
             "group:.svg", "1", "1.", "../MAIL.html"],
)  # fmt: skip
def test_what_is_not_there_has_no_badge(what: str) -> None:
    assert badge(BOARD, wanted({"what": what})) is None


def test_shields_gets_what_its_endpoint_wants() -> None:
    assert told("MAIL.json") == {
        "schemaVersion": 1, "label": "Mail", "message": "Outage", "color": "red",
    }  # fmt: skip
    assert told("3.json", language="de")["message"] == "In Betrieb"
    colours = [told(f"{one}.json")["color"] for one in ("WIKI", "3")]
    assert colours == ["orange", "brightgreen"]
    assert told("MAIL.json", label="E-mail")["label"] == "E-mail"


def test_pages_of_any_site_may_show_a_badge_which_loads_nothing() -> None:
    document = made("MAIL.svg")
    assert document.for_others
    assert document.media_type == "image/svg+xml; charset=utf-8"
    assert document.policy == "default-src 'none'"
    assert b"style=" not in document.content
    assert b"<style" not in document.content
    assert made("MAIL.json").media_type == "application/json"


@given(label=ANY_TEXT, name=ANY_TEXT.filter(str.strip), style=st.sampled_from([*STYLES, ""]))
def test_whatever_a_label_holds_the_badge_is_xml_that_says_it(
    label: str, name: str, style: str
) -> None:
    board = public_board(grouped((1, "Office", [service(1, name, key="MAIL")])))
    for query in ({"label": label}, {}):
        root = drawn("MAIL.svg", board, style=style, **query)
        shown = texts(root)
        assert shown[-1] == "Operational"
        assert len(shown) <= 2
        if len(shown) == 2:
            wanted_text = "".join(query.get("label", name).split())
            if wanted_text.isprintable() and len(wanted_text) < LABEL_MOST - 20:
                assert "".join(shown[0].split()) == wanted_text
        assert json.loads(made("MAIL.json", board, **query).content)["schemaVersion"] == 1

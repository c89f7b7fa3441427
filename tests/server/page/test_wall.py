"""The wall's page: what stands on it in which order, and what its address can choose."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from izzitup_desktop.domain.public_board import PageChoices, PublicBoard
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.platform.paths import resource
from izzitup_desktop.server.page.wall import wall
from tests.made_public_boards import NOW, grouped, public_board, service, wanted

BOARD = public_board()


def page(board: PublicBoard = BOARD, language: str = "en", **query: str) -> str:
    return wall(board, wanted(query=query, language=language)).content.decode()


def names(html: str) -> list[str]:
    return re.findall(r'class="name" dir="auto">([^<]*)<', html)


def test_what_is_not_fine_comes_first_the_worst_and_newest_before_others() -> None:
    hour = timedelta(hours=1)
    services = [
        service(1, "Fine"),
        service(2, "Slow", StatusId.IMPAIRED, since=NOW - hour),
        service(3, "Old outage", StatusId.OUTAGE, since=NOW - 5 * hour),
        service(4, "New outage", StatusId.OUTAGE, since=NOW - hour),
        service(5, "Closed", StatusId.CLOSED),
    ]
    html = page(public_board(grouped((1, "Office", services))))
    assert names(html) == ["New outage", "Old outage", "Slow", "Fine", "Closed"]


def test_a_tile_says_what_since_when_until_when_and_why() -> None:
    tile = re.search(r'<li class="tile s7" id="t1">.*?</li>', page(), re.DOTALL)
    assert tile is not None
    text = " ".join(re.sub(r"<[^>]*>", " ", tile.group()).split())
    assert re.fullmatch(
        r"Mail Outage 48 min since \d\d:\d\d until .*\d\d:\d\d Office "
        r"The disk is full; we are adding another\.",
        text,
    )


def test_an_end_that_is_past_is_told_as_that() -> None:
    late = replace(BOARD, made=NOW + timedelta(hours=3))
    tile = page(late)
    assert "longer than expected (until <time" in tile
    assert "länger als erwartet (bis <time" in page(late, "de")


def test_the_wall_counts_and_says_how_it_is() -> None:
    html = page()
    assert '<p class="sentence" role="status">1 service is down, 1 service is impaired</p>' in html
    chips = html[html.index('class="chips"') : html.index('class="when"')]
    counts = re.findall(r">([A-Z][a-z]+)</span> <b>(\d+)<", chips)
    assert counts == [("Outage", "1"), ("Impaired", "1"), ("Operational", "4")]


def test_groups_keep_the_board_s_order_and_one_alone_needs_no_heading() -> None:
    headings = re.findall(r'<h2 dir="auto">([^<]*)<', page())
    assert headings == ["Network", "Other services"]
    assert re.findall(r'<h2 dir="auto">', page(groups="Network")) == []


def test_groups_can_be_chosen_by_name_and_by_id() -> None:
    assert names(page(groups="network")) == ["Phones", "Printer", "VPN"]
    assert names(page(groups="2, 0")) == ["Phones", "Printer", "VPN", "Door &amp; &lt;gate&gt;"]
    assert names(page(groups="2\n0")) == names(page(groups="2,0"))


def test_a_group_that_is_not_there_is_told_by_its_number_alone() -> None:
    html = page(groups="Network,Vault,Strongroom")
    assert "2 groups are not there" in html
    assert "Vault" not in html
    assert "Strongroom" not in html
    alone = page(groups="Vault")
    assert "No services are shown" in alone
    assert names(alone) == []


def test_a_status_that_nobody_confirmed_is_marked() -> None:
    board = public_board(grouped((1, "A", [service(1, "One", stale=True), service(2, "Two")])))
    html = page(board)
    assert re.search(r'<li class="s5 stale" id="t1">.*not confirmed', html)
    assert html.count("not confirmed") == 1


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("4", "4"), ("999", "24"), ("0", None), ("x", None), ("-1", None), ("²", None)],
)
def test_columns_are_a_number_within_reason(asked: str, shown: str | None) -> None:
    found = re.search(r'data-columns="([^"]*)"', page(columns=asked))
    assert (found and found.group(1)) == shown


def test_clock_theme_and_sound_are_chosen_by_the_address() -> None:
    html = page(clock="12", theme="dark", sound="1")
    assert 'data-clock="12"' in html
    assert 'data-theme="dark"' in html
    assert '<button class="sound" type="button" hidden>Allow sound</button>' in html
    usual = page(clock="13", theme="pink", sound="yes")
    assert 'data-clock="24"' in usual
    assert 'data-theme="system"' in usual
    assert "<button" not in usual


def test_the_wall_speaks_german() -> None:
    html = page(language="de")
    assert '<html lang="de"' in html
    assert 'data-no-contact="Kein Kontakt seit %1"' in html
    assert "Ausfall" in html
    assert "Outage" not in html


def test_without_script_it_loads_itself_anew_and_says_of_when_it_is() -> None:
    html = page()
    assert '<noscript><meta http-equiv="refresh" content="30"></noscript>' in html
    assert '<p class="as-of">As of <time datetime="2026-11-27T21:30:00Z">' in html


@pytest.mark.parametrize(("count", "size"), [(6, "xl"), (40, "m"), (150, "s"), (600, "xxs")])
def test_without_script_the_size_of_type_is_guessed_by_the_count(count: int, size: str) -> None:
    services = [service(id_, f"Service {id_}") for id_ in range(1, count + 1)]
    html = page(public_board(grouped((1, "All", services))))
    assert f'<main class="size-{size}">' in html
    assert len(names(html)) == count
    assert f".size-{size} " in resource("page", "wall.css").read_text("utf-8")


def test_600_services_are_a_small_page() -> None:
    services = [service(id_, f"Service number {id_}") for id_ in range(1, 601)]
    assert len(page(public_board(grouped((1, "All", services))))) < 160_000


def test_a_wall_loads_its_own_style_and_scripts_alone_and_has_nothing_inline() -> None:
    document = wall(BOARD, wanted())
    html = document.content.decode()
    assert document.policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in document.policy
    assert re.findall(r'(?:src|href)="(?!#)([^"?]*)', html) == [
        "/page/wall.css", "/page/favicon-outage.svg", "/page/wall.js",
    ]  # fmt: skip
    assert not re.search(r"<style|<script(?! type=\"module\" src=)| style=| on[a-z]+=", html)


def test_names_and_comments_are_text_whatever_they_hold() -> None:
    nasty = '"><script>alert(1)</script>'
    bad = service(1, nasty, StatusId.OUTAGE, comment=nasty)
    board = public_board(
        grouped((1, nasty, [bad, service(2, nasty)])), choices=PageChoices(title=nasty)
    )
    assert "<script>" not in page(board)


def test_an_empty_board_has_a_wall() -> None:
    html = page(public_board([], disruptions=()))
    assert "No services are shown" in html
    assert 'href="#s0"' in html


def test_a_wall_of_closed_services_does_not_look_as_if_they_were_operational() -> None:
    html = page(public_board(grouped((1, "A", [service(1, "One", StatusId.CLOSED)]))))
    assert "All services are closed" in html
    assert '<svg class="shape s8" aria-hidden="true"><use href="#s8"/></svg>\n<div' in html


def test_the_style_has_a_colour_for_everything_in_both_palettes() -> None:
    css = resource("page", "wall.css").read_text("utf-8")
    palettes = re.findall(r"data-theme=(?:dark|system)\]\{color-scheme:dark;([^}]*)\}", css)
    assert len(palettes) == 2
    dark, auto = (set(re.findall(r"(--[a-z0-9]+):", one)) for one in palettes)
    light = set(re.findall(r"(--[a-z0-9]+):", css[: css.index("}")]))
    assert dark == auto == light

"""Frames for pages of other sites: what they show, and who may show them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from izzitup_desktop.domain.public_board import PageChoices, PublicBoard
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.server.page.embeds import embed, policy
from tests.made_public_boards import NOW, grouped, public_board, service, wanted

BOARD = public_board()


def frame(what: str, board: PublicBoard = BOARD, language: str = "en", **query: str) -> str:
    document = embed(board, wanted({"what": what}, query, language=language))
    assert document is not None
    assert document.media_type == "text/html; charset=utf-8"
    return document.content.decode()


def shown(html: str) -> str:
    """The texts of a page."""
    body = html[html.index("<main>") :]
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


def test_the_frame_of_the_board_says_how_it_is_and_opens_groups_that_are_not_fine() -> None:
    html = frame("overall")
    assert '<p class="state" role="status">1 service is down, 1 service is impaired</p>' in html
    assert re.findall(r'<details id="g\d"( open)?>', html) == [" open", "", ""]
    text = shown(html)
    for name in ("Example Ltd.", "Office", "Network", "Other services", "Phones", "VPN"):
        assert name in text


def test_the_worst_comes_first_with_since_until_and_what_was_said() -> None:
    text = shown(frame("group:Office"))
    assert text.index("Mail Outage since") < text.index("Wiki Impaired not confirmed since")
    assert "The disk is full; we are adding another." in text
    assert re.search(r"since <time [^>]*>\d\d:\d\d</time>, until <time", frame("group:Office"))


def test_an_end_that_is_past_is_told_as_that() -> None:
    late = replace(BOARD, made=NOW + timedelta(hours=3))
    assert "longer than expected (until <time" in frame("MAIL", late)


def test_the_frame_of_one_service_says_its_word_once() -> None:
    text = shown(frame("MAIL"))
    assert text.startswith("Mail Outage since")
    assert text.count("Outage") == 1


def test_times_stand_in_elements_that_programs_read_and_the_zone_is_named() -> None:
    html = frame("MAIL")
    assert '<time datetime="2026-11-27T20:42:00Z">' in html
    assert NOW.astimezone().strftime('<span class="zone"> %Z</span>') in html


@pytest.mark.parametrize("what", ["NOTHING", "99", "group:99", "", "group:"])
def test_what_is_not_there_has_no_frame(what: str) -> None:
    assert embed(BOARD, wanted({"what": what})) is None


def test_a_frame_speaks_german() -> None:
    html = frame("overall", language="de")
    assert '<html lang="de"' in html
    assert "1 Dienst ist ausgefallen, 1 Dienst ist eingeschränkt" in html
    assert "Statusseite" in html


def test_only_one_s_own_pages_and_listed_ones_may_show_a_frame() -> None:
    assert policy(()).endswith("frame-ancestors 'self'")
    listed = replace(BOARD, choices=PageChoices(origins=("https://wiki.example", "http://a:81")))
    document = embed(listed, wanted({"what": "MAIL"}))
    assert document is not None
    assert document.policy.endswith("; frame-ancestors 'self' https://wiki.example http://a:81")


def test_an_origin_that_is_none_can_t_change_the_policy() -> None:
    evil = (
        "https://a; script-src *",
        "*",
        "https://*",
        "https://a b",
        "https://ä",
        "a",
        "https://a\n",
    )
    assert policy(evil) == policy(())


def test_a_frame_loads_its_own_style_and_script_alone_and_has_nothing_inline() -> None:
    assert policy(()).startswith("default-src 'none'; ")
    html = frame("overall")
    assert re.findall(r'(?:src|href)="(?!#)([^"?]*)', html) == [
        "/page/embed.css", "/page/embed.js", "http://board.example:8475/",
    ]  # fmt: skip
    assert not re.search(r"<style|<script(?! type=\"module\" src=)| style=| on[a-z]+=", html)


def test_names_and_comments_are_text_whatever_they_hold() -> None:
    nasty = '"><script>alert(1)</script>&amp;'
    one = service(1, nasty, StatusId.OUTAGE, comment=nasty, key="X")
    board = public_board(
        grouped((1, nasty, [one]), (2, "B", [service(2, "b")])), choices=PageChoices(title=nasty)
    )
    for what in ("overall", "X", "group:1"):
        html = frame(what, board)
        assert "<script>" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;" in html


def test_a_theme_may_be_chosen_and_is_the_reader_s_own_otherwise() -> None:
    assert 'data-theme="dark"' in frame("MAIL", theme="dark")
    assert 'data-theme="system"' in frame("MAIL", theme='"><b>')

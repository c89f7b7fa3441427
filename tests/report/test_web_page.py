"""The HTML of a report: whole, by itself, and with nothing of the board taken for markup."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from izzitup_desktop.domain.logo import Logo
from izzitup_desktop.report.contents import Report
from izzitup_desktop.report.web_page import web_page
from izzitup_desktop.report.wording import Wording
from izzitup_desktop.text.catalogue import Catalogue
from tests.report.made_reports import made_report

WORDING = Wording(Catalogue())
_VOID = frozenset(("meta", "img"))
_EVIL = "<script>alert(1)</script>\"'&\u202e\x00"


class _Parser(HTMLParser):
    """Fails at a tag that ends another one; keeps tags, attributes and texts."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def parsed(report: Report) -> _Parser:
    parser = _Parser()
    parser.feed(web_page(report, WORDING))
    parser.close()
    assert parser.open == []
    return parser


@pytest.mark.parametrize("count", [0, 3, 60])
def test_every_tag_is_closed_where_it_was_opened_and_nothing_is_fetched(count: int) -> None:
    page = parsed(made_report(count, board_name="Acme"))
    assert page.links == []
    assert not {"script", "link", "iframe"} & set(page.tags)
    assert "Acme" in page.texts


def test_what_people_wrote_stays_text_and_turns_no_other_text() -> None:
    report = made_report(3, board_name=_EVIL)
    (line, *lines) = report.lines
    evil = replace(line, figures=replace(line.figures, name=_EVIL))
    outages = tuple(replace(o, name=_EVIL, comment=_EVIL, who=_EVIL) for o in report.outages)
    page = parsed(replace(report, lines=(evil, *lines), outages=outages))
    assert "script" not in page.tags
    shown = _EVIL.replace("\x00", " ")
    assert page.texts.count(shown) == 2 + 3 * len(outages)
    assert page.tags.count("bdi") >= 2 + 3 * len(outages)


def test_the_logo_is_in_the_file() -> None:
    page = parsed(made_report(3, logo=Logo(b"\x89PNG", "image/png")))
    assert page.links == ["data:image/png;base64,iVBORw=="]


def test_each_strip_says_in_words_what_it_shows() -> None:
    report = made_report(3)
    told = re.findall(r'aria-label="([^"]+)"', web_page(report, WORDING))
    assert len(told) == len(report.lines)
    assert all(re.match(r"\w+ \d+/31", text) for text in told)


def test_a_page_on_which_nothing_happened_says_so() -> None:
    report = replace(made_report(3), outages=(), outages_count=0)
    assert "Never, as far as is known." in parsed(report).texts

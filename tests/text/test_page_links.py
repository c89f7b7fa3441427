"""What others copy to show our status: each of it is answered."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from izzitup_desktop.text.page_links import (
    LinkKind,
    Subject,
    SubjectKind,
    links_for,
)
from tests.builders import ALICE, add_service, opened_board
from tests.server.wire import ask, serving

NAME = 'Mail "and" <fax> [old]'


def test_every_address_that_is_copied_is_answered(home: Path) -> None:
    with opened_board(f"sqlite:///{home}/izzitup.db", home) as board:
        group = board.groups.add(ALICE, "Büro/1 & 2").value
        add_service(board, NAME, key="MAIL", group_id=group.id)
        add_service(board, "no key")
        (keyed, bare) = board.services.list(ALICE)
        with serving(board) as server:
            base = server.state.url
            for subject in (
                Subject(SubjectKind.BOARD, "", "All"),
                Subject(SubjectKind.GROUP, str(group.id), group.name),
                Subject(SubjectKind.SERVICE, "MAIL", keyed.name),
                Subject(SubjectKind.SERVICE, str(bare.id), bare.name),
            ):
                for link in links_for(base, subject):
                    found = re.findall(rf"{re.escape(base)}[^\s\"')\]]*", unescape(link.text))
                    assert found, link
                    for address in found:
                        path = address.removeprefix(base)
                        assert ask(server, method="GET", path=path).status == 200, address


class Seen(HTMLParser):
    """The attributes of elements, by their names."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str | None]] = {}
        self.feed(code)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag] = dict(attrs)


@pytest.mark.parametrize("kind", [LinkKind.BADGE_HTML, LinkKind.FRAME])
def test_a_name_breaks_out_of_no_code(kind: LinkKind) -> None:
    links = links_for("https://s.example", Subject(SubjectKind.SERVICE, 'a"b', NAME))
    (link,) = (one for one in links if one.kind is kind)
    seen = Seen(link.text).found
    assert set(seen) <= {"a", "img", "iframe"}
    named = seen["img"]["alt"] if kind is LinkKind.BADGE_HTML else seen["iframe"]["title"]
    assert named == NAME


def test_a_name_breaks_out_of_no_markdown() -> None:
    link = links_for("https://s.example", Subject(SubjectKind.BOARD, "", NAME))[0]
    assert link.text.startswith('[![Mail "and" <fax> \\[old\\]](https://s.example/badge/')

"""Whatever things are called, a page has the elements that it would have anyway."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

from hypothesis import example, given, strategies as st

from izzitup_desktop.domain.public_board import (
    Disruption,
    Maintenance,
    PageChoices,
    PublicBoard,
    PublicChange,
)
from izzitup_desktop.server.page.formats import Wanted
from izzitup_desktop.server.page.html.events import page_event
from izzitup_desktop.server.page.html.front import page, page_service
from izzitup_desktop.server.page.html.subscribe import page_subscribe
from tests.made_public_boards import (
    NOW,
    OPERATIONAL,
    OUTAGE,
    grouped,
    public_board,
    service,
    wanted,
)
from tests.server.page.html_read import Element, read

HOSTILE = st.one_of(
    st.text(min_size=1, max_size=60),
    st.lists(
        st.sampled_from(
            ["<", ">", '"', "'", "&", "</title>", "<script>", "-->", "]]>", "{{", "}}", "{%", "%1",
             "%2", "\u202e", "\u2066", "\0", "\x1b[2J", "\n", "`", "=", "onload", "&lt;", "\ufffe"]
        ),
        min_size=1, max_size=8,
    ).map("".join),
)  # fmt: skip
PLAIN = "Mail"


def board_of(text: str) -> PublicBoard:
    change = PublicChange(1, NOW, 1, int(OPERATIONAL), int(OUTAGE), text, text)
    goes_on = Disruption(1, 1, text, NOW - timedelta(hours=1), None, int(OUTAGE), (change,))
    over = replace(goes_on, id=2, end=NOW)
    mail = service(1, text, OUTAGE, key="KEY", comment=text, description=text, by=text)
    work = Maintenance(9, "u", text, text, NOW, NOW + timedelta(hours=1), (1,), NOW)
    board = public_board(
        grouped((1, text, [mail]), (2, "B", [service(2, "Wiki")])),
        disruptions=(goes_on, over), choices=PageChoices(title=text, text=text),
    )  # fmt: skip
    return replace(board, maintenance=(work,))


def shape(found: Element) -> list[tuple[str, tuple[str, ...]]]:
    """All elements, with the names of their attributes."""
    return [(one.name, tuple(one.attributes)) for one in found.all()]


def pages(text: str, language: str) -> list[Element]:
    board, asked = board_of(text), wanted(language=language)

    def with_(**parameters: str) -> Wanted:
        return replace(asked, parameters=parameters)

    return [
        read(page(board, asked)), read(page_service(board, with_(service="KEY"))),
        read(page_event(board, with_(id="1"))), read(page_event(board, with_(id="9"))),
        read(page_subscribe(board, asked)),
    ]  # fmt: skip


@cache
def plain_shapes(language: str) -> list[list[tuple[str, tuple[str, ...]]]]:
    return [shape(found) for found in pages(PLAIN, language)]


@given(HOSTILE, st.sampled_from(["en", "de"]))
@example("<img src=x onerror=alert(1)>\"'", "en")
@example("</title></script><!--", "de")
def test_no_name_or_comment_adds_an_element_or_an_attribute(text: str, language: str) -> None:
    assert [shape(found) for found in pages(text, language)] == plain_shapes(language)


@given(HOSTILE)
def test_a_service_is_called_on_the_page_what_it_is_called(text: str) -> None:
    row = read(page(board_of(text), wanted())).one(id="s1").all("a")[0]
    kept = "".join(one for one in row.children if isinstance(one, str))
    assert kept.replace("\r", "\n") == text.replace("\r\n", "\n").replace("\r", "\n")

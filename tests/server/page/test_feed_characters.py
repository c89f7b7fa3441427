"""Whatever people write is read back from feeds and calendars as they wrote it.

But for what no XML can say: control characters and halves of characters are left out.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from xml.etree import ElementTree as ET

import feedparser
from hypothesis import given, settings, strategies as st

from izzitup_desktop.domain.public_board import (
    Disruption,
    Maintenance,
    PageChoices,
    PublicBoard,
    PublicChange,
)
from izzitup_desktop.server.page.feeds import atom as feeds, calendar as calendars, history
from tests.examples import share_of
from tests.made_public_boards import NOW, grouped, public_board, service, wanted
from tests.server.page.feeds_read import ATOM, atom, calendar, entries, paragraphs, text

HOUR = timedelta(hours=1)

NASTY = st.sampled_from(
    ["]]>", "<![CDATA[", "&amp;", "<b>", "\r\n", "\r", "\x00", "\x0b", "\x85", "\u2028", "\ufffe",
     "\ud800", "\\n", "\\", ";", ",", ":", '"', "END:VEVENT", "\u202e", "😀", "é" * 80, "%1", "\t"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(NASTY, st.text(st.characters(), max_size=12)), max_size=6).map("".join)


def said(string: str) -> str:
    """What of a text can be said: told apart by what Unicode says of each character."""
    whole = string.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        char for char in whole
        if char in "\n\t" or (unicodedata.category(char) not in ("Cc", "Cs")
                              and char not in "\ufffe\uffff")
    )  # fmt: skip


def said_lines(string: str) -> list[str]:
    return [line.strip() for line in said(string).split("\n") if line.strip()]


def board_of(name: str, comment: str) -> PublicBoard:
    """A board on which everything that people write is one of these."""
    change = PublicChange(3, NOW, 1, 5, 7, comment, name)
    back = PublicChange(4, NOW + HOUR, 1, 7, 5, comment)
    one = Disruption(3, 1, name, NOW, NOW + HOUR, 7, (change, back))
    work = Maintenance(2, "u@x", name, comment, NOW, NOW + HOUR, (1,), NOW - HOUR)
    return public_board(
        grouped((1, name, [service(1, name)])),
        choices=PageChoices(title=name, text=comment), disruptions=(one,), maintenance=(work,),
    )  # fmt: skip


@settings(max_examples=share_of(60), deadline=None)
@given(TEXTS, TEXTS)
def test_atom_says_what_was_written(name: str, comment: str) -> None:
    document = feeds.of_board(board_of(name, comment), wanted())
    feed = atom(document)
    assert text(feed, "title") == (said(name).strip() or "Service status")
    back, began, planned = entries(feed)
    for entry in (back, began):
        assert next(entry.iter(f"{ATOM}category")).get("term") == said(name)
        assert list(paragraphs(text(entry, "content")))[:-1][: len(said_lines(comment))] == (
            said_lines(comment)
        )
    assert (began.findtext(f"{ATOM}author/{ATOM}name") or "") == said(name)
    assert text(planned, "title").startswith(f"Planned work: {said(name)}")
    read = feedparser.parse(document.content)
    assert (read.bozo, len(read.entries)) == (False, 3)


@settings(max_examples=share_of(60), deadline=None)
@given(TEXTS, TEXTS)
def test_the_history_says_what_was_written(name: str, comment: str) -> None:
    board = board_of(name, comment)
    asked = wanted(past=lambda _begin, _end, _ids: ())
    (channel,) = ET.fromstring(history.as_rss(board, asked).content)
    assert (channel.findtext("description") or "") in (
        said(comment), f"{said(name).strip() or 'Services'} - Incident History"
    )  # fmt: skip
    if not said_lines(comment):
        return
    incident, planned = channel.findall("item")
    told = paragraphs(incident.findtext("description") or "")
    lines = "\n".join(said_lines(comment))
    assert told[0] == f"Nov 27, 22:30 UTC\nResolved - {lines}"
    assert told[1] == f"Nov 27, 21:30 UTC\nInvestigating - {lines}"
    assert (planned.findtext("title") or "") == said(name)
    assert len(feedparser.parse(history.as_atom(board, asked).content).entries) == 2


@settings(max_examples=share_of(60), deadline=None)
@given(TEXTS, TEXTS)
def test_a_calendar_says_what_was_written(name: str, comment: str) -> None:
    read = calendar(calendars.of_board(board_of(name, comment), wanted()))
    # The library leaves names that it doesn't know as they are written.
    called = re.sub(
        r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), str(read["X-WR-CALNAME"])
    )
    assert called == (said(name).strip() or "Service status")
    over, planned = read.walk("VEVENT")
    assert planned["UID"] == "u@x"
    assert str(planned["SUMMARY"]) == said(name)
    assert str(planned["DESCRIPTION"]) == "\n".join([*said_lines(comment), said(name)])
    assert str(over["SUMMARY"]).startswith(said(name))
    for line in said_lines(comment):
        assert line in str(over["DESCRIPTION"])

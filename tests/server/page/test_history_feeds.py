"""Statuspage's history: an entry an incident, in Atom and in RSS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

from izzitup_desktop.domain.days import midnight
from izzitup_desktop.domain.public_board import Disruption, Maintenance, PublicChange
from izzitup_desktop.server.page.feeds import history
from izzitup_desktop.server.page.feeds.atom import NAMESPACE
from tests.made_public_boards import IMPAIRED, NOW, OUTAGE, disruptions, public_board, wanted
from tests.server.page.feeds_read import atom, entries, link, paragraphs, text

WORK = Maintenance(
    7, "work-7@board", "Disks", "Twice as many.", NOW + timedelta(days=2),
    NOW + timedelta(days=2, hours=3), (1,), NOW - timedelta(hours=1), 2,
)  # fmt: skip


def test_an_entry_is_an_incident_with_its_updates_newest_first() -> None:
    feed = atom(history.as_atom(public_board(), wanted(language="de")))
    assert text(feed, "title") == "Example Ltd. - Incident History"
    assert link(feed, "self") == "http://board.example:8475/history.atom"
    mail, phones = entries(feed)
    assert (text(mail, "title"), text(phones, "title")) == ("Mail: Outage", "Phones: Outage")
    assert list(paragraphs(text(mail, "content"))) == [
        "Nov 27, 21:02 UTC\nUpdate - The disk is full; we are adding another.",
        "Nov 27, 20:42 UTC\nInvestigating - Mail: Operational → Outage",
    ]
    assert list(paragraphs(text(phones, "content"))) == [
        "Nov 24, 21:44 UTC\nResolved - Replaced.",
        "Nov 24, 21:30 UTC\nInvestigating - A switch died.",
    ]
    assert text(phones, "published") == "2026-11-24T21:30:00Z"
    assert text(phones, "updated") == "2026-11-24T21:44:00Z"
    assert link(phones, "alternate") == "http://board.example:8475/events/1100"
    assert '<small>Nov <var data-var="date">24</var>, <var data-var="time">21:44</var> UTC' in text(
        phones, "content"
    )


def test_an_incident_keeps_its_id_whatever_is_said_of_it_and_wherever_the_board_is() -> None:
    board = public_board()
    mail, *rest = board.disruptions
    more = PublicChange(1_190, NOW, 1, int(OUTAGE), int(IMPAIRED), "Half\nof it\nworks.")
    grown = replace(mail, changes=(*mail.changes, more))
    asked = replace(wanted(), base="https://status.example")
    before = entries(atom(history.as_atom(board, wanted())))[0]
    after = entries(
        atom(history.as_atom(replace(board, disruptions=(grown, *rest)), asked))
    )[0]  # fmt: skip
    assert text(after, "id") == text(before, "id")
    assert text(after, "updated") == "2026-11-27T21:30:00Z" > text(before, "updated")
    assert paragraphs(text(after, "content"))[0] == (
        "Nov 27, 21:30 UTC\nUpdate - Half\nof it\nworks."
    )


def test_rss_tells_the_same() -> None:
    board = public_board()
    document = history.as_rss(board, wanted(language="de"))
    assert document.media_type == "application/rss+xml; charset=utf-8"
    (channel,) = ET.fromstring(document.content)
    assert channel.findtext("title") == "Example Ltd. - Incident History"
    assert channel.findtext("link") == "http://board.example:8475/"
    assert channel.findtext("pubDate") == "Fri, 27 Nov 2026 21:02:00 +0000"
    address = channel.find(f"{{{NAMESPACE}}}link")
    assert address is not None
    assert address.attrib["href"] == "http://board.example:8475/history.rss"
    told = [
        (one.findtext("title"), one.findtext("description"), one.findtext("link"),
         one.findtext("guid"))
        for one in channel.findall("item")
    ]  # fmt: skip
    assert told == [
        (text(one, "title"), text(one, "content"), link(one, "alternate"), text(one, "id"))
        for one in entries(atom(history.as_atom(board, wanted())))
    ]
    assert len(told) == 2


def test_planned_work_is_a_scheduled_event() -> None:
    def said(work: Maintenance) -> tuple[str, list[str]]:
        board = public_board(disruptions=(), maintenance=(work,))
        asked = wanted(past=lambda _begin, _end, _ids: ())
        (entry,) = entries(atom(history.as_atom(board, asked)))
        return text(entry, "title"), list(paragraphs(text(entry, "content")))

    assert said(WORK) == (
        "Disks",
        [
            "THIS IS A SCHEDULED EVENT Nov 29, 21:30 UTC - Nov 30, 00:30 UTC",
            "Nov 27, 20:30 UTC\nScheduled - Twice as many.\nMail",
        ],
    )
    cancelled = said(replace(WORK, is_cancelled=True))
    assert cancelled[1][1] == "Nov 27, 20:30 UTC\nCancelled - Twice as many.\nMail"


def test_a_board_of_which_nothing_was_said_has_no_incident() -> None:
    change = PublicChange(1, NOW, 1, 5, 7)
    unsaid = (Disruption(1, 1, "Mail", NOW, None, 7, (change,)),)
    board = public_board(disruptions=unsaid)
    asked = wanted(past=lambda _begin, _end, _ids: unsaid)
    assert entries(atom(history.as_atom(board, asked))) == []
    later = replace(board, made=NOW + timedelta(hours=5))
    for made in (history.as_atom, history.as_rss):
        assert made(later, asked) == made(board, asked)


def test_the_history_goes_as_far_back_as_the_strips() -> None:
    asked: list[tuple[datetime, datetime, Sequence[int]]] = []

    def past(begin: datetime, end: datetime, ids: Sequence[int]) -> Sequence[Disruption]:
        asked.append((begin, end, ids))
        return disruptions()

    board = public_board(disruptions=disruptions()[:1])
    found = entries(atom(history.as_atom(board, wanted(past=past))))
    assert [text(one, "title") for one in found] == ["Mail: Outage", "Phones: Outage"]
    assert asked == [(midnight(board.dates[0]), NOW, ())]


def test_the_fifty_newest_incidents_are_told() -> None:
    many = tuple(
        Disruption(
            id_, 1, "Mail", NOW, None, 7,
            (PublicChange(id_, NOW + timedelta(minutes=id_), 1, 5, 7, str(id_)),),
        )
        for id_ in range(60)
    )  # fmt: skip
    found = entries(atom(history.as_atom(public_board(disruptions=many), wanted())))
    assert len(found) == history.INCIDENTS_MOST == 50
    assert paragraphs(text(found[0], "content"))[0].endswith("Investigating - 59")

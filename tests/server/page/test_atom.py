"""Atom: what a feed tells, and what its ids hold against."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from izzitup_desktop.domain.public_board import (
    Disruption,
    Maintenance,
    PageChoices,
    PublicBoard,
    PublicChange,
)
from izzitup_desktop.server.page.feeds import atom as feeds
from izzitup_desktop.server.page.feeds.entries import ENTRIES_MOST
from izzitup_desktop.text.times import to_minute
from tests.made_public_boards import (
    IMPAIRED,
    NOW,
    OPERATIONAL,
    OUTAGE,
    disruptions,
    grouped,
    public_board,
    service,
    wanted,
)
from tests.server.page.feeds_read import ATOM, atom, entries, link, paragraphs, text

MINUTE = timedelta(minutes=1)
BEGAN, LATER = NOW - 48 * MINUTE, NOW + 120 * MINUTE
BROKE = NOW - timedelta(days=3)

WORK = Maintenance(
    7, "work-7@board", "Disks <2>", "Twice as many.\nIt may be slow.", NOW + timedelta(days=2),
    NOW + timedelta(days=2, hours=3), (1, 2, 99), NOW - timedelta(hours=1),
)  # fmt: skip


def at(time: datetime, language: str = "en") -> str:
    """As people on the board's computer write it."""
    return to_minute(language, time)


def told(board: PublicBoard, language: str = "en") -> list[tuple[str, list[str]]]:
    """Titles and paragraphs of the board's feed."""
    found = entries(atom(feeds.of_board(board, wanted(language=language))))
    return [(text(one, "title"), list(paragraphs(text(one, "content")))) for one in found]


def ids(feed: ET.Element) -> list[str]:
    return [text(one, "id") for one in entries(feed)]


def test_each_public_change_is_an_entry_and_the_newest_is_first() -> None:
    assert told(public_board()) == [
        (
            "Mail: Outage – The disk is full; we are adding another.",
            [
                "The disk is full; we are adding another.",
                f"Outage since {at(BEGAN)}",
                f"Expected until {at(LATER)}",
            ],
        ),
        ("Mail: Operational → Outage", [f"Outage since {at(BEGAN)}"]),
        ("Wiki: Operational → Impaired", [f"Impaired since {at(NOW - 180 * MINUTE)}"]),
        (
            "Phones: Outage → Operational",
            ["Replaced.", f"Operational since {at(BROKE + 14 * MINUTE)}", "Disrupted for 14 min"],
        ),
        (
            "Phones: Operational → Outage",
            ["A switch died.", f"Outage since {at(BROKE)}"],
        ),
    ]


def test_a_feed_has_all_that_an_atom_feed_must_have() -> None:
    feed = atom(feeds.of_board(public_board(), wanted()))
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert text(feed, "title") == "Example Ltd."
    assert text(feed, "updated") == "2026-11-27T21:02:00Z"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Example Ltd."
    assert link(feed, "self") == "http://board.example:8475/atom"
    assert link(feed, "alternate") == "http://board.example:8475/"
    first = entries(feed)[0]
    assert text(first, "published") == text(first, "updated") == "2026-11-27T21:02:00Z"
    assert link(first, "alternate") == "http://board.example:8475/events/1180"
    assert [one.get("term") for one in first.findall(f"{ATOM}category")] == ["Mail", "Outage"]
    assert len(set(ids(feed))) == len(ids(feed))


def test_ids_stay_when_the_board_gets_another_address_language_or_title() -> None:
    before = atom(feeds.of_board(public_board(maintenance=(WORK,)), wanted()))
    moved = public_board(choices=PageChoices(title="Else"), maintenance=(WORK,))
    asked = replace(wanted(language="de"), base="https://status.example")
    after = atom(feeds.of_board(moved, asked))
    assert link(entries(after)[0], "alternate").startswith("https://status.example/events/")
    assert ids(after) == ids(before)
    assert text(after, "id") == text(before, "id")
    assert all(one.startswith("tag:izzitup.invalid,2026:") for one in ids(before))


@pytest.mark.parametrize("other", [{"time": NOW + timedelta(microseconds=1)}, {"service_id": 2}])
def test_a_number_that_is_given_again_is_another_entry(other: dict[str, Any]) -> None:
    began = PublicChange(0, NOW, 1, int(OPERATIONAL), int(OUTAGE))
    changes = (began, replace(began, **other))
    many = [Disruption(0, one.service_id, "Mail", one.time, None, 7, (one,)) for one in changes]
    board = public_board(disruptions=tuple(many))
    found = ids(atom(feeds.of_board(board, wanted())))
    assert len(set(found)) == 2


def test_what_is_only_said_has_the_time_since_which_the_status_is_it() -> None:
    changes = (
        PublicChange(1, NOW - 9 * MINUTE, 1, None, int(OUTAGE)),
        PublicChange(2, NOW - 5 * MINUTE, 1, int(OUTAGE), int(IMPAIRED)),
        PublicChange(3, NOW - 1 * MINUTE, 1, int(IMPAIRED), int(IMPAIRED), "x" * 200 + "\nMore"),
        PublicChange(4, NOW, 1, int(IMPAIRED), int(IMPAIRED), by="carla"),
    )
    one = Disruption(1, 1, "Mail", changes[0].time, None, 7, changes)
    board = public_board(disruptions=(one,))
    since = f"Impaired since {at(NOW - 5 * MINUTE)}"
    assert told(board) == [
        ("Mail: Impaired", [since]),
        ("Mail: Impaired – " + "x" * 119 + "…", ["x" * 200, "More", since]),
        ("Mail: Outage → Impaired", [since]),
        ("Mail: Outage", [f"Outage since {at(NOW - 9 * MINUTE)}"]),
    ]
    first, *rest = entries(atom(feeds.of_board(board, wanted())))
    assert first.findtext(f"{ATOM}author/{ATOM}name") == "carla"
    assert all(entry.find(f"{ATOM}author") is None for entry in rest)


def test_german_is_german() -> None:
    found = told(public_board(maintenance=(WORK,)), language="de")
    assert found[0][1][1:] == [
        f"Ausfall seit {at(BEGAN, 'de')}", f"Voraussichtlich bis {at(LATER, 'de')}",
    ]  # fmt: skip
    assert "Geplante Arbeiten: Disks <2>" in dict(found)
    asked = wanted(query={"lang": "de"}, language="de")
    feed = atom(feeds.of_board(public_board(choices=PageChoices()), asked))
    assert link(feed, "self") == "http://board.example:8475/atom?lang=de"
    assert text(feed, "title") == "Status der Dienste"


def test_planned_work_is_told_and_each_of_its_moves() -> None:
    def last(work: Maintenance) -> ET.Element:
        board = public_board(disruptions=(), maintenance=(work,))
        (entry,) = entries(atom(feeds.of_board(board, wanted())))
        return entry

    first = last(WORK)
    assert text(first, "title") == "Planned work: Disks <2>"
    assert paragraphs(text(first, "content")) == [
        "Twice as many.", "It may be slow.",
        f"From {at(WORK.begin)} until {at(WORK.end)}", "Mail, Wiki",
    ]  # fmt: skip
    moved = last(replace(WORK, sequence=1))
    cancelled = last(replace(WORK, sequence=1, is_cancelled=True))
    assert text(moved, "title") == "Planned work moved: Disks <2>"
    assert text(cancelled, "title") == "Planned work cancelled: Disks <2>"
    assert len({text(one, "id") for one in (first, moved, cancelled)}) == 3


def test_a_service_has_a_feed_by_its_key_in_any_case_and_by_its_id() -> None:
    board = public_board(maintenance=(WORK,))
    by_key = feeds.of_service(board, wanted({"service": "mail"}))
    by_id = feeds.of_service(board, wanted({"service": "1"}))
    assert by_key == by_id
    feed = atom(by_key)
    assert text(feed, "title") == "Example Ltd.: Mail"
    assert link(feed, "self") == "http://board.example:8475/services/MAIL/atom"
    assert link(feed, "alternate") == "http://board.example:8475/services/MAIL"
    assert [text(one, "title").split(":")[0] for one in entries(feed)] == [
        "Mail", "Mail", "Planned work",
    ]  # fmt: skip
    quiet = atom(feeds.of_service(board, wanted(parameters={"service": "VPN"})))
    assert entries(quiet) == []
    assert text(quiet, "updated") == "2026-11-27T20:42:00Z"
    assert text(quiet, "id") != text(feed, "id")


def test_an_event_has_a_feed() -> None:
    feed = atom(feeds.of_event(public_board(), wanted({"id": "1100"})))
    assert text(feed, "title") == f"Example Ltd.: Phones since {at(BROKE)}"
    assert link(feed, "self") == "http://board.example:8475/events/1100/atom"
    assert [text(one, "title").split(":")[0] for one in entries(feed)] == ["Phones", "Phones"]


def test_an_event_of_long_ago_keeps_its_feed() -> None:
    board = public_board(disruptions=())
    feed = atom(feeds.of_event(board, wanted(parameters={"id": "1100"})))
    assert len(entries(feed)) == 2


@pytest.mark.parametrize("id_", ["1", "99", "", "x", "-1", "²", "1" * 400])
def test_what_is_not_there_has_no_feed(id_: str) -> None:
    board = public_board(grouped((1, "Office", [service(3, "Phones")])))
    assert feeds.of_event(board, wanted(parameters={"id": id_})) is None
    assert feeds.of_service(board, wanted(parameters={"service": id_})) is None


def test_a_board_without_anything_has_a_feed_that_stays_the_same() -> None:
    board = public_board((), disruptions=(), status_id=None)
    feed = feeds.of_board(board, wanted())
    assert text(atom(feed), "updated") == "1970-01-01T00:00:00Z"
    later = replace(board, made=NOW + timedelta(hours=5))
    assert feeds.of_board(later, wanted()) == feed


def test_a_feed_has_the_newest_only_of_very_many() -> None:
    changes = tuple(
        PublicChange(id_, NOW + id_ * MINUTE, 1, int(OUTAGE), int(IMPAIRED)) for id_ in range(300)
    )
    one = Disruption(0, 1, "Mail", NOW, None, 7, changes)
    feed = atom(feeds.of_board(public_board(disruptions=(one, *disruptions())), wanted()))
    assert len(entries(feed)) == ENTRIES_MOST == 100
    assert "change/299-" in ids(feed)[0]
    assert "change/200-" in ids(feed)[-1]

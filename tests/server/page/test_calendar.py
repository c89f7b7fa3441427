"""Calendars: what stands in them, and that they are the same bytes while nothing changed."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.public_board import Disruption, Maintenance, PublicChange
from izzitup_desktop.server.page.feeds import calendar as calendars
from izzitup_desktop.text.times import to_minute
from tests.made_public_boards import NOW, public_board, wanted
from tests.server.page.feeds_read import calendar, events

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

WORK = Maintenance(
    7, "work-7@board", "Disks, new; ones", "Twice as many.\nIt may be slow.", NOW + 2 * DAY,
    NOW + 2 * DAY + 3 * HOUR, (1, 2, 99), NOW - HOUR,
)  # fmt: skip


def titles(*works: Maintenance) -> set[str]:
    board = public_board(disruptions=(), maintenance=works)
    return set(events(calendars.of_board(board, wanted())))


def test_planned_work_is_an_event_in_utc() -> None:
    board = public_board(maintenance=(replace(WORK, sequence=2),))
    event = events(calendars.of_board(board, wanted()))["Disks, new; ones"]
    assert event["UID"] == "work-7@board"
    assert event.to_ical().count(b"DTSTART:20261129T213000Z\r\nDTEND:20261130T003000Z\r\n") == 1
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == NOW - HOUR
    assert event["SEQUENCE"] == 2
    assert event["STATUS"] == "CONFIRMED"
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["CATEGORIES"].cats == ["Planned work"]
    assert event["URL"] == "http://board.example:8475/events"
    assert event["DESCRIPTION"] == "Twice as many.\nIt may be slow.\nMail, Wiki"


def test_a_calendar_says_its_name_and_when_to_look_again() -> None:
    document = calendars.of_board(public_board(), wanted())
    head = document.content.partition(b"BEGIN:VEVENT")[0].decode().split("\r\n")
    assert head == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//IzzitUp//Status page//EN",
        "CALSCALE:GREGORIAN", "X-WR-CALNAME:Example Ltd.", "NAME:Example Ltd.",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M", "X-PUBLISHED-TTL:PT15M", "",
    ]  # fmt: skip


def test_what_is_cancelled_stays_for_thirty_days_and_says_so() -> None:
    cancelled = replace(WORK, is_cancelled=True, changed=NOW - 29 * DAY, begin=NOW - 40 * DAY,
                        end=NOW - 39 * DAY, sequence=1)  # fmt: skip
    board = public_board(maintenance=(cancelled,))
    event = events(calendars.of_board(board, wanted()))["Cancelled: Disks, new; ones"]
    assert (event["STATUS"], event["UID"], event["SEQUENCE"]) == ("CANCELLED", "work-7@board", 1)
    assert titles(replace(cancelled, changed=NOW - 31 * DAY)) == set()


def test_work_of_half_a_year_ahead_and_of_a_month_ago_stands_in_it() -> None:
    def at(begin: timedelta) -> Maintenance:
        return replace(WORK, title=str(begin.days), begin=NOW + begin, end=NOW + begin + HOUR)

    works = [at(days * DAY) for days in (-31, -29, 0, 179, 181)]
    assert titles(*works) == {"-29", "0", "179"}


def test_a_disruption_whose_end_is_promised_stands_in_it_until_then() -> None:
    event = events(calendars.of_board(public_board(), wanted()))["Mail: Outage"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (NOW - 0.8 * HOUR, NOW + 2 * HOUR)
    assert event["DTSTAMP"].dt == NOW - timedelta(minutes=28)
    assert (event["STATUS"], event["SEQUENCE"]) == ("TENTATIVE", 20 * 60)
    assert event["URL"] == "http://board.example:8475/events/1180"
    said = to_minute("en", NOW - timedelta(minutes=28))
    assert event["DESCRIPTION"] == (
        f"{said}: The disk is full; we are adding another.\n"
        f"Expected until {to_minute('en', NOW + 2 * HOUR)}"
    )


def test_a_promise_that_moves_without_a_word_makes_a_newer_event() -> None:
    board = public_board()
    mail, *rest = board.disruptions
    moved = replace(mail, expiry=Expiry(NOW + 5 * HOUR, 5))
    office, *others = board.groups
    changed = replace(office.services[0], updated=NOW)
    office = replace(office, services=(changed, *office.services[1:]))
    later = replace(board, disruptions=(moved, *rest), groups=(office, *others))
    before = events(calendars.of_board(board, wanted()))["Mail: Outage"]
    after = events(calendars.of_board(later, wanted()))["Mail: Outage"]
    assert (after["UID"], after["DTEND"].dt) == (before["UID"], NOW + 5 * HOUR)
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt == NOW > before["LAST-MODIFIED"].dt


def test_one_that_goes_on_without_a_promise_does_not() -> None:
    assert set(events(calendars.of_board(public_board(), wanted()))) == {
        "Mail: Outage", "Phones: Outage",
    }  # fmt: skip


def test_one_that_lasts_longer_than_promised_says_so() -> None:
    board = replace(public_board(), made=NOW + 3 * HOUR)
    assert "Mail: Outage, longer than expected" in events(calendars.of_board(board, wanted()))


def test_one_that_is_over_has_its_real_times_and_keeps_its_id_and_the_plan() -> None:
    board = public_board()
    mail = board.disruptions[0]
    end = PublicChange(1_190, NOW, 1, 7, 5, "It is back.")
    over = replace(mail, end=NOW, changes=(*mail.changes, end))
    before = events(calendars.of_board(board, wanted()))["Mail: Outage"]
    after = events(calendars.of_board(public_board(disruptions=(over,)), wanted()))["Mail: Outage"]
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert (after["DTSTART"].dt, after["DTEND"].dt) == (mail.begin, NOW)
    assert after["STATUS"] == "CONFIRMED"
    assert after["DESCRIPTION"].startswith(f"{to_minute('en', NOW)}: It is back.\n")
    assert f"Expected until {to_minute('en', NOW + 2 * HOUR)}" in after["DESCRIPTION"]


@pytest.mark.parametrize("length", [timedelta(0), timedelta(milliseconds=300)])
def test_an_event_ends_after_its_begin_however_short_it_was(length: timedelta) -> None:
    change = PublicChange(1, NOW, 1, 5, 7)
    short = Disruption(1, 1, "Mail", NOW, NOW + length, 7, (change,))
    late = Disruption(2, 2, "Wiki", NOW, None, 7, (change,), Expiry(NOW - HOUR, 5))
    found = events(calendars.of_board(public_board(disruptions=(short, late)), wanted()))
    assert len(found) == 2
    for event in found.values():
        assert event["DTEND"].dt == NOW + timedelta(seconds=1)


def test_a_group_has_a_calendar_of_its_services_alone() -> None:
    board = public_board(maintenance=(WORK,))
    office = calendars.of_group(board, wanted(parameters={"group": "office"}))
    assert office == calendars.of_group(board, wanted(parameters={"group": "1"}))
    assert set(events(office)) == {"Disks, new; ones", "Mail: Outage"}
    assert calendar(office)["X-WR-CALNAME"] == "Example Ltd.: Office"
    network = calendars.of_group(board, wanted(parameters={"group": "Network"}))
    assert set(events(network)) == {"Phones: Outage"}
    rest = calendars.of_group(board, wanted(parameters={"group": "0"}, language="de"))
    assert calendar(rest)["X-WR-CALNAME"] == "Example Ltd.: Ohne Gruppe"
    assert events(rest) == {}
    for nothing in ("99", "Secret", ""):
        assert calendars.of_group(board, wanted(parameters={"group": nothing})) is None


def test_a_calendar_without_events_is_one() -> None:
    document = calendars.of_board(public_board(disruptions=()), wanted())
    (component,) = calendar(document).subcomponents
    assert component.name == "VTIMEZONE"
    assert component["TZID"] == "UTC"


def test_the_same_board_later_is_the_same_bytes() -> None:
    board = public_board(maintenance=(WORK,))
    later = replace(board, made=NOW + HOUR)
    assert calendars.of_board(later, wanted()) == calendars.of_board(board, wanted())


def test_german_is_german() -> None:
    board = public_board(maintenance=(replace(WORK, is_cancelled=True),))
    found = events(calendars.of_board(board, wanted(language="de")))
    assert set(found) == {"Abgesagt: Disks, new; ones", "Mail: Ausfall", "Phones: Ausfall"}
    assert found["Mail: Ausfall"]["SUMMARY"].params["LANGUAGE"] == "de"


def test_the_library_comes_with_the_first_calendar_only() -> None:
    program = (
        "import sys\n"
        "from izzitup_desktop.server.page.registry import FORMATS\n"
        "print(bool(FORMATS), 'icalendar' in sys.modules)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert ended.stdout.split() == ["True", "False"]

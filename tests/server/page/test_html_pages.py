"""Pages of one service, of months, of days, of events, of subscribing; and what is not there."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from izzitup_desktop.domain.public_board import Day, Disruption, Maintenance, PublicBoard
from izzitup_desktop.server.page.formats import Document, Wanted
from izzitup_desktop.server.page.html.events import page_day, page_event, page_events
from izzitup_desktop.server.page.html.front import page_service
from izzitup_desktop.server.page.html.subscribe import page_subscribe
from izzitup_desktop.server.page.missing import missing_page
from tests.made_public_boards import (
    DAY,
    IMPAIRED,
    MINUTE,
    NOW,
    OUTAGE,
    days,
    disruptions,
    grouped,
    public_board,
    service,
    wanted,
)
from tests.server.page.html_read import Element, read


class Asked:
    """A past that keeps what it was asked for."""

    def __init__(self, found: Sequence[Disruption] = ()) -> None:
        self.found = found
        self.times: list[tuple[datetime, datetime]] = []
        self.ids: list[Sequence[int]] = []

    def __call__(self, begin: datetime, end: datetime, ids: Sequence[int]) -> Sequence[Disruption]:
        self.times.append((begin, end))
        self.ids.append(ids)
        return self.found


def of_service(reference: str, board: PublicBoard | None = None) -> Document | None:
    return page_service(board or public_board(), wanted(parameters={"service": reference}))


def of_day(day: str, **further: object) -> Document | None:
    asked = wanted(parameters={"day": day})
    return page_day(public_board(), replace(asked, **further))  # type: ignore[arg-type]


def of_month(month: str | None, past: Asked | None = None) -> Document | None:
    query = {} if month is None else {"month": month}
    return page_events(public_board(), wanted(query=query, past=past or Asked()))


def of_event(reference: str, board: PublicBoard | None = None) -> Document | None:
    return page_event(board or public_board(), wanted(parameters={"id": reference}))


def links(found: Element) -> list[str]:
    return [one.attributes["href"] for one in found.all("a")]


# One service


@pytest.mark.parametrize("reference", ["MAIL", "mail", "1"])
def test_a_service_is_found_by_its_key_in_any_case_and_by_its_id(reference: str) -> None:
    found = read(of_service(reference))
    assert found.one("h1").text == "Mail"
    assert found.one("title").text == "Mail: Outage · Example Ltd."


def test_a_service_tells_its_status_its_comment_and_what_is_promised() -> None:
    told = read(of_service("MAIL")).one("main").text
    for said in ("Outage", "IMAP and SMTP", "The disk is full", "expected until", "Office"):
        assert said in told


def test_a_services_uptime_is_told_of_a_week_a_month_and_all_days() -> None:
    tiles = [one.text for one in read(of_service("MAIL")).one("dl").all("div")]
    assert tiles == ["7 days99.52 %", "30 days99.86 %", "90 days99.95 %"]


def test_the_uptime_of_a_young_service_is_told_of_the_days_that_are_known() -> None:
    young = service(1, "Mail", OUTAGE, key="MAIL", since=NOW, days=(Day(),) * 80 + days(10))
    found = read(of_service("MAIL", public_board(grouped((1, "Office", [young])), disruptions=())))
    assert [one.text for one in found.one("dl").all("div")] == ["7 days100 %", "10 days100 %"]
    # It went out this moment: no length is told of that.
    assert "(" not in found.one("main").text.partition("last confirmed")[0]


def test_each_bad_day_of_a_service_is_a_row_that_leads_to_its_day() -> None:
    bad = {back: Day(IMPAIRED, 0, back * MINUTE, DAY) for back in range(1, 12)}
    board = public_board(
        grouped((1, "A", [service(1, "Mail", days=days(bad=bad))])), disruptions=()
    )
    rows = read(of_service("1", board)).one("table").one("tbody").all("tr")
    assert [row.text for row in rows[:2]] == ["26 Nov 2026–1 min", "25 Nov 2026–2 min"]
    assert len(rows) == 11
    assert links(rows[0]) == ["/days/2026-11-26"]


def test_a_services_past_is_asked_for_as_far_as_its_strip_goes_back() -> None:
    past = Asked(disruptions()[:1])
    found = read(page_service(public_board(), wanted(parameters={"service": "MAIL"}, past=past)))
    assert past.ids == [(1,)]
    assert past.times[0][0].astimezone().date() == public_board().dates[0]
    assert len(found.all("article")) == 1


def test_a_service_with_a_web_address_links_to_it_and_to_no_other_kind_of_address() -> None:
    def urls(url: str) -> list[str]:
        groups = grouped((1, "A", [service(1, "Mail", url=url)]))
        return links(read(of_service("1", public_board(groups, disruptions=()))).one("main"))

    assert "https://mail.example/" in urls("https://mail.example/")
    assert not [one for one in urls("javascript:alert(1)") if "alert" in one]
    assert not [one for one in urls("http://[x") if "[" in one]


@pytest.mark.parametrize("reference", ["NOTHING", "99", "", "<b>", "²"])
def test_a_service_that_nobody_may_see_has_no_page(reference: str) -> None:
    assert of_service(reference) is None


# Months


def test_without_a_month_it_is_this_one() -> None:
    past = Asked(disruptions())
    found = read(of_month(None, past))
    assert found.one("h1").text == "History: November 2026"
    assert len(found.all("article")) == 3
    begin, end = (time.astimezone() for time in past.times[0])
    assert (begin.day, begin.month, begin.hour) == (1, 11, 0)
    assert (end.day, end.month, end.hour) == (1, 12, 0)


def test_months_lead_to_each_other_as_far_as_there_is_something_to_tell() -> None:
    turn = read(of_month("2026-10")).one(class_="turn")
    assert links(turn) == ["/events?month=2026-09", "/events?month=2026-11"]
    assert links(read(of_month("2026-11")).one(class_="turn")) == ["/events?month=2026-10"]
    made = (NOW - timedelta(days=400)).astimezone().strftime("%Y-%m")
    (newer,) = links(read(of_month(made)).one(class_="turn"))
    assert newer > f"/events?month={made}"


def test_a_month_in_which_nothing_happened_says_so() -> None:
    assert "Nothing happened." in read(of_month("2026-10")).text


@pytest.mark.parametrize(
    "month",
    ["", "2026", "2026-13", "2026-12", "1999-01", "2026-1", "2026-11-01", "２０２６-11", "x"],
)
def test_a_month_that_is_none_or_has_nothing_to_tell_has_no_page(month: str) -> None:
    assert of_month(month) is None


# Days


def test_a_day_tells_who_was_not_fine_for_how_long_and_what_happened() -> None:
    found = read(of_day("2026-11-27"))
    assert found.one("h1").text == "27 Nov 2026"
    rows = [one.text for one in found.one("tbody").all("tr")]
    assert rows == ["Mail48 min–", "Wiki–3 h"]
    assert len(found.all("article")) == 3


def test_days_lead_to_each_other_until_today() -> None:
    turn = read(of_day("2026-11-03", past=Asked())).one(class_="turn")
    assert links(turn) == ["/days/2026-11-02", "/days/2026-11-04"]
    assert links(read(of_day("2026-11-27")).one(class_="turn")) == ["/days/2026-11-26"]


def test_a_day_before_the_strips_tells_what_the_past_has() -> None:
    found = read(of_day("2026-05-01", past=Asked()))
    assert found.all("table") == []
    assert "Nothing happened." in found.text


@pytest.mark.parametrize(
    "day",
    ["2026-11-28", "1999-01-01", "2026-02-30", "20261103", "2026-11-3", "today", "", "٢٠٢٦-11-03"],
)
def test_a_day_that_is_none_or_has_nothing_to_tell_has_no_page(day: str) -> None:
    assert of_day(day) is None


# Events


def test_an_event_tells_all_its_changes_newest_first() -> None:
    found = read(of_event("1100"))
    assert found.one("h1").text == "Phones"
    said = [one.all("b")[0].text for one in found.one("ol").all("li")]
    assert said == ["Operational", "Outage"]
    assert "/events/1100/atom" in links(found)


def test_an_event_of_long_ago_is_looked_for_by_its_id() -> None:
    old = replace(disruptions()[2], id=5)
    asked = replace(wanted(parameters={"id": "5"}), of_id=lambda id_: old if id_ == 5 else None)
    assert read(page_event(public_board(), asked)).one("h1").text == "Phones"


def test_planned_work_has_a_page_of_its_own() -> None:
    work = Maintenance(9, "u", "New <switch>", "Text", NOW, NOW + timedelta(hours=1), (1,), NOW)
    found = read(of_event("9", replace(public_board(), maintenance=(work,))))
    assert found.one("h1").text == "New <switch>"
    assert "under way" in found.text


@pytest.mark.parametrize("reference", ["1", "", "x", "-1180", "1180 ", "١١٨٠", "9" * 40])
def test_an_event_that_nobody_may_see_has_no_page(reference: str) -> None:
    assert of_event(reference) is None


# Subscribing, and what is not there


def test_feeds_calendar_badge_and_json_are_told_with_whole_addresses() -> None:
    found = read(page_subscribe(public_board(), wanted()))
    codes = [one.text for one in found.all("textarea")]
    base = "http://board.example:8475"
    assert codes[:2] == [f"{base}/atom", f"{base}/calendar.ics"]
    assert codes[2].startswith(f'<a href="{base}/"><img src="{base}/badge/overall.svg" alt="')
    assert codes[3] == f"[![Service status]({base}/badge/overall.svg)]({base}/)"
    assert codes[4:] == [f"{base}/api/v2/summary.json", f"curl {base}/"]
    assert "webcal://board.example:8475/calendar.ics" in links(found)
    for one in found.all("textarea"):
        assert found.all("label", for_=one.attributes["id"])


def test_each_service_has_a_feed_and_a_badge() -> None:
    found = links(read(page_subscribe(public_board(), wanted())))
    assert {"/services/MAIL/atom", "/badge/MAIL.svg", "/services/6/atom"} <= set(found)


def test_what_is_not_there_says_nothing_of_what_was_asked() -> None:
    def answer(path: str, **query: str) -> Document:
        return missing_page(public_board(), wanted({"service": "secret"}, query))

    found = answer("/services/secret", month="secret", theme="secret")
    assert found.status == 404
    assert found.content == answer("/services/other").content
    assert b"secret" not in found.content
    assert read(found).one("h1").text == "There is no such page."


def test_what_is_not_there_is_plain_for_who_wants_text() -> None:
    found = missing_page(public_board(), wanted(is_plain=True))
    assert (found.status, found.media_type) == (404, "text/plain; charset=utf-8")
    assert found.content == b"There is no such page.\n"


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("theme", ["light", "dark", "system"])
def test_every_page_has_one_first_heading_and_each_id_once(language: str, theme: str) -> None:
    board = public_board()
    asked = wanted(query={"theme": theme}, language=language)

    def with_(**parameters: str) -> Wanted:
        return replace(asked, parameters=parameters)

    for document in (
        page_service(board, with_(service="MAIL")), page_events(board, asked),
        page_event(board, with_(id="1180")), page_day(board, with_(day="2026-11-27")),
        page_subscribe(board, asked), missing_page(board, asked),
    ):  # fmt: skip
        found = read(document)
        assert len(found.all("h1")) == 1
        ids = [one.attributes["id"] for one in found.all() if "id" in one.attributes]
        assert len(ids) == len(set(ids))
        for one in found.all():
            assert set(one.attributes.get("aria-labelledby", "").split()) <= set(ids)
        levels = [int(one.name[1]) for one in found.all() if one.name in ("h1", "h2", "h3", "h4")]
        assert all(next_ <= level + 1 for level, next_ in itertools.pairwise(levels))

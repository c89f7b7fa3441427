"""The board's first page: what it says of everything, of each service, of what goes on and was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from izzitup_desktop.domain.logo import Logo
from izzitup_desktop.domain.public_board import NO_GROUP, Day, Maintenance, PageChoices, PublicBoard
from izzitup_desktop.server.page.formats import Document, PageLogo
from izzitup_desktop.server.page.html.front import page
from izzitup_desktop.server.page.sheets import asset
from izzitup_desktop.text import times
from tests.made_public_boards import (
    DAY,
    IMPAIRED,
    MINUTE,
    NOW,
    OPERATIONAL,
    OUTAGE,
    days,
    disruptions,
    grouped,
    public_board,
    service,
    wanted,
)
from tests.server.page.html_read import Element, read

CLOSED = 8


def front(
    board: PublicBoard | None = None,
    language: str = "en",
    query: Mapping[str, str] | None = None,
) -> Element:
    return read(page(board or public_board(), wanted(query=query, language=language)))


def board_of(*status_ids: int) -> PublicBoard:
    services = [service(n, f"S{n}", status) for n, status in enumerate(status_ids, 1)]
    return public_board(grouped((1, "All", services)) if services else (), disruptions=())


@pytest.mark.parametrize(
    ("status_ids", "sentence"),
    [
        ((), "No services are shown"),
        ((OPERATIONAL, OPERATIONAL), "All services are operational"),
        ((OPERATIONAL, CLOSED), "All services are operational"),
        ((CLOSED, CLOSED), "All services are closed"),
        ((OPERATIONAL, IMPAIRED), "S2 is impaired"),
        ((OPERATIONAL, IMPAIRED, IMPAIRED), "2 services are impaired"),
        ((IMPAIRED, IMPAIRED), "All services are impaired"),
        ((IMPAIRED, OUTAGE), "S2 is down"),
        ((OUTAGE,), "S1 is down"),
        ((OUTAGE, IMPAIRED, OUTAGE), "2 services are down"),
        ((OUTAGE, OUTAGE), "All services are down"),
    ],
)
def test_one_sentence_says_the_worst_and_so_does_the_tab(
    status_ids: tuple[int, ...], sentence: str
) -> None:
    found = front(board_of(*status_ids))
    assert found.one(id="headline").text == sentence
    assert found.one("title").text == f"{sentence} · Example Ltd."


@pytest.mark.parametrize(
    ("status_id", "icon"),
    [(OPERATIONAL, "operational"), (IMPAIRED, "impaired"), (OUTAGE, "outage")],
)
def test_the_tabs_picture_is_that_of_the_worst_status(status_id: int, icon: str) -> None:
    found = front(board_of(OPERATIONAL, status_id))
    assert found.one("link", rel="icon").attributes["href"] == f"/page/favicon-{icon}.svg"


def test_since_when_and_as_of_when_stand_below_the_sentence() -> None:
    began = times.to_minute("en", NOW - timedelta(minutes=48)).rpartition(", ")[2]
    looked = times.to_minute("en", NOW).rpartition(", ")[2]
    told = front().one(class_="asof").text
    assert told == f"since {began} (48 min) · as of {looked} · 1 service is not confirmed"


def test_every_time_says_what_it_is_to_programs() -> None:
    stamps = [one.attributes["datetime"] for one in front().all("time")]
    assert "2026-11-27T20:42:00Z" in stamps
    assert all(stamp.endswith("Z") and len(stamp) == 20 for stamp in stamps)


def test_counts_are_told_worst_first_without_those_that_none_has() -> None:
    told = [one.text for one in front().one(id="counts").all("li")]
    assert told == ["1 Outage", "1 Impaired", "4 Operational"]


def test_what_goes_on_is_told_with_what_was_said_and_what_is_promised() -> None:
    goes_on = front().one(id="going-on")
    mail, wiki = goes_on.all("article")
    assert "Mail" in mail.text
    assert "The disk is full; we are adding another." in mail.text
    until = (NOW + timedelta(hours=2)).astimezone().strftime("%H:%M %Z")
    assert f"{until}; then Operational" in mail.text
    assert "expected until" in mail.text
    assert "Impaired" in wiki.text
    assert "expected" not in wiki.text


def test_what_says_no_more_than_that_it_began_is_not_told_twice() -> None:
    mail = front().one(id="e1180")
    assert len(mail.all("ol")[0].all("li")) == 1
    assert front().one(id="e1170").all("ol") == []


def test_where_nothing_goes_on_and_nothing_is_planned_there_is_no_heading_for_it() -> None:
    found = front(board_of(OPERATIONAL))
    assert found.all(id="going-on") == []
    assert found.all(id="works") == []


def test_planned_work_is_told_with_its_length_its_services_and_how_far_ahead_it_is() -> None:
    begin = NOW + timedelta(days=3)
    work = Maintenance(
        7, "u", "New switch", "Phones may ring late.", begin, begin + timedelta(hours=2), (3, 99), NOW
    )  # fmt: skip
    past = replace(work, id=8, title="Old switch", begin=NOW - timedelta(days=1), end=NOW)
    off = replace(work, id=9, is_cancelled=True)
    works = front(replace(public_board(), maintenance=(off, past, work))).one(id="works")
    told, cancelled = works.all("article")
    assert told.attributes["id"] == "m7"
    for said in ("New switch", "in 3 days", "(2 h)", "Phones may ring late.", "Phones"):
        assert said in told.text
    assert "cancelled" in cancelled.text
    assert "Old switch" not in works.text


def test_a_group_is_open_while_something_in_it_is_not_fine() -> None:
    found = front()
    is_open = {one.attributes["id"]: "open" in one.attributes for one in found.all("details")}
    assert is_open == {"g1": True, "g2": False, "g0": False}


def test_a_group_with_something_that_nobody_confirmed_is_open() -> None:
    stale = service(1, "Mail", stale=True)
    groups = grouped((1, "A", [stale]), (2, "B", [service(2, "Wiki")]))
    found = front(public_board(groups, disruptions=()))
    assert "open" in found.one(id="g1").attributes
    assert "open" not in found.one(id="g2").attributes
    assert "not confirmed since" in found.one(id="s1").text


def test_services_without_groups_are_open_and_called_services() -> None:
    found = front(public_board(grouped((NO_GROUP, "", [service(1, "Mail")])), disruptions=()))
    assert "open" in found.one("details").attributes
    assert found.one(id="groups").one("h2").text == "Services"


def test_a_row_says_its_status_by_shape_and_word() -> None:
    pill = front().one(id="s2").all("b")[0]
    assert pill.text == "Impaired"
    assert pill.one("use").attributes["href"] == "#i6"


def test_a_row_of_what_is_not_fine_says_since_when_until_when_and_why() -> None:
    told = front().one(id="s1").one(class_="n").text
    assert told.startswith("since ")
    assert "expected until" in told
    assert "The disk is full" in told
    assert front().one(id="s3").all(class_="n") == []


def test_a_strip_has_a_sentence_beside_it_whose_days_are_links() -> None:
    told = front().one(id="s1").one(class_="d")
    assert told.text == "99.95 % in 90 days; 27 Nov: Outage 48 min; 3 Nov: Outage 14 min"
    links = [one.attributes["href"] for one in told.all("a")]
    assert links == ["/days/2026-11-27", "/days/2026-11-03"]


def test_a_strip_tells_three_bad_days_and_how_many_more_there_are() -> None:
    bad = {back: Day(OUTAGE, MINUTE, 0, DAY) for back in (1, 3, 5, 7, 9)}
    board = public_board(
        grouped((1, "A", [service(1, "Mail", days=days(bad=bad))])), disruptions=()
    )
    told = front(board).one(id="s1").one(class_="d")
    assert len(told.all("a")) == 3
    assert told.text.endswith("; 2 more days")


def test_days_before_anything_was_known_are_not_counted() -> None:
    known = (Day(),) * 80 + days(10)
    board = public_board(grouped((1, "A", [service(1, "Mail", days=known)])), disruptions=())
    assert front(board).one(id="s1").one(class_="d").text == "100 % in 10 days"
    never = public_board(
        grouped((1, "A", [service(1, "Mail", days=(Day(),) * 90)])), disruptions=()
    )
    assert front(never).one(id="s1").one(class_="d").text == "Unknown"


def test_what_is_over_is_told_by_its_day() -> None:
    past = front().one(id="past")
    assert "Past 14 days" in past.text
    (told,) = past.all("article")
    for said in ("Phones", "(14 min)", "A switch died.", "Replaced."):
        assert said in told.text


def test_a_board_that_lists_no_past_has_no_heading_for_it() -> None:
    board = public_board(choices=PageChoices(past_days=0), disruptions=())
    assert front(board).all(id="past") == []


def test_a_quiet_board_says_that_nothing_happened() -> None:
    assert "Nothing happened." in front(board_of(OPERATIONAL)).one(id="past").text


@pytest.mark.parametrize("is_plain", [False, True])
def test_an_end_that_was_expected_and_is_past_is_not_expected_any_more(is_plain: bool) -> None:
    late = replace(public_board(), made=NOW + timedelta(hours=3))
    document = page(late, wanted(is_plain=is_plain))
    assert document is not None
    text = document.content.decode()
    assert "longer than expected (until" in text
    assert "expected until" not in text


def test_while_something_goes_on_nothing_else_happened() -> None:
    going_on = [one for one in disruptions() if one.end is None]
    past = front(public_board(disruptions=tuple(going_on))).one(id="past")
    assert "Nothing else happened." in past.text
    assert "Sonst ist nichts geschehen." in front(
        public_board(disruptions=tuple(going_on)), "de"
    ).one(id="past").text  # fmt: skip


def test_of_what_goes_on_the_worst_is_told_first_however_long_ago_it_began() -> None:
    out, impaired, _ = disruptions()
    board = public_board(
        disruptions=(replace(impaired, begin=NOW), replace(out, begin=NOW - timedelta(days=1)))
    )
    told = front(board).one(id="going-on").all("article")
    assert [one.one("h3").text for one in told] == ["Mail", "Wiki"]


def test_title_and_text_are_the_ones_chosen() -> None:
    choices = PageChoices(title="Example & Sons", text="Call 300")
    found = front(public_board(choices=choices))
    assert found.one("h1").text == "Example & Sons"
    assert found.one(class_="text").text == "Call 300"
    assert front(public_board(choices=PageChoices())).one("h1").text == "Service status"


def test_the_logo_is_named_by_its_digest_and_never_by_its_file() -> None:
    board = public_board(choices=PageChoices(title="Example Ltd.", logo="/srv/alice/logo.svg"))
    asked = replace(wanted(), logo=PageLogo(Logo(b"<svg/>", "image/svg+xml"), "abc"))
    document = page(board, asked)
    assert read(document).one("img").attributes["src"] == "/page/logo/abc"
    assert document is not None
    assert b"alice" not in document.content
    assert front(board).all("img") == []


def test_german_readers_get_german() -> None:
    found = front(language="de")
    assert found.one("html").attributes["lang"] == "de"
    assert found.one(id="headline").text == "Mail ist ausgefallen"
    assert "27. Nov.: Ausfall 48 Min." in found.one(id="s1").text


def test_who_set_a_status_stands_there_only_where_the_board_says_so() -> None:
    assert "bob" not in page_text(public_board())
    told = tuple(
        replace(one, changes=tuple(replace(each, by="bob") for each in one.changes))
        for one in disruptions()
    )
    assert "bob" in page_text(public_board(disruptions=told))


def page_text(board: PublicBoard) -> str:
    return front(board).text


@pytest.mark.parametrize(
    ("query", "theme", "carried"),
    [
        ({}, None, ""),
        ({"theme": "system"}, None, "?theme=system"),
        ({"theme": "dark"}, "dark", "?theme=dark"),
        ({"theme": "dark", "lang": "de"}, "dark", "?lang=de&theme=dark"),
        ({"theme": '"><script>', "lang": "xx"}, None, ""),
    ],
)
def test_how_it_looks_is_asked_for_by_the_address_and_carried_on_by_links(
    query: dict[str, str], theme: str | None, carried: str
) -> None:
    found = front(query=query)
    assert found.one("html").attributes.get("data-theme") == theme
    assert found.one(id="s1").all("a")[0].attributes["href"] == f"/services/MAIL{carried}"
    chosen = [one for one in found.all("input", name="theme") if "checked" in one.attributes]
    assert [one.attributes["value"] for one in chosen] == [theme or "system"]


def test_languages_are_links_that_keep_the_theme() -> None:
    found = front(query={"theme": "dark"}).one("footer").all("a", hreflang="de")
    assert [one.attributes["href"] for one in found] == ["?theme=dark&lang=de"]


def test_a_page_loads_nothing_from_elsewhere_and_has_nothing_inline() -> None:
    document = page(public_board(), wanted())
    assert isinstance(document, Document)
    assert document.policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'")
    assert "unsafe" not in document.policy
    found = read(document)
    assert found.all("style") == []
    assert [one.attributes for one in found.all("script")] == [{"src": asset("board.js")}]
    for one in found.all():
        assert not [name for name in one.attributes if name == "style" or name.startswith("on")]
        for name in ("src", "href"):
            assert one.attributes.get(name, "/").startswith(("/", "?", "#"))


def test_a_page_has_one_first_heading_its_landmarks_and_each_id_once() -> None:
    found = front()
    assert len(found.all("h1")) == len(found.all("main")) == len(found.all("footer")) == 1
    ids = [one.attributes["id"] for one in found.all() if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    for one in found.all():
        for name in one.attributes.get("aria-labelledby", "").split():
            assert name in ids


def test_what_is_read_out_has_its_place_from_the_beginning() -> None:
    assert [one.text for one in front().all(role="status")] == ["", ""]

"""The board for terminals: 80 columns of text, and nothing that a terminal would obey."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, strategies as st

from izzitup_desktop.domain.public_board import Maintenance, PageChoices
from izzitup_desktop.server.page.formats import Document
from izzitup_desktop.server.page.html.events import page_day, page_event, page_events
from izzitup_desktop.server.page.html.front import page, page_service
from izzitup_desktop.server.page.html.plain import COLUMNS, cut, padded, width
from izzitup_desktop.server.page.html.subscribe import page_subscribe
from tests.made_public_boards import NOW, OUTAGE, grouped, public_board, service, wanted

ANYTHING = st.text(max_size=120)


def lines(document: Document | None) -> list[str]:
    assert document is not None
    assert document.media_type == "text/plain; charset=utf-8"
    return document.content.decode().splitlines()


def test_a_terminal_gets_the_whole_board() -> None:
    found = lines(page(public_board(), wanted(is_plain=True)))
    assert found[:3] == ["Example Ltd.", "", "Mail is down"]
    assert "[ XX ] Mail                               Outage" in found
    assert "[ !! ] Wiki                               Impaired, not confirmed" in found
    assert "[ ok ] Door & <gate>                      Operational" in found
    assert "       The disk is full; we are adding another." in found
    assert found[-1] == "http://board.example:8475/"


def test_names_that_begin_alike_are_told_apart_however_long_they_are() -> None:
    names = [f"Time recording of the municipal administration, branch {n}" for n in (1, 2)]
    services = [service(id_, name) for id_, name in enumerate((*names, "Wi" * 60), 1)]
    board = public_board(grouped((1, "All", services)), disruptions=())
    found = lines(page(board, wanted(is_plain=True)))
    place = found.index(f"[ ok ] {names[0]}")
    status = " " * 42 + "Operational"
    assert found[place + 1 : place + 4] == [status, f"[ ok ] {names[1]}", status]
    assert "".join(line.strip() for line in found[place + 4 : place + 6]).endswith("Wi" * 60)
    assert found[place + 6] == status


def test_a_terminal_is_told_whom_to_call() -> None:
    choices = PageChoices(title="Example Ltd.", text="Call 300\nor come\x1b[2J by")
    found = lines(page(public_board(choices=choices), wanted(is_plain=True)))
    place = found.index("Call 300")
    assert found[place - 1 : place + 3] == ["", "Call 300", "or come [2J by", ""]


def test_a_terminal_gets_one_service_with_its_bad_days() -> None:
    found = lines(page_service(public_board(), wanted(parameters={"service": "1"}, is_plain=True)))
    assert found[:2] == ["Mail", "IMAP and SMTP"]
    assert "  3 Nov: Outage 14 min" in found


def test_a_terminal_is_told_of_planned_work() -> None:
    begin = NOW + timedelta(days=1)
    work = Maintenance(1, "u", "New switch", "", begin, begin + timedelta(hours=1), (), NOW)
    found = lines(page(replace(public_board(), maintenance=(work,)), wanted(is_plain=True)))
    assert any(line.startswith("  New switch: ") for line in found)


def test_a_terminal_gets_what_happened_in_a_month_on_a_day_and_of_one_event() -> None:
    board, asked = public_board(), wanted(is_plain=True)
    month = lines(page_events(board, asked))
    assert month[0] == "History: November 2026"
    assert "[ XX ] Phones                             Outage" in month
    assert any(line.endswith("Outage: A switch died.") for line in month)
    day = lines(page_day(board, replace(asked, parameters={"day": "2026-11-27"})))
    assert day[0] == "27 Nov 2026"
    event = lines(page_event(board, replace(asked, parameters={"id": "1100"})))
    assert event[0] == "Phones: Outage"
    nothing = replace(asked, query={"month": "2026-10"}, past=lambda *_: ())
    assert lines(page_events(board, nothing))[2] == "Nothing happened."


def test_a_terminal_gets_the_addresses_to_subscribe_to() -> None:
    found = lines(page_subscribe(public_board(), wanted(is_plain=True)))
    assert "Atom feed: http://board.example:8475/atom" in found


def test_wide_characters_take_two_columns_and_marks_none() -> None:
    assert [width("abc"), width("日本"), width("e\u0301")] == [3, 4, 1]
    assert cut("日本語テスト", 7) == "日本語…"
    assert padded("日本", 6) == "日本  "


@given(ANYTHING, ANYTHING, ANYTHING)
def test_whatever_things_are_called_a_terminal_shows_lines_that_fit(
    name: str, group: str, comment: str
) -> None:
    mail = service(1, name, OUTAGE, comment=comment)
    board = public_board(grouped((1, group, [mail])), disruptions=())
    document = page(board, wanted(is_plain=True))
    assert document is not None
    text = document.content.decode()
    for line in text.split("\n"):
        assert width(line) <= COLUMNS
        assert not [char for char in line if unicodedata.category(char)[0] == "C"]

"""What cells show, what a screen reader says of them, and what their tooltips explain."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from izzitup_desktop.desktop.board.cell_texts import (
    explained,
    section_title,
    spoken,
    spoken_section,
    text_of,
    title_of,
)
from izzitup_desktop.desktop.board.delegate import marks_of
from izzitup_desktop.desktop.board.rows import Column, Row, Section
from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.statuses import StatusId
from tests.desktop.board.made_rows import row

pytestmark = pytest.mark.usefixtures("qapp")
NOBODY_WAITS = 0
NO_DAYS = b""


def mail(**fields: object) -> Row:
    """A service as somebody left it."""
    made = row(1, "Mail", group=1, status=7, key="m1", note="of the\noffice", by="bob")
    changed = replace(
        made.service,
        since=datetime.now(UTC) - timedelta(minutes=5),
        description="Where letters are",
        url="https://mail.example",
    )
    return replace(made, service=replace(changed, **fields))  # type: ignore[arg-type]


def test_each_column_shows_its_field() -> None:
    shown = {column: text_of(mail(), column) for column in Column}
    assert shown == {
        Column.STATUS: "Outage",
        Column.NAME: "Mail",
        Column.KEY: "m1",
        Column.GROUP: "Büro",
        Column.BUTTONS: "",
        Column.SINCE: "5 min",
        Column.CHANGED_BY: "bob",
        Column.UPTIME_BAR: "",
        Column.NOTE: "of the office",
    }


def test_a_comment_that_is_on_the_page_is_said_to_be() -> None:
    for is_public, said in ((False, "disk full"), (True, "disk full (on the page)")):
        told = mail(comment="disk\nfull", comment_public=is_public)
        assert spoken(told, Column.NAME, NOBODY_WAITS, NO_DAYS) == f"Mail: {said}"
        for column in (Column.NAME, Column.STATUS):
            tip = explained(told, column, NOBODY_WAITS, NO_DAYS)
            assert ("(on the page)" in tip) is is_public


def test_each_column_has_a_heading_of_its_own() -> None:
    titles = [title_of(column) for column in Column]
    assert all(titles)
    assert len(set(titles)) == len(titles)


def test_a_status_that_is_being_written_is_shown_and_said() -> None:
    pending = int(StatusId.OPERATIONAL)
    assert text_of(mail(), Column.STATUS, pending) == "Operational"
    for column in (Column.STATUS, Column.BUTTONS):
        assert spoken(mail(), column, pending, NO_DAYS) == "Operational is being set"


def test_a_screen_reader_says_what_is_only_painted() -> None:
    said = {column: spoken(mail(), column, NOBODY_WAITS, bytes([5, 7, 6, 8])) for column in Column}
    assert said[Column.STATUS] == "Outage, since 5 min"
    assert said[Column.BUTTONS].startswith("Outage is set. Press 5 Operational, ")
    assert said[Column.UPTIME_BAR] == "2 of the last 4 days with an impairment or outage"
    assert said[Column.NAME] == "Mail"
    hidden = spoken(mail(hidden=True), Column.NAME, NOBODY_WAITS, NO_DAYS)
    assert hidden == "Mail, hidden from the public"


def test_tooltips_tell_what_cells_have_no_room_for() -> None:
    service = mail(hidden=True)
    told = {column: explained(service, column, NOBODY_WAITS, bytes([7])) for column in Column}
    assert told[Column.NAME].splitlines() == [
        "Mail", "Where letters are", "https://mail.example", "Hidden from the public",
    ]  # fmt: skip
    assert told[Column.NOTE] == "of the\noffice"
    assert told[Column.STATUS] == told[Column.SINCE]
    assert told[Column.STATUS].startswith("Outage since ")
    assert told[Column.STATUS].endswith(", set by bob")
    assert told[Column.UPTIME_BAR] == "1 of the last 1 days with an impairment or outage"
    assert told[Column.KEY] == "m1"


def test_a_section_says_its_counts_and_whether_it_is_open() -> None:
    section = Section(1, "Office", ((7, 1), (5, 2)), collapsed=False)
    assert section_title(section) == "Office"
    assert spoken_section(section) == "Group Office, expanded: Outage 1, Operational 2"
    closed = Section(0, "", ((5, 3),), collapsed=True)
    assert section_title(closed) == "No group"
    assert spoken_section(closed) == "Group No group, collapsed: Operational 3"


def test_a_status_whose_time_is_over_says_so_in_its_row_until_somebody_answers() -> None:
    until = datetime.now(UTC) - timedelta(minutes=1)
    waiting, asked = mail(expiry=Expiry(until)), mail(expiry=Expiry(until, asked=True))
    assert text_of(waiting, Column.SINCE) == "5 min"
    assert text_of(asked, Column.SINCE) == "Expired"
    assert (marks_of(waiting.service), marks_of(asked.service)) == (["clock"], ["help"])
    assert spoken(asked, Column.STATUS, NOBODY_WAITS, NO_DAYS).endswith("is it still right?")
    assert "Was set until" in explained(asked, Column.SINCE, NOBODY_WAITS, NO_DAYS)

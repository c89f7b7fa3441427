"""Kinds of entries that only a concept of its own, or another desk, knows of, in the window."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.board.reversals import CONCEPTS
from izzitup_desktop.desktop.handover.page import HandoverPage
from izzitup_desktop.desktop.journal.page import JournalPage
from izzitup_desktop.desktop.notifications.notifications import Notifications
from izzitup_desktop.desktop.notifications.page import NoticesPage
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.journal import Entry, Kind
from tests.builders import BOB, add_service
from tests.desktop.pages import Desk, desk_at, page_at, window_at
from tests.desktop.sessions import wait
from tests.desktop.windows import select
from tests.made_up import EVENT_COMMENT, EVENT_RENAMED, MADE_UP, SERVICE_BLESSED

pytestmark = [pytest.mark.soak_on_postgresql, pytest.mark.soak]

WORDS = ("Power: renamed from a to b", "Power: commented on", "Mail: blessed (the blessing)")
NAMES = ("Power: event.renamed", "Power: event.comment", "Mail: service.blessed")


@pytest.fixture(params=["known", "unknown"])
def said(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """What each of three entries reads as: at a desk that knows their kinds, and elsewhere."""
    return WORDS if request.param == "known" else NAMES


@pytest.fixture
def desk(
    said: tuple[str, ...], qapp: QApplication, home: Path, database_url: str
) -> Iterator[Desk]:
    concepts = MADE_UP if said is WORDS else CONCEPTS
    with desk_at(qapp, home, database_url, concepts=concepts) as desk:
        add_service(desk.board, "Mail")
        record(desk, EVENT_RENAMED, before={"title": "a"}, after={"title": "b"})
        record(desk, EVENT_COMMENT, comment="it rains")
        record(desk, SERVICE_BLESSED, name="Mail", before={"blessing": ""}, after={"blessing": "x"})
        yield desk


def record(
    desk: Desk, kind: Kind, principal: Principal = BOB, name: str = "Power", **details: Any
) -> Entry:
    return desk.board.core.write(
        lambda transaction: transaction.record(principal, kind, 1, name, **details)
    ).value


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[JournalPage]:
    with page_at(desk, qtbot, "journal") as page:
        journal = cast("JournalPage", page)
        wait(qtbot, lambda: len(journal.model.items) == desk.board.last_id())
        yield journal


def shown(page: JournalPage) -> list[str]:
    return [line.split("\t")[1] for line in page.table.as_tsv().splitlines()[1:]]


def test_the_journal_shows_it_and_finds_it_by_what_it_shows(
    desk: Desk, page: JournalPage, said: tuple[str, ...], qtbot: QtBot
) -> None:
    assert shown(page)[:3] == [*reversed(said)]
    page.search.setText(said[1].partition(": ")[2].upper())
    wait(qtbot, lambda: shown(page) == [said[1]])
    page.search.clear()
    wait(qtbot, lambda: len(page.model.items) == desk.board.last_id())
    page.what.setCurrentIndex(page.what.findText("Services"))
    wait(qtbot, lambda: shown(page) == [said[2], "Mail: added"])


def test_the_filter_offers_the_concepts_that_are_known(page: JournalPage, qtbot: QtBot) -> None:
    found = page.what.findText("Events")
    known = EVENT_COMMENT in page.context.vocabulary.specs
    assert (found >= 0) == known
    assert (page.what.findText("blessed") >= 0) == known
    if known:
        page.what.setCurrentIndex(found)
        wait(qtbot, lambda: shown(page) == [*reversed(WORDS[:2])])


def test_it_is_exported_by_its_name_and_in_words(
    desk: Desk, page: JournalPage, said: tuple[str, ...], tmp_path: Path, qtbot: QtBot
) -> None:
    page.export(tmp_path / "journal.csv")
    page.export(tmp_path / "journal.json")
    wait(qtbot, lambda: len(desk.told) == 2)
    text = (tmp_path / "journal.csv").read_text("utf-8")
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    found = json.loads((tmp_path / "journal.json").read_text("utf-8"))
    for rows in (lines, found):
        assert [row["kind"] for row in rows][:3] == [
            "service.blessed", "event.comment", "event.renamed",
        ]  # fmt: skip
        assert [row["what"] for row in rows][:3] == [*reversed(said)]


def test_the_inspector_shows_it_among_the_last_changes(
    desk: Desk, said: tuple[str, ...], qtbot: QtBot
) -> None:
    with window_at(desk, qtbot) as window:
        window.actions_.inspector.setChecked(True)
        select(window, "Mail")
        wait(qtbot, lambda: len(window.inspector.details.changes.texts) == 2)
        first = window.inspector.details.changes.texts[0].splitlines()[0]
        assert f"Mail: {first}" == said[2]


def test_it_is_handed_over(desk: Desk, said: tuple[str, ...], qtbot: QtBot) -> None:
    with page_at(desk, qtbot, "handover") as page:
        text = cast("HandoverPage", page).text
        wait(qtbot, lambda: "it rains" in text.toPlainText())
        links = set(re.findall(r'href="(changes:[^"]+)"', text.toHtml()))
        assert links
        for link in links:
            text.anchorClicked.emit(QUrl(link))
        for words in said:
            # A block is called by the thing, and has a line for each change of it.
            thing, what = words.split(": ")
            assert thing in text.toPlainText()
            assert f"  {what}, bob" in text.toPlainText()


_WHAT = 2
"""The column of what happened."""


def texts(page: NoticesPage) -> list[object]:
    return [page.model.index(row, _WHAT).data() for row in range(page.model.rowCount())]


def test_only_what_is_known_to_notify_is_a_notice(
    desk: Desk, said: tuple[str, ...], qtbot: QtBot
) -> None:
    with window_at(desk, qtbot) as window:
        desk.board.statuses.set(BOB, [1], 7)
        record(desk, EVENT_COMMENT)
        window.pages.go("notices")
        page = cast("NoticesPage", window.pages.page("notices"))
        events = [WORDS[1]] if said is WORDS else []
        wait(qtbot, lambda: texts(page) == [*events, "Mail: Operational → Outage", *events])
        page.table.opened.emit(page.model.items[0])
        # An event is nothing that the board could show.
        assert (window.pages.current == "board") == (said is not WORDS)


def test_it_is_told_outside_the_window_where_it_is_known_to_notify(
    desk: Desk, said: tuple[str, ...], qtbot: QtBot
) -> None:
    told: list[tuple[str, str]] = []
    notifications = Notifications(lambda _id: "", vocabulary=desk.context.vocabulary)
    notifications.told.connect(lambda title, body: told.append((title, body)))
    notifications.attach(desk.principal)
    notifications.on_entries(desk.board.journal.latest(desk.principal, limit=3))
    desk.board.statuses.set(BOB, [1], 7)
    notifications.on_entries(desk.board.journal.latest(desk.principal, limit=1))
    expected = {("Mail: Outage", "Was Operational. Set by bob.")}
    if said is WORDS:
        expected.add(("Power has a comment", "it rains"))
    wait(qtbot, lambda: set(told) == expected)
    notifications.close()


def test_a_step_of_it_is_undone_from_the_window_where_it_is_known(
    desk: Desk, said: tuple[str, ...], qtbot: QtBot
) -> None:
    mine = record(desk, EVENT_RENAMED, desk.principal, before={"title": "b"}, after={"title": "c"})
    step = desk.steps.did([mine])
    if said is not WORDS:
        assert step is None
        return
    assert step is not None
    assert step.text == "rename Power"
    desk.commands.undo(step)
    wait(qtbot, lambda: desk.board.journal.latest(desk.principal, limit=1)[0].undoes == mine.id)
    assert desk.problem == ""

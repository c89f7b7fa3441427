"""The Journal view."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.journal.export import export
from izzitup_desktop.desktop.journal.page import JournalPage
from izzitup_desktop.domain.accounts import Role
from izzitup_desktop.domain.errors import Cancelled
from izzitup_desktop.domain.journal import Kind, Search
from izzitup_desktop.domain.kinds.services import SERVICE_ADDED, SERVICE_EDITED, SERVICE_MOVED
from izzitup_desktop.domain.kinds.statuses import SERVICE_MISTAKE, SERVICE_STATUS
from izzitup_desktop.domain.services import ServiceDraft
from tests.builders import ALICE, BOB, add_service, database_at
from tests.desktop.pages import Desk, desk_at, other_principal, page_at, window_at
from tests.desktop.sessions import wait
from tests.storage.journal_rows import put


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        add_service(desk.board, "Chat")
        add_service(desk.board, "=Mail()")
        desk.board.statuses.set(BOB, [1, 2], 7, "power cut,\nagain")
        yield desk


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[JournalPage]:
    with page_at(desk, qtbot, "journal") as page:
        journal = cast("JournalPage", page)
        wait(qtbot, lambda: len(journal.model.items) == desk.board.last_id())
        wait(qtbot, lambda: journal.who.findText("bob") > 0)
        yield journal


def kinds(page: JournalPage) -> list[Kind]:
    return [entry.kind for entry in page.model.items]


def choose(box: QComboBox, data: object) -> None:
    box.setCurrentIndex(box.findData(data))


def test_the_newest_entry_stands_first_and_says_who_what_where_and_why(page: JournalPage) -> None:
    first = page.table.as_tsv().splitlines()[1].split("\t")
    # As it is copied: what a spreadsheet would compute is quoted.
    assert first[1] == "'=Mail(): Operational → Outage"
    assert (first[2], first[5]) == ("bob", "power cut, again")
    assert page.count.text() == f"{len(page.model.items)} entries"


def test_it_is_filtered_by_who_what_where_when_and_words(page: JournalPage, qtbot: QtBot) -> None:
    page.who.setCurrentIndex(page.who.findText("bob"))
    wait(qtbot, lambda: kinds(page) == [SERVICE_STATUS] * 2)
    page.who.setCurrentIndex(0)
    choose(page.what, "service.added")
    wait(qtbot, lambda: kinds(page) == [SERVICE_ADDED] * 2)
    choose(page.what, "service")
    wait(qtbot, lambda: len(kinds(page)) == 4)
    choose(page.where, "desktop")
    wait(qtbot, lambda: kinds(page) == [])
    assert page.shelf.currentWidget() is page.shelf.empty
    choose(page.where, "")
    qtbot.keyClicks(page.search, "power chat")
    wait(qtbot, lambda: kinds(page) == [SERVICE_STATUS])
    page.search.clear()
    wait(qtbot, lambda: len(kinds(page)) == 4)
    choose(page.when, -1)
    assert page.first.isVisible()
    page.last.setDate(QDate.currentDate().addDays(-2))
    wait(qtbot, lambda: kinds(page) == [])
    choose(page.when, 1)
    wait(qtbot, lambda: len(kinds(page)) == 4)
    assert not page.first.isVisible()


def test_the_entries_of_one_service_are_shown_until_that_is_taken_away(
    page: JournalPage, qtbot: QtBot
) -> None:
    everything = len(page.model.items)
    page.show_service(1)
    wait(qtbot, lambda: {entry.subject_name for entry in page.model.items} == {"Chat"})
    page.of_service.click()
    wait(qtbot, lambda: len(page.model.items) == everything)


def test_what_others_do_comes_at_once_and_the_selection_stays(
    desk: Desk, page: JournalPage, qtbot: QtBot
) -> None:
    selected = page.model.items[0]
    page.table.select_key(selected.id)
    desk.board.statuses.set(BOB, [1], 6, "a bit better")
    wait(qtbot, lambda: page.model.items[0].comment == "a bit better")
    assert page.table.selected() == [selected]


@pytest.mark.parametrize("what", ["", "service.status"])
def test_a_status_change_is_marked_as_a_mistake_and_counts_again(
    what: str, desk: Desk, page: JournalPage, qtbot: QtBot
) -> None:
    choose(page.what, what)
    entry = page.model.items[0]
    for marked in (True, False):
        wait(qtbot, lambda: entry in page.model.items)
        page.table.select_key(entry.id)
        told = len(desk.told)
        page.mark_mistake(mistake=not marked)
        wait(qtbot, lambda: len(desk.told) > told)
        assert "already" in desk.told[-1] or "not marked" in desk.told[-1]
        told = len(desk.told)
        page.mark_mistake(mistake=marked)
        wait(qtbot, lambda: len(desk.told) > told)
        newest = desk.board.journal.latest(ALICE, limit=1)[0]
        assert newest.kind == SERVICE_MISTAKE
        assert newest.after == {f"mistake {entry.id}": marked}
        assert desk.told[-1].startswith("Marked" if marked else "Counts")
        if not what:
            wait(qtbot, lambda: page.model.items[0].id == newest.id)


def test_anything_else_is_no_mistake(desk: Desk, page: JournalPage) -> None:
    before = desk.board.last_id()
    added = next(entry for entry in page.model.items if entry.kind == SERVICE_ADDED)
    page.table.select_key(added.id)
    page.mark_mistake(mistake=True)
    assert desk.told == ["Select one change of a status."]
    assert desk.board.last_id() == before


def test_what_the_filters_show_is_exported_as_csv_that_no_spreadsheet_runs(
    desk: Desk, page: JournalPage, tmp_path: Path, qtbot: QtBot
) -> None:
    choose(page.what, "service.status")
    path = tmp_path / "journal.csv"
    page.export(path)
    wait(qtbot, lambda: desk.told == ["Exported 2 entries to journal.csv"])
    lines = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
    assert [line["kind"] for line in lines] == ["service.status"] * 2
    assert lines[0]["subject"] == "'=Mail()"
    assert lines[0]["comment"] == "power cut,\nagain"
    assert json.loads(lines[0]["after"]) == {"status": 7}
    assert lines[0]["what"] == "'=Mail(): Operational → Outage"


def test_it_is_exported_as_json(
    desk: Desk, page: JournalPage, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "journal.json"
    page.export(path)
    wait(qtbot, lambda: bool(desk.told))
    found = json.loads(path.read_text("utf-8"))
    assert [item["id"] for item in found] == [entry.id for entry in page.model.items]
    assert (found[0]["subject_name"], found[0]["what"]) == (
        "=Mail()", "=Mail(): Operational → Outage",
    )  # fmt: skip


def test_a_file_that_can_not_be_written_is_told_with_the_reason(
    desk: Desk, page: JournalPage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.export(tmp_path / "no folder" / "journal.csv")
    wait(qtbot, lambda: bool(desk.problem))
    assert "could not be exported" in desk.problem
    assert "No such file or directory" in desk.problem
    assert "made a mistake" not in desk.problem


def test_a_viewer_reads_it_but_marks_nothing(desk: Desk, qtbot: QtBot) -> None:
    charlie = other_principal(desk.board, "charlie", Role.VIEWER)
    with window_at(desk, qtbot, charlie) as window:
        window.pages.go("journal")
        page = cast("JournalPage", window.pages.page("journal"))
        wait(qtbot, lambda: bool(page.model.items))
        assert not [entry for entry in page.model.items if entry.kind.subject == "account"]
        assert page.go.text() == "&Show on the board"
        page.service_wanted.emit(2)
        assert window.pages.current == "board"
        assert [service.name for service in window.row_actions.selected()] == ["=Mail()"]


def test_a_search_finds_what_is_said_and_shown_and_no_field_names(
    desk: Desk, page: JournalPage, qtbot: QtBot
) -> None:
    desk.board.services.edit(
        BOB, 1, ServiceDraft("Chat", check_url="https://example.org/health"), version=1
    )
    desk.board.services.move(ALICE, [1], None)
    wait(qtbot, lambda: len(page.model.items) == desk.board.last_id())

    def found(word: str) -> list[Kind]:
        page.search.setText(word)
        wanted = page.wanted()
        return [entry.kind for entry in desk.board.journal.search(ALICE, wanted)]

    for inside in ("check_url", "position", "stale_minutes", "group_id", "null", "status_id"):
        assert found(inside) == [], inside
    assert found("HEALTH") == [SERVICE_EDITED]
    assert found("check address") == [SERVICE_EDITED]
    assert found("outage") == [SERVICE_STATUS] * 2
    assert found("moved") == [SERVICE_MOVED]
    assert found("chat outage") == [SERVICE_STATUS]


def test_a_journal_of_any_length_is_exported_whole(desk: Desk, tmp_path: Path) -> None:
    everything = [entry.id for entry in desk.board.journal.latest(ALICE)]
    for name in ("journal.json", "journal.csv"):
        path = tmp_path / name
        export(
            desk.board, ALICE, Search(), path, lambda _done, _total: None, lambda: False,
            desk.context.words.what_happened, at_once=2,
        )  # fmt: skip
    found = json.loads((tmp_path / "journal.json").read_text("utf-8"))
    assert [item["id"] for item in found] == everything
    text = (tmp_path / "journal.csv").read_text("utf-8")
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [int(line["id"]) for line in lines] == everything


def test_an_export_that_is_cancelled_leaves_the_file_as_it_was(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "journal.csv"
    path.write_text("what was there")
    with pytest.raises(Cancelled):
        export(desk.board, ALICE, Search(), path, lambda _done, _total: None, lambda: True, str)
    assert path.read_text() == "what was there"
    assert [file.name for file in tmp_path.iterdir() if "journal" in file.name] == [path.name]


def test_what_a_newer_version_wrote_is_shown_by_its_name(
    desk: Desk, page: JournalPage, home: Path, qtbot: QtBot
) -> None:
    before = len(page.model.items)
    database = database_at(f"sqlite:///{home}/izzitup.db", home)
    put(database, desk.board.last_id() + 1, kind="incident.opened", origin="satellite")
    put(database, desk.board.last_id() + 2, after="{")
    put(database, desk.board.last_id() + 3, kind="service.status", after="{}")
    database.close()
    wait(qtbot, lambda: len(page.model.items) == before + 1)
    row = page.table.as_tsv().splitlines()[1].split("\t")
    assert row[1] == "E-Mail: incident.opened"
    assert row[3] == "satellite"


def test_one_entry_is_not_called_entries(page: JournalPage, qtbot: QtBot) -> None:
    page.search.setText("account added")
    wait(qtbot, lambda: len(page.model.items) == 1)
    assert page.count.text() == "1 entry"

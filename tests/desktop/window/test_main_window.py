"""The Board view, driven by mouse and keys on a real board."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.backups.dialog import BackupsDialog
from izzitup_desktop.desktop.board.buttons import button_rects
from izzitup_desktop.desktop.board.dialog import ServiceDialog
from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.start.session import Session
from izzitup_desktop.desktop.widgets.placeholder import Placeholder
from izzitup_desktop.desktop.words.errors import Problem
from izzitup_desktop.domain.accounts import Role
from izzitup_desktop.domain.services import ServiceDraft
from tests.builders import ALICE, GOOD_PASSWORD, opened_board
from tests.cli.izzitup import done
from tests.desktop.item_models import checked
from tests.desktop.pages import answer, answer_soon
from tests.desktop.sessions import attached_session, board_of, session_at, wait


@pytest.fixture
def board(home: Path) -> str:
    board_of(home, "E-Mail", "Chat", "Büro-Drucker")
    return f"sqlite:///{home}/izzitup.db"


def loaded(qtbot: QtBot, session: Session) -> Session:
    wait(qtbot, lambda: session.window.model.rowCount() == 3)
    checked(session.window.model)
    return session


def statuses(session: Session) -> dict[str, int]:
    rows = session.window.model.arrangement.rows.values()
    return {row.service.name: row.service.status_id for row in rows}


def shown(session: Session) -> list[str]:
    model = session.window.model
    return [model.row_at(place).service.name for place in range(model.rowCount())]


def select(session: Session, *names: str) -> None:
    model, table = session.window.model, session.window.view.table
    table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for name in names:
        index = model.index(shown(session).index(name), 0)
        table.selectionModel().setCurrentIndex(index, flags)
    table.setFocus()


def dialog_of(qtbot: QtBot, session: Session) -> ServiceDialog:
    def found() -> list[ServiceDialog]:
        return [d for d in session.window.findChildren(ServiceDialog) if d.isVisible()]

    wait(qtbot, lambda: bool(found()))
    return found()[0]


def test_a_click_on_a_status_button_sets_it(board: str, qtbot: QtBot, qapp: QApplication) -> None:
    with attached_session(qtbot, qapp) as session:
        loaded(qtbot, session)
        table = session.window.view.table
        index = session.window.model.index(shown(session).index("Chat"), Column.BUTTONS)
        cell = table.visualRect(index)
        rects, _ = button_rects(cell, table.fontMetrics())
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=rects[2].center())
        before = shown(session)
        wait(qtbot, lambda: statuses(session)["Chat"] == 7)
        assert shown(session) == before
        name = table.visualRect(session.window.model.index(1, Column.NAME))
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=name.center())
        assert statuses(session)["E-Mail"] == 5
    assert "Outage" in done("services", "list")


def test_a_double_click_on_a_status_button_sets_that_service_alone(
    board: str, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        loaded(qtbot, session)
        window, table = session.window, session.window.view.table
        table.sortByColumn(Column.STATUS, Qt.SortOrder.AscendingOrder)
        before = shown(session)
        cell = table.visualRect(window.model.index(before.index("E-Mail"), Column.BUTTONS))
        at = button_rects(cell, table.fontMetrics())[0][2].center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
        # The first click is being written, and may move the row away: what then?
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
        wait(qtbot, lambda: statuses(session)["E-Mail"] == 7)
        wait(qtbot, lambda: shown(session) != before)
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseRelease(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
        wait(qtbot, lambda: not window.model.has_pending)
        assert [name for name, status in statuses(session).items() if status == 7] == ["E-Mail"]
        assert not [d for d in window.findChildren(ServiceDialog) if d.isVisible()]


def test_keys_set_the_status_of_the_selection_and_undo_takes_it_back(
    board: str, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        loaded(qtbot, session)
        select(session, "Chat", "E-Mail")
        qtbot.keyClick(session.window.view.table, Qt.Key.Key_6)
        wait(qtbot, lambda: statuses(session) == {"Chat": 6, "E-Mail": 6, "Büro-Drucker": 5})
        wait(qtbot, lambda: session.window.actions_.undo.isEnabled())
        session.window.actions_.undo.trigger()
        wait(qtbot, lambda: set(statuses(session).values()) == {5})
        wait(qtbot, lambda: session.window.actions_.redo.isEnabled())
        session.window.actions_.redo.trigger()
        wait(qtbot, lambda: statuses(session)["Chat"] == 6)


def test_a_deleted_service_comes_back_by_undo(board: str, qtbot: QtBot, qapp: QApplication) -> None:
    with attached_session(qtbot, qapp) as session:
        loaded(qtbot, session)
        select(session, "Chat")
        session.window.actions_.remove.trigger()
        wait(qtbot, lambda: "Chat" not in statuses(session))
        wait(qtbot, lambda: session.window.actions_.undo.isEnabled())
        session.window.actions_.undo.trigger()
        wait(qtbot, lambda: "Chat" in statuses(session))


def test_others_changes_keep_selection_and_typed_text(
    board: str, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        loaded(qtbot, session)
        select(session, "E-Mail")
        (chosen,) = session.window.view.table.selected_ids()
        session.window.actions_.edit.trigger()
        dialog = dialog_of(qtbot, session)
        note = dialog.editor("note")
        qtbot.keyClicks(note, "half a sent")
        with opened_board(board, Path(session.context.paths.data)) as other:
            other.statuses.set(ALICE, [1, 2, 3], 7)
            wait(qtbot, lambda: set(statuses(session).values()) == {7})
        assert dialog.draft().note == "half a sent"
        assert session.window.view.table.selected_ids() == [chosen]
        dialog.submit()
        wait(qtbot, lambda: session.window.model.arrangement.rows[chosen].service.note != "")


def test_a_service_is_added_and_a_bad_key_stays_with_its_reason(
    board: str, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        loaded(qtbot, session)
        session.window.actions_.add.trigger()
        dialog = dialog_of(qtbot, session)
        qtbot.keyClicks(dialog.editor("name"), "<b>New</b>")
        # It is proposed from the name until somebody types another.
        dialog.editor("key").clear()
        qtbot.keyClicks(dialog.editor("key"), "a b")
        dialog.submit()
        assert "may hold letters" in dialog.reason("key")
        assert dialog.draft().key == "a b"
        dialog.editor("key").clear()
        qtbot.keyClicks(dialog.editor("key"), "NEW")
        dialog.submit()
        wait(qtbot, lambda: "<b>New</b>" in shown(session))
        place = shown(session).index("<b>New</b>")
        index = session.window.model.index(place, Column.NAME)
        assert index.data() == "<b>New</b>"
        assert "<b>" not in str(index.data(Qt.ItemDataRole.ToolTipRole))


def test_an_edit_that_somebody_was_faster_with_keeps_my_text(
    board: str, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        loaded(qtbot, session)
        select(session, "Chat")
        session.window.actions_.edit.trigger()
        dialog = dialog_of(qtbot, session)
        dialog.editor("name").clear()
        qtbot.keyClicks(dialog.editor("name"), "Talk")
        with opened_board(board, Path(session.context.paths.data)) as other:
            service = other.services.find(ALICE, "2")
            other.services.edit(ALICE, 2, ServiceDraft("Rooms"), version=service.version)
        dialog.submit()
        wait(qtbot, lambda: "alice" in dialog.bar.text or bool(dialog.findChildren(QDialog)))
        assert dialog.draft().name == "Talk"
        for box in dialog.findChildren(QDialog):
            box.close()
        # What was typed may go.
        answer_soon(dialog, "Discard")
        dialog.close()


def test_search_and_chips_narrow_the_board(board: str, qtbot: QtBot, qapp: QApplication) -> None:
    with attached_session(qtbot, qapp) as session:
        loaded(qtbot, session)
        view = session.window.view
        qtbot.keyClicks(view.search, "buro DRUCKER")
        wait(qtbot, lambda: shown(session) == ["Büro-Drucker"])
        view.search.setText("nothing like it")
        wait(qtbot, lambda: shown(session) == [])
        (said,) = [one for one in view.findChildren(Placeholder) if one.isVisible()]
        assert "Nothing matches" in said.text
        view.clear_filters()
        wait(qtbot, lambda: len(shown(session)) == 3)
        done("services", "set", "1", "7")
        wait(qtbot, lambda: statuses(session)["E-Mail"] == 7)
        view.chips.chip(7).click()
        wait(qtbot, lambda: shown(session) == ["E-Mail"])


def test_rows_are_copied_as_tsv(board: str, qtbot: QtBot, qapp: QApplication) -> None:
    with attached_session(qtbot, qapp) as session:
        loaded(qtbot, session)
        select(session, "Chat")
        session.window.actions_.copy.trigger()
        text = QGuiApplication.clipboard().text()
        assert "Operational\tChat\t" in text


def test_a_database_that_can_not_be_written_is_said_and_the_row_is_as_it_was(
    board: str, home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        loaded(qtbot, session)
        (home / "izzitup.db").rename(home / "away.db")
        try:
            select(session, "Chat")
            qtbot.keyClick(session.window.view.table, Qt.Key.Key_7)
            wait(qtbot, lambda: "moved or deleted" in session.window.bar.text)
        finally:
            (home / "away.db").rename(home / "izzitup.db")
        assert statuses(session)["Chat"] == 5
        assert not session.window.model.has_pending
        qtbot.keyClick(session.window.view.table, Qt.Key.Key_7)
        wait(qtbot, lambda: statuses(session)["Chat"] == 7)


def test_the_window_stays_alive_while_the_file_is_locked(
    board: str, home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        loaded(qtbot, session)
        lock = sqlite3.connect(home / "izzitup.db", isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
        select(session, "Chat")
        qtbot.keyClick(session.window.view.table, Qt.Key.Key_7)
        wait(qtbot, lambda: session.window.model.has_pending)
        qtbot.keyClicks(session.window.view.search, "chat")
        wait(qtbot, lambda: shown(session) == ["Chat"])
        lock.execute("COMMIT")
        lock.close()
        wait(qtbot, lambda: statuses(session)["Chat"] == 7)


def test_who_may_only_look_finds_the_actions_disabled_with_the_reason(
    home: Path, board: str, qtbot: QtBot, qapp: QApplication
) -> None:
    from izzitup_desktop.domain.accounts import Role
    from izzitup_desktop.platform import (
        settings as settings_file,  # only this test signs in another
    )
    from tests.builders import GOOD_PASSWORD

    with opened_board(board, home) as opened:
        opened.accounts.add(ALICE, "charlie", Role.VIEWER, GOOD_PASSWORD)
    settings_file.save(home, account="charlie")
    with attached_session(qtbot, qapp) as session:
        loaded(qtbot, session)
        select(session, "Chat")
        for action in (session.window.actions_.add, session.window.actions_.set_status[2]):
            assert not action.isEnabled()
        qtbot.keyClick(session.window.view.table, Qt.Key.Key_7)
        qtbot.mouseMove(session.window.view.table.viewport(), QPoint(5, 5))
        assert statuses(session)["Chat"] == 5


def test_what_the_first_paint_does_not_need_comes_once_after_it(
    board: str, qtbot: QtBot, qapp: QApplication
) -> None:
    with session_at(qtbot, qapp) as session:
        window = session.window
        painted = QSignalSpy(window.painted)
        assert window.actions_.undo.icon().isNull()
        assert session.application is None

        wait(qtbot, lambda: session.principal is not None)
        window.hide()
        window.show()
        with qtbot.waitExposed(window):
            window.repaint()

        assert not window.actions_.undo.icon().isNull()
        assert painted.count() == 1


def test_a_window_that_is_not_painted_comes_to_life_too(
    board: str, qtbot: QtBot, qapp: QApplication
) -> None:
    with session_at(qtbot, qapp) as session:
        session.window.setUpdatesEnabled(False)
        wait(qtbot, lambda: session.principal is not None)
        assert not session.window.actions_.undo.icon().isNull()


def test_after_a_restore_undo_says_why_there_is_nothing_to_undo_and_one_can_go_back(
    board: str, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        loaded(qtbot, session)
        window = session.window
        select(session, "Chat")
        qtbot.keyClick(window.view.table, Qt.Key.Key_7)
        wait(qtbot, lambda: window.actions_.undo.isEnabled())
        dialog = session.tools.show_backups()
        assert dialog is not None
        dialog.save()
        wait(qtbot, lambda: "Saved and checked" in dialog.bar.text)
        wait(qtbot, lambda: bool(dialog.model.items))
        dialog.restore(dialog.model.items[0].path)
        answer(qtbot, dialog, "Restore the backup")
        wait(qtbot, lambda: "Restored" in window.bar.text)
        wait(qtbot, lambda: "the board was restored at" in window.actions_.undo.text())
        assert not window.actions_.undo.isEnabled()
        window.bar.findChildren(QPushButton)[0].click()
        again = session.tools.dialog
        assert isinstance(again, BackupsDialog)
        answer(qtbot, again, "Cancel")
        again.reject()


def test_what_was_refused_to_one_is_no_more_said_to_who_signs_in_next(
    board: str, home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        loaded(qtbot, session)
        assert session.application is not None
        with opened_board(f"sqlite:///{home}/izzitup.db", home) as there:
            erin = there.accounts.add(ALICE, "erin", Role.EDITOR, GOOD_PASSWORD).value
        session.window.show_problem(Problem("alice is not allowed to do this.", "", "", ""))
        session.sign_on.signed_on.emit(erin)
        assert session.window.bar.text == ""


def test_the_demo_says_for_as_long_as_it_runs_that_it_is_one(
    board: str, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    with attached_session(qtbot, qapp) as session:
        assert session.window.condition.demo.text == ""
    monkeypatch.setenv("IZZITUP_DEMO", "1")
    with attached_session(qtbot, qapp) as session:
        assert "deleted when you quit" in session.window.condition.demo.text


def test_find_searches_the_page_shown_and_goes_to_the_board_from_one_without_a_search(
    board: str, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        loaded(qtbot, session)
        window = session.window
        window.pages.go("journal")
        window.actions_.find.trigger()
        wait(qtbot, lambda: QApplication.focusWidget() is window.pages.page("journal").search)
        window.pages.go("trash")
        window.actions_.find.trigger()
        wait(qtbot, lambda: QApplication.focusWidget() is window.view.search)
        assert window.view.search.isVisible()

"""What was being typed when the program ended is there again at the next start."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.access.unlock_form import UnlockForm
from izzitup_desktop.desktop.accounts.page import AccountsPage
from izzitup_desktop.desktop.board.dialog import ServiceDialog
from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.groups.page import GroupsPage
from izzitup_desktop.desktop.start.draft_file import FILE_NAME, read_drafts
from izzitup_desktop.desktop.start.session import Session
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.desktop.window.window_drafts import cells_of
from izzitup_desktop.domain.accounts import Role
from tests.builders import ALICE, GOOD_PASSWORD, opened_board
from tests.desktop.sessions import attached_session, board_of, wait
from tests.desktop.windows import select

pytestmark = pytest.mark.soak

TYPING = """
import sys
from izzitup_desktop.desktop.start.qt import load_qt
load_qt()
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from izzitup_desktop.desktop.start.run import Run
from izzitup_desktop.desktop.start.single_instance import SingleInstance
from izzitup_desktop.platform.paths import find_paths

def type_it(session):
    window = session.window
    if not window.model.rowCount() or session.drafts.question is not None:
        return QTimer.singleShot(20, lambda: type_it(session))
    window.actions_.add.trigger()
    dialog = window.editing.dialog
    QTest.keyClicks(dialog.editor("name"), "Half a name")
    if sys.argv[1] == "asking":
        # Esc: it asks whether to drop what was typed, in a loop of its own.
        QTimer.singleShot(50, lambda: print("typed", flush=True))
        dialog.reject()
    elif sys.argv[1] == "locked":
        session.sign_on.lock()
    if sys.argv[1] != "asking":
        print("typed", flush=True)

app, paths = QApplication([]), find_paths()
app.setQuitOnLastWindowClosed(False)
instance = SingleInstance(paths.data, "")
assert instance.claim()
run = Run(app, paths, "", instance)
run.began.connect(lambda session: session.attached.connect(lambda: type_it(session)))
run.begin()
code = app.exec()
run.close()
sys.exit(code)
"""

END_SECONDS = 3.0


@pytest.fixture
def board(home: Path) -> Path:
    board_of(home, "Chat", "Mail")
    return home


def question(qtbot: QtBot, session: Session) -> QMessageBox:
    """What the next start asks."""
    wait(qtbot, lambda: session.drafts.question is not None)
    box = session.drafts.question
    assert box is not None
    return box


def press(box: QMessageBox, text: str) -> None:
    (button,) = [one for one in box.buttons() if one.text() == text]
    button.click()


@pytest.mark.soak
@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
@pytest.mark.parametrize("how", ["open", "asking", "locked"])
def test_sigterm_keeps_what_is_typed_and_ends_the_process_well_and_soon(
    board: Path, how: str, qtbot: QtBot, qapp: QApplication
) -> None:
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-c", TYPING, how], env=environ, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "typed\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(END_SECONDS) == 0
    (kept,) = read_drafts(board)
    assert kept.draft.fields["name"] == "Half a name"
    assert (board / FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_what_was_typed_goes_on_where_it_was_and_is_then_no_draft_any_more(
    board: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        wait(qtbot, lambda: session.window.model.rowCount() == 2)
        select(session.window, "Mail")
        session.window.actions_.edit.trigger()
        dialog = session.window.editing.dialog
        assert dialog is not None
        dialog.editor("note").setPlainText("half a note")  # type: ignore[union-attr]
        dialog.stale.setValue(7)
        session.quit()
        assert not dialog.isVisible()
    with attached_session(qtbot, qapp) as session:
        wait(qtbot, lambda: session.window.model.rowCount() == 2)
        box = question(qtbot, session)
        assert "Edit Mail" in box.text()
        press(box, "Continue")
        dialog = session.window.editing.dialog
        assert dialog is not None and dialog.service_id == 2
        assert (dialog.draft().note, dialog.draft().stale_minutes) == ("half a note", 7)
        dialog.submit()
        wait(qtbot, lambda: session.window.editing.dialog is None)
        rows = session.window.model.arrangement.rows
        wait(qtbot, lambda: rows[2].service.note == "half a note")
        wait(qtbot, lambda: not (board / FILE_NAME).exists())
    assert not (board / FILE_NAME).exists()


def test_a_comment_and_all_that_was_chosen_with_it_is_kept(
    board: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        wait(qtbot, lambda: session.window.model.rowCount() == 2)
        select(session.window, "Chat", "Mail")
        session.window.actions_.set_with_options.trigger()
        dialog = session.window.row_actions.dialog
        assert dialog is not None
        dialog.comment.setText("the vendor looks")
        dialog.on_page.setChecked(True)
        dialog.choice.show_chosen(7)
        dialog.limited.setChecked(True)
        dialog.until.setText("+2h")
        dialog.then.setCurrentIndex(dialog.then.findData(5))
        dialog.hold.setChecked(True)
        chosen = dialog.options()
        session.quit()
    with attached_session(qtbot, qapp) as session:
        wait(qtbot, lambda: session.window.model.rowCount() == 2)
        press(question(qtbot, session), "Continue")
        dialog = session.window.row_actions.dialog
        assert dialog is not None
        assert sorted(dialog.ids) == [1, 2]
        assert (dialog.status_id, dialog.comment.text()) == (7, "the vendor looks")
        assert dialog.on_page.isChecked()
        now = dialog.options()
        assert now == replace(chosen, until=now.until)
        assert chosen.until is not None and now.until is not None
        # To the minute, which is what is shown.
        assert abs(now.until - chosen.until) <= timedelta(minutes=1)


def test_a_group_s_name_and_an_account_go_on_but_no_password_is_ever_kept(
    board: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        window = session.window
        window.pages.go("groups")
        groups = window.pages.page("groups")
        assert isinstance(groups, GroupsPage)
        groups.add()
        assert groups.dialog is not None
        groups.dialog.line.setText("Half a group")
        window.pages.go("accounts")
        accounts = window.pages.page("accounts")
        assert isinstance(accounts, AccountsPage)
        accounts.add()
        assert accounts.dialog is not None
        accounts.dialog.name.setText("halfway")
        accounts.dialog.password.setText(GOOD_PASSWORD)
        accounts.dialog.again.setText(GOOD_PASSWORD)
        accounts.dialog.role.setCurrentIndex(accounts.dialog.role.findData(Role.VIEWER.value))
        session.quit()
    text = (board / FILE_NAME).read_text("utf-8")
    assert GOOD_PASSWORD not in text and "password" not in text
    assert {one["kind"] for one in json.loads(text)["drafts"]} == {"group", "account"}
    with attached_session(qtbot, qapp) as session:
        for _ in range(2):
            box = question(qtbot, session)
            is_group = "group" in box.text().casefold()
            press(box, "Continue")
            page = session.window.pages.page("groups" if is_group else "accounts")
            assert isinstance(page, (GroupsPage, AccountsPage))
            wait(qtbot, lambda page=page: page.dialog is not None)  # type: ignore[misc]
            if isinstance(page, GroupsPage):
                assert page.dialog is not None and page.dialog.line.text() == "Half a group"
            else:
                assert page.dialog is not None
                choice = page.dialog.choice()
                assert (choice.name, choice.role, choice.password) == ("halfway", Role.VIEWER, "")
            page.dialog.reject()
        wait(qtbot, lambda: not (board / FILE_NAME).exists())


def test_what_is_discarded_is_gone_and_what_waits_is_asked_for_again(
    board: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        session.window.actions_.add.trigger()
        assert session.window.editing.dialog is not None
        session.window.editing.dialog.editor("name").setText("Half")  # type: ignore[union-attr]
        session.quit()
    for _ in range(2):
        with attached_session(qtbot, qapp) as session:
            box = question(qtbot, session)
            qtbot.keyClick(box, Qt.Key.Key_Escape)
            wait(qtbot, lambda: session.drafts.question is None)
            session.quit()
    with attached_session(qtbot, qapp) as session:
        press(question(qtbot, session), "Discard")
        wait(qtbot, lambda: not (board / FILE_NAME).exists())
        assert session.window.editing.dialog is None


def test_somebody_else_is_not_shown_what_was_typed(
    board: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened_board(f"sqlite:///{board}/izzitup.db", board) as opened:
        opened.accounts.add(ALICE, "charlie", Role.VIEWER, GOOD_PASSWORD)
    with attached_session(qtbot, qapp) as session:
        session.window.actions_.add.trigger()
        assert session.window.editing.dialog is not None
        session.window.editing.dialog.editor("name").setText("Half")  # type: ignore[union-attr]
        session.quit()
    (kept,) = read_drafts(board)
    with attached_session(qtbot, qapp) as session:
        question(qtbot, session).reject()
        session.keeper.save("account", "charlie")
        wait(qtbot, lambda: session.settings.account == "charlie")
        session.quit()
    with attached_session(qtbot, qapp) as session:
        session.drafts.keep()
        assert session.drafts.question is None
        assert not any(box.isVisible() for box in session.window.findChildren(QDialog))
        session.quit()
    assert read_drafts(board) == (kept,)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 1, "drafts": [{"kind": 5}]}', "\ud83d" + "[" * 9]
)
def test_a_file_that_nobody_of_us_wrote_is_no_draft(text: str, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(text, "utf-8", "surrogatepass")
    assert read_drafts(tmp_path) == ()


def test_a_comment_in_the_inspector_and_a_text_in_a_cell_go_on(
    board: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        window = session.window
        wait(qtbot, lambda: window.model.rowCount() == 2)
        select(window, "Chat")
        wait(qtbot, lambda: window.inspector.service is not None)
        window.inspector.details.comment.setText("the vendor")
        window.inspector.details.on_page.setChecked(True)
        select(window, "Mail")
        edit_note(window, "half")
        session.quit()
        assert session.application is not None
    assert notes(board) == {"Chat": "", "Mail": ""}
    with attached_session(qtbot, qapp) as session:
        window = session.window
        wait(qtbot, lambda: window.model.rowCount() == 2)
        found = []
        for _ in range(2):
            box = question(qtbot, session)
            found.append(box.text())
            press(box, "Continue")
            if "Comment on Chat" in box.text():
                assert window.inspector.service is not None
                assert window.inspector.service.name == "Chat"
                assert window.inspector.details.comment.text() == "the vendor"
                assert window.inspector.details.on_page.isChecked()
            else:
                assert "Mail · Note" in box.text()
                editor = cells_of(window).editor
                assert editor is not None and editor.text() == "half"
                qtbot.keyClicks(editor, " a note")
                qtbot.keyClick(editor, Qt.Key.Key_Return)
                wait(qtbot, lambda: window.model.arrangement.rows[2].service.note == "half a note")
        assert len(set(found)) == 2
        wait(qtbot, lambda: not (board / FILE_NAME).exists())


def test_what_is_typed_goes_on_in_another_language(
    board: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        first = session.window
        wait(qtbot, lambda: first.model.rowCount() == 2)
        select(first, "Chat")
        first.inspector.details.comment.setText("the vendor")
        select(first, "Mail")
        first.actions_.edit.trigger()
        assert first.editing.dialog is not None
        first.editing.dialog.editor("note").setPlainText("half a note")  # type: ignore[union-attr]
        session.keeper.save("language", "de")
        wait(qtbot, lambda: session.window is not first)
        second = session.window
        wait(qtbot, lambda: second.editing.dialog is not None)
        dialog = second.editing.dialog
        assert dialog is not None and dialog.isVisible()
        assert dialog.windowTitle() == "Mail bearbeiten"
        assert (dialog.service_id, dialog.draft().note) == (2, "half a note")
        dialog.submit()
        wait(qtbot, lambda: second.editing.dialog is None)
        wait(qtbot, lambda: second.model.arrangement.rows[2].service.note == "half a note")
        select(second, "Chat")
        assert second.inspector.details.comment.text() == "the vendor"
        edit_note(second, "in a cell")
        session.keeper.save("language", "en")
        wait(qtbot, lambda: session.window is not second)
        wait(qtbot, lambda: cells_of(session.window).editor is not None)
        editor = cells_of(session.window).editor
        assert editor is not None and editor.text() == "in a cell"
    assert notes(board) == {"Chat": "", "Mail": "half a note"}


def test_another_language_behind_the_lock_shows_what_is_typed_once_it_is_unlocked(
    board: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        first = session.window
        wait(qtbot, lambda: first.model.rowCount() == 2)
        first.actions_.add.trigger()
        assert first.editing.dialog is not None
        first.editing.dialog.editor("name").setText("Half")  # type: ignore[union-attr]
        session.sign_on.lock()
        session.keeper.save("language", "de")
        wait(qtbot, lambda: session.window is not first)
        window = session.window
        wait(qtbot, lambda: window.model.rowCount() == 2)
        assert session.sign_on.is_locked
        assert not window.findChildren(ServiceDialog)
        (form,) = window.findChildren(UnlockForm)
        form.password.setText(GOOD_PASSWORD)
        form.submit()
        wait(qtbot, lambda: bool(window.findChildren(ServiceDialog)))
        (dialog,) = window.findChildren(ServiceDialog)
        assert dialog.isVisible() and dialog.draft().name == "Half"


def test_quit_in_the_tray_keeps_what_is_typed(
    board: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        session.window.actions_.add.trigger()
        assert session.window.editing.dialog is not None
        session.window.editing.dialog.editor("name").setText("Half")  # type: ignore[union-attr]
        with qtbot.waitSignal(session.ended):
            session.tray.quit_wanted.emit()
    (kept,) = read_drafts(board)
    assert kept.draft.fields["name"] == "Half"


def edit_note(window: MainWindow, text: str) -> None:
    """Type a note into the cell of the selected service."""
    table = window.view.table
    table.setCurrentIndex(window.model.index(table.currentIndex().row(), Column.NOTE))
    table.edit_in_place()
    editor = cells_of(window).editor
    assert editor is not None
    QTest.keyClicks(editor, text)


def notes(home: Path) -> dict[str, str]:
    with opened_board(f"sqlite:///{home}/izzitup.db", home) as board:
        return {service.name: service.note for service in board.services.list(ALICE)}

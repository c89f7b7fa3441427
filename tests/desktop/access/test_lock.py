"""Locking the window, unlocking it, and acting as somebody else; in a whole session."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.access.lock import Cover, IdleWatch, UnlockPanel
from izzitup_desktop.desktop.access.sign_in import SignInDialog
from izzitup_desktop.desktop.access.unlock_form import UnlockForm
from izzitup_desktop.desktop.board.dialog import ServiceDialog
from izzitup_desktop.desktop.board.last_rows import FILE_NAME
from izzitup_desktop.desktop.notifications.page import NoticesPage
from izzitup_desktop.desktop.preferences.dialog import Preferences
from izzitup_desktop.desktop.start.session import Session
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.domain.accounts import Role
from izzitup_desktop.domain.errors import Throttled
from izzitup_desktop.platform import settings as settings_file
from izzitup_desktop.platform.logs import logging_to
from tests.builders import ALICE, GOOD_PASSWORD, opened_board
from tests.desktop.pages import answer_soon
from tests.desktop.sessions import attached_session, board_of, session_at, wait
from tests.desktop.windows import select


@pytest.fixture
def board(home: Path) -> str:
    board_of(home, "Chat", "Mail")
    url = f"sqlite:///{home}/izzitup.db"
    with opened_board(url, home) as opened:
        opened.accounts.add(ALICE, "charlie", Role.VIEWER, GOOD_PASSWORD)
    return url


def cover_of(session: Session) -> Cover:
    """What lies over the locked window."""
    return session.window.findChildren(Cover)[-1]


def sign_in(qtbot: QtBot, session: Session, name: str, password: str) -> SignInDialog:
    """Fill the dialog that asks who it is, and press Enter."""
    wait(qtbot, lambda: session.sign_on.dialog is not None)
    dialog = session.sign_on.dialog
    assert dialog is not None
    dialog.name.setText(name)
    dialog.password.setText(password)
    dialog.submit()
    return dialog


def unlock(session: Session, password: str = GOOD_PASSWORD, name: str = "") -> UnlockForm:
    """Fill the lock screen's form, and press Enter in it."""
    form = cover_of(session).form
    if name:
        form.other.click()
        form.name.setText(name)
    form.password.setText(password)
    QTest.keyClick(form.password, Qt.Key.Key_Return)
    return form


def test_a_locked_window_shows_and_does_nothing_until_the_password_is_right(
    board: str, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        window = session.window
        wait(qtbot, lambda: window.model.rowCount() == 2)
        select(window, "Chat", "Mail")
        window.actions_.lock.trigger()
        cover = cover_of(session)
        assert cover.geometry() == window.rect()
        window.resize(900, 700)
        wait(qtbot, lambda: cover.geometry() == window.rect())
        assert not session.tray.may_set

        # No key reaches what is below.
        control = Qt.KeyboardModifier.ControlModifier
        for key in (Qt.Key.Key_N, Qt.Key.Key_H, Qt.Key.Key_K, Qt.Key.Key_Comma):
            qtbot.keyClick(cover.form.password, key, control)
        for _ in range(4):
            qtbot.keyClick(QApplication.focusWidget() or cover, Qt.Key.Key_Tab)
            qtbot.keyClick(QApplication.focusWidget() or cover, Qt.Key.Key_7)
        focused = QApplication.focusWidget()
        assert focused is None or cover.isAncestorOf(focused)
        assert not window.findChildren(ServiceDialog)
        assert not window.model.has_pending
        assert all(row.service.hold is None for row in window.model.arrangement.rows.values())

        form = unlock(session, "wrong password")
        wait(qtbot, lambda: "Sign in failed" in form.reason)
        assert cover.isVisible()
        assert form.password.text() == ""
        unlock(session)
        wait(qtbot, lambda: not session.sign_on.is_locked)
        assert window.menuBar().isEnabled()
        wait(qtbot, lambda: session.tray.may_set)
        with qtbot.waitActive(window):
            window.activateWindow()
        select(window, "Chat")
        qtbot.keyClick(window.view.table, Qt.Key.Key_7)
        wait(qtbot, lambda: window.model.arrangement.rows[1].service.status_id == 7)


def test_who_comes_back_goes_on_where_the_focus_was(
    board: str, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        window = session.window
        wait(qtbot, lambda: window.model.rowCount() == 2)
        window.view.search.setFocus()
        session.sign_on.lock()
        assert window.focusWidget() is not window.view.search
        unlock(session)
        wait(qtbot, lambda: not session.sign_on.is_locked)
        assert window.focusWidget() is window.view.search


def test_who_comes_back_has_the_keys_on_the_rows_where_what_had_them_is_gone(
    board: str, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        table = session.window.view.table
        wait(qtbot, lambda: session.window.model.rowCount() == 2)
        select(session.window, "Chat")
        table.edit_in_place()
        session.sign_on.lock()
        unlock(session)
        wait(qtbot, lambda: not session.sign_on.is_locked)
        assert session.window.focusWidget() is table
        session.sign_on.lock()
        session.keeper.save("language", "de")
        wait(qtbot, lambda: session.window.view.table is not table)
        wait(qtbot, lambda: session.window.model.rowCount() == 2)
        unlock(session)
        wait(qtbot, lambda: not session.sign_on.is_locked)
        assert session.window.focusWidget() is session.window.view.table


def test_a_locked_window_stays_locked_when_its_language_changes(
    board: str, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        before = session.window
        session.sign_on.lock()
        session.keeper.save("language", "de")
        wait(qtbot, lambda: session.window is not before)
        assert cover_of(session).isVisible()
        assert not session.window.menuBar().isEnabled()
        session.keeper.save("language", "en")
        wait(qtbot, lambda: session.window.actions_.add.text() == "&New service …")
        unlock(session)
        wait(qtbot, lambda: not session.sign_on.is_locked)
        assert session.window.menuBar().isEnabled()


def test_what_was_typed_in_a_dialog_is_there_again_when_the_same_person_is_back(
    board: str, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        window = session.window
        wait(qtbot, lambda: window.model.rowCount() == 2)
        window.actions_.add.trigger()
        dialog = window.editing.dialog
        assert dialog is not None
        qtbot.keyClicks(dialog.editor("name"), "Half a na")
        session.sign_on.lock()
        assert not dialog.isVisible()
        unlock(session)
        wait(qtbot, lambda: not session.sign_on.is_locked)
        assert dialog.isVisible()
        assert dialog.draft().name == "Half a na"
        answer_soon(dialog, "Discard")
        dialog.reject()

        # Somebody else does not find it, and the way to a new one is free.
        window.actions_.add.trigger()
        session.sign_on.lock()
        unlock(session, name="charlie")
        wait(qtbot, lambda: not session.sign_on.is_locked)
        wait(qtbot, lambda: window.editing.dialog is None)
        assert not any(d.isVisible() for d in window.findChildren(ServiceDialog))


def test_acting_as_somebody_else_changes_what_is_permitted_at_once(
    board: str, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        window = session.window
        wait(qtbot, lambda: window.model.rowCount() == 2)
        window.pages.go("accounts")
        # Locked while it asks who it is, it can be unlocked all the same.
        session.sign_on.switch()
        session.sign_on.lock()
        unlock(session)
        wait(qtbot, lambda: not session.sign_on.is_locked)
        wait(qtbot, lambda: session.sign_on.dialog is None)
        session.sign_on.switch()
        dialog = session.sign_on.dialog
        assert dialog is not None
        dialog.reject()
        assert session.principal is not None
        assert session.principal.name == "alice"
        wait(qtbot, lambda: session.sign_on.dialog is None)
        session.sign_on.switch()
        sign_in(qtbot, session, "charlie", GOOD_PASSWORD)
        wait(qtbot, lambda: session.principal is not None and session.principal.name == "charlie")
        assert window.pages.current == "board"
        select(window, "Chat")
        assert not window.actions_.add.isEnabled()
        assert not window.actions_.set_status[0].isEnabled()
        assert "Viewer" in window.actions_.add.statusTip()
        assert not session.tray.may_set


def test_the_watch_tells_when_nobody_touched_anything_for_so_long(
    qtbot: QtBot, qapp: QApplication
) -> None:
    watched = QWidget()
    qtbot.addWidget(watched)
    watch = IdleWatch(qapp, watched)
    idle = QSignalSpy(watch.idle)
    watch.watch(60_000)
    (timer,) = watch.findChildren(QTimer)
    timer.stop()
    qtbot.keyClick(watched, Qt.Key.Key_A)
    assert timer.isActive()
    watch.watch(30)
    assert idle.wait(5_000)
    watch.watch(0)
    assert not timer.isActive()


def test_a_menu_left_open_at_the_tray_sets_nothing_in_a_locked_window(
    board: str, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        wait(qtbot, lambda: session.window.model.rowCount() == 2)
        session.tray.services.aboutToShow.emit()
        chat = session.tray.services.actions()[0].menu()
        assert isinstance(chat, QMenu)
        wanted = QSignalSpy(session.tray.status_wanted)
        session.sign_on.lock()
        chat.actions()[2].trigger()
        assert wanted.count() == 0
        session.tray.may_set = True
        chat.actions()[2].trigger()
        assert wanted.count() == 1


def test_starting_again_does_not_undo_a_lock(
    board: str, home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    settings_file.save(home, lock_after_minutes=5)
    with session_at(qtbot, qapp) as session:
        wait(qtbot, lambda: session.sign_on.dialog is not None)
        assert session.principal is None


@pytest.mark.soak
def test_a_lock_by_hand_outlives_closing_and_starting_again(
    board: str, home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        wait(qtbot, (home / FILE_NAME).exists)
        session.window.actions_.lock.trigger()
        # Closed at once: what waits to be kept is kept all the same.
    for _ in range(2):
        with session_at(qtbot, qapp) as session:
            assert not session.window.model.arrangement.rows
            wait(qtbot, lambda: session.sign_on.dialog is not None)
            assert session.principal is None
    with session_at(qtbot, qapp) as session:
        sign_in(qtbot, session, "alice", GOOD_PASSWORD)
        wait(qtbot, lambda: session.principal is not None)
        wait(qtbot, lambda: not settings_file.load(home)[0].locked)
    with attached_session(qtbot, qapp) as session:
        assert session.principal is not None


def test_unlocked_again_the_next_start_asks_nobody(
    board: str, home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        session.sign_on.lock()
        wait(qtbot, lambda: settings_file.load(home)[0].locked)
        unlock(session)
        wait(qtbot, lambda: not session.sign_on.is_locked)
    assert not settings_file.load(home)[0].locked
    with attached_session(qtbot, qapp) as session:
        assert session.principal is not None


def test_who_acts_instead_of_somebody_needs_the_password_again_at_the_next_start(
    board: str, home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        session.sign_on.switch()
        sign_in(qtbot, session, "charlie", GOOD_PASSWORD)
        wait(qtbot, lambda: session.principal is not None and session.principal.name == "charlie")
        # Locked and unlocked by somebody else, and asked for at the start: the same.
        session.sign_on.lock()
        unlock(session, name="charlie")
        wait(qtbot, lambda: not session.sign_on.is_locked)
    settings_file.save(home, ask_at_start=True)
    with session_at(qtbot, qapp) as session:
        sign_in(qtbot, session, "charlie", GOOD_PASSWORD)
        wait(qtbot, lambda: session.principal is not None)
    settings_file.save(home, ask_at_start=False)
    assert settings_file.load(home)[0].account == "alice"
    with attached_session(qtbot, qapp) as session:
        assert session.principal is not None
        assert session.principal.name == "alice"


@pytest.mark.parametrize("account", ["", "nobody"])
def test_the_first_to_sign_in_at_a_desk_without_an_account_is_known_from_then_on(
    board: str, home: Path, qtbot: QtBot, qapp: QApplication, account: str
) -> None:
    settings_file.save(home, account=account)
    with session_at(qtbot, qapp) as session:
        sign_in(qtbot, session, "alice", GOOD_PASSWORD)
        wait(qtbot, lambda: session.principal is not None)
        wait(qtbot, lambda: session.settings.account == "alice")


def test_a_locked_window_names_no_service_at_the_tray_nor_in_what_it_tells(
    board: str, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        told: list[tuple[str, str]] = []
        session.notifications.told.connect(lambda title, body: told.append((title, body)))
        wait(qtbot, lambda: session.window.model.rowCount() == 2)
        session.tray.services.aboutToShow.emit()
        assert len(session.tray.services.actions()) == 2
        menu = QMenu("Chat", session.window)
        menu.addAction("Chat")
        menu.popup(session.window.mapToGlobal(session.window.rect().center()))
        session.sign_on.lock()
        assert not menu.isVisible()
        assert not session.tray.services.actions()
        session.tray.services.aboutToShow.emit()
        assert not session.tray.services.actions()
        assert not session.tray.services.menuAction().isEnabled()
        assert session.tray.tooltip == "IzzitUp: locked"
        tells = [action.text() for action in session.tray.menu.actions() if action.isEnabled()]
        assert list(filter(None, tells)) == ["Unlock …", "Quit"]
        with opened_board(board, Path(session.context.paths.data)) as other:
            other.statuses.set(ALICE, [1], 7, "a comment")
        wait(qtbot, lambda: bool(told))
        assert told[0][0] == "A status changed"
        assert session.tray.tooltip == "IzzitUp: locked"
        assert "Chat" not in session.window.toast.text
        unlock(session)
        wait(qtbot, lambda: not session.sign_on.is_locked)
        session.window.pages.go("notices")
        page = session.window.pages.page("notices")
        assert isinstance(page, NoticesPage)
        wait(qtbot, lambda: [entry.subject_name for entry in page.model.items][:1] == ["Chat"])
        session.tray.services.aboutToShow.emit()
        assert len(session.tray.services.actions()) == 2


@pytest.mark.parametrize(
    "comment", ["a\nb", "a\r\n2026-01-01 INFO forged", "a\x85b\x1b[2Jc\u2028d"]
)
def test_what_the_window_logs_of_a_comment_is_one_line(
    board: str, home: Path, qtbot: QtBot, qapp: QApplication, comment: str
) -> None:
    with logging_to(home / "logs"), attached_session(qtbot, qapp) as session:
        session.notifications.told.emit("Chat\nforged", comment)
    lines = (home / "logs" / "izzitup.log").read_text("utf-8").splitlines()
    assert all((line[:4].isdigit() and "izzitup" in line) or "asyncio" in line for line in lines)
    (told,) = [line for line in lines if "told:" in line]
    assert told.isprintable()


@pytest.mark.soak
def test_nothing_of_the_board_is_shown_before_the_password(
    board: str, home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    kept = home / FILE_NAME
    with attached_session(qtbot, qapp) as session:
        wait(qtbot, kept.exists)
        settings_file.save(home, ask_at_start=True)
        with session_at(qtbot, qapp) as asking:
            wait(qtbot, lambda: asking.sign_on.dialog is not None)
            assert not asking.window.model.arrangement.rows
        session.window.close()
        wait(qtbot, lambda: not kept.exists())


def test_who_leaves_while_the_password_is_checked_is_not_signed_in(
    board: str, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        signed_on: list[str] = []
        session.sign_on.signed_on.connect(lambda account: signed_on.append(account.name))
        session.sign_on.switch()
        dialog = sign_in(qtbot, session, "charlie", GOOD_PASSWORD)
        dialog.reject()
        # Checked in turn: once the second one is known, so is the first.
        session.sign_on.switch()
        sign_in(qtbot, session, "alice", GOOD_PASSWORD)
        wait(qtbot, lambda: session.sign_on.dialog is None)
        assert signed_on == ["alice"]


def test_only_an_administrator_changes_what_keeps_the_board_safe(
    board: str, home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    settings_file.save(home, account="charlie", lock_after_minutes=0)
    with attached_session(qtbot, qapp) as session:
        session.window.actions_.preferences.trigger()
        dialog = session.dialog
        assert isinstance(dialog, Preferences)
        for editor in (dialog.serve, dialog.host, dialog.lock_after, dialog.backups_kept):
            assert not editor.isEnabled()
            assert "Viewer" in editor.toolTip()
        assert dialog.theme.isEnabled()
        dialog.changed.emit("backups_kept", 1)
        assert "not permit" in dialog.bar.text or "not allowed" in dialog.bar.text
        assert session.settings.backups_kept != 1


def test_the_wall_stays_through_the_lock_and_asks_for_the_password_before_it_is_left(
    board: str, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        wait(qtbot, lambda: session.window.model.rowCount() == 2)
        session.window.actions_.wall.trigger()
        wall = session.tools.wall
        assert wall is not None
        session.sign_on.lock()
        assert wall.isVisible() and not wall.findChildren(UnlockPanel)
        with opened_board(board, Path(session.context.paths.data)) as other:
            other.statuses.set(ALICE, [1], 7)
        wait(qtbot, lambda: wall.text == "Outage 1")
        for key in (Qt.Key.Key_Escape, Qt.Key.Key_F11, Qt.Key.Key_Q):
            qtbot.keyClick(wall, key)
            assert wall.isVisible()
            (panel,) = wall.findChildren(UnlockPanel)
            assert panel.isVisible()
            # Who changes his mind leaves it as it was; no key reaches the wall below.
            qtbot.keyClick(panel, Qt.Key.Key_F11)
            qtbot.keyClick(panel, Qt.Key.Key_Escape)
            wait(qtbot, lambda: not wall.findChildren(UnlockPanel))
        wall.close()
        (panel,) = wall.findChildren(UnlockPanel)
        qtbot.keyClicks(panel.form.password, "wrong password")
        qtbot.keyClick(panel.form.password, Qt.Key.Key_Return)
        wait(qtbot, lambda: "Sign in failed" in panel.form.reason)
        assert session.sign_on.is_locked and wall.isVisible()
        qtbot.keyClicks(panel.form.password, GOOD_PASSWORD)
        qtbot.keyClick(panel.form.password, Qt.Key.Key_Return)
        wait(qtbot, lambda: not session.sign_on.is_locked)
        assert session.tools.wall is None


def test_a_locked_wall_stays_in_another_language_and_ends_with_the_program(
    board: str, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        wait(qtbot, lambda: session.window.model.rowCount() == 2)
        session.window.actions_.wall.trigger()
        before = session.tools.wall
        session.sign_on.lock()
        session.keeper.save("language", "de")
        wait(qtbot, lambda: session.tools.wall not in (before, None))
        wall = session.tools.wall
        assert wall is not None
        assert wall.windowTitle() == "IzzitUp: Wandanzeige"
        qtbot.keyClick(wall, Qt.Key.Key_Escape)
        assert wall.isVisible()
        with qtbot.waitSignal(session.ended):
            session.quit()


def test_somebody_else_signs_in_at_the_lock_screen(
    board: str, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        session.sign_on.lock()
        form = cover_of(session).form
        assert form.name.isHidden()
        form.other.click()
        assert not form.name.isHidden()
        assert form.focusWidget() is form.name
        form.other.click()
        assert form.name.isHidden()
        unlock(session, name="charlie")
        wait(qtbot, lambda: not session.sign_on.is_locked)
        assert session.principal is not None and session.principal.name == "charlie"


def test_the_eye_shows_a_password_and_a_capital_without_shift_warns_of_caps_lock(
    qtbot: QtBot, qapp: QApplication
) -> None:
    form = UnlockForm(Theme(qapp, "light"), "alice")
    qtbot.addWidget(form)
    form.show()
    assert form.password.echoMode() is QLineEdit.EchoMode.Password
    form.password.eye.trigger()
    assert form.password.echoMode() is QLineEdit.EchoMode.Normal
    for text, shift, is_on in (("A", False, True), ("b", True, True), ("a", False, False),
                               ("B", True, False), ("7", False, False)):  # fmt: skip
        modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        event = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, modifier, text)
        QApplication.sendEvent(form.password, event)
        assert form.caps_lock.isVisible() is is_on
    # What was refused is not left to be read.
    form.refused(Throttled(5))
    assert form.password.text() == ""
    assert form.password.echoMode() is QLineEdit.EchoMode.Password
    assert form.reason and not form.unlock.isEnabled()

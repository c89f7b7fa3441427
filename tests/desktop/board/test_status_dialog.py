"""Setting a status with options: comment, until, then, hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.status_dialog import StatusDialog
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.status_options import StatusOptions
from tests.builders import ALICE, BOB, add_service
from tests.desktop.pages import Desk, answer_soon, desk_at, window_at
from tests.desktop.sessions import wait
from tests.desktop.windows import select, service_in


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        for name in ("Chat", "Mail"):
            add_service(desk.board, name, key=name.upper())
        yield desk


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    with window_at(desk, qtbot) as window:
        yield window


def dialog_for(window: MainWindow, qtbot: QtBot, *names: str) -> StatusDialog:
    """Select services and press Ctrl+Enter."""
    select(window, *names)
    qtbot.keyClick(window.view.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait(qtbot, lambda: window.row_actions.dialog is not None)
    dialog = window.row_actions.dialog
    assert dialog is not None
    return dialog


def press(dialog: StatusDialog, status_id: int) -> None:
    button = dialog.choice.button(status_id)
    assert button is not None
    button.click()


def test_comment_time_and_hold_are_set_on_all_selected_in_one_step(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    dialog = dialog_for(window, qtbot, "Chat", "Mail")
    assert dialog.windowTitle() == "Set the status of 2 services"
    press(dialog, 7)
    qtbot.keyClicks(dialog.comment, "the power is off")
    assert not dialog.on_page.isChecked()
    dialog.on_page.click()
    (in_an_hour,) = [b for b in dialog.findChildren(QPushButton) if b.text() == "in 1 h"]
    in_an_hour.click()
    assert dialog.limited.isChecked()
    dialog.then.setCurrentIndex(dialog.then.findData(5))
    dialog.hold.setChecked(True)
    dialog.set_button.click()
    wait(qtbot, lambda: service_in(window, "Mail").status_id == 7)
    for name in ("Chat", "Mail"):
        service = service_in(window, name)
        assert service.hold == Hold("alice")
        assert service.comment_public
        assert service.expiry is not None
        assert service.expiry.then == 5
        ahead = service.expiry.until - datetime.now(UTC)
        assert timedelta(minutes=58) < ahead <= timedelta(hours=1)
    assert desk.board.journal.latest(ALICE, limit=1)[0].comment == "the power is off"
    wait(qtbot, lambda: window.row_actions.dialog is None)
    window.actions_.undo.trigger()
    wait(qtbot, lambda: service_in(window, "Chat").status_id == 5)
    assert service_in(window, "Mail").hold is None


def test_a_time_that_is_past_stays_with_its_reason_and_nothing_is_set(
    window: MainWindow, qtbot: QtBot
) -> None:
    dialog = dialog_for(window, qtbot, "Chat")
    press(dialog, 6)
    qtbot.keyClicks(dialog.comment, "why")
    dialog.limited.setChecked(True)
    dialog.until.set_time(datetime.now(UTC) - timedelta(hours=1))
    dialog.submit()
    wait(qtbot, lambda: "past already" in dialog.until.accessibleDescription())
    assert dialog.isEnabled()
    assert dialog.comment.text() == "why"
    assert service_in(window, "Chat").status_id == 5
    assert not window.model.has_pending
    dialog.limited.setChecked(False)
    dialog.submit()
    wait(qtbot, lambda: service_in(window, "Chat").status_id == 6)


def test_it_opens_with_the_options_that_hold_now(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    until = datetime.now(UTC).replace(microsecond=0, second=0) + timedelta(hours=3)
    chat = service_in(window, "Chat").id
    desk.board.statuses.set(desk.principal, [chat], 6, "", StatusOptions(until, 7, hold=True))
    wait(qtbot, lambda: service_in(window, "Chat").status_id == 6)
    dialog = dialog_for(window, qtbot, "Chat")
    assert dialog.status_id == 6
    assert dialog.options() == StatusOptions(until, 7, hold=True)
    dialog.reject()


def test_cancel_changes_nothing_and_the_next_one_opens(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    before = desk.board.last_id()
    dialog = dialog_for(window, qtbot, "Chat")
    press(dialog, 7)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    wait(qtbot, lambda: window.row_actions.dialog is None)
    assert desk.board.last_id() == before
    again = dialog_for(window, qtbot, "Mail")
    assert again.status_id == 5
    again.reject()


def test_without_a_then_somebody_is_asked_when_the_time_is_over(
    window: MainWindow, qtbot: QtBot
) -> None:
    dialog = dialog_for(window, qtbot, "Chat")
    assert not dialog.until.isEnabled()
    dialog.limited.setChecked(True)
    assert dialog.until.isEnabled()
    options = dialog.options()
    assert options.until is not None
    assert options.then is None
    dialog.reject()


def test_a_status_that_a_script_set_meanwhile_is_not_overwritten_without_a_word(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    dialog = dialog_for(window, qtbot, "Mail")
    place = dialog.set_button.mapTo(dialog, QPoint(0, 0))
    qtbot.keyClicks(dialog.comment, "we look at it")
    desk.board.statuses.set(BOB, [service_in(window, "Mail").id], 7, "disk full")
    wait(qtbot, lambda: bool(dialog.meanwhile.text))
    assert dialog.meanwhile.text == "Changed to Outage by bob meanwhile. “disk full”"
    # What is about to be pressed stays where it is.
    assert dialog.set_button.mapTo(dialog, QPoint(0, 0)) == place
    before = desk.board.last_id()
    qtbot.keyClick(dialog.comment, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.focusWidget() is dialog.meanwhile.keep
    qtbot.keyClick(dialog.meanwhile.keep, Qt.Key.Key_Return)
    assert dialog.status_id == 7
    assert not dialog.meanwhile.text
    assert desk.board.last_id() == before
    qtbot.keyClick(dialog.comment, Qt.Key.Key_Return)
    wait(qtbot, lambda: window.row_actions.dialog is None)
    found = desk.board.services.find(ALICE, "MAIL")
    assert (found.status_id, found.comment) == (7, "we look at it")


@pytest.mark.parametrize("by_choice", [False, True])
def test_mine_is_set_over_it_once_that_is_said(
    desk: Desk, window: MainWindow, qtbot: QtBot, by_choice: bool
) -> None:
    dialog = dialog_for(window, qtbot, "Mail")
    press(dialog, 6)
    desk.board.statuses.set(BOB, [service_in(window, "Mail").id], 7)
    wait(qtbot, lambda: bool(dialog.meanwhile.text))
    assert dialog.meanwhile.over.text() == "Set Impaired"
    if by_choice:
        press(dialog, 6)
    else:
        dialog.meanwhile.over.click()
    dialog.submit()
    wait(qtbot, lambda: service_in(window, "Mail").status_id == 6)


def test_of_several_those_that_changed_meanwhile_may_be_left_as_they_are(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    dialog = dialog_for(window, qtbot, "Chat", "Mail")
    press(dialog, 6)
    desk.board.statuses.set(BOB, [service_in(window, "Mail").id], 7)
    wait(qtbot, lambda: bool(dialog.meanwhile.text))
    assert dialog.meanwhile.text == "Changed meanwhile: Mail is Outage (bob)."
    dialog.meanwhile.keep.click()
    dialog.submit()
    wait(qtbot, lambda: service_in(window, "Chat").status_id == 6)
    assert service_in(window, "Mail").status_id == 7


def test_a_service_that_was_deleted_meanwhile_is_told_and_the_comment_stays(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    dialog = dialog_for(window, qtbot, "Mail")
    qtbot.keyClicks(dialog.comment, "why")
    desk.board.services.remove(BOB, [service_in(window, "Mail").id])
    wait(qtbot, lambda: dialog.meanwhile.text == "Deleted meanwhile: Mail.")
    assert not dialog.set_button.isEnabled()
    dialog.submit()
    assert dialog.isVisible()
    assert dialog.comment.text() == "why"
    dialog.accept()


def test_what_happened_behind_a_locked_window_is_told_once_it_is_unlocked(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    dialog = dialog_for(window, qtbot, "Mail")
    # As the lock does with each dialog.
    dialog.setVisible(False)
    desk.board.statuses.set(BOB, [service_in(window, "Mail").id], 7)
    wait(qtbot, lambda: service_in(window, "Mail").status_id == 7)
    before = desk.board.last_id()
    dialog.open()
    assert dialog.meanwhile.text == "Changed to Outage by bob meanwhile."
    qtbot.keyClick(dialog.comment, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.meanwhile.keep
    assert desk.board.last_id() == before
    dialog.accept()


def test_a_typed_comment_is_not_dropped_without_a_question(
    window: MainWindow, qtbot: QtBot
) -> None:
    dialog = dialog_for(window, qtbot, "Mail")
    qtbot.keyClicks(dialog.comment, "we look at it")
    answer_soon(dialog, "Keep editing")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.comment.text() == "we look at it"
    answer_soon(dialog, "Discard")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    wait(qtbot, lambda: window.row_actions.dialog is None)


def test_the_choice_is_one_stop_with_a_ring_and_arrows_and_numbers_choose(
    window: MainWindow, qtbot: QtBot
) -> None:
    dialog = dialog_for(window, qtbot, "Mail")
    operational, outage = dialog.choice.button(5), dialog.choice.button(7)
    assert operational is not None
    assert outage is not None
    qtbot.keyClick(dialog.comment, Qt.Key.Key_Backtab)
    wait(qtbot, operational.hasFocus)
    with_ring = operational.grab().toImage()
    qtbot.keyClick(operational, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.comment
    assert operational.grab().toImage() != with_ring
    operational.setFocus()
    qtbot.keyClick(operational, Qt.Key.Key_Right)
    assert dialog.status_id == 6
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Left)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Left)
    assert dialog.status_id == 7
    assert dialog.focusWidget() is outage
    dialog.comment.setFocus()
    qtbot.keyClick(dialog, Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier)
    assert dialog.status_id == 6
    dialog.accept()


def test_a_time_is_typed_as_people_say_it_and_read_back_at_once(
    window: MainWindow, qtbot: QtBot
) -> None:
    dialog = dialog_for(window, qtbot, "Mail")
    dialog.limited.setChecked(True)
    height = dialog.until.note.y()
    dialog.until.setText("+2h")
    assert dialog.until.note.text().endswith("(in 1 h 59 min)") or "2 h" in dialog.until.note.text()
    dialog.until.setText("soon")
    assert "“soon” is no time" in dialog.until.note.text()
    dialog.submit()
    assert dialog.isVisible()
    assert dialog.focusWidget() is dialog.until
    dialog.until.setText("tomorrow 8")
    assert dialog.until.accessibleDescription() == dialog.until.note.text()
    assert "08:00" in dialog.until.note.text() or "8:00" in dialog.until.note.text()
    assert dialog.until.note.y() == height
    press(dialog, 6)
    dialog.submit()
    wait(qtbot, lambda: service_in(window, "Mail").status_id == 6)
    expiry = service_in(window, "Mail").expiry
    assert expiry is not None
    assert expiry.until.astimezone().hour == 8


def test_templates_and_earlier_comments_come_after_what_is_typed(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.row_actions.comments.templates = ("Vendor informed.",)
    dialog = dialog_for(window, qtbot, "Mail")
    qtbot.keyClicks(dialog.comment, "Disk full.")
    texts = [action.text() for action in dialog.comment.menu().actions()]
    assert texts == ["Templates", "Vendor informed."]
    dialog.comment.menu().actions()[1].trigger()
    assert dialog.comment.text() == "Disk full. Vendor informed."
    press(dialog, 6)
    dialog.submit()
    wait(qtbot, lambda: window.row_actions.dialog is None)
    assert window.row_actions.comments.recent == ("Disk full. Vendor informed.",)

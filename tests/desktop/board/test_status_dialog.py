"""Setting a status with options: comment, until, then, hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.status_dialog import StatusDialog
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.status_options import StatusOptions
from tests.builders import ALICE, add_service
from tests.desktop.pages import Desk, desk_at, window_at
from tests.desktop.sessions import wait
from tests.desktop.windows import select, service_in


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        for name in ("Chat", "Mail"):
            add_service(desk.board, name)
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


def test_comment_time_and_hold_are_set_on_all_selected_in_one_step(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    dialog = dialog_for(window, qtbot, "Chat", "Mail")
    assert dialog.windowTitle() == "Set the status of 2 services"
    dialog.buttons.button(7).click()
    qtbot.keyClicks(dialog.comment, "the power is off")
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
    dialog.buttons.button(6).click()
    qtbot.keyClicks(dialog.comment, "why")
    dialog.limited.setChecked(True)
    dialog.until.setDateTime(QDateTime.currentDateTime().addSecs(-3_600))
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
    dialog.buttons.button(7).click()
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

"""By what notifications reach the person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.connections.page import ConnectionsPage
from izzitup_desktop.desktop.notifications import delivery
from izzitup_desktop.domain.tokens import TokenDraft
from tests.builders import ALICE, HandClock, opened_board
from tests.desktop.sessions import attached_session, board_of, session_at, wait


@pytest.fixture(autouse=True)
def board(home: Path) -> None:
    board_of(home, "Chat")


def test_with_no_daemon_and_no_tray_the_window_tells(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    with attached_session(qtbot, qapp) as session:
        assert not session.notifications.has_notifier
        session.notifications.told.emit("Chat: Outage", "")
        wait(qtbot, lambda: "Chat: Outage" in session.window.toast.text)


def test_where_notifications_do_not_go_over_d_bus_the_tray_shows_them(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "is_dbus_platform", lambda: False)
    with attached_session(qtbot, qapp) as session:
        assert session.notifications.has_notifier
        session.notifications.told.emit("Chat: Outage", "")
        assert not session.window.toast.text


def test_a_click_on_a_notification_selects_its_service(qtbot: QtBot, qapp: QApplication) -> None:
    with attached_session(qtbot, qapp) as session:
        wait(qtbot, lambda: session.window.model.rowCount() == 1)
        session.delivery.clicked.emit("1")
        wait(qtbot, lambda: session.window.view.table.selected_ids() == [1])


def test_a_click_on_one_of_several_services_brings_the_window_to_the_front(
    qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        session.window.hide()
        session.delivery.clicked.emit("")
        wait(qtbot, session.window.isVisible)
        assert session.window.view.table.selected_ids() == []


def test_a_token_that_ends_soon_is_told_at_the_start_and_a_click_leads_to_it(
    qtbot: QtBot, qapp: QApplication, home: Path
) -> None:
    ten_days = timedelta(days=10)
    before = HandClock(datetime.now(UTC) - ten_days)
    with opened_board(f"sqlite:///{home}/izzitup.db", home, clock=before) as found:
        owner_id = found.accounts.list(ALICE)[0].id
        found.tokens.add(ALICE, TokenDraft("deploy", owner_id, expires=before.now() + 2 * ten_days))
    with session_at(qtbot, qapp) as session:
        told: list[str] = []
        session.notifications.told.connect(lambda title, _body: told.append(title))
        wait(qtbot, lambda: told == ["The token deploy ends soon"])
        session.delivery.clicked.emit("tokens")
        page = session.window.pages.page("connections")
        assert isinstance(page, ConnectionsPage)
        wait(qtbot, page.tokens.isVisible)

"""Who may change what in the preferences, and where a change goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.preferences.dialog import Preferences
from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.platform import settings as settings_file
from tests.desktop.sessions import attached_session, board_of, session_at, wait


@pytest.fixture(autouse=True)
def board(home: Path) -> None:
    board_of(home, "Chat")


def test_they_open_once_the_settings_are_loaded(qtbot: QtBot, qapp: QApplication) -> None:
    with session_at(qtbot, qapp) as session:
        opened = QSignalSpy(session.preferences.opened)
        session.preferences.open()
        assert opened.count() == 0
        wait(qtbot, lambda: session.principal is not None)
        session.preferences.open()
        assert opened.count() == 1
        dialog = session.dialog
        assert isinstance(dialog, Preferences)
        dialog.reject()
        assert not session.preferences.is_open


def test_a_change_is_in_the_file_and_holds(home: Path, qtbot: QtBot, qapp: QApplication) -> None:
    with attached_session(qtbot, qapp) as session:
        session.preferences.open()
        assert isinstance(session.dialog, Preferences)
        session.dialog.changed.emit("notifications", False)
        wait(qtbot, lambda: not session.settings.notifications)
        assert not settings_file.load(home)[0].notifications


def test_what_keeps_the_board_safe_is_refused_to_who_may_not_serve_it(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with attached_session(qtbot, qapp) as session:
        before = session.settings.port
        session.preferences.principal = Principal("charlie", Role.VIEWER, Origin.DESKTOP)
        session.preferences.open()
        assert isinstance(session.dialog, Preferences)
        session.dialog.changed.emit("port", before + 1)
        session.dialog.changed.emit("notifications", False)
        wait(qtbot, lambda: not session.settings.notifications)
        assert settings_file.load(home)[0].port == before

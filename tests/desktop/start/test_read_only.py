"""A board that can only be read says so, and why, for as long as it is so."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.desktop.sessions import attached_session, board_of, wait
from tests.desktop.windows import select


def refuse_writing(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """The system says that nobody may write in the folder: root it never tells so."""
    real = os.access

    def access(path: str | Path, mode: int, **options: Any) -> bool:
        refused = mode & os.W_OK and folder in (Path(path), Path(path).parent)
        return not refused and real(path, mode, **options)

    patch.setattr(os, "access", access)


def test_a_read_only_board_has_a_banner_and_its_buttons_refuse_with_the_reason(
    home: Path, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    board_of(home, "Chat", "Mail")
    refuse_writing(monkeypatch, home)
    with attached_session(qtbot, qapp) as session:
        first = window = session.window
        wait(qtbot, lambda: window.model.rowCount() == 2)
        wait(qtbot, lambda: bool(window.condition.banner.text))
        reason = window.condition.banner.text
        assert f"The folder {home} can only be read" in reason
        select(window, "Chat")
        qtbot.keyClick(window.view.table, Qt.Key.Key_7)
        assert reason in window.bar.text
        assert "Chat" in window.bar.text
        assert not window.model.has_pending
        session.tray.status_wanted.emit(2, 7)
        assert "Mail" in window.bar.text
        window.bar.take_back()
        assert window.condition.banner.text == reason
        session.keeper.save("language", "de")
        wait(qtbot, lambda: session.window is not first)
        wait(qtbot, lambda: bool(session.window.condition.banner.text))
        session.keeper.save("language", "en")
        wait(qtbot, lambda: session.window.condition.banner.text == reason)
        assert session.window.model.arrangement.counts()[7] == 0


def test_a_board_that_can_be_written_has_none(home: Path, qtbot: QtBot, qapp: QApplication) -> None:
    board_of(home, "Chat")
    with attached_session(qtbot, qapp) as session:
        wait(qtbot, lambda: session.window.model.rowCount() == 1)
        assert session.window.condition.banner.text == ""
        assert session.window.condition.banner.isHidden()


def test_a_disk_that_fails_while_the_window_is_open_has_a_banner_until_it_is_mended(
    home: Path, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    board_of(home, "Chat")
    with attached_session(qtbot, qapp) as session:
        window = session.window
        wait(qtbot, lambda: window.model.rowCount() == 1)
        with monkeypatch.context() as failed:
            refuse_writing(failed, home)
            session.read_only.look()
            wait(qtbot, lambda: "can only be read" in window.condition.banner.text)
        session.read_only.look()
        wait(qtbot, lambda: window.condition.banner.isHidden())
        select(window, "Chat")
        qtbot.keyClick(window.view.table, Qt.Key.Key_7)
        wait(qtbot, lambda: window.model.arrangement.counts()[7] == 1)

"""Copying rows as something else, and opening their addresses, from the window's menus."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.copying import addresses_of, copied_as
from izzitup_desktop.desktop.board.rows import Row
from izzitup_desktop.domain.accounts import Role
from izzitup_desktop.text.script_lines import PASSWORD
from tests.builders import ALICE, GOOD_PASSWORD, add_service
from tests.desktop.board.made_rows import row
from tests.desktop.pages import Desk, desk_at, tools_of, window_at
from tests.desktop.sessions import wait
from tests.desktop.windows import select
from tests.server.wire import serving

QUOTED = 'it\'s "me" $HOME ‘x’'


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        add_service(desk.board, "Chat", key="CHAT", url="https://chat.example.org")
        add_service(desk.board, "Mail", key="MAIL")
        yield desk


def linked(id_: int, url: str, check_url: str = "") -> Row:
    made = row(id_)
    return replace(made, service=replace(made.service, url=url, check_url=check_url))


@pytest.mark.parametrize("form", ["curl", "python"])
def test_a_copied_line_sets_the_status_on_a_real_server(desk: Desk, form: str) -> None:
    desk.board.accounts.add(ALICE, QUOTED, Role.EDITOR, GOOD_PASSWORD, frozenset())
    mail = desk.board.services.find(ALICE, "MAIL")
    with serving(desk.board) as server:
        shown = row(mail.id, "Mail", status=6)
        text = copied_as(form, [shown], server.state.url, QUOTED).text()
        assert GOOD_PASSWORD not in text
        script = text.replace(PASSWORD, GOOD_PASSWORD)
        command = ["sh", "-c", script] if form == "curl" else [sys.executable, "-c", script]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    assert "Success" in done.stdout
    assert desk.board.services.find(ALICE, "MAIL").status_id == 6


def test_several_rows_are_a_line_each_and_a_status_no_script_sets_is_none_of_them() -> None:
    text = copied_as("curl", [row(1, status=7), row(2, status=8)], "", "bob").text()
    first, second = text.splitlines()
    assert '"service": 1, "status": 7' in first
    assert '"service": 2, "status": 5' in second
    assert first.endswith(" http://127.0.0.1:8475/api/services")


def test_each_address_of_the_web_opens_once_and_nothing_else_does() -> None:
    rows = [
        linked(1, "https://a.example"),
        linked(2, "file:///etc/passwd", "https://b.example"),
        linked(3, "https://a.example"),
        linked(4, "javascript:alert(1)"),
    ]
    assert addresses_of(rows) == ["https://a.example", "https://b.example"]


def test_ctrl_o_opens_and_the_menu_copies_what_is_selected(desk: Desk, qtbot: QtBot) -> None:
    opened: list[str] = []
    context = replace(desk.context, open_url=lambda url: opened.append(url.toString()))
    with window_at(replace(desk, context=context), qtbot) as window:
        tools_of(desk, window)
        actions = window.actions_
        select(window, "Mail")
        assert not actions.open_address.isEnabled()
        select(window, "Chat")
        control = Qt.KeyboardModifier.ControlModifier
        qtbot.keyClick(window.view.table, Qt.Key.Key_O, control)
        assert opened == ["https://chat.example.org"]
        copies = {action.data(): action for action in actions.copy_menu.actions()}
        copies["chat"].trigger()
        assert "Chat: Operational since " in QGuiApplication.clipboard().text()
        copies["html"].trigger()
        assert "<table>" in QGuiApplication.clipboard().mimeData().html()
        copies["powershell"].trigger()
        text = QGuiApplication.clipboard().text()
        assert '"user": "alice"' in text
        menu = window.view.table.context_menu
        assert menu is not None
        assert {actions.open_address, actions.copy_menu.menuAction()} <= set(menu.actions())
        place = QPoint(window.inspector.width() // 2, 4)
        window.inspector.customContextMenuRequested.emit(place)
        assert actions.copy_menu.isVisible()
        actions.copy_menu.close()
        actions.ask_api.trigger()
        assert window.pages.current == "connections"


def test_a_message_that_appears_moves_no_row_under_the_hand(desk: Desk, qtbot: QtBot) -> None:
    with window_at(desk, qtbot) as window:
        select(window, "Mail")
        viewport = window.view.table.viewport()
        before, height = viewport.mapTo(window, QPoint(0, 0)), viewport.height()
        window.bar.show_notice("Something is worth knowing.")
        window.condition.banner.say("Nothing can be changed.")
        # Its room comes from below the rows.
        wait(qtbot, lambda: viewport.height() < height)
        assert viewport.mapTo(window, QPoint(0, 0)) == before

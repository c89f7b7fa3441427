"""The page in the window: it has the server, the preferences' way, and its search."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.connections.page import ConnectionsPage
from izzitup_desktop.desktop.window.main_window import MainWindow
from tests.desktop.pages import desk_at, window_at
from tests.desktop.sessions import wait
from tests.server.wire import serving


def page_of(window: MainWindow) -> ConnectionsPage:
    page = window.pages.page("connections")
    assert isinstance(page, ConnectionsPage)
    return page


def test_the_page_follows_the_window_s_server_and_offers_the_preferences(
    qapp: QApplication, home: Path, qtbot: QtBot
) -> None:
    with desk_at(qapp, home) as desk, window_at(desk, qtbot) as window:
        with serving(desk.board) as server:
            window.set_server(server)
            window.actions_.views[-1].trigger()
            assert window.pages.current == "connections"
            page = page_of(window)
            wait(qtbot, lambda: [one.url for one in page.address.model.items] == [server.state.url])
            with qtbot.waitSignal(window.actions_.preferences.triggered):
                page.address.preferences_button.click()
            page.show_section(page.requests)
            window.actions_.find.trigger()
            assert page.requests.search.hasFocus()
            assert server.requests.is_watched
        wait(qtbot, lambda: not page.address.model.items)
        window.set_server(None)
        assert "Nothing is served" in page.requests.shelf.empty.text

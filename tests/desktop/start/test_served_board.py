"""The status page of a whole session: settings, tray, menu, and the tick beside comments."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.connections.page import ConnectionsPage
from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.platform import settings as settings_file
from tests.desktop.sessions import attached_session, board_of, wait
from tests.server.wire import Client, request


def test_the_page_follows_its_settings_over_connections_that_stay(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    board_of(home, "E-Mail", "Chat")
    opened: list[str] = []
    with attached_session(qtbot, qapp) as session:
        object.__setattr__(
            session.context, "open_url", lambda url: opened.append(QUrl(url).toString())
        )  # fmt: skip
        window, tray = session.window, session.tray
        wait(qtbot, tray.page.isEnabled)
        address = f"{window.status_line.address}/"
        tray.page.trigger()
        window.actions_.open_page.trigger()
        assert opened == [address, address]
        window.actions_.copy_page_address.trigger()
        assert QGuiApplication.clipboard().text() == address
        window.actions_.set_up_page.trigger()
        page = window.pages.page("connections")
        assert isinstance(page, ConnectionsPage)
        section = page.status_page
        wait(qtbot, lambda: section.preview.count.text().startswith("2 of 2"))
        assert section.card.address.text() == address
        assert session.application is not None
        asked = request(session.application.server, method="GET", path="/")
        with Client(session.application.server) as client:
            client.send(asked)
            assert b"Chat" in client.answer().body
            (chat,) = (one for one in section.editors.tree.items() if one.text(0) == "Chat")
            chat.setCheckState(0, type(chat.checkState(0)).Unchecked)
            wait(qtbot, lambda: section.preview.count.text().startswith("1 of 2"))
            client.send(asked)
            assert b"Chat" not in client.answer().body
            section.card.is_on.click()
            wait(qtbot, lambda: not tray.page.isEnabled())
            client.send(asked)
            assert client.answer().status == 404
        assert tray.page.text() == "Status page (The status page is off)"
        assert "The status page is off." in window.actions_.open_page.toolTip()
        assert window.inspector.comments.off_page == "The status page is off."
        session.preferences.principal = Principal("charlie", Role.VIEWER, Origin.DESKTOP)
        session.served.permit()
        assert not section.card.is_on.isEnabled()
        section.changed.emit("page", True)
        wait(qtbot, lambda: bool(window.bar.text))
        assert not settings_file.load(home)[0].page

"""The page on a board whose server answers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.connections.page import ConnectionsPage
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.services import Service
from izzitup_desktop.server.embedded import EmbeddedServer
from tests.builders import ALICE, add_service
from tests.desktop.pages import Desk, desk_at, page_at
from tests.desktop.sessions import wait
from tests.server.wire import serving


@dataclass
class Place:
    desk: Desk
    page: ConnectionsPage
    server: EmbeddedServer
    mail: Service

    def off_thread(self, qtbot: QtBot, work: Callable[[], Any]) -> Any:
        """What a script does meanwhile: the window goes on."""
        found: list[Any] = []
        thread = threading.Thread(target=lambda: found.append(work()), name="script")
        thread.start()
        wait(qtbot, lambda: not thread.is_alive())
        thread.join()
        return found[0] if found else None


@contextmanager
def place_at(
    qapp: QApplication,
    home: Path,
    qtbot: QtBot,
    principal: Callable[[Desk], Principal] | None = None,
) -> Iterator[Place]:
    """The page, shown; its server serves."""
    with desk_at(qapp, home) as desk:
        mail = add_service(desk.board, "E-Mail", key="MAIL")
        desk.board.groups.add(ALICE, "Servers")
        who = principal(desk) if principal is not None else None
        if who is not None:
            desk.commands.attach(desk.board, who)
        with serving(desk.board) as server, page_at(desk, qtbot, "connections", who) as shown:
            page = cast("ConnectionsPage", shown)
            page.show_server(server)
            yield Place(desk, page, server, mail)
            page.show_server(None)

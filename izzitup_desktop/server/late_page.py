"""The page, loaded with the first request for one: templates and formats cost a while."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from izzitup_desktop.board import Board
from izzitup_desktop.server.exchange import Receive, Scope, Send
from izzitup_desktop.server.guard import Mounted
from izzitup_desktop.server.late import Late
from izzitup_desktop.server.page_host import PageHost
from izzitup_desktop.server.page_routes import page_row
from izzitup_desktop.server.route_rows import RouteClass

if TYPE_CHECKING:
    from izzitup_desktop.server.page.pages import Pages


class LatePage:
    """Finds the page's application, and makes it when it is asked for. On the event loop."""

    def __init__(self, board: Board, host: PageHost) -> None:
        self._host = host

        # Here, so that nobody has it who never asks.
        def made(loop: asyncio.AbstractEventLoop) -> Pages:
            from izzitup_desktop.server.page.pages import Pages

            return Pages(board, lambda: host.choices, loop)

        self._late = Late(made)
        self._mounted = Mounted("/", self._answer, RouteClass.PAGE)

    def find(self, path: str) -> Mounted | None:
        """What answers a path, None where that is not ours, and while there is no page."""
        if not self._host.choices.is_on or page_row(path) is None:
            return None
        return self._mounted

    def close(self, seconds: float) -> None:
        """Wait for what is being made, `seconds` at most."""
        self._late.close(seconds)
        if self._late.made is not None:
            self._late.made.close(seconds)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        pages = await self._late.get()
        await pages(scope, receive, send)

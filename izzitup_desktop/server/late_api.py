"""The API v1, its reference and the pages of problems, loaded with the first request for one.

What they stand on costs 40 MB and a quarter of a second, which nobody pays who never
asks.
"""

from __future__ import annotations

import asyncio
import functools
from typing import TYPE_CHECKING

from izzitup_desktop.board import Board
from izzitup_desktop.server.exchange import Receive, Scope, Send
from izzitup_desktop.server.guard import Mounted
from izzitup_desktop.server.late import Late
from izzitup_desktop.server.limits import Limits
from izzitup_desktop.server.routes import (
    API_ROOT,
    PROBLEMS_ROOT,
    REFERENCE,
    STREAM,
    RouteClass,
    is_below,
)

if TYPE_CHECKING:
    from izzitup_desktop.server.v1.parts import Parts


class LateApi:
    """Finds the applications, and makes them when they are asked for. On the event loop."""

    def __init__(self, board: Board, limits: Limits) -> None:
        self._late = Late(functools.partial(_made, board, limits))
        self._api = Mounted(API_ROOT, self._answer_api, RouteClass.API)
        self._stream = Mounted(STREAM.path, self._answer_api, STREAM.kind)
        self._pages = Mounted(PROBLEMS_ROOT, self._answer_page, RouteClass.PAGE)
        self._reference = Mounted(REFERENCE, self._answer_reference, RouteClass.PAGE)

    def find(self, path: str) -> Mounted | None:
        """What answers a path, None where that is not ours."""
        if path == STREAM.path:
            return self._stream
        if is_below(API_ROOT, path):
            return self._api
        if path == REFERENCE:
            return self._reference
        return self._pages if is_below(PROBLEMS_ROOT, path) else None

    async def end(self) -> None:
        """End what goes on by itself: the server ends."""
        if (parts := self._late.made) is not None:
            await parts.streams.end()

    def close(self, seconds: float) -> None:
        """Wait for what is being read, `seconds` at most."""
        self._late.close(seconds)
        if (parts := self._late.made) is not None:
            parts.close(seconds)

    async def _answer_api(self, scope: Scope, receive: Receive, send: Send) -> None:
        parts = await self._late.get()
        await parts.api(scope, receive, send)

    async def _answer_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        parts = await self._late.get()
        await parts.pages(scope, receive, send)

    async def _answer_reference(self, scope: Scope, receive: Receive, send: Send) -> None:
        parts = await self._late.get()
        await parts.reference(scope, receive, send)


def _made(board: Board, limits: Limits, loop: asyncio.AbstractEventLoop) -> Parts:
    # Here, so that nobody has it who never asks.
    from izzitup_desktop.server.v1.parts import Parts

    return Parts(board, loop, limits)

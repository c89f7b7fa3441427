"""The API v1 and the pages of problems, loaded with the first request for one of them.

What they stand on costs 40 MB and a quarter of a second, which nobody pays who never
asks.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING

from izzitup_desktop.board import Board
from izzitup_desktop.platform.loading import loading
from izzitup_desktop.server.exchange import Receive, Scope, Send
from izzitup_desktop.server.guard import Mounted
from izzitup_desktop.server.limits import StreamLimits
from izzitup_desktop.server.routes import API_ROOT, PROBLEMS_ROOT, STREAM, RouteClass, is_below

if TYPE_CHECKING:
    from izzitup_desktop.server.v1.parts import Parts


class LateApi:
    """Finds the applications, and makes them when they are asked for. On the event loop."""

    def __init__(self, board: Board, limits: StreamLimits) -> None:
        self._board = board
        self._limits = limits
        self._parts: Parts | None = None
        self._loading: asyncio.Future[Parts] | None = None
        self._thread: threading.Thread | None = None
        self._api = Mounted(API_ROOT, self._answer_api, RouteClass.API)
        self._stream = Mounted(STREAM.path, self._answer_api, STREAM.kind)
        self._pages = Mounted(PROBLEMS_ROOT, self._answer_page, RouteClass.PAGE)

    def find(self, path: str) -> Mounted | None:
        """What answers a path, None where that is not ours."""
        if path == STREAM.path:
            return self._stream
        if is_below(API_ROOT, path):
            return self._api
        return self._pages if is_below(PROBLEMS_ROOT, path) else None

    async def end(self) -> None:
        """End what goes on by itself: the server ends."""
        if self._parts is not None:
            await self._parts.streams.end()

    def close(self, seconds: float) -> None:
        """Wait for what is being read, `seconds` at most."""
        if self._thread is not None:
            self._thread.join(seconds)
        if self._parts is not None:
            self._parts.close(seconds)

    async def _answer_api(self, scope: Scope, receive: Receive, send: Send) -> None:
        parts = self._parts or await self._load()
        await parts.api(scope, receive, send)

    async def _answer_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        parts = self._parts or await self._load()
        await parts.pages(scope, receive, send)

    async def _load(self) -> Parts:
        """The parts, made once; who asks meanwhile waits for the same ones."""
        if self._loading is None:
            loop = asyncio.get_running_loop()
            self._loading = loop.create_future()
            # Others are answered meanwhile: importing takes long.
            self._thread = threading.Thread(
                target=self._make, args=(loop, self._loading), name="izzitup-load", daemon=True
            )
            self._thread.start()
        return await asyncio.shield(self._loading)

    def _make(self, loop: asyncio.AbstractEventLoop, made: asyncio.Future[Parts]) -> None:
        found: Parts | BaseException
        try:
            with loading():
                # Here, so that nobody has it who never asks.
                from izzitup_desktop.server.v1.parts import Parts

                found = Parts(self._board, loop, self._limits)
        except Exception as error:  # who waits is told
            found = error
        with contextlib.suppress(RuntimeError):  # the loop ended meanwhile
            loop.call_soon_threadsafe(self._end, made, found)

    def _end(self, made: asyncio.Future[Parts], found: Parts | BaseException) -> None:
        self._loading = None
        if isinstance(found, BaseException):
            made.set_exception(found)
            made.exception()  # heard, even where everybody has gone
            return
        self._parts = found
        made.set_result(found)

"""uvicorn's server, ended when it is told to and not when it looks next.

uvicorn's own looks ten times a second whether it should end, which wakes a desk that
nobody asks, and sleeps a tenth of a second more on the way out.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket

import uvicorn

_DATE_SECONDS = 1.0
_LOOK_SECONDS = 0.005


class PromptServer(uvicorn.Server):
    """Made and used on the thread of its loop."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._told = asyncio.Event()

    def end(self) -> None:
        """Take nobody any more, answer who has asked, and be done."""
        self.should_exit = True
        self._told.set()

    async def main_loop(self) -> None:
        """uvicorn's: until it should end, keep the answers' date of this second."""
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._told.wait(), _DATE_SECONDS)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """uvicorn's: end, with whoever takes longer than `timeout_graceful_shutdown` left."""
        for listener in self.servers:
            listener.close()
        for listening in sockets or []:
            listening.close()
        try:
            async with asyncio.timeout(self.config.timeout_graceful_shutdown):
                await self._leave()
        except TimeoutError:
            for task in self.server_state.tasks:
                task.cancel()

    async def _leave(self) -> None:
        told: set[object] = set()
        while True:
            # Who was taken last is there only now.
            for connection in self.server_state.connections - told:
                told.add(connection)
                connection.shutdown()
            await asyncio.sleep(_LOOK_SECONDS)
            if not self.server_state.connections and not self.server_state.tasks:
                return

"""The server ends when it is told to, not when it looks next."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import uvicorn

from izzitup_desktop.server.prompt import PromptServer

TURNS = 20
"""Of the event loop: they take no time."""


async def nobody(_scope: Any, _receive: Any, _send: Any) -> None:
    """An application that is never asked."""


def made() -> PromptServer:
    config = uvicorn.Config(nobody, interface="asgi3", lifespan="off", log_config=None)
    config.load()
    return PromptServer(config)


async def is_done_soon(task: asyncio.Task[None]) -> bool:
    for _ in range(TURNS):
        await asyncio.sleep(0)
    return task.done()


def test_it_ends_in_the_turns_after_it_is_told() -> None:
    async def ended() -> tuple[bool, bool]:
        server = made()
        serving = asyncio.create_task(server.main_loop())
        before = await is_done_soon(serving)
        server.end()
        return before, await is_done_soon(serving)

    assert asyncio.run(ended()) == (False, True)


def test_told_before_it_began_it_does_not_begin() -> None:
    async def ended() -> bool:
        server = made()
        server.end()
        return await is_done_soon(asyncio.create_task(server.main_loop()))

    assert asyncio.run(ended())


def test_it_listens_no_more_once_it_ended() -> None:
    async def left() -> int:
        server = made()
        with socket.create_server(("127.0.0.1", 0)) as listening:
            serving = asyncio.create_task(server.serve([listening]))
            while not server.started:  # noqa: ASYNC110 (a flag is all)
                await asyncio.sleep(0)
            server.end()
            await serving
            return listening.fileno()

    assert asyncio.run(left()) == -1

"""Strangers listen to the stream: they come back by themselves, and miss nothing."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
import pytest

from benchmarks.serving import make_board, served
from benchmarks.streaming import SERVICES, change, end, heard_by_all, listen, newest_id
from izzitup_desktop.server.embedded import ServerKind
from izzitup_desktop.server.limits import Limits, StreamLimits
from tests.builders import BOB, DEADLINE_SECONDS
from tests.server.v1.world import sqlite_world
from tests.strangers.environments import node_with, python_with

pytestmark = [pytest.mark.strangers, pytest.mark.timeout(600)]

HERE = Path(__file__).parent
LISTENERS, CHANGES = 500, 5_000
GROWN_MOST_BYTES = 16 * 2**20


def httpx_sse(url: str, last: int) -> list[str]:
    python = python_with("httpx-sse", "httpx-sse==0.4.3", "httpx==0.28.1") / "python"
    return [str(python), str(HERE / "listen_httpx.py"), url, str(last)]


def eventsource(url: str, last: int) -> list[str]:
    modules = node_with("eventsource@4.1.1").parent
    node = shutil.which("node")
    assert node is not None  # npm comes with it
    module = modules / "eventsource" / "dist" / "index.js"
    return [node, str(HERE / "listen_eventsource.mjs"), module.as_uri(), url, str(last)]


STRANGERS: list[Callable[[str, int], list[str]]] = [httpx_sse, eventsource]


class Stranger:
    """One that listens, in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def line(self) -> str:
        """What it prints next, "" at its end."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def told(self) -> list[tuple[int, str]]:
        """All that it was told, once it ended."""
        found = []
        while line := self.line():
            if line != "begun":
                id_, _, name = line.partition(" ")
                found.append((int(id_), name))
        assert self._process.wait(DEADLINE_SECONDS) == 0
        return found


@contextmanager
def running(command: Sequence[str]) -> Iterator[Stranger]:
    """A stranger that listens already."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            stranger = Stranger(process)
            assert stranger.line() == "begun"
            yield stranger
        finally:
            process.kill()


@pytest.mark.parametrize("command", STRANGERS, ids=lambda command: command.__name__)
def test_a_stranger_comes_back_after_a_cut_and_misses_nothing(
    tmp_path: Path, command: Callable[[str, int], list[str]]
) -> None:
    stream = StreamLimits(retry_milliseconds=300, farewell_seconds=0.0)
    with sqlite_world(tmp_path, limits=Limits(stream=stream)) as world:
        board, server = world.board, world.server
        first = board.last_id() + 1
        last = first + 29

        def set_some() -> None:
            for status in (6, 7) * 5:
                board.statuses.set(BOB, [world.mail.id], status)

        with running(command(f"{server.state.url}/api/v1/stream", last)) as stranger:
            set_some()
            port = server.state.port
            server.stop()
            set_some()
            server.start("127.0.0.1", port)
            state = server.wait_until([ServerKind.SERVING], DEADLINE_SECONDS)
            assert state.kind is ServerKind.SERVING
            set_some()
            assert stranger.told() == [(id_, "service.status") for id_ in range(first, last + 1)]


@pytest.mark.soak
def test_500_hear_all_of_a_burst_strangers_among_them_and_memory_stays_flat(
    tmp_path: Path,
) -> None:
    with served(make_board(tmp_path / "board", SERVICES)) as board:
        process = psutil.Process(board.process.pid)
        url = f"http://127.0.0.1:{board.port}/api/v1/stream"

        async def burst() -> None:
            first = await newest_id(board)
            last = first + 2 * CHANGES
            with ExitStack() as stack:
                strangers = [stack.enter_context(running(make(url, last))) for make in STRANGERS]
                reading = [asyncio.create_task(asyncio.to_thread(one.told)) for one in strangers]
                listeners = await listen(board.port, LISTENERS - len(strangers))
                await change(board, CHANGES, first, at_once=SERVICES)
                await heard_by_all(listeners, first + CHANGES)
                before = process.memory_info().rss
                await change(board, CHANGES, first + CHANGES, at_once=SERVICES)
                await heard_by_all(listeners, last)
                assert process.memory_info().rss - before < GROWN_MOST_BYTES
                assert {(one.first_id, one.events) for one in listeners} == {
                    (first + 1, 2 * CHANGES)
                }
                wanted = [(id_, "service.status") for id_ in range(first + 1, last + 1)]
                for told in await asyncio.gather(*reading):
                    assert told == wanted
                end(listeners)

        asyncio.run(burst())

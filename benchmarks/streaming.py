"""Listeners of the stream through a burst of changes: how late the last of them hears.

A board is served by a process of its own. Listeners are this one, on one event loop, and
as plain as can be: what they cost is in the figures, too. Every part ends after a count.
Run it as `python -m benchmarks.streaming`.
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.figures import compare, milliseconds, note, percentile, say
from benchmarks.scale import sized
from benchmarks.serving import (
    PASSWORD,
    USER,
    Board,
    make_board,
    served,
    setstatus_requests,
)

LISTENERS = sized(500, 20)
CHANGES = sized(5_000, 60)
SINGLY = sized(500, 20)
MISSED = sized(1_000, 20)
SERVICES = 20
BEGUN_SECONDS = HEARD_SECONDS = 60.0
ANSWER_SECONDS = 30.0
AT_ONCE = 50
"""So many connect before the last of them has been answered."""


class Listener(asyncio.Protocol):
    """Asks for the stream, and notes up to which id it had heard by when."""

    def __init__(self, since: int | None = None) -> None:
        self._since = since
        self._rest = b""
        self.heard: list[tuple[int, float]] = []
        self.events = 0
        self.first_id = self.last_id = 0
        self.begun = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """asyncio's: it may ask."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        again = "" if self._since is None else f"Last-Event-ID: {self._since}\r\n"
        transport.write(f"GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n{again}\r\n".encode())

    def data_received(self, data: bytes) -> None:
        """asyncio's: events, some of them in parts."""
        now = time.perf_counter()
        text = self._rest + data
        end = text.rfind(b"\n\n") + 1
        if not end:
            self._rest = text
            return
        # The line break that ends an event begins the next one's search.
        text, self._rest = text[:end], text[end:]
        if not self.begun.done():
            self.begun.set_result(None)
        found = text.count(b"\nevent: ")
        if found:
            place = text.rfind(b"\nid: ") + 5
            self.last_id = int(text[place : text.index(b"\n", place)])
            place = text.find(b"id: ") + 4
            self.first_id = self.first_id or int(text[place : text.index(b"\n", place)])
            self.events += found
            self.heard.append((self.last_id, now))

    def connection_lost(self, _error: Exception | None) -> None:
        """asyncio's: it was cut off."""
        if not self.begun.done():
            self.begun.set_exception(ConnectionError("there is no stream"))


@dataclass
class Burst:
    """One burst: by id when each change was sent, and what it cost the server."""

    sent: dict[int, float] = field(default_factory=dict)
    seconds: float = 0.0
    cpu_seconds: float = 0.0


async def listen(port: int, count: int, since: int | None = None) -> list[Listener]:
    """So many listeners, all of whom have begun."""
    loop = asyncio.get_running_loop()
    made = []
    async with asyncio.timeout(BEGUN_SECONDS):
        for number in range(count):
            _, listener = await loop.create_connection(lambda: Listener(since), "127.0.0.1", port)
            made.append(listener)
            # More at once than the server has connections would be turned away.
            if number % AT_ONCE == 0:
                await listener.begun
        await asyncio.gather(*(listener.begun for listener in made))
    return made


def many_requests() -> Callable[[], bytes]:
    """Requests that give all services a status they have not."""
    credentials = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    turns = itertools.count()

    def made() -> bytes:
        services = list(range(1, SERVICES + 1))
        body = json.dumps({"services": services, "status": (7, 6)[next(turns) % 2]})
        return (
            "POST /api/v1/services/status HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Authorization: Basic {credentials}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

    return made


async def change(board: Board, count: int, after: int, at_once: int = 1) -> Burst:
    """Set so many statuses; each request waits for the answer to the one before.

    The journal's ids of them come after `after`.
    """
    process, found = psutil.Process(board.process.pid), Burst()
    make = many_requests() if at_once > 1 else setstatus_requests(range(1, SERVICES + 1))
    reader, writer = await asyncio.open_connection("127.0.0.1", board.port)
    begin, before = time.perf_counter(), sum(process.cpu_times()[:2])
    for first in range(after + 1, after + count + 1, at_once):
        found.sent |= dict.fromkeys(range(first, first + at_once), time.perf_counter())
        writer.write(make())
        async with asyncio.timeout(ANSWER_SECONDS):
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0])
            answer = await reader.readexactly(length)
        assert b" 200 " in head[:16], answer
    found.seconds = time.perf_counter() - begin
    found.cpu_seconds = sum(process.cpu_times()[:2]) - before
    writer.close()
    return found


async def heard_by_all(listeners: Sequence[Listener], id_: int) -> None:
    """Wait until all have heard of this one."""
    async with asyncio.timeout(HEARD_SECONDS):
        while any(listener.last_id < id_ for listener in listeners):  # noqa: ASYNC110 (no signal)
            await asyncio.sleep(0.01)


def waits(listeners: Sequence[Listener], burst: Burst) -> list[float]:
    """Of each change, how long after it was sent the last of them had heard of it."""
    last: dict[int, float] = dict.fromkeys(burst.sent, 0.0)
    for listener in listeners:
        parts = iter(listener.heard)
        known, at = next(parts)
        for id_ in burst.sent:
            while known < id_:
                known, at = next(parts)
            last[id_] = max(last[id_], at)
    return [last[id_] - sent for id_, sent in burst.sent.items()]


def end(listeners: Sequence[Listener]) -> None:
    """Cut all of them."""
    for listener in listeners:
        assert listener.transport is not None
        listener.transport.abort()


def megabytes(board: Board) -> float:
    """The memory of the serving process."""
    return float(psutil.Process(board.process.pid).memory_info().rss) / 2**20


async def measured(board: Board) -> None:
    """All figures of one board."""
    last = await newest_id(board)
    alone = await change(board, SINGLY, last)
    last += SINGLY
    before = megabytes(board)
    listeners = await listen(board.port, LISTENERS)
    note(
        "memory for each listener",
        f"{(megabytes(board) - before) * 1024 / LISTENERS:.0f} KiB",
    )  # fmt: skip
    singly = await change(board, SINGLY, last)
    last += SINGLY
    await heard_by_all(listeners, last)
    note("one change at a time to the last listener", milliseconds(waits(listeners, singly)))
    compare(
        "CPU of a setstatus with 500 listeners", singly.cpu_seconds / SINGLY * 1e3, "ms",
        "without any", alone.cpu_seconds / SINGLY * 1e3,
    )  # fmt: skip
    memory = []
    for _ in range(2):
        burst = await change(board, CHANGES, last, at_once=SERVICES)
        last += CHANGES
        await heard_by_all(listeners, last)
        memory.append(megabytes(board))
    found = waits(listeners, burst)
    note("changes a second in the burst", f"{CHANGES / burst.seconds:,.0f}")
    note("change to the last listener in the burst", milliseconds(found))
    say("change to the last of 500 listeners, p99", percentile(found, 99) * 1e3, "ms")
    wanted = SINGLY + 2 * CHANGES
    wrong = sum(abs(wanted - listener.events) for listener in listeners)
    say("events that a listener missed or heard twice", float(wrong), "events")
    note("memory after one more burst", f"{memory[1] - memory[0]:+.1f} MB of {memory[0]:.0f}")
    end(listeners)
    await replayed(board, last)


async def replayed(board: Board, last: int) -> None:
    """All come back at once for what they missed."""
    await change(board, MISSED, last, at_once=SERVICES)
    begin = time.perf_counter()
    listeners = await listen(board.port, LISTENERS, since=last)
    await heard_by_all(listeners, last + MISSED)
    seconds = time.perf_counter() - begin
    missed = sum(listener.events != MISSED for listener in listeners)
    say("listeners with a gap or a double after a cut", float(missed), "listeners")
    note(f"{LISTENERS} come back for {MISSED:,} events each", f"{seconds:.1f} s")
    end(listeners)


async def newest_id(board: Board) -> int:
    """The journal's newest entry, as a stream begins with it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", board.port)
    writer.write(b"GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    async with asyncio.timeout(BEGUN_SECONDS):
        await reader.readuntil(b"\nid: ")
        found = int(await reader.readuntil(b"\n"))
    writer.close()
    return found


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        environ = make_board(Path(name) / "board", SERVICES)
        with served(environ) as board:
            asyncio.run(measured(board))


if __name__ == "__main__":
    main()

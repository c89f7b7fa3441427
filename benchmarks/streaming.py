"""Listeners of the stream through a burst of changes: how late the last of them hears.

A board is served by a process of its own; listeners are this one, on one event loop, and
raw: what is measured is the server. Run it as `python -m benchmarks.streaming`.
"""

from __future__ import annotations

import asyncio
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psutil

from benchmarks.figures import compare, note, percentile, say
from benchmarks.scale import sized
from benchmarks.serving import Board, make_board, served, setstatus_requests
from benchmarks.wire_clients import load

LISTENERS = sized(500, 20)
CHANGES = sized(5_000, 60)
RATE = 200.0
"""So many changes a second come in the burst: ten times what a busy script sets."""

SERVICES = 20
CONNECTED_SECONDS, HEARD_SECONDS = 60.0, 60.0
_LAST_ID = re.compile(rb"\nid: (\d+)\nevent: |^id: (\d+)\nevent: ", re.MULTILINE)


@dataclass
class Heard:
    """What all listeners heard: by id, when the last of them did, and how many have."""

    wanted: int
    at: dict[int, float] = field(default_factory=dict)
    by: dict[int, int] = field(default_factory=dict)
    doubles: int = 0


class Listener(asyncio.Protocol):
    """Asks for the stream, and notes when each id comes."""

    def __init__(self, heard: Heard, since: int | None = None) -> None:
        self._heard = heard
        self._since = since
        self._rest = b""
        self.last_id = 0
        self.count = 0
        self.begun: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport | None = None
        self.is_lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        again = "" if self._since is None else f"Last-Event-ID: {self._since}\r\n"
        transport.write(
            f"GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n{again}\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        text = self._rest + data
        end = text.rfind(b"\n")
        text, self._rest = text[: end + 1], text[end + 1 :]
        if not self.begun.done() and b"retry:" in text:
            self.begun.set_result(None)
        heard = self._heard
        for found in re.finditer(rb"^id: (\d+)\nevent", text, re.MULTILINE):
            id_ = int(found[1])
            if id_ <= self.last_id:
                heard.doubles += 1
            self.last_id = id_
            self.count += 1
            heard.at[id_] = now
            heard.by[id_] = heard.by.get(id_, 0) + 1

    def connection_lost(self, error: Exception | None) -> None:
        self.is_lost = True
        if not self.begun.done():
            self.begun.set_exception(ConnectionError("no stream"))

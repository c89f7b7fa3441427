"""Clients that ask over kept-alive connections, and note how long each answer took.

`load` has many of them at work at once; a `Client` is one that waits.
"""

from __future__ import annotations

import asyncio
import http.client
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.figures import percentile

MakeRequest = Callable[[], bytes]


@dataclass
class Measured:
    """One round: answers a second, and each answer's seconds."""

    most: float = math.inf
    sent: int = 0
    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    refused: int = 0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds

    def quantile(self, percent: int) -> float:
        """The seconds within which `percent` of the answers came."""
        return percentile(self.latencies, percent)


class _Connection(asyncio.Protocol):
    """Sends a request, waits for its answer, sends the next."""

    def __init__(self, measured: Measured, make: MakeRequest, proof: bytes, until: float) -> None:
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._measured = measured
        self._make = make
        self._proof = proof
        self._until = until
        self._buffer = bytearray()
        self._missing = -1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self.send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionResetError("closed by the server"))

    def send(self) -> None:
        self._measured.sent += 1
        self._sent = time.perf_counter()
        self._transport.write(self._make())

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if self._missing < 0:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = bytes(self._buffer[:end]).lower()
            # What did not change has no body, and no length.
            length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0] or 0)
            self._missing = end + 4 + length
        if len(self._buffer) < self._missing:
            return
        now = time.perf_counter()
        self._measured.latencies.append(now - self._sent)
        self._measured.refused += self._proof not in self._buffer
        self._buffer.clear()
        self._missing = -1
        self.answered(now)

    def answered(self, now: float) -> None:
        if now < self._until and self._measured.sent < self._measured.most:
            self.send()
        else:
            self.done.set_result(None)
            self._transport.close()


class _Paced(_Connection):
    """Sends no earlier than its turn comes: a load below the maximum."""

    def __init__(
        self, measured: Measured, make: MakeRequest, proof: bytes, until: float, *, every: float
    ) -> None:
        super().__init__(measured, make, proof, until)
        self._every = every

    def answered(self, now: float) -> None:
        if now >= self._until:
            super().answered(now)
        else:
            asyncio.get_running_loop().call_at(self._sent + self._every, self.send)


def load(
    port: int,
    make: MakeRequest,
    *,
    seconds: float,
    proof: bytes,
    connections: int = 16,
    rate: float = 0.0,
    most: int = 0,
) -> Measured:
    """Ask for `seconds` over `connections`; with `rate` so many a second in all.

    With `most` it ends after so many requests.
    `make` gives each request's bytes; an answer without `proof` in it is `refused`.
    """
    return asyncio.run(_load(port, make, seconds, proof, connections, rate, most))


async def _load(
    port: int,
    make: MakeRequest,
    seconds: float,
    proof: bytes,
    connections: int,
    rate: float,
    most: int,
) -> Measured:
    measured = Measured(most=most or math.inf)
    loop = asyncio.get_running_loop()
    started = time.perf_counter()

    def connection() -> _Connection:
        if rate:
            every = connections / rate
            return _Paced(measured, make, proof, started + seconds, every=every)
        return _Connection(measured, make, proof, started + seconds)

    made = [await loop.create_connection(connection, "127.0.0.1", port) for _ in range(connections)]
    await asyncio.gather(*(protocol.done for _, protocol in made))
    measured.seconds = time.perf_counter() - started
    return measured


class Client:
    """One kept-alive connection."""

    def __init__(self, port: int, timeout_seconds: float = 60.0) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout_seconds)

    def ask(self, body: bytes | None = None) -> tuple[int, bytes, float]:
        """Status, body and seconds of one request; connects anew where it must."""
        begin = time.perf_counter()
        for again in (True, False):
            try:
                self._connection.request("POST" if body else "GET", "/api/services", body)
                answer = self._connection.getresponse()
                return answer.status, answer.read(), time.perf_counter() - begin
            except (OSError, http.client.HTTPException):
                self._connection.close()
                if not again:
                    return 0, b"", time.perf_counter() - begin
        raise AssertionError

    def close(self) -> None:
        self._connection.close()

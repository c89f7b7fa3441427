"""One request and its answer, as an ASGI application sees them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, Protocol

from izzitup_desktop.server.http_head import Head

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

HIGH_WATER_BYTES = 64 * 1024
"""So much of a body is kept for the application before the connection is read no more."""

_COPIED_MOST = 32 * 1024
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"

STATUS_LINES = {
    status.value: b"HTTP/1.1 %d %s\r\n" % (status.value, status.phrase.encode("ascii"))
    for status in HTTPStatus
}


class Chunk:
    """A part of many answers' bodies: made once, however many it is written to."""

    __slots__ = ("framed", "plain")

    def __init__(self, plain: bytes) -> None:
        self.plain = plain
        self.framed = b"%x\r\n%b\r\n" % (len(plain), plain)


class Connection(Protocol):
    """What an exchange needs of the connection it is on."""

    transport: asyncio.Transport
    is_congested: bool

    async def writable(self) -> None:
        """Wait until little waits to be sent."""
        ...

    def received(self) -> None:
        """The application has taken what there was of the body."""
        ...

    def answered(self) -> None:
        """The answer is complete."""
        ...

    def left(self, task: asyncio.Task[None]) -> None:
        """The application's task is about to end."""
        ...


class Exchange:
    """Gives the application the request, and writes its answer.

    `is_cut`: nobody may answer any more, or nobody is there to. `more_body`: the body
    is not whole yet. `closes`: the connection ends with the answer, though the answer
    does not say so. `task` is the application's, where it needs one. `on_cut` hears of
    the cut, where the application does not `receive`.
    """

    __slots__ = (
        "_connection", "_defaults", "_expects", "_head", "_is_chunked", "_left", "_news",
        "_pending", "_waiter", "body", "closes", "is_answered", "is_cut", "is_last",
        "is_started", "more_body", "on_cut", "task",
    )  # fmt: skip

    def __init__(
        self, connection: Connection, head: Head, defaults: list[tuple[bytes, bytes]]
    ) -> None:
        self._connection = connection
        self._head = head
        self._defaults = defaults
        self._expects = head.expects
        self._pending = b""
        self._left = 0
        self._is_chunked = False
        self._news = False
        self._waiter: asyncio.Future[None] | None = None
        self.body = b""
        self.more_body = True
        self.task: asyncio.Task[None] | None = None
        self.on_cut: Callable[[], None] | None = None
        self.is_last = head.is_last
        self.closes = False
        self.is_started = False
        self.is_answered = False
        self.is_cut = False

    @property
    def path(self) -> str:
        """The path that was asked for, as it was sent."""
        return self._head.target.partition(b"?")[0].decode("ascii")

    async def run(self, application: Application, scope: Scope) -> None:
        """Let the application answer; what it leaves undone ends the connection.

        Raises what it raises, which the loop hears of.
        """
        try:
            await application(scope, self.receive, self.send)
        finally:
            if not self.is_answered and not self.is_cut:
                self._connection.transport.abort()
            if self.task is not None:
                self._connection.left(self.task)

    def feed(self, data: bytes, *, more: bool) -> None:
        """A further part of the body; it is the last one unless there is `more`."""
        self.body = self.body + data if self.body else data
        self.more_body = more
        self._tell()

    def cut(self) -> None:
        """End it: there is nobody to answer to."""
        self.is_cut = True
        self._tell()
        if self.on_cut is not None:
            self.on_cut()

    async def receive(self) -> Message:
        """ASGI's `receive`."""
        connection = self._connection
        if self._expects and not connection.transport.is_closing():
            self._expects = False
            connection.transport.write(_CONTINUE)
        if not self._news and not self.is_cut and not self.is_answered:
            connection.received()
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        self._news = False
        if self.is_cut or self.is_answered:
            return {"type": "http.disconnect"}
        body, self.body = self.body, b""
        return {"type": "http.request", "body": body, "more_body": self.more_body}

    async def send(self, message: Message) -> None:
        """ASGI's `send`."""
        if self._connection.is_congested:
            await self._connection.writable()
        if self.is_cut:
            return
        if self.is_answered:
            raise RuntimeError("the answer is complete")
        kind = "http.response.body" if self.is_started else "http.response.start"
        if message["type"] != kind:
            raise RuntimeError(f"{kind} is due, not {message['type']}")
        if self.is_started:
            self._send_body(message.get("body", b""), more=message.get("more_body", False))
        else:
            self._start(message["status"], message.get("headers", ()))

    def push(self, chunk: Chunk) -> None:
        """Write a further part of a body that was begun and has not ended, at once."""
        if not self.is_cut and not self.is_answered:
            transport = self._connection.transport
            transport.write(chunk.framed if self._is_chunked else chunk.plain)

    def _start(self, status: int, headers: Any) -> None:
        lines = [STATUS_LINES[status]]
        length: bytes | None = None
        for name, value in (*self._defaults, *headers):
            if name == b"connection":
                if self._head.is_last:
                    continue
                self.is_last = value == b"close"
            if name == b"content-length":
                length = value
            lines.append(b"%b: %b\r\n" % (name, value))
        if self._head.method == "HEAD" or status in {204, 304}:
            self._left = 0
        elif length is not None:
            self._left = int(length)
        elif self._head.version == "1.1":
            self._is_chunked = True
            lines.append(b"Transfer-Encoding: chunked\r\n")
        else:
            self._left = -1
        if self._head.is_last:
            lines.append(b"Connection: close\r\n")
        head = b"".join(lines)
        # Nobody smuggles a header, or an answer, in a value.
        if head.count(b"\n") != len(lines) or head.count(b"\r") != len(lines):
            raise ValueError("a header has a line break in it")
        self.is_started = True
        self._expects = False
        self._pending = head + b"\r\n"

    def _send_body(self, body: bytes, *, more: bool) -> None:
        if self._head.method == "HEAD":
            body = b""
        if self._is_chunked:
            body = (b"%x\r\n%b\r\n" % (len(body), body) if body else b"") + (
                b"" if more else b"0\r\n\r\n"
            )
        elif self._left >= 0:
            self._left -= len(body)
            if self._left < 0 or (self._left and not more):
                raise RuntimeError("the body is not of the length that was told")
        self._write(body)
        if not more:
            self.is_answered = True
            self._tell()
            self._connection.answered()

    def _write(self, data: bytes) -> None:
        # Two writes would be two system calls and two packets; a long body is not copied.
        transport = self._connection.transport
        if self._pending and len(data) > _COPIED_MOST:
            transport.write(self._pending)
        elif self._pending:
            data = self._pending + data
        self._pending = b""
        if data:
            transport.write(data)

    def _tell(self) -> None:
        self._news = True
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

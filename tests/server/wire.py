"""Raw sockets, and a running server to point them at."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from izzitup_desktop.board import Board
from izzitup_desktop.server.embedded import EmbeddedServer, ServerKind
from izzitup_desktop.server.limits import Limits

DEADLINE_SECONDS = 20.0


@contextmanager
def serving(
    board: Board, limits: Limits | None = None, host: str = "127.0.0.1", **options: Any
) -> Iterator[EmbeddedServer]:
    """A server on a free port that answers; stopped at the end."""
    server = EmbeddedServer(board, limits=limits, **options)
    server.start(host, 0)
    state = server.wait_until([ServerKind.SERVING, ServerKind.FAILED], DEADLINE_SECONDS)
    assert state.kind is ServerKind.SERVING, state
    try:
        yield server
    finally:
        server.stop()


@dataclass
class Answer:
    """One HTTP answer as it came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes
    header_list: list[tuple[str, str]] = field(default_factory=list)

    @property
    def json(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.body)
        return loaded


class Client:
    """A raw connection."""

    def __init__(self, server: EmbeddedServer, port: int = 0) -> None:
        self.port = port or server.state.port
        self.socket = socket.create_connection(("127.0.0.1", self.port), DEADLINE_SECONDS)
        self._buffer = b""

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, data: bytes, *, bytewise: bool = False) -> None:
        """Send bytes, whole or one by one; a peer that closed meanwhile is no error."""
        try:
            for part in [data[i : i + 1] for i in range(len(data))] if bytewise else [data]:
                self.socket.sendall(part)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def answer(self, *, head: bool = False) -> Answer:
        """Read one answer."""
        while b"\r\n\r\n" not in self._buffer:
            self._read()
        block, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        lines = block.decode("latin-1").split("\r\n")
        pairs = [
            (name.lower(), value.strip())
            for name, _, value in (x.partition(":") for x in lines[1:])
        ]
        headers = dict(pairs)
        length = 0 if head else int(headers.get("content-length", 0))
        return Answer(int(lines[0].split(" ")[1]), headers, self.exactly(length), pairs)

    def exactly(self, length: int) -> bytes:
        """So many bytes of what comes."""
        while len(self._buffer) < length:
            self._read()
        found, self._buffer = self._buffer[:length], self._buffer[length:]
        return found

    def line(self) -> bytes:
        """The next line without its end, b"" where the server closed before it."""
        while b"\r\n" not in self._buffer:
            try:
                self._read()
            except ConnectionResetError:
                return b""
        found, _, self._buffer = self._buffer.partition(b"\r\n")
        return found

    def is_closed(self) -> bool:
        """Whether the server closes now, without another byte."""
        try:
            return not self._buffer and self.socket.recv(1) == b""
        except ConnectionResetError:
            return True

    def _read(self) -> None:
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionResetError(f"closed after {self._buffer!r}")
        self._buffer += data


def request(
    server: EmbeddedServer,
    body: bytes | None = None,
    *,
    method: str = "POST",
    path: str = "/api/services",
    headers: tuple[str, ...] = (),
    host: str | None = None,
) -> bytes:
    """A request's bytes."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host or f'127.0.0.1:{server.state.port}'}"]
    lines += headers
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("utf-8") + (body or b"")


def ask(server: EmbeddedServer, body: bytes | None = None, **options: Any) -> Answer:
    """Send one request on a connection of its own, and read the answer."""
    with Client(server) as client:
        client.send(request(server, body, **options))
        return client.answer(head=options.get("method") == "HEAD")

"""A server of HTTPS, and clients that trust its certificate."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.server.embedded import EmbeddedServer, ServerKind
from izzitup_desktop.server.limits import Limits
from izzitup_desktop.server.state import ServerState
from izzitup_desktop.server.tls.wish import TlsWish
from tests.server.wire import DEADLINE_SECONDS, Client, request


@contextmanager
def serving_securely(
    board: Board, folder: Path, limits: Limits | None = None, **wish: Any
) -> Iterator[EmbeddedServer]:
    """HTTP and HTTPS on free ports of 127.0.0.1; stopped at the end."""
    server = EmbeddedServer(board, limits=limits)
    try:
        server.start("127.0.0.1", 0, tls=TlsWish(0, folder, **wish))
        reached(server, ServerKind.SERVING)
        yield server
    finally:
        server.stop()


def reached(server: EmbeddedServer, kind: ServerKind) -> ServerState:
    state = server.wait_until([kind], DEADLINE_SECONDS)
    assert state.kind is kind, state
    return state


def trusting(authority: Path) -> ssl.SSLContext:
    """A client's context that trusts this certificate alone."""
    return ssl.create_default_context(cafile=authority)


class SecureClient(Client):
    """A connection by HTTPS."""

    def __init__(self, server: EmbeddedServer, context: ssl.SSLContext) -> None:
        super().__init__(server, server.state.secure_port)
        self.socket = context.wrap_socket(self.socket, server_hostname="127.0.0.1")


def hello(context: ssl.SSLContext) -> bytes:
    """The first bytes of a client's handshake."""
    outgoing = ssl.MemoryBIO()
    tls = context.wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname="127.0.0.1")
    with pytest.raises(ssl.SSLWantReadError):
        tls.do_handshake()
    return outgoing.read()


class ByHand:
    """A client's encryption on a raw connection, after the handshake.

    Nothing is sent before `flush`, not even the client's last word of the handshake: what is
    written goes out in one piece with it.
    """

    def __init__(self, client: Client, context: ssl.SSLContext) -> None:
        self._client = client
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname="127.0.0.1")
        while True:
            try:
                self.tls.do_handshake()
                break
            except ssl.SSLWantReadError:
                self.flush()
                self._receive()

    def flush(self) -> None:
        """Send what was written."""
        self._client.send(self._outgoing.read())

    def answer(self) -> bytes:
        """The beginning of the answer, with its status."""
        answer = b""
        while not answer.startswith(b"HTTP/1.1 "):
            try:
                answer += self.tls.read(65_536)
            except ssl.SSLWantReadError:
                self._receive()
        return answer

    def _receive(self) -> None:
        received = self._client.socket.recv(65_536)
        assert received, "closed without an answer"
        self._incoming.write(received)


def raw(server: EmbeddedServer) -> Client:
    """A connection to the port of HTTPS on which nothing was said yet."""
    return Client(server, server.state.secure_port)


def get(server: EmbeddedServer, path: str = "/api/services") -> bytes:
    host = f"127.0.0.1:{server.state.secure_port}"
    return request(server, method="GET", path=path, host=host)


def admitted(server: EmbeddedServer, context: ssl.SSLContext) -> SecureClient:
    """A connection, as soon as there is room for it."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while True:
        try:
            return SecureClient(server, context)
        except (ConnectionResetError, ssl.SSLError):
            assert time.monotonic() < deadline


def assert_serves(server: EmbeddedServer, context: ssl.SSLContext) -> None:
    with SecureClient(server, context) as client:
        client.send(get(server))
        assert client.answer().status == 200


def everything(client: Client) -> bytes:
    """All that comes until the connection is closed."""
    received = b""
    try:
        while data := client.socket.recv(65_536):
            received += data
    except ConnectionResetError:
        pass
    return received


SHORT = Limits(
    handshake_seconds=0.3, header_seconds=0.3, body_seconds=0.3, answer_seconds=0.6, idle_seconds=1
)

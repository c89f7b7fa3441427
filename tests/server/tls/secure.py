"""A server of HTTPS, and clients that trust its certificate."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from izzitup_desktop.board import Board
from izzitup_desktop.server.embedded import EmbeddedServer, ServerKind
from izzitup_desktop.server.limits import Limits
from izzitup_desktop.server.state import ServerState
from izzitup_desktop.server.tls.wish import TlsWish
from tests.server.wire import DEADLINE_SECONDS, Client


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

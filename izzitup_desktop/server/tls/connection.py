"""A connection of the HTTPS port: a handshake with limits, then another protocol's.

Other than asyncio's own TLS it counts as a guest from its first moment, is told apart
from plain HTTP by its first byte, and answers whoever only closes its side.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable
from typing import Any, Protocol, cast

from uvicorn.protocols.utils import get_remote_addr

from izzitup_desktop.domain.sources import network_of
from izzitup_desktop.server.admission import Admission
from izzitup_desktop.server.limits import Limits
from izzitup_desktop.server.phase import Phase
from izzitup_desktop.server.refusal import refusal
from izzitup_desktop.server.tls.transport import TlsTransport

log = logging.getLogger(__name__)

_HANDSHAKE = 0x16
"""The first byte of TLS; no request of HTTP begins with it."""


class Connections(Protocol):
    """What of uvicorn's state is needed: whom to end, and whom to wait for."""

    connections: set[Any]


class TlsConnection(asyncio.Protocol):
    """`inner` makes what is served inside, once there is a way to talk."""

    def __init__(
        self,
        inner: Callable[[], asyncio.Protocol],
        context: ssl.SSLContext,
        server: Connections,
        *,
        limits: Limits,
        admission: Admission,
    ) -> None:
        self._make_inner = inner
        self._server = server
        self._limits = limits
        self._admission = admission
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_side=True)
        self._phase = Phase(asyncio.get_running_loop(), self.send_away)
        self._received = 0
        self._inside: TlsTransport | None = None
        self.transport = cast("asyncio.Transport", None)
        self.network = ""
        self.is_idle = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """asyncio's: somebody connected."""
        self.transport = cast("asyncio.Transport", transport)
        accepted = transport.get_extra_info("socket")
        if accepted is not None:
            accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client = get_remote_addr(self.transport)
        self.network = network_of(client[0] if client else "")
        if not self._admission.admit(self):
            # Nobody can be told before the handshake, which is the dear part.
            self.transport.abort()
            return
        self._server.connections.add(self)
        self._phase.enter("handshake", 0, self._limits.handshake_seconds)

    def data_received(self, data: bytes) -> None:
        """asyncio's: bytes came in."""
        if self._inside is not None:
            self._inside.received(data)
        elif not self.transport.is_closing():
            self._shake_hands(data)

    def eof_received(self) -> bool | None:
        """asyncio's: the client closed its side."""
        return self._inside.ended() if self._inside is not None else None

    def connection_lost(self, error: Exception | None) -> None:
        """asyncio's: the connection is gone."""
        if self._inside is not None:
            self._inside.protocol.connection_lost(error)
        else:
            self._leave()

    def pause_writing(self) -> None:
        """asyncio's: much waits to be sent."""
        if self._inside is not None:
            self._inside.protocol.pause_writing()

    def resume_writing(self) -> None:
        """asyncio's: little waits to be sent."""
        if self._inside is not None:
            self._inside.protocol.resume_writing()

    def shutdown(self) -> None:
        """uvicorn's: end at once; nothing was asked yet."""
        self.transport.abort()

    @property
    def is_late(self) -> bool:
        """Whether the handshake takes long, under pressure."""
        return self._phase.seconds >= self._limits.evictable_handshake_seconds

    def waiting_seconds(self) -> float | None:
        """For how long there has been no request: since it connected."""
        return self._phase.seconds

    def send_away(self) -> None:
        """Close it: it took too long, or makes room for somebody else."""
        self.transport.abort()

    def _shake_hands(self, data: bytes) -> None:
        if not self._received and data[0] != _HANDSHAKE:
            self.transport.write(refusal(400, message="This port speaks HTTPS"))
            self.transport.close()
            return
        self._received += len(data)
        self._incoming.write(data)
        try:
            self._tls.do_handshake()
        except ssl.SSLWantReadError:
            # Requests may come with the handshake's end, so they don't count.
            if self._received > self._limits.handshake_bytes:
                self.transport.abort()
            else:
                self._send()
        except ssl.SSLError as error:
            log.debug("a handshake failed: %s", error.reason)
            self._send()  # the alert that says why
            self.transport.close()
        else:
            self._send()
            self._begin()

    def _send(self) -> None:
        if data := self._outgoing.read():
            self.transport.write(data)

    def _begin(self) -> None:
        self._leave()
        inner = self._make_inner()
        self._inside = TlsTransport(
            self.transport, inner, self._tls, self._incoming, self._outgoing
        )
        inner.connection_made(self._inside)
        self._inside.received(b"")

    def _leave(self) -> None:
        self._phase.end()
        self._admission.leave(self)
        self._server.connections.discard(self)

"""The port of HTTPS, which opens as soon as there is a certificate."""

from __future__ import annotations

import asyncio
import functools
import socket
from collections.abc import Callable

import uvicorn

from izzitup_desktop.server.admission import Admission
from izzitup_desktop.server.lan import shown_host
from izzitup_desktop.server.limits import Limits
from izzitup_desktop.server.listening import CAN_NOT_LISTEN, bind, is_listening, reason_of
from izzitup_desktop.server.tls.connection import TlsConnection
from izzitup_desktop.server.tls.keeper import CertificateKeeper


class SecureListener:
    """Serves what `inside(port)` makes, on `server`, which ends it too.

    `reason` says what is wrong, "" when nothing is; it may be served all the same.
    """

    def __init__(
        self,
        host: str,
        port: int,
        certificates: CertificateKeeper,
        server: uvicorn.Server,
        inside: Callable[[int], Callable[[], asyncio.Protocol]],
        limits: Limits,
        admission: Admission,
    ) -> None:
        self._host = host
        self._wanted_port = port
        self._certificates = certificates
        self._server = server
        self._inside = inside
        self._limits = limits
        self._admission = admission
        self._socket: socket.socket | None = None
        self.reason = ""
        self.port = 0
        self.url = ""

    @property
    def fingerprint(self) -> str:
        """Of the certificate that is served, "" where none is."""
        found = self._certificates.certificate
        return found.fingerprint.text if found is not None and self.url else ""

    @property
    def is_sound(self) -> bool:
        """Whether it listens, if it ever did."""
        return self._socket is None or is_listening(self._socket)

    async def look(self) -> None:
        """Take a certificate that was exchanged; listen once that can be done."""
        await asyncio.to_thread(self._certificates.look)
        self.reason = self._certificates.reason
        if self._socket is None and self._certificates.context is not None:
            try:
                await self._listen()
            except CAN_NOT_LISTEN as error:
                self.reason = reason_of(error, self._host, self._wanted_port)

    async def _listen(self) -> None:
        listening = await asyncio.to_thread(bind, self._host, self._wanted_port)
        try:
            self.port = int(listening.getsockname()[1])
            # asyncio's server, in uvicorn's list of those that it closes at its end.
            self._server.servers.append(
                await asyncio.get_running_loop().create_server(
                    functools.partial(self._connection, self._inside(self.port)),
                    sock=listening,
                    backlog=self._limits.accepted_at_once,
                )
            )
        except BaseException:
            listening.close()
            raise
        self._socket = listening
        self.url = f"https://{shown_host(self._host)}:{self.port}"

    def _connection(self, inside: Callable[[], asyncio.Protocol]) -> TlsConnection:
        context = self._certificates.context
        assert context is not None  # it listens only once there is one
        return TlsConnection(
            inside,
            context,
            self._server.server_state,
            limits=self._limits,
            admission=self._admission,
        )

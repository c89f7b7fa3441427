"""The inside of an encrypted connection, as an asyncio transport."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Iterable
from typing import Any

log = logging.getLogger(__name__)

_READ_BYTES = 64 * 1024

Bytes = bytes | bytearray | memoryview


class TlsTransport(asyncio.Transport):
    """Encrypts what `protocol` writes, and gives it what came in.

    Its protocol is told to pause writing by whoever owns the outer transport: all that
    waits to be sent waits there.
    """

    def __init__(
        self,
        outer: asyncio.Transport,
        protocol: asyncio.Protocol,
        tls: ssl.SSLObject,
        incoming: ssl.MemoryBIO,
        outgoing: ssl.MemoryBIO,
    ) -> None:
        super().__init__({"ssl_object": tls})
        self.protocol = protocol
        self._outer = outer
        self._tls = tls
        self._incoming, self._outgoing = incoming, outgoing
        self._is_reading = True
        self._is_closing = False
        self._is_ended = False

    def received(self, data: bytes) -> None:
        """Encrypted bytes came in."""
        self._incoming.write(data)
        self._read()

    def ended(self) -> bool | None:
        """The other side sends nothing any more; whether an answer is still due."""
        if not self._is_ended:
            self._is_ended = True
            if not self._is_closing and self.protocol.eof_received():
                return True
            self.close()
            return None
        return not self._is_closing

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """What is known of the connection; `ssl_object` tells of its encryption."""
        if name == "ssl_object":
            return self._tls
        return self._outer.get_extra_info(name, default)

    def is_closing(self) -> bool:
        """Whether it is closed, or about to be."""
        return self._is_closing or self._outer.is_closing()

    def is_reading(self) -> bool:
        """Whether the protocol wants what comes in."""
        return self._is_reading

    def pause_reading(self) -> None:
        """Give the protocol nothing for now."""
        self._is_reading = False
        if not self.is_closing():
            self._outer.pause_reading()

    def resume_reading(self) -> None:
        """Go on with what came in meanwhile, in a turn of its own."""
        self._is_reading = True
        if not self.is_closing():
            self._outer.resume_reading()
            asyncio.get_running_loop().call_soon(self._read)

    def write(self, data: Bytes) -> None:
        """Send bytes; nothing once it is closing."""
        if self.is_closing() or not data:
            return
        left = memoryview(data)
        try:
            while left:
                left = left[self._tls.write(left) :]
        except ssl.SSLError as error:
            self._fail(error)
            return
        self._send()

    def writelines(self, list_of_data: Iterable[Bytes]) -> None:
        """Send them after each other, as one piece."""
        self.write(b"".join(list_of_data))

    def get_write_buffer_size(self) -> int:
        """How much waits to be sent, encrypted."""
        return self._outer.get_write_buffer_size()

    def can_write_eof(self) -> bool:
        """No: who closes its side is closed."""
        return False

    def close(self) -> None:
        """Say that it ends, and close once all is sent."""
        if self.is_closing():
            return
        self._is_closing = True
        try:
            self._tls.unwrap()
        except ssl.SSLError:
            pass  # the other side's own word need not be waited for
        self._send()
        self._outer.close()

    def abort(self) -> None:
        """Cut it; what waits to be sent is lost."""
        self._is_closing = True
        self._outer.abort()

    def _read(self) -> None:
        while self._is_reading and not self.is_closing():
            try:
                data = self._tls.read(_READ_BYTES)
            except ssl.SSLWantReadError:
                break
            except ssl.SSLZeroReturnError:
                data = b""
            except ssl.SSLError as error:
                self._fail(error)
                return
            if not data:
                self.ended()
                break
            self.protocol.data_received(data)
        self._send()

    def _send(self) -> None:
        if (data := self._outgoing.read()) and not self._outer.is_closing():
            self._outer.write(data)

    def _fail(self, error: ssl.SSLError) -> None:
        log.debug("an encrypted connection broke: %s", error.reason)
        self._send()  # the alert that says why
        self.abort()

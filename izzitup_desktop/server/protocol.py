"""HTTP/1.1 connections with limits: uvicorn's h11 protocol, made strict.

uvicorn never ends a silent connection, a half header or a half body, and an ASGI
application can't see them. Here each phase of a request has a deadline, and the
number of connections is bounded. What h11 takes and we refuse is found in
`StrictBuffer`: bare line feeds, folded headers, a length given twice or two ways,
bodies in crumbs.
"""

from __future__ import annotations

import asyncio
import logging
import math
import re
import socket
import struct
import sys
from typing import Any, cast

import h11
from h11._receivebuffer import ReceiveBuffer, blank_line_regex
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol, RequestResponseCycle

from izzitup_desktop.domain.sources import network_of
from izzitup_desktop.server import envelope
from izzitup_desktop.server.admission import Admission
from izzitup_desktop.server.limits import Limits
from izzitup_desktop.storage.asked import Asked

log = logging.getLogger(__name__)

_MESSAGES = {
    400: "Bad request",
    408: "Request took too long",
    414: "Request path too long",
    421: "Host not allowed",
    431: "Request headers too large",
    501: "Transfer encoding not supported",
    503: "Too many connections",
}
_COPIED_MOST = 32 * 1024
_ENDED_SECONDS = 1.0
_ENDED_WITH_IT_SECONDS = 0.1

# struct tcp_info of linux/tcp.h: 8 bytes, then numbers of 4; tcpi_last_data_recv is
# the 14th of these, in milliseconds.
_TCP_INFO_BYTES = 104
_LAST_DATA_RECEIVED_AT = 52
_LENGTH = re.compile(rb"^content-length\s*:[^\r\n]*", re.IGNORECASE | re.MULTILINE)
_ENCODING = re.compile(rb"^transfer-encoding\s*:", re.IGNORECASE | re.MULTILINE)
_HOST = re.compile(rb"^host\s*:", re.IGNORECASE | re.MULTILINE)


class StrictBuffer(ReceiveBuffer):
    """Looks at a header block before h11 takes it apart."""

    def __init__(self, connection: h11.Connection, limits: Limits) -> None:
        super().__init__()
        self._connection = connection
        self._limits = limits
        self._chunks = 0

    def maybe_extract_next_line(self) -> bytearray | None:
        """A chunk's first line. Raises h11's RemoteProtocolError for one too many."""
        line = super().maybe_extract_next_line()
        if line is None:
            if self._next_line_search > self._limits.chunk_line_bytes:
                raise h11.RemoteProtocolError("a chunk's first line is too long", 400)
            return None
        self._chunks += 1
        # Each costs as much as a small request, however little is in it.
        if self._chunks > self._limits.chunks or len(line) > self._limits.chunk_line_bytes:
            raise h11.RemoteProtocolError("the body comes in too many pieces", 400)
        return line

    def maybe_extract_lines(self) -> list[bytearray] | None:
        """The lines of a complete header block. Raises h11's RemoteProtocolError."""
        found = blank_line_regex.search(self._data, self._multiple_lines_search)
        if found is not None and not self._data.startswith((b"\r", b"\n")):
            self._check(bytes(self._data[: found.end()]))
        return super().maybe_extract_lines()

    def _check(self, block: bytes) -> None:
        if block.count(b"\n") != block.count(b"\r\n") or block.count(b"\r") != block.count(b"\r\n"):
            raise h11.RemoteProtocolError("a line ends otherwise than by CR LF", 400)
        if b"\n " in block or b"\n\t" in block:
            raise h11.RemoteProtocolError("a header is folded", 400)
        if not block.isascii() or b"\0" in block:
            raise h11.RemoteProtocolError("a header is no ASCII text", 400)
        if len(block) > self._limits.header_bytes:
            raise h11.RemoteProtocolError("the headers are too large", 431)
        if block.count(b"\r\n") - 2 > self._limits.headers:
            raise h11.RemoteProtocolError("there are too many headers", 431)
        if self._connection.their_state is h11.IDLE:
            self._chunks = 0
            self._check_request(block)

    def _check_request(self, block: bytes) -> None:
        parts = block.split(b"\r\n", 1)[0].split(b" ")
        if parts[-1] not in (b"HTTP/1.1", b"HTTP/1.0"):
            raise h11.RemoteProtocolError("this is not HTTP/1", 400)
        if len(parts) > 1 and len(parts[1]) > self._limits.target_bytes:
            raise h11.RemoteProtocolError("the path is too long", 414)
        lengths = _LENGTH.findall(block)
        twice = len(lengths) > 1 or any(b"," in line for line in lengths)
        if twice or (lengths and _ENCODING.search(block)):
            raise h11.RemoteProtocolError("the length is given twice", 400)
        if len(_HOST.findall(block)) != 1:
            raise h11.RemoteProtocolError("there is not one Host", 421)


class _BoundedFlow(FlowControl):
    """Reads on only while little waits to be taken apart.

    uvicorn reads on with each request, so that whoever sends many at once would have
    all of them kept.
    """

    def __init__(self, transport: asyncio.Transport, buffer: StrictBuffer, most: int) -> None:
        super().__init__(transport)
        self._buffer = buffer
        self._most = most

    def resume_reading(self) -> None:
        """Read on, unless enough is there: the next request asks again."""
        if len(self._buffer) <= self._most:
            super().resume_reading()


class _OneWrite:
    """A transport that sends an answer's head together with what comes next.

    Two writes would be two system calls and two packets; a long body is not copied
    for that.
    """

    def __init__(self, transport: asyncio.Transport, connection: h11.Connection) -> None:
        self._transport = transport
        self._connection = connection
        self._head = b""

    def write(self, data: bytes) -> None:
        """Send `data`, unless it is the head of an answer that has a body to come."""
        if self._head and len(data) > _COPIED_MOST:
            self._transport.write(self._head)
            self._head = b""
        elif self._head:
            data, self._head = self._head + data, b""
        elif self._connection.our_state is h11.SEND_BODY and data.startswith(b"HTTP/1.1 "):
            self._head = data
            return
        if data:
            self._transport.write(data)

    def close(self) -> None:
        """Close once everything is sent."""
        if self._head:
            self.write(b"")
        self._transport.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class GuardedProtocol(H11Protocol):
    """One connection with deadlines; refuses to be one too many."""

    def __init__(self, *, limits: Limits, admission: Admission, **options: Any) -> None:
        super().__init__(**options)
        self._admission = admission
        self.network = ""
        self._since = self.loop.time()
        # uvicorn's own access log would write down the query, and what prefix was sent.
        self.access_log = False
        self._limits = limits
        self._buffer = StrictBuffer(self.conn, limits)
        self.conn._receive_buffer = self._buffer
        self._answered = 0
        self._phase: tuple[str, int] = ("", -1)
        self._until: float | None = None
        self._timer: asyncio.TimerHandle | None = None
        # What is in here comes with each request as its `state`.
        self.app_state = {**self.app_state, "asked": self._asked}
        self._is_lost = False
        self._ended_at = math.inf

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        # A whole header block fits: what waits is a request, and its end asks again.
        self.flow = _BoundedFlow(transport, self._buffer, self._limits.header_bytes)
        self.transport = cast("asyncio.Transport", _OneWrite(transport, self.conn))
        accepted = transport.get_extra_info("socket")
        if accepted is not None:
            # asyncio leaves this off for our own listening socket: 40 ms an answer.
            accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.network = network_of(self.client[0] if self.client else "")
        if not self._admission.admit(self):
            self.connections.discard(self)
            self._refuse(503)
            self._enter("answer", self._limits.answer_seconds)
            return
        self._enter("header", self._limits.header_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._is_lost = True
        self._admission.leave(self)
        super().connection_lost(exc)

    def eof_received(self) -> bool | None:  # type: ignore[override]
        """A client that has asked and only closes its side still gets its answer."""
        self._ended_at = self.loop.time()
        cycle = self._cycle
        if cycle is None or cycle.response_complete or cycle.more_body:
            return None
        cycle.keep_alive = False
        return True

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        super().data_received(data)
        self._follow()

    def on_response_complete(self) -> None:
        self._answered += 1
        super().on_response_complete()
        self._follow()

    def send_400_response(self, msg: str) -> None:
        """Answer what h11 could not take, with the status that it hints at."""
        error = sys.exception()
        status = error.error_status_hint if isinstance(error, h11.RemoteProtocolError) else 400
        log.debug("refused a request that is no HTTP: %s", error or msg)
        self._refuse(status if status in _MESSAGES else 400)

    def shutdown(self) -> None:
        """End at once unless an answer to a whole request is under way."""
        cycle = self._cycle
        if cycle is not None and not cycle.response_complete and not cycle.more_body:
            cycle.keep_alive = False
        else:
            self.transport.abort()

    @property
    def waiting_bytes(self) -> int:
        """What came in and was not taken apart yet."""
        return len(self._buffer)

    @property
    def is_idle(self) -> bool:
        """Whether it had its answer and has sent nothing since."""
        return self._phase[0] == "idle"

    @property
    def is_late(self) -> bool:
        """Whether the rest of its request has been missing for long, under pressure."""
        limits = self._limits
        least = {
            "header": limits.evictable_header_seconds, "body": limits.evictable_body_seconds,
        }.get(self._phase[0])  # fmt: skip
        return least is not None and self.loop.time() - self._since >= least

    def waiting_seconds(self) -> float | None:
        """For how long no whole request has come; None while one is under way."""
        is_due = self._phase[0] in ("idle", "header", "body")
        return self.loop.time() - self._since if is_due else None

    def send_away(self) -> None:
        """Close it in favour of somebody else."""
        if self.is_idle:
            self.transport.close()
        elif self._may_be_told():
            self._refuse(503)
        else:
            self.transport.abort()

    def _asked(self) -> Asked:
        """Since when the client of the request at hand waits, and whether it does."""
        age_seconds = _quiet_seconds(self.transport.get_extra_info("socket"))
        sent_at = self.loop.time() - age_seconds

        def is_gone() -> bool:
            # From here closing one side and going away look the same. Who closes with
            # its request waits for the answer; who does so later has lost patience.
            has_left = _ENDED_WITH_IT_SECONDS < self._ended_at - sent_at < math.inf
            return self._is_lost or (has_left and self.loop.time() - sent_at > _ENDED_SECONDS)

        return Asked(age_seconds, is_gone=is_gone)

    @property
    def _cycle(self) -> RequestResponseCycle | None:
        # None until the first request, whatever uvicorn's annotation says.
        return self.cycle

    def _follow(self) -> None:
        """Set the deadline of the phase the connection is in."""
        if self.transport.is_closing() or self.transport.get_write_buffer_size() > 0:
            self._enter("answer", self._limits.answer_seconds)
        elif self.conn.their_state is h11.SEND_BODY:
            self._enter("body", self._limits.body_seconds)
        elif self.conn.their_state is not h11.IDLE:
            self._enter("answer", self._limits.answer_seconds)
        elif self._buffer:
            self._enter("header", self._limits.header_seconds)
        elif self._answered:
            # Idle between two requests: uvicorn's own timer ends that.
            if not self.is_idle:
                self._since = self.loop.time()
            self._phase = ("idle", self._answered)
            self._until = None

    def _enter(self, phase: str, seconds: float) -> None:
        if self._phase == (phase, self._answered):
            return
        self._phase = (phase, self._answered)
        self._since = self.loop.time()
        self._until = until = self._since + seconds
        # A timer that ends too early looks again: making one a phase costs more.
        if self._timer is not None and self._timer.when() > until:
            self._timer.cancel()
            self._timer = None
        if self._timer is None:
            self._timer = self.loop.call_at(until, self._look)

    def _look(self) -> None:
        self._timer = None
        if self._until is None:
            return
        if self.loop.time() < self._until:
            self._timer = self.loop.call_at(self._until, self._look)
        elif self._may_be_told():
            self._refuse(408)
        else:
            self.transport.abort()

    def _may_be_told(self) -> bool:
        if self.transport.is_closing() or self._phase[0] not in ("header", "body"):
            return False
        # A body that nobody waits for any more follows an answer that was sent.
        return self._phase[0] == "header" or not self.cycle.response_complete

    def _refuse(self, status: int) -> None:
        """Answer outside of any request, and close."""
        cycle = self._cycle
        if cycle is not None and not cycle.response_complete:
            if cycle.response_started:
                self.transport.abort()
                return
            # Nobody may answer any more what was asked here.
            cycle.disconnected = True
            cycle.message_event.set()
        content = envelope.body("", None, envelope.RESULT_ERROR, _MESSAGES[status])
        lines = [b"HTTP/1.1 %d %s" % (status, STATUS_PHRASES[status])]
        for name, value in envelope.headers(content, envelope.RESULT_ERROR):
            lines.append(name + b": " + value)
        self.transport.write(b"\r\n".join([*lines, b"connection: close", b"", content]))
        self.transport.close()


def _quiet_seconds(connection: Any) -> float:
    """How long ago the last byte came in, 0.0 where that can't be told.

    While this process slept, requests waited in the system's buffers.
    """
    if connection is None or sys.platform != "linux":
        return 0.0
    try:
        known = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _TCP_INFO_BYTES)
    except OSError:
        return 0.0
    if len(known) < _TCP_INFO_BYTES:
        return 0.0
    return int(struct.unpack_from("=I", known, _LAST_DATA_RECEIVED_AT)[0]) / 1_000

"""HTTP/1.1 connections with limits.

uvicorn listens, counts and ends connections; each is one of these. Every phase of a request
has a deadline. `http_head` and `http_body` take it apart, an `Exchange` answers it.
"""

from __future__ import annotations

import asyncio
import logging
import math
import socket
from typing import Any, cast
from urllib.parse import unquote

from uvicorn.config import Config
from uvicorn.protocols.utils import get_local_addr, get_remote_addr
from uvicorn.server import ServerState

from izzitup_desktop.domain.sources import network_of
from izzitup_desktop.server import eager, http_head
from izzitup_desktop.server.admission import Admission
from izzitup_desktop.server.exchange import HIGH_WATER_BYTES, Exchange, Scope
from izzitup_desktop.server.http_body import Body, ChunkedBody, SizedBody
from izzitup_desktop.server.http_head import Head, Malformed
from izzitup_desktop.server.limits import Limits
from izzitup_desktop.server.outlet import Outlet
from izzitup_desktop.server.phase import Phase
from izzitup_desktop.server.quiet import quiet_seconds
from izzitup_desktop.server.refusal import refusal
from izzitup_desktop.storage.asked import Asked

log = logging.getLogger(__name__)

_ASGI = {"version": "3.0", "spec_version": "2.3"}
_FIRST_BYTE_LEAST = 0x21
_ENDED_SECONDS, _ENDED_WITH_IT_SECONDS = 1.0, 0.1


class GuardedProtocol(asyncio.Protocol):
    """One connection with deadlines; refuses to be one too many."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        limits: Limits,
        admission: Admission,
    ) -> None:
        self._application = config.loaded_app
        self._server = server_state
        # What uvicorn counts and shuts down; its annotation names its own protocols only.
        self._connections = cast("set[GuardedProtocol]", server_state.connections)
        self._loop = _loop or asyncio.get_running_loop()
        self._limits, self._admission = limits, admission
        self.transport = cast("asyncio.Transport", None)
        self.network, self.is_congested = "", False
        # What is in here comes with each request as its `state`.
        self._state = {
            **app_state, "asked": self._asked, "bound": self._bound, "outlet": self._outlet,
        }  # fmt: skip
        self._bound(limits.body_seconds, limits.answer_seconds)
        self._addresses: dict[str, Any] = {}
        self._scheme = "http"
        self._buffer, self._searched = bytearray(), 0
        self._exchange: Exchange | None = None
        self._body: Body | None = None
        self._turn: asyncio.Handle | None = None
        self._is_proceeding, self._is_reading = False, True
        self._drained: asyncio.Future[None] | None = None
        self._answered = 0
        self._phase = Phase(self._loop, self._on_late)
        self._is_lost, self._ended_at = False, math.inf

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """asyncio's: somebody connected."""
        self.transport = cast("asyncio.Transport", transport)
        self._connections.add(self)
        accepted = transport.get_extra_info("socket")
        if accepted is not None:
            # asyncio leaves this off for our own listening socket: 40 ms an answer.
            accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if transport.get_extra_info("ssl_object") is not None:
            self._scheme = "https"
        client = get_remote_addr(self.transport)
        self._addresses = {"server": get_local_addr(self.transport), "client": client}
        self.network = network_of(client[0] if client else "")
        if not self._admission.admit(self):
            self._connections.discard(self)
            self._refuse(503)
            self._enter("answer", self._limits.answer_seconds)
            return
        self._enter("header", self._limits.header_seconds)

    def connection_lost(self, _: Exception | None) -> None:
        """asyncio's: the connection is gone."""
        self._phase.end()
        if self._turn is not None:
            self._turn.cancel()
        self._is_lost = True
        self._connections.discard(self)
        self._admission.leave(self)
        if self._exchange is not None and not self._exchange.is_answered:
            self._exchange.cut()
        self.resume_writing()

    def eof_received(self) -> bool | None:
        """A client that has asked and only closes its side still gets its answer, no stream."""
        self._ended_at = self._loop.time()
        if not self._is_answer_due or self._now.on_cut is not None:
            return None
        self._now.closes = True
        return True

    def data_received(self, data: bytes) -> None:
        """asyncio's: bytes came in."""
        if not self.transport.is_closing():
            self._buffer += data
            self._proceed()

    def pause_writing(self) -> None:
        """asyncio's: much waits to be sent."""
        self.is_congested = True
        self._drained = self._loop.create_future()

    def resume_writing(self) -> None:
        """asyncio's: little waits to be sent."""
        self.is_congested = False
        if self._drained is not None and not self._drained.done():
            self._drained.set_result(None)

    async def writable(self) -> None:
        """Wait until little waits to be sent, or nobody is there any more."""
        while self.is_congested and self._drained is not None:
            # Shielded: several may wait for it.
            await asyncio.shield(self._drained)

    def received(self) -> None:
        """The application has taken what there was of the body."""
        self._regulate()

    def answered(self) -> None:
        """The answer is complete: the next request may come, or the end."""
        self._answered += 1
        exchange = self._now
        if exchange.is_last or exchange.closes:
            self.transport.close()
        self._take_turn()
        if not self._is_proceeding:
            self._settle()

    def left(self, task: asyncio.Task[None]) -> None:
        """The application's task is about to end."""
        self._server.tasks.discard(task)

    def shutdown(self) -> None:
        """End at once unless an answer to a whole request is under way."""
        if self._is_answer_due:
            self._now.closes = True
        else:
            self.transport.abort()

    @property
    def waiting_bytes(self) -> int:
        """What came in and was not taken apart yet."""
        return len(self._buffer)

    @property
    def is_idle(self) -> bool:
        """Whether it had its answer and has sent nothing since."""
        return self._phase.name == "idle"

    @property
    def is_late(self) -> bool:
        """Whether the rest of its request has been missing for long, under pressure."""
        limits = self._limits
        least = {
            "header": limits.evictable_header_seconds, "body": limits.evictable_body_seconds,
        }.get(self._phase.name)  # fmt: skip
        return least is not None and self._phase.seconds >= least

    def waiting_seconds(self) -> float | None:
        """For how long no whole request has come; None while one is under way."""
        is_due = self._phase.name in ("idle", "header", "body")
        return self._phase.seconds if is_due else None

    def send_away(self) -> None:
        """Close it in favour of somebody else."""
        if self.is_idle:
            self.transport.close()
        elif self._may_be_told():
            self._refuse(503)
        else:
            self.transport.abort()

    @property
    def _now(self) -> Exchange:
        return cast("Exchange", self._exchange)

    @property
    def _is_answer_due(self) -> bool:
        """Whether a whole request came that was not answered yet."""
        exchange = self._exchange
        return exchange is not None and not exchange.is_answered and self._body is None

    @property
    def _is_all_sent(self) -> bool:
        """Whether it waits for a request, and its last answer is on its way in whole."""
        is_free = self._body is None and not self._is_answer_due
        return (
            self._phase.name == "answer"
            and is_free
            and not self.transport.is_closing()
            and not self.transport.get_write_buffer_size()
        )

    def _proceed(self) -> None:
        """Take apart what came, as far as it goes."""
        self._is_proceeding = True
        try:
            if self._body is not None:
                self._read_body(self._body)
            elif self._turn is None and not self._is_answer_due:
                self._read_head()
        except Malformed as malformed:
            log.debug("refused a request that is no HTTP: %s", malformed)
            self._refuse(malformed.status, malformed.path)
        self._is_proceeding = False
        if self._is_answer_due and self._now.is_last:
            # Nothing is served behind it, so nothing is kept.
            self._buffer.clear()
        self._settle()

    def _settle(self) -> None:
        self._regulate()
        self._follow()

    def _read_head(self) -> None:
        buffer = self._buffer
        end = http_head.end_of_block(buffer, self._searched)
        if end < 0:
            if buffer and buffer[0] < _FIRST_BYTE_LEAST:
                raise Malformed(400, "no request begins so")
            if len(buffer) > self._limits.header_bytes:
                raise Malformed(431, "the headers are too large", http_head.path_in(buffer))
            self._searched = max(0, len(buffer) - 2)
            return
        self._searched = 0
        block = bytes(buffer[:end])
        del buffer[:end]
        head = http_head.parse(block, self._limits)
        self._bound(self._limits.body_seconds, self._limits.answer_seconds)
        exchange = Exchange(self, head, self._server.default_headers)
        self._exchange = exchange
        body: Body | None = None
        if head.length is None:
            body = ChunkedBody(self._limits)
        elif head.length:
            body = SizedBody(head.length)
        self._body = body
        if body is None:
            exchange.feed(b"", more=False)
        elif buffer:
            self._read_body(body)
        task = eager.begin(self._loop, exchange.run(self._application, self._scope(head)))
        if task is not None:
            # A callback at its end would be one more turn of the loop.
            exchange.task = task
            self._server.tasks.add(task)

    def _scope(self, head: Head) -> Scope:
        raw_path, _, query = head.target.partition(b"?")
        path = raw_path.decode("ascii")
        return {
            "type": "http",
            "asgi": _ASGI,
            "http_version": head.version,
            "scheme": self._scheme,
            "method": head.method,
            "root_path": "",
            "path": unquote(path) if "%" in path else path,
            "raw_path": raw_path,
            "query_string": query,
            "headers": head.headers,
            "state": self._state.copy(),
            **self._addresses,
        }

    def _read_body(self, body: Body) -> None:
        data = body.take(self._buffer)
        if body.is_whole:
            self._body = None
        exchange = self._now
        if exchange.is_answered:
            # What follows an answer that was sent early is nobody's.
            self._take_turn()
        elif data or body.is_whole:
            exchange.feed(data, more=not body.is_whole)

    def _take_turn(self) -> None:
        """Go on with the next request, if there is one, once others had their turn."""
        if self._buffer and self._body is None and not self.transport.is_closing():
            self._turn = self._loop.call_soon(self._go_on)

    def _go_on(self) -> None:
        self._turn = None
        if not self.transport.is_closing():
            self._proceed()

    def _regulate(self) -> None:
        """Read on only while little waits to be taken apart.

        Else whoever sends many requests at once would have all of them kept.
        """
        waits = len(self._buffer)
        if self._is_answer_due or self._turn is not None:
            enough = waits > 0
        else:
            enough = waits > self._limits.header_bytes
        if not enough and self._body is not None:
            enough = len(self._now.body) > HIGH_WATER_BYTES and not self._now.is_answered
        if enough is self._is_reading and not self.transport.is_closing():
            self._is_reading = not enough
            if enough:
                self.transport.pause_reading()
            else:
                self.transport.resume_reading()

    def _asked(self) -> Asked:
        """Since when the client of the request at hand waits, and whether it does."""
        age_seconds = quiet_seconds(self.transport.get_extra_info("socket"))
        sent_at = self._loop.time() - age_seconds

        def is_gone() -> bool:
            # From here closing one side and going away look the same. Who closes with
            # its request waits for the answer; who does so later has lost patience.
            has_left = _ENDED_WITH_IT_SECONDS < self._ended_at - sent_at < math.inf
            return self._is_lost or (has_left and self._loop.time() - sent_at > _ENDED_SECONDS)

        return Asked(age_seconds, is_gone=is_gone)

    def _bound(self, body_seconds: float, answer_seconds: float) -> None:
        """Give the request at hand these deadlines; the next one has the usual ones."""
        self._body_seconds, self._answer_seconds = body_seconds, answer_seconds

    def _outlet(self) -> Outlet:
        """What a stream is written to, which the request at hand asks for."""
        return Outlet(self, self._now, self._admission)

    def _follow(self) -> None:
        """Set the deadline of the phase the connection is in."""
        if self.transport.is_closing() or self.transport.get_write_buffer_size() > 0:
            self._enter("answer", self._answer_seconds)
        elif self._body is not None:
            self._enter("body", self._body_seconds)
        elif self._exchange is not None and not self._exchange.is_answered:
            self._enter("answer", self._answer_seconds)
        elif self._buffer:
            self._enter("header", self._limits.header_seconds)
        elif self._answered:
            self._enter("idle", self._limits.idle_seconds)

    def _enter(self, phase: str, seconds: float) -> None:
        self._phase.enter(phase, self._answered, seconds)

    def _on_late(self) -> None:
        if self._phase.name == "idle":
            self.transport.close()
        elif self._is_all_sent:
            # It was still on its way when it was complete.
            self._follow()
        elif self._may_be_told():
            self._refuse(408)
        else:
            self.transport.abort()

    def _may_be_told(self) -> bool:
        if self.transport.is_closing() or self._phase.name not in ("header", "body"):
            return False
        # A body that nobody waits for any more follows an answer that was sent.
        return self._phase.name == "header" or not self._now.is_answered

    def _refuse(self, status: int, path: str = "") -> None:
        """Answer outside of any request, and close."""
        exchange = self._exchange
        if exchange is not None and not exchange.is_answered:
            path = exchange.path
            if exchange.is_started:
                self.transport.abort()
                return
            # Nobody may answer any more what was asked here.
            exchange.cut()
        elif self._body is not None:
            self.transport.close()  # its answer was sent early; one more would be another's
            return
        self.transport.write(refusal(status, path))
        self.transport.close()

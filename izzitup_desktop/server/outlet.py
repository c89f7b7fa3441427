"""A body that goes on for hours, written to from outside of its application's task."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from izzitup_desktop.server.admission import Admission, Guest, NoRoom
from izzitup_desktop.server.exchange import Chunk, Connection, Exchange


class Listening(Guest, Connection, Protocol):
    """A connection that may have a stream."""


class Outlet:
    """Where a stream goes: on the event loop, for as long as somebody is there."""

    __slots__ = ("_admission", "_connection", "_exchange")

    def __init__(self, connection: Listening, exchange: Exchange, admission: Admission) -> None:
        self._connection = connection
        self._exchange = exchange
        self._admission = admission

    @property
    def is_open(self) -> bool:
        """Whether there is somebody who may be written to."""
        exchange = self._exchange
        is_under_way = not exchange.is_cut and not exchange.is_answered
        return is_under_way and not self._connection.transport.is_closing()

    @property
    def waiting_bytes(self) -> int:
        """What was written and is not on its way yet."""
        return self._connection.transport.get_write_buffer_size()

    def begin(self) -> NoRoom | None:
        """Be counted as a stream from now on; None, or why there can't be one more."""
        room = self._admission.begin_stream(self._connection)
        if room is None:
            # Though a problem may be answered: it is not counted among the connections any more.
            self._exchange.closes = True
        return room

    def on_cut(self, cut: Callable[[], None]) -> None:
        """Call `cut` once nobody is there any more."""
        self._exchange.on_cut = cut

    async def writable(self) -> None:
        """Wait until little waits to be sent, or nobody is there any more."""
        await self._connection.writable()

    def push(self, chunk: Chunk) -> None:
        """Write a part of the body."""
        self._exchange.push(chunk)

    def abort(self) -> None:
        """Cut it off."""
        self._connection.transport.abort()

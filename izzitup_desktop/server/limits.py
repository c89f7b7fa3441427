"""The limits of what a client may send, and how long it may take; when to try again."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from izzitup_desktop.board.buckets import Allowance
from izzitup_desktop.server.routes import RouteClass

_DESCRIPTORS_OF_OURS = 40
"""What database, log, window and imports need of a process's open files."""

_ACCEPTED_LEAST = 4

_CONNECTIONS_LEAST = 8

_STREAMS_PART = 8
"""Of what few descriptors there are, one in so many is for streams."""


@dataclass(frozen=True, slots=True)
class ClassLimits:
    """What a request to a class of route may send, and how long it may take."""

    body_bytes: int
    body_seconds: float
    answer_seconds: float


_A_DAY_SECONDS = 86_400.0

OF_CLASSES: Mapping[RouteClass, ClassLimits] = {
    RouteClass.API: ClassLimits(64 * 1024, 15.0, 30.0),
    RouteClass.STREAM: ClassLimits(0, 15.0, _A_DAY_SECONDS),
    RouteClass.PAGE: ClassLimits(0, 15.0, 30.0),
    RouteClass.UPLOAD: ClassLimits(16 * 1024 * 1024, 300.0, 60.0),
}
"""Of all classes but the contract's, which `Limits` has."""

CHANGES = Allowance(30_000, 0.002)
"""So many at once, and one more every so often: a script that sets 20 a second never waits."""


@dataclass(frozen=True, slots=True)
class StreamLimits:
    """What one who listens to a stream is given, and for how long it may not read.

    Whom more than `waiting_bytes` wait for, or anything for `stalled_seconds`, is cut off.
    It comes back after `retry_milliseconds`, or up to twice as long, each another time.
    At the server's end `farewell_seconds` are left to whoever listened to ask again.
    """

    waiting_bytes: int = 256 * 1024
    piece_bytes: int = 64 * 1024
    stalled_seconds: float = 30.0
    ping_seconds: float = 15.0
    retry_milliseconds: int = 3_000
    recent: int = 5_000
    replayed: int = 10_000
    farewell_seconds: float = 0.25


@dataclass(frozen=True, slots=True)
class Limits:
    """Connections, pieces, bytes and seconds.

    `accepted_at_once` bounds those that wait to be let in, too.

    Of all connections `connections_reserved` are kept for this computer itself, and as
    many for everybody else. Under pressure whoever has not sent its request's headers or
    body, or ended its handshake, for the `evictable` seconds makes room.

    `streams` are counted beside the connections, as many `streams_a_network` other than
    this computer; `stream` is what each of them has.

    `classes` are the limits of routes of other classes than the contract's, `changes` how
    many each may make by the API v1.

    A server that can't listen tries again after `retry_seconds`, the last of them from
    then on; one that listens looks every `look_seconds` whether it still can.
    """

    accepted_at_once: int = 256
    connections: int = 200
    connections_reserved: int = 20
    connections_a_network: int = 20
    streams: int = 520
    streams_a_network: int = 60
    evictable_handshake_seconds: float = 0.25
    evictable_header_seconds: float = 0.01
    evictable_body_seconds: float = 0.5
    handshake_seconds: float = 10.0
    handshake_bytes: int = 64 * 1024
    header_seconds: float = 10.0
    body_seconds: float = 15.0
    answer_seconds: float = 30.0
    idle_seconds: int = 20
    header_bytes: int = 16 * 1024
    headers: int = 64
    target_bytes: int = 2_048
    body_bytes: int = 64 * 1024
    chunks: int = 256
    chunk_line_bytes: int = 256
    retry_seconds: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
    look_seconds: float = 5.0
    stream: StreamLimits = field(default_factory=StreamLimits)
    classes: Mapping[RouteClass, ClassLimits] = field(default_factory=lambda: OF_CLASSES)
    changes: Allowance = CHANGES

    def retry_after(self, failures: int) -> float:
        """How many seconds to wait after so many tries that failed before this one."""
        return self.retry_seconds[min(failures, len(self.retry_seconds) - 1)]

    def fitting(self, descriptors: int) -> Limits:
        """The same with fewer connections, where a process may open few files."""
        free = descriptors - _DESCRIPTORS_OF_OURS
        rest = free - self.connections - self.accepted_at_once
        if rest >= self.streams:
            return self
        if rest >= self.connections // _STREAMS_PART:
            return replace(self, streams=rest)
        # Who is one too many is told so, and has a descriptor until then.
        accepted = max(_ACCEPTED_LEAST, min(self.accepted_at_once, free // 4))
        streams = min(self.streams, (free - accepted) // _STREAMS_PART)
        most = max(_CONNECTIONS_LEAST, min(self.connections, free - accepted - streams))
        return replace(
            self,
            streams=streams,
            accepted_at_once=accepted,
            connections=most,
            connections_reserved=min(self.connections_reserved, most // 4),
            connections_a_network=min(self.connections_a_network, most // 2),
        )


def descriptors() -> int:
    """How many files this process may have open, sockets counted."""
    if sys.platform == "win32":
        return sys.maxsize
    import resource  # not on Windows

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return sys.maxsize if soft == resource.RLIM_INFINITY else soft

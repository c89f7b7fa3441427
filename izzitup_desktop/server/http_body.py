"""The body of a request as it comes in: of a length that was told, or in chunks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

from izzitup_desktop.server.http_head import Malformed, check_trailers, end_of_block
from izzitup_desktop.server.limits import Limits

_SIZE = re.compile(rb"([0-9a-fA-F]{1,20})(?:;[^\r\n]*)?[ \t]*\r\n")


class Body(Protocol):
    """What is still to come of a request's body."""

    is_whole: bool

    def take(self, buffer: bytearray) -> bytes:
        """What `buffer` has of it, which is removed there. Raises `Malformed`."""
        ...


class SizedBody:
    """A body of `length` bytes."""

    def __init__(self, length: int) -> None:
        self._missing = length
        self.is_whole = not length

    def take(self, buffer: bytearray) -> bytes:
        """What `buffer` has of it, which is removed there."""
        taken = bytes(buffer[: self._missing])
        del buffer[: self._missing]
        self._missing -= len(taken)
        self.is_whole = not self._missing
        return taken


class ChunkedBody:
    """A body in chunks, and the trailers behind it, which are checked and left out."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._read: Callable[[bytearray, bytearray], bool] = self._read_size
        self._chunks = 0
        self._missing = 0
        self._searched = 0
        self.is_whole = False

    def take(self, buffer: bytearray) -> bytes:
        """What `buffer` has of it, which is removed there. Raises `Malformed`."""
        taken = bytearray()
        while not self.is_whole and self._read(buffer, taken):
            pass
        return bytes(taken)

    def _read_size(self, buffer: bytearray, _: bytearray) -> bool:
        end = buffer.find(b"\r\n", max(0, self._searched - 1))
        self._searched = len(buffer)
        if (len(buffer) if end < 0 else end + 2) > self._limits.chunk_line_bytes:
            raise Malformed(400, "a chunk's first line is too long")
        if end < 0:
            return False
        self._chunks += 1
        # Each costs as much as a small request, however little is in it.
        if self._chunks > self._limits.chunks:
            raise Malformed(400, "the body comes in too many pieces")
        found = _SIZE.fullmatch(buffer, 0, end + 2)
        if found is None:
            raise Malformed(400, "a chunk has no size")
        self._missing = int(found[1], 16)
        self._read = self._read_data if self._missing else self._read_trailers
        self._drop(buffer, end + 2)
        return True

    def _read_data(self, buffer: bytearray, taken: bytearray) -> bool:
        part = buffer[: self._missing]
        taken += part
        self._missing -= len(part)
        self._drop(buffer, len(part))
        if self._missing:
            return False
        self._read = self._read_end
        return True

    def _read_end(self, buffer: bytearray, _: bytearray) -> bool:
        if not b"\r\n".startswith(buffer[:2]):
            raise Malformed(400, "a chunk is longer than its size")
        if len(buffer) < 2:
            return False
        self._read = self._read_size
        self._drop(buffer, 2)
        return True

    def _read_trailers(self, buffer: bytearray, _: bytearray) -> bool:
        if buffer.startswith(b"\n"):
            raise Malformed(400, "a line ends otherwise than by CR LF")
        end = 2 if buffer.startswith(b"\r\n") else end_of_block(buffer, self._searched)
        if end < 0:
            self._searched = max(0, len(buffer) - 2)
            if len(buffer) > self._limits.header_bytes:
                raise Malformed(431, "the trailers are too large")
            return False
        if end > 2:
            check_trailers(bytes(buffer[:end]), self._limits)
        self.is_whole = True
        self._drop(buffer, end)
        return True

    def _drop(self, buffer: bytearray, count: int) -> None:
        del buffer[:count]
        self._searched = 0

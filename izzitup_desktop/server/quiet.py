"""How long a connection has been quiet, as the system knows."""

from __future__ import annotations

import socket
import struct
import sys
from typing import Any

# struct tcp_info of linux/tcp.h: 8 bytes, then numbers of 4; tcpi_last_data_recv is
# the 14th of these, in milliseconds.
_TCP_INFO_BYTES = 104
_LAST_DATA_RECEIVED_AT = 52


def quiet_seconds(connection: Any) -> float:
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

"""A server that may open few files, in a process of its own."""

from __future__ import annotations

import socket
import sys
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.cli.izzitup import init, serving

pytestmark = [pytest.mark.faults, pytest.mark.timeout(120)]

FEW = 64


def listed(port: int) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", "/api/services")
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_with_few_descriptors_it_serves_on_at_its_port_whoever_connects(home: Path) -> None:
    init()
    limited = ["sh", "-c", f'ulimit -n {FEW}; exec "$@"', "sh"]
    with ExitStack() as stack:
        desk = stack.enter_context(serving(under=limited))
        for _ in range(3 * FEW):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", desk.port)))
            client.sendall(b"POST /api/services HTTP/1.1\r\nHost: 127")
        statuses = [listed(desk.port) for _ in range(20)]
        assert 200 in statuses
        assert set(statuses) <= {200, 503}
        assert desk.process.poll() is None
        assert listed(desk.port) == 200

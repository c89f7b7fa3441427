"""What the guard promises holds on the port of HTTPS, from the first byte of a handshake on."""

from __future__ import annotations

import logging
import os
import socket
import ssl
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.server.embedded import EmbeddedServer, ServerKind
from izzitup_desktop.server.lan import lan_address
from izzitup_desktop.server.limits import Limits
from izzitup_desktop.server.tls.wish import TlsWish
from tests.server.tls.secure import (
    SHORT,
    SecureClient,
    admitted,
    assert_serves,
    everything,
    get,
    hello,
    raw,
    serving_securely,
)
from tests.server.wire import DEADLINE_SECONDS, Client, ask

STOP_SECONDS = 3.0


def test_a_plain_request_is_told_that_this_is_the_port_of_https(
    server: EmbeddedServer, context: ssl.SSLContext
) -> None:
    with raw(server) as client:
        client.send(get(server))
        answer = client.answer()
        assert (answer.status, answer.json["message"]) == (400, "This port speaks HTTPS")
        assert client.is_closed()
    url = server.state.secure_url.replace("https", "http")
    run = subprocess.run(
        ["curl", "--silent", "--noproxy", "*", "--max-time", "20", url],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "This port speaks HTTPS" in run.stdout
    assert_serves(server, context)


def test_a_hello_to_the_plain_port_ends_at_once_and_harms_nobody(
    server: EmbeddedServer, context: ssl.SSLContext
) -> None:
    with Client(server) as client, pytest.raises(ssl.SSLError):
        context.wrap_socket(client.socket, server_hostname="127.0.0.1")
    run = subprocess.run(
        ["curl", "--silent", "--noproxy", "*", "--max-time", "20",
         server.state.url.replace("http", "https")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 35
    assert ask(server, method="GET").status == 200


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5], ids=["nothing", "a byte or two", "half"])
def test_a_handshake_that_does_not_go_on_is_cut(
    board: Board, folder: Path, context: ssl.SSLContext, share: float
) -> None:
    with serving_securely(board, folder, SHORT) as server, raw(server) as client:
        said = hello(context)
        client.send(said[: int(len(said) * share)])
        assert everything(client) == b""


def test_a_byte_now_and_then_does_not_move_the_deadline_of_a_handshake(
    board: Board, folder: Path, context: ssl.SSLContext
) -> None:
    with serving_securely(board, folder, SHORT) as server, raw(server) as client:
        client.socket.settimeout(0.05)
        closed = False
        # All of it would take long enough.
        for byte in hello(context)[:-1]:
            client.send(bytes([byte]))
            try:
                closed = client.socket.recv(1_000) == b""
            except TimeoutError:
                continue
            except ConnectionResetError:
                closed = True
            break
        assert closed


def test_a_handshake_that_answers_nothing_after_the_hello_is_cut(
    board: Board, folder: Path, context: ssl.SSLContext
) -> None:
    with serving_securely(board, folder, SHORT) as server, raw(server) as client:
        client.send(hello(context))
        assert everything(client).startswith(b"\x16\x03")


@pytest.mark.parametrize(
    "said",
    [b"\x16" * 4_000, b"\x16\x03\x01\x3f\xff" + b"a" * 20_000,
     b"\x16\x03\x01\x40\x00\x01\xff\xff\xff" * 20_000, b"\x16\x03\x01\x00\x05\x01\x00\x00\x01\x00"],
    ids=["no record", "noise", "more than a handshake has", "an empty hello"],
)  # fmt: skip
def test_what_is_no_handshake_is_closed_and_no_line_of_the_log(
    server: EmbeddedServer, context: ssl.SSLContext, said: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with raw(server) as client:
        client.send(said)
        received = everything(client)
        assert received == b"" or received[0] == 0x15  # an alert
    assert not [record for record in caplog.records if record.levelno >= logging.INFO]
    assert_serves(server, context)


def test_old_versions_are_refused(server: EmbeddedServer) -> None:
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("ALL:@SECLEVEL=0")
    old.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises(ssl.SSLError):
        SecureClient(server, old)


def test_a_client_that_resets_in_the_middle_of_a_handshake_harms_nobody(
    board: Board, folder: Path, context: ssl.SSLContext, caplog: pytest.LogCaptureFixture
) -> None:
    limits = Limits(connections=4, connections_reserved=0, evictable_handshake_seconds=60)
    with serving_securely(board, folder, limits) as server:
        for part in (0, 1, 100, 10_000) * 5:
            client = raw(server)
            client.send(hello(context)[:part])
            client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            client.socket.close()
        # None of them is counted any more.
        with ExitStack() as stack:
            for _ in range(4):
                known = stack.enter_context(admitted(server, context))
                known.send(get(server))
                assert known.answer().status == 200
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


def test_half_open_handshakes_make_room_for_who_comes_with_a_request(
    board: Board, folder: Path, context: ssl.SSLContext
) -> None:
    limits = Limits(
        connections=6, connections_reserved=1, handshake_seconds=60, evictable_handshake_seconds=0
    )
    with serving_securely(board, folder, limits) as server, ExitStack() as stack:
        silent = [stack.enter_context(raw(server)) for _ in range(20)]
        for client in silent[:3]:
            client.send(hello(context)[:50])
        for _ in range(3):
            assert_serves(server, context)
        assert ask(server, method="GET").status == 200
        assert everything(silent[0]) == b""


def test_half_open_handshakes_are_counted_and_one_too_many_is_closed(
    board: Board, folder: Path
) -> None:
    limits = Limits(
        connections=6, connections_reserved=1, handshake_seconds=60, evictable_handshake_seconds=60
    )
    with serving_securely(board, folder, limits) as server, ExitStack() as stack:
        silent = [stack.enter_context(raw(server)) for _ in range(5)]
        with raw(server) as one_too_many:
            assert everything(one_too_many) == b""
        # The other port has the same count.
        assert ask(server, method="GET").status == 503
        silent[0].socket.close()
        deadline = time.monotonic() + DEADLINE_SECONDS
        while ask(server, method="GET").status != 200:
            assert time.monotonic() < deadline


def test_a_network_has_so_many_handshakes_and_no_more(board: Board, folder: Path) -> None:
    address = lan_address()
    if not address:
        pytest.skip("this machine has no address but the loopback ones")
    server = EmbeddedServer(board, limits=Limits(connections_a_network=3))
    try:
        server.start(address, 0, tls=TlsWish(0, folder))
        state = server.wait_until([ServerKind.SERVING], DEADLINE_SECONDS)
        with ExitStack() as stack:
            made = [
                stack.enter_context(socket.create_connection((address, state.secure_port), 20))
                for _ in range(4)
            ]
            try:
                assert made[3].recv(1) == b""
            except ConnectionResetError:
                pass
            made[0].settimeout(0.01)
            with pytest.raises(TimeoutError):
                made[0].recv(1)
    finally:
        server.stop()


def test_a_hello_without_an_end_is_cut_before_its_deadline(board: Board, folder: Path) -> None:
    limits = Limits(handshake_seconds=3_600)
    with serving_securely(board, folder, limits) as server, raw(server) as client:
        record = b"\x16\x03\x01\x40\x00"
        client.send(record + b"\x01\x01\x80\x00\x03\x03" + b"a" * (0x4000 - 6))
        for _ in range(limits.handshake_bytes // 0x4000):
            client.send(record + b"a" * 0x4000)
        assert everything(client) == b""


def test_it_stops_in_time_whoever_is_half_connected(
    board: Board, folder: Path, context: ssl.SSLContext
) -> None:
    with ExitStack() as stack, serving_securely(board, folder) as server:
        stack.enter_context(raw(server))
        begun = stack.enter_context(raw(server))
        begun.send(hello(context))
        stack.enter_context(SecureClient(server, context))
        asked = stack.enter_context(SecureClient(server, context))
        asked.send(get(server)[:-2])
        started = time.monotonic()
        server.stop()
        assert time.monotonic() - started < STOP_SECONDS


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts descriptors through /proc")
def test_no_descriptor_stays_open(board: Board, folder: Path, context: ssl.SSLContext) -> None:
    def count() -> int:
        return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 (a count is all)

    before = count()
    with serving_securely(board, folder, SHORT) as server:
        for _ in range(5):
            assert_serves(server, context)
            with raw(server) as client:
                client.send(hello(context)[:40])
    # One of another test may go meanwhile.
    assert count() <= before

"""Requests inside of an encrypted connection are held to what holds outside."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.server.embedded import EmbeddedServer
from tests.builders import add_service, opened_board
from tests.server.test_wire import BAD, wait_for_close
from tests.server.tls.secure import (
    SHORT,
    ByHand,
    SecureClient,
    get,
    raw,
    serving_securely,
)
from tests.server.wire import request


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_sound_request_is_refused_inside_too(
    server: EmbeddedServer, context: ssl.SSLContext, board: Board, name: str
) -> None:
    before = board.last_id()
    with SecureClient(server, context) as client:
        client.send(BAD[name].encode("utf-8"))
        answer = client.answer()
        assert answer.status in (400, 413, 421, 501), answer
        assert answer.json["result"] == "Error"
        assert client.is_closed()
    assert board.last_id() == before


def test_pipelined_requests_in_crumbs_are_answered_in_order(
    server: EmbeddedServer, context: ssl.SSLContext
) -> None:
    with SecureClient(server, context) as client:
        paths = [f"/{number}/api/services" for number in range(30)]
        client.send(b"".join(get(server, path=path) for path in paths), bytewise=True)
        assert [client.answer().json["uri"] for _ in paths] == paths


def test_the_deadlines_of_requests_hold_inside(
    board: Board, folder: Path, context: ssl.SSLContext
) -> None:
    with serving_securely(board, folder, SHORT) as server:
        for sent in (b"", b"GET /api", get(server)[:-2] + b"Content-Length: 5\r\n\r\nab"):
            with SecureClient(server, context) as client:
                client.send(sent)
                assert client.answer().status == 408
                assert client.is_closed()
        with SecureClient(server, context) as client:
            client.send(get(server))
            assert client.answer().status == 200
            assert client.is_closed()


@pytest.mark.soak
def test_a_client_that_never_reads_is_cut_inside_too(
    tmp_path: Path, folder: Path, context: ssl.SSLContext
) -> None:
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        for number in range(300):
            add_service(board, f"{number}", description="x" * 2_000)
        with (
            serving_securely(board, folder, SHORT) as server,
            SecureClient(server, context) as client,
        ):
            client.send(get(server) * 20)
            wait_for_close(server)
            received = 0
            with pytest.raises((ConnectionResetError, ssl.SSLError)):
                while data := client.socket.recv(65_536):
                    received += len(data)
                raise ssl.SSLEOFError
            assert received < 20 * 300 * 2_000


def test_who_asks_on_and_on_without_reading_is_read_no_more(
    tmp_path: Path, folder: Path, context: ssl.SSLContext
) -> None:
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        for number in range(50):
            add_service(board, f"{number}", description="x" * 2_000)
        with serving_securely(board, folder) as server, SecureClient(server, context) as client:
            asked = get(server) * 1_000
            client.socket.settimeout(0.5)
            with pytest.raises(TimeoutError):
                for _ in range(40_000_000 // len(asked)):
                    client.socket.sendall(asked)


def test_much_that_comes_with_the_end_of_the_handshake_is_answered(
    server: EmbeddedServer, context: ssl.SSLContext
) -> None:
    with raw(server) as client:
        inside = ByHand(client, context)
        # The client's last word, and more requests than a handshake may have bytes.
        inside.tls.write(get(server) * (200_000 // len(get(server))))
        inside.flush()
        assert inside.answer().startswith(b"HTTP/1.1 200")


def test_the_end_is_said_inside(server: EmbeddedServer, context: ssl.SSLContext) -> None:
    # Whoever cuts the connection on its way can't make an answer look shorter.
    with raw(server) as outside:
        inside = context.wrap_socket(
            outside.socket, server_hostname="127.0.0.1", suppress_ragged_eofs=False
        )
        with inside:
            inside.sendall(get(server).replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
            while inside.recv(65_536):
                pass


def test_a_body_that_is_too_large_is_refused_inside_and_a_large_one_taken(
    server: EmbeddedServer, context: ssl.SSLContext
) -> None:
    host = f"127.0.0.1:{server.state.secure_port}"
    for size, status in ((64 * 1024, 400), (64 * 1024 + 1, 413)):
        with SecureClient(server, context) as client:
            client.send(request(server, b"x" * size, host=host))
            found = client.answer().status
            assert (found == 413) is (status == 413), (size, found)

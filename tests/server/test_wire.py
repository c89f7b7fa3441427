"""What comes over raw sockets: bad requests, slow ones, too many of them."""

from __future__ import annotations

import gc
import json
import logging
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from select import select

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.server.embedded import EmbeddedServer
from izzitup_desktop.server.limits import Limits
from izzitup_desktop.server.protocol import GuardedProtocol
from tests.builders import ALICE, add_service, opened_board
from tests.server.wire import DEADLINE_SECONDS, Client, ask, request, serving

HEAD = "POST /api/services HTTP/1.1\r\nHost: 127.0.0.1\r\n"
GET = b"GET /api/services HTTP/1.1\r\nHost: 127.0.0.1\r\n"

BAD = {
    "length and chunked": HEAD + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunked and length": HEAD + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    "two lengths": HEAD + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
    "two equal lengths": HEAD + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
    "length list": HEAD + "Content-Length: 5, 6\r\n\r\nhello!",
    "length -1": HEAD + "Content-Length: -1\r\n\r\n",
    "length +5": HEAD + "Content-Length: +5\r\n\r\nhello",
    "length 0x5": HEAD + "Content-Length: 0x5\r\n\r\nhello",
    "length 5 5": HEAD + "Content-Length: 5 5\r\n\r\nhello",
    "length 1e3": HEAD + "Content-Length: 1e3\r\n\r\nhello",
    "length of 30 digits": HEAD + f"Content-Length: {'9' * 30}\r\n\r\nhello",
    "encoding xchunked": HEAD + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "encoding list": HEAD + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "encoding tab": HEAD + "Transfer-Encoding:\tchunked, x\r\n\r\n0\r\n\r\n",
    "bad chunk size": HEAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "chunk without an end": HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}XX0\r\n\r\n",
    "bare line feed behind the last chunk": HEAD + "Transfer-Encoding: chunked\r\n\r\n0\r\n\n",
    "bare line feeds": "GET /api/services HTTP/1.1\nHost: 127.0.0.1\n\n",
    "one bare line feed": "GET /api/services HTTP/1.1\r\nX: y\nHost: 127.0.0.1\r\n\r\n",
    "bare carriage return": "GET /api/services HTTP/1.1\r\nX: y\rz\r\nHost: 127.0.0.1\r\n\r\n",
    "folded header": "GET /api/services HTTP/1.1\r\nHost: 127.0.0.1\r\nX: y\r\n z\r\n\r\n",
    "space before colon": "GET /api/services HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n",
    "no colon": "GET /api/services HTTP/1.1\r\nHost: 127.0.0.1\r\nnonsense\r\n\r\n",
    "NUL in a value": "GET /api/services HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\0b\r\n\r\n",
    "non-ASCII header": "GET /api/services HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ü\r\n\r\n",
    "non-ASCII path": "GET /ü/api/services HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "blank in the path": "GET /a b/api/services HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "no version": "GET /api/services\r\nHost: 127.0.0.1\r\n\r\n",
    "version 9": "GET /api/services HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
    "HTTP/2": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "SSH": "SSH-2.0-OpenSSH_9.2\r\n\r\n",
    "PROXY": "PROXY TCP4 1.2.3.4 1.2.3.4 1 2\r\nGET /api/services HTTP/1.1\r\n\r\n",
    "TLS": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + "a" * 200,
    "nothing but noise": "\x00\x01\x02\x03\r\n\r\n",
}


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    folder = tmp_path_factory.mktemp("wire")
    with opened_board(f"sqlite:///{folder}/izzitup.db", folder) as opened:
        add_service(opened)
        yield opened


@pytest.fixture(scope="module")
def server(board: Board) -> Iterator[EmbeddedServer]:
    with serving(board) as running:
        yield running


@pytest.mark.parametrize("bytewise", [False, True], ids=["whole", "bytewise"])
@pytest.mark.parametrize("name", BAD)
def test_what_is_no_sound_request_is_refused_and_the_connection_closed(
    server: EmbeddedServer, board: Board, name: str, bytewise: bool
) -> None:
    before = board.last_id()
    with Client(server) as client:
        client.send(BAD[name].encode("utf-8"), bytewise=bytewise)
        try:
            answer = client.answer()
        except ConnectionResetError:
            pass  # closed while bytes were still on their way
        else:
            assert answer.status in (400, 413, 421, 501), answer
            assert answer.json["result"] == "Error"
            assert client.is_closed()
    assert ask(server, method="GET").status == 200
    assert board.last_id() == before


def test_bytes_behind_a_get_without_a_length_never_run_as_a_request(
    server: EmbeddedServer,
) -> None:
    with Client(server) as client:
        client.send(GET + b"\r\n" + b'{"action": "setstatus"}')
        assert client.answer().status == 200
        client.send(b"\r\n\r\n")
        assert client.answer().status == 400
        assert client.is_closed()


def test_pipelined_requests_are_answered_in_order(server: EmbeddedServer) -> None:
    with Client(server) as client:
        paths = [f"/{number}/api/services" for number in range(100)]
        client.send(b"".join(request(server, method="GET", path=path) for path in paths))
        assert [client.answer().json["uri"] for _ in paths] == paths


def test_a_connection_serves_a_thousand_requests(server: EmbeddedServer) -> None:
    with Client(server) as client:
        for _ in range(1_000):
            client.send(request(server, method="GET"))
            assert client.answer().status == 200


def test_a_client_that_only_closes_its_side_gets_its_answer(server: EmbeddedServer) -> None:
    with Client(server) as client:
        client.send(request(server, method="GET"))
        client.socket.shutdown(socket.SHUT_WR)
        assert client.answer().status == 200


def test_all_requests_sent_at_once_are_answered_though_the_client_closes_its_side(
    server: EmbeddedServer,
) -> None:
    with Client(server) as client:
        client.send(request(server, method="GET") * 30)
        client.socket.shutdown(socket.SHUT_WR)
        assert [client.answer().status for _ in range(30)] == [200] * 30
        assert client.is_closed()


def test_bytes_behind_the_last_request_of_a_connection_are_left_out(
    server: EmbeddedServer,
) -> None:
    with Client(server) as client:
        client.send(
            request(server, b"{}", headers=("Connection: close",)) + b"\r\nnonsense\r\n\r\n"
        )
        assert client.answer().json["message"] == "Incomplete request"
        assert client.is_closed()


def test_a_request_that_is_none_is_no_line_of_the_log(
    server: EmbeddedServer, caplog: pytest.LogCaptureFixture
) -> None:
    for sent in (BAD["TLS"], BAD["NUL in a value"], GET.decode() + "Upgrade: h2c\r\n\r\n"):
        with Client(server) as client:
            client.send(sent.encode())
            client.answer()
    assert not [record for record in caplog.records if record.levelno >= logging.INFO]


def test_a_client_that_resets_in_the_middle_harms_nobody(server: EmbeddedServer) -> None:
    for _ in range(20):
        client = Client(server)
        client.send(request(server, b"{}")[:-1])
        client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        client.socket.close()
    assert ask(server, method="GET").status == 200


def test_a_chunked_body_with_a_trailer_is_taken_and_the_trailer_not(
    server: EmbeddedServer,
) -> None:
    with Client(server) as client:
        client.send((HEAD + "Transfer-Encoding: chunked\r\n\r\n").encode())
        client.send(b"1\r\n{\r\n1\r\n}\r\n0\r\nHost: evil.example\r\n\r\n", bytewise=True)
        assert client.answer().json["message"] == "Incomplete request"
        client.send(request(server, method="GET"))
        assert client.answer().status == 200


SHORT = Limits(header_seconds=0.3, body_seconds=0.3, answer_seconds=0.6, idle_seconds=1)


@pytest.mark.parametrize(
    ("sent", "status"),
    [(b"", 408), (b"GET /api", 408), (GET, 408), (GET + b"Content-Length: 5\r\n\r\nab", 408),
     (HEAD.encode() + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab", 408),
     (HEAD.encode() + b"Expect: 100-continue\r\nContent-Length: 5\r\n\r\n", 100)],
)  # fmt: skip
def test_a_silent_client_is_told_and_closed(board: Board, sent: bytes, status: int) -> None:
    with serving(board, SHORT) as server, Client(server) as client:
        client.send(sent)
        answer = client.answer()
        assert answer.status == status
        if status == 100:
            assert client.answer().status == 408
        assert client.is_closed()


def test_one_byte_now_and_then_does_not_move_the_deadline(board: Board) -> None:
    with serving(board, SHORT) as server, Client(server) as client:
        client.socket.settimeout(0.05)
        closed = False
        for byte in GET * 20:
            client.send(bytes([byte]))
            try:
                closed = client.socket.recv(1_000) != b""
                break
            except TimeoutError:
                continue
        assert closed


def test_an_idle_connection_is_closed(board: Board) -> None:
    with serving(board, SHORT) as server, Client(server) as client:
        client.send(request(server, method="GET"))
        assert client.answer().status == 200
        assert client.is_closed()


def test_a_client_that_never_reads_is_closed(tmp_path: Path) -> None:
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        for number in range(300):
            add_service(board, f"{number}", description="x" * 2_000)
        with serving(board, SHORT) as server, Client(server) as client:
            client.send(request(server, method="GET") * 20)
            received = 0
            with pytest.raises((ConnectionResetError, StopIteration)):
                client.socket.settimeout(20)
                wait_for_close(server)
                while data := client.socket.recv(65_536):
                    received += len(data)
                raise StopIteration
            assert received < 20 * 300 * 2_000


def wait_for_close(server: EmbeddedServer) -> None:
    """Wait on another connection, longer than an answer may take."""
    with Client(server) as other:
        other.send(b"")
        other.answer()
    with Client(server) as other:
        other.send(b"")
        other.answer()
    with Client(server) as other:
        other.send(b"")
        other.answer()


FOUR = Limits(connections=6, connections_reserved=2, evictable_header_seconds=0.0)


def test_who_asks_takes_the_place_of_who_has_been_idle_longest(board: Board) -> None:
    with serving(board, FOUR) as server:
        clients = [Client(server) for _ in range(4)]
        for client in clients:
            client.send(request(server, method="GET"))
            assert client.answer().status == 200
        with Client(server) as fifth:
            fifth.send(request(server, method="GET"))
            assert fifth.answer().status == 200
        assert clients[0].is_closed()
        for client in clients[1:]:
            client.send(request(server, method="GET"))
            assert client.answer().status == 200
        for client in clients:
            client.socket.close()


def test_who_never_asked_makes_room_and_is_told(board: Board) -> None:
    with serving(board, FOUR) as server:
        silent = [Client(server) for _ in range(4)]
        for client in silent:
            client.send(b"POST /api")
        with Client(server) as fifth:
            fifth.send(request(server, method="GET"))
            assert fifth.answer().status == 200
        told = silent[0].answer()
        assert (told.status, told.json["message"]) == (503, "Too many connections")
        for client in silent:
            client.socket.close()


@pytest.mark.parametrize(
    "body", ["Content-Length: 9\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n"]
)
def test_who_keeps_the_rest_of_its_body_back_makes_room_and_is_told(
    board: Board, body: str
) -> None:
    with serving(board, replace(FOUR, evictable_body_seconds=0.0)) as server, ExitStack() as stack:
        late = [stack.enter_context(Client(server)) for _ in range(4)]
        for client in late:
            client.send((HEAD + body).encode())
        with Client(server) as fifth:
            fifth.send(request(server, method="GET"))
            assert fifth.answer().status == 200
        # Whose bytes came last stays longest.
        told, _, _ = select([client.socket for client in late], [], [], DEADLINE_SECONDS)
        (gone,) = [client for client in late if client.socket in told]
        answer = gone.answer()
        assert (answer.status, answer.json["message"]) == (503, "Too many connections")


def test_nobody_who_has_asked_is_sent_away_for_another(board: Board) -> None:
    with serving(
        board,
        Limits(
            connections=6,
            connections_reserved=2,
            evictable_header_seconds=60.0,
            evictable_body_seconds=60.0,
        ),
    ) as server:
        asking = [Client(server) for _ in range(4)]
        for client in asking:
            client.send((HEAD + "Content-Length: 2\r\n\r\n{").encode())
        with Client(server) as fifth:
            answer = fifth.answer()
            assert (answer.status, answer.json["message"]) == (503, "Too many connections")
            assert fifth.is_closed()
        for client in asking:
            client.send(b"}")
            assert client.answer().json["message"] == "Incomplete request"
            client.socket.close()


def test_requests_that_nobody_reads_the_answers_of_wait_in_the_network(board: Board) -> None:
    with serving(board) as server, Client(server) as client:
        many = request(server, method="GET") * 500
        client.socket.setblocking(False)
        for number in range(60):
            # A list that has to be read anew makes the request wait, and look for more.
            board.statuses.set(ALICE, [1], 6 + number % 2)
            with suppress(BlockingIOError):
                while True:
                    client.socket.send(many)
            assert ask(server, method="GET").status == 200
        kept = [
            found.waiting_bytes for found in gc.get_objects() if isinstance(found, GuardedProtocol)
        ]
        # What one reading brings, and a header block.
        assert 0 < max(kept) <= 256 * 1024 + Limits().header_bytes


CHUNKED = (HEAD + "Transfer-Encoding: chunked\r\n\r\n").encode()


@pytest.mark.parametrize(
    "crumbs",
    [
        b"1\r\n \r\n" * 60_000,
        b"01;x\r\n \r\n" * 30_000,
        b"2\r\n  \r\n" * 300,
        b"1;" + b"x" * 5_000 + b"\r\n \r\n",
        b"1;" + b"x" * 5_000,
        b"0\r\n" + b"a: b\r\n" * 70 + b"\r\n",
    ],
    ids=["ones", "with extensions", "too many", "long line", "endless line", "trailers"],
)
def test_a_body_in_crumbs_is_refused_early(server: EmbeddedServer, crumbs: bytes) -> None:
    with Client(server) as client:
        client.send(CHUNKED + crumbs)
        assert client.answer().status in (400, 431)
        assert client.is_closed()
    with Client(server) as client:
        client.send(request(server, method="GET"))
        assert client.answer().status == 200


def test_a_body_of_as_many_pieces_as_programs_send_is_taken(server: EmbeddedServer) -> None:
    body = json.dumps({"action": "x", "service": 1, "status": 5, "user": "u", "pwd": "p"})
    with Client(server) as client:
        pieces = b"".join(b"1\r\n%b\r\n" % char.encode() for char in body)
        client.send(CHUNKED + pieces + b"0\r\n\r\n")
        assert client.answer().json["message"] == "Unknown action"


def test_a_broken_body_behind_an_answer_that_was_sent_gets_no_second_one(
    server: EmbeddedServer,
) -> None:
    with Client(server) as client:
        head = HEAD.replace("/api/services", "/elsewhere") + "Transfer-Encoding: chunked\r\n\r\n"
        client.send(head.encode() + b"5\r\nhel")
        assert client.answer().status == 404
        client.send(b"loXX\r\n")
        assert client.is_closed()


@pytest.mark.parametrize("length", ["2, 2", "2,2", "2 ,2", ",2", "2,"])
def test_a_length_given_twice_in_one_header_is_refused(server: EmbeddedServer, length: str) -> None:
    with Client(server) as client:
        client.send((HEAD + f"Content-Length: {length}\r\n\r\n{{}}").encode())
        assert client.answer().status == 400
        assert client.is_closed()

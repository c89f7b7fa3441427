"""Another board that answers slowly, without end, or from elsewhere."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from izzitup_desktop.domain.errors import BoardError, Cancelled, Invalid, Unavailable
from izzitup_desktop.remote.services_api import fetch_services

OK = b"HTTP/1.1 200 OK\r\n"


@contextmanager
def answering(answer: Callable[[socket.socket, int], None]) -> Iterator[str]:
    """A server that hands each connection, and its number, to `answer`."""
    server = socket.create_server(("127.0.0.1", 0))
    ending = threading.Event()
    threads: list[threading.Thread] = []

    def handle(client: socket.socket, number: int) -> None:
        with client, suppress(OSError):
            client.settimeout(20)
            answer(client, number)

    def serve() -> None:
        with suppress(OSError):
            while not ending.is_set():
                client, _ = server.accept()
                threads.append(threading.Thread(target=handle, args=(client, len(threads))))
                threads[-1].start()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    finally:
        ending.set()
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        for one in (thread, *threads):
            one.join(20)


def dripping(begin: bytes, drop: bytes) -> Callable[[socket.socket, int], None]:
    def answer(client: socket.socket, _number: int) -> None:
        client.recv(65_536)
        client.sendall(begin)
        until = time.monotonic() + 15
        while time.monotonic() < until:
            client.sendall(drop)
            threading.Event().wait(0.05)

    return answer


DRIPS = {
    "nothing": dripping(b"", b""),
    "status": dripping(b"HTTP/1.1 ", b"2"),
    "header": dripping(OK + b"X: ", b"a"),
    "headers": dripping(OK, b""),
    "continue": dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "length": dripping(OK + b"Content-Length: 1000000\r\n\r\n", b" "),
    "chunk size": dripping(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
    "chunk": dripping(OK + b"Transfer-Encoding: chunked\r\n\r\nfffff\r\n", b" "),
    "trailers": dripping(OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n"),
    "redirect": dripping(b"HTTP/1.1 302 Found\r\nLocation: /a\r\n\r\n", b" "),
}


@pytest.mark.faults
@pytest.mark.parametrize("name", DRIPS)
def test_one_deadline_holds_for_all_of_an_answer(name: str) -> None:
    with answering(DRIPS[name]) as url:
        begun = time.monotonic()
        with pytest.raises(BoardError):
            fetch_services(url, 0.5)
        assert time.monotonic() - begun < 4


def test_a_handshake_that_drips_ends_in_time() -> None:
    with answering(dripping(b"\x16\x03\x03\x40\x00", b"\x02")) as url:
        begun = time.monotonic()
        with pytest.raises(Unavailable):
            fetch_services(url.replace("http:", "https:"), 0.5)
        assert time.monotonic() - begun < 4


def test_who_cancels_waits_no_longer() -> None:
    asked = threading.Event()
    with answering(DRIPS["header"]) as url:
        threading.Timer(0.3, asked.set).start()
        begun = time.monotonic()
        with pytest.raises(Cancelled):
            fetch_services(url, 15, asked.is_set)
        assert time.monotonic() - begun < 4


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.2:1/api/services", "//127.0.0.2/x", "http://a@127.0.0.1:1/", "https://127.0.0.1/",
     "file:///etc/hostname", "ftp://127.0.0.1/", "javascript:1", "http://[::bad/", "http://127.0.0.1:1/"],
)  # fmt: skip
def test_a_redirect_to_anywhere_else_is_refused(location: str) -> None:
    asked: list[int] = []

    def answer(client: socket.socket, number: int) -> None:
        asked.append(number)
        client.recv(65_536)
        client.sendall(f"HTTP/1.1 302 Found\r\nLocation: {location}\r\n\r\n".encode())

    with answering(answer) as url, pytest.raises(Unavailable):
        fetch_services(url, 5)
    assert asked == [0]


def test_a_board_may_send_three_times_within_itself_and_not_for_ever() -> None:
    asked: list[int] = []

    def answer(client: socket.socket, number: int) -> None:
        asked.append(number)
        client.recv(65_536)
        client.sendall(b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")

    with answering(answer) as url, pytest.raises(Unavailable, match="one address to the next"):
        fetch_services(url, 5)
    assert asked == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "url",
    ["file:///etc/hostname", "ftp://127.0.0.1/", "http://a:b@127.0.0.1/", "http://127.0.0.1\\@x/",
     "http://127.0.0.1/\r\nX: y", "http://127.0.0.1\n:80/", "http://\udcff/", "http://[::1", "http://"],
)  # fmt: skip
def test_what_is_no_plain_address_of_a_board_is_not_asked(url: str) -> None:
    with pytest.raises(Invalid):
        fetch_services(url, 5)

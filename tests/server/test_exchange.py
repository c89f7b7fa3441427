"""What ASGI applications may rely on behind a `GuardedProtocol`, over real sockets."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn

from izzitup_desktop.server.admission import Admission
from izzitup_desktop.server.exchange import Application, Receive, Scope, Send
from izzitup_desktop.server.limits import Limits
from izzitup_desktop.server.protocol import GuardedProtocol
from tests.server.wire import DEADLINE_SECONDS

GET = b"GET /a%20b?c=d HTTP/1.1\r\nHost: a\r\n\r\n"
START = {"type": "http.response.start", "status": 200, "headers": []}
LIMITS = Limits()


class HandLoop(asyncio.SelectorEventLoop):
    """A loop whose time goes on by hand, too."""

    ahead = 0.0

    def time(self) -> float:
        return super().time() + self.ahead

    def go_on(self, seconds: float) -> None:
        """Let so much time pass; what was due by then is done. From another thread."""
        done = threading.Event()

        def go() -> None:
            self.ahead += seconds
            # Behind all timers that are due in this turn of the loop.
            self.call_soon(lambda: self.call_soon(done.set))

        self.call_soon_threadsafe(go)
        assert done.wait(DEADLINE_SECONDS)


@contextmanager
def connected(
    application: Application, loop: asyncio.AbstractEventLoop | None = None
) -> Iterator[socket.socket]:
    """A client of a server that has this application, and runs on `loop`."""
    config = uvicorn.Config(application, lifespan="off", log_config=None, interface="asgi3")
    config.load()
    state = uvicorn.server.ServerState()
    loop = loop or asyncio.new_event_loop()

    def connection() -> GuardedProtocol:
        admission = Admission(LIMITS)
        return GuardedProtocol(config, state, {}, loop, limits=LIMITS, admission=admission)

    server = loop.run_until_complete(loop.create_server(connection, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        with socket.create_connection(server.sockets[0].getsockname(), DEADLINE_SECONDS) as client:
            yield client
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        for one in list(state.connections):
            one.transport.abort()
        server.close()
        loop.run_until_complete(server.wait_closed())
        loop.close()


def until_closed(client: socket.socket) -> bytes:
    received = b""
    while data := client.recv(65_536):
        received += data
    return received


def ended(client: socket.socket) -> bytes:
    try:
        return until_closed(client)
    except ConnectionResetError:
        return b""


async def stream(scope: Scope, receive: Receive, send: Send) -> None:
    await send(START)
    for part in (b"first", b"", b"second"):
        await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body"})


def test_an_answer_of_no_length_comes_in_chunks() -> None:
    with connected(stream) as client:
        client.sendall(GET.replace(b"Host", b"Connection: close\r\nHost"))
        head, _, body = until_closed(client).partition(b"\r\n\r\n")
    assert b"\r\nTransfer-Encoding: chunked\r\n" in head
    assert body == b"5\r\nfirst\r\n6\r\nsecond\r\n0\r\n\r\n"


def test_an_answer_of_no_length_ends_with_the_connection_for_http_1_0() -> None:
    with connected(stream) as client:
        client.sendall(GET.replace(b"1.1", b"1.0"))
        head, _, body = until_closed(client).partition(b"\r\n\r\n")
    assert b"chunked" not in head and head.endswith(b"\r\nConnection: close")
    assert body == b"firstsecond"


def test_an_application_is_told_the_request() -> None:
    told: list[Scope] = []

    async def note(scope: Scope, receive: Receive, send: Send) -> None:
        told.append(scope)
        await stream(scope, receive, send)

    with connected(note) as client:
        client.sendall(GET.replace(b"Host:", b"X-Y: \t z \r\nHOST:").replace(b"1.1", b"1.0"))
        until_closed(client)
    (scope,) = told
    assert (scope["method"], scope["path"], scope["raw_path"]) == ("GET", "/a b", b"/a%20b")
    assert (scope["query_string"], scope["http_version"]) == (b"c=d", "1.0")
    assert scope["headers"] == [(b"x-y", b"z"), (b"host", b"a")]
    assert scope["client"][0] == "127.0.0.1"


@pytest.mark.parametrize(
    "messages",
    [
        [{**START, "headers": [(b"x", b"a\r\nSet-Cookie: b")]}],
        [{**START, "headers": [(b"x\n", b"a")]}],
        [{**START, "headers": [(b"content-length", b"3")]}, {"type": "http.response.body", "body": b"four"}],
        [{**START, "headers": [(b"content-length", b"3")]}, {"type": "http.response.body", "body": b"a"}],
        [{"type": "http.response.body", "body": b"a"}],
        [START, START],
        [START],
        [],
    ],
    ids=["value", "name", "too long", "too short", "no start", "two starts", "no body", "nothing"],
)  # fmt: skip
def test_an_answer_that_would_be_none_ends_the_connection_without_a_byte(
    messages: list[dict[str, object]], caplog: pytest.LogCaptureFixture
) -> None:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        for message in messages:
            await send(message)

    with connected(answer) as client:
        client.sendall(GET)
        assert ended(client) == b""
    assert ("data_received() call failed" in caplog.text) is (messages not in ([START], []))


def test_a_body_is_read_no_faster_than_the_application_takes_it() -> None:
    size = 4 * 1024 * 1024
    parts: list[int] = []

    async def count(scope: Scope, receive: Receive, send: Send) -> None:
        more = True
        while more:
            message = await receive()
            parts.append(len(message["body"]))
            more = message["more_body"]
            await asyncio.sleep(0)
        await stream(scope, receive, send)

    with connected(count) as client:
        head = (
            b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % size
        )
        client.sendall(head + bytes(size))
        assert until_closed(client).endswith(b"0\r\n\r\n")
    assert sum(parts) == size
    # What is kept, and one reading more.
    assert max(parts) <= 64 * 1024 + 256 * 1024


def test_who_goes_away_is_a_disconnect_and_is_sent_nothing() -> None:
    heard = threading.Event()

    async def wait(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        assert (await receive())["type"] == "http.disconnect"
        await stream(scope, receive, send)
        heard.set()

    with connected(wait) as client:
        client.sendall(GET)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        client.close()
        assert heard.wait(DEADLINE_SECONDS)


def test_who_sends_many_requests_at_once_lets_others_have_their_turn() -> None:
    order: list[bytes] = []
    has_begun, has_come = threading.Event(), threading.Event()

    async def note(scope: Scope, receive: Receive, send: Send) -> None:
        order.append(scope["raw_path"])
        if len(order) == 1:
            # The loop stands still until the other's request is there, too.
            has_begun.set()
            assert has_come.wait(DEADLINE_SECONDS)
        await stream(scope, receive, send)

    with connected(note) as client:
        with socket.create_connection(client.getpeername(), DEADLINE_SECONDS) as other:
            other.sendall(b"GET /first")
            client.sendall(b"GET /many HTTP/1.1\r\nHost: a\r\n\r\n" * 500)
            assert has_begun.wait(DEADLINE_SECONDS)
            other.sendall(b" HTTP/1.1\r\nHost: a\r\n\r\n")
            has_come.set()
            assert other.recv(12) == b"HTTP/1.1 200"
        client.shutdown(socket.SHUT_WR)
        assert until_closed(client).count(b"HTTP/1.1 200") == 500
    assert order.index(b"/first") < 10


def test_an_answer_that_was_read_late_but_in_time_is_followed_by_the_next() -> None:
    long = bytes(32 * 1024 * 1024)
    is_written = threading.Event()

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await send({**START, "headers": [(b"content-length", b"%d" % len(long))]})
        await send({"type": "http.response.body", "body": long})
        is_written.set()

    loop = HandLoop()
    with connected(answer, loop) as client:
        for _ in range(2):
            client.sendall(GET)
            assert is_written.wait(DEADLINE_SECONDS)
            received = client.recv(65_536)
            head, _, body = received.partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200")
            missing = len(long) - len(body)
            while missing:
                data = client.recv(min(missing, 1024 * 1024))
                assert data
                missing -= len(data)
            # The time that an answer may take has passed by now.
            loop.go_on(LIMITS.answer_seconds + 1)

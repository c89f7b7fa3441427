"""The server's life: where it listens, what it says of itself, and how it ends."""

from __future__ import annotations

import errno
import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.server.embedded import EmbeddedServer, ServerKind, ServerState
from izzitup_desktop.server.lan import lan_address
from izzitup_desktop.server.limits import Limits
from izzitup_desktop.storage.transaction import Transaction
from tests.builders import ALICE, GOOD_PASSWORD, add_service, opened_board
from tests.server.wire import DEADLINE_SECONDS, Client, ask, request, serving

STOP_SECONDS = 3.0


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    folder = tmp_path_factory.mktemp("embedded")
    with opened_board(f"sqlite:///{folder}/izzitup.db", folder) as opened:
        add_service(opened, description="x" * 2_000)
        yield opened


@pytest.fixture
def server(board: Board) -> Iterator[EmbeddedServer]:
    with server_of(board, Limits()) as made:
        yield made


@contextmanager
def server_of(board: Board, limits: Limits) -> Iterator[EmbeddedServer]:
    """A server that was not started yet, stopped at the end."""
    made = EmbeddedServer(board, limits=limits)
    try:
        yield made
    finally:
        made.stop()


class Seen:
    """A listener that keeps the states it was told."""

    def __init__(self, server: EmbeddedServer) -> None:
        self.states: list[ServerState] = []
        self.cancel = server.on_state(self.states.append)

    @property
    def kinds(self) -> list[str]:
        return [state.kind.value for state in self.states]


def reached(server: EmbeddedServer, kind: ServerKind) -> ServerState:
    state = server.wait_until([kind], DEADLINE_SECONDS)
    assert state.kind is kind, state
    return state


def listener_of(port: int) -> socket.socket:
    """Our own process's listening socket at `port`, by another descriptor."""
    for path in Path("/proc/self/fd").iterdir():
        try:
            found = socket.socket(fileno=os.dup(int(path.name)))
        except OSError:
            continue
        try:
            listens = found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
            if listens and found.getsockname()[1] == port:
                return found
        except (OSError, IndexError):
            pass
        found.close()
    raise AssertionError(f"nobody listens on {port}")


def test_it_starts_serves_and_stops_and_says_so(board: Board, server: EmbeddedServer) -> None:
    seen = Seen(server)
    assert server.state == ServerState(ServerKind.STOPPED)
    server.start("127.0.0.1", 0)
    state = reached(server, ServerKind.SERVING)
    assert state.url == f"http://127.0.0.1:{state.port}"
    assert ask(server, method="GET").json["message"] == "1 service"
    assert "izzitup-server" in [thread.name for thread in threading.enumerate()]
    server.stop()
    assert server.state.kind is ServerKind.STOPPED
    assert "izzitup-server" not in [thread.name for thread in threading.enumerate()]
    assert seen.kinds == ["starting", "serving", "stopped"]
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", state.port), 1)


def test_a_slow_listener_hears_the_states_in_the_order_in_which_they_came(
    server: EmbeddedServer,
) -> None:
    heard: list[ServerState] = []

    def slow(state: ServerState) -> None:
        if state.kind is ServerKind.STARTING:
            # By now another thread has the next state to tell.
            reached(server, ServerKind.SERVING)
        heard.append(state)

    server.on_state(slow)
    seen = Seen(server)
    server.start("127.0.0.1", 0)
    reached(server, ServerKind.SERVING)
    server.stop()
    assert [state.kind.value for state in heard] == ["starting", "serving", "stopped"]
    assert seen.states == heard


def test_it_stops_when_it_never_started_and_twice(server: EmbeddedServer) -> None:
    server.stop()
    server.stop()
    assert server.state.kind is ServerKind.STOPPED


def test_it_starts_again_after_it_was_stopped(server: EmbeddedServer) -> None:
    for _ in range(3):
        server.start("127.0.0.1", 0)
        reached(server, ServerKind.SERVING)
        assert ask(server, method="GET").status == 200
        server.stop()


def test_a_listener_that_was_cancelled_hears_nothing(server: EmbeddedServer) -> None:
    seen = Seen(server)
    seen.cancel()
    seen.cancel()
    server.start("127.0.0.1", 0)
    reached(server, ServerKind.SERVING)
    assert seen.states == []


def test_a_listener_that_fails_is_logged_and_ends_nothing(
    server: EmbeddedServer, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: ServerState) -> None:
        raise ValueError("a fault in the listener")

    server.on_state(fail)
    server.start("127.0.0.1", 0)
    reached(server, ServerKind.SERVING)
    assert ask(server, method="GET").status == 200
    assert "a listener of the server's state failed" in caplog.text


def test_a_taken_port_is_a_state_with_a_reason_until_it_is_free(
    board: Board,
) -> None:
    with server_of(board, Limits(retry_seconds=(0.05, 0.1))) as server:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            server.start("127.0.0.1", port)
            state = reached(server, ServerKind.FAILED)
            assert f"Port {port} is taken by another program" in state.reason
            assert (state.host, state.port, state.retry_in_seconds) == ("127.0.0.1", port, 0.05)
        assert reached(server, ServerKind.SERVING).port == port
        assert ask(server, method="GET").status == 200


def test_the_time_between_two_tries_grows(board: Board) -> None:
    waits: list[float | None] = []
    enough = threading.Event()

    def keep(state: ServerState) -> None:
        if state.kind is ServerKind.FAILED:
            waits.append(state.retry_in_seconds)
        if len(waits) >= 5:
            enough.set()

    limits = Limits(retry_seconds=(0.01, 0.02, 0.04))
    with server_of(board, limits) as server, socket.create_server(("127.0.0.1", 0)) as other:
        server.on_state(keep)
        server.start("127.0.0.1", other.getsockname()[1])
        assert enough.wait(DEADLINE_SECONDS)
    assert waits[:5] == [0.01, 0.02, 0.04, 0.04, 0.04]


@pytest.mark.parametrize(
    ("host", "port", "reason"),
    [
        ("192.0.2.77", 0, "This computer has no address 192.0.2.77"),
        ("2001:db8::77", 0, "no address 2001:db8::77"),
        ("127.0.0.1", 70_000, "Can't listen on 127.0.0.1:70000"),
        ("no such host", 0, "'no such host' is no address of this computer"),
        ("\udcff", 0, "is no address of this computer"),
        ("x" * 80, 0, "is no address of this computer"),
    ],
    ids=["IPv4", "IPv6", "port", "name", "surrogate", "long"],
)
def test_an_address_that_can_not_be_is_a_state_with_a_reason(
    server: EmbeddedServer, host: str, port: int, reason: str
) -> None:
    server.start(host, port)
    assert reason in reached(server, ServerKind.FAILED).reason


def test_a_failed_server_is_stopped_at_once_and_can_be_sent_elsewhere(
    server: EmbeddedServer,
) -> None:
    server.start("192.0.2.77", 0)
    reached(server, ServerKind.FAILED)
    server.start("127.0.0.1", 0)
    reached(server, ServerKind.SERVING)
    server.start("192.0.2.77", 0)
    reached(server, ServerKind.FAILED)
    server.stop()
    assert server.state.kind is ServerKind.STOPPED


def test_it_moves_to_another_port_while_it_serves(server: EmbeddedServer) -> None:
    server.start("127.0.0.1", 0)
    old = reached(server, ServerKind.SERVING).port
    with Client(server) as connected:
        connected.send(request(server, method="GET"))
        assert connected.answer().status == 200
        server.start("127.0.0.1", 0)
        assert server.state.kind is ServerKind.STARTING
        new = reached(server, ServerKind.SERVING).port
        assert connected.is_closed()
    assert new != old
    assert ask(server, method="GET").status == 200
    # The names that are ours are so at the new port.
    assert ask(server, method="GET", host=f"127.0.0.1:{old}").status == 421
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", old), 1)


def test_it_can_be_sent_back_and_forth_faster_than_it_moves(server: EmbeddedServer) -> None:
    for _ in range(30):
        server.start("192.0.2.77", 1)
        server.start("127.0.0.1", 0)
    assert reached(server, ServerKind.SERVING).host == "127.0.0.1"
    assert ask(server, method="GET").status == 200


def test_it_serves_on_an_ipv6_address(server: EmbeddedServer) -> None:
    server.start("::1", 0)
    state = server.wait_until([ServerKind.SERVING, ServerKind.FAILED], DEADLINE_SECONDS)
    if state.kind is ServerKind.FAILED:
        pytest.skip("this machine has no IPv6")
    assert state.url == f"http://[::1]:{state.port}"
    with socket.create_connection(("::1", state.port), DEADLINE_SECONDS) as client:
        client.sendall(f"GET /api/services HTTP/1.1\r\nHost: [::1]:{state.port}\r\n\r\n".encode())
        assert client.recv(12) == b"HTTP/1.1 200"


def test_it_names_an_address_that_scripts_can_type_where_it_serves_all(
    server: EmbeddedServer,
) -> None:
    server.start("0.0.0.0", 0)
    state = reached(server, ServerKind.SERVING)
    assert state.url == f"http://{lan_address() or '127.0.0.1'}:{state.port}"
    assert "0.0.0.0" not in state.url


def test_further_names_hold_from_the_next_start(server: EmbeddedServer) -> None:
    server.start("127.0.0.1", 0)
    port = reached(server, ServerKind.SERVING).port
    assert ask(server, method="GET", host=f"status.lan:{port}").status == 421
    server.start("127.0.0.1", 0, ["status.lan"])
    port = reached(server, ServerKind.SERVING).port
    assert ask(server, method="GET", host=f"status.lan:{port}").status == 200


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="finds the socket through /proc")
def test_a_listening_socket_that_dies_is_noticed_and_replaced(
    board: Board, caplog: pytest.LogCaptureFixture
) -> None:
    with server_of(board, Limits(retry_seconds=(0.05,))) as server:
        seen = Seen(server)
        server.start("127.0.0.1", 0)
        port = reached(server, ServerKind.SERVING).port
        with listener_of(port) as listening:
            listening.shutdown(socket.SHUT_RDWR)
        reached(server, ServerKind.FAILED)
        reached(server, ServerKind.SERVING)
        assert ask(server, method="GET").status == 200
    assert "The listening socket was closed by the system." in [s.reason for s in seen.states]
    assert len([r for r in caplog.records if "the server's loop" in r.message]) <= 3


def test_an_address_that_goes_away_is_noticed(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_socket: socket.socket, _address: object) -> None:
        raise OSError(errno.EADDRNOTAVAIL, os.strerror(errno.EADDRNOTAVAIL))

    with server_of(board, Limits(look_seconds=0.05)) as server:
        server.start("127.0.0.1", 0)
        reached(server, ServerKind.SERVING)
        # Taking an address from this machine needs root: the system says that it is gone.
        monkeypatch.setattr(socket.socket, "bind", gone)
        assert "has no address 127.0.0.1 any more" in reached(server, ServerKind.FAILED).reason


def test_a_fault_in_the_thread_is_a_state_a_log_entry_and_a_new_try(
    board: Board, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a fault")

    with server_of(board, Limits(retry_seconds=(0.05,))) as server:
        with monkeypatch.context() as patched:
            patched.setattr(socket, "create_server", fails)
            server.start("127.0.0.1", 0)
            assert "The server failed" in reached(server, ServerKind.FAILED).reason
            assert "the server's thread failed" in caplog.text
        reached(server, ServerKind.SERVING)
        assert ask(server, method="GET").status == 200


def stopped_in_time(server: EmbeddedServer) -> bool:
    done = threading.Thread(target=server.stop)
    started = time.monotonic()
    done.start()
    done.join(DEADLINE_SECONDS)
    # The one promise about time that a person feels: the window closes.
    return time.monotonic() - started < STOP_SECONDS


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /api",
        b"GET /api/services HTTP/1.1\r\nHost: 127.0.0.1\r\n",
        b"POST /api/services HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n{",
        b"GET /api/services HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    ],
    ids=["silent", "half line", "half head", "half body", "idle"],
)
def test_it_stops_in_time_with_clients_connected(board: Board, sent: bytes) -> None:
    with serving(board) as server:
        clients = [Client(server) for _ in range(20)]
        for client in clients:
            client.send(sent)
        if sent.endswith(b"\r\n\r\n"):
            for client in clients:
                client.answer()
        assert stopped_in_time(server)
        assert all(client.is_closed() for client in clients)
        for client in clients:
            client.socket.close()


@pytest.mark.soak
def test_it_stops_in_time_with_a_client_that_does_not_read(tmp_path: Path) -> None:
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        for number in range(300):
            add_service(board, f"{number}", description="x" * 2_000)
        with serving(board) as server, Client(server) as client:
            client.send(request(server, method="GET") * 50)
            assert client.socket.recv(1) == b"H"
            assert stopped_in_time(server)


def test_what_was_asked_before_the_stop_is_committed_and_answered(tmp_path: Path) -> None:
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        service = add_service(board)
        board.accounts.first("alice", GOOD_PASSWORD, Origin.CLI)
        writing, go_on = threading.Event(), threading.Event()

        def hold(_: Transaction) -> None:
            writing.set()
            go_on.wait(DEADLINE_SECONDS)

        with serving(board) as server, Client(server) as client:
            board.core.submit(hold)
            assert writing.wait(DEADLINE_SECONDS)
            body = {"action": "setstatus", "service": service.id, "status": 7, "user": "alice"}
            client.send(request(server, json.dumps({**body, "pwd": GOOD_PASSWORD}).encode()))
            wait_until(lambda: board.core.waiting == 1)
            port = server.state.port
            stopping = threading.Thread(target=server.stop)
            stopping.start()
            wait_until(lambda: is_refused(port))
            go_on.set()
            assert client.answer().json["result"] == "Success"
            assert client.is_closed()
            stopping.join(DEADLINE_SECONDS)
        assert board.services.list(ALICE)[0].status_id == 7


def is_refused(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), DEADLINE_SECONDS).close()
    except ConnectionRefusedError:
        return True
    return False


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        threading.Event().wait(0.01)

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from hypothesis import given, strategies as st

from izzitup_desktop.board import Board
from izzitup_desktop.server.embedded import EmbeddedServer
from izzitup_desktop.server.host_names import HostNames
from izzitup_desktop.server.limits import Limits
from tests.builders import add_service, opened_board
from tests.server.wire import Client, ask, request, serving

NAME = socket.gethostname().partition(".")[0]


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    folder = tmp_path_factory.mktemp("guard")
    with opened_board(f"sqlite:///{folder}/izzitup.db", folder) as opened:
        add_service(opened)
        yield opened


@pytest.fixture(scope="module")
def server(board: Board) -> Iterator[EmbeddedServer]:
    with serving(board, host_names=["status.example.org"]) as running:
        yield running


OWN = [
    "127.0.0.1:{port}", "127.0.0.1", "localhost:{port}", "LOCALHOST:{port}", "localhost.:{port}",
    "[::1]:{port}", "[::1%lo]:{port}", "[fe80::1%25eth0]:{port}", "192.168.1.20:{port}", "0.0.0.0:{port}", NAME + ":{port}",
    NAME.upper() + ".local:{port}", "status.example.org:{port}", "Status.Example.org.:{port}",
]  # fmt: skip
FOREIGN = [
    "evil.example", "evil.example:{port}", "127.0.0.1.evil.example:{port}", "localhost.evil:{port}",
    "xlocalhost:{port}", "localhostx", "", "@", "user@127.0.0.1:{port}", "127.0.0.1@evil:{port}",
    "x" * 300, "a." * 150 + "local", "2130706433:{port}", "0x7f.0.0.1:{port}", "127.1:{port}",
    "017700000001", "127.0.0.1:1", "localhost:80", "localhost:{port}1", "localhost:", "[::1",
    "::1", "xn--lcalhost-o5a:{port}", "status.example.org.evil:{port}", "127.0.0.1:{port}/x",
    "127.0.0.1:{port}#", "localhost..:{port}", "127.0.0.1 evil", "127.0.0.1,evil", "[evil]:{port}",
]  # fmt: skip
PATHS = ["/api/services", "/nowhere", "/"]


@pytest.mark.parametrize("host", OWN)
def test_a_host_of_ours_is_served(server: EmbeddedServer, host: str) -> None:
    answer = ask(server, method="GET", host=host.format(port=server.state.port))
    assert answer.status == 200


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("host", FOREIGN)
def test_a_foreign_host_is_refused_on_every_path(
    server: EmbeddedServer, host: str, path: str
) -> None:
    sent = host.format(port=server.state.port)
    with Client(server) as client:
        client.send(f"GET {path} HTTP/1.1\r\nHost: {sent}\r\n\r\n".encode())
        answer = client.answer()
    # An empty or blank-holding value is no Host at all to an HTTP parser.
    assert answer.status in ((421, 400) if not sent or " " in sent else (421,))
    assert answer.json["message"] in ("Host not allowed", "Bad request")


@pytest.mark.parametrize(
    "lines",
    ["GET /api/services HTTP/1.1", "GET /api/services HTTP/1.0",
     "GET /api/services HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: 127.0.0.1",
     "GET /api/services HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example"],
)  # fmt: skip
def test_a_host_is_given_once(server: EmbeddedServer, lines: str) -> None:
    with Client(server) as client:
        client.send(f"{lines}\r\n\r\n".encode())
        answer = client.answer()
        assert (answer.status, answer.json["message"]) == (421, "Host not allowed")
        assert client.is_closed()


def test_what_a_proxy_claims_does_not_count(server: EmbeddedServer) -> None:
    headers = ("X-Forwarded-Host: evil.example", "X-Forwarded-For: 10.0.0.1", "Forwarded: for=x")
    assert ask(server, method="GET", headers=headers).status == 200


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "header",
    ["Origin: null", "Origin: http://evil.example", "Origin: http://127.0.0.1:1", "Origin:",
     "Origin: https://127.0.0.1:{port}", "Origin: http://localhost:{port}",
     "Origin: http://127.0.0.1:{port}\r\nOrigin: http://evil.example",
     "Origin: http://127.0.0.1:{port}.evil.example", "Origin: " + "x" * 10_000,
     "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_a_page_of_another_origin_is_refused_on_every_path(
    server: EmbeddedServer, header: str, path: str, method: str
) -> None:
    line = header.format(port=server.state.port)
    answer = ask(server, b"{}", method=method, path=path, headers=(line,))
    assert (answer.status, answer.json["message"]) == (403, "Origin not allowed")
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_our_own_page_is_served(server: EmbeddedServer) -> None:
    header = f"Origin: http://127.0.0.1:{server.state.port}"
    assert ask(server, method="GET", headers=(header,)).status == 200


def test_options_says_what_is_served_and_head_is_get_without_its_body(
    server: EmbeddedServer,
) -> None:
    options = ask(server, method="OPTIONS")
    assert (options.status, options.body) == (204, b"")
    assert options.headers["allow"] == "GET, HEAD, POST, PUT, OPTIONS"
    head, get = ask(server, method="HEAD"), ask(server, method="GET")
    assert (head.status, head.body) == (200, b"")
    assert {**head.headers, "date": ""} == {**get.headers, "date": ""}


@pytest.mark.parametrize("method", ["DELETE", "PATCH", "TRACE", "CONNECT", "FOO", "get"])
def test_another_method_is_refused_with_those_that_are_served(
    server: EmbeddedServer, method: str
) -> None:
    answer = ask(server, method=method)
    assert (answer.status, answer.json["message"]) == (405, "Method not allowed")
    assert "POST" in answer.headers["allow"]


@pytest.mark.parametrize(
    "path",
    ["/index.html", "/api", "/api/service", "/api/servicesx", "/API/Services", "/api//services",
     "/api/%2e%2e/", "/api/%00", "/api/services;x", "/api/services//", "/api\\services", "/CON",
     "/..%2fapi%2fservices", "/docs"],
)  # fmt: skip
def test_only_the_canonical_path_is_the_api(server: EmbeddedServer, path: str) -> None:
    answer = ask(server, method="GET", path=path)
    assert (answer.status, answer.json["message"]) == (404, "Not found")
    assert answer.json["uri"] == path


@pytest.mark.parametrize("target", ["http://evil.example/api/services", "//evil/api/services", "*"])
def test_a_target_that_is_no_path_is_refused(server: EmbeddedServer, target: str) -> None:
    assert ask(server, method="GET", path=target).status == 400


def test_the_limits_are_exact(server: EmbeddedServer) -> None:
    limits = Limits()
    assert ask(server, b" " * limits.body_bytes).status == 200
    assert ask(server, b" " * (limits.body_bytes + 1)).status == 413
    path = "/" + "x" * (limits.target_bytes - 14) + "/api/services"
    assert len(path) == limits.target_bytes
    assert ask(server, path=path).status == 200
    assert ask(server, path="/x" + path).status == 414
    many = tuple(f"X-{number}: y" for number in range(limits.headers - 1))
    assert ask(server, method="GET", headers=many).status == 200
    assert ask(server, method="GET", headers=(*many, "X-More: y")).status == 431
    assert (
        ask(server, method="GET", headers=("X-Long: " + "y" * limits.header_bytes,)).status == 431
    )


def test_a_body_declared_too_large_is_refused_before_it_comes(server: EmbeddedServer) -> None:
    with Client(server) as client:
        head = request(server, None, headers=("Content-Length: 10000000000",))
        client.send(head)
        assert client.answer().status == 413


def test_endless_chunks_are_refused_at_the_limit(server: EmbeddedServer) -> None:
    with Client(server) as client:
        client.send(request(server, None, headers=("Transfer-Encoding: chunked",)))
        for _ in range(70):
            client.send(b"400\r\n" + b" " * 1024 + b"\r\n")
        assert client.answer().status == 413


def test_a_compressed_body_is_not_inflated_and_an_unknown_wish_not_met(
    server: EmbeddedServer,
) -> None:
    assert ask(server, b"x", headers=("Content-Encoding: gzip",)).status == 415
    assert ask(server, b"x", headers=("Expect: the-unexpected",)).status == 417


def test_expect_continue_is_met(server: EmbeddedServer) -> None:
    with Client(server) as client:
        client.send(request(server, None, headers=("Expect: 100-continue", "Content-Length: 2")))
        assert client.answer().status == 100
        client.send(b"{}")
        assert client.answer().json["message"] == "Incomplete request"


def test_upgrade_is_ignored(server: EmbeddedServer) -> None:
    for upgrade in ("websocket", "h2c"):
        headers = ("Connection: Upgrade", f"Upgrade: {upgrade}")
        assert ask(server, method="GET", headers=headers).status == 200


def test_an_unchanged_list_is_not_sent_again(server: EmbeddedServer, board: Board) -> None:
    first = ask(server, method="GET")
    tag = first.headers["etag"]
    again = ask(server, method="GET", headers=(f"If-None-Match: {tag}",))
    assert (again.status, again.body) == (304, b"")
    add_service(board, "Another")
    assert ask(server, method="GET", headers=(f"If-None-Match: {tag}",)).status == 200


@given(st.text(max_size=60))
def test_no_text_makes_the_host_check_fail_or_let_a_name_in(text: str) -> None:
    names = HostNames(8475)
    if names.is_ours(text):
        name = text.rpartition(":")[0] if not text.endswith("]") and ":" in text else text
        bare = (name or text).strip("[]").removesuffix(".").lower()
        assert bare in {
            "localhost",
            NAME.lower(),
            f"{NAME.lower()}.local",
            socket.gethostname().lower(),
        } or (bare.replace(".", "").replace(":", "").replace("%", "").isalnum())

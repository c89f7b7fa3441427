"""The corpus of raw requests, each sent whole and byte by byte.

After each: the answer has one of the statuses expected, is the envelope, no byte of
it ran as a second request, nothing was changed, and the server serves on.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.server.embedded import EmbeddedServer
from tests.builders import add_service, opened_board
from tests.server.test_guard import FOREIGN
from tests.server.test_wire import BAD
from tests.server.wire import Client, ask, request, serving

pytestmark = pytest.mark.faults

LINE = "GET /api/services HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
POST = "POST /api/services HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n"
REFUSED = (400, 413, 421, 431, 501)


def with_body(body: str, head: str = POST) -> str:
    return f"{head}Content-Length: {len(body.encode())}\r\n\r\n{body}"


def corpus() -> dict[str, tuple[str, tuple[int, ...]]]:
    found: dict[str, tuple[str, tuple[int, ...]]] = {
        f"bad: {name}": (sent, REFUSED) for name, sent in BAD.items()
    }
    for number, host in enumerate(FOREIGN):
        sent = f"GET /api/services HTTP/1.1\r\nHost: {host}\r\n\r\n"
        found[f"host {number}"] = (sent, (400, 421))
    for method in ("GET", "POST", "PUT", "HEAD", "OPTIONS"):
        status = 204 if method == "OPTIONS" else 200
        found[f"method {method}"] = (LINE.replace("GET", method) + "\r\n", (status,))
        found[f"foreign origin {method}"] = (
            LINE.replace("GET", method) + "Origin: http://evil.example\r\n\r\n",
            (403,),
        )
        found[f"no host {method}"] = (f"{method} /api/services HTTP/1.1\r\n\r\n", (400, 421))
    for method in ("DELETE", "PATCH", "TRACE", "CONNECT", "FOO", "get", "Post", "PROPFIND"):
        found[f"method {method}"] = (LINE.replace("GET", method) + "\r\n", (400, 405))
    for origin in (
        "null", "http://127.0.0.1:{port}, http://evil.example", "https://127.0.0.1:{port}",
        "http://127.0.0.1:1", "http://127.0.0.1", "http://localhost.evil:{port}", "file://",
        "moz-extension://a", "http://127.0.0.1:{port}/", "x" * 3_000,
    ):  # fmt: skip
        found[f"origin {origin[:40]}"] = (f"{LINE}Origin: {origin}\r\n\r\n", (403,))
    for target in (
        "/index.html", "/api", "/API/Services", "/api//services", "/api/services//", "/api/services;x",
        "/api/%2e%2e/", "/api/%00", "/api/%ff", "/..%2fapi%2fservices", "/api\\services", "/CON",
        "/api/services%2f", "/api/services%20", "/api/service", "/docs", "/favicon.ico",
    ):  # fmt: skip
        found[f"path {target}"] = (LINE.replace("/api/services", target) + "\r\n", (404,))
    for target in ("*", "http://evil/api/services", "//evil/api/services", "evil:80", "api"):
        found[f"target {target}"] = (LINE.replace("/api/services", target) + "\r\n", (400,))
    for target in (
        "/api/services/",
        "/api/services?service=2&pwd=x",
        "/a/b/api/services",
        "/%20/api/services",
    ):
        found[f"path {target}"] = (LINE.replace("/api/services", target) + "\r\n", (200,))
    for name, body in {
        "brace": "{", "pair": "{]", "text": "'a'", "comma": "{},", "two": "{}{}", "null": "null",
        "array": "[]", "string": '"x"', "five": "5", "true": "true", "empty": "{}", "NaN": "NaN",
        "deep": "[" * 17, "deeper": "[" * 900, "twice": '{"a":1,"a":2}', "surrogate": '"\\ud800"',
        "request": "GET /evil HTTP/1.1\r\nHost: evil\r\n\r\n", "blank": " \r\n\t",
        "unknown": '{"action":"x","service":1,"status":6,"user":"a","pwd":"b"}',
    }.items():  # fmt: skip
        found[f"body {name}"] = (with_body(body), (200,))
        found[f"GET body {name}"] = (with_body(body, LINE), (200,))
        chunk = f"{len(body):x}\r\n{body}\r\n0\r\n\r\n"
        found[f"chunked {name}"] = (CHUNKED + chunk, (200,))
    for header in (
        "Content-Type: application/x-www-form-urlencoded", "Content-Type: text/plain",
        "Content-Type: application/json; charset=utf-16", "Content-Type: " + "x" * 1_000,
        "Content-Type:", "Connection: Upgrade\r\nUpgrade: websocket", "Upgrade: h2c",
        "X-Forwarded-Host: evil.example", "X-HTTP-Method-Override: DELETE", "Range: bytes=0-1",
        "If-None-Match: *", "Accept: text/html", "Accept-Encoding: gzip", "TE: trailers",
        "Cookie: a=b", "Authorization: Basic eDp5", "Connection: close", "Keep-Alive: timeout=9",
        "Content-Encoding: identity", "Sec-Fetch-Site: same-origin", "Max-Forwards: 0",
    ):  # fmt: skip
        found[f"header {header[:40]}"] = (
            f"{POST}{header}\r\nContent-Length: 2\r\n\r\n{{}}",
            (200,),
        )
    found["gzip"] = (with_body("x", POST + "Content-Encoding: gzip\r\n"), (415,))
    found["two encodings"] = (with_body("x", POST + "Content-Encoding: identity, br\r\n"), (415,))
    found["expect"] = (with_body("x", POST + "Expect: tea\r\n"), (417,))
    found["cross-site"] = (LINE + "Sec-Fetch-Site: cross-site\r\n\r\n", (403,))
    found["declared 10 GB"] = (POST + "Content-Length: 10000000000\r\n\r\n", (413,))
    found["65 headers"] = (LINE + "X: y\r\n" * 64 + "\r\n", (431,))
    found["path of 2,049 bytes"] = (
        LINE.replace("/api", "/" + "x" * 2_049 + "/api") + "\r\n",
        (414,),
    )
    found["chunk extension"] = (CHUNKED + "2;a=b\r\n{}\r\n0\r\n\r\n", (200,))
    found["chunk trailer"] = (CHUNKED + "2\r\n{}\r\n0\r\nHost: evil\r\n\r\n", (200,))
    found["negative chunk"] = (CHUNKED + "-2\r\n{}\r\n0\r\n\r\n", (400,))
    found["chunk beyond 64 bits"] = (CHUNKED + "f" * 30 + "\r\n", (400, 413))
    found["HTTP/1.0"] = ("GET /api/services HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n", (200,))
    return found


CORPUS = corpus()


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    folder = tmp_path_factory.mktemp("corpus")
    with opened_board(f"sqlite:///{folder}/izzitup.db", folder) as opened:
        add_service(opened)
        yield opened


@pytest.fixture(scope="module")
def server(board: Board) -> Iterator[EmbeddedServer]:
    with serving(board) as running:
        yield running


def test_the_corpus_is_as_large_as_was_promised() -> None:
    assert len(CORPUS) >= 120


@pytest.mark.parametrize("bytewise", [False, True], ids=["whole", "bytewise"])
@pytest.mark.parametrize("name", CORPUS)
def test_c1_every_raw_request_is_answered_soundly(
    server: EmbeddedServer, board: Board, name: str, bytewise: bool
) -> None:
    sent, statuses = CORPUS[name]
    before = board.last_id()
    with Client(server) as client:
        client.send(sent.replace("{port}", str(server.state.port)).encode(), bytewise=bytewise)
        try:
            answer = client.answer(head=sent.startswith("HEAD"))
        except ConnectionResetError:
            # Closed while bytes were still on their way: that may destroy the answer.
            assert not set(statuses) & {200, 204}
        else:
            assert answer.status in statuses, (answer.status, answer.body[:200])
            assert not [header for header in answer.headers if header.startswith("access-control")]
            if answer.body:
                assert list(answer.json) == ["uri", "request", "result", "message", "data"]
            assert_nothing_was_smuggled(server, client)
    assert ask(server, method="GET").json["message"] == "1 service"
    assert board.last_id() == before


def assert_nothing_was_smuggled(server: EmbeddedServer, client: Client) -> None:
    """The next answer on the connection, if any, is that of the next request."""
    client.send(request(server, method="GET", path="/sentinel/api/services"))
    try:
        following = client.answer()
    except ConnectionResetError:
        return
    # What is left of an unended request swallows the sentinel: it is not answered as one.
    assert following.status in (400, 408) or following.json["uri"] == "/sentinel/api/services"

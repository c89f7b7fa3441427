"""A connection to another board: what is lost on the way, what is none, what is too old."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from izzitup_desktop.domain.errors import BoardError, Invalid, NotFound, Unavailable
from izzitup_desktop.remote.address import address_of
from izzitup_desktop.remote.connection import Connection, Patience
from izzitup_desktop.remote.refusals import Asker, Refusals
from tests.remote.test_services_api import DRIPS, answering, dripping

IMPATIENT = Patience(connect_seconds=0.5, answer_seconds=0.3, pauses_seconds=(0.0, 0.0))
PATIENT = Patience(connect_seconds=20, answer_seconds=20, pauses_seconds=(0.0, 0.0))


class Told:
    """A server that answers one thing after the other, and hangs up; None is hanging up only."""

    def __init__(self, *answers: bytes | None) -> None:
        self.heard: list[bytes] = []
        self._answers = list(answers)

    def __call__(self, client: socket.socket, _number: int) -> None:
        while request := whole_request(client):
            self.heard.append(request)
            answer = self._answers.pop(0)
            if answer is None:
                return
            client.sendall(answer)
            if not self._answers:
                return

    def headers(self, name: str) -> list[str]:
        """The values of a header, one of each request."""
        return [
            line.partition(": ")[2]
            for request in self.heard
            for line in request.decode("latin-1").split("\r\n")
            if line.lower().startswith(f"{name}:")
        ]


def whole_request(client: socket.socket) -> bytes:
    """The next request of a connection, b"" at its end."""
    received = b""
    while b"\r\n\r\n" not in received:
        if not (data := client.recv(65_536)):
            return b""
        received += data
    head, _, body = received.partition(b"\r\n\r\n")
    lengths = [
        int(line.partition(b":")[2])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    ]
    while len(body) < sum(lengths) and (data := client.recv(65_536)):
        body += data
    return head + b"\r\n\r\n" + body


def answer(
    content: Any, status: str = "200 OK", kind: str = "application/json", *headers: str
) -> bytes:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        *headers,
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def problem(status: int, code: str, detail: str, *headers: str, **more: Any) -> bytes:
    content = {"title": "", "status": status, "detail": detail, "code": code, **more}
    return answer(content, f"{status} X", "application/problem+json", *headers)


@contextmanager
def connection(
    url: str, patience: Patience = PATIENT, asker: Asker | None = None
) -> Iterator[Connection]:
    address = address_of(url)
    refusals = Refusals(address.name, asker or Asker(), lambda text: text)
    opened = Connection(
        address, refusals, "Bearer x", patience=patience, pause=lambda _seconds: None
    )
    with closing(opened):
        yield opened


def failure(url: str, method: str = "GET", patience: Patience = PATIENT) -> str:
    """What is said where nothing is answered."""
    with connection(url, patience) as opened, pytest.raises(Unavailable) as raised:
        opened.ask(method, "/services")
    return str(raised.value)


def refused(told: bytes, asker: Asker | None = None, wanted: NotFound | None = None) -> BoardError:
    """What is raised where a server tells this."""
    with answering(Told(told)) as url, connection(url, asker=asker) as opened:
        with pytest.raises(BoardError) as raised:
            opened.get("/x", wanted=wanted)
        return raised.value


def test_what_was_lost_is_asked_again_under_the_same_key() -> None:
    told = Told(None, None, answer({"id": 1}))
    with answering(told) as url, connection(url) as opened:
        assert opened.ask("POST", "/services", {"name": "é"}).content == {"id": 1}
    keys = told.headers("idempotency-key")
    assert len(keys) == 3
    assert len(set(keys)) == 1
    assert len({request.partition(b"\r\n\r\n")[2] for request in told.heard}) == 1


def test_what_is_still_being_done_is_waited_for() -> None:
    running = problem(409, "conflict.running", "It is not answered yet.", "Retry-After: 1")
    told = Told(None, running, running, answer({"id": 1}))
    with answering(told) as url, connection(url) as opened:
        assert opened.ask("POST", "/services", {}).content == {"id": 1}
    assert len(set(told.headers("idempotency-key"))) == 1


def test_two_changes_have_two_keys_and_reading_has_none() -> None:
    told = Told(answer({}), answer({}), answer({}))
    with answering(told) as url, connection(url) as opened:
        opened.ask("POST", "/a", {})
        opened.ask("POST", "/a", {})
        opened.get("/a")
    assert len(set(told.headers("idempotency-key"))) == 2
    assert told.headers("authorization") == ["Bearer x"] * 3


def test_what_stays_lost_says_that_nobody_knows_whether_it_was_done() -> None:
    with answering(Told(None, None, None)) as url:
        said = failure(url, "POST")
    assert "hung up" in said
    assert "Whether it was done is not known" in said
    with answering(Told(None, None, None)) as url:
        assert "Whether" not in failure(url)


def test_what_was_removed_the_first_time_is_removed() -> None:
    gone = problem(404, "not-found.service", "There is no service '1'.")
    missing = NotFound("service", "1")
    with answering(Told(None, gone)) as url, connection(url) as opened:
        opened.delete("/services/1", missing)
    with answering(Told(gone)) as url, connection(url) as opened, pytest.raises(NotFound):
        opened.delete("/services/1", missing)


def test_a_list_is_read_to_its_end_or_as_far_as_is_wanted() -> None:
    pages = [answer({"items": [1, 2], "next": "a b"}), answer({"items": [3], "next": None})]
    told = Told(*pages)
    with answering(told) as url, connection(url) as opened:
        assert list(opened.items("/services", sort="id")) == [1, 2, 3]
    assert b"GET /api/v1/services?sort=id&limit=1000&cursor=a+b HTTP/1.1" in told.heard[1]
    told = Told(pages[0])
    with answering(told) as url, connection(url) as opened:
        assert list(opened.items("/journal", 2)) == [1, 2]
    assert b"limit=2 " in told.heard[0]


@pytest.mark.parametrize("drip", ["status", "header", "chunk"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_answer_that_does_not_come_in_time_is_waited_for_once(drip: str, method: str) -> None:
    with answering(DRIPS[drip]) as url:
        said = failure(url, method, IMPATIENT)
    assert "does not answer in time" in said
    assert ("Whether it was done" in said) == (method == "POST")


def test_a_handshake_that_drips_ends_in_time() -> None:
    with answering(dripping(b"\x16\x03\x03\x40\x00", b"\x02")) as url:
        said = failure(url.replace("http:", "https:"), patience=IMPATIENT)
    assert "does not answer in time" in said


def test_nothing_there_is_told_at_once_and_asked_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    pauses: list[float] = []
    address = address_of(f"http://127.0.0.1:{port}")
    refusals = Refusals(address.name, Asker(), lambda text: text)
    opened = Connection(address, refusals, pause=pauses.append)
    with pytest.raises(Unavailable, match=f"127.0.0.1:{port} refuses the connection"):
        opened.ask("POST", "/services")
    assert not pauses


def test_a_name_that_nobody_has_is_told() -> None:
    assert "nobody.invalid:8475 can't be reached" in failure("http://nobody.invalid:8475")


@pytest.mark.parametrize(
    "told",
    [
        b"SSH-2.0-OpenSSH_9.2p1\r\n",
        answer(b"<html>", kind="text/html"),
        answer(b"<html>"),
        answer(b"[" * 100_000),
        answer(b"<html>", "404 Not Found", "text/html"),
        answer({"detail": "x"}, "404 Not Found"),
        answer(b"", "502 Bad Gateway", "text/plain"),
    ],
)
def test_what_is_no_izzitup_is_said_to_be_none(told: bytes) -> None:
    assert "there is no IzzitUp" in str(refused(told))


@pytest.mark.parametrize(
    "told",
    [
        problem(404, "not-found.route", "There is nothing at /api/v1/x."),
        problem(405, "method-not-allowed", "/api/v1/x does not know the method GET."),
        answer({"uri": "", "request": "", "result": "Error", "message": "x", "data": ""}, "404 X"),
    ],
)
def test_a_board_that_is_too_old_is_said_to_be_so(told: bytes) -> None:
    assert "older than this one" in str(refused(told))


def test_an_answer_of_another_version_is_not_understood() -> None:
    strange = Told(answer({"things": []}))
    with answering(strange) as url, connection(url) as opened, pytest.raises(Unavailable) as raised:
        list(opened.items("/services"))
    assert "another version" in str(raised.value)


def test_a_redirect_is_not_followed() -> None:
    told = answer(b"", "302 Found", "text/html", "Location: http://127.0.0.2/")
    assert "sends to another address (http://127.0.0.2/)" in str(refused(told))


def test_who_is_not_let_in_hears_what_to_give() -> None:
    needed = problem(401, "sign-in-needed", "This needs an account or a token.")
    failed = problem(401, "sign-in-failed", "The name, the password or the token is wrong.")
    assert "--token-file or IZZITUP_TOKEN" in str(refused(needed))
    assert "does not take this token" in str(refused(failed, Asker(has_token=True)))
    assert "does not let bob in" in str(refused(failed, Asker(user="bob")))


def test_what_a_token_may_not_is_told_with_what_it_would_need() -> None:
    token = Asker(has_token=True)
    no_scope = problem(403, "not-allowed", "deploy is not allowed to do this (service.add).")
    never = problem(403, "not-allowed", "deploy is not allowed to do this (account.manage).")
    strange = problem(403, "not-allowed", "No (x.y).")
    assert "scope manage" in str(refused(no_scope, token))
    assert "No token may" in str(refused(never, token))
    assert str(refused(strange, token)) == "No (x.y)."
    assert "token" not in str(refused(never, Asker(user="bob")))


def test_a_problem_is_told_with_its_hint_and_each_value_that_is_wrong() -> None:
    said = str(
        refused(
            problem(
                422, "invalid", "The body can't be taken.", hint="Ask for less.",
                errors=[
                    {"pointer": "/name", "detail": "It is empty."},
                    {"parameter": "limit", "detail": "It is no number."},
                    "x", {"pointer": 3},
                ],
            )
        )
    )  # fmt: skip
    assert said == (
        "The body can't be taken. name: It is empty. limit: It is no number. Ask for less."
    )
    detail = "Name must not be empty."
    one = problem(422, "invalid", detail, errors=[{"pointer": "/name", "detail": detail}])
    assert str(refused(one)) == detail


def test_what_was_meant_is_told_without_its_address() -> None:
    told = problem(404, "not-found.service", "x", hint="Did you mean MAIL? /api/v1/services/MAIL")
    wanted = NotFound("service", "MIAL")
    assert str(refused(told, wanted=wanted)) == "There is no service 'MIAL'. Did you mean MAIL?"


def test_when_to_try_again_is_told() -> None:
    told = problem(429, "throttled", "Too many.", "Retry-After: 7")
    assert str(refused(told)) == "Too many failed sign-ins. Try again in 7 seconds."


@pytest.mark.parametrize("told", [
    {"code": "conflict", "detail": 3}, {"code": "invalid", "errors": 7}, {"code": "invalid", "hint": []},
    {"code": "x.y.z"}, {"code": "not-found.service"}, {"code": "unavailable", "detail": "x" * 100_000},
])  # fmt: skip
def test_a_strange_problem_is_one_short_line(told: dict[str, Any]) -> None:
    said = str(refused(answer(told, "409 X", "application/problem+json")))
    assert said
    assert len(said) < 1_000


@pytest.mark.parametrize(
    ("typed", "is_secure", "host", "port", "name", "root"),
    [
        ("http://desk:8475", False, "desk", 8475, "desk:8475", "/api/v1"),
        (" https://desk/ ", True, "desk", 443, "desk", "/api/v1"),
        ("HTTP://127.0.0.2:8475/api/v1/", False, "127.0.0.2", 8475, "127.0.0.2:8475", "/api/v1"),
        ("https://[::1]:9/board", True, "::1", 9, "[::1]:9", "/board/api/v1"),
        ("http://bücher.example", False, "xn--bcher-kva.example", 80, "xn--bcher-kva.example", "/api/v1"),
    ],
)  # fmt: skip
def test_an_address_is_taken_as_people_type_it(
    typed: str, is_secure: bool, host: str, port: int, name: str, root: str
) -> None:
    found = address_of(typed)
    assert (found.is_secure, found.host, found.port, found.name, found.root) == (
        is_secure, host, port, name, root,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "is_private"),
    [
        ("http://desk:8475", False), ("http://192.0.2.1", False), ("https://desk", True),
        ("http://localhost:8475", True), ("http://127.0.0.2", True), ("http://[::1]:8475", True),
    ],
)  # fmt: skip
def test_whether_others_could_read_what_is_sent_is_known(typed: str, is_private: bool) -> None:
    assert address_of(typed).is_private == is_private


@pytest.mark.parametrize("typed", [
    "desk:8475", "ftp://desk", "http://", "http://desk:0", "http://desk:x", "http://[::bad",
    "http://alice:secret@desk", "http://desk?x", "http://desk#x", "http://de\nsk", "http://a\\b",
    "9" * 5_000, "[" * 3_000, "http://" + "a" * 300 + "ü",
])  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as raised:
        address_of(typed)
    assert "secret" not in str(raised.value)

"""The last requests, as the window shows them."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from izzitup_desktop.domain.tokens import NewToken, TokenDraft
from izzitup_desktop.server.request_log import KEPT, HeardRequest, RequestLog
from tests.builders import ALICE, GOOD_PASSWORD
from tests.server.v1.world import World, basic, sqlite_world
from tests.server.wire import DEADLINE_SECONDS, ask

SECRET = "hunter2hunter2"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with sqlite_world(tmp_path_factory.mktemp("requests")) as world:
        log, watcher = world.server.requests, object()
        log.watch(watcher)
        ask(world.server, method="GET")
        # The world's own first request may be kept late; it is kept before this one.
        wait_until(lambda: any(heard.path == "/api/services" for heard in log.since(0)))
        log.leave(watcher)
        yield world


@pytest.fixture
def watched(world: World) -> Iterator[World]:
    watcher = object()
    world.server.requests.watch(watcher)
    yield world
    world.server.requests.leave(watcher)


def heard_of(world: World, *requests: Any, kept: int | None = None) -> list[HeardRequest]:
    """What the log has of requests, each a function that sends one; so many are `kept`."""
    log = world.server.requests
    before = log.last_number
    for send in requests:
        send()
    # Each is kept once its answer is on its way.
    wanted = before + (len(requests) if kept is None else kept)
    wait_until(lambda: log.last_number >= wanted)
    return list(log.since(before))


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it never came to be"
        threading.Event().wait(0.002)


def setstatus(world: World, user: Any = "bob", pwd: Any = GOOD_PASSWORD, **other: Any) -> bytes:
    body = {"action": "setstatus", "service": world.mail.id, "status": 6, "user": user, "pwd": pwd}
    return json.dumps({**body, **other}).encode()


def token_of(world: World, name: str) -> NewToken:
    (bob,) = [one for one in world.board.accounts.list(ALICE) if one.name == "bob"]
    return world.board.tokens.add(ALICE, TokenDraft(name, account_id=bob.id)).value


def bearer(secret: str) -> str:
    return f"Authorization: Bearer {secret}"


def test_a_setstatus_is_heard_with_who_what_and_its_answer(watched: World) -> None:
    (heard,) = heard_of(watched, lambda: ask(watched.server, setstatus(watched)))
    assert (heard.method, heard.path, heard.status) == ("POST", "/api/services", 200)
    assert (heard.who, heard.service_id, heard.status_id) == ("bob", watched.mail.id, 6)
    assert heard.is_write
    assert not heard.is_failure
    assert heard.address == "127.0.0.1"
    assert 0 < heard.seconds < 10
    assert abs(heard.at - time.time()) < 60


def test_a_status_set_by_the_api_v1_is_heard_with_its_service(watched: World) -> None:
    body = {"status": "outage"}
    (heard,) = heard_of(
        watched, lambda: watched.ask("PUT", "/services/MAIL/status", body, who="bob")
    )
    assert (heard.who, heard.service_id, heard.status_id) == ("bob", watched.mail.id, 7)
    assert heard.path == "/api/v1/services/MAIL/status"


def test_reading_and_changing_are_told_apart(watched: World) -> None:
    found = heard_of(
        watched,
        lambda: ask(watched.server, method="GET"),
        lambda: ask(watched.server, method="POST"),
        lambda: watched.ask("GET", "/services?status=outage"),
        lambda: watched.ask("POST", "/services", {"name": "x"}),
        lambda: watched.ask("DELETE", "/services/MAIL"),
    )
    assert [(one.path, one.is_write, one.is_failure) for one in found] == [
        ("/api/services", False, False),
        ("/api/services", False, False),
        ("/api/v1/services?status=outage", False, False),
        ("/api/v1/services", True, True),
        ("/api/v1/services/MAIL", True, True),
    ]


def test_while_nobody_looks_only_what_went_wrong_is_kept(world: World) -> None:
    found = heard_of(
        world,
        lambda: ask(world.server, method="GET"),
        lambda: world.ask("GET", "/statuses"),
        lambda: world.ask("OPTIONS", "/statuses"),
        lambda: ask(world.server, setstatus(world, service=99_999)),
        lambda: world.ask("GET", "/services/NONE"),
        lambda: ask(world.server, method="GET", path="/nowhere"),
        lambda: ask(world.server, method="GET", host="evil.example"),
        kept=4,
    )
    assert [(one.status, one.why) for one in found] == [
        (200, "not-found.service"), (404, "not-found.service"), (404, ""), (421, ""),
    ]  # fmt: skip
    assert all(one.is_failure for one in found)


def test_why_a_token_was_refused_is_told_apart(world: World) -> None:
    revoked = token_of(world, "revoked one")
    world.board.tokens.revoke(ALICE, revoked.token.id)
    good = token_of(world, "good one")
    mistyped = good.secret[:-1] + ("a" if good.secret[-1] != "a" else "b")
    found = heard_of(
        world,
        *(
            lambda secret=secret: world.ask("GET", "/journal", headers=(bearer(secret),))
            for secret in (revoked.secret, mistyped, "whsec_x", "none at all")
        ),
        lambda: ask(world.server, setstatus(world, pwd=revoked.secret)),
    )
    assert [(one.why.removeprefix("sign-in-failed."), one.token_id) for one in found] == [
        ("revoked-token", revoked.token.id), ("mistyped-token", None), ("wrong-token-kind", None),
        ("no-token", None), ("revoked-token", revoked.token.id),
    ]  # fmt: skip


def test_who_acts_by_a_token_is_heard_with_the_token(watched: World) -> None:
    made = token_of(watched, "reader")
    (heard,) = heard_of(
        watched, lambda: watched.ask("GET", "/services", headers=(bearer(made.secret),))
    )
    assert (heard.who, heard.token_id) == ("bob", made.token.id)


def test_nothing_secret_is_in_what_is_heard(watched: World) -> None:
    token = token_of(watched, "whispered").secret
    mistyped = token[:-2] + "xx"
    wrong = base64.b64encode(f"{SECRET}:{SECRET}".encode()).decode()
    found = heard_of(
        watched,
        # A password in the name's place, in the service's, in the address, in headers.
        lambda: ask(watched.server, setstatus(watched, user=SECRET, pwd=SECRET)),
        lambda: ask(watched.server, setstatus(watched, service=SECRET, pwd=token)),
        lambda: ask(watched.server, setstatus(watched, status=SECRET, action=SECRET)),
        lambda: ask(watched.server, b"{" + SECRET.encode()),
        lambda: ask(watched.server, method="GET", path=f"/api/services?pwd={SECRET}&user={SECRET}"),
        lambda: ask(watched.server, method="GET", path=f"/{SECRET}/api/services"),
        lambda: ask(watched.server, method="GET", path=f"/x/{mistyped}"),
        lambda: watched.ask("GET", f"/services?token={token}"),
        lambda: watched.ask("GET", f"/services/{token}"),
        lambda: watched.ask("GET", f"/services?q={SECRET}"),
        lambda: watched.ask("PUT", "/services/MAIL/status", {"status": SECRET}, who="bob"),
        lambda: watched.ask("GET", "/journal", headers=(f"Authorization: Basic {wrong}",)),
        lambda: watched.ask("GET", "/journal", headers=(bearer(token),)),
        lambda: watched.ask("GET", "/journal", headers=(f"X-Secret: {SECRET}", bearer(mistyped))),
        lambda: ask(watched.server, method="GET", path="/x", host=f"{SECRET}@evil"),
    )
    assert len(found) == 15
    for one in found:
        assert SECRET not in repr(one)
        assert token[5:] not in repr(one)
        assert mistyped[5:] not in repr(one)


def test_a_name_that_was_sent_with_a_wrong_password_is_not_shown(watched: World) -> None:
    headers = (basic("charlie", "not hers"),)
    (heard,) = heard_of(watched, lambda: watched.ask("GET", "/journal", headers=headers))
    assert (heard.who, heard.why) == ("", "sign-in-failed")


SCOPE = {
    "method": "GET", "raw_path": b"/x", "query_string": b"", "client": ("127.0.0.1", 1),
    "scheme": "http", "state": {},
}  # fmt: skip


def test_no_more_than_the_last_ones_are_kept_and_each_is_read_once() -> None:
    log = RequestLog()
    for _ in range(KEPT + 10):
        log.note(SCOPE, "", 200, 0.0)
    found = log.since(0)
    assert [found[0].number, found[-1].number, len(found)] == [11, KEPT + 10, KEPT]
    assert log.since(KEPT + 10) == ()
    assert [one.number for one in log.since(KEPT + 8)] == [KEPT + 9, KEPT + 10]


def test_who_reads_meanwhile_holds_nobody_up_and_misses_nothing() -> None:
    log, seen = RequestLog(), list[int]()
    done = threading.Event()

    def read() -> None:
        last = 0
        while not done.is_set() or last < log.last_number:
            for one in log.since(last):
                seen.append(one.number)
                last = one.number

    reader = threading.Thread(target=read, name="reader")
    reader.start()
    for _ in range(KEPT):
        log.note(SCOPE, "", 200, 0.0)
    done.set()
    reader.join()
    assert seen == list(range(1, KEPT + 1))


def test_all_is_kept_until_the_last_one_who_looks_has_left() -> None:
    log, one, two = RequestLog(), object(), object()
    log.watch(one)
    log.watch(two)
    log.leave(one)
    assert log.is_watched
    log.leave(two)
    log.leave(two)
    assert not log.is_watched

"""`Idempotency-Key`: a POST that is sent again is done once, and answered as it was."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import create_engine, text

from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.domain.idempotency import KEPT, KEY_MOST
from izzitup_desktop.domain.scopes import Scope
from izzitup_desktop.domain.tokens import TokenDraft
from izzitup_desktop.server.routes import ROUTES, RouteClass
from izzitup_desktop.server.v1.idempotency import PATTERN, key_of
from izzitup_desktop.server.v1.refused import Refused
from izzitup_desktop.storage.urls import parse_url
from tests.builders import ALICE, DEADLINE_SECONDS, HandClock, do_due, opened_board
from tests.server.v1.test_routes import asked
from tests.server.v1.world import (
    ADMINISTRATOR,
    EDITOR,
    PUBLIC,
    VIEWER,
    World,
    basic,
    dumped,
    sqlite_world,
    state,
    world_in,
)
from tests.server.wire import Answer, Client, ask, request, serving

pytestmark = pytest.mark.soak_on_postgresql

PERSON = Principal("erin", Role.EDITOR, Origin.DESKTOP)
POSTS = [row for row in ROUTES if row.kind is RouteClass.API and row.method == "POST"]
BODY = {"services": ["MAIL", "VAULT"], "status": "outage", "comment": "fire"}
REPLAYED = "idempotency-replayed"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("idempotency")


@pytest.fixture(scope="module")
def shared(folder: Path) -> Iterator[World]:
    with sqlite_world(folder) as made:
        yield made


@pytest.fixture
def world(shared: World, folder: Path) -> World:
    """A world where all is well, and no key is known yet."""
    shared.board.statuses.set(PERSON, [shared.mail.id, shared.hidden.id], 5)
    with closing(sqlite3.connect(folder / "izzitup.db")) as connection, connection:
        connection.execute("DELETE FROM idempotency_keys")
    return shared


@pytest.fixture
def own(tmp_path: Path) -> Iterator[World]:
    with sqlite_world(tmp_path) as made:
        yield made


def key(text: str = "k") -> tuple[str]:
    return (f'Idempotency-Key: "{text}"',)


def post(
    world: World, body: Any = BODY, *, path: str = "/services/status", who: str = EDITOR,
    headers: tuple[str, ...] = key(),
) -> Answer:  # fmt: skip
    return world.ask("POST", path, body, who=who, headers=headers)


def changes(world: World) -> int:
    return len([e for e in world.board.journal.since(ALICE, 0) if e.origin is Origin.API])


def without_quota(answer: Answer) -> dict[str, str]:
    """The headers that are the answer's own."""
    passing = ("date", "ratelimit", REPLAYED)
    return {name: value for name, value in answer.headers.items() if name not in passing}


def test_what_is_sent_again_is_done_once_and_answered_alike(either: World) -> None:
    first = post(either)
    assert (first.status, REPLAYED in first.headers) == (200, False)
    # Meanwhile somebody else is at it: the answer is what it was then.
    either.board.statuses.set(PERSON, [either.mail.id], 6)
    before = state(either)
    for headers in (key(), ("Idempotency-Key: k",), ("idempotency-key:  k ",)):
        again = post(either, headers=headers)
        assert (again.status, again.body) == (200, first.body)
        assert again.headers[REPLAYED] == "true"
        assert without_quota(again) == without_quota(first)
    assert state(either) == before
    assert changes(either) == 2


def test_every_post_keeps_its_answer_in_the_transaction_of_its_change(
    own: World, tmp_path: Path
) -> None:
    for row in POSTS:
        path, body = asked(own, row, ADMINISTRATOR)
        path = path.partition("?")[0]
        options: Any = {"who": ADMINISTRATOR, "headers": key(row.name)}
        first = own.ask("POST", path, body, **options)
        assert first.status in (200, 201, 204), (row.name, first)
        before = state(own)
        again = own.ask("POST", path, body, **options)
        if first.headers["cache-control"] == "no-store":
            assert (again.status, again.json["code"]) == (409, "conflict.done")
        else:
            assert (again.status, again.body) == (first.status, first.body)
            assert without_quota(again) == without_quota(first)
        assert again.headers[REPLAYED] == "true"
        assert state(own) == before
        if "x-izzitup-operation" in first.headers:
            assert times_of_newest(tmp_path / "izzitup.db", row.name) == 1


def times_of_newest(path: Path, name: str) -> int:
    """How many times there are of the key and of the newest entry: of one transaction, one."""
    with closing(sqlite3.connect(path)) as connection:
        (kept,) = connection.execute("SELECT made FROM idempotency_keys WHERE key = ?", (name,))
        newest = connection.execute("SELECT time FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    return len({kept, newest})


def test_another_request_under_the_same_key_is_refused(world: World) -> None:
    assert post(world).status == 200
    before = state(world)
    others: list[tuple[str, Any]] = [
        ("/services/status", {**BODY, "comment": "water"}),
        ("/services/status?", {**BODY, "status": 7}),
        ("/services", {"name": "New"}),
        ("/services/MAIL/confirm", None),
    ]
    for path, body in others:
        answer = post(world, body, path=path)
        assert (answer.status, answer.json["code"]) == (422, "invalid.key-reused")
    assert state(world) == before


def test_a_key_is_its_account_s_or_its_token_s_own(world: World) -> None:
    account = world.board.accounts.find(EDITOR)
    scopes = frozenset({Scope.READ, Scope.SET})
    token = world.board.tokens.add(
        ALICE, TokenDraft("deploy", account_id=account.id, scopes=scopes)
    ).value.secret
    by_token = (f"Authorization: Bearer {token}", *key())
    answers = [
        post(world, who=EDITOR), post(world, who=ADMINISTRATOR),
        post(world, who=PUBLIC, headers=by_token),
    ]  # fmt: skip
    assert [(a.status, REPLAYED in a.headers) for a in answers] == [(200, False)] * 3
    assert REPLAYED in post(world, who=PUBLIC, headers=by_token).headers


def test_who_may_not_do_it_any_more_is_not_told_what_was_done(world: World) -> None:
    assert post(world).status == 200
    bob = world.board.accounts.find(EDITOR)
    world.board.accounts.edit(ALICE, bob.id, role=Role.VIEWER)
    assert post(world).status == 403
    assert post(world, who=PUBLIC).status == 401
    world.board.accounts.edit(ALICE, bob.id, role=Role.EDITOR)
    assert post(world).headers[REPLAYED] == "true"


@pytest.mark.parametrize(
    "sent",
    ['""', "", '"', '"a', 'a"', '"a"b"', '"a" "b"', '"a", "b"', "a b", "ä", '"ä"', '"a\\b"',
     '"a\\"', "a,b", '"' + "x" * (KEY_MOST + 1) + '"', "x" * (KEY_MOST + 1), '"a";p=1', "?1x(",
     '"a\tb"'],
)  # fmt: skip
def test_a_header_that_is_no_key_is_refused(sent: str) -> None:
    with pytest.raises(Refused) as refused:
        key_of(sent.encode("latin-1"))
    assert (refused.value.problem.status, refused.value.problem.code) == (
        400, "bad-request.idempotency-key",
    )  # fmt: skip


def test_a_malformed_key_changes_nothing(world: World) -> None:
    before = state(world)
    # An empty one is somebody's variable that was not set.
    for headers in (('Idempotency-Key: "a',), ("Idempotency-Key: ",), (*key("a"), *key("b"))):
        answer = post(world, headers=headers)
        assert (answer.status, answer.json["code"]) == (400, "bad-request.idempotency-key")
    assert state(world) == before


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=KEY_MOST))
def test_every_string_of_the_standard_is_the_key_that_it_says(text: str) -> None:
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    assert key_of(quoted.encode()) == text
    assert key_of(f" {quoted}\t".encode()) == text
    assert re.fullmatch(PATTERN, quoted)


@given(st.text(st.characters(max_codepoint=255), max_size=20))
def test_what_is_a_key_the_document_says_too(text: str) -> None:
    try:
        found = key_of(text.encode("latin-1"))
    except Refused:
        found = ""
    assert bool(found) is bool(re.fullmatch(PATTERN, text.strip(" \t")))
    assert len(found) <= len(text)


@contextmanager
def locked(path: Path) -> Iterator[Callable[[], None]]:
    """Nobody else can write to the file, until the function is called."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield lambda: connection.rollback()


def waiting(world: World, count: int) -> None:
    """Until so many changes wait for the lock."""
    done = threading.Event()
    for _ in range(int(DEADLINE_SECONDS * 100)):
        if world.board.core.waiting >= count:
            return
        done.wait(0.01)
    raise AssertionError("nobody waits")


def test_while_the_first_one_runs_the_second_is_told_so(world: World, folder: Path) -> None:
    post(world, headers=())  # what it loads, it loads here
    before = changes(world)
    body = {**BODY, "status": 6}
    sent = request(
        world.server,
        dumped(body),
        path="/api/v1/services/status",
        headers=(basic(EDITOR), *key()),
    )
    with Client(world.server) as client, locked(folder / "izzitup.db") as unlock:
        client.send(sent)
        waiting(world, 1)
        running = post(world, body)
        assert (running.status, running.json["code"]) == (409, "conflict.running")
        assert running.headers["retry-after"] == "1"
        assert post(world, {**body, "status": 5}).json["code"] == "invalid.key-reused"
        unlock()
        first = client.answer()
    again = post(world, body)
    assert (first.status, again.status, again.body) == (200, 200, first.body)
    assert REPLAYED in again.headers
    assert changes(world) == before + 2


def test_two_processes_on_one_database_do_it_once(
    either: World, database_url: str, tmp_path: Path
) -> None:
    with opened_board(database_url, tmp_path, create=False) as board, serving(board) as server:
        for number in range(4):
            body = {"services": ["MAIL"], "status": 6 + number % 2}
            before, answers = changes(either), list[Answer]()
            threads = [
                threading.Thread(
                    target=lambda at=at: answers.append(
                        ask(
                            at, dumped(body), path="/api/v1/services/status",
                            headers=(basic(EDITOR), *key(f"n {number}")),
                        )
                    )
                )
                for at in (server, either.server) * 2
            ]  # fmt: skip
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert changes(either) == before + 1
            told = [answer for answer in answers if answer.status == 200]
            assert {answer.status for answer in answers} <= {200, 409}
            assert len({answer.body for answer in told}) == 1
            assert len([answer for answer in told if REPLAYED not in answer.headers]) == 1


def test_what_changed_nothing_is_judged_anew(world: World) -> None:
    for body, who, status in (
        ({**BODY, "services": ["nobody"]}, EDITOR, 422), (BODY, VIEWER, 403), (b"{", EDITOR, 400),
    ):  # fmt: skip
        assert post(world, body, who=who).status == status
    assert post(world).status == 200
    assert (
        post(world, path="/services", body={"name": "X", "key": "MAIL"}, headers=key("b")).status
        == 409
    )
    assert (
        REPLAYED not in post(world, path="/services", body={"name": "X"}, headers=key("b")).headers
    )


def test_a_proposal_that_was_left_is_kept_with_its_answer(world: World) -> None:
    world.board.statuses.hold(PERSON, [world.mail.id])
    body = {**BODY, "services": ["MAIL"]}
    first = post(world, body)
    assert first.json["code"] == "not-allowed.held"
    # Released meanwhile, it would be set now.
    world.board.statuses.hold(PERSON, [world.mail.id], hold=False)
    again = post(world, body)
    assert (again.status, again.body, again.headers[REPLAYED]) == (403, first.body, "true")
    assert without_quota(again) == without_quota(first)
    assert world.service(world.mail.id).status_id == 5


def test_a_dry_run_takes_no_notice_of_the_key(world: World) -> None:
    for _ in range(2):
        answer = post(world, path="/services/status?dry_run=1")
        assert (answer.json["dry_run"], REPLAYED in answer.headers) == (True, False)
    assert REPLAYED not in post(world).headers
    tried = post(world, path="/services/status?dry_run=true")
    assert (tried.status, REPLAYED in tried.headers) == (200, False)


def test_other_methods_take_no_notice_of_it(world: World) -> None:
    for _ in range(2):
        answer = world.ask(
            "PUT",
            "/services/MAIL/status",
            {"status": 7},
            who=EDITOR,
            headers=("Idempotency-Key: (",),
        )
        assert (answer.status, REPLAYED in answer.headers) == (200, False)


def test_after_a_day_the_key_is_forgotten_and_free(database_url: str, tmp_path: Path) -> None:
    clock = HandClock()
    with world_in(database_url, tmp_path, clock=clock) as world:
        assert post(world).status == 200
        clock.go_on(KEPT - timedelta(seconds=1))
        do_due(world.board)
        assert REPLAYED in post(world).headers
        clock.go_on(timedelta(seconds=2))
        # Another request may have it, also before anybody has looked for what is over.
        assert REPLAYED not in post(world, {**BODY, "status": 6}).headers
        assert REPLAYED in post(world, {**BODY, "status": 6}).headers
        clock.go_on(KEPT + timedelta(seconds=1))
        do_due(world.board)
        assert kept(database_url) == 0


def kept(url: str) -> int:
    engine = create_engine(parse_url(url))
    try:
        with engine.connect() as connection:
            return int(
                connection.execute(text("SELECT count(*) FROM idempotency_keys")).scalar_one()
            )
    finally:
        engine.dispose()


def test_what_is_restored_leaves_what_was_answered_as_it_is(own: World, tmp_path: Path) -> None:
    saved = own.board.backups.save(ALICE, tmp_path / "saved.db")
    assert post(own).status == 200
    own.board.backups.restore(ALICE, saved)
    # It was done, whatever became of it since.
    assert REPLAYED in post(own).headers

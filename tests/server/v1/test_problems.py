"""Every answer below /api/v1 that is none is a problem, with a page that explains it."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from izzitup_desktop.domain import errors
from izzitup_desktop.domain.accounts import PUBLIC, Action
from izzitup_desktop.domain.clock import SYSTEM_CLOCK
from izzitup_desktop.domain.errors import BoardError, Held, Invalid, NotAllowed, NotFound
from izzitup_desktop.server import refusal
from izzitup_desktop.server.accepted import language_of
from izzitup_desktop.server.limits import OF_CLASSES, ClassLimits, Limits
from izzitup_desktop.server.problems import KINDS, of_error, of_refusal
from izzitup_desktop.server.routes import RouteClass
from izzitup_desktop.server.v1.api import Problems
from izzitup_desktop.text.catalogue import Catalogue
from tests.builders import GOOD_PASSWORD, opened_board
from tests.server.v1.world import EDITOR, World, assert_problem, basic, sqlite_world
from tests.server.wire import Answer, Client, ask, request, serving

BODY_MOST = OF_CLASSES[RouteClass.API].body_bytes


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with sqlite_world(tmp_path_factory.mktemp("problems")) as made:
        yield made


def code(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.json["code"]


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "expected"),
    [
        ("GET", "", None, (), (404, "not-found.route")),
        ("GET", "/nowhere", None, (), (404, "not-found.route")),
        ("GET", "/services/", None, (), (404, "not-found.route")),
        ("GET", "/services/99", None, (), (404, "not-found.service")),
        ("GET", "/services/" + "9" * 1_000, None, (), (404, "not-found.service")),
        ("GET", "/services/%C3%A4%00", None, (), (404, "not-found.service")),
        ("GET", "/groups/99", None, (), (404, "not-found.group")),
        ("GET", "/groups/Corn", None, (), (404, "not-found.group")),
        ("GET", "/groups/99/restore", None, (), (405, "method-not-allowed")),
        ("GET", "/accounts", None, (), (401, "sign-in-needed")),
        ("POST", "/tokens", {"name": "x"}, (), (401, "sign-in-needed")),
        ("PUT", "/backups/x/contents", None, (), (405, "method-not-allowed")),
        ("PUT", "/services/MAIL", None, (), (405, "method-not-allowed")),
        ("TRACE", "/statuses", None, (), (405, "method-not-allowed")),
        ("get", "/statuses", None, (), (405, "method-not-allowed")),
        ("POST", "/summary", {}, (), (405, "method-not-allowed")),
        ("GET", "/services?limit=0", None, (), (422, "invalid")),
        ("PATCH", "/services/MAIL", {}, (), (401, "sign-in-needed")),
        ("GET", "/journal", None, (), (401, "sign-in-needed")),
        ("GET", "/services?held=true", None, (), (401, "sign-in-needed")),
        ("GET", "/statuses", None, ("Origin: http://evil.example",), (403, "origin-not-allowed")),
        ("GET", "/statuses", None, ("Sec-Fetch-Site: cross-site",), (403, "origin-not-allowed")),
        ("POST", "/services", b" " * (BODY_MOST + 1), (), (413, "too-large")),
        ("GET", "/services?q=" + "x" * 2_048, None, (), (414, "path-too-long")),
        ("GET", "/services", None, ("X-Long: " + "y" * 17_000,), (431, "headers-too-large")),
        ("GET", "/services?q=" + "x" * 17_000, None, (), (431, "headers-too-large")),
        ("GET", "/services", None, ("no colon",), (400, "bad-request")),
        ("POST", "/services", b"x", ("Content-Encoding: gzip",), (415, "unsupported-media-type")),
        ("POST", "/services", b"x", ("Expect: miracles",), (417, "expectation-failed")),
        ("POST", "/services", b"{}", ("Content-Type: text/plain",), (415, "unsupported-media-type")),
        (
            "POST", "/services", b"{}", ("Content-Type: application/x-www-form-urlencoded",),
            (415, "unsupported-media-type"),
        ),
        (
            "POST", "/services", b"{}", ("Content-Type: application/json; charset=utf-16",),
            (415, "unsupported-media-type"),
        ),
    ],
)  # fmt: skip
def test_what_is_not_taken_is_a_problem(
    world: World, method: str, path: str, body: Any, headers: tuple[str, ...], expected: object
) -> None:
    answer = world.ask(method, path, body, headers=headers)
    assert code(answer) == expected
    assert "x-izzitup-result" not in answer.headers
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("sent", [
    b"", b"{", b"[", b'{"a":1,"a":2}', b"NaN", b'{"status":NaN}', b"\xff\xfe{}", b'{"x":"\\ud800"}',
    b"[" * 40 + b"]" * 40, b'{"a":' * 20 + b"1" + b"}" * 20,
])  # fmt: skip
def test_a_body_goes_through_the_strict_parser(world: World, sent: bytes) -> None:
    answer = world.ask("PUT", "/services/MAIL/status", sent, who=EDITOR)
    assert code(answer) == ((400, "malformed-json") if sent else (422, "invalid"))


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON; charset=UTF-8", ""])
def test_json_is_taken_by_its_name_and_without_one(world: World, kind: str) -> None:
    headers = (f"Content-Type: {kind}",) if kind else ()
    path = "/services/MAIL/status?dry_run=true"
    answer = world.ask("PUT", path, b'\xef\xbb\xbf{"status":7}', who=EDITOR, headers=headers)
    assert answer.status == 200


def test_values_that_can_t_be_taken_are_named_by_pointer_or_parameter(world: World) -> None:
    body = {"status": "outrage", "comment": 7, "until": "tomorrow", "x/y~z": 1}
    told = world.ask("PUT", "/services/MAIL/status?dry=1", body, who=EDITOR).json
    places = [error.get("pointer") or error.get("parameter") for error in told["errors"]]
    assert sorted(str(place) for place in places) == ["/comment", "/until", "/x~1y~0z", "dry"]
    told = world.ask("PUT", "/services/MAIL/status", {"status": "outrage"}, who=EDITOR).json
    assert told["errors"][0]["pointer"] == "/status"
    assert told["hint"] == "Did you mean Outage?"
    told = world.ask("PUT", "/services/MAIL/status", {"status": "Done"}, who=EDITOR).json
    assert told["errors"][0]["pointer"] == "/status"
    told = world.ask("POST", "/services/status", {"services": [], "status": [6]}, who=EDITOR).json
    assert [error["pointer"] for error in told["errors"]] == ["/status", "/services"]


@pytest.mark.parametrize(
    ("body", "detail", "hint"),
    [
        ({"status": 7, "coment": "x"}, "There is nothing of this name.",
         "Did you mean comment instead of coment?"),
        ({"status": [7]}, "A whole number or a text is needed.", None),
        ({"status": 7, "comment": 7}, "A text is needed.", None),
        ({"status": 7, "until": "soon"}, "A time like 2026-11-28T08:00:00Z is needed.", None),
        ({"status": 7, "until": "2026-11-28T08:00:00"},
         "A time with its zone, like 2026-11-28T08:00:00Z, is needed.", None),
        ({"status": 7, "hold": "yes"}, "True or false is needed.", None),
        ({}, "It is missing.", None),
        ([], "An object is needed.", None),
    ],
)  # fmt: skip
def test_what_is_needed_instead_is_said_in_words(
    world: World, body: object, detail: str, hint: str | None
) -> None:
    told = world.ask("PUT", "/services/MAIL/status", body, who=EDITOR).json
    assert [error["detail"] for error in told["errors"]] == [detail]
    assert told.get("hint") == hint


def test_a_body_that_is_none_and_one_that_is_something_else_are_told_apart(world: World) -> None:
    told = world.ask("PUT", "/services/MAIL/status", b"", who=EDITOR).json
    assert told["detail"] == "The body is missing."
    told = world.ask("PUT", "/services/MAIL/status", [], who=EDITOR).json
    assert told["detail"] == "The body can't be taken: an object is needed."


def test_a_parameter_that_is_nearly_right_is_told_back(world: World) -> None:
    told = world.ask("GET", "/services?limits=5").json
    assert told["errors"] == [{"parameter": "limits", "detail": "There is nothing of this name."}]
    assert told["hint"] == "Did you mean limit instead of limits?"
    told = world.ask("GET", "/services?limit=0").json
    assert told["errors"] == [{"parameter": "limit", "detail": "It must be 1 at least."}]


def test_of_many_names_that_are_unknown_few_are_guessed(world: World) -> None:
    names = [f"hidden{place}" for place in range(100)]
    told = world.ask("GET", "/services?" + "&".join(f"{name}=" for name in names)).json
    assert [error["parameter"] for error in told["errors"]] == names
    assert told["hint"].count("Did you mean hidden instead of") == 4


def test_a_key_that_is_nearly_right_is_told_back_unless_it_is_hidden(world: World) -> None:
    told = world.ask("GET", "/services/MIAL").json
    assert told["hint"] == "Did you mean MAIL? /api/v1/services/MAIL"
    assert "hint" not in world.ask("GET", "/services/VAULTS").json
    assert "VAULT" in world.ask("GET", "/services/VAULTS", who=EDITOR).json["hint"]


def test_a_hidden_service_and_a_missing_one_are_the_same_bytes(world: World) -> None:
    def masked(reference: str) -> tuple[bytes, list[tuple[str, str]]]:
        answer = world.ask("GET", f"/services/{reference}")
        lengths = [
            (key, "" if key in ("content-length", "date") else value)
            for key, value in answer.header_list
        ]
        return answer.body.replace(f"'{reference}'".encode(), b"?"), lengths

    assert masked("VAULT") == masked("VALUE")
    assert masked(str(world.hidden.id)) == masked(str(world.removed.id)) == masked("77")


NO_SIGN_INS = [
    "Authorization: Basic", "Authorization: x", "Authorization: Basic ???",
    "Authorization: Basic " + base64.b64encode(b"bob").decode(),
    "Authorization: Basic " + base64.b64encode(b"\xff:\xff").decode(),
    "Authorization: Bearer izu_" + "0" * 49, "Authorization: Digest username=bob",
    basic("bob", "wrong"), basic("nobody"), basic("", ""),
]  # fmt: skip


def test_whoever_does_not_sign_in_is_told_no_reason(tmp_path: Path) -> None:
    with sqlite_world(tmp_path) as world:
        answers = [
            world.ask("GET", path, headers=(header,))
            for header in NO_SIGN_INS
            for path in ("/statuses", "/services/MAIL")
        ]
        assert {code(answer) for answer in answers} == {(401, "sign-in-failed")}
        assert len({answer.body for answer in answers}) == 1


def test_failed_sign_ins_are_throttled_with_those_of_the_services_api(tmp_path: Path) -> None:
    with sqlite_world(tmp_path) as world:
        wrong = basic(EDITOR, "wrong")
        for _ in range(5):
            assert world.ask("GET", "/services", headers=(wrong,)).status == 401
        answer = world.ask("GET", "/services", who=EDITOR)
        assert code(answer) == (429, "throttled")
        assert int(answer.headers["retry-after"]) > 0
        body = f'{{"action":"setstatus","service":1,"status":6,"user":"{EDITOR}","pwd":"{GOOD_PASSWORD}"}}'
        assert ask(world.server, body.encode()).status == 429


def test_a_database_that_can_t_be_used_is_told_with_when_to_try_again(tmp_path: Path) -> None:
    with sqlite_world(tmp_path) as world:
        Path(tmp_path, "izzitup.db").unlink()
        answers = [
            world.ask("GET", "/services"),
            world.ask("PUT", "/services/MAIL/status", {"status": 7}, who=EDITOR),
        ]
        for answer in answers:
            assert code(answer)[0] == 503
            assert code(answer)[1].startswith("unavailable")
            assert answer.headers["retry-after"]


def test_what_the_guard_and_a_connection_refuse_is_a_problem_as_well(world: World) -> None:
    with Client(world.server) as client:
        client.send(b"GET /api/v1/statuses HTTP/1.1\r\nHost: evil.example\r\n\r\n")
        answer = client.answer()
        assert_problem(answer)
        assert code(answer) == (421, "host-not-allowed")
    with Client(world.server) as client:
        head = request(
            world.server, None, path="/api/v1/services", headers=("Transfer-Encoding: chunked",)
        )
        client.send(head + b"no size\r\n")
        answer = client.answer()
        assert_problem(answer)
        assert code(answer) == (400, "bad-request")
        assert client.is_closed()
    # Elsewhere it is the contract's envelope, as ever.
    with Client(world.server) as client:
        client.send(
            request(world.server, None, headers=("Transfer-Encoding: chunked",)) + b"no size\r\n"
        )
        assert client.answer().json["message"] == "Bad request"


def test_a_class_of_route_has_its_own_deadlines_and_limits(tmp_path: Path) -> None:
    short = ClassLimits(body_bytes=8, body_seconds=0.05, answer_seconds=20.0)
    limits = Limits(classes={**OF_CLASSES, RouteClass.API: short})
    with (
        opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board,
        serving(board, limits) as server,
        Client(server) as client,
        Client(server) as other,
    ):
        late = ("Content-Length: 5",)
        other.send(request(server, None, headers=late))
        client.send(request(server, None, path="/api/v1/services", headers=late))
        answer = client.answer()
        assert_problem(answer)
        assert code(answer) == (408, "request-timeout")
        assert client.is_closed()
        # The contract's are as they were, whoever else was asked meanwhile.
        other.send(b"     ")
        assert other.answer().status == 200
        too_large = ask(server, b" " * 9, path="/api/v1/services")
        assert code(too_large) == (413, "too-large")


def test_every_refusal_has_a_problem() -> None:
    for status, message in refusal.MESSAGES.items():
        assert of_refusal(status, message).status == status
        raw = refusal.refusal(status, "/api/v1/services")
        assert raw.startswith(b"HTTP/1.1 %d " % status)
        assert b"application/problem+json" in raw
        assert b"application/problem+json" not in refusal.refusal(status, "/api/v10")


def kinds(base: type[BoardError] = BoardError) -> Iterator[type[BoardError]]:
    """The board's own; what another board refused has the code that it told."""
    for kind in base.__subclasses__():
        if kind.__module__ == errors.__name__:
            yield kind
            yield from kinds(kind)


def test_every_error_of_the_board_that_a_request_can_meet_is_a_problem() -> None:
    unsigned: list[BoardError] = [
        errors.SignInFailed(), errors.SignInStale(), errors.NoToken(), errors.MistypedToken(),
        errors.WrongTokenKind("izh_"), errors.UnknownToken(), errors.RevokedToken("watch"),
        errors.ExpiredToken("watch"), errors.OwnerlessToken("watch"),
    ]  # fmt: skip
    made: list[BoardError] = [
        Invalid("name", "why"), NotAllowed(Action.SERVICE_EDIT.value, "bob"), Held("x", "bob"),
        errors.Throttled(3), errors.Conflict("why"), errors.Outdated("why"),
        errors.Unavailable("why"), errors.Damaged("why"), errors.FullDisk("why"),
        errors.LostDatabase("why"), errors.NewerDatabase("why"), errors.OlderDatabase("why"), errors.KeyReused(), *unsigned,
        *(NotFound(subject, "7") for subject in errors.SUBJECTS),
    ]  # fmt: skip
    # What a program asks for nobody cancels.
    assert {type(error) for error in made} == set(kinds()) - {errors.Cancelled}
    for error in made:
        problem = of_error(error)
        assert problem.code.startswith(error.code.partition(".")[0])
        assert problem.status >= 400
    # Strangers can't tell apart why somebody did not sign in.
    assert len({of_error(error).content() for error in unsigned}) == 1
    with pytest.raises(errors.Cancelled):
        of_error(errors.Cancelled())


def test_a_fault_of_ours_is_an_id_in_log_and_answer(caplog: pytest.LogCaptureFixture) -> None:
    for fault in (RuntimeError("secret"), errors.Cancelled()):
        problem = Problems(SYSTEM_CLOCK).of(fault, PUBLIC)
        assert (problem.status, problem.code) == (500, "internal")
        found = re.fullmatch("Internal error ([0-9a-f]{8})", problem.detail)
        assert found is not None
        assert f"internal error {found[1]}" in caplog.text
        assert b"secret" not in problem.content()


def page(world: World, path: str, language: str = "") -> Answer:
    headers = (f"Accept-Language: {language}",) if language else ()
    return ask(world.server, method="GET", path=path, headers=headers)


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_problem_has_a_page_in_both_languages(world: World, language: str) -> None:
    words = Catalogue(language)
    for name, kind in KINDS.items():
        answer = page(world, f"/problems/{name}", language)
        assert answer.status == 200
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["content-language"] == language
        text = html.unescape(answer.body.decode("utf-8"))
        assert f'<html lang="{language}">' in text
        assert words.text(kind.title) in text
        assert words.text(kind.about) in text
        if language == "de":
            assert words.text(kind.title) != str(kind.title)
    listed = page(world, "/problems", language).body.decode("utf-8")
    assert re.findall(r'href="/problems/([a-z.-]+)"', listed) == list(KINDS)


def test_a_page_loads_nothing_from_anywhere_and_runs_nothing(world: World) -> None:
    answer = page(world, "/problems/invalid")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert b"<script" not in answer.body
    assert b"http" not in answer.body.replace(b"HTTP", b"")


def test_a_problem_that_is_none_has_a_page_that_says_so(world: World) -> None:
    for path in ("/problems/x", "/problems/%3Cscript%3E", "/problems/unavailable.damaged.x"):
        answer = page(world, path)
        assert answer.status == 404
        assert b"There is no such problem" in answer.body
    for path in ("/problems/a/b", "/problems/"):
        assert code(page(world, path)) == (404, "not-found.route")
    assert ask(world.server, method="OPTIONS", path="/problems").status == 204
    answer = ask(world.server, method="DELETE", path="/problems/invalid")
    assert code(answer) == (405, "method-not-allowed")
    assert page(world, "/problemsx").json["message"] == "Not found"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("", "en"), ("de", "de"), ("de-AT,de;q=0.9,en;q=0.8", "de"), ("fr,de;q=0.5,en;q=0.7", "en"),
     ("fr", "en"), ("*", "en"), ("de;q=0", "en"), ("de;q=x,en;q=0.1", "en"), ("DE", "de")],
)  # fmt: skip
def test_the_language_of_a_page_is_the_one_that_is_liked_best(accepted: str, language: str) -> None:
    assert language_of(accepted.encode()) == language


@given(st.binary(max_size=80))
def test_no_wish_for_a_language_makes_it_fail(accepted: bytes) -> None:
    assert language_of(accepted) in ("en", "de")


@pytest.mark.parametrize(
    ("path", "near"),
    [("", ""), ("/nowhere", ""), ("/services/", "services"), ("/service", "services"),
     ("/stauses", "statuses"), ("/" + "x" * 1_000, "")],
)  # fmt: skip
def test_who_asks_for_no_address_is_told_which_there_are(
    world: World, path: str, near: str
) -> None:
    meant = f"Did you mean /api/v1/{near}? " if near else ""
    hint = world.ask("GET", path).json["hint"]
    assert hint == f"{meant}All that there is: /api/docs, /api/v1/openapi.json"

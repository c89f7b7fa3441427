"""Writing by the API v1: one transaction each, bound to what was read, or only tried."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.kinds.access import ACCESS_REFUSED
from izzitup_desktop.domain.kinds.statuses import SERVICE_CONFIRMED, SERVICE_STATUS
from izzitup_desktop.domain.services import ServiceDraft
from tests.builders import ALICE, BOB, GOOD_PASSWORD, opened_board
from tests.server.v1.world import (
    ADMINISTRATOR,
    EDITOR,
    LIMITED,
    PUBLIC,
    VIEWER,
    World,
    basic,
    sqlite_world,
    state,
)
from tests.server.wire import ask, serving

PERSON = Principal("erin", Role.EDITOR, Origin.DESKTOP)


def put(world: World, body: Any, *, of: str = "MAIL", who: str = EDITOR, **options: Any) -> Any:
    return world.ask("PUT", f"/services/{of}/status", body, who=who, **options)


def test_a_status_is_set_by_id_or_by_name_in_any_case(world: World) -> None:
    for status in (6, "7", "Impaired", "OUTAGE", " impaired ", 7.0):
        answer = put(world, {"status": status, "comment": " the disk is full "})
        assert answer.status == 200
        assert answer.json == world.get("/services/MAIL", who=EDITOR)
        read = world.ask("GET", "/services/MAIL", who=EDITOR)
        assert answer.headers["etag"] == read.headers["etag"]
        service = world.service(world.mail.id)
        assert service.status_id == (7 if status in ("7", "OUTAGE", 7.0) else 6)
        assert (service.comment, service.changed_by) == ("the disk is full", "bob")
        (entry,) = world.board.journal.latest(ALICE, limit=1)
        assert (entry.kind, entry.actor, entry.origin) == (SERVICE_STATUS, "bob", Origin.API)
        assert answer.headers["x-izzitup-operation"] == str(entry.operation_id)


def test_it_is_durable_on_both_databases_and_the_same_status_is_confirmed(either: World) -> None:
    for kind in (SERVICE_STATUS, SERVICE_CONFIRMED):
        assert put(either, {"status": "impaired"}).status == 200
        assert either.board.journal.latest(ALICE, limit=1)[0].kind == kind
    assert either.service(either.mail.id).status_id == 6


def test_a_status_may_be_for_a_time_and_held(either: World) -> None:
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=2)
    body = {"status": 6, "until": until.isoformat(), "then": "Operational", "hold": True}
    assert put(either, body).status == 200
    service = either.service(either.mail.id)
    assert service.expiry == Expiry(until, 5)
    assert service.hold is not None
    assert service.hold.by == "bob"
    # A script that holds a status keeps itself out, too, as any other.
    assert put(either, {"status": 5}).json["code"] == "not-allowed.held"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"status": 8}, "/status"),
        ({"status": 99}, "/status"),
        ({"status": True}, "/status"),
        ({"status": None}, "/status"),
        ({}, "/status"),
        ({"status": 6, "until": "2020-01-01T00:00:00Z"}, "/until"),
        ({"status": 6, "until": "2126-01-01T00:00:00Z"}, "/until"),
        ({"status": 6, "until": "2026-12-24T18:00:00"}, "/until"),
        ({"status": 6, "then": 5}, "/then"),
        ({"status": 6, "until": "2126-01-01T00:00:00Z", "then": "x"}, "/then"),
        ({"status": 6, "comment": "x" * 2_001}, "/comment"),
        ({"status": 6, "comment": "\u0007"}, "/comment"),
        ({"status": 6, "hold": "yes"}, "/hold"),
        ({"status": 6, "colour": "red"}, "/colour"),
    ],
)
def test_what_can_t_be_set_is_named_and_changes_nothing(
    still: World, body: dict[str, Any], pointer: str
) -> None:
    before = state(still)
    answer = put(still, body)
    assert answer.status == 422
    assert pointer in [error["pointer"] for error in answer.json["errors"]]
    assert state(still) == before


def test_a_body_that_is_no_object_is_refused(still: World) -> None:
    for body in (b"[]", b'"7"', b"7", b"null", b""):
        assert put(still, body).status == 422


def test_a_person_s_hold_keeps_the_status_and_the_proposal_is_kept(world: World) -> None:
    world.board.statuses.hold(PERSON, [world.mail.id])
    answer = put(world, {"status": 7})
    assert (answer.status, answer.json["code"]) == (403, "not-allowed.held")
    service = world.service(world.mail.id)
    assert service.status_id == 5
    assert service.proposal is not None


def test_who_may_not_is_refused_and_the_journal_has_it(either: World) -> None:
    before = either.board.services.list(ALICE)
    assert put(either, {"status": 7}, who=PUBLIC).status == 401
    assert put(either, {"status": 7}, who=VIEWER).json["code"] == "not-allowed"
    assert put(either, {"status": 7}, who=LIMITED).json["code"] == "not-allowed"
    assert put(either, {"status": 7}, of="Drucker-3", who=LIMITED).status == 200
    assert either.board.services.list(ALICE)[0] == before[0]
    kinds = [(entry.kind, entry.actor) for entry in either.board.journal.latest(ALICE, limit=3)]
    assert (ACCESS_REFUSED, VIEWER) in kinds
    assert (ACCESS_REFUSED, LIMITED) in kinds


def test_what_was_read_and_changed_since_is_not_overwritten(either: World) -> None:
    read = either.ask("GET", "/services/MAIL", who=EDITOR).headers["etag"]
    public = either.ask("GET", "/services/MAIL").headers["etag"]
    either.board.statuses.set(PERSON, [either.mail.id], 6, "on it")
    before = state(either)
    for tag in (read, public, '"x"', f'"x", {read}', f"W/{read}"):
        header = (f"If-Match: {tag}",)
        for method, path, body in (
            ("PUT", "/services/MAIL/status", {"status": 7}),
            ("PATCH", "/services/MAIL", {"note": "new"}),
            ("DELETE", "/services/MAIL", None),
        ):
            answer = either.ask(method, path, body, who=EDITOR, headers=header)
            assert (answer.status, answer.json["code"]) == (412, "conflict.outdated")
            assert answer.json["changed_by"] == "erin"
            assert answer.json["current"] == either.get("/services/MAIL", who=EDITOR)
            assert (
                answer.headers["etag"]
                == either.ask("GET", "/services/MAIL", who=EDITOR).headers["etag"]
            )
    assert state(either) == before


def test_what_is_still_as_it_was_read_is_changed(either: World) -> None:
    for who in (EDITOR, PUBLIC):
        tag = either.ask("GET", "/services/MAIL", who=who).headers["etag"]
        header = (f'If-Match: "other", {tag}',)
        assert put(either, {"status": 7}, headers=header).status == 200
    assert put(either, {"status": 7}, headers=("If-Match: *",)).status == 200
    tag = put(either, {"status": 6}).headers["etag"]
    assert put(either, {"status": 5}, headers=(f"If-Match: {tag}",)).status == 200


def test_of_many_that_read_the_same_one_changes_it(world: World) -> None:
    tag = world.ask("GET", "/services/MAIL", who=EDITOR).headers["etag"]
    answers: list[int] = []

    def change() -> None:
        answers.append(put(world, {"status": 7}, headers=(f"If-Match: {tag}",)).status)

    threads = [threading.Thread(target=change) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, *[412] * 5]


def test_several_statuses_are_one_operation_all_or_nothing(either: World) -> None:
    body = {
        "services": ["MAIL", str(either.printer.id), either.mail.id],
        "status": "outage",
        "comment": "fire",
    }
    answer = either.ask("POST", "/services/status", body, who=EDITOR)
    assert answer.status == 200
    assert [service["name"] for service in answer.json["items"]] == ["E-Mail", "Büro-Drucker № 3"]
    entries = either.board.journal.latest(ALICE, limit=2)
    assert {entry.operation_id for entry in entries} == {answer.json["operation_id"]}
    before = state(either)
    for services, pointer in (
        (["MAIL", "nobody"], "/services/1"),
        ([either.removed.id, 1], "/services/0"),
    ):
        answer = either.ask("POST", "/services/status", {**body, "services": services}, who=EDITOR)
        assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, pointer)
    # One of them is not Dora's.
    assert either.ask("POST", "/services/status", {**body, "status": 5}, who=LIMITED).status == 403
    assert state(either)[0:2] == before[0:2]  # type: ignore[index]


def test_several_with_one_that_is_held_leave_all_as_they_are(world: World) -> None:
    world.board.statuses.hold(PERSON, [world.printer.id])
    body = {"services": ["MAIL", "Drucker-3"], "status": 7}
    answer = world.ask("POST", "/services/status", body, who=EDITOR)
    assert answer.json["code"] == "not-allowed.held"
    assert {service.status_id for service in world.board.services.list(ALICE)} == {5}


def test_a_thousand_statuses_are_set_at_once(world: World) -> None:
    ids = [world.board.services.add(ALICE, ServiceDraft(f"S {n}")).value.id for n in range(120)]
    answer = world.ask("POST", "/services/status", {"services": ids, "status": 6}, who=EDITOR)
    assert len(answer.json["items"]) == 120
    too_many = {"services": list(range(1_001)), "status": 6}
    assert world.ask("POST", "/services/status", too_many, who=EDITOR).status == 422


WRITES: list[tuple[str, str, Any]] = [
    ("PUT", "/services/MAIL/status", {"status": 7, "comment": "x"}),
    ("POST", "/services/status", {"services": ["MAIL", "VAULT"], "status": 6}),
    ("POST", "/services", {"name": "New", "key": "NEW", "group": "core", "status": "impaired"}),
    ("PATCH", "/services/MAIL", {"name": "Mail", "hidden": True, "group": None}),
    ("DELETE", "/services/MAIL", None),
    ("POST", "/trash/{removed}/restore", None),
]


def test_what_is_only_tried_says_what_would_change_and_changes_nothing(either: World) -> None:
    for method, path, body in WRITES:
        assert_tried_and_done(either, method, path.format(removed=either.removed.id), body)


def assert_tried_and_done(world: World, method: str, path: str, body: Any) -> None:
    before = state(world)
    tried = world.ask(method, f"{path}?dry_run=true", body, who=EDITOR)
    assert tried.status == 200
    assert tried.json["dry_run"] is True
    assert "etag" not in tried.headers
    assert state(world) == before
    last_id = world.board.last_id()
    done = world.ask(method, path, body, who=EDITOR)
    assert done.status in (200, 201, 204)
    is_new = done.status == 201
    entries = world.board.journal.since(ALICE, last_id)
    changes = tried.json["changes"]
    journal = [world.get(f"/journal/{entry.id}", who=EDITOR) for entry in entries]
    for name in ("kind", "before", "after"):
        assert [change[name] for change in changes] == [entry[name] for entry in journal]
    assert [change["subject"]["id"] for change in changes] == [
        None if is_new else entry.subject_id for entry in entries
    ]
    if done.status != 204:
        shown = done.json.get("items", [done.json])
        assert [timeless(one) for one in tried.json["items"]] == [
            {**timeless(one), "id": None, "links": {}} if is_new else timeless(one) for one in shown
        ]


def timeless(service: Any) -> Any:
    times = ("since", "updated", "confirmed", "created")
    return {name: value for name, value in service.items() if name not in times}


def test_what_would_be_refused_is_refused_when_it_is_tried(still: World) -> None:
    before = state(still)
    assert put(still, {"status": 8}, of="MAIL", headers=()).status == 422
    for method, path, body, who, status in (
        ("PUT", "/services/MAIL/status?dry_run=1", {"status": 7}, VIEWER, 403),
        ("POST", "/services?dry_run=true", {"name": "Mail", "key": "mail"}, EDITOR, 409),
        ("PATCH", "/services/MAIL?dry_run=true", {"name": " "}, EDITOR, 422),
        ("DELETE", "/services/99?dry_run=true", None, EDITOR, 404),
        ("DELETE", "/services/MAIL?dry_run=perhaps", None, EDITOR, 422),
    ):
        assert still.ask(method, path, body, who=who).status == status
    # Nor is it journalled that somebody tried.
    assert state(still) == before


def test_a_password_that_was_changed_does_nothing_more(world: World) -> None:
    assert put(world, {"status": 6}).status == 200
    bob = world.board.accounts.find(EDITOR)
    world.board.accounts.set_password(
        Principal.of(world.board.accounts.find(ADMINISTRATOR), Origin.CLI),
        bob.id,
        "another good one 7",
    )
    assert put(world, {"status": 7}).status == 401
    assert world.service(world.mail.id).status_id == 6


def test_an_account_that_was_changed_elsewhere_goes_on_with_the_rights_it_has_then(
    world: World, tmp_path: Path
) -> None:
    assert put(world, {"status": 6}).status == 200
    bob = world.board.accounts.find(EDITOR)
    world.board.accounts.edit(ALICE, bob.id, group_ids=[1])
    assert put(world, {"status": 7}).status == 403
    world.board.accounts.edit(ALICE, bob.id, group_ids=[])
    assert put(world, {"status": 7}).status == 200


def test_both_apis_change_the_same_board(world: World) -> None:
    put(world, {"status": 7})
    listed = ask(world.server, method="GET").json["data"]
    assert listed[0]["status"] == "7"
    body = f'{{"action":"setstatus","service":1,"status":5,"user":"bob","pwd":"{GOOD_PASSWORD}"}}'
    ask(world.server, body.encode())
    assert world.get("/services/MAIL")["status"]["id"] == 5
    assert basic(EDITOR).startswith("Authorization: Basic ")
    world.board.services.remove(BOB, [world.mail.id])
    assert put(world, {"status": 7}).status == 404


def test_of_a_board_that_was_not_read_yet_what_was_changed_is_not_taken_for_all(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path}/izzitup.db"
    with sqlite_world(tmp_path) as world:
        mail = world.mail
    with opened_board(url, tmp_path, create=False) as board:
        board.statuses.set(PERSON, [mail.id], 6)
        with serving(board) as server:
            answer = ask(
                server, b'{"status": 7}', method="PUT", path="/api/v1/services/MAIL/status",
                headers=(basic(EDITOR),),
            )  # fmt: skip
    assert (answer.status, answer.json["group"]) == (200, {"id": mail.group_id, "name": "Core"})

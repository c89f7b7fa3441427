"""Confirm, hold, release and undo by the API v1."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.domain.kinds.statuses import SERVICE_CONFIRMED
from izzitup_desktop.domain.scopes import Limits, Scope
from izzitup_desktop.domain.tokens import TokenDraft
from tests.builders import ALICE, GOOD_PASSWORD
from tests.server.v1.world import (
    ADMINISTRATOR,
    EDITOR,
    LIMITED,
    PUBLIC,
    VIEWER,
    World,
    sqlite_world,
    state,
)
from tests.server.wire import Answer

PERSON = Principal("erin", Role.EDITOR, Origin.DESKTOP)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with sqlite_world(tmp_path_factory.mktemp("shared")) as made:
        yield made


@pytest.fixture
def common(shared: World) -> World:
    """A world that others had before, in which all is well."""
    shared.board.statuses.hold(PERSON, [shared.mail.id], hold=False)
    shared.board.statuses.set(PERSON, [shared.mail.id], 5)
    return shared


def post(world: World, path: str, body: Any = None, *, who: str = EDITOR, **more: Any) -> Answer:
    return world.ask("POST", path, body, who=who, **more)


def undo(world: World, operation: object, *, who: str = EDITOR, **more: Any) -> Answer:
    return post(world, f"/journal/{operation}/undo", who=who, **more)


def operation(answer: Answer) -> str:
    assert answer.status in (200, 201, 204), answer
    return answer.headers["x-izzitup-operation"]


def test_a_status_is_confirmed_with_and_without_a_word(either: World) -> None:
    for body, said in ((None, ""), ({}, ""), ({"comment": " seen "}, "seen")):
        answer = post(either, "/services/mail/confirm", body)
        assert (answer.status, answer.json["comment"]) == (200, said)
        assert answer.json == either.get("/services/MAIL", who=EDITOR)
        (entry,) = either.board.journal.latest(ALICE, limit=1)
        assert (entry.kind, entry.comment) == (SERVICE_CONFIRMED, said)
        assert operation(answer) == str(entry.operation_id)


def test_a_hold_keeps_scripts_out_until_who_holds_it_releases_it(either: World) -> None:
    held = post(either, "/services/MAIL/hold", {"comment": "vendor"})
    assert (held.json["held_by"], held.json["comment"]) == (EDITOR, "vendor")
    set_it = {"status": 7}
    refused = either.ask("PUT", "/services/MAIL/status", set_it, who=ADMINISTRATOR)
    assert refused.json["code"] == "not-allowed.held"
    refused = post(either, "/services/MAIL/release", who=ADMINISTRATOR)
    assert (refused.status, refused.json["code"]) == (403, "not-allowed.held")
    released = post(either, "/services/MAIL/release")
    assert (released.json["held_by"], released.json["proposal"]) == (None, None)
    assert either.ask("PUT", "/services/MAIL/status", set_it, who=ADMINISTRATOR).status == 200


def test_what_is_held_already_or_by_nobody_stays_as_it_is(world: World) -> None:
    world.board.statuses.hold(PERSON, [world.mail.id])
    before = state(world)
    answer = post(world, "/services/MAIL/hold", who=ADMINISTRATOR)
    assert (answer.json["held_by"], "x-izzitup-operation" in answer.headers) == ("erin", False)
    answer = post(world, "/services/VAULT/release")
    assert (answer.json["held_by"], "x-izzitup-operation" in answer.headers) == (None, False)
    assert state(world) == before


@pytest.mark.parametrize("what", ["confirm", "hold", "release"])
def test_each_is_refused_to_who_may_not_and_where_it_is_not_as_expected(
    common: World, what: str
) -> None:
    if what == "release":
        post(common, "/services/MAIL/hold")
    tag = common.ask("GET", "/services/MAIL", who=EDITOR).headers["etag"]
    common.board.statuses.set(PERSON, [common.mail.id], 6)
    before = common.service(common.mail.id)
    path = f"/services/MAIL/{what}"
    for who, reference, body, headers, expected in (
        (VIEWER, "MAIL", None, (), (403, "not-allowed")),
        (LIMITED, "MAIL", None, (), (403, "not-allowed")),
        (PUBLIC, "MAIL", None, (), (401, "sign-in-needed")),
        (EDITOR, "MIAL", None, (), (404, "not-found.service")),
        (EDITOR, "MAIL", {"why": "x"}, (), (422, "invalid")),
        (EDITOR, "MAIL", {"comment": "x" * 2_001}, (), (422, "invalid")),
        (EDITOR, "MAIL", None, (f"If-Match: {tag}",), (412, "conflict.outdated")),
    ):
        answer = post(common, f"/services/{reference}/{what}", body, who=who, headers=headers)
        assert (answer.status, answer.json["code"]) == expected
    tried = post(common, f"{path}?dry_run=true", {"comment": "x"})
    assert (tried.json["dry_run"], len(tried.json["changes"])) == (True, 1)
    assert common.service(common.mail.id) == before
    tag = common.ask("GET", "/services/MAIL", who=EDITOR).headers["etag"]
    assert post(common, path, headers=(f"If-Match: {tag}",)).status == 200


def test_an_operation_is_undone_whole_by_the_id_of_any_of_its_entries(either: World) -> None:
    body = {"services": ["MAIL", "Drucker-3"], "status": "outage"}
    done = int(operation(post(either, "/services/status", body)))
    entries = [e.id for e in either.board.journal.since(ALICE, done - 1)]
    assert len(entries) == 2
    tried = post(either, f"/journal/{entries[1]}/undo?dry_run=true")
    assert [one["after"]["status"]["id"] for one in tried.json["changes"]] == [5, 5]
    assert {service.status_id for service in either.board.services.list(ALICE)} == {5, 7}
    answer = undo(either, entries[1])
    assert [item["status"]["id"] for item in answer.json["items"]] == [5, 5]
    assert [one["before"]["status"]["id"] for one in answer.json["changes"]] == [7, 7]
    assert str(answer.json["operation_id"]) == operation(answer)
    assert {service.status_id for service in either.board.services.list(ALICE)} == {5}
    assert undo(either, done).json["code"] == "conflict"
    again = undo(either, operation(answer))
    assert [item["status"]["id"] for item in again.json["items"]] == [7, 7]


def test_what_can_be_done_by_the_api_can_be_undone_by_it(world: World) -> None:
    before = world.board.services.list(ALICE)
    for method, path, body in (
        ("PATCH", "/services/MAIL", {"name": "Post", "group": None}),
        ("DELETE", "/services/MAIL", None),
        ("POST", "/services/MAIL/hold", None),
        ("POST", "/services", {"name": "New"}),
        ("POST", f"/trash/{world.removed.id}/restore", None),
    ):
        done = world.ask(method, path, body, who=EDITOR)
        assert undo(world, operation(done)).status == 200, path
        after = world.board.services.list(ALICE)
        assert [(s.name, s.group_id, s.hold) for s in after] == [
            (s.name, s.group_id, s.hold) for s in before
        ]


def test_what_was_changed_since_by_somebody_stays(common: World) -> None:
    done = operation(common.ask("PUT", "/services/MAIL/status", {"status": 7}, who=EDITOR))
    common.board.statuses.set(PERSON, [common.mail.id], 6)
    answer = undo(common, done)
    assert (answer.status, answer.json["code"]) == (409, "conflict")
    assert "erin" in answer.json["detail"]


def test_a_person_s_hold_keeps_an_undo_out_too(world: World) -> None:
    done = operation(world.ask("PUT", "/services/MAIL/status", {"status": 7}, who=EDITOR))
    (held,) = world.board.statuses.hold(PERSON, [world.mail.id]).entries
    for wanted in (done, held.id):
        answer = undo(world, wanted)
        assert (answer.status, answer.json["code"]) == (403, "not-allowed.held")
    assert world.service(world.mail.id).status_id == 7


def test_there_is_nothing_to_undo_in_a_confirmation_or_where_nothing_is(common: World) -> None:
    confirmed = operation(post(common, "/services/MAIL/confirm"))
    answer = undo(common, confirmed)
    assert (answer.status, answer.json["code"]) == (409, "conflict")
    for wanted in ("0", "999999", "x", "-1", "9" * 40):
        answer = undo(common, wanted)
        assert (answer.status, answer.json["code"]) == (404, "not-found.journal-entry")


def test_nobody_undoes_what_they_may_not_do_or_see(world: World) -> None:
    done = operation(world.ask("PUT", "/services/MAIL/status", {"status": 7}, who=EDITOR))
    before = state(world)
    assert undo(world, done, who=VIEWER).json["code"] == "not-allowed"
    assert undo(world, done, who=LIMITED).json["code"] == "not-allowed"
    assert undo(world, done, who=PUBLIC).status == 401
    world.board.accounts.add(ALICE, "eve", Role.VIEWER, GOOD_PASSWORD)
    (added,) = world.board.journal.latest(ALICE, limit=1)
    assert undo(world, added.id).json["code"] == "not-found.journal-entry"
    # Whoever reads it may not take it back either.
    assert undo(world, added.id, who=ADMINISTRATOR).json["code"] == "conflict"
    assert state(world)[0] == before[0]  # type: ignore[index]


def test_a_token_undoes_what_it_may_do_of_what_it_sees(world: World) -> None:
    account = world.board.accounts.find(ADMINISTRATOR)

    def by(*scopes: Scope, limits: Limits | None = None) -> tuple[str]:
        draft = TokenDraft("deploy", account_id=account.id, scopes=frozenset(scopes), limits=limits)
        return (f"Authorization: Bearer {world.board.tokens.add(ALICE, draft).value.secret}",)

    def set_status(service: str, status: int) -> str:
        path, body = f"/services/{service}/status", {"status": status}
        return operation(world.ask("PUT", path, body, who=EDITOR))

    shown, hidden = set_status("MAIL", 7), set_status("VAULT", 7)
    edited = operation(world.ask("PATCH", "/services/Drucker-3", {"note": "x"}, who=EDITOR))
    set_only = by(Scope.SET)
    told = [undo(world, wanted, who=PUBLIC, headers=set_only) for wanted in (shown, hidden, edited)]
    assert [answer.status for answer in told] == [200, 404, 403]
    assert undo(world, hidden, who=PUBLIC, headers=by(Scope.READ)).status == 403
    only = by(Scope.SET, limits=Limits(frozenset({world.mail.id})))
    assert undo(world, hidden, who=PUBLIC, headers=only).status == 404
    own = set_status("MAIL", 6)
    assert undo(world, own, who=PUBLIC, headers=only).status == 200
    assert undo(world, hidden, who=PUBLIC, headers=by(Scope.READ, Scope.SET)).status == 200

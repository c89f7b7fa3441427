"""What is sent by mistake or in bad faith changes nothing over somebody's head, and tells no names."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.domain.scopes import Limits, Scope
from tests.builders import ALICE
from tests.server.v1.test_tokens import by, token_of
from tests.server.v1.world import ADMINISTRATOR, EDITOR, World, sqlite_world, state
from tests.server.wire import Answer

PERSON = Principal("erin", Role.EDITOR, Origin.DESKTOP)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with sqlite_world(tmp_path_factory.mktemp("unwelcome")) as made:
        yield made


@pytest.fixture
def world(shared: World) -> World:
    """A world that others had before, in which all is well."""
    shared.board.statuses.hold(PERSON, [shared.mail.id], hold=False)
    shared.board.statuses.set(PERSON, [shared.mail.id], 5)
    return shared


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/services/MAIL/status", {"status": 7}),
        ("PATCH", "/services/MAIL", {"note": "new"}),
        ("DELETE", "/services/MAIL", None),
        ("POST", "/services/MAIL/confirm", None),
        ("PATCH", "/groups/Core", {"name": "Cores"}),
        ("DELETE", "/tokens/{token}", None),
    ],
)
def test_an_if_match_that_names_no_tag_fits_nothing(
    world: World, method: str, path: str, body: object
) -> None:
    """As a script sends it whose variable for the tag is empty."""
    path = path.replace("{token}", str(token_of(world, Scope.READ).token.id))
    before = state(world)
    for sent in ("If-Match:", "If-Match: ,"):
        answer = world.ask(method, path, body, who=ADMINISTRATOR, headers=(sent,))
        assert (answer.status, answer.json["code"]) == (412, "conflict.outdated")
    assert state(world) == before


def test_what_is_no_dry_run_after_all_is_done_once_under_its_key(world: World) -> None:
    body = {"services": ["MAIL"], "status": "outage"}
    path = "/services/status?dry_run=true&dry_run=false"
    headers = ("Idempotency-Key: said-twice",)
    first, second = (world.ask("POST", path, body, who=EDITOR, headers=headers) for _ in range(2))
    assert first.json["operation_id"] == second.json["operation_id"]
    assert second.headers["idempotency-replayed"] == "true"


def texts(answer: Answer) -> str:
    return json.dumps([answer.json, dict(answer.headers)])


@pytest.mark.parametrize("is_limited", [False, True])
def test_who_may_not_see_who_did_something_is_not_told_when_refused(
    world: World, is_limited: bool
) -> None:
    """A token without `read`, and one that reads some services alone, see what the public sees."""
    limits = Limits(service_ids=frozenset({world.mail.id})) if is_limited else None
    scopes = (Scope.READ, Scope.SET) if is_limited else (Scope.SET,)
    token = token_of(world, *scopes, limits=limits)
    changed = world.board.statuses.set(PERSON, [world.mail.id], 7).entries[0]
    outdated = world.ask(
        "PUT",
        "/services/MAIL/status",
        {"status": 6},
        headers=(f"Authorization: Bearer {token.secret}", 'If-Match: "x"'),
    )
    assert (outdated.status, outdated.json["changed_by"]) == (412, "")
    world.board.statuses.set(PERSON, [world.mail.id], 6)
    since = by(world, token, "POST", f"/journal/{changed.id}/undo")
    (undone,) = world.board.statuses.set(PERSON, [world.mail.id], 5).entries
    world.board.journal.undo(PERSON, [undone.id])
    already = by(world, token, "POST", f"/journal/{undone.id}/undo")
    world.board.statuses.hold(PERSON, [world.mail.id])
    held = by(world, token, "PUT", "/services/MAIL/status", {"status": 7})
    kept = by(world, token, "POST", "/services/MAIL/release")
    tried = by(world, token, "PUT", "/services/MAIL/status?dry_run=true", {"status": 7})
    assert [answer.json["code"] for answer in (since, already, held, kept, tried)] == [
        "conflict", "conflict", *["not-allowed.held"] * 3,
    ]  # fmt: skip
    for answer in (outdated, since, already, held, kept, tried):
        assert PERSON.name not in texts(answer)
    told = world.ask("PUT", "/services/MAIL/status", {"status": 7}, who=EDITOR)
    assert PERSON.name in told.json["detail"]
    assert ALICE.name not in texts(held)


def test_who_may_not_read_notes_learns_none_by_trying_or_undoing_a_change(world: World) -> None:
    managing, setting = token_of(world, Scope.MANAGE), token_of(world, Scope.SET)
    note = world.mail.note
    assert note
    tried = by(world, managing, "PATCH", "/services/MAIL?dry_run=true", {"note": "x", "url": ""})
    assert (tried.status, tried.json["changes"][0]["kind"]) == (200, "service.edited")
    removed = by(world, managing, "DELETE", "/services/MAIL?dry_run=true")
    world.board.statuses.hold(PERSON, [world.mail.id])
    (released,) = world.board.statuses.hold(PERSON, [world.mail.id], hold=False).entries
    undone = by(world, setting, "POST", f"/journal/{released.id}/undo")
    assert (undone.status, len(undone.json["changes"])) == (200, 1)
    for answer in (tried, removed, undone):
        assert note not in texts(answer)
        assert PERSON.name not in texts(answer)
    inside = world.ask("PATCH", "/services/MAIL?dry_run=true", {"note": "x"}, who=EDITOR)
    assert inside.json["changes"][0]["before"] == {"note": note}

"""Tokens at the API v1: they do what their scopes and limits say, and tell strangers nothing."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from izzitup_desktop.domain.kinds.statuses import SERVICE_STATUS
from izzitup_desktop.domain.scopes import Limits, Scope
from izzitup_desktop.domain.tokens import NewToken, TokenDraft
from tests.builders import ALICE
from tests.server.v1.world import ADMINISTRATOR, EDITOR, World, world_in
from tests.server.wire import Answer

READ, SET, MANAGE = Scope.READ, Scope.SET, Scope.MANAGE


def token_of(
    world: World, *scopes: Scope, of: str = EDITOR, limits: Limits | None = None
) -> NewToken:
    owner = world.board.accounts.find(of)
    draft = TokenDraft("watch", account_id=owner.id, scopes=frozenset(scopes), limits=limits)
    return world.board.tokens.add(ALICE, draft).value


def by(world: World, token: NewToken, method: str, path: str, body: object = None) -> Answer:
    return world.ask(method, path, body, headers=(f"Authorization: Bearer {token.secret}",))


def test_a_token_reads_and_sets_as_its_owner(database_url: str, tmp_path: Path) -> None:
    with world_in(database_url, tmp_path) as world:
        token = token_of(world, READ, SET, MANAGE)
        assert len(by(world, token, "GET", "/services").json["items"]) == 3
        assert by(world, token, "GET", "/journal").status == 200
        answer = by(world, token, "PUT", "/services/VAULT/status", {"status": "outage"})
        assert answer.json["changed_by"] == EDITOR
        (entry,) = world.board.journal.latest(ALICE, limit=1)
        assert (entry.kind, entry.actor) == (SERVICE_STATUS, EDITOR)
        assert by(world, token, "PATCH", "/services/MAIL", {"note": "new"}).status == 200
        assert by(world, token, "DELETE", "/services/MAIL").status == 204


def test_a_token_does_no_more_than_its_scopes(world: World) -> None:
    reading, setting = token_of(world, READ), token_of(world, SET)
    assert by(world, reading, "PUT", "/services/MAIL/status", {"status": 7}).status == 403
    assert by(world, reading, "GET", "/journal").status == 200
    assert by(world, setting, "GET", "/journal").status == 403
    assert len(by(world, setting, "GET", "/services").json["items"]) == 2
    answer = by(world, setting, "PUT", "/services/MAIL/status", {"status": 7})
    assert answer.status == 200
    # Who may not read notes is not shown them for having set a status.
    assert "note" not in answer.json
    managing = token_of(world, MANAGE, of=ADMINISTRATOR)
    (item,) = by(world, managing, "GET", "/trash").json["items"]
    assert (item["service"]["key"], item["removed_by"]) == ("OLD", "")
    assert "note" not in item["service"]
    assert by(world, setting, "PATCH", "/services/MAIL", {"note": "new"}).status == 403
    assert by(world, setting, "POST", "/services", {"name": "New"}).status == 403


def test_a_token_that_is_refused_is_told_what_it_lacks(world: World) -> None:
    group_id, mail = world.mail.group_id, Limits(service_ids=frozenset({world.mail.id}))
    automation = TokenDraft("job", group_id=group_id, scopes=frozenset({SET}))
    status = {"status": 7}
    limited, for_group = "for some services only", "for the services of its group only"
    for token, method, path, body, hint in (
        (token_of(world, READ), "PUT", "/services/MAIL/status", status, "the scope set"),
        (token_of(world, SET), "PATCH", "/services/MAIL", {"note": "x"}, "the scope manage"),
        (token_of(world, SET), "GET", "/journal", None, "the scope read"),
        (token_of(world, READ, SET, MANAGE), "GET", "/tokens", None, "No token may"),
        (token_of(world, SET, limits=mail), "PUT", "/services/2/status", status, limited),
        (token_of(world, READ, limits=mail), "GET", "/journal", None, limited),
        (world.board.tokens.add(ALICE, automation).value, "PUT", "/services/2/status", status,
         for_group),
        (token_of(world, MANAGE), "GET", "/accounts", None, ""),
    ):  # fmt: skip
        answer = by(world, token, method, path, body)
        assert (answer.status, answer.json["code"]) == (403, "not-allowed")
        assert hint in answer.json.get("hint", "")
        assert bool(hint) is ("hint" in answer.json)
    assert "hint" not in world.ask("GET", "/accounts", who=EDITOR).json


def test_a_limited_token_sees_and_sets_what_it_is_for(world: World) -> None:
    limits = Limits(service_ids=frozenset({world.hidden.id}))
    token = token_of(world, READ, SET, of=ADMINISTRATOR, limits=limits)
    assert by(world, token, "GET", "/services/VAULT").status == 200
    assert world.ask("GET", "/services/VAULT").status == 404
    for _ in range(2):
        # Nothing of this was kept for, or from, somebody who sees something else.
        assert len(by(world, token, "GET", "/services").json["items"]) == 3
        assert len(world.get("/services")["items"]) == 2
    assert by(world, token, "PUT", "/services/VAULT/status", {"status": 7}).status == 200
    assert by(world, token, "PUT", "/services/MAIL/status", {"status": 7}).status == 403


def test_a_revoked_token_and_one_of_a_disabled_account_do_nothing_at_once(world: World) -> None:
    token, other = token_of(world, READ, SET), token_of(world, READ, SET)
    for one in (token, other):
        assert by(world, one, "GET", "/services").status == 200
    world.board.tokens.revoke(ALICE, token.token.id)
    for method, path, body in (
        ("GET", "/services", None),
        ("GET", "/services/MAIL", None),
        ("PUT", "/services/MAIL/status", {"status": 7}),
    ):
        assert by(world, token, method, path, body).status == 401
        assert by(world, other, method, path, body).status == 200
    world.board.accounts.edit(ALICE, world.board.accounts.find(EDITOR).id, active=False)
    assert by(world, other, "GET", "/services").status == 401
    assert by(world, other, "PUT", "/services/MAIL/status", {"status": 5}).status == 401
    assert world.service(world.mail.id).status_id == 7


def test_strangers_are_not_told_what_is_wrong_with_a_token_but_the_log_is(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    token = token_of(world, READ)
    world.board.tokens.revoke(ALICE, token.token.id)
    secrets = {
        "revoked-token": token.secret,
        "mistyped-token": token.secret[:-1] + ("a" if token.secret[-1] != "a" else "b"),
        "no-token": "x",
    }
    with caplog.at_level(logging.WARNING):
        answers = [
            world.ask("GET", "/services", headers=(f"Authorization: Bearer {secret}",))
            for secret in secrets.values()
        ]
    assert {answer.status for answer in answers} == {401}
    assert len({answer.body for answer in answers}) == 1
    for reason in secrets:
        assert f"sign-in-failed.{reason}" in caplog.text
    assert token.secret not in caplog.text


def test_where_a_token_was_used_last_its_owner_can_see(world: World) -> None:
    token = token_of(world, READ)
    by(world, token, "GET", "/summary")
    used = world.board.tokens.uses.unwritten()[token.token.id]
    assert (used.address, used.route) == ("127.0.0.1", "read_summary")

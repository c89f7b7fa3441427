"""Tokens by the API v1: made once, listed without themselves, revoked."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from izzitup_desktop.domain.tokens import kind_of
from tests.builders import ALICE
from tests.server.v1.world import (
    ADMINISTRATOR,
    EDITOR,
    VIEWER,
    World,
    sqlite_world,
)

YEAR = "2031-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world for those who only read, or whose change is refused."""
    with sqlite_world(tmp_path_factory.mktemp("still")) as made:
        yield made


def test_a_token_is_made_used_listed_and_revoked(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        body = {
            "name": "watch",
            "scopes": ["read", "set"],
            "limits": {"services": ["mail"], "groups": ["Core"]},
            "expires": YEAR,
        }
        made = world.ask("POST", "/tokens", body, who=EDITOR)
        assert (made.status, made.headers["cache-control"]) == (201, "no-store")
        assert "etag" not in made.headers
        told = made.json
        secret = told.pop("token")
        assert kind_of(secret).value == "izu_"
        assert secret.endswith(told["ending"])
        assert told["account"] == {"id": world.board.accounts.find(EDITOR).id, "name": EDITOR}
        assert told["limits"] == {
            "services": [{"id": world.mail.id, "name": "E-Mail", "key": "MAIL"}],
            "groups": [{"id": world.mail.group_id, "name": "Core"}],
        }
        signed = (f"Authorization: Bearer {secret}",)
        status = {"status": "outage"}
        assert world.ask("PUT", "/services/MAIL/status", status, headers=signed).status == 200

        path = made.headers["location"].removeprefix("/api/v1")
        read = world.get(path, who=EDITOR)
        assert {**read, "last_use": None} == told
        assert world.get("/tokens", who=EDITOR)["items"] == [read]
        assert world.get(f"/tokens?account={EDITOR}", who=ADMINISTRATOR)["items"] == [read]

        match = 'If-Match: "another"'
        assert world.ask("DELETE", path, who=EDITOR, headers=(match,)).status == 412
        revoked = world.ask("DELETE", path, who=EDITOR)
        assert (revoked.status, "x-izzitup-operation" in revoked.headers) == (204, True)
        assert world.ask("GET", "/services", headers=signed).status == 401
        again = world.ask("DELETE", path, who=EDITOR)
        assert (again.status, "x-izzitup-operation" in again.headers) == (204, False)
        assert world.get(path, who=EDITOR)["state"] == "revoked"
        journal = world.ask("GET", "/journal?limit=1000", who=ADMINISTRATOR)
        assert secret.encode() not in journal.body
    assert secret not in caplog.text


def test_a_token_of_automation_belongs_to_a_group(world: World) -> None:
    body = {"name": "robot", "group": "core", "scopes": ["set"]}
    assert world.ask("POST", "/tokens", body, who=EDITOR).status == 403
    made = world.ask("POST", "/tokens", body, who=ADMINISTRATOR).json
    assert kind_of(made["token"]).value == "izs_"
    assert (made["kind"], made["account"], made["group"]["name"]) == ("automation", None, "Core")
    signed = (f"Authorization: Bearer {made['token']}",)
    answers = [
        world.ask("PUT", f"/services/{key}/status", {"status": 7}, headers=signed).status
        for key in ("MAIL", "Drucker-3")
    ]
    assert answers == [200, 403]


def test_others_tokens_are_told_to_administrators_alone(world: World) -> None:
    made = world.ask("POST", "/tokens", {"name": "mine"}, who=EDITOR).json
    path = f"/tokens/{made['id']}"
    other = {"name": "yours", "account": VIEWER}
    assert world.ask("POST", "/tokens", other, who=EDITOR).status == 403
    assert world.ask("POST", "/tokens", {**other, "account": "nobody"}, who=EDITOR).status == 403
    assert world.ask("POST", "/tokens", other, who=ADMINISTRATOR).status == 201
    assert [one["name"] for one in world.get("/tokens", who=EDITOR)["items"]] == ["mine"]
    assert world.get("/tokens", who="dora")["items"] == []
    assert [one["name"] for one in world.get("/tokens", who=ADMINISTRATOR)["items"]] == [
        "mine",
        "yours",
    ]
    there, missing = (world.ask("GET", f"/tokens/{id_}", who=VIEWER) for id_ in (made["id"], 77))
    assert there.status == 404
    assert there.body.replace(b"'1'", b"'77'") == missing.body
    there, missing = (world.ask("DELETE", f"/tokens/{id_}", who=VIEWER) for id_ in (1, 77))
    assert (there.status, there.body) == (403, missing.body)
    assert world.get(path, who=EDITOR)["state"] == "valid"


def test_a_dry_run_makes_no_token_and_tells_none(still: World) -> None:
    before = still.board.last_id()
    tried = still.ask("POST", "/tokens?dry_run=true", {"name": "watch"}, who=EDITOR)
    assert tried.status == 200
    assert "token" not in tried.json["items"][0]
    assert (tried.json["items"][0]["id"], tried.json["items"][0]["ending"]) == (None, "")
    assert [one["kind"] for one in tried.json["changes"]] == ["token.added"]
    assert b"izu_" not in tried.body
    assert (still.board.last_id(), still.board.tokens.list(ALICE)) == (before, ())


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/name"),
        ({"name": ""}, "/name"),
        ({"name": "x", "scopes": []}, "/scopes"),
        ({"name": "x", "scopes": ["events"]}, "/scopes"),
        ({"name": "x", "scopes": ["all"]}, "/scopes/0"),
        ({"name": "x", "limits": {}}, "/limits"),
        ({"name": "x", "limits": {"services": ["MIAL"]}}, "/limits/services/0"),
        ({"name": "x", "limits": {"groups": ["Core", "Cor"]}}, "/limits/groups/1"),
        ({"name": "x", "account": "bobb"}, "/account"),
        ({"name": "x", "group": "Cor"}, "/group"),
        ({"name": "x", "group": "Core", "account": "bob"}, "/group"),
        ({"name": "x", "expires": "2001-01-01T00:00:00Z"}, "/expires"),
        ({"name": "x", "expires": "2091-01-01T00:00:00Z"}, "/expires"),
        ({"name": "x", "expires": "2031-01-01T00:00:00"}, "/expires"),
    ],
)
def test_a_token_that_can_t_be_is_not_made(still: World, body: Any, pointer: str) -> None:
    answer = still.ask("POST", "/tokens", body, who=ADMINISTRATOR)
    assert answer.status == 422
    assert [one["pointer"] for one in answer.json["errors"]] == [pointer]
    assert still.board.tokens.list(ALICE) == ()


def test_tokens_are_filtered_and_sorted(world: World) -> None:
    for body in (
        {"name": "b", "account": EDITOR, "scopes": ["read", "set"], "expires": YEAR},
        {"name": "a", "account": VIEWER},
        {"name": "c", "group": "Core", "scopes": ["set"]},
        {"name": "d", "account": VIEWER},
    ):
        assert world.ask("POST", "/tokens", body, who=ADMINISTRATOR).status == 201
    world.ask("DELETE", "/tokens/4", who=ADMINISTRATOR)
    world.board.accounts.edit(ALICE, world.board.accounts.find(VIEWER).id, active=False)
    for query, expected in {
        "": "bacd",
        "sort=name": "abcd",
        "sort=-created": "dcab",
        "sort=expires&limit=1": "b",
        "account=bob": "b",
        "group=core": "c",
        "group=2": "c",
        "scope=set": "bc",
        "scope=set&scope=read": "b",
        "state=valid": "bc",
        "state=ownerless&state=revoked": "ad",
        "state=expired": "",
        "q=B": "b",
    }.items():
        told = world.get(f"/tokens?{query}", who=ADMINISTRATOR)
        assert "".join(token["name"] for token in told["items"]) == expected, query
    assert world.ask("GET", "/tokens?state=lost", who=ADMINISTRATOR).status == 422


def test_what_a_token_was_for_and_is_gone_has_no_name(world: World) -> None:
    body = {"name": "x", "limits": {"services": ["MAIL"]}}
    world.ask("POST", "/tokens", body, who=EDITOR)
    world.board.services.remove(ALICE, [world.mail.id])
    (limited,) = world.get("/tokens", who=EDITOR)["items"][0]["limits"]["services"]
    assert limited == {"id": world.mail.id, "name": None, "key": None}

"""Accounts by the API v1: listed, added, edited, disabled; nothing that signs in is told."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from izzitup_desktop.domain.scopes import Scope
from izzitup_desktop.domain.tokens import TokenDraft
from tests.builders import ALICE, GOOD_PASSWORD
from tests.server.v1.world import (
    ADMINISTRATOR,
    EDITOR,
    World,
    basic,
    dumped,
    sqlite_world,
    world_in,
)

OTHER_PASSWORD = "staple a correct horse"


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world for those who only read, or whose change is refused."""
    with sqlite_world(tmp_path_factory.mktemp("still")) as made:
        yield made


def test_an_account_is_added_signs_in_is_edited_disabled_and_enabled(
    database_url: str, tmp_path: Path
) -> None:
    with world_in(database_url, tmp_path) as world:
        body = {"name": "erika", "role": "Editor", "password": GOOD_PASSWORD, "groups": ["core"]}
        added = world.ask("POST", "/accounts", body, who=ADMINISTRATOR)
        assert added.status == 201
        assert added.json["groups"] == [{"id": world.mail.group_id, "name": "Core"}]
        assert (added.json["role"], added.json["active"]) == ("editor", True)
        path = added.headers["location"].removeprefix("/api/v1")
        read = world.ask("GET", "/accounts/ERIKA", who=ADMINISTRATOR)
        assert (read.json, read.headers["etag"]) == (added.json, added.headers["etag"])
        assert world.ask("GET", "/journal", who="erika").status == 200

        match = f"If-Match: {read.headers['etag']}"
        patch = {"groups": None, "password": OTHER_PASSWORD}
        edited = world.ask("PATCH", path, patch, who=ADMINISTRATOR, headers=(match,))
        assert (edited.status, edited.json["groups"], edited.json["role"]) == (200, [], "editor")
        assert world.ask("GET", "/journal", who="erika").status == 401
        signed = (basic("erika", OTHER_PASSWORD),)
        assert world.ask("GET", "/journal", headers=signed).status == 200
        outdated = world.ask("PATCH", path, {"role": "viewer"}, who=ADMINISTRATOR, headers=(match,))
        assert (outdated.status, outdated.json["current"]) == (412, edited.json)

        disabled = world.ask("DELETE", path, who=ADMINISTRATOR)
        assert (disabled.status, "x-izzitup-operation" in disabled.headers) == (204, True)
        assert world.ask("GET", "/journal", headers=signed).status == 401
        again = world.ask("DELETE", path, who=ADMINISTRATOR)
        assert (again.status, "x-izzitup-operation" in again.headers) == (204, False)
        assert world.get(path, who=ADMINISTRATOR)["active"] is False
        enabled = world.ask("PATCH", path, {"active": True}, who=ADMINISTRATOR)
        assert enabled.json["active"] is True
        assert world.ask("GET", "/journal", headers=signed).status == 200


def test_no_answer_about_accounts_has_a_hash_or_a_password(tmp_path: Path) -> None:
    with sqlite_world(tmp_path) as world:
        body = {"name": "erika", "role": "viewer", "password": OTHER_PASSWORD}
        asked: list[tuple[str, str, Any]] = [
            ("POST", "/accounts?dry_run=true", body),
            ("POST", "/accounts", body),
            ("POST", "/accounts", body),
            ("POST", "/accounts", {**body, "name": "x", "password": OTHER_PASSWORD * 60}),
            ("POST", "/accounts", {**body, "name": "x", "colour": "red"}),
            ("PATCH", "/accounts/erika?dry_run=true", {"password": OTHER_PASSWORD + "x"}),
            ("PATCH", "/accounts/erika", {"password": OTHER_PASSWORD + "x"}),
            ("GET", "/accounts", None),
            ("GET", "/accounts/erika", None),
            ("GET", "/journal?limit=1000", None),
        ]
        told = [world.ask(*one, who=ADMINISTRATOR) for one in asked]
        assert [one.status for one in told] == [200, 201, 409, 422, 422, 200, 200, 200, 200, 200]
        for answer in told:
            for secret in (OTHER_PASSWORD.encode(), b"v2$", b"$2b$", b"hash", b"uid"):
                assert secret not in answer.body, answer


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "pointer"),
    [
        ("POST", "", {"name": "x", "role": "editor"}, 422, "/password"),
        ("POST", "", {"name": "x", "role": "editor", "password": "short"}, 422, "/password"),
        ("POST", "", {"name": "x", "role": "editor", "password": 7}, 422, "/password"),
        ("POST", "", {"name": "", "role": "editor", "password": GOOD_PASSWORD}, 422, "/name"),
        ("POST", "", {"name": "x", "role": "public", "password": GOOD_PASSWORD}, 422, "/role"),
        (
            "POST", "",
            {"name": "x", "role": "editor", "password": GOOD_PASSWORD, "groups": ["Core", "Cor"]},
            422, "/groups/1",
        ),
        ("POST", "", {"name": "BOB", "role": "editor", "password": GOOD_PASSWORD}, 409, ""),
        ("PATCH", "/bob", {"role": ""}, 422, "/role"),
        ("PATCH", "/bob", {"role": None}, 422, "/role"),
        ("PATCH", "/bob", {"name": "robert"}, 422, "/name"),
        ("PATCH", "/bob", {"password": "bob"}, 422, "/password"),
        ("PATCH", "/bob", {"active": "no"}, 422, "/active"),
        ("PATCH", "/nobody", {"role": "viewer"}, 404, ""),
        ("PATCH", "/alice", {"role": "viewer"}, 409, ""),
        ("DELETE", "/alice", None, 409, ""),
        ("DELETE", "/99", None, 404, ""),
    ],
)  # fmt: skip
def test_what_can_t_be_done_to_an_account_is_not(
    still: World, method: str, path: str, body: Any, status: int, pointer: str
) -> None:
    before = still.board.last_id(), still.board.accounts.list(ALICE)
    answer = still.ask(method, f"/accounts{path}", body, who=ADMINISTRATOR)
    assert answer.status == status
    if pointer:
        assert [one["pointer"] for one in answer.json["errors"]] == [pointer]
    assert (still.board.last_id(), still.board.accounts.list(ALICE)) == before


def test_a_dry_run_hashes_nothing_and_changes_nothing(still: World) -> None:
    before = still.board.last_id(), still.board.accounts.list(ALICE)
    body = {"role": "viewer", "password": OTHER_PASSWORD}
    tried = still.ask("PATCH", "/accounts/bob?dry_run=true", body, who=ADMINISTRATOR).json
    assert (tried["dry_run"], tried["items"][0]["role"]) == (True, "viewer")
    assert [one["kind"] for one in tried["changes"]] == ["account.edited", "account.password"]
    assert (still.board.last_id(), still.board.accounts.list(ALICE)) == before
    assert still.ask("GET", "/journal", who=EDITOR).status == 200


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["alice", "bob", "charlie", "dora"]),
        ("?sort=-id", ["charlie", "dora", "bob", "alice"]),
        ("?role=editor", ["bob", "dora"]),
        ("?role=editor&role=viewer&sort=-name", ["dora", "charlie", "bob"]),
        ("?active=false", []),
        ("?name=BOB", ["bob"]),
        ("?q=AR", ["charlie"]),
        ("?group=Printers", ["dora"]),
        ("?group=", ["alice", "bob", "charlie"]),
    ],
)
def test_accounts_are_filtered_and_sorted(still: World, query: str, expected: list[str]) -> None:
    told = still.get(f"/accounts{query}", who=ADMINISTRATOR)
    assert [account["name"] for account in told["items"]] == expected
    whole: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        sign = "&" if query else "?"
        page = still.get(
            f"/accounts{query}{sign}limit=1{cursor and '&cursor=' + cursor}", who=ADMINISTRATOR
        )
        whole += [account["name"] for account in page["items"]]
        cursor = page["next"]
    assert whole == expected


def test_accounts_that_are_known_are_not_sent_again(still: World) -> None:
    for path in ("/accounts", "/accounts/bob"):
        tag = still.ask("GET", path, who=ADMINISTRATOR).headers["etag"]
        known = (f"If-None-Match: {tag}",)
        assert still.ask("GET", path, who=ADMINISTRATOR, headers=known).status == 304


def test_who_may_not_list_accounts_is_not_told_which_there_are(still: World) -> None:
    for method, body in (("GET", None), ("PATCH", {"role": "viewer"}), ("DELETE", None)):
        there, missing = (
            still.ask(method, f"/accounts/{name}", body, who=EDITOR) for name in ("alice", "alicf")
        )
        assert (there.status, there.body) == (403, missing.body)


def test_a_token_reads_accounts_and_changes_none(still: World) -> None:
    owner = still.board.accounts.find(ADMINISTRATOR).id
    draft = TokenDraft("watch", account_id=owner, scopes=frozenset({Scope.MANAGE}))
    signed = (f"Authorization: Bearer {still.board.tokens.add(ALICE, draft).value.secret}",)
    assert still.ask("GET", "/accounts/bob", headers=signed).status == 200
    for method, path, body in (
        ("POST", "", {"name": "x", "role": "viewer", "password": GOOD_PASSWORD}),
        ("PATCH", "/bob", {"password": OTHER_PASSWORD}),
        ("DELETE", "/bob", None),
    ):
        assert still.ask(method, f"/accounts{path}", body, headers=signed).status == 403


def test_a_password_leaves_no_trace_under_an_idempotency_key(tmp_path: Path) -> None:
    """Not even a fast hash of what it was sent with, by which it could be guessed."""
    with sqlite_world(tmp_path) as world:
        body = {"name": "erika", "role": "viewer", "password": OTHER_PASSWORD}
        other = {**body, "password": OTHER_PASSWORD + "x"}
        first, again = (
            world.ask(
                "POST", "/accounts", sent, who=ADMINISTRATOR, headers=("Idempotency-Key: one",)
            )
            for sent in (body, other)
        )
        assert (first.status, again.status, again.body) == (201, 201, first.body)
        assert again.headers["idempotency-replayed"] == "true"
        renamed = world.ask(
            "POST", "/accounts", {**body, "name": "x"}, who=ADMINISTRATOR,
            headers=("Idempotency-Key: one",),
        )  # fmt: skip
        assert renamed.status == 422
        assert world.ask("GET", "/journal", headers=(basic("erika", OTHER_PASSWORD),)).status == 200
    digest = hashlib.sha256(b"POST\n/api/v1/accounts\n\n" + dumped(body)).hexdigest()
    with closing(sqlite3.connect(tmp_path / "izzitup.db")) as connection:
        ((kept,),) = connection.execute("SELECT fingerprint FROM idempotency_keys")
    assert kept != digest

"""Adding, editing, removing and restoring services by the API v1."""

from __future__ import annotations

from typing import Any

import pytest

from tests.server.v1.world import EDITOR, LIMITED, World, state


def test_a_service_is_added_read_edited_removed_and_restored(either: World) -> None:
    body = {
        "name": "Web",
        "key": "WEB",
        "group": "Core",
        "url": "https://example.org",
        "stale_minutes": 5,
    }
    added = either.ask("POST", "/services", body, who=EDITOR)
    assert added.status == 201
    path = added.headers["location"].removeprefix("/api/v1")
    read = either.ask("GET", path, who=EDITOR)
    assert (read.json, read.headers["etag"]) == (added.json, added.headers["etag"])
    assert {**read.json, **body, "group": read.json["group"]} == read.json
    edited = either.ask(
        "PATCH", path, {"group": 1, "note": "new", "key": ""}, who=EDITOR,
        headers=(f"If-Match: {read.headers['etag']}", "Content-Type: application/merge-patch+json"),
    )  # fmt: skip
    assert edited.json["group"]["name"] == "Printers"
    assert (edited.json["note"], edited.json["key"], edited.json["name"]) == ("new", "", "Web")
    assert edited.json["url"] == "https://example.org"
    assert either.ask("PATCH", path, {}, who=EDITOR).headers["etag"] == edited.headers["etag"]
    removed = either.ask("DELETE", path, who=EDITOR)
    assert (removed.status, removed.body) == (204, b"")
    assert either.ask("GET", path, who=EDITOR).status == 404
    trash = either.get("/trash", who=EDITOR)["items"]
    restored = either.ask("POST", trash[0]["links"]["restore"].removeprefix("/api/v1"), who=EDITOR)
    assert restored.json["note"] == "new"
    assert either.get(path)["name"] == "Web"


def test_null_in_a_merge_patch_is_what_a_new_service_has(world: World) -> None:
    body = {"note": None, "key": None, "group": None, "hidden": None, "stale_minutes": None}
    edited = world.ask("PATCH", "/services/MAIL", body, who=EDITOR).json
    assert [edited[name] for name in body] == ["", "", None, False, 0]
    assert edited["name"] == "E-Mail"
    answer = world.ask("PATCH", f"/services/{edited['id']}", {"name": None}, who=EDITOR)
    assert answer.json["errors"][0]["pointer"] == "/name"


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({}, 422, "/name"),
        ({"name": ""}, 422, "/name"),
        ({"name": "x" * 201}, 422, "/name"),
        ({"name": "X", "key": "77"}, 422, "/key"),
        ({"name": "X", "key": "a b"}, 422, "/key"),
        ({"name": "X", "url": "javascript:alert(1)"}, 422, "/url"),
        ({"name": "X", "group": "nobody"}, 422, "/group"),
        ({"name": "X", "status": "Done"}, 422, "/status"),
        ({"name": "X", "stale_minutes": -1}, 422, "/stale_minutes"),
        ({"name": "X", "id": 7}, 422, "/id"),
        ({"name": "X", "key": "mail"}, 409, None),
    ],
)
def test_a_service_that_can_t_be_is_not_added(
    still: World, body: dict[str, Any], status: int, pointer: str | None
) -> None:
    before = state(still)
    answer = still.ask("POST", "/services", body, who=EDITOR)
    assert answer.status == status
    if pointer is not None:
        assert pointer in [error["pointer"] for error in answer.json["errors"]]
    assert state(still) == before


def test_a_limited_editor_moves_nothing_into_or_out_of_other_groups(world: World) -> None:
    assert world.ask("POST", "/services", {"name": "X", "group": "Core"}, who=LIMITED).status == 403
    assert world.ask("PATCH", "/services/Drucker-3", {"group": "Core"}, who=LIMITED).status == 403
    assert world.ask("PATCH", "/services/MAIL", {"group": "Printers"}, who=LIMITED).status == 403
    assert world.ask("PATCH", "/services/Drucker-3", {"note": "toner"}, who=LIMITED).status == 200
    assert world.ask("POST", f"/trash/{world.removed.id}/restore", who=LIMITED).status == 403

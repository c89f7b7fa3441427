"""Groups by the API v1: listed, added, edited, removed, restored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import ALICE, BOB
from tests.server.v1.world import ADMINISTRATOR, EDITOR, World, sqlite_world, world_in


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world for those who only read, or whose change is refused."""
    with sqlite_world(tmp_path_factory.mktemp("still")) as made:
        yield made


def names(answer: Any) -> list[str]:
    return [item["name"] for item in answer["items"]]


def test_a_group_is_added_read_edited_moved_removed_and_restored(
    database_url: str, tmp_path: Path
) -> None:
    with world_in(database_url, tmp_path) as world:
        added = world.ask("POST", "/groups", {"name": " Wiki "}, who=ADMINISTRATOR)
        assert (added.status, added.json["name"]) == (201, "Wiki")
        path = added.headers["location"].removeprefix("/api/v1")
        read = world.ask("GET", "/groups/wiki")
        assert (read.json, read.headers["etag"]) == (added.json, added.headers["etag"])
        body = {"name": "Wikis", "position": 7}
        match = f"If-Match: {read.headers['etag']}"
        edited = world.ask("PATCH", path, body, who=ADMINISTRATOR, headers=(match,))
        assert {**edited.json, **body} == edited.json
        assert names(world.get("/groups")) == ["Wikis", "Printers", "Core"]
        outdated = world.ask("PATCH", path, {"name": "X"}, who=ADMINISTRATOR, headers=(match,))
        assert outdated.status == 412
        assert outdated.json["current"] == edited.json
        assert outdated.json["changed_by"] == ADMINISTRATOR
        assert outdated.headers["etag"] == edited.headers["etag"]
        removed = world.ask("DELETE", path, who=ADMINISTRATOR)
        assert (removed.status, removed.body) == (204, b"")
        assert world.ask("GET", path).status == 404
        operation = removed.headers["x-izzitup-operation"]
        entry = world.get(f"/journal/{operation}", who=ADMINISTRATOR)
        assert (entry["kind"], entry["subject"]["name"]) == ("group.removed", "Wikis")
        restored = world.ask("POST", f"{path}/restore", who=ADMINISTRATOR)
        assert (restored.status, restored.json) == (200, edited.json)
        assert world.ask("POST", f"{path}/restore", who=ADMINISTRATOR).status == 404
        (newest,) = world.board.journal.latest(ALICE, limit=1)
        # What was brought back can be taken back.
        world.board.journal.undo(ALICE, [newest.id])
        assert world.ask("GET", path).status == 404


def test_a_dry_run_of_a_group_changes_nothing_and_says_what_would_be(still: World) -> None:
    before = still.board.last_id()
    added = still.ask("POST", "/groups?dry_run=true", {"name": "New"}, who=ADMINISTRATOR).json
    assert (added["dry_run"], added["items"][0]["id"]) == (True, None)
    assert [one["kind"] for one in added["changes"]] == ["group.added"]
    body = {"name": "Kern", "position": 1}
    edited = still.ask("PATCH", "/groups/Core?dry_run=true", body, who=ADMINISTRATOR).json
    assert {**edited["items"][0], **body} == edited["items"][0]
    assert [one["kind"] for one in edited["changes"]] == ["group.edited", "group.moved"]
    assert still.ask("DELETE", "/groups/Core?dry_run=true", who=ADMINISTRATOR).status == 409
    assert still.board.last_id() == before
    assert names(still.get("/groups")) == ["Printers", "Core"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "pointer"),
    [
        ("POST", "/groups", {"name": ""}, 422, "/name"),
        ("POST", "/groups", {"name": "x" * 101}, 422, "/name"),
        ("POST", "/groups", {"name": "a\nb"}, 422, "/name"),
        ("POST", "/groups", {}, 422, "/name"),
        ("POST", "/groups", {"name": "X", "position": 7}, 422, "/position"),
        ("POST", "/groups", {"name": "core"}, 409, ""),
        ("PATCH", "/groups/Core", {"name": None}, 422, "/name"),
        ("PATCH", "/groups/Core", {"position": -1}, 422, "/position"),
        ("PATCH", "/groups/Core", {"position": 2**31}, 422, "/position"),
        ("PATCH", "/groups/Core", {"name": "printers"}, 409, ""),
        ("PATCH", "/groups/nobody", {"name": "X"}, 404, ""),
        ("DELETE", "/groups/Core", None, 409, ""),
        ("POST", "/groups/2/restore", None, 404, ""),
        ("POST", "/groups/Core/restore", None, 404, ""),
    ],
)
def test_what_can_t_be_done_to_a_group_is_not(
    still: World, method: str, path: str, body: Any, status: int, pointer: str
) -> None:
    before = still.board.last_id()
    answer = still.ask(method, path, body, who=ADMINISTRATOR)
    assert answer.status == status
    if pointer:
        assert [one["pointer"] for one in answer.json["errors"]] == [pointer]
    assert still.board.last_id() == before


def test_groups_are_filtered_and_sorted(tmp_path: Path) -> None:
    with sqlite_world(tmp_path) as world:
        world.board.statuses.set(BOB, [world.mail.id], 7)
        assert names(world.get("/groups?status=outage")) == ["Core"]
        assert names(world.get("/groups?status=7&status=5")) == ["Printers", "Core"]
        assert names(world.get("/groups?sort=-status")) == ["Core", "Printers"]
        assert names(world.get("/groups?sort=name")) == ["Core", "Printers"]
        assert names(world.get("/groups?q=PRINT")) == ["Printers"]
        first = world.ask("GET", "/groups?sort=name&limit=1")
        link = first.headers["link"].partition(">")[0].removeprefix("</api/v1")
        assert names(world.get(link)) == ["Printers"]
        assert world.ask("GET", "/groups?sort=colour").status == 422
        assert world.ask("GET", f"/groups?cursor={first.json['next']}").status == 422
        hint = world.ask("PATCH", "/groups/Cor", {"name": "X"}, who=EDITOR).json["hint"]
        assert hint == "Did you mean Core?"

"""The journal and the trash by the API v1: what is wanted of them, in which order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.builders import BOB
from tests.server.v1.world import EDITOR, VIEWER, World, sqlite_world


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with sqlite_world(tmp_path_factory.mktemp("past")) as made:
        yield made


def test_the_journal_is_filtered_by_subject_origin_kinds_and_time(world: World) -> None:
    asked = {"name": "Web", "key": "WEB"}
    assert world.ask("POST", "/services", asked, who=EDITOR).status == 201
    whole = world.get("/journal?limit=1000", who="alice")["items"]

    def kept(**wanted: str) -> list[Any]:
        query = "&".join(f"{name}={value}" for name, value in wanted.items())
        found: list[Any] = world.get(f"/journal?limit=1000&{query}", who="alice")["items"]
        return found

    assert kept(origin="api") == [entry for entry in whole if entry["origin"] == "api"] != []
    groups = [entry for entry in whole if entry["subject"]["kind"] == "group"]
    assert kept(subject="group") == groups != []
    both = world.get("/journal?limit=1000&subject=group&subject=account", who="alice")["items"]
    assert {entry["subject"]["kind"] for entry in both} == {"group", "account"}
    kinds = world.get("/journal?kind=service.added&kind=service.removed", who="alice")["items"]
    assert {entry["kind"] for entry in kinds} == {"service.added", "service.removed"}
    middle = whole[3]["time"]
    later, earlier = kept(since=middle), kept(until=middle)
    assert len(later) + len(earlier) == len(whole)
    assert min(entry["time"] for entry in later) >= middle > max(e["time"] for e in earlier)
    for query in (
        "since=yesterday",
        "since=2026-01-01T00:00:00",
        "kind=%0A",
        "origin=",
        "subject=%00",
    ):
        answer = world.ask("GET", f"/journal?{query}", who=VIEWER)
        assert (answer.status, len(answer.json["errors"])) == (422, 1), query


def test_one_entry_of_the_journal_is_read_by_its_id(world: World) -> None:
    newest = world.get("/journal?kind=account.added&limit=1", who="alice")["items"][0]
    path = f"/journal/{newest['id']}"
    read = world.ask("GET", path, who="alice")
    assert read.json == newest
    known = (f"If-None-Match: {read.headers['etag']}",)
    assert world.ask("GET", path, who="alice", headers=known).status == 304
    there, missing = (
        world.ask("GET", f"/journal/{id_}", who=VIEWER) for id_ in (newest["id"], 999)
    )
    assert (there.status, missing.status) == (404, 404)
    assert there.body.replace(str(newest["id"]).encode(), b"999") == missing.body
    assert world.ask("GET", "/journal/first", who=VIEWER).status == 404
    assert world.ask("GET", "/journal/1").status == 401


def test_the_trash_is_filtered_sorted_and_read_a_page_at_a_time(world: World) -> None:
    world.board.services.remove(BOB, [world.printer.id])
    world.board.services.remove(BOB, [world.mail.id])

    def found(query: str) -> list[str]:
        told = world.get(f"/trash?{query}", who=EDITOR)
        return [item["service"]["key"] for item in told["items"]]

    assert found("") == ["MAIL", "Drucker-3", "OLD"]
    assert found("sort=removed") == ["OLD", "Drucker-3", "MAIL"]
    assert found("sort=name") == ["Drucker-3", "MAIL", "OLD"]
    assert found("group=printers") == ["Drucker-3"]
    assert found("group=") == []
    assert found("q=left%20alone") == ["MAIL"]
    first = world.ask("GET", "/trash?limit=2", who=EDITOR)
    link = first.headers["link"].partition(">")[0].removeprefix("</api/v1/trash?")
    assert found(link) == ["OLD"]
    for query in ("sort=colour", "group=nobody", "cursor=x", "colour=red", "limit=0"):
        assert world.ask("GET", f"/trash?{query}", who=EDITOR).status == 422

"""Backups by the API v1: made, listed, looked into; no way to any other file."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi import Request, Response

from izzitup_desktop.domain.errors import Conflict
from izzitup_desktop.server.routes import of_name
from izzitup_desktop.server.v1.asking import Askers, Asking
from izzitup_desktop.server.v1.backups import Backups
from izzitup_desktop.server.v1.models import WriteQuery
from izzitup_desktop.server.v1.readers import Readers
from izzitup_desktop.server.v1.refused import Refused
from izzitup_desktop.storage.asked import ANSWER_SECONDS, Asked
from tests.builders import ALICE, BOB, DEADLINE_SECONDS, add_service
from tests.server.v1.world import ADMINISTRATOR, EDITOR, World, sqlite_world


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world with one backup, for those who only read."""
    with sqlite_world(tmp_path_factory.mktemp("still")) as made:
        made.board.backups.save(ALICE)
        yield made


def test_a_backup_is_made_listed_and_looked_into(world: World) -> None:
    assert world.get("/backups", who=ADMINISTRATOR)["items"] == []
    made = world.ask("POST", "/backups", who=ADMINISTRATOR)
    assert (made.status, made.json["made"]) == (201, "asked")
    path = made.headers["location"].removeprefix("/api/v1")
    assert world.get(path, who=ADMINISTRATOR) == made.json
    assert world.get("/backups", who=ADMINISTRATOR)["items"] == [made.json]
    file = world.board.backups.folder / made.json["name"]
    assert file.stat().st_size == made.json["size_bytes"]

    add_service(world.board, "Wiki", key="WIKI")
    world.board.statuses.set(BOB, [world.mail.id], 7)
    world.board.services.write_note(BOB, [world.printer.id], "toner")
    world.board.services.remove(BOB, [world.hidden.id])
    told = world.get(f"{path}/contents", who=ADMINISTRATOR)
    assert (told["then"]["services"], told["now"]["services"]) == (3, 3)
    assert (told["then"]["accounts"], told["now"]["changed_by"]) == (4, "bob")
    found = told["difference"]
    assert [one["key"] for one in found["coming"]] == ["VAULT"]
    assert [one["key"] for one in found["going"]] == ["WIKI"]
    (other,) = found["other_status"]
    assert (other["key"], other["then"]["id"], other["now"]["name"]) == ("MAIL", 5, "Outage")
    assert [one["key"] for one in found["edited"]] == ["Drucker-3"]


def test_backups_are_filtered_sorted_and_say_why_they_were_made(world: World) -> None:
    backups = world.board.backups
    names = [backups.save(ALICE).name]
    scheduled = backups.folder / "izzitup-scheduled-20260101T000000.000000Z.db"
    backups.save(ALICE, scheduled)
    names += [scheduled.name, backups.restore(ALICE, backups.folder / names[0]).name]
    told = world.get("/backups", who=ADMINISTRATOR)["items"]
    assert [one["name"] for one in told] == names[::-1]
    assert [one["made"] for one in told] == ["before-restore", "scheduled", "asked"]
    assert [
        one["name"] for one in world.get("/backups?sort=name", who=ADMINISTRATOR)["items"]
    ] == sorted(names)
    only = world.get("/backups?made=scheduled&made=asked&sort=time", who=ADMINISTRATOR)["items"]
    assert [one["name"] for one in only] == names[:2]
    since = told[0]["time"]
    later = world.get("/backups?since=2100-01-01T00:00:00Z", who=ADMINISTRATOR)["items"]
    assert later == []
    assert len(world.get(f"/backups?until={since}", who=ADMINISTRATOR)["items"]) <= 2


@pytest.mark.parametrize(
    "name",
    ["izzitup.db", "..%2Fizzitup.db", "%2Fetc%2Fpasswd", "..", "izzitup-*.db", "x" * 300, "%00"],
)
def test_only_backups_of_the_folder_have_a_name(still: World, name: str) -> None:
    for path in (f"/backups/{name}", f"/backups/{name}/contents"):
        answer = still.ask("GET", path, who=ADMINISTRATOR)
        assert answer.status == 404
        assert b"passwd:" not in answer.body


def test_who_may_not_make_backups_makes_none(world: World) -> None:
    assert world.ask("POST", "/backups", who=EDITOR).status == 403
    assert world.ask("POST", "/backups").status == 401
    tried = world.ask("POST", "/backups?dry_run=true", who=ADMINISTRATOR)
    assert (tried.status, tried.json["dry_run"]) == (200, True)
    assert not list(world.board.backups.folder.glob("*.db"))


def test_a_backup_that_takes_long_is_said_to_be_made_and_is_the_only_one(
    world: World,
) -> None:
    """What goes before it on the thread that makes them is not over yet."""
    go_on = threading.Event()

    async def asked() -> tuple[Response, Response]:
        loop = asyncio.get_running_loop()
        readers, makers = Readers(loop), Readers(loop, 1, "izzitup-backup")
        backups = Backups(world.board, readers, makers)
        try:
            makers.begun(lambda: go_on.wait(DEADLINE_SECONDS))
            late = Asked(age_seconds=ANSWER_SECONDS - 0.6)
            first = await backups.make_backup(_request(late), WriteQuery())
            with pytest.raises(Conflict):
                await backups.make_backup(_request(Asked()), WriteQuery())
            go_on.set()
            await makers.begun(lambda: None)
            return first, await backups.make_backup(_request(Asked()), WriteQuery())
        finally:
            go_on.set()
            readers.close(DEADLINE_SECONDS)
            makers.close(DEADLINE_SECONDS)

    begun, made = asyncio.run(asked())
    assert (begun.status_code, made.status_code) == (202, 201)
    names = [json.loads(bytes(one.body))["name"] for one in (begun, made)]
    told = world.get("/backups?sort=time", who=ADMINISTRATOR)["items"]
    assert [one["name"] for one in told] == names


def test_the_file_of_a_backup_is_that_backup(still: World, tmp_path: Path) -> None:
    (saved, *_) = (one.path for one in still.board.backups.list(ALICE))
    answer = still.ask("GET", f"/backups/{saved.name}/file", who=ADMINISTRATOR)
    assert (answer.status, answer.body) == (200, saved.read_bytes())
    assert answer.headers["cache-control"] == "no-store"
    fetched = tmp_path / "fetched.db"
    fetched.write_bytes(answer.body)
    then, now = still.board.backups.contents(ALICE, fetched)
    assert then == now
    assert still.ask("GET", "/backups/izzitup.db/file", who=ADMINISTRATOR).status == 404


@pytest.mark.parametrize(
    ("address", "scheme", "is_sent"),
    [
        ("192.0.2.7", "http", False),
        ("2001:db8::7", "http", False),
        ("192.0.2.7", "https", True),
        ("127.0.0.1", "http", True),
        ("::1", "http", True),
    ],
)
def test_a_backup_is_sent_to_other_computers_over_tls_alone(
    still: World, address: str, scheme: str, is_sent: bool
) -> None:
    (saved, *_) = (one.path for one in still.board.backups.list(ALICE))

    async def asked() -> Response:
        readers = Readers(asyncio.get_running_loop())
        try:
            request = _request(Asked(), method="HEAD", scheme=scheme, client=(address, 7))
            return await Backups(still.board, readers, readers).read_backup_file(
                request, saved.name
            )
        finally:
            readers.close(DEADLINE_SECONDS)

    if is_sent:
        assert int(asyncio.run(asked()).headers["content-length"]) == saved.stat().st_size
    else:
        with pytest.raises(Refused) as refused:
            asyncio.run(asked())
        assert refused.value.problem.code == "not-allowed.unencrypted"


def _request(asked: Asked, **further: Any) -> Request:
    state: dict[str, Any] = {"asked": lambda: asked}
    scope = {"type": "http", "query_string": b"", "headers": [], "state": state, **further}
    askers = cast("Askers", None)  # who acts by no password is not asked for it again
    state["asking"] = Asking(ALICE, of_name("make_backup"), scope, askers)
    return Request(scope)

"""The table of routes: everything served stands in it, and everybody gets what it says."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from izzitup_desktop.domain.accounts import GROUP_BOUND, PERMISSIONS, Role
from izzitup_desktop.domain.kinds.access import ACCESS_REFUSED
from izzitup_desktop.server.endings import Endings
from izzitup_desktop.server.limits import OF_CLASSES
from izzitup_desktop.server.routes import (
    API_ROOT,
    METRICS,
    READY,
    ROUTES,
    RouteClass,
    RouteRow,
    Visibility,
    allow,
    class_of,
    found,
)
from izzitup_desktop.server.v1 import application, resources
from izzitup_desktop.server.v1.api import Problems
from izzitup_desktop.server.v1.changing import Changing
from izzitup_desktop.server.v1.pictures import Pictures
from izzitup_desktop.server.v1.readers import Readers
from izzitup_desktop.server.v1.reads import Reads
from izzitup_desktop.server.v1.tellers import Tellers
from izzitup_desktop.server.v1.writes import Writes
from tests.builders import ALICE, DEADLINE_SECONDS, GOOD_PASSWORD, opened_board
from tests.server.v1.world import (
    ADMINISTRATOR,
    EDITOR,
    LIMITED,
    PUBLIC,
    VIEWER,
    WHO,
    World,
    assert_problem,
    sqlite_world,
)
from tests.server.wire import ask

API = [row for row in ROUTES if row.kind is RouteClass.API]
ROLES = {
    PUBLIC: Role.PUBLIC, VIEWER: Role.VIEWER, LIMITED: Role.EDITOR, EDITOR: Role.EDITOR,
    ADMINISTRATOR: Role.ADMINISTRATOR,
}  # fmt: skip

ASKED: dict[str, tuple[str, Any]] = {
    "read_openapi": ("/openapi.json", None),
    "list_statuses": ("/statuses", None),
    "read_summary": ("/summary", None),
    "list_services": ("/services", None),
    "add_service": ("/services?dry_run=true", {"name": "New", "group": "Core"}),
    "set_statuses": ("/services/status?dry_run=true", {"services": ["MAIL"], "status": 7}),
    "read_service": ("/services/MAIL", None),
    "edit_service": ("/services/MAIL?dry_run=true", {"note": "new"}),
    "remove_service": ("/services/MAIL?dry_run=true", None),
    "set_status": ("/services/MAIL/status?dry_run=true", {"status": "Outage"}),
    "confirm_service": ("/services/MAIL/confirm?dry_run=true", {"comment": "seen"}),
    "hold_service": ("/services/MAIL/hold?dry_run=true", {}),
    "release_service": ("/services/MAIL/release?dry_run=true", None),
    "list_trash": ("/trash", None),
    "restore_service": ("/trash/{removed}/restore?dry_run=true", None),
    "list_groups": ("/groups", None),
    "add_group": ("/groups?dry_run=true", {"name": "New"}),
    "read_group": ("/groups/1", None),
    "edit_group": ("/groups/Core?dry_run=true", {"name": "Kern"}),
    "remove_group": ("/groups/Empty?dry_run=true", None),
    "restore_group": ("/groups/{removed_group}/restore?dry_run=true", None),
    "list_accounts": ("/accounts", None),
    "add_account": (
        "/accounts?dry_run=true",
        {"name": "erika", "role": "viewer", "password": GOOD_PASSWORD},
    ),
    "read_account": ("/accounts/bob", None),
    "edit_account": ("/accounts/bob?dry_run=true", {"role": "viewer"}),
    "disable_account": ("/accounts/bob?dry_run=true", None),
    "list_tokens": ("/tokens", None),
    "add_token": ("/tokens?dry_run=true", {"name": "watch"}),
    "read_token": ("/tokens/{own_token}", None),
    "revoke_token": ("/tokens/{own_token}?dry_run=true", None),
    "list_backups": ("/backups", None),
    "make_backup": ("/backups?dry_run=true", None),
    "read_backup": ("/backups/{backup}", None),
    "read_backup_file": ("/backups/{backup}/file", None),
    "read_backup_contents": ("/backups/{backup}/contents", None),
    "list_journal": ("/journal", None),
    "read_entry": ("/journal/1", None),
    "undo_operation": ("/journal/{operation}/undo?dry_run=true", None),
}
"""How each operation is asked for, with something that it can be done to."""


def asked(world: World, row: RouteRow, who: str) -> tuple[str, Any]:
    """The path, with what there is on this board, and the body."""
    path, body = ASKED[row.name]
    return path.format(**world.things, own_token=world.things[f"token_of_{who}"]), body


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with sqlite_world(tmp_path_factory.mktemp("routes")) as made:
        for path in (READY, METRICS):  # what the first question for each loads, it loads here
            ask(made.server, method="GET", path=path)
        yield made


def test_every_route_that_is_served_has_a_row_and_every_row_is_served(tmp_path: Path) -> None:
    with (
        opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board,
        closing(asyncio.new_event_loop()) as loop,
    ):
        readers = Readers(loop)
        pictures = Pictures(board.live, readers)
        reads, changing = Reads(board, pictures, readers), Changing(Endings(loop), Tellers())
        writes = Writes(board, pictures, changing)
        further = resources.of(board, pictures, reads, readers, readers, changing)
        app = application.made(reads, writes, Problems(board.clock), *further)
        readers.close(DEADLINE_SECONDS)
    served: list[tuple[str, str, str]] = [
        (method, str(getattr(route, "path", "")), str(getattr(route, "name", "")))
        for route in app.routes
        for method in getattr(route, "methods", [])
    ]
    assert sorted(served) == sorted((row.method, row.path, row.name) for row in API)


def test_each_row_says_whom_it_is_for() -> None:
    assert len({row.name for row in ROUTES}) == len(ROUTES)
    assert len({(row.method, row.path) for row in ROUTES}) == len(ROUTES)
    for row in ROUTES:
        if row.shows is Visibility.SIGNED_IN:
            assert row.action is not None
            assert Role.PUBLIC not in PERMISSIONS[row.action], row
        if row.kind is RouteClass.PAGE and row.path != METRICS:
            assert row.shows in (Visibility.NOTHING, Visibility.PUBLIC)
    assert {*OF_CLASSES, RouteClass.CONTRACT} == set(RouteClass)


def test_a_row_is_found_by_method_and_path() -> None:
    def name(method: str, path: str) -> str | list[str]:
        row = found(API_ROOT, method, API_ROOT + path)
        return row.name if isinstance(row, RouteRow) else row

    assert name("GET", "/services/status") == "read_service"
    assert name("POST", "/services/status") == "set_statuses"
    assert name("HEAD", "/services") == "list_services"
    assert name("DELETE", "/services/status") == "remove_service"
    assert name("DELETE", "/services") == ["GET", "POST"]
    assert name("PUT", "/services/status") == ["POST"]
    assert name("PUT", "/services/MAIL") == ["GET", "PATCH", "DELETE"]
    assert name("GET", "/services/") == []
    assert name("GET", "/services/a/b") == []
    assert name("GET", "") == []
    assert allow(["GET", "PUT"]) == b"GET, HEAD, OPTIONS, PUT"


def test_the_class_of_what_answers_is_known_by_its_path() -> None:
    for row in ROUTES:
        assert class_of(row.path.replace("{", "").replace("}", "")) is row.kind
    assert class_of("/board/api/services/") is RouteClass.CONTRACT
    for nobodys in ("/index.html", "/api/v10", "/metrics/", "/api/docs/x", "/problemsx"):
        assert class_of(nobodys) is None


@pytest.mark.parametrize(
    "row",
    [row for row in ROUTES if row.kind is RouteClass.PAGE and row.shows is not Visibility.PUBLIC],
    ids=lambda row: row.name,
)
def test_every_page_about_us_is_served_and_nothing_below_a_name_that_stands_alone(
    world: World, row: RouteRow
) -> None:
    path = row.path.replace("{code}", "invalid")
    assert ask(world.server, method="GET", path=path).status == 200
    refused = ask(world.server, b"", method="POST", path=path)
    assert_problem(refused)
    assert (refused.status, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    foreign = ask(world.server, method="GET", path=path, host="evil.example")
    assert_problem(foreign)
    assert foreign.status == 421
    if "{" not in row.path:
        below = ask(world.server, method="GET", path=f"{path}/nothing/here")
        assert below.status == 404


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("row", API, ids=lambda row: row.name)
def test_everybody_is_answered_as_the_table_says(world: World, row: RouteRow, who: str) -> None:
    path, body = asked(world, row, who)
    before = world.board.journal.latest(ALICE, limit=1)[0].id
    answer = world.ask(row.method, path, body, who=who)
    may = row.action is None or ROLES[who] in PERMISSIONS[row.action]
    # What Dora is limited to has none of these in it.
    if who == LIMITED and row.method != "GET" and row.action in GROUP_BOUND:
        may = False
    if may:
        assert answer.status == 200, answer
    else:
        assert answer.status == (401 if who == PUBLIC else 403)
        code = "sign-in-needed" if who == PUBLIC else "not-allowed"
        assert answer.json["code"] == code
    entries = world.board.journal.since(ALICE, before)
    assert {entry.kind for entry in entries} <= {ACCESS_REFUSED}


@pytest.mark.parametrize("row", API, ids=lambda row: row.name)
def test_whoever_may_not_see_a_hidden_service_finds_no_trace_of_it(
    world: World, row: RouteRow
) -> None:
    if row.method != "GET" or row.shows is not Visibility.SEEN:
        return
    path, _ = ASKED[row.name]
    for query in ("", "?sort=name", "?q=vault", "?limit=1000"):
        answer = world.ask("GET", path + query)
        assert b"Vault" not in answer.body
        assert b"VAULT" not in answer.body
    assert b"Vault" in world.ask("GET", "/services", who=VIEWER).body


@pytest.mark.parametrize("row", API, ids=lambda row: row.name)
def test_head_is_get_without_its_body_and_options_says_what_is_served(
    world: World, row: RouteRow
) -> None:
    path = asked(world, row, ADMINISTRATOR)[0].partition("?")[0]
    options = world.ask("OPTIONS", path)
    assert (options.status, options.body) == (204, b"")
    assert row.method in options.headers["allow"].split(", ")
    if row.method == "GET":
        get, head = (world.ask(method, path, who=ADMINISTRATOR) for method in ("GET", "HEAD"))
        assert (head.status, head.body) == (200, b"")
        assert {**head.headers, "date": ""} == {**get.headers, "date": ""}

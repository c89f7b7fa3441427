"""Reading by the API v1: what is shown to whom, tags, filters, pages, the journal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.domain.status_options import StatusOptions
from tests.builders import ALICE, BOB, HandClock, add_service, do_due, opened_board
from tests.server.v1.world import EDITOR, PUBLIC, VIEWER, World, sqlite_world, world_in
from tests.server.wire import ask, serving

pytestmark = pytest.mark.soak_on_postgresql

INNER = {"comment", "comment_public", "changed_by", "held_by", "proposal", "hidden", "note"}
PERSON = Principal("erin", Role.EDITOR, Origin.DESKTOP)


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world that nobody changes: the mail is out, the printer impaired."""
    with sqlite_world(tmp_path_factory.mktemp("still")) as made:
        made.board.statuses.set(BOB, [made.mail.id], 7)
        made.board.statuses.set(BOB, [made.printer.id], 6)
        yield made


def names(page: Any) -> list[str]:
    return [item["name"] for item in page["items"]]


def test_a_service_is_read_by_its_id_and_by_its_key_in_any_case(
    database_url: str, tmp_path: Path
) -> None:
    with world_in(database_url, tmp_path) as world:
        told = world.get("/services/MAIL")
        assert (told["id"], told["name"], told["key"]) == (world.mail.id, "E-Mail", "MAIL")
        assert told["status"] == {"id": 5, "name": "Operational"}
        assert told["group"] == {"id": 2, "name": "Core"}
        assert told["links"] == {"self": f"/api/v1/services/{world.mail.id}"}
        for reference in ("mail", str(world.mail.id), "%4DAIL"):
            assert world.get(f"/services/{reference}") == told


def test_times_are_rfc_3339_in_utc(world: World) -> None:
    told = world.get("/services/MAIL")
    for name in ("since", "created", "updated", "confirmed"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", told[name])
    read = datetime.fromisoformat(told["updated"])
    assert read == world.mail.updated


def test_who_did_what_and_notes_are_for_those_who_signed_in(world: World) -> None:
    world.board.statuses.set(BOB, [world.mail.id], 7, "the disk is full")
    public, inner = world.get("/services/MAIL"), world.get("/services/MAIL", who=VIEWER)
    assert not INNER & public.keys()
    assert inner.keys() >= INNER
    assert {name: value for name, value in inner.items() if name not in INNER} == public
    assert (inner["comment"], inner["changed_by"]) == ("the disk is full", "bob")
    assert inner["note"] == "left alone"
    for query in ("?q=disk", "?q=alone"):
        assert names(world.get(f"/services{query}")) == []
        assert names(world.get(f"/services{query}", who=VIEWER)) == ["E-Mail"]


def test_layers_of_a_status_are_shown(world: World) -> None:
    until = world.mail.updated + timedelta(hours=1)
    world.board.statuses.set(PERSON, [world.mail.id], 6, "", StatusOptions(until, 5, hold=True))
    assert world.ask("PUT", "/services/MAIL/status", {"status": 7}, who=EDITOR).status == 403
    told = world.get("/services/MAIL", who=VIEWER)
    assert datetime.fromisoformat(told["until"]) == until
    assert told["then"] == {"id": 5, "name": "Operational"}
    assert told["held_by"] == "erin"
    assert told["proposal"]["status"] == {"id": 7, "name": "Outage"}
    assert told["proposal"]["by"] == "bob"
    assert names(world.get("/services?held=true", who=VIEWER)) == ["E-Mail"]
    assert "E-Mail" not in names(world.get("/services?held=false", who=VIEWER))


def test_what_is_known_is_not_sent_again_and_every_change_has_a_tag_of_its_own(
    database_url: str, tmp_path: Path
) -> None:
    with world_in(database_url, tmp_path) as world:
        for path in ("/services/MAIL", "/services", "/summary", "/groups", "/groups/2"):
            tag = world.ask("GET", path).headers["etag"]
            assert re.fullmatch(r'"[0-9a-f]{24}"', tag)
            for sent in (tag, f"W/{tag}", f'"x", {tag}', "*"):
                known = world.ask("GET", path, headers=(f"If-None-Match: {sent}",))
                assert (known.status, known.body, known.headers["etag"]) == (304, b"", tag)
                assert known.headers["cache-control"] == "no-cache"
            head = world.ask("HEAD", path)
            assert (head.status, head.body, head.headers["etag"]) == (200, b"", tag)
            world.board.statuses.set(
                BOB, [world.mail.id], 7 if world.service(1).status_id == 6 else 6
            )
            changed = world.ask("GET", path, headers=(f"If-None-Match: {tag}",))
            assert changed.status == 200
            assert changed.headers["etag"] != tag
        fixed = world.ask("GET", "/statuses").headers["etag"]
        assert world.ask("GET", "/statuses", headers=(f"If-None-Match: {fixed}",)).status == 304


def test_what_is_hidden_moves_no_tag_of_the_public(world: World) -> None:
    paths = ("/services", "/summary", "/groups", "/groups/2", "/services/MAIL")
    tags = {path: world.ask("GET", path).headers["etag"] for path in paths}
    inner = world.ask("GET", "/summary", who=VIEWER).headers["etag"]
    world.board.statuses.set(BOB, [world.hidden.id], 7)
    assert {path: world.ask("GET", path).headers["etag"] for path in paths} == tags
    assert world.ask("GET", "/summary", who=VIEWER).headers["etag"] != inner
    assert world.get("/summary")["status"]["id"] == 5
    assert world.get("/summary", who=VIEWER)["status"]["id"] == 7


def test_another_view_is_never_answered_from_what_was_kept(world: World) -> None:
    for _ in range(2):
        assert len(world.get("/services", who=VIEWER)["items"]) == 3
        assert len(world.get("/services")["items"]) == 2
    assert "Authorization" in world.ask("GET", "/services").headers["vary"]


def test_a_change_by_another_program_is_seen_at_once(world: World, tmp_path: Path) -> None:
    world.get("/services/MAIL")
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as other:
        other.statuses.set(BOB, [world.mail.id], 7)
        assert world.get("/services/MAIL")["status"]["id"] == 7
        other.services.remove(ALICE, [world.mail.id])
        assert world.ask("GET", "/services/MAIL").status == 404
        add_service(other, "Mail again", key="mail")
        assert world.get("/services/MAIL")["name"] == "Mail again"


def test_lists_of_services_read_nothing_from_the_database(world: World) -> None:
    world.get("/services", who=VIEWER)
    read: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "PRAGMA" not in statement:
            read.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        for path in (
            "/services?sort=name",
            "/services/MAIL",
            "/services/nobody",
            "/summary",
            "/groups",
        ):
            for who in (PUBLIC, VIEWER):
                world.ask("GET", path, who=who)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert read == []


def test_the_summary_tells_the_worst_since_when_and_how_many(world: World) -> None:
    fine = world.get("/summary")
    assert (fine["status"]["name"], fine["total"]) == ("Operational", 2)
    assert fine["since"] == world.get("/services/Drucker-3")["since"]
    world.board.statuses.set(BOB, [world.mail.id], 7)
    first = world.get("/services/MAIL")["since"]
    world.board.statuses.set(BOB, [world.printer.id], 7)
    told = world.get("/summary")
    assert (told["status"], told["since"]) == ({"id": 7, "name": "Outage"}, first)
    assert told["counts"] == {"operational": 0, "impaired": 0, "outage": 2, "closed": 0}
    assert "journal_id" not in told
    assert world.get("/summary", who=VIEWER)["journal_id"] == world.board.last_id()


def test_an_empty_board_is_fine_since_never(tmp_path: Path) -> None:
    with (
        opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board,
        serving(board) as server,
    ):
        told = ask(server, method="GET", path="/api/v1/summary").json
        assert (told["status"]["id"], told["since"], told["total"]) == (5, None, 0)
        assert ask(server, method="GET", path="/api/v1/services").json == {
            "items": [],
            "next": None,
        }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["E-Mail", "Büro-Drucker № 3", "Vault"]),
        ("status=outage", ["E-Mail"]),
        ("status=6&status=OUTAGE", ["E-Mail", "Büro-Drucker № 3"]),
        ("group=Core", ["E-Mail", "Vault"]),
        ("group=printers&group=2", ["E-Mail", "Büro-Drucker № 3", "Vault"]),
        ("group=", []),
        ("q=buro%20drucker", ["Büro-Drucker № 3"]),
        ("q=drucker+mail", []),
        ("hidden=true", ["Vault"]),
        ("hidden=false&status=7", ["E-Mail"]),
        ("stale=true", []),
        ("sort=name", ["Büro-Drucker № 3", "E-Mail", "Vault"]),
        ("sort=-name", ["Vault", "E-Mail", "Büro-Drucker № 3"]),
        ("sort=-status", ["E-Mail", "Büro-Drucker № 3", "Vault"]),
        ("sort=position", ["Büro-Drucker № 3", "E-Mail", "Vault"]),
        ("sort=-key&limit=1", ["Vault"]),
        ("limit=2", ["E-Mail", "Büro-Drucker № 3"]),
    ],
)
def test_lists_have_what_is_wanted_in_the_order_that_is_wanted(
    still: World, query: str, expected: list[str]
) -> None:
    assert names(still.get(f"/services?{query}", who=VIEWER)) == expected


def test_a_stale_status_is_told_and_found(tmp_path: Path) -> None:
    clock = HandClock()
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path, clock=clock) as board:
        add_service(board, stale_minutes=5)
        add_service(board, "Web")
        clock.go_on(timedelta(minutes=10))
        do_due(board)
        with serving(board) as server:
            told = ask(server, method="GET", path="/api/v1/services?stale=true").json
            assert names(told) == ["E-Mail"]
            assert ask(server, method="GET", path="/api/v1/summary").json["stale"] == 1


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("status=broken", "status"), ("group=nobody", "group"), ("sort=colour", "sort"), ("limit=1001", "limit"),
     ("limit=x", "limit"), ("cursor=abc", "cursor"), ("cursor=WyJuYW1lIiwieCIsMV0", "cursor"), ("hidden=maybe", "hidden"),
     ("cursor=WyJpZCIseyJ4IjoxfSwxXQ", "cursor"), ("colour=red", "colour"), ("cursor=%C3%A4", "cursor")],
)  # fmt: skip
def test_a_question_that_makes_no_sense_names_the_parameter(
    still: World, query: str, parameter: str
) -> None:
    told = still.ask("GET", f"/services?{query}").json
    assert (told["status"], told["errors"][0]["parameter"]) == (422, parameter)


def test_pages_are_linked_and_have_everything_once_though_services_come_and_go(
    world: World,
) -> None:
    for number in range(7):
        add_service(world.board, f"Service {number}")
    path, seen = "/api/v1/services?sort=-name&limit=2", list[str]()
    while path:
        answer = ask(world.server, method="GET", path=path)
        seen += names(answer.json)
        link = re.fullmatch(r'<(.+)>; rel="next"', answer.headers.get("link", ""))
        assert (link is None) is (answer.json["next"] is None)
        path = link[1] if link else ""
        if len(seen) == 4:
            world.board.services.remove(ALICE, [world.mail.id])
            add_service(world.board, "Zebra")
    assert seen == ["Service 6", "Service 5", "Service 4", "Service 3", "Service 2", "Service 1",
                    "Service 0", "Büro-Drucker № 3"]  # fmt: skip


def test_groups_have_the_worst_status_of_what_may_be_seen(world: World) -> None:
    world.board.statuses.set(BOB, [world.hidden.id], 7)
    world.board.statuses.set(BOB, [world.mail.id], 6)
    told = world.get("/groups")
    assert names(told) == ["Printers", "Core"]
    assert told["items"][1] == world.get("/groups/2")
    assert told["items"][1]["status"]["name"] == "Impaired"
    assert world.get("/groups/2", who=VIEWER)["status"]["name"] == "Outage"
    assert names(world.get("/services?group=2")) == ["E-Mail"]
    first = world.get("/groups?limit=1")
    assert names(first) == ["Printers"]
    assert names(world.get(f"/groups?cursor={first['next']}")) == ["Core"]
    assert world.ask("GET", "/groups?cursor=99").status == 422


def test_the_journal_is_read_a_page_at_a_time_newest_first(
    database_url: str, tmp_path: Path
) -> None:
    with world_in(database_url, tmp_path) as world:
        world.board.statuses.set(BOB, [world.mail.id], 7, "the disk is full")
        whole = world.get("/journal?limit=1000", who=VIEWER)["items"]
        assert [entry["id"] for entry in whole] == sorted(
            (entry["id"] for entry in whole), reverse=True
        )
        newest = whole[0]
        assert (newest["kind"], newest["actor"], newest["origin"]) == (
            "service.status",
            "bob",
            "cli",
        )
        assert newest["subject"] == {"kind": "service", "id": world.mail.id, "name": "E-Mail"}
        assert newest["before"] == {"status": {"id": 5, "name": "Operational"}}
        assert newest["after"] == {"status": {"id": 7, "name": "Outage"}}
        cursor: str | None = ""
        paged: list[Any] = []
        while cursor is not None:
            page = world.get(f"/journal?limit=2{cursor and '&cursor=' + cursor}", who=VIEWER)
            paged += page["items"]
            cursor = page["next"]
        assert paged == whole
        for query in ("service=MAIL&kind=service.status", "actor=bob", "q=disk%20full"):
            assert world.get(f"/journal?{query}", who=VIEWER)["items"] == [newest]
        removed = world.get(f"/journal?service={world.removed.id}", who=VIEWER)["items"]
        assert [entry["kind"] for entry in removed] == ["service.removed", "service.added"]
        assert world.ask("GET", "/journal?service=OLD", who=VIEWER).status == 404
        assert world.ask("GET", "/journal?cursor=x", who=VIEWER).status == 422
        for query in ("actor=%00", "q=a%00b"):
            assert world.ask("GET", f"/journal?{query}", who=VIEWER).status == 422


def test_what_only_administrators_may_read_is_in_no_other_s_journal(world: World) -> None:
    def kinds(who: str) -> set[str]:
        return {entry["kind"] for entry in world.get("/journal?limit=1000", who=who)["items"]}

    assert "account.added" in kinds("alice")
    assert not [kind for kind in kinds(VIEWER) if kind.startswith("account.")]


def test_the_trash_has_what_can_be_restored(world: World) -> None:
    told = world.get("/trash", who=EDITOR)
    (item,) = told["items"]
    assert (item["service"]["name"], item["removed_by"]) == ("Old", "alice")
    assert item["links"] == {"restore": f"/api/v1/trash/{world.removed.id}/restore"}
    assert world.get("/trash", who="dora")["items"] == []


def test_an_account_that_was_lowered_or_disabled_sees_no_more_than_it_may(world: World) -> None:
    assert len(world.get("/services", who=EDITOR)["items"]) == 3
    bob = world.board.accounts.find("bob")
    world.board.accounts.edit(ALICE, bob.id, active=False)
    assert world.ask("GET", "/services", who=EDITOR).status == 401
    assert world.ask("GET", "/journal", who=EDITOR).status == 401

"""Who would be told of a change that is only tried: the same who are told once it is made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.domain.tokens import TokenDraft
from tests.builders import ALICE, BOB
from tests.server.v1.stream.listening import Listening, listening
from tests.server.v1.world import ADMINISTRATOR, EDITOR, LIMITED, VIEWER, World, sqlite_world


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with sqlite_world(tmp_path_factory.mktemp("told")) as made:
        yield made


def told(world: World, method: str, path: str, body: Any = None, *, who: str = EDITOR) -> Any:
    answer = world.ask(method, f"{path}?dry_run=true", body, who=who)
    assert answer.status == 200, answer
    return answer.json["told"]


def stream(count: int) -> dict[str, Any]:
    return {"by": "stream", "count": count}


def by_stream(found: Any) -> int:
    return sum(one["count"] for one in found if one["by"] == "stream")


PERSON = Principal("erin", Role.EDITOR, Origin.DESKTOP)
PUT_MAIL = ("PUT", "/services/MAIL/status", {"status": 6})
PUT_VAULT = ("PUT", "/services/VAULT/status", {"status": 6})

LISTENERS: list[tuple[str, str]] = [
    ("", "public"),
    ("types=service.status", "public"),
    ("types=service.added,service.removed,service.status", "public"),
    ("services=Drucker-3", VIEWER),
    ("", VIEWER),
    ("", ADMINISTRATOR),
    ("types=account,service.status", ADMINISTRATOR),
]
"""All of them hear that the printer gets another status."""

WRITES: list[tuple[str, str, Any]] = [
    ("PUT", "/services/MAIL/status", {"status": 7, "comment": "x"}),
    ("POST", "/services/status", {"services": ["MAIL", "VAULT"], "status": 6}),
    ("PUT", "/services/VAULT/status", {"status": 7}),
    ("POST", "/services/MAIL/confirm", {}),
    ("POST", "/services/MAIL/hold", {}),
    ("POST", "/services/MAIL/release", {}),
    ("POST", "/services", {"name": "Seen", "group": "core"}),
    ("POST", "/services", {"name": "Unseen", "hidden": True}),
    ("PATCH", "/services/VAULT", {"note": "of nobody's business"}),
    ("PATCH", "/services/VAULT", {"hidden": False}),
    ("PATCH", "/services/VAULT", {"hidden": True}),
    ("DELETE", "/services/VAULT", None),
    ("POST", "/trash/{vault}/restore", None),
    ("DELETE", "/services/MAIL", None),
    ("POST", "/trash/{mail}/restore", None),
    ("POST", "/journal/{operation}/undo", None),
    ("POST", "/groups", {"name": "Heard"}),
    ("PATCH", "/groups/Heard", {"name": "Heard of"}),
    ("POST", "/accounts", {"name": "eve", "role": "viewer", "password": "a long sentence of hers"}),
    ("PATCH", "/accounts/eve", {"role": "editor"}),
    ("POST", "/tokens", {"name": "watch"}),
    ("POST", "/backups", None),
]


def test_as_many_would_hear_it_on_the_stream_as_do(tmp_path: Path) -> None:
    with sqlite_world(tmp_path) as world, ExitStack() as stack:
        listeners = [
            stack.enter_context(listening(world.server, query, who=who)) for query, who in LISTENERS
        ]
        mark(world, listeners)
        ids = {"vault": world.hidden.id, "mail": world.mail.id}
        for method, path, body in WRITES:
            operation_id = operation(world) if "{operation}" in path else 0
            named = path.format(**ids, operation=operation_id)
            before = world.board.last_id()
            tried = by_stream(told(world, method, named, body, who=ADMINISTRATOR))
            assert world.board.last_id() == before
            assert world.ask(method, named, body, who=ADMINISTRATOR).status in (200, 201, 204)
            made = range(before + 1, world.board.last_id() + 1)
            heard = [len(set(one) & set(made)) for one in mark(world, listeners)]
            assert tried == sum(map(bool, heard)), (method, path, heard)


def operation(world: World) -> int:
    """One that can be taken back; e-mail is operational before it."""
    world.board.statuses.set(BOB, [world.mail.id], 5)
    return world.board.statuses.set(BOB, [world.mail.id], 6).entries[0].id


def mark(world: World, listeners: list[Listening]) -> list[list[int | None]]:
    """Something that everybody hears; the ids of what each was told before and with it."""
    printer = world.printer.id
    world.board.statuses.set(BOB, [printer], 6)
    until = world.board.statuses.set(BOB, [printer], 5).entries[-1].id
    return [[frame.id for frame in listener.until(until)] for listener in listeners]


def test_whose_filter_leaves_it_out_is_not_counted(world: World) -> None:
    with (
        listening(world.server, "services=MAIL"),
        listening(world.server, "types=service.status"),
        listening(world.server, "services=Drucker-3"),
        listening(world.server, "types=group"),
    ):
        assert told(world, *PUT_MAIL) == [stream(2)]


def test_who_may_not_see_the_service_is_not_counted(world: World) -> None:
    with listening(world.server):
        assert told(world, *PUT_VAULT) == []
        with listening(world.server, who=VIEWER):
            assert told(world, *PUT_VAULT) == [stream(1)]
            assert told(world, *PUT_MAIL) == [stream(2)]


def test_who_listens_with_a_revoked_token_is_not_counted_any_more(world: World) -> None:
    bob = world.board.accounts.find(EDITOR)
    made = world.board.tokens.add(ALICE, TokenDraft("listens", account_id=bob.id)).value
    with listening(world.server, token=made.secret) as listener:
        assert told(world, *PUT_VAULT) == [stream(1)]
        world.board.tokens.revoke(ALICE, made.token.id)
        listener.rest()
        assert told(world, *PUT_VAULT) == []


def test_nobody_listens_and_no_desk_is_open(world: World) -> None:
    assert told(world, *PUT_MAIL) == []
    assert told(world, "POST", "/backups", who=ADMINISTRATOR) == []


def test_desks_would_be_told_what_their_notice_says(tmp_path: Path) -> None:
    with sqlite_world(tmp_path) as world:
        for _ in range(2):
            world.board.new_run().heartbeat()
        body = {"status": "outage", "comment": "the disk"}
        text = "E-Mail: Outage\nWas Operational. Set by bob.\nthe disk"
        assert told(world, "PUT", "/services/MAIL/status", body) == [
            {"by": "desk", "count": 2, "text": text}
        ]
        with listening(world.server):
            found = told(world, "PUT", "/services/MAIL/status", body)
            assert found == [stream(1), {"by": "desk", "count": 2, "text": text}]
        many = {"services": ["MAIL", "VAULT"], "status": 6}
        (of_many,) = told(world, "POST", "/services/status", many)
        assert of_many["text"] == "2 services changed in Core: 2 Impaired\nE-Mail, Vault"


def test_desks_are_told_nothing_of_what_is_no_news(tmp_path: Path) -> None:
    with sqlite_world(tmp_path) as world:
        world.board.new_run().heartbeat()
        assert told(world, *PUT_MAIL)
        for method, path, body in (
            ("PUT", "/services/MAIL/status", {"status": 5}),
            ("POST", "/services/MAIL/confirm", {}),
            ("POST", "/services/MAIL/hold", {}),
            ("PATCH", "/services/MAIL", {"note": "new"}),
            ("DELETE", "/services/MAIL", None),
            ("POST", "/services", {"name": "New", "status": "outage"}),
            ("POST", "/groups", {"name": "New"}),
        ):
            assert told(world, method, path, body, who=ADMINISTRATOR) == [], path


def test_a_held_status_is_refused_with_who_would_be_told_of_the_proposal(tmp_path: Path) -> None:
    with sqlite_world(tmp_path) as world, listening(world.server, who=VIEWER) as listener:
        world.board.new_run().heartbeat()
        world.board.statuses.hold(PERSON, [world.mail.id])
        path, before = "/services/MAIL/status", world.board.last_id()
        tried = world.ask("PUT", f"{path}?dry_run=true", {"status": 7}, who=EDITOR)
        assert (tried.status, tried.json["code"]) == (403, "not-allowed.held")
        assert "would be shown" in tried.json["detail"]
        text = "E-Mail: a status was proposed\nbob proposed Outage; somebody holds the status."
        assert tried.json["told"] == [stream(1), {"by": "desk", "count": 1, "text": text}]
        assert world.board.last_id() == before
        done = world.ask("PUT", path, {"status": 7}, who=EDITOR)
        assert done.status == 403
        assert not {"told"} & done.json.keys()
        assert listener.until(world.board.last_id())[-1].event == "service.wished"
        # The same once more is no news.
        assert (
            world.ask("PUT", f"{path}?dry_run=true", {"status": 7}, who=EDITOR).json["told"] == []
        )


def test_an_undo_says_what_desks_would_be_told(tmp_path: Path) -> None:
    with sqlite_world(tmp_path) as world:
        world.board.new_run().heartbeat()
        (found,) = told(world, "POST", f"/journal/{operation(world)}/undo")
        assert found["text"] == "E-Mail: Operational\nWas Impaired. Set by bob."


def test_who_is_refused_is_told_nothing_of_who_listens(world: World) -> None:
    with listening(world.server, who=VIEWER):
        answer = world.ask("PUT", "/services/MAIL/status?dry_run=true", {"status": 7}, who=LIMITED)
        assert answer.status == 403
        assert "told" not in answer.json

"""`GET /api/v1/stream`: what is told, to whom, and from where on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from izzitup_desktop.domain.services import ServiceDraft
from izzitup_desktop.server.limits import Limits, StreamLimits
from tests.builders import ALICE, BOB, HandClock, add_service, opened_board
from tests.server.v1.stream.listening import Listening, asked_for, listening
from tests.server.v1.world import VIEWER, World, sqlite_world, world_in
from tests.server.wire import Client

INNER = {"comment", "changed_by", "held_by", "proposal", "hidden", "note"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with sqlite_world(tmp_path_factory.mktemp("stream")) as made:
        yield made


def set_to(world: World, status: int, *services: int, comment: str = "") -> int:
    """Set statuses by hand; the id of the last entry."""
    other = 6 if status != 6 else 7
    ids = list(services) or [world.mail.id]
    world.board.statuses.set(BOB, ids, other)
    return world.board.statuses.set(BOB, ids, status, comment).entries[-1].id


def mark(world: World) -> int:
    """Something that everybody hears of; its id. What comes before it has been told."""
    return set_to(world, 5, world.printer.id)


def names(listener: Listening, until: int) -> list[tuple[str, int]]:
    return [
        (frame.event, frame.data.get("subject", {}).get("id", 0))
        for frame in listener.until(until)
    ]  # fmt: skip


def test_a_stream_begins_with_where_to_go_on_and_tells_each_change(
    database_url: str, tmp_path: Path
) -> None:
    with world_in(database_url, tmp_path) as world, Client(world.server) as client:
        client.send(asked_for(world.server, who=VIEWER))
        listener = Listening(client)
        headers = listener.answer.headers
        assert headers["content-type"] == "text/event-stream; charset=utf-8"
        assert headers["cache-control"] == "no-store"
        assert headers["x-accel-buffering"] == "no"
        first = listener.next()
        assert (first.event, first.data) == ("", None)
        assert 3_000 <= (first.retry or 0) < 6_000
        assert first.id == world.board.last_id()
        written = world.board.statuses.set(BOB, [world.mail.id], 7, "the disk is full")
        told = listener.event()
        assert (told.id, told.event) == (written.entries[0].id, "service.status")
        assert told.data["before"] == {"status": {"id": 5, "name": "Operational"}}
        assert told.data["after"] == {"status": {"id": 7, "name": "Outage"}}
        assert (told.data["actor"], told.data["comment"]) == ("bob", "the disk is full")
        assert told.data["service"] == world.get("/services/MAIL", who=VIEWER)


def test_the_public_is_told_what_it_may_see_and_not_who_nor_why(world: World) -> None:
    with listening(world.server) as listener:
        id_ = set_to(world, 7, comment="the disk is full")
        told = listener.until(id_)[-1]
        assert told.data["service"] == world.get("/services/MAIL")
        assert not INNER & told.data["service"].keys()
        assert set(told.data) == {"id", "time", "subject", "before", "after", "service"}
        assert told.data["after"] == {"status": {"id": 7, "name": "Outage"}}


def test_nothing_of_a_hidden_service_is_told_to_whoever_may_not_see_it(world: World) -> None:
    with listening(world.server) as public, listening(world.server, who=VIEWER) as inner:
        set_to(world, 7, world.hidden.id)
        until = mark(world)
        assert {id_ for _, id_ in names(public, until)} == {world.printer.id}
        assert world.hidden.id in {id_ for _, id_ in names(inner, until)}


def test_what_is_hidden_is_gone_for_the_public_and_there_again_when_it_is_shown(
    world: World,
) -> None:
    board = world.board
    wiki = add_service(board, "Wiki", key="WIKI", hidden=True)

    def hide(hidden: bool) -> None:
        now = world.service(wiki.id)
        draft = replace(ServiceDraft.of(now), hidden=hidden)
        board.services.edit(ALICE, wiki.id, draft, version=now.version)

    with listening(world.server) as listener:
        board.statuses.set(BOB, [wiki.id], 6)
        names(listener, mark(world))
        for change, told in (
            (lambda: hide(False), ["service.added"]),
            (lambda: board.statuses.set(BOB, [wiki.id], 7), ["service.status"]),
            (lambda: hide(True), ["service.removed"]),
            (lambda: board.statuses.set(BOB, [wiki.id], 5), []),
            (lambda: hide(False), ["service.added"]),
            (lambda: board.services.remove(ALICE, [wiki.id]), ["service.removed"]),
            (lambda: board.trash.restore(ALICE, [wiki.id]), ["service.added"]),
        ):
            change()
            heard = names(listener, mark(world))
            assert [name for name, id_ in heard if id_ == wiki.id] == told
    hide(True)


def test_what_was_missed_is_told_without_a_gap_or_a_double(
    database_url: str, tmp_path: Path
) -> None:
    with world_in(database_url, tmp_path) as world:
        ids = [set_to(world, 7) for _ in range(3)]
        since = ids[0]
        # Nobody has listened yet: it is read from the journal.
        with listening(world.server, f"since={since}", who=VIEWER) as listener:
            told = [frame.id for frame in listener.until(ids[-1])]
            assert told == list(range(since + 1, ids[-1] + 1))
        more = [set_to(world, 7) for _ in range(3)]
        # By now it is among what happened lately; the header goes before the query.
        with listening(
            world.server, f"since={since}", who=VIEWER, last_event_id=str(ids[-1])
        ) as listener:
            told = [frame.id for frame in listener.until(more[-1])]
            assert told == list(range(ids[-1] + 1, more[-1] + 1))
            last = set_to(world, 5)
            assert [frame.id for frame in listener.until(last)] == [last - 1, last]


def test_who_waits_for_nothing_has_an_id_to_come_back_with(world: World) -> None:
    # What has no id of its own would be told again, behind the newest that has one.
    with listening(world.server) as before:
        before.until(mark(world))
    with listening(world.server) as listener:
        begun_at = listener.last_id
    until = mark(world)
    with listening(world.server, last_event_id=str(begun_at)) as listener:
        assert listener.last_id == begun_at
        assert [frame.id for frame in listener.until(until)] == [until - 1, until]


def test_the_past_of_what_is_hidden_now_is_not_told(tmp_path: Path) -> None:
    with sqlite_world(tmp_path) as world:
        since = set_to(world, 7)
        now = world.service(world.mail.id)
        draft = replace(ServiceDraft.of(now), hidden=True)
        set_to(world, 6)
        hidden_by = world.board.services.edit(ALICE, now.id, draft, version=now.version)
        until = mark(world)
        for _ in ("from the journal", "from what happened lately"):
            with listening(world.server, f"since={since}") as listener:
                told = [(frame.id, frame.event) for frame in listener.until(until)]
            assert told == [
                (hidden_by.entries[0].id, "service.removed"),
                (until - 1, "service.status"),
                (until, "service.status"),
            ]


def test_what_happened_while_it_was_hidden_is_not_told_once_it_is_shown_again(
    tmp_path: Path,
) -> None:
    with sqlite_world(tmp_path) as world:
        board, since = world.board, set_to(world, 7)

        def hide(hidden: bool) -> int:
            now = world.service(world.mail.id)
            draft = replace(ServiceDraft.of(now), hidden=hidden)
            return board.services.edit(ALICE, now.id, draft, version=now.version).entries[0].id

        told = [(hide(True), "service.removed")]
        set_to(world, 6)
        set_to(world, 5)
        told.append((hide(False), "service.added"))
        set_by_hand = board.statuses.set(BOB, [world.mail.id], 7).entries[0].id
        told.append((set_by_hand, "service.status"))
        gone = board.services.remove(ALICE, [world.mail.id]).entries[0].id
        back = board.trash.restore(ALICE, [world.mail.id]).entries[0].id
        told += [(gone, "service.removed"), (back, "service.added")]
        with listening(world.server, f"since={since}&services=MAIL") as listener:
            found = [(frame.id, frame.event) for frame in listener.until(back)]
        assert found == told


def test_where_it_can_not_be_known_what_was_seen_everything_is_read_anew(tmp_path: Path) -> None:
    with sqlite_world(tmp_path) as world:
        since = set_to(world, 7)
        world.board.services.remove(ALICE, [world.mail.id])
        with listening(world.server, f"since={since}") as listener:
            told = listener.event()
            assert (told.event, told.data["reason"]) == ("reset", "unseen")
            assert told.id == world.board.last_id()
            until = mark(world)
            assert [frame.id for frame in listener.until(until)] == [until - 1, until]
        with listening(world.server, f"since={since}", who=VIEWER) as listener:
            assert listener.event().event == "service.removed"


@pytest.mark.parametrize(
    ("limits", "reason"), [({"replayed": 3}, "too-many"), ({"replayed": 100}, "")]
)
def test_who_missed_too_much_is_told_to_read_everything_anew(
    tmp_path: Path, limits: dict[str, int], reason: str
) -> None:
    with sqlite_world(tmp_path, limits=Limits(stream=StreamLimits(**limits))) as world:
        since = set_to(world, 7)
        until = [set_to(world, 7) for _ in range(3)][-1]
        with listening(world.server, f"since={since}", who=VIEWER) as listener:
            told = listener.event()
            assert told.data.get("reason", "") == reason
            assert told.id == (until if reason else since + 1)


@pytest.mark.parametrize("last_event_id", ["999999", "nonsense", "-1"])
def test_an_id_that_nobody_was_told_means_to_read_everything_anew(
    world: World, last_event_id: str
) -> None:
    with listening(world.server, last_event_id=last_event_id) as listener:
        told = listener.event()
        assert (told.event, told.data["reason"]) == ("reset", "unknown")
        # What was committed last may be on its way to who listens.
        assert told.id is not None
        assert told.id <= world.board.last_id()
        status_id = 6 if world.board.services.find(BOB, "MAIL").status_id == 7 else 7
        (entry,) = world.board.statuses.set(BOB, [world.mail.id], status_id).entries
        assert all(one.event != "reset" for one in listener.until(entry.id))


def test_a_journal_that_was_archived_meanwhile_means_to_read_everything_anew(
    tmp_path: Path,
) -> None:
    clock = HandClock()
    with sqlite_world(tmp_path, clock=clock) as world:
        since = world.board.last_id() - 2
        clock.go_on(timedelta(days=800))
        assert world.board.archive.move_older(365)
        with listening(world.server, f"since={since}", who=VIEWER) as listener:
            told = listener.event()
            assert (told.event, told.data["reason"]) == ("reset", "too-old")


def test_types_and_services_are_filtered(world: World) -> None:
    mail, printer = world.mail.id, world.printer.id
    of_printer, of_mail = ("service.status", printer), ("service.status", mail)
    queries: dict[str, list[tuple[str, int | None]]] = {
        "services=MAIL": [of_mail],
        f"services={printer}&services=mail": [of_printer, of_mail, of_printer],
        "types=group,service.status&services=Drucker-3": [of_printer, of_printer],
        "types=service": [of_printer, of_mail, of_printer],
        "types=group": [("group.changed", None)],
    }
    with listening(world.server) as before:
        before.until(set_to(world, 5, printer, mail))
    with ExitStack() as stack:
        listeners = [stack.enter_context(listening(world.server, query)) for query in queries]
        world.board.statuses.set(BOB, [printer], 7)
        group = world.board.groups.add(ALICE, "A group more").value
        world.board.statuses.set(BOB, [mail], 7)
        world.board.statuses.set(BOB, [printer], 6)
        for listener, wanted in zip(listeners, queries.values(), strict=True):
            frames = [listener.event() for _ in wanted]
            assert [(one.event, one.data["subject"]["id"]) for one in frames] == [
                (event, group.id if id_ is None else id_) for event, id_ in wanted
            ]


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("types=service.exploded", 422, "invalid"),
        ("since=yesterday", 422, "invalid"),
        ("since=-1", 422, "invalid"),
        ("limit=3", 422, "invalid"),
        ("services=NOBODY", 404, "not-found.service"),
        ("services=VAULT", 404, "not-found.service"),
        ("services=" + ",".join(map(str, range(300))), 422, "invalid"),
    ],
)
def test_what_can_not_be_listened_to_is_a_problem(
    world: World, query: str, status: int, code: str
) -> None:
    answer = world.ask("GET", f"/stream?{query}")
    assert (answer.status, answer.json["code"]) == (status, code)


def test_a_hidden_service_is_refused_as_one_that_is_not_there(world: World) -> None:
    hidden, missing = (
        world.ask("GET", f"/stream?services={key}").body for key in ("VAULT", "FAULT")
    )
    assert hidden.replace(b"VAULT", b"FAULT") == missing


def test_head_ends_options_tells_and_others_are_refused(world: World) -> None:
    head = world.ask("HEAD", "/stream")
    assert (head.status, head.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
    options = world.ask("OPTIONS", "/stream")
    assert (options.status, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
    assert world.ask("POST", "/stream").status == 405
    assert world.ask("GET", "/stream", headers=("Authorization: Bearer x",)).status == 401


def test_a_change_by_another_program_is_told(database_url: str, tmp_path: Path) -> None:
    with (
        world_in(database_url, tmp_path) as world,
        listening(world.server) as listener,
        opened_board(database_url, tmp_path) as other,
    ):
        id_ = other.statuses.set(BOB, [world.mail.id], 7).entries[0].id
        told = listener.event()
        assert (told.id, told.data["service"]["key"]) == (id_, "MAIL")


def test_what_the_journal_knows_nothing_of_is_told_without_an_id(world: World) -> None:
    with listening(world.server, "types=service.changed") as listener:
        with closing(sqlite3.connect(world.board.location.removeprefix("sqlite:///"))) as database:
            database.execute("UPDATE services SET url = 'https://x.example' WHERE key = 'MAIL'")
            database.commit()
        told = listener.event()
        assert (told.id, told.event) == (None, "service.changed")
        assert told.data["service"]["url"] == "https://x.example"


def test_a_restored_board_means_to_read_everything_anew(tmp_path: Path) -> None:
    with sqlite_world(tmp_path) as world:
        backup = world.board.backups.save(ALICE)
        with listening(world.server) as public, listening(world.server, who=VIEWER) as inner:
            set_to(world, 7)
            world.board.backups.restore(ALICE, backup)
            for listener in (public, inner):
                frame = listener.event()
                while frame.event != "reset":
                    frame = listener.event()
                assert frame.data["reason"] == "board"

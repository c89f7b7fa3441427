"""Those who listen: rights that change under them, who does not read, how many, the end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from izzitup_desktop.domain.accounts import Role
from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.scopes import Limits as Limited, Scope
from izzitup_desktop.domain.tokens import TokenDraft
from izzitup_desktop.server.limits import Limits, StreamLimits
from tests.builders import ALICE, BOB, HandClock, add_service, opened_board
from tests.server.v1.stream.listening import Listening, asked_for, listening
from tests.server.v1.world import ADMINISTRATOR, EDITOR, VIEWER, World, sqlite_world, world_in
from tests.server.wire import DEADLINE_SECONDS, Client, ask


def token(
    world: World,
    of: str = EDITOR,
    *further: Scope,
    limits: Limited | None = None,
    lasts: timedelta | None = None,
) -> tuple[int, str]:
    """A token that reads: its id and its secret."""
    expires = None if lasts is None else world.board.clock.now() + lasts
    owner = world.board.accounts.find(of)
    scopes = frozenset({Scope.READ, *further})
    draft = TokenDraft("watch", account_id=owner.id, scopes=scopes, limits=limits, expires=expires)
    made = world.board.tokens.add(ALICE, draft).value
    return made.token.id, made.secret


@pytest.mark.parametrize("by", ["this program", "another one"])
def test_a_revoked_token_is_told_nothing_more(database_url: str, tmp_path: Path, by: str) -> None:
    with (
        world_in(database_url, tmp_path) as world,
        opened_board(database_url, tmp_path) as other,
    ):
        id_, secret = token(world)
        _, kept = token(world)
        with (
            listening(world.server, token=secret) as revoked,
            listening(world.server, token=kept) as standing,
        ):
            board = world.board if by == "this program" else other
            last = board.statuses.set(BOB, [world.hidden.id], 7).entries[-1].id
            for listener in (revoked, standing):
                assert listener.until(last)[-1].data["service"]["key"] == "VAULT"
            board.tokens.revoke(ALICE, id_)
            last = board.statuses.set(BOB, [world.hidden.id], 6).entries[-1].id
            assert standing.until(last)[-1].id == last
            assert revoked.rest() == b""
            assert revoked.is_ended


CHANGES: dict[str, Callable[[World, int], object]] = {
    "disabled": lambda world, id_: world.board.accounts.edit(ALICE, id_, active=False),
    "lowered": lambda world, id_: world.board.accounts.edit(ALICE, id_, role=Role.VIEWER),
    "another password": lambda world, id_: world.board.accounts.set_password(
        ALICE, id_, "staple a correct horse"
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_who_signed_in_by_a_password_signs_in_anew_once_the_account_was_changed(
    tmp_path: Path, change: str
) -> None:
    with sqlite_world(tmp_path) as world, listening(world.server, who=EDITOR) as listener:
        id_ = world.board.accounts.find(EDITOR).id
        CHANGES[change](world, id_)
        world.board.statuses.set(BOB, [world.hidden.id], 7)
        assert b"VAULT" not in listener.rest()
        assert listener.is_ended


def test_a_token_of_a_disabled_account_is_told_nothing_more(tmp_path: Path) -> None:
    with sqlite_world(tmp_path) as world:
        _, secret = token(world)
        with listening(world.server, token=secret) as listener:
            editor = world.board.accounts.find(EDITOR)
            world.board.accounts.edit(ALICE, editor.id, active=False)
            world.board.statuses.set(BOB, [world.mail.id], 7)
            assert b"MAIL" not in listener.rest()


def test_whose_account_is_lowered_hears_less_from_then_on(tmp_path: Path) -> None:
    with sqlite_world(tmp_path) as world:
        board = world.board
        _, secret = token(world, ADMINISTRATOR, Scope.MANAGE)
        board.accounts.add(ALICE, "erin", Role.ADMINISTRATOR, "correct horse staple")
        first, bob = board.accounts.find(ADMINISTRATOR), board.accounts.find(EDITOR)
        with listening(world.server, token=secret) as listener:
            board.accounts.edit(ALICE, bob.id, role=Role.VIEWER)
            assert listener.event().event == "account.edited"
            board.accounts.edit(ALICE, first.id, role=Role.VIEWER)
            reset = listener.event()
            assert (reset.event, reset.data["reason"]) == ("reset", "rights")
            board.accounts.edit(ALICE, bob.id, role=Role.EDITOR)
            board.statuses.set(BOB, [world.hidden.id], 7)
            assert listener.event().event == "service.status"


def test_who_comes_back_with_other_rights_reads_everything_anew(tmp_path: Path) -> None:
    with sqlite_world(tmp_path) as world:
        board, since = world.board, world.board.last_id()
        _, secret = token(world, ADMINISTRATOR)
        board.accounts.add(ALICE, "erin", Role.ADMINISTRATOR, "correct horse staple")
        board.accounts.edit(ALICE, board.accounts.find(ADMINISTRATOR).id, role=Role.VIEWER)
        for _ in ("from the journal", "from what happened lately"):
            with listening(world.server, f"since={since}", token=secret) as listener:
                assert listener.event().data["reason"] == "rights"


def test_a_token_that_ends_meanwhile_is_told_nothing_more(tmp_path: Path) -> None:
    clock = HandClock()
    with sqlite_world(tmp_path, clock=clock) as world:
        _, secret = token(world, lasts=timedelta(hours=1))
        with listening(world.server, token=secret) as listener:
            last = world.board.statuses.set(BOB, [world.mail.id], 7).entries[-1].id
            listener.until(last)
            clock.go_on(timedelta(hours=2))
            world.board.statuses.set(BOB, [world.mail.id], 6)
            assert listener.rest() == b""


def test_a_limited_token_hears_of_its_hidden_service_what_the_public_would(
    tmp_path: Path,
) -> None:
    with sqlite_world(tmp_path) as world:
        other = add_service(world.board, "Safe", key="SAFE", hidden=True)
        limits = Limited(service_ids=frozenset({world.hidden.id}))
        _, secret = token(world, ADMINISTRATOR, limits=limits)
        with listening(world.server, token=secret) as listener:
            world.board.statuses.set(BOB, [other.id], 7)
            world.board.statuses.set(BOB, [world.hidden.id], 7, "a secret")
            told = listener.event()
            assert told.data["service"]["key"] == "VAULT"
            assert "a secret" not in str(told.data)


@contextmanager
def asleep(world: World) -> Iterator[Listening]:
    """Somebody who listens and does not read."""
    with listening(world.server, who=VIEWER) as listener:
        yield listener


@pytest.mark.soak
@pytest.mark.parametrize(
    "limits",
    [
        {"waiting_bytes": 64 * 1024},
        {"waiting_bytes": 1 << 30, "stalled_seconds": 0.02, "ping_seconds": 0.01},
    ],
    ids=["much waits", "it waits for long"],
)
def test_who_does_not_read_is_cut_off_and_comes_back_for_what_it_missed(
    tmp_path: Path, limits: dict[str, float]
) -> None:
    stream = StreamLimits(**limits)  # type: ignore[arg-type]
    with sqlite_world(tmp_path, limits=Limits(stream=stream)) as world:
        board = world.board
        ids = [
            add_service(board, f"Service {number}", description="x" * 500, note="y" * 2_000).id
            for number in range(100)
        ]
        with asleep(world) as sleeper, listening(world.server) as awake:
            last = 0
            for status in (7, 6) * 15:
                last = board.statuses.set(BOB, ids, status).entries[-1].id
                awake.until(last)
            with pytest.raises((EOFError, ConnectionResetError)):
                sleeper.until(last)
            assert not sleeper.is_ended
        assert sleeper.last_id is not None
        assert sleeper.last_id < last
        with listening(world.server, who=VIEWER, last_event_id=str(sleeper.last_id)) as listener:
            told = [frame.id for frame in listener.until(last)]
        assert told == list(range(sleeper.last_id + 1, last + 1))


def test_so_many_may_listen_and_scripts_have_their_connections_all_the_same(
    tmp_path: Path,
) -> None:
    limits = Limits(connections=8, connections_reserved=4, streams=10)
    with sqlite_world(tmp_path, limits=limits) as world, ExitStack() as stack:
        for _ in range(10):
            stack.enter_context(listening(world.server))
        refused = world.ask("GET", "/stream")
        assert (refused.status, refused.json["code"]) == (503, "too-many-connections")
        assert refused.headers["retry-after"] == "30"
        assert ask(world.server, method="GET").status == 200
        stack.close()
        with Client(world.server) as client:
            # Those who left have to be gone first.
            for _ in range(1_000):
                client.send(asked_for(world.server))
                if client.answer().status == 200:
                    break
            else:
                raise AssertionError("nobody else may listen")


def test_a_connection_that_had_room_for_a_stream_ends_though_a_problem_was_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_args: object, **_options: object) -> list[Entry]:
        raise Unavailable("The database can not be reached.")

    with sqlite_world(tmp_path) as world, Client(world.server) as client:
        since = world.board.statuses.set(BOB, [world.mail.id], 7).entries[-1].id - 1
        monkeypatch.setattr(world.board.journal, "since", lost)
        client.send(asked_for(world.server, f"since={since}"))
        assert client.answer().status == 503
        with pytest.raises(ConnectionError):
            client.send(asked_for(world.server, "limit=1"))
            client.answer()


def test_a_listener_is_told_that_somebody_is_there_and_where_to_go_on(tmp_path: Path) -> None:
    limits = Limits(stream=StreamLimits(ping_seconds=0.01))
    with (
        sqlite_world(tmp_path, limits=limits) as world,
        listening(world.server, "services=MAIL") as listener,
    ):
        last = world.board.statuses.set(BOB, [world.printer.id], 7).entries[-1].id
        frame = listener.next()
        while frame.id != last:
            frame = listener.next()
        assert (frame.event, frame.data) == ("", None)


def test_at_the_servers_end_streams_end_and_who_comes_back_is_told_once_not_to(
    tmp_path: Path,
) -> None:
    stream = StreamLimits(farewell_seconds=DEADLINE_SECONDS)
    with sqlite_world(tmp_path, limits=Limits(stream=stream)) as world:
        before = world.board.subscriptions
        with listening(world.server) as listener:
            assert world.board.subscriptions == before + 1
            stopping = threading.Thread(target=world.server.stop)
            stopping.start()
            assert listener.rest() == b""
            assert listener.is_ended
            with Client(world.server) as client:
                client.send(asked_for(world.server))
                assert client.answer().status == 204
            # That was all who had listened: nobody is waited for any more.
            stopping.join(DEADLINE_SECONDS)
            assert not stopping.is_alive()
        assert world.board.subscriptions == before

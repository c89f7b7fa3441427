"""Finding who acts by a token: at once after any change, and at no cost without one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event
from time import thread_time

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.board.signing_in.hash_worker import HashWorker
from izzitup_desktop.board.tokens import LOOKING, Tokens
from izzitup_desktop.domain.accounts import Role
from izzitup_desktop.domain.errors import (
    ExpiredToken,
    MistypedToken,
    NotAllowed,
    OwnerlessToken,
    RevokedToken,
    UnknownToken,
    WrongTokenKind,
)
from izzitup_desktop.domain.tokens import TokenDraft, TokenKind, digest_of, new_secret
from izzitup_desktop.storage import tokens
from tests.board.made_tokens import (
    ALL,
    account,
    automation,
    found,
    made,
    set_by,
)
from tests.builders import (
    ALICE,
    DEADLINE_SECONDS,
    HandClock,
    add_service,
    opened_board,
)
from tests.counting import statements

pytestmark = pytest.mark.soak_on_postgresql


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def board(database_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Board]:
    with opened_board(database_url, tmp_path, clock=clock) as opened:
        yield opened


@pytest.fixture
def file_board(tmp_path: Path, clock: HandClock) -> Iterator[Board]:
    """A board in a file, where the database matters to nothing."""
    with opened_board(f"sqlite:///{tmp_path}/file.db", tmp_path, clock=clock) as opened:
        yield opened


def test_a_disabled_account_ends_its_tokens_at_once(board: Board) -> None:
    account(board, "alice", Role.ADMINISTRATOR)
    mail, eve = add_service(board), account(board)
    token = made(board, eve, ALL)
    principal = found(board, token.secret)
    board.accounts.edit(ALICE, eve.id, active=False)
    for attempt in (
        lambda: found(board, token.secret),
        lambda: set_by(board, principal, mail),
        lambda: board.services.list(principal),
    ):
        with pytest.raises(OwnerlessToken):
            attempt()
    board.accounts.edit(ALICE, eve.id, active=True)
    assert set_by(board, found(board, token.secret), mail).status_id == 7


def test_a_lowered_account_lowers_its_tokens_at_once(board: Board) -> None:
    mail, eve = add_service(board), account(board)
    token = made(board, eve, ALL)
    principal = found(board, token.secret)
    board.accounts.edit(ALICE, eve.id, role=Role.VIEWER)
    for each in (principal, found(board, token.secret)):
        with pytest.raises(NotAllowed):
            set_by(board, each, mail)


def test_a_revoked_token_does_nothing_more_whoever_revoked_it(
    board: Board, database_url: str, tmp_path: Path, clock: HandClock
) -> None:
    mail, eve = add_service(board), account(board)
    token = made(board, eve, ALL)
    principal = found(board, token.secret)
    set_by(board, principal, mail)
    # Another process on the same database.
    with opened_board(database_url, tmp_path, create=False, clock=clock) as other:
        assert found(other, token.secret) == principal
        other.tokens.revoke(ALICE, token.token.id)
        with pytest.raises(RevokedToken, match="deploy"):
            found(other, token.secret)
    with pytest.raises(RevokedToken):
        set_by(board, principal, mail, 6)
    with pytest.raises(RevokedToken):
        board.journal.latest(principal)
    if not board.is_shared:
        # On PostgreSQL it is known once the server has told of it.
        assert board.tokens.found_if_known(token.secret, address="", route="") is None
        with pytest.raises(RevokedToken):
            found(board, token.secret)


def test_a_token_that_another_process_made_is_found(
    board: Board, database_url: str, tmp_path: Path
) -> None:
    eve = account(board)
    with pytest.raises(UnknownToken):
        found(board, new_secret(TokenKind.ACCOUNT))
    with opened_board(database_url, tmp_path, create=False) as other:
        token = made(other, eve)
    board.core.feed.look()
    assert found(board, token.secret).account_uid == eve.uid


def test_a_token_ends_when_it_expires(board: Board, clock: HandClock) -> None:
    mail, eve = add_service(board), account(board)
    draft = TokenDraft("deploy", eve.id, scopes=ALL, expires=clock.now() + timedelta(days=90))
    token = board.tokens.add(ALICE, draft).value
    principal = found(board, token.secret)
    assert token.token.expires == draft.expires
    clock.go_on(timedelta(days=90))
    with pytest.raises(ExpiredToken):
        found(board, token.secret)
    if not board.is_shared:
        with pytest.raises(ExpiredToken):
            set_by(board, principal, mail)
    with pytest.raises(ExpiredToken):
        board.services.list(principal)


def test_what_was_wrong_is_told_apart(file_board: Board) -> None:
    core = file_board.groups.add(ALICE, "Core").value
    secret = automation(file_board, core.id).secret
    with statements() as asked:
        for sent, error in (
            (secret[:-1], MistypedToken),
            (new_secret(TokenKind.HEARTBEAT), WrongTokenKind),
        ):
            for find in (file_board.tokens.found, file_board.tokens.found_if_known):
                with pytest.raises(error):
                    find(sent, address="", route="")
    assert not asked
    with pytest.raises(UnknownToken):
        found(file_board, new_secret(TokenKind.AUTOMATION))


def test_who_asks_for_a_token_during_a_reading_that_began_before_is_not_refused(
    file_board: Board,
) -> None:
    token = made(file_board, account(file_board))
    began, may_end = Event(), Event()

    def older() -> dict[str, object]:
        began.set()
        assert may_end.wait(DEADLINE_SECONDS)
        return {}

    worker = HashWorker()
    try:
        tokens_of = Tokens(file_board.core, worker)
        worker.submit(LOOKING, older)
        assert began.wait(DEADLINE_SECONDS)
        asked = [
            tokens_of.submit_found(secret, address="", route="")
            for secret in (token.secret, new_secret(TokenKind.ACCOUNT), "izu_wrong")
        ]
        may_end.set()
        assert asked[0].result(DEADLINE_SECONDS).name == "eve"
        assert isinstance(asked[1].exception(DEADLINE_SECONDS), UnknownToken)
        assert isinstance(asked[2].exception(DEADLINE_SECONDS), MistypedToken)
    finally:
        may_end.set()
        worker.close()


# What it costs


def test_a_token_that_was_seen_needs_no_reading(board: Board) -> None:
    eve = account(board)
    token = made(board, eve)
    principal = found(board, token.secret)
    with statements() as asked:
        for _ in range(50):
            assert found(board, token.secret) == principal
            assert board.tokens.found_if_known(token.secret, address="", route="") == principal
            assert board.tokens.found_lately(token.secret, address="", route="") == principal
            with pytest.raises(UnknownToken):
                found(board, new_secret(TokenKind.ACCOUNT))
    assert not asked


def test_a_status_set_by_a_token_reads_the_token_once_for_many(file_board: Board) -> None:
    mail = add_service(file_board)
    principal = found(file_board, made(file_board, account(file_board)).secret)
    set_by(file_board, principal, mail)
    with statements() as asked:
        for status_id in (5, 6, 7) * 5:
            set_by(file_board, principal, mail, status_id)
    assert not [sql for _, sql in asked if "tokens" in sql or "accounts" in sql]


def test_a_token_that_was_seen_costs_a_part_of_one_reading(file_board: Board) -> None:
    eve = account(file_board)
    for _ in range(20):
        token = made(file_board, eve)
    found(file_board, token.secret)
    digest = digest_of(token.secret)

    def seconds(work: Callable[[], object]) -> float:
        began = thread_time()
        for _ in range(100):
            work()
        return thread_time() - began

    # In turn, and the least of each: what else the computer does counts for neither.
    pairs = [
        (
            seconds(lambda: file_board.tokens.found_if_known(token.secret, address="", route="")),
            seconds(lambda: file_board.core.read(lambda c: tokens.by_digest(c, digest))),
        )
        for _ in range(5)
    ]
    seen, read = (min(each) for each in zip(*pairs, strict=True))
    assert seen < read / 2


# When they were used


def test_the_last_use_is_stored_by_heartbeats_once_a_minute(board: Board, clock: HandClock) -> None:
    token = made(board, account(board))

    def stored() -> object:
        return board.tokens.list(ALICE)[0].last_use

    with statements() as asked:
        found(board, token.secret)
        board.tokens.found(token.secret, address="2001:db8::1\n", route="x" * 500)
    assert not [sql for _, sql in asked if sql.startswith("UPDATE")]
    assert stored() is None
    board.jobs.heartbeat()
    first = board.tokens.list(ALICE)[0].last_use
    assert first is not None
    assert (first.time, first.address, len(first.route)) == (clock.now(), "2001:db8::1?", 200)
    found(board, token.secret)
    clock.go_on(timedelta(seconds=59))
    found(board, token.secret)
    board.jobs.heartbeat()
    assert stored() == first
    clock.go_on(timedelta(seconds=1))
    board.jobs.heartbeat()
    second = board.tokens.list(ALICE)[0].last_use
    assert second is not None
    assert (second.time, second.address) == (clock.now() - timedelta(seconds=1), "10.0.0.1")


def test_a_use_that_could_not_be_stored_is_stored_later(file_board: Board) -> None:
    token = made(file_board, account(file_board))
    found(file_board, token.secret)
    uses = file_board.tokens.uses
    due = uses.due(1_000.0)
    assert due == uses.due(1_000.0)
    uses.note_written(due, 1_000.0)
    assert not uses.unwritten()
    found(file_board, token.secret)
    assert not uses.due(1_059.0)
    assert uses.due(1_060.0)


def test_a_board_that_closes_stores_when_tokens_were_used(
    database_url: str, tmp_path: Path
) -> None:
    with opened_board(database_url, tmp_path) as board:
        token = made(board, account(board))
        found(board, token.secret)
    with opened_board(database_url, tmp_path, create=False) as board:
        assert board.tokens.list(ALICE)[0].last_use is not None

"""Tokens that end soon are journalled once for each time at which somebody is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.board.due import JOBS
from izzitup_desktop.board.expiring_tokens import log_expiring_tokens
from izzitup_desktop.domain.accounts import SCHEDULE, Origin
from izzitup_desktop.domain.journal import Entry, Search
from izzitup_desktop.domain.kinds.tokens import TOKEN_EXPIRING
from izzitup_desktop.domain.messages import Message
from izzitup_desktop.domain.tokens import Token, TokenDraft
from tests.board.made_tokens import account
from tests.builders import ALICE, CHARLIE, HandClock, Heard, opened_board

pytestmark = pytest.mark.soak_on_postgresql

DAY = timedelta(days=1)
(JOB,) = (job for job in JOBS if job.name == "tokens")


@pytest.fixture
def clock() -> HandClock:
    return HandClock(datetime(2026, 11, 27, 8, 30, tzinfo=UTC))


@pytest.fixture
def board(database_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Board]:
    with opened_board(database_url, tmp_path, clock=clock) as opened:
        yield opened


def noted(board: Board) -> Sequence[Entry]:
    """What was journalled of tokens that end, oldest first."""
    wanted = Search(kinds=frozenset({TOKEN_EXPIRING}))
    return board.journal.search(ALICE, wanted, limit=100)[::-1]


def days_noted(board: Board) -> list[int]:
    return [entry.after["days"] for entry in noted(board)]


def made(board: Board, clock: HandClock, days: float | None, **of: Any) -> Token:
    ends = None if days is None else clock.now() + days * DAY
    owner = of or {"account_id": account(board).id}
    return board.tokens.add(ALICE, TokenDraft("deploy", expires=ends, **owner)).value.token


def go_on(board: Board, clock: HandClock, passed: timedelta) -> None:
    clock.go_on(passed)
    board.jobs.heartbeat()
    board.jobs.run(JOB)


def test_it_is_noted_fourteen_and_three_days_ahead_and_on_the_last_day_once_each(
    board: Board, clock: HandClock
) -> None:
    made(board, clock, 30)
    told = []
    for _ in range(2 * 31):
        before = len(noted(board))
        go_on(board, clock, DAY / 2)
        if len(noted(board)) > before:
            told.append((clock.now() - datetime(2026, 11, 27, 8, 30, tzinfo=UTC)) / DAY)
    assert told == [16, 27, 29]
    assert days_noted(board) == [14, 3, 0]


def test_what_is_noted_says_whose_it_is_and_when_it_ends(board: Board, clock: HandClock) -> None:
    eve = account(board)
    token = made(board, clock, 20, account_id=eve.id)
    go_on(board, clock, 10 * DAY)
    (entry,) = noted(board)
    assert (entry.actor, entry.account_id, entry.origin) == (SCHEDULE.name, None, Origin.SCHEDULE)
    assert (entry.subject_id, entry.subject_name) == (token.id, "deploy")
    assert dict(entry.after) == {
        "owner": "eve", "ending": token.ending, "expires": "2026-12-17T08:30:00+00:00",
        "days": 14, "account_id": eve.id, "group_id": None,
    }  # fmt: skip
    said = board.vocabulary.what_happened(entry)
    assert isinstance(said, Message)
    assert "deploy: token ends 2026-12-17" in str(said)


def test_automation_is_noted_with_its_group(board: Board, clock: HandClock) -> None:
    group = board.groups.add(ALICE, "Core").value
    made(board, clock, 20, group_id=group.id)
    go_on(board, clock, 19.5 * DAY)
    (entry,) = noted(board)
    assert (entry.after["owner"], entry.after["group_id"], entry.after["days"]) == (
        "Core", group.id, 0,
    )  # fmt: skip


def test_neither_a_restart_nor_another_process_notes_it_again(
    board: Board, clock: HandClock, database_url: str, tmp_path: Path
) -> None:
    made(board, clock, 15)
    go_on(board, clock, 2 * DAY)
    board.jobs.give_back()
    with opened_board(database_url, tmp_path, create=False, clock=clock) as other:
        assert not other.jobs.run(JOB)
        go_on(other, clock, 11 * DAY)
        other.jobs.give_back()
    assert not board.jobs.run(JOB)
    assert days_noted(board) == [14, 3]


def test_what_was_missed_while_nobody_watched_is_noted_by_the_nearest_time_alone(
    board: Board, clock: HandClock
) -> None:
    made(board, clock, 60)
    go_on(board, clock, 58 * DAY)
    assert days_noted(board) == [3]


@pytest.mark.parametrize(("days", "told"), [(0.5, []), (3, [0]), (7, [3, 0]), (14, [3, 0])])
def test_of_less_than_it_was_made_for_nobody_is_warned(
    board: Board, clock: HandClock, days: float, told: list[int]
) -> None:
    made(board, clock, days)
    for _ in range(int(days * 2) + 2):
        go_on(board, clock, DAY / 2)
    assert days_noted(board) == told


def test_a_token_that_nobody_signs_in_by_ends_in_silence(board: Board, clock: HandClock) -> None:
    eve, group = account(board), board.groups.add(ALICE, "Core").value
    revoked = made(board, clock, 15, account_id=eve.id)
    board.tokens.revoke(ALICE, revoked.id)
    made(board, clock, 15, group_id=group.id)
    board.groups.remove(ALICE, group.id)
    made(board, clock, 15, account_id=eve.id)
    made(board, clock, None, account_id=eve.id)
    board.accounts.edit(ALICE, eve.id, active=False)
    for _ in range(20):
        go_on(board, clock, DAY)
    assert noted(board) == ()


def test_a_token_that_ended_before_anybody_watched_is_not_noted(
    board: Board, clock: HandClock
) -> None:
    made(board, clock, 20)
    go_on(board, clock, 20 * DAY)
    assert noted(board) == ()


def test_who_may_not_read_of_accounts_reads_nothing_of_it(board: Board, clock: HandClock) -> None:
    made(board, clock, 15)
    go_on(board, clock, 2 * DAY)
    wanted = Search(kinds=frozenset({TOKEN_EXPIRING}))
    assert not board.journal.search(CHARLIE, wanted, limit=10)


def test_what_another_process_noted_is_logged_by_each_that_listens(
    board: Board,
    clock: HandClock,
    database_url: str,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    made(board, clock, 15)
    heard = Heard()
    with opened_board(database_url, tmp_path, create=False, clock=clock) as other:
        other.subscribe(log_expiring_tokens)
        other.subscribe(heard.on_entries)
        go_on(board, clock, 2 * DAY)
        heard.wait_until(lambda: TOKEN_EXPIRING in [entry.kind for entry in heard.entries])
    assert [record.message for record in caplog.records if "deploy" in record.message] == [
        "the token deploy of eve ends at 2026-12-12T08:30:00+00:00"
    ]

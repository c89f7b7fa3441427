"""Whatever people did: its backup is taken, and the board that comes of it works."""

from __future__ import annotations

import random
import shutil
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Account, Origin, Principal, Role
from izzitup_desktop.domain.clock import SystemClock
from izzitup_desktop.domain.errors import BoardError
from izzitup_desktop.domain.exchange import parse_csv, parse_json
from izzitup_desktop.domain.services import ServiceDraft
from izzitup_desktop.domain.status_options import StatusOptions
from izzitup_desktop.storage.recovery import recover
from tests.builders import ALICE, GOOD_PASSWORD, do_due, opened_board
from tests.examples import share_of

pytestmark = [pytest.mark.soak_on_postgresql, pytest.mark.soak]

OLD = Path(__file__).parents[1] / "old_databases"
SCRIPT = Principal("monitor", Role.EDITOR, Origin.API)


class JumpingClock(SystemClock):
    """Goes wrong, and right again."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        return super().now() + self.ahead


def do_anything(board: Board, clock: JumpingClock, alice: Principal, chance: random.Random) -> None:
    """One use case that may be refused, at a time that any clock may tell."""
    ids = [service.id for service in board.services.list(alice)] or [1]
    groups = [group.id for group in board.groups.list(alice)] or [1]
    one, group, status = chance.choice(ids), chance.choice(groups), chance.choice((5, 6, 7))
    number = chance.randrange(1_000)
    later = datetime.now(UTC) + timedelta(days=chance.choice((1, 300)))
    other_time = timedelta(days=chance.choice((-9_000, -1, 400, 4_000)))
    draft = ServiceDraft(
        f"Ünï {number}\u200d", key=chance.choice(("", f"K{number}")), note="a\nb\tc",
        group_id=chance.choice((None, group)), hidden=chance.random() < 0.3, stale_minutes=number,
        url=chance.choice(("", "mailto:a@b.example")),
    )  # fmt: skip

    def latest() -> list[int]:
        return [entry.id for entry in board.journal.latest(alice, limit=30)] or [1]

    def at_another_time() -> None:
        clock.ahead = other_time
        try:
            board.statuses.set(alice, [one], status, "then")
        finally:
            clock.ahead = timedelta(0)

    def edit() -> None:
        (service,) = board.services.many(alice, [one])
        board.services.edit(alice, one, draft, version=service.version)

    chance.choice(
        (
            lambda: board.services.add(alice, draft, status),
            lambda: board.services.add(alice, draft, status),
            lambda: board.groups.add(alice, f"Group {number}"),
            lambda: board.groups.edit(alice, group, f"G {number}", version=1),
            lambda: board.groups.move(alice, group, chance.choice(groups)),
            lambda: board.groups.remove(alice, group),
            lambda: board.statuses.set(alice, ids[:3], status, "why\nnot"),
            lambda: board.statuses.set(alice, [one], status, "", StatusOptions(later, 5, hold=True)),
            lambda: board.statuses.set(SCRIPT, [one], status, "script"),
            lambda: board.statuses.hold(alice, [one], hold=chance.random() < 0.5),
            lambda: board.statuses.confirm(alice, [one]),
            lambda: board.services.move(alice, ids[:2], group, one),
            lambda: board.services.remove(alice, [one]),
            lambda: board.trash.restore(alice, [board.trash.list(alice)[0].service.id]),
            lambda: board.trash.purge(alice, [board.trash.list(alice)[0].service.id]),
            lambda: board.journal.undo(alice, [chance.choice(latest())]),
            lambda: board.journal.undo(alice, [latest()[0]]),
            lambda: board.journal.mark_mistake(alice, chance.choice(latest())),
            lambda: board.accounts.add(
                alice, f"user {number}", Role.EDITOR, GOOD_PASSWORD, chance.choice(((), (group,)))
            ),
            lambda: board.exchange.apply(
                alice, parse_csv(f"name,key,group,status\nX{number},X{number},New,{status}\n"),
                source=f"/tmp/{number}.csv",
            ),
            lambda: do_due(board),
            at_another_time,
            edit,
        )
    )()  # fmt: skip


def try_anything(
    board: Board, clock: JumpingClock, account: Account, chance: random.Random, times: int
) -> None:
    alice = Principal.of(account, Origin.DESKTOP)
    for _ in range(times):
        # An empty trash, or a service that is gone meanwhile, is no fault of the board's.
        with suppress(BoardError, IndexError, ValueError):
            do_anything(board, clock, alice, chance)


def assert_works(board: Board) -> None:
    """Everything can be listed, set, undone, journalled, looked back at, and exported."""
    account = board.accounts.find("alice")
    alice = Principal.of(account, Origin.DESKTOP)
    assert board.backups.check() == ()
    assert board.damage == ()
    listed = board.services.list(alice)
    for service in listed:
        written = board.statuses.set(alice, [service.id], 7 if service.status_id != 7 else 5)
        board.journal.undo(alice, [entry.id for entry in written.entries])
    assert [s.status_id for s in board.services.list(alice)] == [s.status_id for s in listed]
    board.journal.latest(alice, limit=100_000)
    board.journal.steps(alice)
    end = datetime.now(UTC) + timedelta(days=5_000)
    board.uptime.totals(alice, end - timedelta(days=30_000), end)
    assert not parse_json(board.exchange.export_json(alice)).errors
    assert not parse_csv(board.exchange.export_csv(alice)).errors
    board.trash.list(alice)
    do_due(board)
    board.services.add(alice, ServiceDraft("Next"))
    board.groups.add(alice, "A group of its own")
    board.accounts.add(alice, "next of them", Role.VIEWER, GOOD_PASSWORD)
    assert board.backups.check() == ()


@pytest.mark.faults
@given(st.integers(0, 2**32))
@settings(
    max_examples=share_of(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_backup_of_any_board_is_taken_and_the_board_works(seed: int) -> None:
    chance, clock = random.Random(seed), JumpingClock()
    with TemporaryDirectory() as name:
        folder = Path(name)
        with opened_board(f"sqlite:///{folder}/izzitup.db", folder, clock=clock) as board:
            account = board.accounts.first("alice", GOOD_PASSWORD, Origin.CLI).value
            try_anything(board, clock, account, chance, 60)
            assert board.backups.check() == ()
            kept = board.backups.save(ALICE, folder / "kept.db")
            try_anything(board, clock, account, chance, 10)
            board.backups.restore(ALICE, kept)
            assert_works(board)
        again = f"sqlite:///{folder}/again/izzitup.db"
        recover(again, kept, quarantine=folder / "quarantine")
        with opened_board(again, folder / "again", create=False) as board:
            assert_works(board)


@pytest.mark.parametrize("version", [1, 2, 3])
def test_the_backup_of_an_old_version_is_taken_and_the_board_works(
    database_url: str, tmp_path: Path, version: int
) -> None:
    path = tmp_path / "old.db"
    shutil.copy(OLD / f"v{version}.db", path)
    before = path.read_bytes()
    with opened_board(database_url, tmp_path) as board:
        board.backups.restore(ALICE, path)
        assert_works(board)
    assert path.read_bytes() == before

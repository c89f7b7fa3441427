from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.demo.board import DAYS, DemoAccounts, DemoClock, gaps, make_demo
from izzitup_desktop.domain.accounts import Origin, Role
from izzitup_desktop.domain.comments import FOR_THE_PAGE
from izzitup_desktop.domain.errors import Conflict
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds.services import SERVICE_ADDED
from izzitup_desktop.domain.kinds.statuses import SERVICE_CONFIRMED, SERVICE_STATUS
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.uptime import UNKNOWN
from izzitup_desktop.platform import settings as settings_file
from izzitup_desktop.platform.paths import Paths
from izzitup_desktop.storage import periods
from izzitup_desktop.storage.times import to_stored
from tests.builders import ALICE, add_service, do_due, opened_board

pytestmark = [pytest.mark.soak_on_postgresql, pytest.mark.soak]

NOW = datetime(2026, 3, 5, 9, 41, 7, 250_000, tzinfo=UTC)
BEGIN = NOW - timedelta(days=DAYS)
SET = {SERVICE_ADDED, SERVICE_STATUS, SERVICE_CONFIRMED}
CHANGED = {SERVICE_ADDED, SERVICE_STATUS}


@contextmanager
def demo_board(
    url: str, folder: Path, now: datetime = NOW, seed: int = 7
) -> Iterator[tuple[Board, DemoClock, DemoAccounts]]:
    clock = DemoClock(now)
    with opened_board(url, folder, clock=clock, durable=False) as board:
        yield board, clock, made(board, clock, folder, seed)


def made(board: Board, clock: DemoClock, folder: Path, seed: int = 7) -> DemoAccounts:
    return make_demo(board, clock, Paths(folder, folder, folder / "logs"), seed)


def entries_of(board: Board) -> tuple[Entry, ...]:
    return board.journal.since(ALICE, 0)


def services_of(board: Board) -> dict[str, Service]:
    """All services by key, those in the trash too."""
    removed = [removed.service for removed in board.trash.list(ALICE)]
    return {service.key: service for service in (*board.services.list(ALICE), *removed)}


@pytest.fixture
def board(database_url: str, tmp_path: Path) -> Iterator[Board]:
    with demo_board(database_url, tmp_path) as (opened, _, _):
        yield opened


def assert_consistent(board: Board, now: datetime) -> None:
    """Everything that holds for a board whose past really happened."""
    begin = now - timedelta(days=DAYS)
    entries = entries_of(board)
    # Repeated confirmations are told by the last of them, so that ids are left out.
    ids = [entry.id for entry in entries]
    assert ids == sorted(set(ids))
    assert [entry.time for entry in entries] == sorted(entry.time for entry in entries)
    assert begin <= entries[0].time
    assert entries[-1].time <= now
    for off, on in gaps(now):
        assert begin < off < on < now
        assert not [entry for entry in entries if off < entry.time < on]
    removed = {removed.service.id: removed.time for removed in board.trash.list(ALICE)}
    for service in services_of(board).values():
        own = [e for e in entries if e.kind.subject == "service" and e.subject_id == service.id]
        changes = [entry for entry in own if entry.kind in CHANGED]
        assert (service.status_id, service.since, service.changed_by) == (
            changes[-1].after["status"], changes[-1].time, changes[-1].actor,
        )  # fmt: skip
        assert service.confirmed == max(entry.time for entry in own if entry.kind in SET)
        assert service.created == own[0].time
        found = board.core.read(partial(periods.of_service, service_id=service.id))
        assert [(p.status_id, p.begin, p.entry_id) for p in found] == [
            (entry.after["status"], entry.time, entry.id) for entry in changes
        ]
        ends = [period.end for period in found]
        assert ends == [*(period.begin for period in found[1:]), removed.get(service.id)]
        assert all(one.status_id != other.status_id for one, other in pairwise(found))


def test_the_past_is_consistent(board: Board) -> None:
    assert_consistent(board, NOW)


@pytest.mark.parametrize("day", range(7))
@pytest.mark.parametrize("hour", [0, 5, 13, 23])
def test_the_past_is_consistent_whenever_the_demo_starts(
    tmp_path: Path, day: int, hour: int
) -> None:
    now = (NOW + timedelta(days=day)).replace(hour=hour)
    with demo_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path, now, day) as (board, _, _):
        assert_consistent(board, now)


def test_uptime_is_known_but_for_a_weekend_and_an_afternoon(board: Board) -> None:
    off = [(to_stored(begin), to_stored(end)) for begin, end in gaps(NOW)]
    weekend = gaps(NOW)[0]
    assert [time.strftime("%a") for time in weekend] == ["Fri", "Mon"]
    begin = BEGIN + timedelta(hours=1)
    for service in board.services.list(ALICE):
        history = board.uptime.history(ALICE, service.id, begin, NOW)
        unknown = [(span.begin, span.end) for span in history.spans if span.status_id == UNKNOWN]
        assert unknown == off
        assert 0.9 < (history.totals.uptime or 0) <= 1
    found = board.uptime.totals(ALICE, begin, NOW)
    assert sum(totals.outage > 0 for totals in found.values()) > 5
    assert sum(totals.impaired > 0 for totals in found.values()) > 5


def test_there_are_statuses_of_every_kind(board: Board) -> None:
    found = services_of(board)
    held, updated, stale = found["ACC"], found["VPN"], found["BACKUP"]
    assert (held.status_id, held.hold) == (7, Hold("erin"))
    assert held.proposal is not None
    assert (held.proposal.status_id, held.proposal.by) == (5, "monitor")
    assert updated.expiry is not None
    assert updated.expiry.until > NOW
    assert (updated.expiry.then, updated.expiry.asked) == (5, False)
    assert stale.stale
    assert [service.key for service in found.values() if service.stale] == ["BACKUP"]
    assert [service.key for service in found.values() if service.hidden] == ["CI"]
    assert [removed.service.key for removed in board.trash.list(ALICE)] == ["FAX"]
    entries = entries_of(board)
    assert {entry.origin for entry in entries} == {Origin.DESKTOP, Origin.API, Origin.SCHEDULE}
    statuses = [entry for entry in entries if entry.kind == SERVICE_STATUS]
    assert {entry.actor for entry in statuses} == {"demo", "erin", "monitor", "schedule"}
    assert all(entry.comment for entry in statuses if entry.actor != "schedule")


def test_what_is_due_later_happens_on_the_board_as_on_any(
    board: Board, database_url: str, tmp_path: Path
) -> None:
    with opened_board(database_url, tmp_path, create=False) as opened_later:
        do_due(opened_later)
    vpn = services_of(board)["VPN"]
    assert (vpn.status_id, vpn.changed_by, vpn.expiry) == (5, "schedule", None)
    last = next(e for e in reversed(entries_of(board)) if e.kind == SERVICE_STATUS)
    assert (last.origin, last.subject_name) == (Origin.SCHEDULE, "VPN")


@pytest.mark.soak
def test_a_seed_tells_the_same_month_again(tmp_path: Path) -> None:
    told = []
    for number, seed in enumerate((7, 7, 8)):
        folder = tmp_path / str(number)
        folder.mkdir()
        url = f"sqlite:///{folder}/izzitup.db"
        with demo_board(url, folder, seed=seed) as (board, _, _):
            told.append(entries_of(board))
    assert told[0] == told[1] != told[2]


def test_its_accounts_sign_in(database_url: str, tmp_path: Path) -> None:
    with demo_board(database_url, tmp_path) as (board, _, logins):
        for login in logins.all:
            account = board.accounts.sign_in(login.name, login.password, source="console")
            assert (account.name, account.role) == (login.name, login.role)
        assert [login.role for login in logins.all] == [
            Role.ADMINISTRATOR, Role.EDITOR, Role.VIEWER, Role.EDITOR,
        ]  # fmt: skip
        assert len({login.password for login in logins.all}) == 4
    settings, notices = settings_file.load(tmp_path, {})
    assert (settings.account, notices) == ("demo", ())


def test_a_board_in_use_is_left_alone(database_url: str, tmp_path: Path) -> None:
    with opened_board(database_url, tmp_path) as board:
        add_service(board)
        board.accounts.first("alice", "correct horse battery", Origin.CLI)
        before = entries_of(board)
        with pytest.raises(Conflict):
            made(board, DemoClock(NOW), tmp_path)
        assert entries_of(board) == before


def test_what_people_said_is_on_the_page_and_what_scripts_said_is_not(board: Board) -> None:
    said: dict[bool, set[str]] = {True: set(), False: set()}
    for entry in entries_of(board):
        if entry.comment:
            said[entry.after.get(FOR_THE_PAGE, False)].add(entry.actor)
    assert said[True] == {"demo", "erin"}
    assert "monitor" in said[False]
    assert said[True].isdisjoint(said[False])

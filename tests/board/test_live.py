"""The live picture: current before anybody is answered, in order, and read once."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from izzitup_desktop.board import Board
from izzitup_desktop.board.live import Delta, Picture
from izzitup_desktop.domain.accounts import PUBLIC, Origin
from izzitup_desktop.domain.errors import Held, NotFound
from izzitup_desktop.domain.kinds.statuses import SERVICE_CONFIRMED
from izzitup_desktop.domain.services import ServiceDraft
from izzitup_desktop.domain.status_options import StatusOptions
from tests.builders import ALICE, BOB, DEADLINE_SECONDS, add_service, opened_board
from tests.counting import statements


@pytest.fixture
def board(database_url: str, tmp_path: Path) -> Iterator[Board]:
    with opened_board(database_url, tmp_path) as opened:
        yield opened


class Told:
    """A follower that makes its own picture of the deltas it is told."""

    def __init__(self, board: Board) -> None:
        self.deltas: list[Delta] = []
        self._changed = threading.Condition()
        self.first, self._subscription = board.live.follow(self._on_delta)
        self.services = dict(self.first.services)
        self.groups = self.first.groups

    def _on_delta(self, delta: Delta) -> None:
        with self._changed:
            self.deltas.append(delta)
            self.services |= {service.id: service for service in delta.services}
            for id_ in delta.removed:
                self.services.pop(id_, None)
            self.groups = self.groups if delta.groups is None else delta.groups
            self._changed.notify_all()

    def wait_until_like(self, picture: Picture) -> None:
        """Wait until what was told adds up to `picture`; fail after the deadline."""

        def is_like() -> bool:
            return (self.services, self.groups) == (picture.services, picture.groups)

        with self._changed:
            assert self._changed.wait_for(is_like, DEADLINE_SECONDS), (self.services, picture)


_IS_SET = "SELECT status_id = 7 FROM services WHERE id = ?"


_END_LISTENERS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
)


def read_anew(board: Board) -> Picture:
    """The board as the database has it."""
    board.live.reload()
    return board.live.picture()


def test_what_is_acknowledged_is_in_the_picture(board: Board) -> None:
    board.live.load()
    service = add_service(board)
    assert board.live.service(service.id) == service
    changed = board.statuses.set(ALICE, [service.id], 7, "disk", StatusOptions(hold=True)).value[0]
    assert board.live.service(service.id) == changed
    group = board.groups.add(ALICE, "Office").value
    assert board.live.picture().groups == (group,)
    board.services.remove(ALICE, [service.id])
    assert board.live.picture().services == {}


def test_whatever_is_done_the_picture_is_as_the_database(board: Board) -> None:
    told = Told(board)
    board.live.load()
    first, second = add_service(board, "Mail", key="mail"), add_service(board, "VPN")
    group = board.groups.add(ALICE, "Office").value
    board.services.move(ALICE, [second.id, first.id], group.id)
    board.services.edit(
        ALICE, first.id, ServiceDraft("Post", hidden=True, group_id=group.id), version=1
    )
    board.statuses.set(ALICE, [first.id, second.id], 6)
    board.statuses.hold(BOB, [second.id])
    with pytest.raises(Held):
        board.statuses.set(ALICE, [second.id], 7)
    assert board.live.picture().services[second.id].proposal is not None
    later = datetime.now(UTC) + timedelta(hours=1)
    board.statuses.set(ALICE, [first.id], 5, "", StatusOptions(later, 6, hold=True))
    done = board.statuses.set(replace(ALICE, origin=Origin.DESKTOP), [first.id], 7)
    board.journal.undo(ALICE, [done.entries[0].id])
    board.groups.edit(ALICE, group.id, "Bureau", version=group.version)
    board.statuses.confirm(ALICE, [second.id])
    board.services.remove(ALICE, [second.id])
    board.trash.restore(ALICE, [second.id])
    kept = board.live.picture()
    assert (kept.services, kept.groups) == (
        read_anew(board).services,
        board.groups.list(ALICE),
    )
    told.wait_until_like(kept)
    numbers = [entry.id for delta in told.deltas for entry in delta.entries]
    assert numbers == sorted(set(numbers))
    assert numbers[-1] == board.last_id() == kept.journal_id


def test_what_another_process_does_is_told_too(database_url: str, tmp_path: Path) -> None:
    with (
        opened_board(database_url, tmp_path) as here,
        opened_board(database_url, tmp_path) as there,
    ):
        here.live.load()
        told = Told(here)
        service = add_service(there)
        there.statuses.set(ALICE, [service.id], 7)
        there.groups.add(ALICE, "Office")
        told.wait_until_like(there.live.picture())


def test_two_processes_that_write_at_once_see_the_same_in_the_end(
    database_url: str, tmp_path: Path
) -> None:
    with (
        opened_board(database_url, tmp_path) as here,
        opened_board(database_url, tmp_path) as there,
    ):
        ids = [add_service(here, str(number)).id for number in range(4)]
        told = [Told(here), Told(there)]
        here.live.load()
        there.live.load()

        def work(board: Board, first: int) -> None:
            for number in range(30):
                status_id = (6, 7, 5)[(number + first) % 3]
                board.statuses.set(ALICE, [ids[(number + first) % 4]], status_id)

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(work, (here, there), (0, 1)))
        # A file is asked itself; a shared database tells of others' changes by and by.
        last_id = max(here.last_id(), there.last_id())
        for one in told:
            one.wait_until_like(read_anew(here))
        assert here.live.journal_id == there.live.journal_id == last_id
        for one in told:
            numbers = [entry.id for delta in one.deltas for entry in delta.entries]
            assert numbers == list(range(numbers[0], last_id + 1))


def test_an_own_change_needs_no_reading_by_anybody(tmp_path: Path) -> None:
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        service = add_service(board)
        told = Told(board)
        board.live.load()
        board.statuses.set(ALICE, [service.id], 6)
        # What the feed reads as it begins has come to its end by then.
        told.wait_until_like(board.live.picture())
        with statements() as found:
            board.statuses.set(ALICE, [service.id], 7)
            board.statuses.set(ALICE, [service.id], 5)
            told.wait_until_like(board.live.picture())
        assert {thread for thread, _ in found} <= {"izzitup-writer"}
        assert not [sql for _, sql in found if sql.startswith("SELECT")]


def test_what_somebody_writes_past_the_journal_is_seen_all_the_same(tmp_path: Path) -> None:
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        service = add_service(board)
        board.live.load()
        told = Told(board)
        with closing(sqlite3.connect(tmp_path / "izzitup.db", isolation_level=None)) as other:
            other.execute("UPDATE services SET name = 'By hand'")
        assert board.live.picture_if_known() is None
        assert board.live.picture().services[service.id].name == "By hand"
        told.wait_until_like(board.live.picture())
        # Nor does the writer go on with what it knew before.
        changed = board.statuses.set(ALICE, [service.id], 7).value[0]
        assert changed.name == "By hand"


def test_what_was_written_past_the_journal_right_before_an_own_change_is_seen(
    tmp_path: Path,
) -> None:
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        first, second = add_service(board, "Mail"), add_service(board, "VPN")
        board.live.load()
        told = Told(board)
        with closing(sqlite3.connect(tmp_path / "izzitup.db", isolation_level=None)) as other:
            # Held, so that the feed doesn't look between the two.
            with board.live.feed.held():
                other.execute("UPDATE services SET name = 'By hand' WHERE id = ?", [first.id])
                changing = board.statuses.submit(ALICE, second.id, 7)
                until = time.monotonic() + DEADLINE_SECONDS
                while not other.execute(_IS_SET, [second.id]).fetchone()[0]:
                    assert time.monotonic() < until
            changing.result()
        assert board.live.picture().services[first.id].name == "By hand"
        told.wait_until_like(read_anew(board))


def test_what_was_written_past_the_journal_beside_others_entries_is_seen_soon(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path}/izzitup.db"
    with opened_board(url, tmp_path) as here, opened_board(url, tmp_path) as there:
        first, second = add_service(here, "Mail"), add_service(here, "VPN")
        here.live.load()
        told = Told(here)
        with (
            closing(sqlite3.connect(tmp_path / "izzitup.db", isolation_level=None)) as other,
            here.live.feed.held(),
        ):
            other.execute("UPDATE services SET name = 'By hand' WHERE id = ?", [first.id])
            there.statuses.set(ALICE, [second.id], 7)
        told.wait_until_like(there.live.picture())
        assert here.live.service(first.id) == told.services[first.id]


def test_a_journal_that_was_set_back_leaves_no_picture_behind(
    database_url: str, tmp_path: Path
) -> None:
    with (
        opened_board(database_url, tmp_path) as here,
        opened_board(database_url, tmp_path) as there,
    ):
        service, other = add_service(here, "Mail"), add_service(here, "VPN")
        set_back_to = here.last_id()
        for status_id in (6, 7, 6, 7):
            here.statuses.confirm(ALICE, [service.id])
            here.services.move(ALICE, [(service, other)[status_id % 2].id], None)
        here.live.load()
        there.live.load()
        told = [Told(here), Told(there)]
        # As a standby does that takes over without the newest commits.
        with there.core.database.writing_connection() as connection, connection.begin():
            connection.execute(text(f"DELETE FROM journal WHERE id > {set_back_to}"))
        changed = here.statuses.set(ALICE, [service.id], 6)
        assert changed.entries[0].id == set_back_to + 1
        assert here.live.picture().services[service.id].status_id == 6
        there.live.reload()
        there.statuses.set(ALICE, [other.id], 7)
        for one in told:
            one.wait_until_like(read_anew(here))
        here.live.feed.look()
        for board in (here, there):
            assert board.live.journal_id == set_back_to + 2
            assert board.live.picture_if_known() is not None


def test_a_server_that_answers_after_another_one_is_not_believed_to_know_the_same(
    postgres_url: str, tmp_path: Path
) -> None:
    with opened_board(postgres_url, tmp_path) as board:
        service = add_service(board)
        board.live.load()
        told = Told(board)
        until = time.monotonic() + DEADLINE_SECONDS
        with board.core.database.writing_connection() as connection:
            connection.execute(text("UPDATE services SET name = 'As the standby has it'"))
            connection.commit()
            while not connection.execute(_END_LISTENERS).all():
                assert time.monotonic() < until
                connection.commit()
        told.wait_until_like(
            replace(
                told.first, services={service.id: replace(service, name="As the standby has it")}
            )
        )


def test_a_hidden_service_is_gone_for_those_who_may_not_see_it(board: Board) -> None:
    board.live.load()
    service = add_service(board)
    told = Told(board)
    draft = ServiceDraft(service.name, hidden=True)
    hidden = board.services.edit(ALICE, service.id, draft, version=1).value
    told.wait_until_like(board.live.picture())
    assert board.live.picture().seen_by(PUBLIC).services == {}
    assert board.live.picture().seen_by(ALICE).services == {hidden.id: hidden}
    public = told.deltas[-1].seen_by(PUBLIC)
    assert not public.services
    assert public.removed == {service.id}


def test_a_follower_hears_nothing_of_what_was_in_its_first_picture(board: Board) -> None:
    board.live.load()
    service = add_service(board)
    for status_id in (6, 7, 5, 6):
        written = board.statuses.set(ALICE, [service.id], status_id)
        told = Told(board)
        assert told.first.services[service.id].status_id == status_id
        board.statuses.confirm(ALICE, [service.id])
        told.wait_until_like(board.live.picture())
        entries = [entry for delta in told.deltas for entry in delta.entries]
        assert written.entries[0].id not in {entry.id for entry in entries}
        assert entries[0].kind == SERVICE_CONFIRMED


def test_a_batch_is_stored_by_as_many_statements_as_one_change(tmp_path: Path) -> None:
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        ids = [add_service(board, str(number)).id for number in range(20)]
        board.statuses.set(ALICE, ids, 6)
        with statements() as found:
            board.statuses.set(ALICE, ids[:1], 7)
        of_one, found[:] = len(found), []
        with statements() as found:
            board.statuses.set(ALICE, ids[1:], 7)
        assert len(found) == of_one


def test_a_refused_change_leaves_nothing_of_itself_in_memory(board: Board) -> None:
    service = add_service(board)
    board.live.load()
    with pytest.raises(NotFound):
        board.statuses.set(ALICE, [service.id, 99], 7)
    assert board.live.service(service.id) == service
    # The writer's own knowledge is as it was, too.
    confirmed = board.statuses.set(ALICE, [service.id], 5)
    assert [entry.kind for entry in confirmed.entries] == [SERVICE_CONFIRMED]
    assert [entry.id for entry in confirmed.entries] == [2]
    assert read_anew(board).services[service.id].status_id == 5

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from izzitup_desktop.domain.errors import Invalid, NewerDatabase, Unavailable
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds.boards import BOARD_CREATED
from izzitup_desktop.domain.services import Service
from izzitup_desktop.storage import journal, schema
from izzitup_desktop.storage.engine import Database
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Commit, Writer, Written
from tests.builders import ALICE, database_at


@pytest.fixture
def database(database_url: str, tmp_path: Path) -> Iterator[Database]:
    opened = database_at(database_url, tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def committed() -> list[Commit]:
    return []


@pytest.fixture
def writer(database: Database, committed: list[Commit]) -> Iterator[Writer]:
    running = Writer(database, committed.append)
    yield running
    running.close()


def note(name: str) -> "NoteCase":
    return NoteCase(name)


class NoteCase:
    """A use case that writes one entry, and may be held or fail after it."""

    def __init__(self, name: str, error: Exception | None = None) -> None:
        self.name = name
        self.error = error

    def __call__(self, transaction: Transaction) -> Entry:
        entry = transaction.record(ALICE, BOARD_CREATED, 0, self.name)
        if self.error:
            raise self.error
        return entry


def names(database: Database) -> list[str]:
    entries = database.read(lambda connection: journal.after(connection, 0, limit=1_000))
    return [entry.subject_name for entry in entries]


def held(writer: Writer) -> tuple[threading.Event, Future[Written[None]]]:
    """Keep the writer busy, so that what comes next waits and makes one batch."""
    started, release = threading.Event(), threading.Event()

    def use_case(_transaction: Transaction) -> None:
        started.set()
        release.wait(20)

    future = writer.submit(use_case)
    assert started.wait(20)
    return release, future


def test_a_change_is_in_the_database_when_write_returns(database: Database, writer: Writer) -> None:
    written = writer.write(note("one"))
    assert names(database) == ["one"]
    assert written.entries == (written.value,)
    assert written.entries[0].id == 1


def test_what_waits_together_is_committed_together_in_order(
    database: Database, writer: Writer, committed: list[Commit]
) -> None:
    release, _ = held(writer)
    futures = [writer.submit(note(str(number))) for number in range(50)]
    release.set()
    ids = [future.result(20).entries[0].id for future in futures]
    assert ids == list(range(1, 51))
    assert names(database) == [str(number) for number in range(50)]
    assert [[entry.id for entry in commit.entries] for commit in committed] == [ids]


def test_a_refused_use_case_takes_back_its_own_changes_and_no_others(
    database: Database, writer: Writer
) -> None:
    release, _ = held(writer)
    before = writer.submit(note("before"))
    refused = writer.submit(NoteCase("refused", Invalid("name", "no")))
    after = writer.submit(note("after"))
    release.set()
    assert isinstance(refused.exception(20), Invalid)
    assert (before.result(20).value.id, after.result(20).value.id) == (1, 2)
    assert names(database) == ["before", "after"]


def test_a_rollback_keeps_what_an_earlier_use_case_of_the_batch_had_collected(
    database: Database, writer: Writer
) -> None:
    def flushes_and_fails(transaction: Transaction) -> None:
        transaction.record(ALICE, BOARD_CREATED, 0, "mine")
        transaction.flush()
        raise Invalid("name", "no")

    release, _ = held(writer)
    before = writer.submit(note("before"))
    refused = writer.submit(flushes_and_fails)
    release.set()
    before.result(20)
    assert isinstance(refused.exception(20), Invalid)
    assert names(database) == ["before"]


def service(service_id: int, transaction: Transaction) -> Service | None:
    return transaction.service(service_id)


@pytest.mark.parametrize("ids", [(2**63, 2**64), (-(2**63) - 1, 10**20)])
def test_ids_that_no_database_holds_fail_nobody_who_waits_beside_them(
    database: Database, writer: Writer, ids: tuple[int, ...]
) -> None:
    release, _ = held(writer)
    futures = [writer.submit(partial(service, id_), service_ids=(id_,)) for id_ in ids]
    beside = writer.submit(note("beside"))
    release.set()
    beside.result(20)
    assert [future.result(20).value for future in futures] == [None, None]
    assert names(database) == ["beside"]


def fail(_: object) -> None:
    raise ZeroDivisionError


def test_who_fails_to_make_something_of_what_is_durable_fails_alone(
    database: Database, writer: Writer
) -> None:
    release, _ = held(writer)
    failing = writer.submit(note("one"), ending=fail)
    beside = writer.submit(note("two"))
    release.set()
    beside.result(20)
    assert isinstance(failing.exception(20), ZeroDivisionError)
    assert names(database) == ["one", "two"]


def test_who_is_refused_hears_so_and_others_their_answers_whatever_hears_of_refusals(
    database: Database, writer: Writer
) -> None:
    release, _ = held(writer)
    refused = writer.submit(NoteCase("refused", Invalid("name", "no")), refused=fail)
    beside = writer.submit(note("beside"))
    release.set()
    beside.result(20)
    assert isinstance(refused.exception(20), Invalid)
    assert names(database) == ["beside"]


def test_what_is_durable_is_acknowledged_also_where_it_can_not_be_told_to_others(
    database: Database,
) -> None:
    writer = Writer(database, fail)
    try:
        written = writer.write(note("one"))
    finally:
        writer.close()
    assert written.entries[0].subject_name == "one"
    assert names(database) == ["one"]


def test_a_fault_of_ours_reaches_its_caller_and_the_writer_lives_on(
    database: Database, writer: Writer
) -> None:
    future = writer.submit(NoteCase("broken", ZeroDivisionError()))
    assert isinstance(future.exception(20), ZeroDivisionError)
    writer.write(note("next"))
    assert names(database) == ["next"]


def test_a_use_case_that_breaks_the_transaction_fails_the_batch_and_not_the_next(
    database: Database, writer: Writer
) -> None:
    release, _ = held(writer)
    neighbour = writer.submit(note("neighbour"))
    broken = writer.submit(
        lambda transaction: transaction.connection.execute(text("SELECT * FROM nowhere"))
    )
    release.set()
    assert isinstance(broken.exception(20), Unavailable)
    assert isinstance(neighbour.exception(20), Unavailable)
    writer.write(note("next"))
    assert names(database) == ["next"]


def test_what_is_queued_at_the_end_is_still_written_and_later_comers_are_told(
    database: Database, committed: list[Commit]
) -> None:
    writer = Writer(database, committed.append)
    release, _ = held(writer)
    queued = writer.submit(note("queued"))
    closing = threading.Thread(target=writer.close, name="closing")
    closing.start()
    release.set()
    closing.join(20)
    assert queued.result(0).value.subject_name == "queued"
    assert isinstance(writer.submit(note("late")).exception(0), Unavailable)
    assert names(database) == ["queued"]


def test_a_cancelled_use_case_is_not_run(database: Database, writer: Writer) -> None:
    release, _ = held(writer)
    cancelled = writer.submit(note("cancelled"))
    assert cancelled.cancel()
    release.set()
    writer.write(note("next"))
    assert names(database) == ["next"]


def test_a_database_that_was_migrated_meanwhile_is_not_written(
    database: Database, writer: Writer
) -> None:
    with database.writing_connection() as connection, connection.begin():
        if database.is_shared:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        else:
            connection.execute(text(f"PRAGMA user_version={schema.VERSION + 1}"))
    future = writer.submit(note("late"))
    assert isinstance(future.exception(20), NewerDatabase)
    assert names(database) == []

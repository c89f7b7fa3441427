from collections.abc import Sequence
from dataclasses import replace
from operator import methodcaller
from pathlib import Path
from threading import Semaphore
from typing import Any, cast

import psycopg
import pytest
from sqlalchemy import text

from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds.boards import BOARD_CREATED
from izzitup_desktop.storage.engine import Database
from izzitup_desktop.storage.feed import Feed
from izzitup_desktop.storage.pauses import PAUSES, Pauses
from izzitup_desktop.storage.picture import read_all
from izzitup_desktop.storage.writer import Writer
from tests.builders import ALICE, Heard, database_at
from tests.storage.journal_rows import loosen, put


def write(writer: Writer, *names: str) -> None:
    for name in names:
        writer.write(methodcaller("record", ALICE, BOARD_CREATED, 0, name))


def test_a_subscriber_hears_every_new_entry_once_in_order(
    database_url: str, tmp_path: Path
) -> None:
    database = database_at(database_url, tmp_path)
    feed = Feed(database)
    writer = Writer(database, feed.take)
    heard = Heard()
    feed.subscribe(heard.on_entries)
    wanted = [str(number) for number in range(40)]
    write(writer, *wanted)
    heard.wait_until(lambda: len(heard.entries) >= len(wanted))
    writer.close()
    feed.close()
    database.close()
    assert [entry.subject_name for entry in heard.entries] == wanted
    assert feed.last_id == len(wanted)


def test_what_another_connection_commits_is_heard_without_a_nudge(
    database_url: str, tmp_path: Path
) -> None:
    here, there = database_at(database_url, tmp_path), database_at(database_url, tmp_path)
    feed, heard = Feed(here, pauses=Pauses(listen_seconds=3_600.0)), Heard()
    feed.subscribe(heard.on_entries)
    writer = Writer(there, lambda _: None)
    write(writer, "from there")
    heard.wait_until(lambda: len(heard.entries) == 1)
    writer.close()
    feed.close()
    here.close()
    there.close()
    assert heard.entries[0].subject_name == "from there"


def test_a_change_of_one_s_own_that_has_to_be_read_is_not_known_before_it_was(
    database_url: str, tmp_path: Path
) -> None:
    """A restore, or a change that followed another desk's: what is known is older than it."""
    database = database_at(database_url, tmp_path)
    feed = Feed(database)
    writer = Writer(database, lambda commit: feed.take(replace(commit, changes=None)))
    feed.look()
    known = [feed.knows_all]
    write(writer, "restored")
    known.append(feed.knows_all)
    feed.look()
    known.append(feed.knows_all)
    assert (known, feed.last_id) == ([True, False, True], 1)
    writer.close()
    feed.close()
    database.close()


def test_what_was_before_the_start_is_not_told(database_url: str, tmp_path: Path) -> None:
    database = database_at(database_url, tmp_path)
    writer = Writer(database, lambda _: None)
    write(writer, "before")
    feed, heard = Feed(database), Heard()
    feed.subscribe(heard.on_entries)
    write(writer, "after")
    heard.wait_until(lambda: bool(heard.entries))
    writer.close()
    feed.close()
    database.close()
    assert [entry.subject_name for entry in heard.entries] == ["after"]


def test_a_failing_subscriber_silences_no_other(database_url: str, tmp_path: Path) -> None:
    def fails(_entries: Sequence[Entry]) -> None:
        raise ZeroDivisionError

    database = database_at(database_url, tmp_path)
    feed, heard = Feed(database), Heard()
    writer = Writer(database, feed.take)
    feed.subscribe(fails)
    feed.subscribe(heard.on_entries)
    write(writer, "one", "two")
    heard.wait_until(lambda: len(heard.entries) == 2)
    writer.close()
    feed.close()
    database.close()


def test_a_cancelled_subscription_hears_nothing_more(database_url: str, tmp_path: Path) -> None:
    database = database_at(database_url, tmp_path)
    feed, gone, heard = Feed(database), Heard(), Heard()
    writer = Writer(database, feed.take)
    subscription = feed.subscribe(gone.on_entries)
    feed.subscribe(heard.on_entries)
    subscription.cancel()
    subscription.cancel()
    write(writer, "one")
    heard.wait_until(lambda: bool(heard.entries))
    writer.close()
    feed.close()
    database.close()
    assert gone.entries == []
    assert feed.subscriptions == 1


def test_trouble_is_told_once_and_so_is_its_end(tmp_path: Path) -> None:
    database = database_at(f"sqlite:///{tmp_path}/izzitup.db", tmp_path)
    feed, heard = Feed(database), Heard()
    writer = Writer(database, feed.take)
    feed.subscribe(heard.on_entries, heard.on_trouble)
    with database.writing_connection() as connection, connection.begin():
        connection.execute(text("ALTER TABLE journal RENAME TO elsewhere"))
    heard.wait_until(lambda: len(heard.troubles) == 1)
    with database.writing_connection() as connection, connection.begin():
        connection.execute(text("ALTER TABLE elsewhere RENAME TO journal"))
    heard.wait_until(lambda: len(heard.troubles) == 2)
    write(writer, "after")
    heard.wait_until(lambda: bool(heard.entries))
    writer.close()
    feed.close()
    database.close()
    assert heard.troubles[0]
    assert heard.troubles[1:] == [""]


def test_rows_that_nobody_can_read_do_not_end_the_feed(database_url: str, tmp_path: Path) -> None:
    database = database_at(database_url, tmp_path)
    loosen(database)
    feed, heard = Feed(database), Heard()
    writer = Writer(database, feed.take)
    feed.subscribe(heard.on_entries, heard.on_trouble)
    put(database, 1, after="{")
    put(database, 2, kind="incident.opened", subject="incident")
    put(database, 3, time=2**62)
    put(database, 4, before=None)
    put(database, 5, origin="satellite")
    heard.wait_until(lambda: len(heard.entries) == 2)
    write(writer, "after")
    heard.wait_until(lambda: len(heard.entries) == 3)
    writer.close()
    feed.close()
    database.close()
    assert [entry.id for entry in heard.entries] == [2, 5, 6]
    assert heard.troubles == []


def test_a_subscriber_that_ends_its_thread_does_not_end_the_feed(
    database_url: str, tmp_path: Path
) -> None:
    def dies(_entries: Sequence[Entry]) -> None:
        raise SystemExit

    def dies_of_trouble(_reason: str) -> None:
        raise SystemExit

    database = database_at(database_url, tmp_path)
    feed, heard = Feed(database), Heard()
    writer = Writer(database, feed.take)
    feed.subscribe(dies, dies_of_trouble)
    feed.subscribe(heard.on_entries)
    write(writer, "one")
    heard.wait_until(lambda: len(heard.entries) == 1)
    write(writer, "two")
    heard.wait_until(lambda: len(heard.entries) == 2)
    writer.close()
    feed.close()
    database.close()


class Faulty:
    """A database that fails when it is asked whether anything changed, while there is a `fault`."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.fault: type[BaseException] | None = None
        self.tries = 0

    def change_counter(self) -> int | None:
        if self.fault is None:
            return self.database.change_counter()
        self.tries += 1
        raise self.fault

    def __getattr__(self, name: str) -> Any:
        return getattr(self.database, name)


@pytest.mark.parametrize("fault", [ZeroDivisionError, MemoryError, SystemExit])
def test_whatever_fails_in_the_feed_is_told_and_tried_again_without_haste(
    tmp_path: Path, fault: type[BaseException]
) -> None:
    database = database_at(f"sqlite:///{tmp_path}/izzitup.db", tmp_path)
    faulty = Faulty(database)
    feed = Feed(cast("Database", faulty), pauses=Pauses(retry_seconds=0.05))
    heard = Heard()
    writer = Writer(database, feed.take)
    feed.subscribe(heard.on_entries, heard.on_trouble)
    faulty.fault = fault
    heard.wait_until(lambda: bool(heard.troubles))
    faulty.fault = None
    write(writer, "after")
    heard.wait_until(lambda: bool(heard.entries))
    writer.close()
    feed.close()
    database.close()
    assert fault.__name__ in heard.troubles[0]
    assert heard.troubles[1:] == [""]
    assert 1 <= faulty.tries < 10


def test_a_feed_that_listens_ends_without_waiting_for_more(
    database_url: str, tmp_path: Path
) -> None:
    here, there = database_at(database_url, tmp_path), database_at(database_url, tmp_path)
    feed, heard = Feed(here, pauses=Pauses(listen_seconds=3_600.0)), Heard()
    feed.subscribe(heard.on_entries)
    writer = Writer(there, lambda _: None)
    write(writer, "from there")
    heard.wait_until(lambda: len(heard.entries) == 1)
    writer.close()
    feed.close()
    here.close()
    there.close()


class Unheard:
    """A database that can't be listened to."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.tries = Semaphore(0)

    def raw_listener(self) -> None:
        self.tries.release()
        raise OSError("no route to host")

    def __getattr__(self, name: str) -> Any:
        return getattr(self.database, name)


class CountedPauses:
    """The usual ones; counts how often the feed asks how long it may wait."""

    asked = 0

    @property
    def poll_seconds(self) -> float:
        self.asked += 1
        return PAUSES.poll_seconds

    def __getattr__(self, name: str) -> Any:
        return getattr(PAUSES, name)


def test_while_the_server_can_not_be_heard_the_feed_waits(
    postgres_url: str, tmp_path: Path
) -> None:
    database, pauses = database_at(postgres_url, tmp_path), CountedPauses()
    unheard = Unheard(database)
    feed, heard = Feed(cast("Database", unheard), pauses=cast("Pauses", pauses)), Heard()
    feed.subscribe(heard.on_entries, heard.on_trouble)
    for _ in range(3):
        assert unheard.tries.acquire(timeout=20)
    feed.close()
    database.close()
    assert 1 <= pauses.asked < 1_000
    assert heard.troubles == ["The shared database can't be reached: no route to host"]


class OnceWithoutBoard:
    """A database whose board can't be read the next time, once `fails` is set."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.fails = False
        self.read_boards = Semaphore(0)

    def read(self, query: Any, **how: Any) -> Any:
        if query is read_all:
            if self.fails:
                self.fails = False
                raise Unavailable("not now")
            self.read_boards.release()
        return self.database.read(query, **how)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.database, name)


def test_a_board_that_could_not_be_read_anew_is_read_once_it_can_be(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/izzitup.db"
    database, there = database_at(url, tmp_path), database_at(url, tmp_path)
    faulty, heard = OnceWithoutBoard(database), Heard()
    feed = Feed(cast("Database", faulty))
    feed.read_board()
    assert faulty.read_boards.acquire(timeout=20)
    feed.subscribe(heard.on_entries, heard.on_trouble)
    faulty.fails = True
    with there.writing_connection() as connection, connection.begin():
        connection.execute(text("CREATE TABLE somebodys (id INTEGER)"))
    heard.wait_until(lambda: heard.troubles == ["not now", ""])
    is_read_again = faulty.read_boards.acquire(timeout=5)
    feed.close()
    there.close()
    database.close()
    assert is_read_again


class Deaf:
    """A database whose listener hears nobody, and whose next reading fails once `fails` is set."""

    def __init__(self, database: Database, elsewhere: str) -> None:
        self.database, self.elsewhere = database, elsewhere
        self.fails = False

    def raw_listener(self) -> Any:
        return psycopg.connect(self.elsewhere, autocommit=True)

    def read(self, query: Any, **how: Any) -> Any:
        if self.fails:
            self.fails = False
            raise Unavailable("not now")
        return self.database.read(query, **how)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.database, name)


def test_who_asks_and_fails_leaves_it_to_the_feed_to_look_again(
    postgres_url: str, postgres_server: str, tmp_path: Path
) -> None:
    here, there = (database_at(postgres_url, tmp_path) for _ in range(2))
    deaf, looked = Deaf(here, postgres_server), Heard()
    feed = Feed(cast("Database", deaf), pauses=Pauses(probe_seconds=3_600.0))
    feed.subscribe(looked.on_entries, looked.on_trouble)
    writer = Writer(there, lambda _: None)
    try:
        write(writer, "first")
        feed.nudge()
        looked.wait_until(lambda: len(looked.entries) == 1)
        write(writer, "second")
        deaf.fails = True
        with pytest.raises(Unavailable, match="not now"):
            feed.look()
        looked.wait_until(lambda: len(looked.entries) == 2)
    finally:
        writer.close()
        feed.close()
        here.close()
        there.close()

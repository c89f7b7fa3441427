"""Several desks on one PostgreSQL: nobody waits without end for a sleeping one."""

import gc
import re
import socket
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import bindparam, insert, select, text, update

from izzitup_desktop.domain.clock import SystemClock
from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds.boards import BOARD_CREATED
from izzitup_desktop.storage import journal, shared
from izzitup_desktop.storage.asked import ANSWER_SECONDS, Asked
from izzitup_desktop.storage.engine import Database, parse_url
from izzitup_desktop.storage.feed import Feed
from izzitup_desktop.storage.tables import runs
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Commit, Writer
from tests.builders import ALICE, Heard, database_at

LITTLE_SECONDS = 1.5
"""What an answer may be later on a busy machine."""


@pytest.fixture
def database(postgres_url: str, tmp_path: Path) -> Iterator[Database]:
    opened = database_at(postgres_url, tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def writer(database: Database) -> Iterator[Writer]:
    running = Writer(database, lambda _: None)
    yield running
    running.close()


def note(
    name: str, started: threading.Event | None = None, seconds: float = 0.0
) -> Callable[[Transaction], Entry]:
    def use_case(transaction: Transaction) -> Entry:
        entry = transaction.record(ALICE, BOARD_CREATED, 0, name)
        if started is not None:
            started.set()
            time.sleep(seconds)
        return entry

    return use_case


def names(database: Database) -> list[str]:
    entries = database.read(lambda connection: journal.after(connection, 0, limit=1_000))
    return [entry.subject_name for entry in entries]


def connect(url: str) -> "psycopg.Connection[tuple[object, ...]]":
    plain = url.replace("postgresql+psycopg:", "postgresql:")
    return psycopg.connect(plain, autocommit=True)


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Another session has the write lock and keeps it."""
    with connect(url) as holder:
        holder.execute("SELECT pg_advisory_lock(%s::bigint)", (shared.WRITE_LOCK,))
        yield
        holder.execute("SELECT pg_advisory_unlock_all()")


def setting(database: Database, name: str, *, writing: bool) -> str:
    if not writing:
        return database.read(
            lambda connection: str(connection.exec_driver_sql(f"SHOW {name}").scalar_one())
        )
    with database.writing_connection() as connection:
        return str(connection.exec_driver_sql(f"SHOW {name}").scalar_one())


@pytest.mark.parametrize("writing", [False, True])
@pytest.mark.parametrize(
    "name", ["lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"]
)
def test_every_session_has_an_end_to_its_waiting(
    database: Database, name: str, writing: bool
) -> None:
    assert setting(database, name, writing=writing) not in ("0", "")


def test_what_the_url_says_of_timeouts_holds(postgres_url: str, tmp_path: Path) -> None:
    url = (
        f"{postgres_url}&options=-c%20lock_timeout%3D1234ms&application_name=mine"
        "&connect_timeout=7&keepalives_idle=99"
    )
    database = database_at(url, tmp_path)
    assert setting(database, "lock_timeout", writing=True) == "1234ms"
    assert setting(database, "statement_timeout", writing=True) == "5s"
    assert setting(database, "application_name", writing=True) == "mine"
    database.close()
    arguments = shared.connect_arguments(parse_url(url))
    assert {"connect_timeout", "keepalives_idle", "application_name"}.isdisjoint(arguments)
    assert arguments["tcp_user_timeout"] == 5_000


def test_several_hosts_share_the_time_to_connect() -> None:
    one = parse_url("postgresql://izzitup@a/board")
    two = parse_url("postgresql://izzitup@/board?host=a:5432&host=b:5432")
    listed = parse_url("postgresql://izzitup@/board?host=a,b")
    assert [shared.connect_arguments(url)["connect_timeout"] for url in (one, two, listed)] == [
        4,
        2,
        2,
    ]


@pytest.mark.faults
def test_a_write_behind_a_held_lock_is_refused_in_time_and_never_made(
    postgres_url: str, database: Database, writer: Writer
) -> None:
    began = time.monotonic()
    with locked(postgres_url), pytest.raises(Unavailable, match="Another desk"):
        writer.write(note("refused"))
    assert time.monotonic() - began < ANSWER_SECONDS + LITTLE_SECONDS
    writer.write(note("next"))
    assert names(database) == ["next"]


@pytest.mark.faults
def test_each_of_a_thousand_that_wait_has_its_answer_in_time(
    postgres_url: str, database: Database, writer: Writer
) -> None:
    ends: list[float] = []
    with locked(postgres_url):
        futures = []
        for number in range(1_000):
            asked = Asked()
            future = writer.submit(note(str(number)), asked)
            future.add_done_callback(lambda _, asked=asked: ends.append(asked.age_seconds))  # type: ignore[misc]
            futures.append(future)
            if number % 250 == 0:
                time.sleep(0.3)
        assert all(isinstance(future.exception(20), Unavailable) for future in futures)
    assert len(ends) == len(futures)
    assert max(ends) < ANSWER_SECONDS + LITTLE_SECONDS
    assert names(database) == []


def test_a_change_whose_client_went_away_while_it_waited_is_not_made(
    postgres_url: str, database: Database, writer: Writer
) -> None:
    gone = threading.Event()
    with locked(postgres_url):
        left = writer.submit(note("left"), Asked(is_gone=gone.is_set))
        stayed = writer.submit(note("stayed"))
        gone.set()
    assert stayed.result(20).entries
    assert isinstance(left.exception(20), Unavailable)
    assert names(database) == ["stayed"]


@pytest.mark.faults
def test_a_desk_asleep_in_its_transaction_is_ended_by_the_server_and_stops_nobody(
    postgres_url: str, database: Database, writer: Writer, tmp_path: Path
) -> None:
    other = database_at(postgres_url, tmp_path)
    sleeper = Writer(other, lambda _: None)
    asleep = threading.Event()
    slept = sleeper.submit(note("asleep", asleep, shared.IDLE_SECONDS + 2))
    assert asleep.wait(20)
    began = time.monotonic()
    writer.write(note("awake"))
    assert time.monotonic() - began < ANSWER_SECONDS + LITTLE_SECONDS
    assert isinstance(slept.exception(20), Unavailable)
    sleeper.write(note("well again"))
    sleeper.close()
    other.close()
    assert names(database) == ["awake", "well again"]


@pytest.mark.skipif(sys.platform != "linux", reason="libpq writes its trace there alone")
def test_the_server_sees_a_desk_idle_after_each_statement_of_many_rows(
    database: Database, tmp_path: Path
) -> None:
    with database.writing_connection() as connection, connection.begin():
        rows = [{"begin_time": number, "seen_time": number} for number in range(1, 6)]
        connection.execute(insert(runs), rows)
        raw = connection.connection.driver_connection
        assert isinstance(raw, psycopg.Connection)
        with (tmp_path / "trace").open("wb") as trace:
            raw.pgconn.trace(trace.fileno())
            ends = update(runs).where(runs.c.begin_time == bindparam("began"))
            connection.execute(
                ends.values(seen_time=bindparam("seen")),
                [{"began": number, "seen": number + 10} for number in range(1, 6)],
            )
            connection.execute(insert(runs), rows)
            raw.pgconn.untrace()
        found = connection.execute(select(runs.c.seen_time).order_by(runs.c.id)).scalars().all()
    assert found == [11, 12, 13, 14, 15, 1, 2, 3, 4, 5]
    sent = (tmp_path / "trace").read_text("utf-8", "replace")
    executed, ended = (len(re.findall(rf"\tF\t\d+\t{name}", sent)) for name in ("Execute", "Sync"))
    # Without its end a statement is under way, and no timeout of idle desks holds.
    assert executed == 6
    assert ended >= executed


@pytest.mark.faults
def test_a_read_behind_a_locked_table_is_refused_in_time(
    postgres_url: str, database: Database
) -> None:
    with connect(postgres_url) as holder, holder.transaction():
        holder.execute("LOCK TABLE journal IN ACCESS EXCLUSIVE MODE")
        began = time.monotonic()
        with pytest.raises(Unavailable, match="locked"):
            names(database)
    assert time.monotonic() - began < ANSWER_SECONDS + LITTLE_SECONDS


def test_closing_ends_a_wait_for_the_lock_and_for_a_table(
    postgres_url: str, tmp_path: Path
) -> None:
    database = database_at(postgres_url, tmp_path)
    writer = Writer(database, lambda _: None)
    failed: list[Exception] = []

    def read() -> None:
        try:
            names(database)
        except Unavailable as error:
            failed.append(error)

    with locked(postgres_url), connect(postgres_url) as holder, holder.transaction():
        holder.execute("LOCK TABLE journal IN ACCESS EXCLUSIVE MODE")
        waiting = writer.submit(note("waiting"))
        reading = threading.Thread(target=read)
        reading.start()
        began = time.monotonic()
        database.end_within(0.5)
        writer.close()
        reading.join(20)
        assert time.monotonic() - began < 2.5
    assert isinstance(waiting.exception(0), Unavailable)
    assert [str(error) for error in failed] == ["IzzitUp is closing."]
    database.close()


def writing_dialect(database: Database) -> Any:
    with database.writing_connection() as connection:
        return connection.dialect


def test_what_was_committed_when_the_connection_was_lost_is_acknowledged_and_told(
    postgres_url: str, database: Database
) -> None:
    heard: list[Commit] = []
    writer = Writer(database, heard.append)
    dialect = writing_dialect(database)
    commit = dialect.do_commit

    def commit_and_lose(driver: Any) -> None:
        commit(driver)
        with connect(postgres_url) as other:
            pid = driver.driver_connection.info.backend_pid
            other.execute("SELECT pg_terminate_backend(%s)", [pid])
        driver.execute("SELECT 1")

    try:
        writer.write(note("before"))
        dialect.do_commit = commit_and_lose
        written = writer.write(note("lost"))
        dialect.do_commit = commit
        writer.write(note("after"))
    finally:
        writer.close()
    assert written.entries[0].subject_name == "lost"
    assert names(database) == ["before", "lost", "after"]
    assert [entry.subject_name for one in heard for entry in one.entries] == names(database)


LATE_COMMIT = """
CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END';
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON journal
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION late();
SELECT pg_advisory_lock(4711)
"""
WAIT_FOR_LOCKS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


def test_whether_a_lost_commit_was_made_is_asked_once_it_has_ended(
    postgres_url: str, database: Database, writer: Writer
) -> None:
    dialect = writing_dialect(database)
    commit = dialect.do_commit

    def commit_late_and_lose(driver: Any) -> None:
        dialect.do_commit = commit
        lost = driver.driver_connection
        lost.pgconn.send_query(b"COMMIT")
        lost.close()
        driver.execute("SELECT 1")

    with connect(postgres_url) as other:
        other.execute(LATE_COMMIT)
        dialect.do_commit = commit_late_and_lose
        late = writer.submit(note("late"))
        # The commit waits for us, and whoever wants to know of it for the commit.
        while not late.done() and other.execute(WAIT_FOR_LOCKS).fetchone() != (2,):
            pass
        other.execute("SELECT pg_advisory_unlock(4711)")
    assert late.result(20).entries[0].subject_name == "late"
    assert names(database) == ["late"]


def test_what_is_told_as_failed_when_a_batch_can_not_be_taken_back_is_not_run_again(
    postgres_url: str, database: Database, writer: Writer
) -> None:
    pids: list[int] = []
    asked = iter((False, True))

    def use_case(transaction: Transaction) -> None:
        found = transaction.connection.exec_driver_sql("SELECT pg_backend_pid()")
        pids.append(int(found.scalar_one()))
        transaction.record(ALICE, BOARD_CREATED, 0, "gone")

    def is_gone() -> bool:
        if not next(asked):
            return False
        with connect(postgres_url) as other:
            # Until it is gone.
            other.execute("SELECT pg_terminate_backend(%s, 20000)", pids)
        return True

    with locked(postgres_url):
        gone = writer.submit(use_case, Asked(is_gone=is_gone))
        neighbour = writer.submit(note("neighbour"))
    assert isinstance(gone.exception(20), Unavailable)
    failed = neighbour.exception(20)
    writer.submit(note("after")).result(20)
    assert names(database) == (["after"] if failed else ["neighbour", "after"])


@contextmanager
def silent_after(server: str) -> Iterator[tuple[str, threading.Event]]:
    """A way to the server's socket that carries nothing more once the event is set."""
    silent, ended = threading.Event(), threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))
    sockets: list[socket.socket] = [listening]
    threads: list[threading.Thread] = []

    def carry(source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65_536):
                if silent.is_set():
                    ended.wait(30)
                    return
                target.sendall(data)
        except OSError:
            return
        finally:
            if not silent.is_set():
                target.close()

    def accept() -> None:
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            there = socket.socket(socket.AF_UNIX)
            there.connect(server)
            sockets.extend([client, there])
            for pair in ((client, there), (there, client)):
                threads.append(threading.Thread(target=carry, args=pair, daemon=True))
                threads[-1].start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    yield f"127.0.0.1:{listening.getsockname()[1]}", silent
    ended.set()
    for each in sockets:
        try:
            each.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        each.close()
    accepting.join(5)
    for thread in threads:
        thread.join(5)


def through(url: str, address: str) -> str:
    base, _, query = url.partition("?")
    return base.replace("@/", f"@{address}/") + ("" if query.startswith("host=") else f"?{query}")


def unix_socket_of(url: str) -> str:
    query = parse_url(url).query
    folder = query["host"]
    assert isinstance(folder, str)
    return f"{folder}/.s.PGSQL.{query.get('port', '5432')}"


@pytest.mark.faults
def test_a_network_that_falls_silent_keeps_nobody_waiting(
    postgres_url: str, tmp_path: Path
) -> None:
    with silent_after(unix_socket_of(postgres_url)) as (address, silent):
        database = database_at(through(postgres_url, address), tmp_path)
        writer = Writer(database, lambda _: None)
        writer.write(note("before"))
        assert names(database) == ["before"]
        silent.set()
        began = time.monotonic()
        with pytest.raises(Unavailable):
            names(database)
        assert time.monotonic() - began < ANSWER_SECONDS + LITTLE_SECONDS
        began = time.monotonic()
        with pytest.raises(Unavailable):
            writer.write(note("after"))
        assert time.monotonic() - began < ANSWER_SECONDS + LITTLE_SECONDS
        began = time.monotonic()
        database.end_within(0.2)
        writer.close()
        database.close()
        assert time.monotonic() - began < 2.5


class WrongClock(SystemClock):
    """A desk's clock that nobody has set right."""

    def __init__(self, wrong: timedelta) -> None:
        self.wrong = wrong

    def now(self) -> datetime:
        return super().now() + self.wrong


@pytest.mark.parametrize("days", [-400, 400])
def test_times_are_the_servers_whatever_a_desks_clock_says(
    postgres_url: str, tmp_path: Path, days: int
) -> None:
    database = database_at(postgres_url, tmp_path, clock=WrongClock(timedelta(days=days)))
    writer = Writer(database, lambda _: None)
    try:
        written = writer.write(note("one"))
    finally:
        writer.close()
        database.close()
    assert abs(written.value.time - datetime.now(UTC)) < timedelta(seconds=5)


def test_an_ended_listener_listens_again_and_tells_what_it_missed(
    postgres_url: str, database: Database, writer: Writer
) -> None:
    feed, heard = Feed(database), Heard()
    feed.subscribe(heard.on_entries, heard.on_trouble)
    writer.write(note("one"))
    heard.wait_until(lambda: len(heard.entries) == 1)
    with connect(postgres_url) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE query LIKE 'LISTEN%' AND datname = current_database()"
        )
    heard.wait_until(lambda: bool(heard.troubles))
    writer.write(note("two"))
    heard.wait_until(lambda: len(heard.entries) == 2 and heard.troubles[-1] == "")
    feed.close()


@pytest.mark.parametrize("when", ["before", "amid", "given up"])
def test_a_reading_that_loses_its_connection_leaves_no_cursor_open(
    when: str, database: Database, postgres_url: str
) -> None:
    many = text("SELECT n FROM generate_series(1, 100000) n")

    def read(connection: Any) -> None:
        pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()

        def end() -> None:
            with connect(postgres_url) as other:
                other.execute("SELECT pg_terminate_backend(%s, 20000)", [pid])

        if when == "before":
            end()
        found = connection.execute(many, execution_options={"yield_per": 10})
        assert found.fetchone() is not None
        end()
        if when == "given up":
            raise Unavailable("nobody wants it any more")
        found.fetchall()

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        with pytest.raises(Unavailable):
            database.read(read, slow=True)
        gc.collect()
    assert not [one for one in told if issubclass(one.category, ResourceWarning)]

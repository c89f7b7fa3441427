"""Two desks on one PostgreSQL, real processes: one stops, the other still answers."""

from __future__ import annotations

import json
import signal
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import psycopg
import pytest

from izzitup_desktop.storage.shared import WRITE_LOCK
from tests.builders import GOOD_PASSWORD
from tests.cli.izzitup import Serving, done, init, refused, serving

ANSWER_SECONDS = 5.0
LITTLE_SECONDS = 1.5

pytestmark = [pytest.mark.faults, pytest.mark.timeout(180)]


def connect(url: str) -> psycopg.Connection[tuple[int]]:
    plain = url.replace("postgresql+psycopg:", "postgresql:")
    return psycopg.connect(plain, autocommit=True)


@pytest.fixture
def board(empty_postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A board on PostgreSQL with alice and four services; its URL."""
    monkeypatch.setenv("IZZITUP_DATABASE", empty_postgres_url)
    init()
    for number in range(4):
        done("services", "add", "--name", f"Service {number}")
    return empty_postgres_url


def body(service_id: int, status: int) -> bytes:
    return json.dumps(
        {
            "action": "setstatus",
            "service": service_id,
            "status": status,
            "user": "alice",
            "pwd": GOOD_PASSWORD,
        }
    ).encode()


def ask(port: int, content: bytes | None) -> tuple[int, str, float]:
    """Status, message, and after how many seconds."""
    began = time.monotonic()
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET" if content is None else "POST", "/api/services", content)
    answer = connection.getresponse()
    message = json.loads(answer.read())["message"]
    if answer.status == 503:
        assert answer.getheader("retry-after")
    connection.close()
    return answer.status, message, time.monotonic() - began


def sent(port: int, content: bytes) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port))
    head = f"POST /api/services HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(content)}\r\n"
    client.sendall(head.encode() + b"\r\n" + content)
    return client


def changes(url: str) -> int:
    with connect(url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM journal WHERE kind IN ('service.status', 'service.confirmed')"
        ).fetchone()
    assert row is not None
    return row[0]


def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@contextmanager
def locked(url: str) -> Iterator[None]:
    with connect(url) as holder:
        holder.execute("SELECT pg_advisory_lock(%s::bigint)", (WRITE_LOCK,))
        yield


def waiting_for_lock(url: str) -> int:
    with connect(url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        ).fetchone()
    assert row is not None
    return row[0]


def in_transaction(url: str, pids: list[int]) -> bool:
    """Whether one of these sessions holds the write lock."""
    with connect(url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            " AND pid = ANY(%s)",
            (pids,),
        ).fetchone()
    assert row is not None
    return row[0] > 0


def sessions(url: str) -> set[int]:
    with connect(url) as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'izzitup'"
            " AND datname = current_database()"
        ).fetchall()
    return {row[0] for row in rows}


def stop_in_transaction(url: str, desk: Serving, pids: list[int]) -> None:
    """SIGSTOP the desk, under load, at a moment when it holds the write lock."""
    for _ in range(500):
        desk.process.send_signal(signal.SIGSTOP)
        # What was on its way to the server gets there.
        time.sleep(0.03)
        if in_transaction(url, pids):
            return
        desk.process.send_signal(signal.SIGCONT)
        time.sleep(0.01)
    pytest.fail("it was never stopped in a transaction")


def test_who_waits_behind_a_held_lock_is_answered_in_time_and_nothing_is_made_later(
    board: str,
) -> None:
    with serving() as desk:
        assert ask(desk.port, body(1, 6))[0] == 200
        before = changes(board)
        with locked(board):
            with ThreadPoolExecutor(24) as pool:
                answers = list(pool.map(lambda n: ask(desk.port, body(n % 4 + 1, 7)), range(24)))
            assert {status for status, _, _ in answers} == {503}
            assert max(seconds for _, _, seconds in answers) < ANSWER_SECONDS + LITTLE_SECONDS
            began = time.monotonic()
            line = refused("services", "set", "1", "outage")
            assert "Another desk" in line
            # Starting a Python counts, too.
            assert time.monotonic() - began < ANSWER_SECONDS + 5
        assert ask(desk.port, body(2, 6))[0] == 200
        assert changes(board) == before + 1


def test_a_desk_stopped_in_its_transaction_stops_nobody_and_makes_nothing_when_it_wakes(
    board: str,
) -> None:
    with serving() as awake:
        ask(awake.port, body(3, 6))
        others = sessions(board)
        with serving() as asleep:
            ask(asleep.port, body(1, 6))
            pids = list(sessions(board) - others)
            ending = threading.Event()

            def load(number: int) -> None:
                while not ending.is_set():
                    try:
                        ask(asleep.port, body(1 + number % 2, 5 + number % 3))
                    except OSError:
                        return
                    number += 1

            loading = [threading.Thread(target=load, args=(n,), daemon=True) for n in range(4)]
            for thread in loading:
                thread.start()
            stop_in_transaction(board, asleep, pids)
            ending.set()
            answers = [ask(awake.port, body(3, 5 + number % 3)) for number in range(20)]
            slowest = max(seconds for _, _, seconds in answers)
            print(f"slowest of 20 on the other desk: {slowest:.2f} s")
            assert slowest < ANSWER_SECONDS + LITTLE_SECONDS
            assert answers[-1][0] == 200
            # Clients that ask a sleeping desk lose patience and leave.
            impatient = [sent(asleep.port, body(4, 7)) for _ in range(5)]
            time.sleep(ANSWER_SECONDS + 1)
            for client in impatient[:3]:
                client.close()
            before = changes(board)
            asleep.process.send_signal(signal.SIGCONT)
            for client in impatient[3:]:
                client.settimeout(10)
                assert client.recv(4_096).startswith(b"HTTP/1.1 503 ")
                client.close()
            for thread in loading:
                thread.join(20)
            assert changes(board) == before
            # It is well again.
            assert ask(asleep.port, body(1, 6))[0] == 200
            assert changes(board) == before + 1


def test_a_change_whose_client_closed_the_connection_is_not_made_when_the_lock_is_free_again(
    board: str,
) -> None:
    with serving() as desk:
        assert ask(desk.port, body(1, 6))[0] == 200
        before = changes(board)
        with locked(board):
            clients = [sent(desk.port, body(number, 7)) for number in (1, 2, 3, 4)]
            until(lambda: waiting_for_lock(board) > 0)
            time.sleep(1.2)
            for client in clients:
                client.close()
            time.sleep(0.2)
        assert ask(desk.port, body(1, 5))[0] == 200
        assert changes(board) == before + 1


@pytest.mark.parametrize("table", [False, True])
def test_sigterm_ends_a_desk_that_waits_for_a_lock_and_its_clients_are_answered(
    board: str, table: bool
) -> None:
    with serving() as desk:
        ask(desk.port, body(1, 6))
        with locked(board), connect(board) as holder, holder.transaction():
            if table:
                holder.execute("LOCK TABLE services, journal IN ACCESS EXCLUSIVE MODE")
            with ThreadPoolExecutor(8) as pool:
                asked = [pool.submit(ask, desk.port, body(1, 7)) for _ in range(8)]
                until(lambda: waiting_for_lock(board) > 0)
                began = time.monotonic()
                assert desk.stop() == 0
                seconds = time.monotonic() - began
                print(f"SIGTERM to exit: {seconds:.2f} s")
                assert seconds < 3
                assert {future.result(20)[0] for future in asked} == {503}


def test_a_locked_file_keeps_nobody_waiting_longer_and_sigterm_ends_the_desk(
    home: Path,
) -> None:
    init()
    for number in range(4):
        done("services", "add", "--name", f"Service {number}")
    with serving() as desk:
        assert ask(desk.port, body(1, 6))[0] == 200
        other = sqlite3.connect(home / "izzitup.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with ThreadPoolExecutor(16) as pool:
            first = [pool.submit(ask, desk.port, body(1, 7)) for _ in range(8)]
            time.sleep(2)
            second = [pool.submit(ask, desk.port, body(2, 7)) for _ in range(8)]
            answers = [future.result(30) for future in (*first, *second)]
        slowest = max(seconds for _, _, seconds in answers)
        print(f"slowest of 16 on a locked file: {slowest:.2f} s")
        assert {status for status, _, _ in answers} == {503}
        assert slowest < ANSWER_SECONDS + LITTLE_SECONDS
        with ThreadPoolExecutor(8) as pool:
            asked = [pool.submit(ask, desk.port, body(3, 7)) for _ in range(8)]
            time.sleep(0.5)
            began = time.monotonic()
            desk.process.send_signal(signal.SIGTERM)
            assert desk.process.wait(20) == 0
            assert time.monotonic() - began < 3
            assert {future.result(20)[0] for future in asked} == {503}
        other.execute("ROLLBACK")
        count = other.execute(
            "SELECT count(*) FROM journal WHERE kind = 'service.status'"
        ).fetchone()[0]
        other.close()
    assert count == 1


@contextmanager
def desk_at_locked_file(home: Path) -> Iterator[tuple[Serving, sqlite3.Connection]]:
    """A desk that set service 1 to 6, and who locked its file since."""
    init()
    done("services", "add", "--name", "Service")
    with serving() as desk:
        assert ask(desk.port, body(1, 6))[0] == 200
        with closing(sqlite3.connect(home / "izzitup.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield desk, other


def test_who_closes_its_side_together_with_its_request_waits_for_the_answer(home: Path) -> None:
    with desk_at_locked_file(home) as (desk, other), sent(desk.port, body(1, 7)) as client:
        client.shutdown(socket.SHUT_WR)
        time.sleep(2)
        other.execute("ROLLBACK")
        answer = client.recv(65_536)
        assert b'"result":"Success"' in answer


def test_a_second_sigterm_ends_a_desk_at_once(home: Path) -> None:
    # Somebody waits for an answer, so that it can't have ended by itself.
    with desk_at_locked_file(home) as (desk, other), sent(desk.port, body(1, 7)):
        desk.process.send_signal(signal.SIGTERM)
        until(lambda: _refuses(desk.port))
        began = time.monotonic()
        assert desk.stop() == 128 + signal.SIGTERM
        assert time.monotonic() - began < LITTLE_SECONDS
        other.execute("ROLLBACK")
        assert other.execute("SELECT status_id FROM services").fetchone() == (6,)


def _refuses(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return True
    return False

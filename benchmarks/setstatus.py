"""The services API beside its floor: setstatus and the list, 16 clients.

Each server is a process of its own, the clients are this one. A pair is measured
in turn, several rounds, and compared by the medians. Run it as
`python -m benchmarks.setstatus`.
"""

from __future__ import annotations

import itertools
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from benchmarks.floor_server import SERVICES
from benchmarks.wire_clients import Measured, load

ROUNDS = 5
SECONDS = 2.0
USER, PASSWORD = "bench", "a bench to sit on"
NAIVE_RATE = 4.0
"""setstatus a second where each hashes a password at cost 12, one core."""

_ORIGIN = "izzitup_desktop API benchmark"


def board_server(folder: Path) -> None:
    """Serve a board of 1,000 services on a free port, which is printed."""
    # The clients' process must not pay for what the server's imports.
    from izzitup_desktop import application
    from izzitup_desktop.domain.accounts import Actor, Origin, Role
    from izzitup_desktop.domain.services import ServiceDraft
    from izzitup_desktop.paths import Paths
    from izzitup_desktop.server.embedded import ServerKind
    from izzitup_desktop.settings import Settings

    paths = Paths(folder, folder, folder)
    with application.start(paths, Settings(), create=True) as running:
        actor = Actor(_ORIGIN, Role.ADMINISTRATOR, Origin.CLI)
        with ThreadPoolExecutor(64) as pool:
            drafts = [ServiceDraft(f"Service {number}") for number in range(1, SERVICES + 1)]
            list(pool.map(lambda draft: running.board.services.add(actor, draft), drafts))
        running.board.accounts.first(USER, PASSWORD, Origin.CLI)
        running.server.start("127.0.0.1", 0)
        state = running.server.wait_until([ServerKind.SERVING, ServerKind.FAILED], 10)
        print(state.port, flush=True)
        sys.stdin.read()


@contextmanager
def started(*arguments: str) -> Iterator[int]:
    """A server's process; the port that it prints. Ended at the end."""
    command = [sys.executable, "-m", *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def setstatus_requests() -> Callable[[], bytes]:
    """Requests that give one service after another a status it has not."""
    numbers = itertools.count()

    def make() -> bytes:
        number = next(numbers)
        body = json.dumps(
            {
                "action": "setstatus",
                "service": number % SERVICES + 1,
                "status": (6, 7, 5)[number // SERVICES % 3],
                "user": USER,
                "pwd": PASSWORD,
            }
        ).encode()
        head = (
            "POST /api/services HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    return make


def list_request() -> bytes:
    """A request for the list."""
    return b"GET /api/services HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


def in_turn(pair: dict[str, Callable[[], Measured]]) -> dict[str, list[Measured]]:
    """Each of the pair, `ROUNDS` times, in turn."""
    found: dict[str, list[Measured]] = {name: [] for name in pair}
    for _ in range(ROUNDS):
        for name, measure in pair.items():
            measured = measure()
            assert not measured.refused, f"{name}: {measured.refused} answers were refusals"
            found[name].append(measured)
    return found


def median_rate(measured: list[Measured]) -> float:
    """The median of the rounds' rates."""
    return statistics.median(round_.rate for round_ in measured)


def compare(name: str, found: dict[str, list[Measured]]) -> float:
    """Print one pair's line; our rate."""
    ours, floor = median_rate(found["ours"]), median_rate(found["floor"])
    print(f"{name}: {ours:,.0f} answers/s ({ours / floor:.2f} x floor's {floor:,.0f})", flush=True)
    return ours


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with started("benchmarks.setstatus", str(folder / "board")) as ours:
            listed = folder / "list.json"
            listed.write_bytes(fetched_list(ours))
            floor_arguments = ("benchmarks.floor_server", str(folder / "floor.db"), str(listed))
            with started(*floor_arguments) as floor:
                measure_pair(ours, floor)


def fetched_list(port: int) -> bytes:
    """Our list's bytes, which the floor answers with too."""
    from urllib.request import urlopen  # once, before anything is measured

    with urlopen(f"http://127.0.0.1:{port}/api/services") as answer:
        content: bytes = answer.read()
    return content


def measure_pair(ours: int, floor: int) -> None:
    """All measurements of the two running servers."""
    set_ours, set_floor = setstatus_requests(), setstatus_requests()
    success = b'"Success"'

    def asked(port: int, make: Callable[[], bytes], rate: float = 0.0) -> Measured:
        return load(port, make, seconds=SECONDS, proof=success, rate=rate)

    proof = b'{"result": "Success"'
    pair = in_turn(
        {
            "floor": lambda: load(floor, set_floor, seconds=SECONDS, proof=proof),
            "ours": lambda: asked(ours, set_ours),
        }
    )
    rate = compare("setstatus", pair)
    print(f"setstatus against hashing each time: {rate / NAIVE_RATE:,.0f} x naive", flush=True)
    p50 = statistics.median(round_.quantile(50) for round_ in pair["ours"])
    p99 = statistics.median(round_.quantile(99) for round_ in pair["ours"])
    print(f"setstatus p99 at full load: {p99 * 1_000:.1f} ms ({p99 / p50:.1f} x p50)", flush=True)
    half = [asked(ours, set_ours, rate / 2) for _ in range(ROUNDS)]
    p50 = statistics.median(round_.quantile(50) for round_ in half)
    p99 = statistics.median(round_.quantile(99) for round_ in half)
    print(f"setstatus p99 at half load: {p99 * 1_000:.1f} ms ({p99 / p50:.1f} x p50)", flush=True)
    compare(
        "list of 1,000 services",
        in_turn(
            {
                "floor": lambda: asked(floor, list_request),
                "ours": lambda: asked(ours, list_request),
            }
        ),
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        board_server(Path(sys.argv[1]))
    else:
        main()

"""setstatus beside the push of an Uptime Kuma 2, each by 16 kept-alive clients.

Both servers are processes of their own, asked in turn, several rounds, and compared by
the medians. The environment's `KUMA` names the folder of an installed Uptime Kuma;
without it this is left out. Run it as `KUMA=… python -m benchmarks.kuma`.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from pathlib import Path

import psutil

from benchmarks.figures import compare, leave_out, medians, note
from benchmarks.floor_server import SERVICES
from benchmarks.goals import KUMA, KUMA_P99, KUMA_RATE
from benchmarks.scale import lasting, sized
from benchmarks.serving import USER, make_board, served, setstatus_requests
from benchmarks.wire_clients import Measured, load

ROUNDS = sized(5, 1)
SECONDS = lasting(5.0)
DONE, PUSHED = b'"Success"', b'{"ok":true}'

MONITORS = 64
"""More than the clients, each of which pushes for the next: Kuma refuses one of two pushes
of the same monitor that come at once when a minute begins."""

_MAKE_MONITORS = Path(__file__).with_name("kuma_monitors.cjs")
_START_SECONDS = 180.0
_MEBIBYTE = 1_048_576


@dataclass(frozen=True)
class Kuma:
    """A served Uptime Kuma with push monitors, one for each of the tokens."""

    port: int
    tokens: tuple[str, ...]
    process: subprocess.Popen[bytes]


def installed(folder: str) -> Path:
    """The folder of an Uptime Kuma that can be started. Raises ValueError."""
    found = Path(folder).absolute()
    for part in ("package.json", "server/server.js", "node_modules/socket.io-client"):
        if not (found / part).exists():
            raise ValueError(f"{KUMA} names no installed Uptime Kuma: {found / part} is missing")
    return found


def version_of(folder: Path) -> str:
    """Which Uptime Kuma it is."""
    return str(json.loads((folder / "package.json").read_text("utf-8"))["version"])


def push_requests(tokens: Sequence[str]) -> Callable[[], bytes]:
    """Pushes that say of one monitor after another that all is well."""
    made = cycle([
        f"GET /api/push/{token}?status=up&msg=OK HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
        for token in tokens
    ])  # fmt: skip
    return lambda: next(made)


@contextmanager
def kuma_server(folder: Path, data: Path) -> Iterator[Kuma]:
    """The Uptime Kuma in `folder` on a new SQLite database in `data`."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    # It asks its makers for a newer version, which it is to find nobody at.
    nowhere = {"HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9"}
    own = {"DATA_DIR": f"{data}/", "UPTIME_KUMA_DB_TYPE": "sqlite", "NODE_ENV": "production"}
    process = subprocess.Popen(
        ["node", "server/server.js", "--host=127.0.0.1", f"--port={port}"],
        cwd=folder, env={**os.environ, **nowhere, **own},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    tokens = tuple(secrets.token_hex(16) for _ in range(MONITORS))
    # The account is nobody's: its password is told to nobody.
    account = (USER, secrets.token_urlsafe(16))
    try:
        with _MAKE_MONITORS.open("rb") as script:
            subprocess.run(
                ["node", "-", f"http://127.0.0.1:{port}", *account, *tokens],
                cwd=folder, stdin=script, check=True, timeout=_START_SECONDS,
            )  # fmt: skip
        yield Kuma(port, tokens, process)
    finally:
        process.kill()
        process.wait()


def round_of(pid: int, ask: Callable[[], Measured]) -> dict[str, float]:
    """One round: its rate, p50 and p99 in ms, CPU of the server in ms, memory in MiB."""
    process = psutil.Process(pid)
    before = sum(process.cpu_times()[:2])
    measured = ask()
    assert not measured.refused, f"{measured.refused} answers were refusals"
    spent = sum(process.cpu_times()[:2]) - before
    return {
        "rate": measured.rate,
        "p50": measured.quantile(50) * 1_000,
        "p99": measured.quantile(99) * 1_000,
        "cpu": spent / len(measured.latencies) * 1_000,
        "memory": process.memory_full_info().pss / _MEBIBYTE,
    }


def say_all(ours: dict[str, float], kuma: dict[str, float]) -> None:
    """Say each figure beside Kuma's."""
    for name, what, unit in (
        (KUMA_RATE, "rate", "answers/s"),
        (KUMA_P99, "p99", "ms"),
        ("setstatus p50 beside Kuma's push", "p50", "ms"),
        ("CPU of the server for a setstatus beside Kuma's push", "cpu", "ms"),
        ("memory of the server beside Kuma", "memory", "MiB PSS"),
    ):
        compare(name, ours[what], unit, "Kuma's", kuma[what])


def measure(folder: Path) -> None:
    """Measure and print."""
    note("Uptime Kuma", version_of(folder))
    make = setstatus_requests(range(1, SERVICES + 1))
    found: dict[int, list[dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as name:
        environ = make_board(Path(name) / "board", SERVICES)
        with served(environ) as board, kuma_server(folder, Path(name) / "kuma") as kuma:
            push = push_requests(kuma.tokens)
            both = (
                (board.process.pid, partial(load, board.port, make, proof=DONE)),
                (kuma.process.pid, partial(load, kuma.port, push, proof=PUSHED)),
            )
            for _, ask in both:
                # The first of an account is hashed, the first of each monitor reads its past.
                ask(seconds=60, connections=1, most=MONITORS)
            for _ in range(ROUNDS):
                for pid, ask in both:
                    found.setdefault(pid, []).append(round_of(pid, partial(ask, seconds=SECONDS)))
    ours, theirs = found.values()
    say_all(medians(ours), medians(theirs))


def main() -> None:
    """Measure and print, or say that it is left out."""
    folder = os.environ.get(KUMA, "")
    if folder:
        measure(installed(folder))
    else:
        leave_out("kuma", f"{KUMA} names no folder of an installed Uptime Kuma")


if __name__ == "__main__":
    main()

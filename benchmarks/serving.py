"""Boards made and served as users do, by processes of their own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from izzitup_desktop.platform import settings

USER, PASSWORD = "bench", "a bench to sit on"
IZZITUP = (sys.executable, "-m", "izzitup_desktop")

_NAMES = ("E-Mail", "Telephones", "Chat", "Printers", "Wi-Fi", "VPN", "Time tracking")
_IMPORTED_AT_ONCE = 20_000


@dataclass
class Board:
    """A served board."""

    port: int
    process: subprocess.Popen[str]
    environ: dict[str, str]


def environ_of(home: Path, database: str = "") -> dict[str, str]:
    """The environment of a desk whose files are below `home`."""
    environ = {**os.environ, "IZZITUP_HOME": str(home), "IZZITUP_DATABASE": database}
    if not database:
        del environ["IZZITUP_DATABASE"]
    return environ


def izzitup(
    environ: dict[str, str], *arguments: str, stdin: str = "", command: Sequence[str] = IZZITUP
) -> str:
    """What a command prints; it must be done well."""
    return subprocess.run(
        [*command, *arguments], input=stdin, env=environ, check=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ).stdout  # fmt: skip


def names(count: int) -> list[str]:
    """The names of so many services, in no order."""
    return [f"{_NAMES[n * 7_919 % 7]} {n * 104_729 % count}" for n in range(1, count + 1)]


def make_board(
    home: Path, services: int, database: str = "", command: Sequence[str] = IZZITUP
) -> dict[str, str]:
    """A new board of services 1 to `services` and its administrator; its environment."""
    home.mkdir(exist_ok=True)
    environ = environ_of(home, database)
    line = f"{PASSWORD}\n"
    izzitup(environ, "init", "--admin", USER, "--password-stdin", stdin=line, command=command)
    rows = [{"name": name, "key": f"K{n}"} for n, name in enumerate(names(services), 1)]
    for first in range(0, services, _IMPORTED_AT_ONCE):
        some = rows[first : first + _IMPORTED_AT_ONCE]
        document = {"format": "izzitup-board", "version": 1, "services": some}
        listed = home / "services.json"
        listed.write_text(json.dumps(document), "utf-8")
        izzitup(environ, "import", str(listed), command=command)
    return environ


def prepare_window(home: Path) -> int:
    """Have the window open as `USER`; the port on which its API will answer."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    settings.save(home, account=USER, port=port, notifications=False)
    return port


@contextmanager
def served(environ: dict[str, str], command: Sequence[str] = IZZITUP) -> Iterator[Board]:
    """`izzitup serve` on a free port."""
    process = subprocess.Popen(
        [*command, "serve", "--port", "0"], env=environ, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        lines = iter(process.stdout.readline, "")
        found = next(line for line in lines if line.startswith("Serving on "))
        yield Board(int(found.rpartition(":")[2]), process, environ)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def setstatus_body(service: int, status: int, user: str = USER, password: str = PASSWORD) -> bytes:
    """What a script sends to set a status."""
    return json.dumps(
        {"action": "setstatus", "service": service, "status": status, "user": user, "pwd": password}
    ).encode()


def posted(body: bytes) -> bytes:
    """A request with this body."""
    head = (
        "POST /api/services HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def setstatus_requests(services: Sequence[int]) -> Callable[[], bytes]:
    """Requests that give one service after another a status it has not."""

    def bodies() -> Iterator[bytes]:
        while True:
            for status in (6, 7, 5):
                for service in services:
                    yield posted(setstatus_body(service, status))

    made = bodies()
    return lambda: next(made)


def list_request() -> bytes:
    """A request for the list."""
    return b"GET /api/services HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"

"""The floor that the server is measured against: uvicorn and raw sqlite3.

A bare ASGI application on h11. A POST is three statements and one commit, in the
journal mode that the board chooses here too; a GET is the list as prebuilt bytes.
It checks nobody's password and has no limits: what is left out is what is measured.
With `wal` behind its arguments it takes that mode, whatever this SQLite is.
"""

from __future__ import annotations

import json
import socket
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import uvicorn

from izzitup_desktop.storage.sqlite_file import wal_is_safe

SERVICES = 1_000

_SCHEMA = """
CREATE TABLE services (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, status INTEGER NOT NULL,
    since INTEGER NOT NULL, updated INTEGER NOT NULL
);
CREATE TABLE journal (
    id INTEGER PRIMARY KEY, time INTEGER NOT NULL, actor TEXT NOT NULL, kind TEXT NOT NULL,
    subject INTEGER NOT NULL, after TEXT NOT NULL
);
CREATE TABLE periods (
    id INTEGER PRIMARY KEY, service INTEGER NOT NULL, status INTEGER NOT NULL,
    since INTEGER NOT NULL
);
"""

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]


class Floor:
    """The application."""

    def __init__(self, path: Path, listed: bytes, *, wal: bool) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        mode, level = ("WAL", "FULL") if wal else ("DELETE", "EXTRA")
        self._database.execute(f"PRAGMA journal_mode={mode}")
        self._database.execute(f"PRAGMA synchronous={level}")
        self._database.executescript(_SCHEMA)
        rows = [(number, f"Service {number}") for number in range(1, SERVICES + 1)]
        with self._database:
            self._database.execute("BEGIN")
            self._database.executemany("INSERT INTO services VALUES (?, ?, 5, 0, 0)", rows)
        self._listed = listed

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        assert scope["type"] == "http"
        body = bytearray()
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        content = self._set_status(bytes(body)) if body else self._listed
        headers = [
            (b"content-type", b"application/json; charset=utf-8"),
            (b"content-length", b"%d" % len(content)),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    def _set_status(self, body: bytes) -> bytes:
        sent = json.loads(body)
        service, status, now = sent["service"], sent["status"], time.time_ns() // 1_000
        database = self._database
        database.execute("BEGIN IMMEDIATE")
        database.execute(
            "UPDATE services SET status = ?, since = ?, updated = ? WHERE id = ?",
            (status, now, now, service),
        )
        database.execute(
            "INSERT INTO journal (time, actor, kind, subject, after) VALUES (?, ?, ?, ?, ?)",
            (now, sent["user"], "service.status", service, json.dumps({"status": status})),
        )
        database.execute(
            "INSERT INTO periods (service, status, since) VALUES (?, ?, ?)",
            (service, status, now),
        )
        database.execute("COMMIT")
        return json.dumps({"result": "Success", "service": service, "status": status}).encode()


def main(database: Path, listed: Path, *, wal: bool) -> None:
    """Serve on a free port, which is printed."""
    config = uvicorn.Config(
        Floor(database, listed.read_bytes(), wal=wal),
        http="h11",
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        access_log=False,
    )
    # Named TCP, so that asyncio turns Nagle's delay off as it does for its own sockets.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen(256)
    print(listening.getsockname()[1], flush=True)
    uvicorn.Server(config).run([listening])


if __name__ == "__main__":
    forced = "wal" in sys.argv[3:] or wal_is_safe(sqlite3.sqlite_version_info)
    main(Path(sys.argv[1]), Path(sys.argv[2]), wal=forced)

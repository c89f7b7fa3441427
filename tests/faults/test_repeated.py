"""Killed between commit and answer: repeated under its key it is done once, answered alike."""

from __future__ import annotations

import base64
import json
import os
import random
import select
import signal
import socket
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.builders import DEADLINE_SECONDS, GOOD_PASSWORD
from tests.cli.izzitup import Serving, done, init, serving

KILLS = int(os.environ.get("IZZITUP_TEST_KILLS", "20"))
TRIES = 400

pytestmark = [pytest.mark.faults, pytest.mark.timeout(120 + 20 * KILLS)]

STATUSES = ("Impaired", "Outage", "Operational")


class Script:
    """Sets one status after the other for two services, each time under a new key."""

    def __init__(self, home: Path, services: list[int]) -> None:
        self.home, self.services, self.number = home, services, 0

    def next(self) -> None:
        self.number += 1

    @property
    def key(self) -> str:
        return f"change {self.number}"

    def request(self) -> bytes:
        body = json.dumps({"services": self.services, "status": STATUSES[self.number % 3]})
        credentials = base64.b64encode(f"alice:{GOOD_PASSWORD}".encode()).decode()
        lines = (
            "POST /api/v1/services/status HTTP/1.1", "Host: 127.0.0.1", "Connection: close",
            f"Authorization: Basic {credentials}", f'Idempotency-Key: "{self.key}"',
            "Content-Type: application/json", f"Content-Length: {len(body)}", "", body,
        )  # fmt: skip
        return "\r\n".join(lines).encode()

    def send(self, port: int) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", port), DEADLINE_SECONDS)
        connection.sendall(self.request())
        return connection

    def ask(self, port: int) -> tuple[bytes, dict[str, str], Any]:
        """Status line, headers and body of what is answered."""
        with closing(self.send(port)) as connection:
            answer = b""
            while data := connection.recv(65536):
                answer += data
        head, _, body = answer.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)
        }
        return first.encode(), headers, json.loads(body)

    def is_committed(self, before: int) -> bool:
        """Whether the change is durable; while it is being committed it is not."""
        try:
            with closing(sqlite3.connect(self.home / "izzitup.db", timeout=0)) as connection:
                query = "SELECT count(*) FROM journal WHERE kind = 'service.status'"
                return bool(connection.execute(query).fetchone()[0] > before)
        except sqlite3.OperationalError:
            return False

    def entries(self) -> list[tuple[int, int, str]]:
        """What the journal has of these services' statuses: step, service, what became of it."""
        with closing(sqlite3.connect(self.home / "izzitup.db")) as connection:
            assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
            return connection.execute(
                "SELECT step, subject_id, after FROM journal WHERE kind = 'service.status'"
                " ORDER BY id"
            ).fetchall()


def stopped(running: Serving) -> None:
    running.process.send_signal(signal.SIGSTOP)
    state = Path(f"/proc/{running.process.pid}/stat")
    while state.read_text().rpartition(")")[2].split()[0] not in "Tt":
        pass


def killed_between(running: Serving, script: Script, before: int) -> bool:
    """Send a change, and kill it between its commit and its answer; False: it was too quick."""
    with closing(script.send(running.port)) as connection:
        while True:
            stopped(running)
            if select.select([connection], [], [], 0)[0]:
                running.process.send_signal(signal.SIGCONT)
                return False
            if script.is_committed(before):
                running.process.kill()
                running.process.wait(DEADLINE_SECONDS)
                # Nothing had been said, and nothing is.
                try:
                    assert connection.recv(1) == b""
                except ConnectionResetError:
                    pass
                return True
            running.process.send_signal(signal.SIGCONT)


def assert_done_once(running: Serving, script: Script, before: int, *, is_known: bool) -> None:
    first, headers, told = script.ask(running.port)
    assert b" 200 " in first
    assert ("idempotency-replayed" in headers) or not is_known
    again = script.ask(running.port)
    assert (again[0], again[2]) == (first, told)
    assert again[1]["idempotency-replayed"] == "true"
    new = script.entries()[before:]
    status = {"Impaired": 6, "Outage": 7, "Operational": 5}[STATUSES[script.number % 3]]
    assert new == [
        (told["operation_id"], id_, json.dumps({"status": status}, separators=(",", ":")))
        for id_ in script.services
    ]
    assert [(one["id"], one["status"]["id"]) for one in told["items"]] == [
        (id_, status) for id_ in script.services
    ]


def test_killed_between_commit_and_answer_and_repeated_it_is_one_change_and_the_same_answer(
    home: Path,
) -> None:
    init()
    ids = [int(done("services", "add", "--name", f"Service {number}")) for number in range(2)]
    script = Script(home, ids)
    kills = before = 0
    for _ in range(KILLS):
        with serving() as running:
            if script.number:
                assert_done_once(running, script, before, is_known=True)
            for _ in range(TRIES):
                script.next()
                before = len(script.entries())
                if killed_between(running, script, before):
                    kills += 1
                    break
    with serving() as running:
        assert_done_once(running, script, before, is_known=True)
    assert kills == KILLS


def test_killed_at_any_moment_and_repeated_it_is_one_change(home: Path) -> None:
    init()
    ids = [int(done("services", "add", "--name", f"Service {number}")) for number in range(2)]
    script, chance, never = Script(home, ids), random.Random(12), threading.Event()
    for _ in range(max(2, KILLS // 4)):
        script.next()
        with serving() as running:
            before = len(script.entries())
            with closing(script.send(running.port)):
                never.wait(chance.random() * 0.6)
                running.process.kill()
                running.process.wait(DEADLINE_SECONDS)
        with serving() as running:
            assert_done_once(running, script, before, is_known=False)

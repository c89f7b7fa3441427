"""SIGKILL at any moment: nothing acknowledged is lost, and it starts again by itself."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tests.builders import GOOD_PASSWORD
from tests.cli.izzitup import Serving, done, init, serving

KILLS = int(os.environ.get("IZZITUP_TEST_KILLS", "20"))
CLIENTS = 4

pytestmark = [pytest.mark.faults, pytest.mark.timeout(60 + 10 * KILLS)]


class Script(threading.Thread):
    """A script that sets one service's status again and again, and notes each Success."""

    def __init__(self, port: int, service_id: int, first: int) -> None:
        super().__init__(daemon=True)
        self.port, self.service_id, self.first = port, service_id, first
        self.acknowledged: list[int] = []
        self.started_well = threading.Event()

    def run(self) -> None:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 20) as connection:
                file = connection.makefile("rb")
                for number in range(1_000_000):
                    status = 5 + (self.first + number) % 3
                    self._ask(connection, status)
                    if b"200" not in file.readline():
                        return
                    length = 0
                    while (line := file.readline().strip()) != b"":
                        if line.lower().startswith(b"content-length:"):
                            length = int(line.split(b":")[1])
                    answer = file.read(length)
                    if len(answer) == length and b'"Success"' in answer:
                        self.acknowledged.append(status)
                        self.started_well.set()
        except OSError:
            return
        except ValueError:
            return

    def _ask(self, connection: socket.socket, status: int) -> None:
        body = json.dumps(
            {
                "action": "setstatus", "service": self.service_id, "status": status,
                "user": "alice", "pwd": GOOD_PASSWORD,
            }
        ).encode()  # fmt: skip
        head = (
            f"POST /api/services HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        connection.sendall(head.encode() + body)


def stored(home: Path, service_id: int) -> tuple[list[int], int, list[int]]:
    """What the journal, the service and its periods say, once SQLite recovered."""
    with closing(sqlite3.connect(home / "izzitup.db")) as connection:
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        changes = [
            json.loads(row[0])["status"] if row[0] else None
            for row in connection.execute(
                "SELECT after FROM journal WHERE subject = 'service' AND subject_id = ?"
                " AND kind IN ('service.status', 'service.confirmed') ORDER BY id",
                (service_id,),
            )
        ]
        (now,) = connection.execute(
            "SELECT status_id FROM services WHERE id = ?", (service_id,)
        ).fetchone()
        periods = [
            row[0]
            for row in connection.execute(
                "SELECT status_id FROM status_periods WHERE service_id = ? ORDER BY id",
                (service_id,),
            )
        ]
        open_periods = connection.execute(
            "SELECT count(*) FROM status_periods WHERE service_id = ? AND to_time IS NULL",
            (service_id,),
        ).fetchone()
        assert open_periods == (1,)
    filled: list[int] = []
    for change in changes:
        filled.append(change if change is not None else (filled[-1] if filled else 5))
    return filled, now, periods


def test_c61_no_acknowledged_change_is_lost_by_kills(home: Path) -> None:
    init()
    ids = [int(done("services", "add", "--name", f"Service {number}")) for number in range(CLIENTS)]
    acknowledged: dict[int, list[int]] = {service_id: [] for service_id in ids}
    chance = random.Random(61)
    for _ in range(KILLS):
        before = {service_id: len(stored(home, service_id)[0]) for service_id in ids}
        with serving() as running:
            scripts = [Script(running.port, id_, chance.randrange(3)) for id_ in ids]
            for script in scripts:
                script.start()
            for script in scripts:
                assert script.started_well.wait(20)
            kill_after(running, scripts[0], chance.randrange(1, 120))
            for script in scripts:
                script.join(20)
                assert not script.is_alive()
        for script in scripts:
            changes, now, periods = stored(home, script.service_id)
            new = changes[before[script.service_id] :]
            # One more may have been committed whose answer did not arrive.
            assert new[: len(script.acknowledged)] == script.acknowledged
            assert len(new) <= len(script.acknowledged) + 1
            assert now == changes[-1] == periods[-1]
            acknowledged[script.service_id] += script.acknowledged
    assert all(len(statuses) >= KILLS for statuses in acknowledged.values())


def kill_after(running: Serving, script: Script, changes: int) -> None:
    """SIGKILL once the script had that many more changes acknowledged, or a while passed."""
    goal = len(script.acknowledged) + changes
    waiting = threading.Event()
    for _ in range(300):
        if len(script.acknowledged) >= goal:
            break
        waiting.wait(0.01)
    running.process.send_signal(signal.SIGKILL)
    running.process.wait(20)

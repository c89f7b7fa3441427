"""Files and locks that go wrong, through the whole application."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.errors import Unavailable
from tests.builders import ALICE, GOOD_PASSWORD, add_service, opened_board
from tests.server.wire import ask, serving

pytestmark = pytest.mark.faults


def setstatus(status: int) -> bytes:
    body = {
        "action": "setstatus", "service": 1, "status": status,
        "user": "alice", "pwd": GOOD_PASSWORD,
    }  # fmt: skip
    return json.dumps(body).encode()


def test_c66_a_lock_of_moments_is_waited_for_and_a_long_one_is_503(tmp_path: Path) -> None:
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        board.accounts.first("alice", GOOD_PASSWORD, Origin.CLI)
        add_service(board)
        with serving(board) as server:
            assert ask(server, setstatus(6)).json["result"] == "Success"
            lock = sqlite3.connect(
                tmp_path / "izzitup.db", isolation_level=None, check_same_thread=False
            )
            lock.execute("BEGIN EXCLUSIVE")
            timer = threading.Timer(1.0, lambda: lock.execute("COMMIT"))
            timer.start()
            assert ask(server, setstatus(7)).json["result"] == "Success"
            timer.join()
            lock.execute("BEGIN EXCLUSIVE")
            before = board.last_id()
            answer = ask(server, setstatus(5))
            lock.execute("ROLLBACK")
            lock.close()
            assert answer.status == 503
            assert answer.headers["retry-after"]
            assert answer.json["message"] == "Service temporarily unavailable"
            assert board.last_id() == before
            assert ask(server, setstatus(5)).json["result"] == "Success"


@pytest.mark.parametrize("how", ["deleted", "replaced"])
def test_c72_a_file_that_went_away_gets_no_false_acknowledgement(tmp_path: Path, how: str) -> None:
    path = tmp_path / "izzitup.db"
    with opened_board(f"sqlite:///{path}", tmp_path) as board:
        board.accounts.first("alice", GOOD_PASSWORD, Origin.CLI)
        add_service(board)
        with serving(board) as server:
            assert ask(server, setstatus(6)).json["result"] == "Success"
            content = path.read_bytes()
            path.unlink()
            if how == "replaced":
                path.write_bytes(content)
            assert ask(server, setstatus(7)).status == 503


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounting needs root")
def test_c63_a_full_disk_is_said_and_nothing_is_half_done(tmp_path: Path) -> None:
    import subprocess  # this test alone mounts

    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", str(small)],
        capture_output=True, check=False,
    )  # fmt: skip
    if mounted.returncode != 0:
        pytest.skip("a tmpfs can't be mounted here")
    try:
        with opened_board(f"sqlite:///{small}/izzitup.db", tmp_path) as board:
            service = add_service(board)
            (small / "filler").write_bytes(b"x" * 300_000)
            done = 0
            with pytest.raises(Unavailable, match=r"disk (is full|reported)"):
                for _ in range(2_000):
                    board.statuses.set(ALICE, [service.id], 5 + done % 3, "x" * 2_000)
                    done += 1
            stored = [e for e in board.journal.latest(ALICE, limit=5_000) if e.comment]
            assert len(stored) == done
            (small / "filler").unlink()
            board.statuses.set(ALICE, [service.id], 7)
            assert board.backups.check() == ()
    finally:
        subprocess.run(["umount", "-l", str(small)], check=True)


def test_c76_backups_during_writes_are_all_consistent(tmp_path: Path) -> None:
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        services = [add_service(board, str(number)) for number in range(5)]
        stopping = threading.Event()

        def write(number: int) -> int:
            count = 0
            while not stopping.is_set():
                board.statuses.set(ALICE, [services[number].id], 5 + count % 3)
                count += 1
            return count

        with ThreadPoolExecutor(5) as pool:
            writing = [pool.submit(write, number) for number in range(5)]
            for number in range(25):
                path = board.backups.save(ALICE, tmp_path / f"{number}.db")
                with closing(sqlite3.connect(path)) as connection:
                    assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
                    open_periods = connection.execute(
                        "SELECT count(*) FROM services s JOIN status_periods p ON p.service_id ="
                        " s.id AND p.status_id = s.status_id WHERE p.to_time IS NULL"
                    ).fetchone()
                    assert open_periods == (5,)
            stopping.set()
            assert all(future.result(20) > 0 for future in writing)


def test_c80_every_file_is_private_under_umask_0(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        folder = tmp_path / "home"
        with opened_board(f"sqlite:///{folder}/izzitup.db", folder) as board:
            add_service(board)
            board.backups.save(ALICE)
        for entry in [folder, *folder.rglob("*")]:
            wanted = 0o700 if entry.is_dir() else 0o600
            assert entry.stat().st_mode & 0o777 == wanted, entry
    finally:
        os.umask(before)

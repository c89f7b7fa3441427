"""A disk that can only be read: everything that reads works, everything else says why."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError

import pytest

from izzitup_desktop.domain.errors import Damaged, Unavailable
from izzitup_desktop.domain.statuses import StatusId
from tests.builders import ALICE, GOOD_PASSWORD, add_service, opened_board
from tests.cli.izzitup import done, init, refused, serving

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(
        not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounting needs root"
    ),
]

OLD_DATABASES = Path(__file__).parents[1] / "old_databases"
SET_OUTAGE = json.dumps(
    {"action": "setstatus", "service": 1, "status": 7, "user": "alice", "pwd": GOOD_PASSWORD}
).encode()


class Disk:
    """A small disk of its own, which `fail` turns into one that can only be read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fail(self) -> None:
        subprocess.run(["mount", "-o", "remount,ro", str(self.path)], check=True)

    def mend(self) -> None:
        subprocess.run(["mount", "-o", "remount,rw", str(self.path)], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    path = tmp_path / "disk"
    path.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(path)],
        capture_output=True, check=False,
    )  # fmt: skip
    if mounted.returncode != 0:
        pytest.skip("a tmpfs can't be mounted here")
    yield Disk(path)
    subprocess.run(["umount", "-l", str(path)], check=True)


@pytest.fixture
def home_on_disk(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = disk.path / "home"
    monkeypatch.setenv("IZZITUP_HOME", str(home))
    return home


def answer(port: int, body: bytes | None = None) -> tuple[int, dict[str, object]]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/api/services", body)
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.status, json.load(response)
    except HTTPError as error:
        with error:
            return error.code, json.load(error)


def test_c65_on_a_disk_that_can_only_be_read_everything_that_reads_works(
    disk: Disk, home_on_disk: Path, tmp_path: Path
) -> None:
    init("--sample")
    disk.fail()
    assert len(json.loads(done("services", "list", "--json"))) == 12
    assert "E-Mail: added" in done("journal")
    assert done("check") == "sound\n"
    done("export", str(tmp_path / "board.json"))
    done("export", str(tmp_path / "board.csv"))
    done("backup", str(tmp_path / "kept.db"))
    for command in (
        ("services", "set", "MAIL", "outage"),
        ("backup", str(disk.path / "kept.db")),
        ("export", str(disk.path / "board.json")),
        ("restore", str(tmp_path / "kept.db")),
    ):
        assert "ead-only" in (said := refused(*command)) or "can only be read" in said
    disk.mend()
    done("services", "set", "MAIL", "outage")


def test_c65_a_server_on_such_a_disk_serves_the_list_and_sets_nothing(
    disk: Disk, home_on_disk: Path
) -> None:
    init("--sample")
    disk.fail()
    with serving() as running:
        status, listed = answer(running.port)
        assert (status, listed["result"]) == (200, "Success")
        status, refusal = answer(running.port, SET_OUTAGE)
        assert (status, refusal["message"]) == (503, "Service temporarily unavailable")
        assert answer(running.port)[1]["data"] == listed["data"]


def test_c65_a_disk_that_fails_while_it_serves_is_said_and_one_that_is_mended_taken(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    with opened_board(f"sqlite:///{folder}/izzitup.db", tmp_path) as board:
        service = add_service(board)
        board.statuses.set(ALICE, [service.id], 6)
        if subprocess.run(["chattr", "+i", str(folder)], check=False).returncode:
            pytest.skip("this disk can't be made immutable")
        try:
            assert str(folder) in board.why_read_only
            with pytest.raises(Unavailable, match="can only be read"):
                board.statuses.set(ALICE, [service.id], 7)
            (listed,) = board.services.list(ALICE)
            assert listed.status_id == StatusId.IMPAIRED
        finally:
            subprocess.run(["chattr", "-i", str(folder)], check=True)
        assert board.why_read_only == ""
        board.statuses.set(ALICE, [service.id], 7)


@pytest.mark.parametrize("what", ["file", "folder"])
def test_c65_a_file_or_folder_that_nobody_may_change_is_opened_to_be_read(
    home: Path, tmp_path: Path, what: str
) -> None:
    init("--sample")
    held = home / "izzitup.db" if what == "file" else home
    if subprocess.run(["chattr", "+i", str(held)], check=False).returncode:
        pytest.skip("this disk can't make files immutable")
    try:
        assert len(json.loads(done("services", "list", "--json"))) == 12
        assert "can only be read" in refused("services", "set", "MAIL", "outage")
        done("backup", str(tmp_path / "kept.db"))
    finally:
        subprocess.run(["chattr", "-i", str(held)], check=True)
    done("services", "set", "MAIL", "outage")


def _broken_off(folder: Path) -> None:
    """A change that broke off: the file is half changed, its journal says what was."""
    path = folder / "izzitup.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE services SET name = hex(randomblob(2000))")
        for name in ("izzitup.db", "izzitup.db-journal"):
            shutil.copyfile(folder / name, folder / f"{name}.copy")
        connection.execute("ROLLBACK")
    for name in ("izzitup.db", "izzitup.db-journal"):
        (folder / f"{name}.copy").replace(folder / name)


def _in_its_log(folder: Path) -> None:
    """A write-ahead log that holds everything, of a process that was killed."""
    path = folder / "izzitup.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("UPDATE services SET note = 'in the log'")
        for name in ("izzitup.db", "izzitup.db-wal"):
            shutil.copyfile(folder / name, folder / f"{name}.copy")
    for name in ("izzitup.db", "izzitup.db-wal"):
        (folder / f"{name}.copy").replace(folder / name)


def _of_the_first_version(folder: Path) -> None:
    shutil.copyfile(OLD_DATABASES / "v1.db", folder / "izzitup.db")


@pytest.mark.parametrize("unfinished", [_broken_off, _in_its_log, _of_the_first_version])
def test_c65_what_is_to_be_finished_first_is_read_from_a_copy(
    disk: Disk, home_on_disk: Path, tmp_path: Path, unfinished: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    init("--sample")
    before = json.loads(done("services", "list", "--json"))
    unfinished(home_on_disk)
    disk.fail()
    listed = json.loads(done("services", "list", "--json"))
    if unfinished is _broken_off:
        assert listed == before
    if unfinished is _in_its_log:
        assert {service["note"] for service in listed} == {"in the log"}
    assert listed
    first = str(listed[0]["id"])
    assert "so nothing can be changed" in refused("services", "set", first, "outage")
    done("backup", str(tmp_path / "kept.db"))
    assert list(temporary.iterdir()) == []
    disk.mend()
    done("services", "set", first, "outage")


def test_c65_a_damaged_database_on_such_a_disk_is_named_as_damaged(
    disk: Disk, tmp_path: Path
) -> None:
    (disk.path / "izzitup.db").write_bytes(b"no database")
    disk.fail()
    with (
        pytest.raises(Damaged, match="no copy could be kept"),
        opened_board(f"sqlite:///{disk.path}/izzitup.db", disk.path),
    ):
        pass


def test_c65_where_nothing_can_be_made_it_says_so_in_one_line(
    disk: Disk, home_on_disk: Path
) -> None:
    disk.fail()
    assert "can't be made" in refused(
        "init", "--admin", "alice", "--password-stdin", stdin=f"{GOOD_PASSWORD}\n"
    )

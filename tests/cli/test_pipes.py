"""Pipes, links and devices where files of ours are looked for: said, and never waited for."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from izzitup_desktop.platform import logs
from tests.cli.inside import done, init, refused, run
from tests.cli.izzitup import COMMAND, ROOT

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders"),
]

DEADLINE_SECONDS = 30


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _link_elsewhere(path: Path) -> None:
    elsewhere = path.parent.parent / "elsewhere"
    elsewhere.write_text("theirs\n")
    elsewhere.chmod(0o644)
    path.symlink_to(elsewhere)


def _link_to_a_pipe(path: Path) -> None:
    os.mkfifo(path.parent.parent / "pipe")
    path.symlink_to(path.parent.parent / "pipe")


def _device(path: Path) -> None:
    path.symlink_to("/dev/full")


def _folder(path: Path) -> None:
    path.mkdir()


Put = Callable[[Path], None]
ALL: tuple[Put, ...] = (_pipe, _link_elsewhere, _link_to_a_pipe, _device, _folder)


def served(home: Path) -> list[str]:
    """What `izzitup serve` says on standard error until SIGTERM ends it, in time."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    # Whatever hangs is ended, which ends the reading below.
    alarm = subprocess.Popen(["sh", "-c", f"sleep {DEADLINE_SECONDS}; kill -9 {process.pid}"])
    try:
        assert process.stdout is not None
        said: list[str] = []
        for line in process.stdout:
            said.append(line)
            if line.startswith("Serving on "):
                break
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=DEADLINE_SECONDS)
    finally:
        alarm.kill()
        alarm.wait()
        process.kill()
        process.wait()
    assert process.returncode == 0, errors
    return errors.splitlines()


@pytest.mark.parametrize("put", ALL)
def test_serve_goes_on_without_a_log_that_is_no_file_and_says_so(home: Path, put: Put) -> None:
    init()
    (home / "logs").mkdir(exist_ok=True)
    put(home / "logs" / logs.FILE_NAME)
    first, *rest = served(home)
    assert first.startswith(f"The log can't be written to {home}/logs/izzitup.log: ")
    assert any("GET" not in line and "izzitup" in line for line in rest)
    if (home / "elsewhere").exists():
        assert (home / "elsewhere").read_text() == "theirs\n"
        assert (home / "elsewhere").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("put", ALL)
def test_serve_goes_on_with_its_log_where_the_file_of_crashes_is_none(home: Path, put: Put) -> None:
    init()
    (home / "logs").mkdir(exist_ok=True)
    put(home / "logs" / logs.CRASH_NAME)
    first, *_ = served(home)
    assert first.startswith(f"Crashes can't be written to {home}/logs/crash.log: ")
    assert (home / "logs" / logs.FILE_NAME).read_text()


@pytest.mark.parametrize("put", ALL)
def test_a_command_answers_whatever_stands_in_the_log_s_place(home: Path, put: Put) -> None:
    init()
    (home / "logs").mkdir(exist_ok=True)
    put(home / "logs" / logs.FILE_NAME)
    shutil.copyfile(ROOT / "README.md", home / "settings.toml")
    assert run("services", "list").returncode == 0


@pytest.mark.parametrize("put", ALL)
@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
def test_what_is_no_file_beside_the_database_is_refused_in_one_line(
    home: Path, ending: str, put: Put
) -> None:
    init()
    (home / "data").mkdir()
    (home / "izzitup.db").rename(home / "data" / "board.db")
    put(home / "data" / f"board.db{ending}")
    (home / "link.db").symlink_to(home / "data" / "board.db")
    for name in ("data/board.db", "link.db"):
        said = refused("--database", f"sqlite:///{home}/{name}", "services", "list")
        assert f"board.db{ending} is no file" in said


@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
def test_what_is_no_file_beside_a_backup_is_refused_in_one_line(home: Path, ending: str) -> None:
    init()
    done("backup", str(home / "kept.db"))
    os.mkfifo(home / f"kept.db{ending}")
    assert f"kept.db{ending} is no file" in refused("restore", str(home / "kept.db"))

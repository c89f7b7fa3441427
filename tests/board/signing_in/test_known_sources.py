"""Who signed in lately is known after a restart, too."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from izzitup_desktop import application
from izzitup_desktop.board.signing_in.known_sources import KNOWN_DAYS, KeptSources, path_in
from izzitup_desktop.board.signing_in.throttle import Throttle
from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.errors import Throttled
from izzitup_desktop.platform.paths import find_paths
from izzitup_desktop.platform.settings import Settings
from tests.builders import GOOD_PASSWORD, HASH_COST, HandClock

_DAY = 86_400.0


class Program:
    """A throttle with what it keeps, as one run of the program has it."""

    def __init__(self, path: Path, seconds: float = 0.0) -> None:
        self.clock = HandClock(seconds=seconds)
        self.throttle = Throttle(self.clock)
        self.kept = KeptSources(path, self.throttle.known, self.throttle.make_known, self.clock)

    def sign_in(self, source: str, name: str = "script") -> None:
        self.throttle.succeeded(self.throttle.attempt(source, name))

    def guess(self, count: int) -> None:
        """So many failures with the name, each from a network of its own."""
        for number in range(count):
            self.clock.seconds += 2
            self.throttle.attempt(f"10.{number // 250}.{number % 250}.1", "script")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return path_in(tmp_path, "the board")


def test_a_script_that_was_known_before_a_restart_is_not_shut_out_after_it(path: Path) -> None:
    first = Program(path)
    first.sign_in("192.0.2.7")
    first.kept.keep()
    second = Program(path, seconds=1_000.0)
    second.guess(75)
    with pytest.raises(Throttled):
        second.sign_in("198.51.100.1")
    second.sign_in("192.0.2.7")


def test_after_thirty_days_it_is_not_known_any_more_whatever_the_file_says(path: Path) -> None:
    first = Program(path)
    first.sign_in("192.0.2.7")
    first.kept.keep()
    ((name, source, until),) = json.loads(path.read_text())
    path.write_text(json.dumps([[name, source, until + 100 * 365 * _DAY]]))
    path.chmod(0o600)
    second = Program(path)
    second.clock.seconds += KNOWN_DAYS * _DAY + 1
    second.guess(75)
    with pytest.raises(Throttled):
        second.sign_in("192.0.2.7")


def test_two_programs_on_one_board_keep_what_either_knows(path: Path) -> None:
    window, server = Program(path), Program(path)
    window.sign_in("192.0.2.7")
    server.sign_in("198.51.100.1")
    window.kept.keep()
    server.kept.keep()
    assert {source for _, source, _ in Program(path).throttle.known()[1]} == {
        "192.0.2.7", "198.51.100.1",
    }  # fmt: skip


def test_the_file_is_written_when_there_is_something_new_and_not_at_each_use(path: Path) -> None:
    program = Program(path)
    program.kept.keep()
    assert not path.exists()
    program.sign_in("192.0.2.7")
    program.kept.keep()
    path.unlink()
    for hours in range(24):
        program.clock.seconds = hours * 3_600.0
        program.sign_in("192.0.2.7")
        program.kept.keep()
    assert not path.exists()
    program.clock.seconds = 25 * 3_600.0
    program.sign_in("192.0.2.7")
    program.kept.keep()
    assert path.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff", b"{}", b"[1]", b'[["a"]]', b'[["a","b",NaN]]', b'[["a","b","c"]]',
        b'[[1,"b",3]]', b"[" * 100_000, b'[["a","b",1e400]]', b'[["a",' + b'"b"' * 9, b"null",
    ],
)  # fmt: skip
def test_a_file_that_holds_something_else_keeps_nobody_out(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    path.chmod(0o600)
    program = Program(path)
    assert program.throttle.known()[1] == []
    program.sign_in("192.0.2.7")
    program.kept.keep()
    assert [source for _, source, _ in Program(path).throttle.known()[1]] == ["192.0.2.7"]


@pytest.mark.skipif(os.name == "nt", reason="rights are of another kind there")
def test_a_file_that_others_may_write_makes_nobody_known(path: Path) -> None:
    first = Program(path)
    first.sign_in("192.0.2.7")
    first.kept.keep()
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o622)
    assert Program(path).throttle.known()[1] == []


def test_a_run_of_the_program_keeps_them_and_no_password(home: Path) -> None:
    paths = find_paths()
    with application.start(paths, Settings(), create=True, hash_cost=HASH_COST) as running:
        running.board.accounts.first("alice", GOOD_PASSWORD, Origin.CLI)
        running.keep_watch()
        running.board.accounts.sign_in("alice", GOOD_PASSWORD, source="192.0.2.7")
    (kept,) = home.glob("known-sources-*.json")
    assert "192.0.2.7" in kept.read_text()
    assert GOOD_PASSWORD not in kept.read_text()

"""`izzitup` in the process of the tests: what it does, without starting Python each time.

What only a process of its own can show (signals, closed streams, what it loads,
another process beside a window) is in `izzitup.py`.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from izzitup_desktop import application
from izzitup_desktop.board import Board
from izzitup_desktop.cli import edge
from izzitup_desktop.demo.sample import add_sample
from izzitup_desktop.domain.accounts import Account, Origin, Principal
from izzitup_desktop.platform import settings as settings_file
from izzitup_desktop.platform.paths import find_paths
from izzitup_desktop.storage.urls import url_of
from tests.builders import GOOD_PASSWORD, HASH_COST, board_made_by


@dataclass(frozen=True)
class Ended:
    """What a call left behind."""

    returncode: int
    stdout: str
    stderr: str


class Full(io.RawIOBase):
    """A stream that can't be written, as /dev/full."""

    def writable(self) -> bool:
        return True

    def write(self, _bytes: object) -> int:
        raise OSError(28, "No space left on device")


def call(
    arguments: Sequence[str],
    stdin: bytes | io.BytesIO = b"",
    *,
    full: bool = False,
    encoding: str = "utf-8",
) -> Ended:
    """Run `izzitup` to its end, with streams of its own."""
    out: io.RawIOBase | io.BytesIO = Full() if full else io.BytesIO()
    err = io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        stdout = io.TextIOWrapper(io.BufferedWriter(out) if full else out, encoding)  # type: ignore[type-var]
        stderr = io.TextIOWrapper(err, encoding)
        given = io.BytesIO(stdin) if isinstance(stdin, bytes) else stdin
        patch.setattr(sys, "stdin", io.TextIOWrapper(given, encoding))
        patch.setattr(sys, "stdout", stdout)
        patch.setattr(sys, "stderr", stderr)
        patch.setattr(application, "start", partial(application.start, hash_cost=HASH_COST))
        code = edge.run(list(arguments))
        stderr.flush()
        said = "" if full else _detached(stdout, out)
    return Ended(code, said, err.getvalue().decode(encoding, "replace"))


def run(*arguments: str, stdin: str = "", **environ: str) -> Ended:
    """Run `izzitup` to its end."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environ.items():
            patch.setenv(name, value)
        return call(arguments, stdin.encode())


def done(*arguments: str, **options: Any) -> str:
    """Run `izzitup`, which must be done well; what it printed."""
    ended = run(*arguments, **options)
    assert ended.returncode == 0, ended
    return ended.stdout


def refused(*arguments: str, **options: Any) -> str:
    """Run `izzitup`, which must refuse in one line; that line."""
    ended = run(*arguments, **options)
    assert ended.returncode == 1, ended
    assert len(ended.stderr.strip().splitlines()) == 1, ended.stderr
    assert "Traceback" not in ended.stderr
    return ended.stderr.strip()


def init(*, sample: bool = False) -> None:
    """A board with the administrator alice, as `izzitup init` makes it."""
    paths = find_paths()
    make = _with_sample if sample else _with_alice
    with board_made_by(make, url_of(paths.database), paths.data):
        settings_file.save(paths.config, account="alice")


def _with_alice(board: Board) -> Account:
    return board.accounts.first("alice", GOOD_PASSWORD, Origin.CLI).value


def _with_sample(board: Board) -> None:
    add_sample(board, Principal.of(_with_alice(board), Origin.CLI))


def _detached(stdout: Any, out: object) -> str:
    stdout.flush()
    assert isinstance(out, io.BytesIO)
    return out.getvalue().decode(stdout.encoding, "replace")

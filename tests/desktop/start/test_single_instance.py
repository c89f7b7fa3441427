"""One window for each user and database, tried with real processes."""

from __future__ import annotations

import os
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.access.window_lock import Holder, WindowLock
from izzitup_desktop.desktop.start.single_instance import SingleInstance
from izzitup_desktop.desktop.start.wish import Wish
from izzitup_desktop.domain.errors import Unavailable
from tests.cli.izzitup import COMMAND, DEADLINE_SECONDS, ROOT
from tests.desktop.sessions import board_of, wait

_CLAIMS = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from izzitup_desktop.desktop.start.single_instance import SingleInstance
app = QCoreApplication([])
instance = SingleInstance(Path(sys.argv[1]), sys.argv[1])
if instance.claim():
    instance.raised.connect(lambda: print("raised", flush=True))
    instance.listen()
    print("first", flush=True)
    app.exec()
print("second", flush=True)
"""

_WISHES = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from izzitup_desktop.desktop.start.single_instance import SingleInstance
from izzitup_desktop.desktop.start.wish import Wish
app = QCoreApplication([])
sys.exit(SingleInstance(Path(sys.argv[1]), sys.argv[1]).claim(Wish[sys.argv[2]]))
"""


def start(**environ: str) -> subprocess.Popen[str]:
    """Start the window, as somebody would."""
    return subprocess.Popen(
        COMMAND, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        env={**os.environ, **environ},
    )  # fmt: skip


@contextmanager
def claimed_elsewhere(folder: Path, **environ: str) -> Iterator[subprocess.Popen[str]]:
    """A process that was the first in `folder`; killed at the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", _CLAIMS, str(folder)], stdout=subprocess.PIPE, text=True, cwd=ROOT,
        env={**os.environ, **environ},
    )  # fmt: skip
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "first\n"
        yield process
    finally:
        process.kill()
        process.wait(DEADLINE_SECONDS)
        process.stdout.close()


def claimed(folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """One more start, to its end."""
    return subprocess.run(
        [sys.executable, "-c", _CLAIMS, str(folder)], capture_output=True, text=True, cwd=ROOT,
        env={**os.environ, **environ}, timeout=DEADLINE_SECONDS, check=False,
    )  # fmt: skip


@contextmanager
def second_start(folder: Path, qtbot: QtBot) -> Iterator[None]:
    """One more start from now on, which has raised the first by the end."""
    ends: list[str] = []
    thread = threading.Thread(target=lambda: ends.append(claimed(folder).stdout))
    thread.start()
    yield
    wait(qtbot, lambda: bool(ends))
    thread.join()
    assert ends == ["second\n"]


@pytest.fixture
def folder() -> Iterator[Path]:
    """Short enough for a socket's path, which pytest's folders are not.

    Elsewhere it would stand in a folder of its own, which outlives those that are killed.
    """
    with TemporaryDirectory() as name:
        yield Path(name)


@pytest.mark.faults
def test_of_ten_starts_at_once_one_is_the_window_and_the_others_raise_it(home: Path) -> None:
    board_of(home, "E-Mail")
    started = [start() for _ in range(10)]
    try:
        with ThreadPoolExecutor(10) as pool:
            ends = as_completed(pool.submit(process.wait, 60) for process in started)
            assert [end.result() for end in islice(ends, 9)] == [0] * 9
            (window,) = [process for process in started if process.poll() is None]
            log = (home / "logs" / "izzitup.log").read_text()
            assert log.count("another start raised this window") == 9
            window.send_signal(signal.SIGTERM)
            assert [end.result() for end in ends] == [0]
    finally:
        for process in started:
            process.kill()
            process.communicate(timeout=DEADLINE_SECONDS)


@pytest.mark.faults
def test_a_first_window_that_hangs_is_named_by_the_second_which_fails(folder: Path) -> None:
    with claimed_elsewhere(folder) as first:
        first.send_signal(signal.SIGSTOP)
        with start(IZZITUP_HOME=str(folder)) as second:
            _, said = second.communicate(timeout=DEADLINE_SECONDS)
        assert second.returncode == 1, said
        assert str(first.pid) in said
        assert len(said.splitlines()) == 1
        first.send_signal(signal.SIGCONT)


def test_what_another_user_put_into_the_temporary_folder_keeps_no_window_from_opening(
    tmp_path: Path, folder: Path
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    environ = {"XDG_RUNTIME_DIR": "", "TMPDIR": str(shared)}
    with claimed_elsewhere(folder, **environ) as first:
        assert not list(shared.iterdir())
        assert claimed(folder, **environ).stdout == "second\n"
        assert first.stdout is not None
        assert first.stdout.readline() == "raised\n"


@pytest.mark.faults
def test_the_first_that_was_killed_leaves_the_way_free(folder: Path) -> None:
    for _ in range(3):
        with claimed_elsewhere(folder):
            assert claimed(folder).stdout == "second\n"


def test_a_folder_with_a_long_path_has_one_window_too_and_leaves_nothing(tmp_path: Path) -> None:
    deep = tmp_path / ("long" * 30)
    # Short enough for a socket's path, which pytest's folders are not.
    with TemporaryDirectory() as name:
        temporary, environ = Path(name), {"XDG_RUNTIME_DIR": "", "TMPDIR": name}
        with claimed_elsewhere(deep, **environ):
            (made,) = temporary.iterdir()
            assert made.stat().st_mode & 0o077 == 0
            assert claimed(deep, **environ).stdout == "second\n"
        with claimed_elsewhere(deep, **environ):
            assert not made.exists()
            (again,) = temporary.iterdir()
        (again / "socket").unlink()
        again.rmdir()


@pytest.mark.parametrize(
    "said", [b"", b"raise", b"\0" * 100_000, b"raise\nraise\n", b"GET / HTTP/1.1\r\n\r\n"]
)
def test_garbage_said_to_the_first_raises_nothing_and_the_next_start_is_heard(
    folder: Path, qtbot: QtBot, qapp: QApplication, said: bytes
) -> None:
    instance = SingleInstance(folder, str(folder), environ={})
    raised = QSignalSpy(instance.raised)
    try:
        assert instance.claim()
        instance.listen()
        with socket.socket(socket.AF_UNIX) as other:
            other.connect(instance.address)
            other.settimeout(0)
            with suppress(OSError):
                other.send(said)
            with second_start(folder, qtbot):
                pass
        assert raised.count() == 1
    finally:
        instance.close()


def test_a_process_of_another_user_raises_nothing(
    folder: Path, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance = SingleInstance(folder, str(folder), environ={})
    raised = QSignalSpy(instance.raised)
    try:
        assert instance.claim()
        instance.listen()
        monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
        with socket.socket(socket.AF_UNIX) as other:
            other.connect(instance.address)
            other.sendall(b"raise\n")
            other.settimeout(0)
            wait(qtbot, lambda: _is_closed(other))
        assert raised.count() == 0
    finally:
        instance.close()


def _is_closed(other: socket.socket) -> bool:
    try:
        return other.recv(10) == b""
    except BlockingIOError:
        return False
    except ConnectionResetError:
        return True


def test_a_socket_of_another_user_is_not_asked_and_the_start_fails_with_words(
    folder: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other_user(_socket: socket.socket, *_: object) -> bytes:
        return struct.pack("3i", 1, os.getuid() + 1, 1)

    with claimed_elsewhere(folder) as first:
        second = SingleInstance(folder, str(folder), answer_seconds=0.5)
        monkeypatch.setattr(socket.socket, "getsockopt", other_user)
        with pytest.raises(Unavailable, match=re.escape(f"process {first.pid}")):
            second.claim()


def test_where_no_lock_can_be_kept_the_window_opens_all_the_same(
    tmp_path: Path, qapp: QApplication
) -> None:
    occupied = tmp_path / "file"
    occupied.write_text("no folder")
    instance = SingleInstance(occupied, str(occupied), environ={})
    assert instance.claim()
    instance.close()


def lock_of(folder: Path) -> Path:
    """The file of the lock, which one that ended has left."""
    before = SingleInstance(folder, str(folder), environ={})
    assert before.claim()
    before.close()
    (lock,) = folder.glob("*.lock")
    return lock


def test_a_lock_that_is_a_link_or_a_pipe_is_not_touched(folder: Path, qapp: QApplication) -> None:
    for make in (lambda path: path.symlink_to("/etc/passwd"), os.mkfifo, os.mkdir):
        instance = SingleInstance(folder, str(folder), environ={})
        lock = lock_of(folder)
        lock.unlink()
        make(lock)
        assert instance.claim()
        instance.close()
        if lock.is_dir():
            lock.rmdir()
        else:
            lock.unlink()


@pytest.mark.parametrize(
    "record", [b"", b"x", b"\xff" * 600, b"12\n", b"9" * 300 + b"\n/\n", b"1\n\0\n"]
)
def test_whatever_stands_in_the_lock_s_file_a_free_lock_can_be_taken(
    folder: Path, qapp: QApplication, record: bytes
) -> None:
    instance = SingleInstance(folder, str(folder), environ={})
    lock_of(folder).write_bytes(record)
    assert instance.claim()
    instance.close()


def test_who_starts_before_the_first_listens_is_heard_by_it_then(
    folder: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    file = lock_of(folder)
    before = WindowLock(file)
    before.say("/where/nobody/is/any/more")
    before.close()
    instance = SingleInstance(folder, str(folder), environ={})
    raised = QSignalSpy(instance.raised)
    try:
        assert instance.claim()
        holder = WindowLock(file)
        assert holder.holder() == Holder(os.getpid(), "")
        holder.close()
        with second_start(folder, qtbot):
            instance.listen()
        assert raised.count() == 1
    finally:
        instance.close()


def test_a_second_start_wants_the_palette_or_nothing_of_the_first(home: Path, qtbot: QtBot) -> None:
    first = SingleInstance(home, str(home))
    assert first.claim()
    first.listen()
    raised, palette = QSignalSpy(first.raised), QSignalSpy(first.palette_wanted)
    try:
        for wish in Wish:
            second = subprocess.Popen([sys.executable, "-c", _WISHES, str(home), wish.name])
            wait(qtbot, lambda second=second: second.poll() is not None)  # type: ignore[misc]
            assert second.returncode == 0
        assert (palette.count(), raised.count()) == (1, 1)
    finally:
        first.close()

"""A disk, or a folder, on which nothing can be written: said as that from the first page on.

As root it is a real disk mounted to be read; root may write in every folder of others.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.start.problems import OpeningProblem
from tests.desktop.sessions import attached_session, board_of, session_at, wait

pytestmark = pytest.mark.skipif(os.name == "nt", reason="rights are others on Windows")

Unwritable = Callable[[], None]


@contextmanager
def disk_at(folder: Path) -> Iterator[Unwritable]:
    """`folder` can be written until what is given is called."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0:
        yield lambda: folder.chmod(0o500)
        folder.chmod(0o700)
        return
    mount = ["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("a tmpfs can't be mounted here")
    try:
        yield lambda: _remount(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _remount(folder: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)


@pytest.fixture
def unwritable(home: Path) -> Iterator[Unwritable]:
    with disk_at(home) as make:
        yield make


def test_a_board_there_is_opened_to_be_read_and_no_mistake_of_ours_is_told(
    unwritable: Unwritable, home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    board_of(home, "Chat")
    unwritable()
    with attached_session(qtbot, qapp) as session:
        window = session.window
        wait(qtbot, lambda: f"{home} can only be read" in window.condition.banner.text)
        wait(qtbot, lambda: window.model.rowCount() == 1)
        assert window.status_line.trouble.text() == "Read only"
        assert session.tray.tooltip.startswith("IzzitUp: Read only")
        assert "mistake" not in window.bar.text


def test_a_first_run_there_says_so_before_any_page_is_filled_in(
    unwritable: Unwritable, home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    unwritable()
    with session_at(qtbot, qapp) as session:
        wait(qtbot, lambda: session.dialog is not None)
        assert isinstance(session.dialog, OpeningProblem)
        assert f"{home} can only be read" in session.dialog.problem.why

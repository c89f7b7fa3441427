"""A robot at the real window, beside a script and a second desk: what must hold, holds.

`IZZITUP_ROBOT_SECONDS=600` lets each run take ten minutes, `IZZITUP_ROBOT_SEEDS=7,8` names
the seeds: the one of a failure is in the name of its test.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.start.session import Session
from izzitup_desktop.domain.accounts import Origin, Role
from izzitup_desktop.platform import settings as settings_file
from tests.acceptance.company import Company
from tests.acceptance.robot import Robot
from tests.acceptance.witness import Complaints, Presses, Turns
from tests.builders import ALICE, GOOD_PASSWORD, add_service, opened_board
from tests.desktop.sessions import attached_session, free_port

SECONDS = float(os.environ.get("IZZITUP_ROBOT_SECONDS", "6"))
SEEDS = [int(seed) for seed in os.environ.get("IZZITUP_ROBOT_SEEDS", "1,2,3").split(",")]
PICTURES = os.environ.get("IZZITUP_ROBOT_PICTURES", "")
GROWTH_MOST = 200 << 20
"""Bytes: pages, dialogs and two languages are made in a run, and what was made is kept."""

pytestmark = [pytest.mark.soak, pytest.mark.timeout(SECONDS + 120)]


@pytest.fixture
def ids(home: Path) -> list[int]:
    """The services of a board of three groups."""
    with opened_board(f"sqlite:///{home}/izzitup.db", home) as board:
        board.accounts.first("alice", GOOD_PASSWORD, Origin.DESKTOP)
        board.accounts.add(ALICE, "script", Role.EDITOR, GOOD_PASSWORD)
        groups = [board.groups.add(ALICE, name).value.id for name in ("Mail", "Phones", "Web")]
        ids = [add_service(board, f"Service {n}", group_id=groups[n % 3]).id for n in range(40)]
    settings_file.save(home, account="alice", port=free_port(), backup_every_hours=0)
    return ids


def address_of(session: Session) -> Callable[[], str]:
    """Where the server of this session's window answers now."""
    return lambda: session.window.status_line.address


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_pressed_only_what_was_shown_is_set_and_nothing_typed_is_lost(
    seed: int, ids: list[int], home: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)  # a file dialog may be accepted
    end = monotonic() + SECONDS
    presses, turns = Presses(home / "izzitup.db"), Turns()
    steps = 0
    memory = psutil.Process().memory_info().rss
    with Complaints() as complaints:
        while monotonic() < end:
            # Whoever quits starts again.
            with attached_session(qtbot, qapp) as session:
                if seed % 2:
                    session.window.view.table.sortByColumn(
                        Column.STATUS, Qt.SortOrder.AscendingOrder
                    )
                robot = Robot(session, seed + steps, end - monotonic(), presses, complaints)

                with Company(home, seed, address_of(session), ids) as company:
                    robot.begin()
                    qtbot.waitUntil(lambda: robot.done, timeout=int(SECONDS + 60) * 1_000)
                steps += robot.steps
                picture = Path(PICTURES or tmp_path, f"robot-{seed}.png")
                story = robot.story(picture) if robot.wrong else ""
            assert not robot.wrong, f"seed {seed}: {story}"
    grown = psutil.Process().memory_info().rss - memory
    print(
        f"seed {seed}: {steps} steps, {presses.changes} changes, script {company.set},"
        f" desk {company.moved}, turns {turns.figures()}, memory +{grown >> 20} MiB"
    )
    assert grown < GROWTH_MOST

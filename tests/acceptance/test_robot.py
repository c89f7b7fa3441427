"""A robot at the real window, beside a script and a second desk: what must hold, holds.

`IZZITUP_ROBOT_SECONDS=600` lets each run take ten minutes, `IZZITUP_ROBOT_SEEDS=7,8` names
the seeds: the one of a failure is in the name of its test.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.start.session import Session
from izzitup_desktop.desktop.window.navigation import BOARD
from izzitup_desktop.domain.accounts import Origin, Role
from izzitup_desktop.platform import settings as settings_file
from tests.acceptance.accepted import Accepted
from tests.acceptance.company import Company
from tests.acceptance.measures import Census, Turns
from tests.acceptance.presses import Presses
from tests.acceptance.robot import Robot
from tests.acceptance.witness import Complaints, traces
from tests.builders import ALICE, GOOD_PASSWORD, add_service, opened_board
from tests.desktop.sessions import attached_session, free_port, wait

SECONDS = float(os.environ.get("IZZITUP_ROBOT_SECONDS", "6"))
SEEDS = [int(seed) for seed in os.environ.get("IZZITUP_ROBOT_SEEDS", "1,2,3").split(",")]
PICTURES = os.environ.get("IZZITUP_ROBOT_PICTURES", "")
LANGUAGE = os.environ.get("IZZITUP_ROBOT_LANGUAGE", "")
"""In which a run begins; "": the machine's own."""

GROWTH_MOST = 120 << 20
"""Bytes: modules and two languages are loaded in a run, and what was loaded is kept."""

GROWN_MOST = 100
"""Widgets and other objects: a few are made when they are needed first."""

AIMED_LEAST, STEPS_ENOUGH = 0.03, 300
"""The share of presses at painted status buttons, where enough was done to tell."""

RATE_LEAST = 15
"""Statuses a second that the script set, or was told why not."""

_SIZE = QSize(1200, 720)

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
    presses, turns, accepted = Presses(home / "izzitup.db"), Turns(), Accepted()
    steps, rates, grown = 0, [], Counter[str]()
    memory: list[int] = []
    with Complaints() as complaints, qtbot.capture_exceptions() as caught:
        while monotonic() < end:
            # Whoever quits starts again.
            with attached_session(qtbot, qapp) as session:
                speak(qtbot, session, LANGUAGE)
                if seed % 2:
                    session.window.view.table.sortByColumn(
                        Column.STATUS, Qt.SortOrder.AscendingOrder
                    )
                visit_all(qtbot, session)
                company = Company(home, seed + steps, address_of(session), ids)
                robot = Robot(
                    session, seed + steps, end - monotonic(), presses, complaints, accepted,
                    lambda company=company: company.complaints() + traces(caught),  # type: ignore[misc]
                )  # fmt: skip
                before = Census.taken()
                with company:
                    robot.begin()
                    qtbot.waitUntil(lambda: robot.done, timeout=int(SECONDS + 60) * 1_000)
                steps += robot.steps
                picture = Path(PICTURES or tmp_path, f"robot-{seed}.png")
                story = robot.story(picture) if robot.wrong else ""
                assert not robot.wrong, f"seed {seed}: {story}"
                assert not company.wrong
                rates.append((company.rate, company.seconds, dict(company.answers)))
                if robot.is_free:
                    visit_all(qtbot, session)
                    after = Census.taken()
                    grown = Counter(after.grown(before))
                    memory += [before.memory, after.memory]
    url = f"sqlite:///{home}/izzitup.db"
    with opened_board(url, home, create=False) as board:
        lost = accepted.lost(board)
    print(
        f"seed {seed}: {steps} steps, {presses.aimed} presses at buttons,"
        f" {presses.changes} changes, {presses.undone} undone, {len(accepted.texts)} texts,"
        f" script {rates}, turns {turns.figures()}, memory {[at >> 20 for at in memory]} MiB,"
        f" grown {dict(grown)}"
    )
    assert not lost
    assert not traces(caught)
    assert steps < STEPS_ENOUGH or presses.aimed >= steps * AIMED_LEAST
    answered = sum(rate * seconds for rate, seconds, _ in rates)
    assert answered >= RATE_LEAST * sum(seconds for _, seconds, _ in rates)
    assert grown.total() <= GROWN_MOST, grown
    if memory:
        assert memory[-1] - memory[-2] < GROWTH_MOST


def speak(qtbot: QtBot, session: Session, language: str) -> None:
    """Have the window in a language, which is another window then; "": as it is."""
    if language and language != session.language.current:
        before = session.window
        session.keeper.save("language", language)
        wait(qtbot, lambda: session.window is not before)
        wait(qtbot, lambda: bool(session.window.status_line.address))
        wait(qtbot, lambda: bool(session.window.model.shown_ids(1)))


def visit_all(qtbot: QtBot, session: Session) -> None:
    """Have each view made, which is done once; then be on the board, its buttons in sight."""
    window = session.window
    pages = window.pages
    for action in window.actions_.views:
        if action.isVisible() and action.isEnabled():
            pages.go(action.data())
            qtbot.wait(100)
    pages.go(BOARD)
    window.actions_.inspector.setChecked(True)
    window.view.table.select(window.model.shown_ids(1))
    qtbot.wait(300)
    window.actions_.inspector.setChecked(False)
    window.resize(_SIZE)
    qtbot.wait(100)

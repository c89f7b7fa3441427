"""What the operator does, and whose steps Ctrl+Z takes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.board import Board, Written
from izzitup_desktop.desktop.start.runner import Lane, Runner
from izzitup_desktop.domain.accounts import Principal, Role
from tests.builders import DEADLINE_SECONDS, add_service
from tests.desktop.pages import Desk, desk_at, other_principal
from tests.desktop.sessions import wait

T = TypeVar("T")


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        add_service(desk.board, "Chat")
        yield desk


def test_who_signs_in_instead_takes_back_own_steps_only(desk: Desk, qtbot: QtBot) -> None:
    bob = other_principal(desk.board, "bob", Role.EDITOR)
    desk.board.statuses.set(bob, [1], 6)
    with qtbot.waitSignal(desk.steps.changed):
        desk.commands.set_status([1], 7)
    wait(qtbot, lambda: desk.steps.to_undo is not None)
    mine = desk.steps.to_undo
    desk.commands.attach(desk.board, bob)
    wait(qtbot, lambda: desk.steps.to_undo not in (None, mine))
    undo = desk.steps.to_undo
    assert undo is not None
    desk.commands.attach(desk.board, desk.principal)
    wait(qtbot, lambda: desk.steps.to_undo == mine)
    desk.commands.undo()
    wait(qtbot, lambda: desk.steps.to_undo is None)


def test_a_step_that_ends_after_somebody_else_signed_in_is_not_theirs(
    desk: Desk, qtbot: QtBot
) -> None:
    bob = other_principal(desk.board, "bob", Role.EDITOR)
    gate, told = Event(), desk.told

    def late(board: Board, principal: Principal) -> Written[Any]:
        assert gate.wait(DEADLINE_SECONDS)
        return board.statuses.set(principal, [1], 7)

    desk.commands.do(late, "", told="late")
    desk.commands.attach(desk.board, bob)
    gate.set()
    wait(qtbot, lambda: "late" in told)
    assert desk.steps.to_undo is None
    desk.commands.attach(desk.board, desk.principal)
    wait(qtbot, lambda: desk.steps.to_undo is not None)
    mine = desk.steps.to_undo
    desk.commands.attach(desk.board, bob)
    # A toast of the one before may still be there.
    desk.commands.undo(mine)
    desk.commands.set_status([1], 6)
    wait(qtbot, lambda: desk.steps.to_undo is not None)
    assert desk.board.services.find(bob, "1").status_id == 6


class LateReader(Runner):
    """Hands over what was read once `gate` is open."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = Event()
        self.gate.set()

    def run(
        self,
        fn: Callable[[], T],
        *,
        then: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        lane: Lane = Lane.WORK,
    ) -> None:
        def work() -> T:
            found = fn()
            assert lane is not Lane.READING or self.gate.wait(DEADLINE_SECONDS)
            return found

        super().run(work, then=then, failed=failed, owner=owner, lane=lane)


def test_what_is_taken_back_while_earlier_steps_are_read_can_be_done_again(
    qapp: QApplication, home: Path, qtbot: QtBot
) -> None:
    runner = LateReader()
    with desk_at(qapp, home, runner=runner) as desk:
        add_service(desk.board, "Chat")
        desk.commands.set_status([1], 6)
        wait(qtbot, lambda: desk.steps.to_undo is not None)
        runner.gate.clear()
        desk.commands.attach(desk.board, desk.principal)
        desk.commands.undo()
        wait(qtbot, lambda: desk.steps.to_redo is not None)
        count = desk.steps.count
        runner.gate.set()
        wait(qtbot, lambda: desk.steps.count > count)
        assert desk.steps.to_redo is not None
        assert desk.steps.to_undo is None
        desk.commands.redo()
        wait(qtbot, lambda: desk.steps.to_undo is not None)
        assert desk.board.services.find(desk.principal, "1").status_id == 6


def test_undo_takes_back_what_is_still_being_written(desk: Desk, qtbot: QtBot) -> None:
    gate = Event()

    def late(board: Board, principal: Principal) -> Written[Any]:
        assert gate.wait(DEADLINE_SECONDS)
        return board.statuses.set(principal, [1], 7)

    with qtbot.waitSignal(desk.commands.under_way, check_params_cb=bool):
        desk.commands.do(late, "", told="late")
    # It may be on the screen by now, and nobody here has heard of its end.
    desk.commands.undo()
    gate.set()
    wait(qtbot, lambda: desk.steps.to_redo is not None)
    assert desk.board.services.find(desk.principal, "1").status_id == 5

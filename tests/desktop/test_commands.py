"""What the operator does, and whose steps Ctrl+Z takes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.domain.accounts import Role
from tests.builders import add_service
from tests.desktop.pages import Desk, desk_at, other_actor
from tests.desktop.sessions import wait


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        add_service(desk.board, "Chat")
        yield desk


def test_who_signs_in_instead_takes_back_own_steps_only(desk: Desk, qtbot: QtBot) -> None:
    bob = other_actor(desk.board, "bob", Role.EDITOR)
    desk.board.statuses.set(bob, [1], 6)
    with qtbot.waitSignal(desk.steps.changed):
        desk.commands.set_status([1], 7)
    wait(qtbot, lambda: desk.steps.to_undo is not None)
    mine = desk.steps.to_undo
    desk.commands.attach(desk.board, bob)
    wait(qtbot, lambda: desk.steps.to_undo not in (None, mine))
    undo = desk.steps.to_undo
    assert undo is not None
    desk.commands.attach(desk.board, desk.actor)
    wait(qtbot, lambda: desk.steps.to_undo == mine)
    desk.commands.undo()
    wait(qtbot, lambda: desk.steps.to_undo is None)

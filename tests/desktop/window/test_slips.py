"""What was set and taken back within a minute is offered as a mistake, and then counts not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.window.slips import Slips
from tests.builders import ALICE, HandClock, add_service, do_due
from tests.desktop.pages import Desk, desk_at
from tests.desktop.sessions import wait

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@dataclass
class Try:
    """A desk with two services, its clock, and what was offered."""

    desk: Desk
    clock: HandClock
    qtbot: QtBot
    ids: list[int] = field(default_factory=list)
    offers: list[tuple[str, Callable[[], object]]] = field(default_factory=list)
    action: QAction = field(default_factory=QAction)

    def set(self, status: int, *ids: int) -> None:
        with self.qtbot.waitSignal(self.desk.commands.written):
            self.desk.commands.set_status(ids or self.ids[:1], status)

    def undo(self) -> None:
        with self.qtbot.waitSignal(self.desk.commands.written):
            self.desk.commands.undo()

    def go_on(self, seconds: float) -> None:
        do_due(self.desk.board)
        self.clock.go_on(seconds * SECOND)
        do_due(self.desk.board)

    def uptime(self, seconds: float) -> tuple[int, int]:
        """Seconds of Operational and of Outage in the first so many."""
        board = self.desk.board
        found = board.uptime.totals(ALICE, NOON, NOON + seconds * SECOND)[self.ids[0]]
        return found.operational // 1_000_000, found.outage // 1_000_000


@pytest.fixture
def tried(qapp: QApplication, home: Path, qtbot: QtBot) -> Iterator[Try]:
    clock = HandClock(NOON)
    with desk_at(qapp, home, clock=clock) as desk:
        tried = Try(desk, clock, qtbot)
        tried.ids = [add_service(desk.board, name).id for name in ("Mail", "Chat")]
        slips = Slips(desk.commands, tried.action)
        slips.offered.connect(lambda text, mark: tried.offers.append((text, mark)))
        yield tried


def test_a_status_that_is_undone_at_once_is_offered_as_a_mistake_and_counts_not(
    tried: Try,
) -> None:
    tried.go_on(60)
    tried.set(7)
    tried.go_on(40)
    assert not tried.offers
    tried.undo()
    tried.go_on(20)
    ((text, mark),) = tried.offers
    assert text == "Taken back; 40 s of “Outage” still count for Mail."
    assert tried.uptime(120) == (80, 40)
    with tried.qtbot.waitSignal(tried.desk.commands.written):
        mark()
    assert tried.uptime(120) == (120, 0)
    assert tried.desk.told[-1] == "Marked as a mistake, out of uptime: Mail"
    assert not tried.action.isEnabled()


def test_setting_it_back_by_hand_is_taking_it_back_too(tried: Try) -> None:
    tried.set(7)
    tried.go_on(5)
    tried.set(5)
    assert [text for text, _mark in tried.offers] == [
        "Taken back; 5 s of “Outage” still count for Mail."
    ]
    assert tried.action.isEnabled()
    with tried.qtbot.waitSignal(tried.desk.commands.written):
        tried.action.trigger()
    tried.go_on(5)
    assert tried.uptime(10) == (10, 0)


def test_several_services_are_marked_in_one_step(tried: Try) -> None:
    tried.set(6, *tried.ids)
    tried.go_on(3)
    tried.undo()
    ((text, mark),) = tried.offers
    assert text == "Taken back; 3 s of “Impaired” still count for 2 services."
    with tried.qtbot.waitSignal(tried.desk.commands.written):
        mark()
    wait(tried.qtbot, lambda: tried.desk.steps.to_undo is not None)
    assert tried.uptime(3) == (3, 0)
    tried.undo()
    assert tried.uptime(3) == (0, 0)


@pytest.mark.parametrize(("seconds", "back"), [(61, 5), (5, 6)])
def test_what_held_for_longer_or_became_something_else_is_no_slip(
    tried: Try, seconds: float, back: int
) -> None:
    tried.set(7)
    tried.go_on(seconds)
    tried.set(back)
    assert not tried.offers
    assert not tried.action.isEnabled()


def test_what_somebody_else_changed_between_is_no_slip_of_mine(tried: Try) -> None:
    tried.set(7)
    tried.desk.board.statuses.set(ALICE, tried.ids[:1], 6)
    tried.set(5)
    assert not tried.offers

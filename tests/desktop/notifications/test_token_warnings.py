"""Whoever has a token is told in time that it ends, once at each desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.notifications.notifications import Notifications, Rules
from izzitup_desktop.desktop.notifications.token_warnings import KEY, TokenWarnings, warned
from izzitup_desktop.desktop.words.times import long_and_exactly
from izzitup_desktop.domain.accounts import Principal, Role
from izzitup_desktop.domain.tokens import TokenDraft
from tests.builders import ALICE, HandClock, do_due
from tests.desktop.pages import Desk, desk_at, other_principal
from tests.desktop.sessions import wait

DAY = timedelta(days=1)
MUTED = Rules(notifications=False)


class Told:
    """A notifier that keeps what it was told."""

    def __init__(self) -> None:
        self.notices: list[tuple[str, str]] = []

    def tell(self, key: str, title: str, body: str, *, urgent: bool = False) -> None:
        assert (key, urgent) == (KEY, False)
        self.notices.append((title, body))


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def desk(qapp: QApplication, home: Path, clock: HandClock) -> Iterator[Desk]:
    with desk_at(qapp, home, clock=clock) as found:
        yield found


@contextmanager
def acting(
    desk: Desk, me: Principal, rules: Rules | None = None
) -> Iterator[tuple[Notifications, Told]]:
    """Somebody acts at this desk, from a start of the window to its end."""
    notifications, told = Notifications(lambda _id: ""), Told()
    notifications.rules = rules or Rules()
    notifications.add_notifier(told)
    notifications.attach(me)
    warnings = TokenWarnings(desk.context, notifications, notifications)
    warnings.attach(desk.board, me)
    warnings.begin()
    try:
        yield notifications, told
    finally:
        desk.context.bridge.entries.disconnect(warnings.on_entries)
        notifications.close()


def made(desk: Desk, name: str, days: float, **of: Any) -> datetime:
    ends = desk.board.clock.now() + days * DAY
    desk.board.tokens.add(ALICE, TokenDraft(name, expires=ends, **of))
    return ends


def go_on(desk: Desk, clock: HandClock, days: float) -> None:
    """Time passes, and whoever holds the job looks."""
    clock.go_on(days * DAY)
    do_due(desk.board)


def test_the_owner_is_told_while_the_window_runs_and_not_again_after_a_restart(
    desk: Desk, qtbot: QtBot, clock: HandClock
) -> None:
    eve = other_principal(desk.board, "eve", Role.VIEWER)
    assert eve.account_id is not None
    ends = made(desk, "deploy", 15, account_id=eve.account_id)
    with acting(desk, eve) as (_, told):
        go_on(desk, clock, 2)
        wait(qtbot, lambda: bool(told.notices))
        go_on(desk, clock, 1)
        made(desk, "other", 5, account_id=eve.account_id)
        go_on(desk, clock, 9)
        wait(qtbot, lambda: len(told.notices) == 2)
    text = f"It holds until {long_and_exactly(ends)}. Make another one, and give it to its program."
    assert told.notices == [("The token deploy ends soon", text)] * 2
    with acting(desk, eve) as (_, told):
        go_on(desk, clock, 2.5)
        wait(qtbot, lambda: bool(told.notices))
    assert told.notices == [("The token deploy ends soon", text)]


def test_what_came_while_the_window_was_off_is_told_at_its_next_start(
    desk: Desk, qtbot: QtBot, clock: HandClock
) -> None:
    me = desk.principal
    assert me.account_id is not None
    for name in ("a", "b"):
        made(desk, name, 20, account_id=me.account_id)
    go_on(desk, clock, 7)
    with acting(desk, me) as (_, told):
        wait(qtbot, lambda: bool(told.notices))
    assert told.notices == [("2 tokens end soon", "a, b")]


def test_those_of_automation_are_told_to_administrators_and_others_to_their_owners_alone(
    desk: Desk, clock: HandClock
) -> None:
    eve, bob = (
        other_principal(desk.board, "eve", Role.EDITOR),
        other_principal(desk.board, "bob", Role.VIEWER),
    )
    group = desk.board.groups.add(ALICE, "Core").value
    for owner in (eve, bob):
        assert owner.account_id is not None
        made(desk, owner.name, 20, account_id=owner.account_id)
    made(desk, "robot", 20, group_id=group.id)
    gone = desk.board.groups.add(ALICE, "Gone").value
    made(desk, "nobody's", 20, group_id=gone.id)
    desk.board.groups.remove(ALICE, gone.id)
    assert warned(desk.board, eve) == []
    go_on(desk, clock, 7)
    found = {
        one.name: [token.name for token in warned(desk.board, one)]
        for one in (desk.principal, eve, bob)
    }
    assert found == {desk.principal.name: ["robot"], "eve": ["eve"], "bob": ["bob"]}


def test_muted_it_is_told_once_notices_are_told_again(
    desk: Desk, qtbot: QtBot, clock: HandClock
) -> None:
    me = desk.principal
    assert me.account_id is not None
    made(desk, "deploy", 20, account_id=me.account_id)
    go_on(desk, clock, 7)
    with acting(desk, me, MUTED) as (notifications, told):
        warnings = notifications.findChild(TokenWarnings)
        assert isinstance(warnings, TokenWarnings)
        again = warnings.findChild(QTimer)
        assert isinstance(again, QTimer)
        wait(qtbot, again.isActive)
        assert told.notices == []
        notifications.rules = Rules()
        again.timeout.emit()
        wait(qtbot, lambda: bool(told.notices))


def test_while_the_window_is_locked_no_token_is_named(
    desk: Desk, qtbot: QtBot, clock: HandClock
) -> None:
    me = desk.principal
    assert me.account_id is not None
    made(desk, "deploy", 20, account_id=me.account_id)
    with acting(desk, me) as (notifications, told):
        notifications.is_locked = True
        go_on(desk, clock, 7)
        wait(qtbot, lambda: bool(told.notices))
    assert told.notices == [("A token ends soon", "Unlock the window to see more.")]

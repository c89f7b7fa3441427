from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.board import Board
from izzitup_desktop.desktop.session import Session
from izzitup_desktop.domain.accounts import Actor, Role
from izzitup_desktop.storage.writer import Written
from tests.builders import ALICE, GOOD_PASSWORD, add_service, opened_board
from tests.desktop.sessions import attached_session, board_of, wait


@pytest.fixture
def me(home: Path) -> Actor:
    return board_of(home, "E-Mail")


@pytest.fixture
def session(me: Actor, qtbot: QtBot, qapp: QApplication) -> Iterator[Session]:
    with attached_session(qtbot, qapp) as attached:
        wait(qtbot, lambda: attached.window.model.rowCount() > 0)
        yield attached


@pytest.fixture
def elsewhere(session: Session, home: Path) -> Iterator[Board]:
    """The same board in another program."""
    with opened_board(f"sqlite:///{home}/izzitup.db", home, create=False) as board:
        board.accounts.add(ALICE, "root", Role.ADMINISTRATOR, GOOD_PASSWORD)
        yield board


def test_a_window_obeys_at_once_when_its_account_is_lowered(
    session: Session, elsewhere: Board, me: Actor, qtbot: QtBot
) -> None:
    elsewhere.accounts.edit(ALICE, me.account_id or 0, role=Role.VIEWER)
    wait(qtbot, lambda: session.actor is not None and session.actor.role is Role.VIEWER)
    actions = session.window.actions_
    assert not session.tray.may_set
    assert not actions.add.isEnabled() and not actions.backups.isEnabled()
    assert not session.window.pages.may_see("accounts")
    assert not session.sign_on.is_locked


def test_a_window_obeys_at_once_when_its_account_is_limited(
    session: Session, elsewhere: Board, me: Actor, qtbot: QtBot
) -> None:
    group = elsewhere.groups.add(ALICE, "Core").value
    elsewhere.accounts.edit(ALICE, me.account_id or 0, role=Role.EDITOR, group_ids=[group.id])
    wait(qtbot, lambda: session.actor is not None and bool(session.actor.group_ids))
    (row,) = session.window.model.arrangement.rows.values()
    assert not session.window._may_set(row)


def test_a_window_whose_account_is_disabled_asks_who_goes_on(
    session: Session, elsewhere: Board, me: Actor, qtbot: QtBot
) -> None:
    elsewhere.accounts.edit(ALICE, me.account_id or 0, active=False)
    wait(qtbot, lambda: session.sign_on.is_locked)
    assert not session.tray.may_set


def test_a_window_whose_account_is_given_another_password_asks_who_goes_on(
    session: Session, elsewhere: Board, me: Actor, qtbot: QtBot
) -> None:
    (other,) = (each for each in elsewhere.accounts.list(ALICE) if each.name == "root")
    elsewhere.accounts.set_password(ALICE, other.id, "somebody else's password")
    elsewhere.accounts.edit(ALICE, me.account_id or 0, role=Role.EDITOR)
    wait(qtbot, lambda: session.actor is not None and session.actor.role is Role.EDITOR)
    assert not session.sign_on.is_locked
    elsewhere.accounts.set_password(ALICE, me.account_id or 0, "another good password")
    wait(qtbot, lambda: session.sign_on.is_locked)


def test_a_window_that_sets_its_own_password_goes_on(
    session: Session, elsewhere: Board, me: Actor, qtbot: QtBot
) -> None:
    assert session.application is not None and session.actor is not None
    board, actor, done = session.application.board, session.actor, list[object]()
    session.runner.run(
        lambda: board.accounts.set_password(actor, me.account_id or 0, "another good password"),
        then=done.append, failed=done.append, owner=session,
    )  # fmt: skip
    wait(qtbot, lambda: bool(done))
    add_service(elsewhere, "Chat")
    wait(qtbot, lambda: session.window.model.rowCount() == 2)
    assert isinstance(done[0], Written)
    assert not session.sign_on.is_locked


def test_a_board_that_somebody_restores_under_a_window_asks_for_the_sign_in_again(
    session: Session, elsewhere: Board, home: Path, qtbot: QtBot
) -> None:
    saved = elsewhere.backups.save(ALICE)
    elsewhere.backups.restore(ALICE, saved)
    wait(qtbot, lambda: session.sign_on.is_locked)


def test_a_locked_windows_tray_stays_locked_whatever_happens_to_its_account(
    session: Session, elsewhere: Board, me: Actor, qtbot: QtBot
) -> None:
    session.sign_on.lock()
    elsewhere.accounts.edit(ALICE, me.account_id or 0, role=Role.EDITOR)
    wait(qtbot, lambda: session.actor is not None and session.actor.role is Role.EDITOR)
    assert session.sign_on.is_locked and not session.tray.may_set

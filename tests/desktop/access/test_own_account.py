from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from izzitup_desktop.board import Board
from izzitup_desktop.desktop.access.own_account import OwnAccount
from izzitup_desktop.desktop.board.rows import Row
from izzitup_desktop.desktop.start.runner import Runner
from izzitup_desktop.desktop.start.session import Session
from izzitup_desktop.desktop.window.navigation import BOARD
from izzitup_desktop.domain.accounts import Account, Origin, Principal, Role
from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.kinds.accounts import ACCOUNT_EDITED
from izzitup_desktop.domain.text import fold
from izzitup_desktop.platform import settings as settings_file
from izzitup_desktop.storage.tables import accounts
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Written
from tests.builders import ALICE, GOOD_PASSWORD, add_service, opened_board
from tests.desktop.sessions import attached_session, board_of, wait

pytestmark = pytest.mark.soak


@pytest.fixture
def me(home: Path) -> Principal:
    return board_of(home, "E-Mail")


@pytest.fixture
def session(me: Principal, qtbot: QtBot, qapp: QApplication) -> Iterator[Session]:
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
    session: Session, elsewhere: Board, me: Principal, qtbot: QtBot
) -> None:
    elsewhere.accounts.edit(ALICE, me.account_id or 0, role=Role.VIEWER)
    wait(qtbot, lambda: session.principal is not None and session.principal.role is Role.VIEWER)
    actions = session.window.actions_
    assert not session.tray.may_set
    assert not actions.add.isEnabled() and not actions.backups.isEnabled()
    assert not session.window.pages.may_see("accounts")
    assert not session.sign_on.is_locked


def test_a_window_obeys_at_once_when_its_account_is_limited(
    session: Session, elsewhere: Board, me: Principal, qtbot: QtBot
) -> None:
    group = elsewhere.groups.add(ALICE, "Core").value
    elsewhere.accounts.edit(ALICE, me.account_id or 0, role=Role.EDITOR, group_ids=[group.id])
    wait(qtbot, lambda: session.principal is not None and bool(session.principal.group_ids))
    (row,) = session.window.model.arrangement.rows.values()
    assert not session.window.may_set(row)
    # Neither does the tray set what the window may not.
    assert tray_offers(session) == []
    reasons = [action.text() for action in session.tray.services.actions()]
    assert reasons == ["You may set the status of none of them"]
    (service,) = elsewhere.services.list(ALICE)
    elsewhere.services.move(ALICE, [service.id], group.id)
    wait(qtbot, lambda: all(map(session.window.may_set, _rows(session))))
    assert tray_offers(session) == [service.name]


def tray_offers(session: Session) -> list[str]:
    """The services whose status the tray offers to set, as its menu is shown now."""
    session.tray.services.aboutToShow.emit()
    actions = session.tray.services.actions()
    assert all(action.isEnabled() == (action.menu() is not None) for action in actions)
    return [action.text() for action in actions if action.menu() is not None]


def _rows(session: Session) -> list[Row]:
    return list(session.window.model.arrangement.rows.values())


def test_a_window_on_a_page_that_its_account_may_not_see_any_more_leaves_it(
    session: Session, elsewhere: Board, me: Principal, qtbot: QtBot
) -> None:
    session.window.pages.go("accounts")
    assert session.window.pages.current == "accounts"
    elsewhere.accounts.edit(ALICE, me.account_id or 0, role=Role.VIEWER)
    wait(qtbot, lambda: session.window.pages.current == BOARD)


def test_a_window_whose_account_has_another_name_acts_by_that_at_once(
    session: Session, elsewhere: Board, me: Principal, home: Path, qtbot: QtBot
) -> None:
    rename(elsewhere, me, "alice the second")
    wait(
        qtbot,
        lambda: session.principal is not None and session.principal.name == "alice the second",
    )
    assert "alice the second" in session.window.status_line.principal.text()
    assert not session.sign_on.is_locked
    (row,) = _rows(session)
    session.window.commands.set_status([row.service.id], 7)
    wait(qtbot, lambda: elsewhere.services.list(ALICE)[0].changed_by == "alice the second")
    # The next start asks for it by that name.
    wait(qtbot, lambda: settings_file.load(home, {})[0].account == "alice the second")


def rename(board: Board, me: Principal, name: str) -> None:
    """What a newer IzzitUp on this board may do; this one renames no account."""

    def use_case(transaction: Transaction) -> None:
        transaction.connection.execute(
            update(accounts)
            .where(accounts.c.uid == me.account_uid)
            .values(name=name, name_folded=fold(name), version=accounts.c.version + 1)
        )
        transaction.record(
            ALICE, ACCOUNT_EDITED, me.account_id or 0, name,
            before={"name": me.name}, after={"name": name},
        )  # fmt: skip

    board.core.write(use_case)


class Readings:
    """A runner whose readings a test ends one by one, in whatever state the account is."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[[], object], Callable[[Any], None], Any]] = []

    def run(self, work: Any, *, then: Any, failed: Any, owner: object) -> None:
        self.waiting.append((work, then, failed))


def test_what_happens_to_an_account_while_it_is_read_is_obeyed_too(
    home: Path, me: Principal, qapp: QApplication
) -> None:
    readings, changed = Readings(), list[Account]()
    with opened_board(f"sqlite:///{home}/izzitup.db", home, create=False) as board:
        board.accounts.add(ALICE, "root", Role.ADMINISTRATOR, GOOD_PASSWORD)
        own = OwnAccount(cast("Runner", readings), qapp)
        own.changed.connect(changed.append)
        own.changed.connect(
            lambda account: own.attach(board, Principal.of(account, Origin.DESKTOP))
        )
        own.attach(board, me)
        work, then, _ = readings.waiting.pop()
        as_it_was = work()
        for role in (Role.EDITOR, Role.VIEWER):
            own.on_entries(board.accounts.edit(ALICE, me.account_id or 0, role=role).entries)
        # One reading at a time: an older state can't come last.
        assert readings.waiting == []
        then(as_it_was)
        work, then, _ = readings.waiting.pop()
        then(work())
        assert [account.role for account in changed] == [Role.VIEWER]
        own.deleteLater()


def test_an_account_that_could_not_be_read_is_read_at_the_next_news(
    home: Path, me: Principal, qapp: QApplication
) -> None:
    readings, changed = Readings(), list[Account]()
    with opened_board(f"sqlite:///{home}/izzitup.db", home, create=False) as board:
        board.accounts.add(ALICE, "root", Role.ADMINISTRATOR, GOOD_PASSWORD)
        own = OwnAccount(cast("Runner", readings), qapp)
        own.changed.connect(changed.append)
        own.attach(board, me)
        work, then, _ = readings.waiting.pop()
        then(work())
        own.on_entries(board.accounts.edit(ALICE, me.account_id or 0, role=Role.EDITOR).entries)
        _, _, failed = readings.waiting.pop()
        failed(Unavailable("the database is locked"))
        own.on_entries(board.groups.add(ALICE, "Core").entries)
        work, then, _ = readings.waiting.pop()
        then(work())
        assert [account.role for account in changed] == [Role.EDITOR]
        own.deleteLater()


def test_a_window_whose_account_is_disabled_asks_who_goes_on(
    session: Session, elsewhere: Board, me: Principal, qtbot: QtBot
) -> None:
    elsewhere.accounts.edit(ALICE, me.account_id or 0, active=False)
    wait(qtbot, lambda: session.sign_on.is_locked)
    assert not session.tray.may_set


def test_a_window_whose_account_is_given_another_password_asks_who_goes_on(
    session: Session, elsewhere: Board, me: Principal, qtbot: QtBot
) -> None:
    (other,) = (each for each in elsewhere.accounts.list(ALICE) if each.name == "root")
    elsewhere.accounts.set_password(ALICE, other.id, "somebody else's password")
    elsewhere.accounts.edit(ALICE, me.account_id or 0, role=Role.EDITOR)
    wait(qtbot, lambda: session.principal is not None and session.principal.role is Role.EDITOR)
    assert not session.sign_on.is_locked
    elsewhere.accounts.set_password(ALICE, me.account_id or 0, "another good password")
    wait(qtbot, lambda: session.sign_on.is_locked)


def test_a_window_that_sets_its_own_password_goes_on(
    session: Session, elsewhere: Board, me: Principal, qtbot: QtBot
) -> None:
    assert session.application is not None and session.principal is not None
    board, principal, done = session.application.board, session.principal, list[object]()
    session.runner.run(
        lambda: board.accounts.set_password(principal, me.account_id or 0, "another good password"),
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
    session: Session, elsewhere: Board, me: Principal, qtbot: QtBot
) -> None:
    session.sign_on.lock()
    elsewhere.accounts.edit(ALICE, me.account_id or 0, role=Role.EDITOR)
    wait(qtbot, lambda: session.principal is not None and session.principal.role is Role.EDITOR)
    assert session.sign_on.is_locked and not session.tray.may_set

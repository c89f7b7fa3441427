"""The Accounts view."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from izzitup_desktop.board.signing_in.passwords import check_new
from izzitup_desktop.desktop.accounts.dialog import AccountDialog
from izzitup_desktop.desktop.accounts.page import AccountsPage
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.domain.accounts import Account, Role
from izzitup_desktop.domain.errors import SignInFailed
from tests.builders import ALICE, GOOD_PASSWORD
from tests.desktop.pages import Desk, desk_at, other_principal, page_at, window_at
from tests.desktop.sessions import wait

OTHER_PASSWORD = "battery staple horse"


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        desk.board.groups.add(ALICE, "Office")
        desk.board.groups.add(ALICE, "Servers")
        desk.board.accounts.add(ALICE, "bert", Role.EDITOR, GOOD_PASSWORD, frozenset({1}))
        yield desk


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[AccountsPage]:
    with page_at(desk, qtbot, "accounts") as page:
        accounts = cast("AccountsPage", page)
        wait(qtbot, lambda: set(by_name(accounts)) == {"alice", "bert"})
        yield accounts


def by_name(page: AccountsPage) -> dict[str, Account]:
    return {account.name: account for account in page.model.items}


def dialog_of(page: AccountsPage) -> AccountDialog:
    assert page.dialog is not None
    return page.dialog


def edited(page: AccountsPage, name: str) -> AccountDialog:
    page.table.select_key(by_name(page)[name].id)
    page.edit_button.click()
    return dialog_of(page)


def choose(dialog: AccountDialog, role: Role) -> None:
    dialog.role.setCurrentIndex(dialog.role.findData(role.value))


def test_each_account_says_its_role_and_the_groups_it_is_limited_to(page: AccountsPage) -> None:
    lines = [line.split("\t") for line in page.table.as_tsv().splitlines()]
    assert lines[0] == ["Name", "Role", "May sign in", "Changed", "Only groups"]
    found = {line[0]: (line[1], line[2], line[4]) for line in lines[1:]}
    assert found == {
        "alice": ("Administrator", "yes", ""),
        "bert": ("Editor", "yes", "Office"),
    }


def test_an_account_is_added_that_can_sign_in(desk: Desk, page: AccountsPage, qtbot: QtBot) -> None:
    page.add_button_.click()
    dialog = dialog_of(page)
    qtbot.keyClicks(dialog.name, "dora")
    choose(dialog, Role.VIEWER)
    assert dialog.limited.isHidden()
    for line in (dialog.password, dialog.again):
        qtbot.keyClicks(line, OTHER_PASSWORD)
    dialog.do.click()
    wait(qtbot, lambda: "dora" in by_name(page))
    assert by_name(page)["dora"].role is Role.VIEWER
    assert desk.board.accounts.sign_in("dora", OTHER_PASSWORD, source="test").name == "dora"


def test_what_can_not_be_taken_stays_with_its_reason(page: AccountsPage, qtbot: QtBot) -> None:
    page.add()
    dialog = dialog_of(page)
    dialog.name.setText("bert")
    dialog.password.setText(OTHER_PASSWORD)
    dialog.again.setText("another one")
    dialog.submit()
    assert dialog.reason("again") == "The two passwords differ."
    for line in (dialog.password, dialog.again):
        line.setText("short")
    dialog.submit()
    wait(qtbot, lambda: bool(dialog.reason("password")))
    for line in (dialog.password, dialog.again):
        line.setText(OTHER_PASSWORD)
    dialog.submit()
    wait(qtbot, lambda: "bert" in dialog.reason("name"))
    assert (dialog.name.text(), dialog.password.text()) == ("bert", OTHER_PASSWORD)
    dialog.reject()


def test_an_editor_is_limited_to_groups_and_the_limit_is_taken_away(
    page: AccountsPage, qtbot: QtBot
) -> None:
    dialog = edited(page, "bert")
    assert dialog.limited.isChecked()
    dialog.groups.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog.submit()
    assert "at least one group" in dialog.bar.text
    dialog.groups.item(1).setCheckState(Qt.CheckState.Checked)
    dialog.submit()
    wait(qtbot, lambda: by_name(page)["bert"].group_ids == {2})
    dialog = edited(page, "bert")
    dialog.limited.setChecked(False)
    dialog.submit()
    wait(qtbot, lambda: by_name(page)["bert"].group_ids == frozenset())


def test_the_boxes_of_groups_do_not_overlap(page: AccountsPage) -> None:
    groups = edited(page, "bert").groups
    first, second = (groups.visualItemRect(groups.item(place)) for place in (0, 1))
    assert second.top() - first.top() == first.height() >= 24


def test_another_password_holds_from_then_on(desk: Desk, page: AccountsPage, qtbot: QtBot) -> None:
    dialog = edited(page, "bert")
    for line in (dialog.password, dialog.again):
        line.setText(OTHER_PASSWORD)
    dialog.submit()
    wait(qtbot, lambda: page.dialog is None)
    assert desk.board.accounts.sign_in("bert", OTHER_PASSWORD, source="test").name == "bert"
    with pytest.raises(SignInFailed):
        desk.board.accounts.sign_in("bert", GOOD_PASSWORD, source="test")


def test_a_password_that_is_refused_leaves_role_and_limits_as_they_were(
    desk: Desk, page: AccountsPage, qtbot: QtBot
) -> None:
    dialog = edited(page, "bert")
    choose(dialog, Role.ADMINISTRATOR)
    for line in (dialog.password, dialog.again):
        line.setText("short")
    dialog.submit()
    wait(qtbot, lambda: bool(dialog.reason("password")))
    assert desk.board.accounts.find("bert").role is Role.EDITOR
    dialog.reject()


def test_the_last_administrator_is_neither_disabled_nor_demoted_with_the_reason(
    desk: Desk, page: AccountsPage, qtbot: QtBot
) -> None:
    page.table.select_key(by_name(page)["alice"].id)
    page.disable_button.click()
    wait(qtbot, lambda: bool(desk.problem))
    assert "The account alice was not changed." in desk.problem
    assert "administrator" in desk.problem
    dialog = edited(page, "alice")
    choose(dialog, Role.EDITOR)
    dialog.submit()
    wait(qtbot, lambda: "administrator" in dialog.reason("role"))
    assert by_name(page)["alice"].role is Role.ADMINISTRATOR
    dialog.reject()


def test_a_disabled_account_can_not_sign_in_until_it_is_enabled(
    desk: Desk, page: AccountsPage, qtbot: QtBot
) -> None:
    page.table.select_key(by_name(page)["bert"].id)
    assert page.disable_button.text() == "Disable"
    page.disable_button.click()
    wait(qtbot, lambda: not by_name(page)["bert"].active)
    assert desk.told[-1].startswith("bert can")
    with pytest.raises(SignInFailed):
        desk.board.accounts.sign_in("bert", GOOD_PASSWORD, source="test")
    wait(qtbot, lambda: page.disable_button.text() == "Enable")
    page.disable_button.click()
    wait(qtbot, lambda: by_name(page)["bert"].active)
    assert desk.board.accounts.sign_in("bert", GOOD_PASSWORD, source="test").name == "bert"


def test_an_account_added_elsewhere_comes_at_once(
    desk: Desk, page: AccountsPage, qtbot: QtBot
) -> None:
    other_principal(desk.board, "eve", Role.VIEWER)
    wait(qtbot, lambda: "eve" in by_name(page))


@pytest.mark.parametrize("role", [Role.EDITOR, Role.VIEWER])
def test_nobody_but_an_administrator_sees_the_view(role: Role, desk: Desk, qtbot: QtBot) -> None:
    with window_at(desk, qtbot, other_principal(desk.board, "eve", role)) as window:
        seen = {a.data() for a in window.actions_.views if a.isVisible()}
        assert "accounts" not in seen
        assert "groups" in seen
        assert ("trash" in seen) is (role is Role.EDITOR)
        window.pages.go("accounts")
        assert window.pages.current == "board"
        assert "accounts" not in window.pages.made_pages()


def test_an_administrator_who_becomes_an_editor_is_led_back_to_the_board(
    desk: Desk, qtbot: QtBot
) -> None:
    with window_at(desk, qtbot) as window:
        window.pages.go("accounts")
        assert window.pages.current == "accounts"
        window.attach(desk.board, other_principal(desk.board, "eve", Role.EDITOR))
        assert window.pages.current == "board"


def test_a_generated_password_is_shown_copied_and_good(qtbot: QtBot, qapp: QApplication) -> None:
    dialog = AccountDialog(Theme(qapp, "light"), (), None)
    qtbot.addWidget(dialog)
    dialog.name.setText("erin")
    dialog.generate.click()
    password = dialog.choice().password
    assert dialog.again.text() == password == QGuiApplication.clipboard().text()
    assert dialog.password.echoMode() is QLineEdit.EchoMode.Normal
    check_new(password, "erin")
    dialog.generate.click()
    assert dialog.choice().password != password
    with qtbot.waitSignal(dialog.submitted):
        dialog.submit()

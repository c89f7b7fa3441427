"""The Groups view."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.groups.page import GroupsPage
from izzitup_desktop.desktop.widgets.line_dialog import LineDialog
from izzitup_desktop.domain.accounts import Role
from tests.builders import ALICE, BOB, add_service
from tests.desktop.pages import Desk, desk_at, other_principal, page_at
from tests.desktop.sessions import wait


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        for name in ("Office", "Servers", "Lines"):
            desk.board.groups.add(ALICE, name)
        add_service(desk.board, "Chat", group_id=1)
        add_service(desk.board, "Mail", group_id=1, status_id=7)
        yield desk


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[GroupsPage]:
    with page_at(desk, qtbot, "groups") as page:
        groups = cast("GroupsPage", page)
        wait(qtbot, lambda: names(groups) == ["Office", "Servers", "Lines"])
        yield groups


def names(page: GroupsPage) -> list[str]:
    return [row.group.name for row in page.model.items]


def dialog_of(page: GroupsPage) -> LineDialog:
    assert page.dialog is not None
    return page.dialog


def test_each_group_says_its_place_and_the_statuses_of_its_services(page: GroupsPage) -> None:
    assert page.table.as_tsv().splitlines() == [
        "Name\tPlace\tServices",
        "Office\t1\tOutage 1, Operational 1",
        "Servers\t2\tempty",
        "Lines\t3\tempty",
    ]


def test_a_group_is_added_at_the_end_and_undo_takes_it_back(
    desk: Desk, page: GroupsPage, qtbot: QtBot
) -> None:
    page.add_button_.click()
    dialog = dialog_of(page)
    qtbot.keyClicks(dialog.line, " Printers ")
    dialog.do.click()
    wait(qtbot, lambda: names(page)[-1] == "Printers")
    wait(qtbot, lambda: page.dialog is None)
    desk.commands.undo()
    wait(qtbot, lambda: "Printers" not in names(page))


def test_a_name_that_is_taken_or_empty_stays_with_its_reason(
    page: GroupsPage, qtbot: QtBot
) -> None:
    page.add()
    dialog = dialog_of(page)
    dialog.submit()
    assert "must not be empty" in dialog.reason
    qtbot.keyClicks(dialog.line, "office")
    assert dialog.reason == ""
    dialog.submit()
    wait(qtbot, lambda: bool(dialog.reason))
    assert "Office" in dialog.reason
    assert dialog.line.text() == "office"
    dialog.line.clear()
    qtbot.keyClicks(dialog.line, "Home office")
    dialog.submit()
    wait(qtbot, lambda: "Home office" in names(page))


def test_f2_renames_the_selected_group(page: GroupsPage, qtbot: QtBot) -> None:
    with qtbot.waitActive(page):
        page.activateWindow()
    page.table.setFocus()
    page.table.select_key(2)
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    dialog = dialog_of(page)
    assert dialog.line.text() == "Servers"
    dialog.line.setText("Machines")
    dialog.submit()
    wait(qtbot, lambda: names(page) == ["Office", "Machines", "Lines"])
    assert [row.group.name for row in page.table.selected()] == ["Machines"]


def test_a_group_somebody_renamed_meanwhile_is_not_renamed_over(
    desk: Desk, page: GroupsPage, qtbot: QtBot
) -> None:
    page.table.select_key(2)
    page.rename()
    desk.board.groups.edit(ALICE, 2, "Theirs", version=1)
    dialog = dialog_of(page)
    dialog.line.setText("Mine")
    dialog.submit()
    wait(qtbot, lambda: bool(dialog.reason))
    assert dialog.line.text() == "Mine"
    wait(qtbot, lambda: names(page)[1] == "Theirs")
    dialog.reject()


def test_up_and_down_put_a_group_into_its_place(page: GroupsPage, qtbot: QtBot) -> None:
    page.table.select_key(1)
    page.down_button.click()
    wait(qtbot, lambda: names(page) == ["Servers", "Office", "Lines"])
    page.down_button.click()
    wait(qtbot, lambda: names(page) == ["Servers", "Lines", "Office"])
    page.down_button.click()
    page.up_button.click()
    wait(qtbot, lambda: names(page) == ["Servers", "Office", "Lines"])


def test_a_group_that_is_not_empty_is_kept_with_the_reason(
    desk: Desk, page: GroupsPage, qtbot: QtBot
) -> None:
    page.table.select_key(1)
    page.remove_button.click()
    wait(qtbot, lambda: bool(desk.problem))
    assert "The group Office could not be deleted." in desk.problem
    assert "2" in desk.problem or "not empty" in desk.problem
    assert "Office" in names(page)


def test_an_empty_group_is_deleted_with_an_undo(desk: Desk, page: GroupsPage, qtbot: QtBot) -> None:
    page.table.select_key(3)
    page.remove_button.click()
    wait(qtbot, lambda: names(page) == ["Office", "Servers"])
    assert desk.told == ["Deleted the group Lines"]
    desk.commands.undo()
    wait(qtbot, lambda: names(page) == ["Office", "Servers", "Lines"])


def test_what_others_do_with_services_and_groups_is_shown_at_once(
    desk: Desk, page: GroupsPage, qtbot: QtBot
) -> None:
    desk.board.statuses.set(BOB, [1, 2], 6)
    wait(qtbot, lambda: page.model.items[0].statuses == {6: 2})
    desk.board.groups.add(ALICE, "More")
    wait(qtbot, lambda: names(page)[-1] == "More")


def test_who_may_only_look_finds_every_button_off(desk: Desk, qtbot: QtBot) -> None:
    bert = other_principal(desk.board, "bert", Role.EDITOR)
    with page_at(desk, qtbot, "groups", bert) as shown:
        page = cast("GroupsPage", shown)
        wait(qtbot, lambda: len(names(page)) == 3)
        page.table.select_key(3)
        buttons = (page.add_button_, page.rename_button, page.up_button, page.remove_button)
        assert not any(button.isEnabled() for button in buttons)
        page.rename()
        page.remove()
        assert page.dialog is None
        assert len(names(page)) == 3

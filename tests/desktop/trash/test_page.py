"""The Trash view."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.trash.page import TrashPage
from izzitup_desktop.domain.accounts import Role
from tests.builders import ALICE, BOB, add_service
from tests.desktop.pages import Desk, answer, desk_at, other_principal, page_at, window_at
from tests.desktop.sessions import wait


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        for name in ("Chat", "Fax", "Mail"):
            add_service(desk.board, name)
        desk.board.services.remove(BOB, [1, 2])
        yield desk


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[TrashPage]:
    with page_at(desk, qtbot, "trash") as page:
        trash = cast("TrashPage", page)
        wait(qtbot, lambda: names(trash) == {"Chat", "Fax"})
        yield trash


def names(page: TrashPage) -> set[str]:
    return {removed.service.name for removed in page.model.items}


def test_it_shows_what_was_deleted_by_whom_and_how_long_it_is_kept(page: TrashPage) -> None:
    texts = page.table.as_tsv().splitlines()
    assert texts[0] == "Name\tKey\tStatus\tDeleted\tBy\tKept for"
    assert all(line.endswith("\tbob\t30 days") for line in texts[1:])


def test_what_is_selected_is_restored_and_undo_takes_that_back(
    desk: Desk, page: TrashPage, qtbot: QtBot
) -> None:
    assert not page.restore_button.isEnabled()
    page.table.select_key(1)
    page.restore_button.click()
    wait(qtbot, lambda: names(page) == {"Fax"})
    assert desk.told == ["Restored Chat"]
    assert desk.board.services.find(ALICE, "1").name == "Chat"
    desk.commands.undo()
    wait(qtbot, lambda: names(page) == {"Chat", "Fax"})


def test_several_are_restored_in_one_step_by_enter(
    desk: Desk, page: TrashPage, qtbot: QtBot
) -> None:
    with qtbot.waitActive(page):
        page.activateWindow()
    page.table.setFocus()
    page.table.selectAll()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    wait(qtbot, lambda: names(page) == set())
    assert desk.told == ["Restored 2 services"]
    assert "trash is empty" in page.shelf.empty.text
    assert page.shelf.currentWidget() is page.shelf.empty


def test_deleting_for_good_asks_first_and_cancel_keeps_it(
    desk: Desk, page: TrashPage, qtbot: QtBot
) -> None:
    page.table.select_key(1)
    page.purge_button.click()
    answer(qtbot, page, "Cancel")
    assert names(page) == {"Chat", "Fax"}
    page.purge_button.click()
    answer(qtbot, page, "Delete 1 for good")
    wait(qtbot, lambda: names(page) == {"Fax"})
    assert {removed.service.id for removed in desk.board.trash.list(ALICE)} == {2}


def test_an_editor_restores_but_does_not_delete_for_good(desk: Desk, qtbot: QtBot) -> None:
    bert = other_principal(desk.board, "bert", Role.EDITOR)
    with page_at(desk, qtbot, "trash", bert) as shown:
        page = cast("TrashPage", shown)
        wait(qtbot, lambda: names(page) == {"Chat", "Fax"})
        page.table.select_key(2)
        assert page.restore_button.isEnabled()
        assert not page.purge_button.isEnabled()
        page.purge()
        assert not page.findChildren(QMessageBox)
        assert names(page) == {"Chat", "Fax"}


def test_what_somebody_else_deletes_and_restores_comes_and_goes(
    desk: Desk, page: TrashPage, qtbot: QtBot
) -> None:
    page.table.select_key(2)
    desk.board.services.remove(BOB, [3])
    wait(qtbot, lambda: names(page) == {"Chat", "Fax", "Mail"})
    assert [removed.service.name for removed in page.table.selected()] == ["Fax"]
    desk.board.trash.restore(BOB, [1, 2])
    wait(qtbot, lambda: names(page) == {"Mail"})
    assert not page.restore_button.isEnabled()


def test_a_key_that_was_given_away_meanwhile_is_told_with_the_reason(
    desk: Desk, qtbot: QtBot
) -> None:
    old = add_service(desk.board, "Old", key="K")
    desk.board.services.remove(BOB, [old.id])
    add_service(desk.board, "New", key="K")
    with page_at(desk, qtbot, "trash") as shown:
        page = cast("TrashPage", shown)
        wait(qtbot, lambda: "Old" in names(page))
        page.table.select_key(old.id)
        page.restore()
        wait(qtbot, lambda: bool(desk.problem or desk.told))
        restored = desk.told == ["Restored Old"]
        assert restored or ("could not be restored" in desk.problem and "New" in desk.problem)


def test_gone_to_for_the_first_time_its_list_has_the_focus(
    desk: Desk, qtbot: QtBot, qapp: QApplication
) -> None:
    with window_at(desk, qtbot) as window:
        window.view.table.setFocus()
        window.pages.go("trash")
        trash = cast("TrashPage", window.pages.page("trash"))
        wait(qtbot, lambda: names(trash) == {"Chat", "Fax"})
        assert qapp.focusWidget() is trash.table

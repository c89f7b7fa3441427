"""Groups and services to tick for the page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.connections.page_tree import LeftOut, PageTree
from izzitup_desktop.domain.groups import Group
from tests.desktop.board.made_rows import row

GROUPS = (Group(1, "Core", 0, 1), Group(2, "Office", 1, 1))


@pytest.fixture
def tree(qtbot: QtBot) -> PageTree:
    tree = PageTree()
    qtbot.addWidget(tree)
    services = [row(1, "Mail", group=1), row(2, "Chat", group=2), row(3, "Fax"), row(4, "CI")]
    plain = [one.service for one in services]
    tree.show_board(GROUPS, [*plain[:3], replace(plain[3], hidden=True)])
    return tree


def item(tree: PageTree, name: str) -> QTreeWidgetItem:
    return next(one for one in tree.items() if one.text(0) == name)


def ticked(tree: PageTree) -> list[str]:
    return [
        one.text(0) for one in tree.items()
        if one.checkState(0) is Qt.CheckState.Checked and not one.isDisabled()
    ]  # fmt: skip


def test_all_are_ticked_but_what_is_left_out_and_what_is_hidden(tree: PageTree) -> None:
    assert ticked(tree) == ["Core", "Mail", "Office", "Chat", "No group", "Fax"]
    assert item(tree, "CI (hidden)").isDisabled()
    tree.tick(LeftOut(frozenset({2}), frozenset({3})))
    assert ticked(tree) == ["Core", "Mail", "No group"]


def test_a_tick_is_told_and_what_is_not_on_the_board_stays_left_out(tree: PageTree) -> None:
    tree.tick(LeftOut(frozenset({77}), frozenset({99})))
    heard = QSignalSpy(tree.changed)
    item(tree, "Mail").setCheckState(0, Qt.CheckState.Unchecked)
    item(tree, "No group").setCheckState(0, Qt.CheckState.Unchecked)
    item(tree, "Mail").setCheckState(0, Qt.CheckState.Checked)
    assert [heard.at(place)[0] for place in range(heard.count())] == [
        LeftOut(frozenset({77}), frozenset({1, 99})),
        LeftOut(frozenset({0, 77}), frozenset({1, 99})),
        LeftOut(frozenset({0, 77}), frozenset({99})),
    ]
    assert item(tree, "Fax").isDisabled()


def test_a_search_leaves_what_holds_the_words_with_its_group(tree: PageTree) -> None:
    tree.search.setText("chat")
    assert [one.text(0) for one in tree.items() if not one.isHidden()] == ["Office", "Chat"]
    tree.search.setText("core")
    assert [one.text(0) for one in tree.items() if not one.isHidden()] == ["Core", "Mail"]
    tree.search.clear()
    assert len([one for one in tree.items() if one.isHidden()]) == 0


def test_the_same_board_again_leaves_the_rows_as_they_are(tree: PageTree) -> None:
    before, chat = item(tree, "Mail"), row(2, "Chat", group=2).service
    services = [row(1, "Mail", group=1).service, chat, row(3, "Fax").service]
    hidden = replace(row(4, "CI").service, hidden=True)
    tree.show_board(GROUPS, [*services, hidden])
    assert item(tree, "Mail") is before
    tree.show_board(GROUPS, [*services[:1], replace(chat, name="Talk"), *services[2:], hidden])
    assert item(tree, "Talk").text(0) == "Talk"

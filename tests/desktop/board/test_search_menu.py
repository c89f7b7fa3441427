"""The menu in the search: examples, and searches that are kept."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.search_menu import SavedSearch, read, written
from izzitup_desktop.desktop.board.view import BoardView
from tests.desktop.board.made_rows import row
from tests.desktop.pages import theme_of


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> BoardView:
    model = ServiceModel()
    model.replace([row(1, "Mail", group=2, status=7), row(2, "Web", group=1)])
    view = BoardView(model, theme_of(qapp))
    qtbot.addWidget(view)
    return view


def search(view: BoardView, text: str) -> list[int]:
    view.search.setText(text)
    QTest.keyClick(view.search, Qt.Key.Key_Return)
    return view.model.shown_ids()


def entries(view: BoardView) -> list[str]:
    view.search_menu.menu.aboutToShow.emit()
    return [action.text() for action in view.search_menu.menu.actions()]


def test_what_is_not_understood_is_said_below_the_search(view: BoardView) -> None:
    assert search(view, "group:servers -status:5") == [1]
    assert view.unclear.isHidden()
    search(view, "room:1")
    assert not view.unclear.isHidden()
    assert "room:" in view.unclear.text()
    search(view, "status:broken")
    assert view.model.arrangement.found_count == 2
    assert "status:broken" in view.unclear.text()


def test_a_search_is_kept_with_its_statuses_used_renamed_and_deleted(view: BoardView) -> None:
    menu = view.search_menu
    view.search.setText("mail")
    view.chips.choose(7)
    menu.keep(" My & mail ")
    assert menu.saved == (SavedSearch("My & mail", "mail", (7,)),)
    assert entries(view)[0] == "My && mail"
    view.clear_filters()
    menu.use(menu.saved[0])
    assert (view.search.text(), view.chips.statuses()) == ("mail", frozenset({7}))
    menu.rename(menu.saved[0], "Post")
    assert [saved.name for saved in menu.saved] == ["Post"]
    menu.forget(menu.saved[0])
    assert not menu.saved


def test_an_example_is_put_behind_what_stands_there(view: BoardView) -> None:
    view.search.setText("mail")
    entries(view)
    held = [a for a in view.search_menu.menu.actions() if a.text().endswith("\theld")]
    held[0].trigger()
    assert view.search.text() == "mail held"


@given(
    st.lists(st.builds(SavedSearch, st.text(), st.text(), st.lists(st.integers(5, 8)).map(tuple)))
)
def test_kept_searches_are_read_as_they_were_written(saved: list[SavedSearch]) -> None:
    assert read(written(saved)) == tuple(saved)


@given(st.text() | st.sampled_from(["[1]", "{}", "null", '[{"name": 1}]']))
def test_what_is_no_list_of_searches_is_none(text: str) -> None:
    assert read(text) == ()

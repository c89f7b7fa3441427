"""The table of anything: searched, sorted, selected, copied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings, strategies as st
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.widgets.columns import columns_menu
from izzitup_desktop.desktop.widgets.listing import ITEM_ROLE, ListColumn, ListModel, ListTable
from tests.desktop.item_models import checked
from tests.examples import share_of


@dataclass(frozen=True)
class Thing:
    id: int
    name: str
    size: int


THINGS = (Thing(1, "Bär", 10), Thing(2, "apple", 9), Thing(3, "Cherry\tpie", 100))


def model_of(*things: Thing) -> ListModel[Thing]:
    model = ListModel[Thing](
        [
            ListColumn("Name", lambda thing: thing.name),
            ListColumn("Size", lambda thing: str(thing.size), sort=lambda t: t.size, right=True),
            ListColumn("No.", lambda thing: str(thing.id)),
        ],
        key=lambda thing: thing.id,
    )
    checked(model).replace(things)
    return model


def table_of(qtbot: QtBot, *things: Thing) -> ListTable[Thing]:
    table = ListTable(model_of(*things), "Things")
    qtbot.addWidget(table)
    table.show()
    return table


def ids(model: ListModel[Thing]) -> list[int]:
    return [thing.id for thing in model.shown()]


ALL = st.lists(
    st.builds(
        Thing, st.integers(1, 20), st.sampled_from(["Bär", "apple", "B b"]), st.integers(0, 3)
    ),
    max_size=12,
    unique_by=lambda thing: thing.id,
)
OPERATIONS = st.one_of(
    st.tuples(st.just("replace"), ALL),
    st.tuples(st.just("search"), st.sampled_from(["", "b", "BAR", "b 1", "no such thing"])),
    st.tuples(st.just("sort"), st.tuples(st.integers(-1, 2), st.booleans())),
)


@settings(max_examples=share_of(80), deadline=None)
@given(st.lists(OPERATIONS, max_size=8))
def test_it_shows_what_a_naive_computation_shows(
    qapp: QApplication, operations: list[tuple[str, Any]]
) -> None:
    model = model_of(*THINGS)
    things, words, order = list(THINGS), [], (-1, False)
    for name, value in operations:
        if name == "replace":
            things = value
            model.replace(value)
        elif name == "search":
            words = value.casefold().split()
            model.search(value)
        else:
            order = value
            descending, ascending = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
            model.sort(value[0], descending if value[1] else ascending)
        texts = {
            thing.id: f"{thing.name}\n{thing.size}\n{thing.id}".casefold().replace("ä", "a")
            for thing in things
        }
        found = [thing for thing in things if all(word in texts[thing.id] for word in words)]
        column, descends = order
        if column >= 0:
            keys: dict[int, Any] = {
                thing.id: (thing.name.casefold().replace("ä", "a"), thing.size, str(thing.id))
                for thing in things
            }
            found.sort(key=lambda thing: keys[thing.id][column])
            if descends:
                found.reverse()
        assert model.shown() == found
        assert [model.index(p, 0).data(ITEM_ROLE) for p in range(model.rowCount())] == found


def test_case_and_accents_do_not_count_and_every_word_must_occur(qapp: QApplication) -> None:
    model = model_of(*THINGS)
    model.search("BAR")
    assert ids(model) == [1]
    model.search("pie 100")
    assert ids(model) == [3]
    model.search("pie 9")
    assert ids(model) == []


def test_a_column_sorts_by_what_it_means_and_a_third_click_brings_the_first_order_back(
    qtbot: QtBot,
) -> None:
    table = table_of(qtbot, *THINGS)
    header = table.horizontalHeader()
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert ids(table.items) == [2, 1, 3]
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert ids(table.items) == [3, 1, 2]
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    assert ids(table.items) == [1, 2, 3]


def test_the_selection_stays_on_its_things_when_the_list_is_replaced(qtbot: QtBot) -> None:
    table = table_of(qtbot, *THINGS)
    flags = QItemSelectionModel.SelectionFlag
    for place in (0, 2):
        table.selectionModel().select(table.items.index(place, 0), flags.Select | flags.Rows)
    table.items.replace([Thing(4, "new", 1), THINGS[2], Thing(1, "renamed", 10)])
    assert [thing.id for thing in table.selected()] == [3, 1]
    table.items.replace([Thing(4, "new", 1), THINGS[2]])
    assert [thing.id for thing in table.selected()] == [3]


def test_the_scroll_stays_when_the_list_is_replaced(qtbot: QtBot) -> None:
    many = [Thing(id_, f"thing {id_}", id_) for id_ in range(1, 301)]
    table = table_of(qtbot, *many)
    table.verticalScrollBar().setValue(1_000)
    table.items.replace([*many, Thing(301, "one more", 0)])
    assert table.verticalScrollBar().value() == 1_000


def test_a_thing_is_selected_by_its_key_if_it_is_shown(qtbot: QtBot) -> None:
    table = table_of(qtbot, *THINGS)
    table.select_key(2)
    assert table.selected() == [THINGS[1]]
    table.select_key(77)
    assert table.selected() == [THINGS[1]]


def test_all_or_the_selected_rows_are_copied_with_visible_columns_as_they_stand(
    qtbot: QtBot,
) -> None:
    table = table_of(qtbot, *THINGS)
    assert table.as_tsv() == ("Name\tSize\tNo.\nBär\t10\t1\napple\t9\t2\nCherry pie\t100\t3\n")
    header = table.horizontalHeader()
    header.hideSection(1)
    header.moveSection(header.visualIndex(2), 0)
    table.selectRow(2)
    with qtbot.waitActive(table):
        table.activateWindow()
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "No.\tName\n3\tCherry pie\n"


def test_the_menu_of_the_header_hides_and_shows_every_column_but_the_first(qtbot: QtBot) -> None:
    table = table_of(qtbot, *THINGS)
    header = table.horizontalHeader()
    menu = columns_menu(header, table.items, kept=(0,))
    assert [action.text() for action in menu.actions()] == ["Size", "No."]
    menu.actions()[0].trigger()
    assert header.isSectionHidden(1)
    menu.actions()[0].trigger()
    assert not header.isSectionHidden(1)


def test_enter_opens_the_current_thing(qtbot: QtBot) -> None:
    table = table_of(qtbot, *THINGS)
    table.selectRow(1)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [THINGS[1]]


def test_a_thing_gone_to_is_selected_alone_whatever_keys_are_held(qtbot: QtBot) -> None:
    table = table_of(qtbot, *THINGS)
    table.select_key(1)
    qtbot.keyPress(table, Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier)
    table.select_key(3)
    assert table.selected() == [THINGS[2]]


def wide_table(qtbot: QtBot) -> ListTable[Thing]:
    model = ListModel[Thing](
        [
            ListColumn("Size", lambda thing: str(thing.size), 100),
            ListColumn("Name", lambda thing: thing.name, 400, elastic=True),
            ListColumn("No.", lambda thing: str(thing.id), 120),
        ],
        key=lambda thing: thing.id,
    )
    table = ListTable(model, "Things")
    qtbot.addWidget(table)
    table.resize(800, 300)
    table.show()
    return table


def widths(table: ListTable[Thing]) -> list[int]:
    return [table.columnWidth(place) for place in range(3)]


def test_an_elastic_column_gives_way_and_comes_back(qtbot: QtBot) -> None:
    table = wide_table(qtbot)
    border = table.width() - table.viewport().width()
    assert widths(table) == [100, 400, 300 - border]
    table.resize(500, 300)
    assert widths(table) == [100, 280 - border, 120]
    assert not table.horizontalScrollBar().isVisible()
    table.resize(800, 300)
    assert widths(table) == [100, 400, 300 - border]


def test_a_width_chosen_by_hand_is_not_taken_back(qtbot: QtBot) -> None:
    table = wide_table(qtbot)
    table.resize(500, 300)
    table.setColumnWidth(1, 200)
    table.resize(800, 300)
    assert table.columnWidth(1) == 200


def test_a_title_is_never_wider_than_its_column(qtbot: QtBot) -> None:
    model = ListModel[Thing](
        [
            ListColumn("May sign in from everywhere", lambda thing: thing.name, 60),
            ListColumn("No.", lambda thing: str(thing.id)),
        ],
        key=lambda thing: thing.id,
    )
    table = ListTable(model, "Things")
    qtbot.addWidget(table)
    table.show()
    header = table.horizontalHeader()
    assert header.sectionSize(0) == header.sectionSizeHint(0) > 60


def test_the_first_step_by_keys_selects_the_row_one_stands_on(qtbot: QtBot) -> None:
    table = table_of(qtbot, *THINGS[:1])
    table.setFocus()
    table.setCurrentIndex(QModelIndex())
    table.selectionModel().setCurrentIndex(
        table.items.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate
    )
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.selected() == [THINGS[0]]


def test_the_keys_on_a_row_that_is_not_selected_frame_all_of_it(qtbot: QtBot) -> None:
    table = table_of(qtbot, *THINGS)
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow)
    table.setCurrentIndex(QModelIndex())
    table.clearFocus()
    flags = QItemSelectionModel.SelectionFlag
    table.selectionModel().setCurrentIndex(table.items.index(1, 0), flags.NoUpdate)
    line = table.visualRect(table.items.index(1, 0)).top()

    def upper_edge() -> list[QColor]:
        image = table.viewport().grab().toImage()
        right = table.viewport().width() - 4
        return [image.pixelColor(x, line) for x in (2, right)]

    without = upper_edge()
    table.setFocus()
    assert all(now != before for now, before in zip(upper_edge(), without, strict=True))

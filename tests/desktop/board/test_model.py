"""The table's model: whatever happens to it, it shows what a naive computation would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.arranged import arrange
from izzitup_desktop.desktop.board.model import SECTION_ROLE, ServiceModel, Work
from izzitup_desktop.desktop.board.order import OWN_ORDER
from izzitup_desktop.desktop.board.rows import Column, Row, Section
from izzitup_desktop.desktop.board.table import ServiceTable
from izzitup_desktop.desktop.theme import Theme
from tests.desktop.board.made_rows import (
    COLLAPSED,
    MANY,
    STATUSES,
    WORDS,
    WORST_FIRST,
    row,
)
from tests.desktop.item_models import checked
from tests.examples import share_of


@dataclass
class Naive:
    """What is to be shown, computed from scratch each time."""

    rows: dict[int, Row] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    statuses: frozenset[int] = frozenset()
    column: int = Column.STATUS
    descending: bool = False
    sectioned: bool = False
    collapsed: frozenset[int] = frozenset()

    def shown(self) -> list[int]:
        found = sorted(self.rows.values(), key=self.key, reverse=self.descending)
        filtered = bool(self.words or self.statuses)
        found = [
            row
            for row in found
            if all(word in row.folded for word in self.words)
            and (not self.statuses or row.service.status_id in self.statuses)
        ]
        ids = [row.service.id for row in found]
        if not self.sectioned or not any(row.service.group_id for row in self.rows.values()):
            return ids
        shown = []
        places = {(row.group_place, row.service.group_id or 0) for row in found}
        for _place, group_id in sorted(places):
            shown.append(-1 - group_id)
            if filtered or group_id not in self.collapsed:
                shown += [i for i in ids if (self.rows[i].service.group_id or 0) == group_id]
        return shown

    def key(self, row: Row) -> Any:
        service = row.service
        first: dict[int, Any] = {
            -1: service.position,
            Column.STATUS: WORST_FIRST.index(service.status_id),
            Column.BUTTONS: WORST_FIRST.index(service.status_id),
            Column.KEY: (not service.key, service.key.casefold()),
            Column.GROUP: (not row.group, row.group_key),
            Column.SINCE: -service.since.timestamp(),
            Column.CHANGED_BY: service.changed_by.casefold(),
            Column.NOTE: (not service.note, service.note.casefold()),
        }
        return first.get(self.column, 0), row.name_key, service.id


OPERATIONS = st.one_of(
    st.tuples(st.just("replace"), MANY),
    st.tuples(st.just("change"), st.tuples(MANY, st.sets(st.integers(13, 20) | st.integers(1, 12), max_size=3))),
    st.tuples(st.just("search"), st.sampled_from(WORDS)),
    st.tuples(st.just("only"), STATUSES),
    st.tuples(st.just("sort"), st.tuples(st.integers(-1, len(Column) - 1), st.booleans())),
    st.tuples(st.just("section"), st.booleans()),
    st.tuples(st.just("collapse"), COLLAPSED),
)  # fmt: skip


def do(model: ServiceModel, naive: Naive, name: str, value: Any) -> None:
    """Do the same to the model and to the naive one."""
    match name:
        case "replace":
            model.replace(value)
            naive.rows = {row.service.id: row for row in value}
        case "change":
            rows, gone = value
            gone = gone - {row.service.id for row in rows}
            model.change(rows, gone)
            naive.rows |= {row.service.id: row for row in rows}
            naive.rows = {id_: row for id_, row in naive.rows.items() if id_ not in gone}
        case "search":
            model.search(value)
            naive.words = tuple(value.lower().replace("ü", "u").split())
        case "only":
            model.only(value)
            naive.statuses = value
        case "sort":
            column, descending = value
            order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            model.sort(column, order)
            naive.column, naive.descending = column, descending and column >= 0
        case "section":
            model.section(value)
            naive.sectioned = value
        case "collapse":
            model.collapse(value)
            naive.collapsed = value


@settings(max_examples=share_of(60), deadline=None)
@given(MANY, st.lists(OPERATIONS, max_size=10))
def test_it_shows_what_a_naive_computation_shows_and_every_index_follows_its_row(
    qapp: QApplication, rows: list[Row], operations: list[tuple[str, Any]]
) -> None:
    model, naive = checked(ServiceModel()), Naive()
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    for name, value in [("replace", rows), *operations]:
        kept = [
            (QPersistentModelIndex(model.index(place, Column.NAME)), model.id_at(place))
            for place in range(model.rowCount())
        ]
        resets.clear()
        do(model, naive, name, value)
        expected = naive.shown()
        assert [model.id_at(place) for place in range(model.rowCount())] == expected
        assert model.shown_ids() == [id_ for id_ in expected if id_ > 0]
        assert [model.place_of(id_) for id_ in expected] == list(range(len(expected)))
        if not resets:
            for index, id_ in kept:
                assert (index.row() if index.isValid() else -1) == model.place_of(id_)


def test_headings_go_while_a_search_is_on_and_rows_are_sorted_downwards(
    qapp: QApplication,
) -> None:
    model = checked(ServiceModel())
    model.search("a")
    model.section(True)
    model.sort(Column.STATUS, Qt.SortOrder.DescendingOrder)
    model.replace([row(1, "Alpha"), row(2, "Bravo", group=1)])
    model.section(False)
    assert model.shown_ids() == [2, 1]


def filled_model() -> ServiceModel:
    model = checked(ServiceModel())
    model.section(True)
    model.replace(
        [
            row(1, "Mail", group=1, status=7),
            row(2, "Chat", group=1),
            row(3, "Web", group=2, status=6),
            row(4, "Phone"),
            row(5, "Fax", group=1),
        ]
    )
    return model


def sections(model: ServiceModel) -> list[Section]:
    found = (model.index(place, 0).data(SECTION_ROLE) for place in range(model.rowCount()))
    return [section for section in found if section is not None]


def test_sections_stand_in_the_groups_order_with_their_counts_worst_first(
    qapp: QApplication,
) -> None:
    model = filled_model()
    assert sections(model) == [
        Section(2, "Servers", ((6, 1),), collapsed=False),
        Section(1, "Büro", ((7, 1), (5, 2)), collapsed=False),
        Section(0, "", ((5, 1),), collapsed=False),
    ]
    titles = [
        model.index(place, Column.NAME).data()
        for place in range(model.rowCount())
        if model.id_at(place) < 0
    ]
    assert titles == ["Servers", "Büro", "No group"]


def test_a_heading_counts_all_of_its_group_while_a_search_leaves_rows_out(
    qapp: QApplication,
) -> None:
    model = filled_model()
    model.search("mail")
    assert model.shown_ids() == [1]
    (shown,) = sections(model)
    assert shown == Section(1, "Büro", ((7, 1), (5, 2)), collapsed=False, left_out=2)
    model.search("")
    assert {section.left_out for section in sections(model)} == {0}


def test_a_heading_says_its_new_counts_when_a_status_changes(qapp: QApplication) -> None:
    model = filled_model()
    changed: list[int] = []
    model.dataChanged.connect(
        lambda first, last: changed.extend(
            model.id_at(place) for place in range(first.row(), last.row() + 1)
        )
    )
    model.change([row(2, "Chat", group=1, status=6)], ())
    assert -2 in changed
    assert sections(model)[1].counts == ((7, 1), (6, 1), (5, 1))


def test_a_collapsed_section_shows_its_heading_alone_until_something_is_searched_for(
    qapp: QApplication,
) -> None:
    model = filled_model()
    model.collapse([1])
    assert model.shown_ids() == [3, 4]
    assert [section.collapsed for section in sections(model)] == [False, True, False]
    model.search("chat")
    assert model.shown_ids() == [2]
    model.search("")
    assert model.shown_ids() == [3, 4]
    model.collapse([])
    assert model.shown_ids() == [3, 1, 2, 5, 4]


def test_there_is_no_heading_while_nothing_is_in_a_group(qapp: QApplication) -> None:
    model = filled_model()
    model.replace([row(1), row(2)])
    assert sections(model) == []
    model.change([row(3, group=1)], ())
    assert len(sections(model)) == 2
    model.change([], [3])
    assert sections(model) == []


def test_the_own_order_is_that_of_the_positions_and_never_descends(qapp: QApplication) -> None:
    model = filled_model()
    model.change(
        [row(5, "Fax", group=1, position=1), row(1, "Mail", group=1, status=7, position=9)], ()
    )
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        model.sort(-1, order)
        assert model.shown_ids() == [3, 5, 2, 1, 4]


def test_sections_keep_their_order_when_their_rows_descend(qapp: QApplication) -> None:
    model = filled_model()
    model.sort(Column.NAME, Qt.SortOrder.DescendingOrder)
    assert model.shown_ids() == [3, 1, 5, 2, 4]
    assert [section.group_id for section in sections(model)] == [2, 1, 0]


def test_a_heading_can_be_gone_to_but_neither_selected_nor_edited(qapp: QApplication) -> None:
    model = filled_model()
    model.may_edit = lambda _row: True
    heading, service = model.index(0, Column.NAME), model.index(1, Column.NAME)
    assert heading.flags() == Qt.ItemFlag.ItemIsEnabled
    assert service.flags() & Qt.ItemFlag.ItemIsEditable
    assert not model.index(1, Column.STATUS).flags() & Qt.ItemFlag.ItemIsEditable


def test_a_row_that_did_not_change_is_not_announced(qapp: QApplication) -> None:
    model = filled_model()
    heard: list[object] = []
    model.dataChanged.connect(lambda *_: heard.append(1))
    model.counts_changed.connect(lambda: heard.append(1))
    model.change([replace(row(4, "Phone"))], ())
    assert heard == []


def test_more_scattered_changes_than_runs_are_worth_reset_the_model(qapp: QApplication) -> None:
    model = checked(ServiceModel())
    model.sort(-1)
    model.replace([row(id_, "even" if id_ % 2 else "odd") for id_ in range(1, 401)])
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    model.search("odd")
    assert model.shown_ids() == list(range(2, 401, 2))
    assert resets


def test_rows_arranged_before_somebody_sorted_are_shown_as_sorted_now(qapp: QApplication) -> None:
    model = checked(ServiceModel())
    arranged = arrange([row(1, "a"), row(2, "b"), row(3, "c")], model.arrangement.order, {})
    model.sort(Column.NAME, Qt.SortOrder.DescendingOrder)

    model.take(arranged)

    assert model.shown_ids() == [3, 2, 1]


class Later:
    """Keeps the sorting of rows until it is told to go on."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Work, Callable[[list[int]], None]]] = []

    def run(self, work: Work, then: Callable[[list[int]], None]) -> None:
        """A `Run`."""
        self._waiting.append((work, then))

    def go_on(self) -> None:
        """Sort what was begun first."""
        work, then = self._waiting.pop(0)
        then(work())


def sorted_later(*names: str) -> tuple[ServiceModel, Later]:
    """Services 1, 2, ... of these names, in their own order, sorted by `Later`."""
    later = Later()
    model = checked(ServiceModel(run=later.run))
    model.sort(OWN_ORDER)
    model.replace([row(id_, name) for id_, name in enumerate(names, 1)])
    return model, later


def test_rows_stand_as_they_did_until_they_are_sorted(qapp: QApplication) -> None:
    model, later = sorted_later("c", "a", "b")
    model.sort(Column.NAME)
    assert (model.is_sorting, model.shown_ids()) == (True, [1, 2, 3])
    later.go_on()
    assert (model.is_sorting, model.shown_ids()) == (False, [2, 3, 1])


def test_what_changed_while_rows_were_sorted_has_its_place_among_them(qapp: QApplication) -> None:
    model, later = sorted_later("c", "a", "b")
    model.sort(Column.NAME)
    model.change([row(1, "aa"), row(4, "0")], [3])
    model.search("a")
    later.go_on()
    assert model.shown_ids() == [2, 1]
    model.search("")
    assert model.shown_ids() == [4, 2, 1]


def test_of_two_sortings_the_one_asked_for_last_counts(qapp: QApplication) -> None:
    model, later = sorted_later("c", "a", "b")
    model.sort(Column.NAME)
    model.sort(Column.NAME, Qt.SortOrder.DescendingOrder)
    later.go_on()
    assert model.shown_ids() == [1, 2, 3]
    later.go_on()
    assert model.shown_ids() == [1, 3, 2]


def test_going_back_to_the_order_that_is_shown_drops_what_is_being_sorted(
    qapp: QApplication,
) -> None:
    model, later = sorted_later("c", "a", "b")
    model.sort(Column.NAME)
    model.sort(OWN_ORDER)
    assert not model.is_sorting
    later.go_on()
    assert model.shown_ids() == [1, 2, 3]


def test_rows_that_are_read_anew_while_others_are_sorted_stand_sorted_at_once(
    qapp: QApplication,
) -> None:
    model, later = sorted_later("c", "a", "b")
    model.sort(Column.NAME)
    model.replace([row(1, "x"), row(2, "w")])
    assert model.shown_ids() == [2, 1]
    later.go_on()
    assert model.shown_ids() == [2, 1]


@pytest.mark.soak
def test_thousands_of_rows_coming_and_going_keep_current_row_and_selection(
    qapp: QApplication, qtbot: QtBot
) -> None:
    model = checked(ServiceModel())
    names = {id_: "mail" if id_ % 1_000 == 0 else "site" for id_ in range(1, 7_000)}
    model.replace(row(id_, f"{name} {id_}") for id_, name in names.items())
    table = ServiceTable(model, Theme(qapp))
    qtbot.addWidget(table)
    table.select([3_000])

    model.search("mail")
    few = (model.rowCount(), table.selected_ids(), table.currentIndex().row())
    model.search("")

    assert few == (6, [3_000], 2)
    assert model.rowCount() == 6_999
    assert table.selected_ids() == [3_000]
    assert model.id_at(table.currentIndex().row()) == 3_000


def test_today_s_bar_is_no_better_than_now_and_the_days_before_are_as_they_were(
    qtbot: QtBot,
) -> None:
    model = checked(ServiceModel())
    model.replace([row(1)])
    model.set_uptime_bars({1: bytes([7, 5, 5])})
    assert model.uptime_bar_of(1) == bytes([7, 5, 5])
    model.change([row(1, status=7)], ())
    assert model.uptime_bar_of(1) == bytes([7, 5, 7])
    model.set_uptime_bars({1: bytes([7, 5, 6])})
    model.change([row(1, status=5)], ())
    assert model.uptime_bar_of(1) == bytes([7, 5, 6])

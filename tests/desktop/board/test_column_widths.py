"""Columns are as wide as the window has room for, until somebody changes one."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.buttons import width_with_shapes, width_with_words
from izzitup_desktop.desktop.board.cell_texts import title_of
from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.board.table import ServiceTable
from izzitup_desktop.desktop.theme import Theme

WIDE, NARROW = 1_600, 620


@pytest.fixture
def table(qapp: QApplication, qtbot: QtBot) -> ServiceTable:
    table = ServiceTable(ServiceModel(), Theme(qapp))
    qtbot.addWidget(table)
    table.resize(WIDE, 400)
    table.show()
    return table


def widths(table: ServiceTable) -> dict[Column, int]:
    header = table.horizontalHeader()
    return {column: header.sectionSize(column) for column in Column}


def test_a_wide_window_has_room_for_the_words_of_the_buttons_and_the_note(
    table: ServiceTable,
) -> None:
    assert table.columns.automatic
    assert widths(table)[Column.BUTTONS] == width_with_words(table.fontMetrics())
    assert table.horizontalHeader().length() == table.viewport().width()
    assert table.horizontalHeader().isSectionHidden(Column.GROUP)


def test_a_narrow_window_shows_shapes_and_cuts_no_heading(table: ServiceTable) -> None:
    wide = widths(table)
    table.resize(NARROW, 400)
    narrow = widths(table)
    assert narrow[Column.BUTTONS] == width_with_shapes() < wide[Column.BUTTONS]
    assert narrow[Column.NAME] < wide[Column.NAME]
    for column in set(Column) - {Column.STATUS, Column.GROUP, Column.NOTE}:
        assert narrow[column] >= table.fontMetrics().horizontalAdvance(title_of(column))


def test_a_width_that_somebody_chose_stays_when_the_window_changes(table: ServiceTable) -> None:
    table.horizontalHeader().resizeSection(Column.NAME, 321)
    assert not table.columns.automatic
    before = widths(table)
    table.resize(NARROW, 400)
    del before[Column.NOTE]
    assert before.items() <= widths(table).items()


def test_the_note_taking_what_is_left_is_nobodys_choice(table: ServiceTable) -> None:
    table.horizontalHeader().resizeSection(Column.NOTE, 200)
    assert table.columns.automatic


def test_reset_they_follow_the_window_again_in_their_first_order(table: ServiceTable) -> None:
    first, header = widths(table), table.horizontalHeader()
    header.resizeSection(Column.NAME, 321)
    header.moveSection(0, 4)
    header.setSectionHidden(Column.KEY, True)
    table.columns.reset()
    assert table.columns.automatic
    assert widths(table) == first
    assert [header.logicalIndex(place) for place in range(len(Column))] == list(Column)
    assert not header.isSectionHidden(Column.KEY)

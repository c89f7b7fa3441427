"""What is copied is pasted into a spreadsheet, and computes nothing there."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.rows import row_of
from izzitup_desktop.desktop.board.tsv import as_tsv
from izzitup_desktop.desktop.widgets.listing import ListColumn, ListModel, ListTable
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.desktop.words.tsv import tsv
from izzitup_desktop.domain.errors import Conflict
from tests.builders import add_service, opened_board

FORMULA = re.compile("[=+\\-@\uff1d\uff0b\uff0d\uff20]")
EVIL = (
    '=HYPERLINK("http://x","y")', "+1", "-1+1", "@SUM(1)", "  =1+1", "\t=1+1", "a\t=1+1",
    "a\n=1+1", "a\r=1+1", "a\r\n=1+1", '"=1+1"', '"a', "'=1+1", "\ufeff=1+1", "\xa0=1", "\uff1d1",
    "\u200b=1", "a\x0b=1", "a\u2028=1", '""=1',
)  # fmt: skip


def assert_harmless(text: str, rows: int, columns: int) -> None:
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        found = list(csv.reader(io.StringIO(text), delimiter="\t", quoting=quoting))
        assert len(found) == rows
        assert {len(cells) for cells in found} == {columns}
        assert not any(FORMULA.match(cell.strip()) for cells in found for cell in cells), found


@given(st.lists(st.tuples(st.text(), st.sampled_from(EVIL), st.text()), min_size=1, max_size=5))
def test_no_cell_is_a_formula_or_breaks_its_row(rows: list[tuple[str, str, str]]) -> None:
    assert_harmless(tsv(rows), len(rows), 3)


def test_what_is_no_formula_is_copied_as_it_is() -> None:
    assert tsv([["E-Mail", "5", 'it\'s 3-4 "x"']]) == 'E-Mail\t5\tit\'s 3-4 "x"\n'


@pytest.mark.parametrize("text", EVIL)
def test_rows_of_a_list_carry_no_formula(qtbot: QtBot, text: str) -> None:
    columns = [ListColumn[str]("Name", str), ListColumn[str]("Length", lambda one: f"{len(one)}")]
    model = ListModel(columns, key=lambda one: one)
    table = ListTable(model, "Things")
    qtbot.addWidget(table)
    model.replace([text, "x"])
    assert_harmless(table.as_tsv(), 3, 2)


def test_rows_of_the_board_carry_no_formula(tmp_path: Path) -> None:
    folder = tmp_path
    with opened_board(f"sqlite:///{folder}/izzitup.db", folder) as board:
        evil = '=HYPERLINK("http://x","y")'
        service = add_service(board, evil, key="-k", note=f"{evil}\n{evil}")
    assert_harmless(
        as_tsv([replace(row_of(service, {}), group=evil)], lambda column: column.name), 2, 7
    )


def test_details_that_are_copied_carry_no_formula(qapp: QApplication) -> None:
    problem = problem_of(Conflict("@SUM(1)\n=1+1"), '=HYPERLINK("x") could not be set.')
    assert not any(FORMULA.match(line) for line in problem.details.splitlines())

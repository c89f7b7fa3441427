"""The heading that is kept in sight while the rows below it are."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.sticky_heading import StickyHeading
from izzitup_desktop.desktop.board.table import ServiceTable
from izzitup_desktop.desktop.theme import Theme
from tests.desktop.board.made_rows import row


def test_rows_that_go_from_the_top_and_from_below_leave_the_heading(
    qtbot: QtBot, qapp: QApplication
) -> None:
    theme, model = Theme(qapp, "light"), ServiceModel()
    model.section(True)
    model.replace([row(id_, f"Service {id_:02}", group=1) for id_ in range(1, 31)])
    table = ServiceTable(model, theme)
    heading = StickyHeading(theme, table)
    qtbot.addWidget(table)
    table.resize(900, 300)
    table.show()
    table.verticalScrollBar().setValue(table.rowViewportPosition(10) + 1)
    assert heading.section is not None
    top = model.id_at(table.rowAt(0))
    model.change([], [top, top + 4])
    assert heading.section is not None
    assert heading.section.group_id == 1

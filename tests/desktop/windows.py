"""What tests do with the rows of a main window."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel

from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.domain.services import Service


def service_in(window: MainWindow, name: str) -> Service:
    """The service of that name, as the window has it."""
    rows = window.model.arrangement.rows.values()
    (found,) = [row.service for row in rows if row.service.name == name]
    return found


def lines(window: MainWindow) -> list[str]:
    """What the table shows from top to bottom; a heading in brackets."""
    model = window.model
    names = [
        (model.id_at(place), str(model.index(place, Column.NAME).data()))
        for place in range(model.rowCount())
    ]
    return [name if id_ > 0 else f"[{name}]" for id_, name in names]


def select(window: MainWindow, *names: str) -> None:
    """Select services, and put the focus on the table."""
    model, table = window.model, window.view.table
    table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag
    for name in names:
        place = model.place_of(service_in(window, name).id)
        index = model.index(place, Column.STATUS)
        table.selectionModel().setCurrentIndex(index, flags.Select | flags.Rows)
    table.setFocus()

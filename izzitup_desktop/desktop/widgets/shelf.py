"""A table, or what stands there while it is empty or nothing matches."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QTableView, QWidget

from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.desktop.widgets.placeholder import Placeholder


class Shelf(QStackedWidget):
    """Follows the table's model."""

    def __init__(
        self, theme: Theme, table: QTableView, icon: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._table = table
        self.empty = Placeholder(theme, icon)
        self.addWidget(table)
        self.addWidget(self.empty)
        model = table.model()
        model.modelReset.connect(self.refresh)
        self.empty.say("", "")
        self.refresh()

    def say(self, heading: str, sentence: str, action: str = "") -> None:
        """What stands there when there is nothing to show."""
        self.empty.say(heading, sentence, action)

    def refresh(self) -> None:
        """Show the table, or what stands in its place; rows that come one by one call it."""
        shown = self._table.model().rowCount()
        self.setCurrentWidget(self._table if shown else self.empty)

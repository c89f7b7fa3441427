"""What is muted and followed, each with a way to end it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QVBoxLayout, QWidget

from izzitup_desktop.desktop.theme import MARGIN, WIDE, Theme
from izzitup_desktop.desktop.widgets.dialog import Dialog
from izzitup_desktop.desktop.widgets.listing import ListColumn, ListModel, ListTable
from izzitup_desktop.desktop.widgets.shelf import Shelf
from izzitup_desktop.desktop.words.texts import filled


@dataclass(frozen=True)
class Mute:
    """One entry of one of the settings."""

    setting: str
    id: int
    name: str


class MutesDialog(Dialog):
    """`ended` carries the setting and the id of what is to be told as before."""

    ended = Signal(str, int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("What is muted"))
        words = {
            "muted_services": self.tr("Service muted"),
            "muted_groups": self.tr("Group muted"),
            "followed_services": self.tr("Notified of every status"),
        }
        columns = [
            ListColumn[Mute](self.tr("Name"), self._name, 220, elastic=True),
            ListColumn[Mute](self.tr("What"), lambda mute: words[mute.setting], 160),
        ]
        self.model = ListModel[Mute](columns, key=lambda mute: (mute.setting, mute.id))
        self.table = ListTable(self.model, self.tr("What is muted"))
        shelf = Shelf(theme, self.table, "bell")
        shelf.say(
            self.tr("Nothing is muted"),
            self.tr("The menu of a service on the board mutes it, or its group."),
        )
        foot = QDialogButtonBox()
        self.end = foot.addButton(
            self.tr("&Tell as before"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.end.clicked.connect(self._end)
        close = foot.addButton(QDialogButtonBox.StandardButton.Close)
        close.clicked.connect(self.reject)
        close.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(shelf, 1)
        layout.addWidget(foot)
        self.table.chosen.connect(self._permit)
        self.table.opened.connect(lambda mute: self.ended.emit(mute.setting, mute.id))
        self.resize(440, 320)
        self._permit()

    def show_list(self, found: Mapping[str, Mapping[int, str]]) -> None:
        """Show these settings: names by ids."""
        self.model.replace(
            Mute(setting, id_, name)
            for setting, names in found.items()
            for id_, name in names.items()
        )
        if self.model.rowCount() and not self.table.selected():
            self.table.selectRow(0)
        self._permit()

    def _name(self, mute: Mute) -> str:
        if mute.name:
            return mute.name
        if mute.setting == "muted_groups":
            return self.tr("No group") if mute.id == 0 else filled(self.tr("Group %1"), mute.id)
        return filled(self.tr("Service %1"), mute.id)

    def _end(self) -> None:
        for mute in self.table.selected():
            self.ended.emit(mute.setting, mute.id)

    def _permit(self) -> None:
        self.end.setEnabled(bool(self.table.selected()))

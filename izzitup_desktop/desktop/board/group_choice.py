"""The choice of a service's group, in which a new one can be made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.desktop.widgets.choice_box import ChoiceBox
from izzitup_desktop.desktop.widgets.line_dialog import LineDialog
from izzitup_desktop.domain.groups import Group, checked_name

_NEW = -1


@dataclass(frozen=True)
class Groups:
    """The groups that somebody may put a service into."""

    all: Sequence[Group] = ()
    chosen: int | None = None
    """The one that a new service is in at first."""
    may_have_none: bool = True
    may_add: bool = False


class GroupChoice(ChoiceBox):
    """`group_wanted` carries the name of a group to make: `added(group)` or `refused(error)`."""

    group_wanted = Signal(str)

    def __init__(self, theme: Theme, groups: Groups, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._before = 0
        self.dialog: LineDialog | None = None
        self.setAccessibleName(self.tr("Group"))
        if groups.may_have_none:
            self.addItem(self.tr("No group"), None)
        for group in groups.all:
            self.addItem(group.name, group.id)
        if groups.may_add:
            self.addItem(self.tr("New group …"), _NEW)
        self.choose(groups.chosen)
        self.activated.connect(self._on_activated)

    @property
    def group_id(self) -> int | None:
        """The group chosen, None for no group."""
        id_ = self.currentData()
        return None if id_ is None or id_ == _NEW else int(id_)

    def choose(self, group_id: int | None) -> None:
        """Choose a group; the first choice where it is none of these."""
        self.setCurrentIndex(max(0, self.findData(group_id)))
        self._before = self.currentIndex()

    def added(self, group: Group) -> None:
        """The group that was wanted is there: choose it."""
        self.insertItem(max(0, self.findData(_NEW)), group.name, group.id)
        self.choose(group.id)
        if self.dialog is not None:
            self.dialog.accept()

    def refused(self, error: Exception) -> None:
        """The group that was wanted could not be made."""
        if self.dialog is not None:
            self.dialog.refused(error)

    def _on_activated(self, place: int) -> None:
        if self.itemData(place) != _NEW:
            self._before = place
            return
        # It is no group that a service could be in.
        self.setCurrentIndex(self._before)
        dialog = LineDialog(
            self._theme,
            self.tr("New group"),
            self.tr("&Name"),
            self.tr("Add group"),
            "",
            checked_name,
            self.window(),
        )
        dialog.submitted.connect(self.group_wanted)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None
        self.setFocus()

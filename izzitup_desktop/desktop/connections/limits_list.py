"""Groups and services to tick: what a token is limited to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from izzitup_desktop.desktop.theme import GAP, SMALL, Theme
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.scopes import Limits
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.text import search_fold

_ROWS = 5
_GROUP, _ID, _FOLDED = (int(Qt.ItemDataRole.UserRole) + more for more in range(3))


class LimitsList(QWidget):
    """Groups first; the line above narrows a long list, and ticks outside of it stay."""

    def __init__(self, theme: Theme, groups: Sequence[Group], services: Sequence[Service]) -> None:
        super().__init__()
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search groups and services"))
        self.search.setAccessibleName(self.tr("Search groups and services"))
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        # Its rows get their heights before the style sheet would be asked for them.
        self.list.ensurePolished()
        self.list.setAccessibleName(self.tr("Groups and services"))
        for group in groups:
            self._add(filled(self.tr("Group %1"), group.name), group.id, is_group=True)
        for service in services:
            name = f"{service.name} ({service.key})" if service.key else service.name
            self._add(name, service.id, is_group=False)
        height = self.list.sizeHintForRow(0) if self.list.count() else 2 * GAP
        self.list.setFixedHeight(height * _ROWS + 2 * GAP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SMALL)
        layout.addWidget(self.search)
        layout.addWidget(self.list)
        self.search.textChanged.connect(self._narrow)

    def limits(self) -> Limits:
        """What is ticked."""
        return Limits(
            frozenset(item.data(_ID) for item in self._ticked() if not item.data(_GROUP)),
            frozenset(item.data(_ID) for item in self._ticked() if item.data(_GROUP)),
        )

    def tick(self, group_ids: Iterable[int], service_ids: Iterable[int]) -> None:
        """Have these ticked, too."""
        wanted = {(True, id_) for id_ in group_ids} | {(False, id_) for id_ in service_ids}
        for item in self._items():
            if (item.data(_GROUP), item.data(_ID)) in wanted:
                item.setCheckState(Qt.CheckState.Checked)

    def _add(self, text: str, id_: int, *, is_group: bool) -> None:
        item = QListWidgetItem(text)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Unchecked)
        item.setData(_GROUP, is_group)
        item.setData(_ID, id_)
        item.setData(_FOLDED, search_fold(text))
        self.list.addItem(item)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(place) for place in range(self.list.count())]

    def _ticked(self) -> list[QListWidgetItem]:
        return [item for item in self._items() if item.checkState() is Qt.CheckState.Checked]

    def _narrow(self, text: str) -> None:
        words = search_fold(text).split()
        for item in self._items():
            item.setHidden(not all(word in item.data(_FOLDED) for word in words))

"""Groups and services to tick: what the status page shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QLineEdit,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from izzitup_desktop.desktop.theme import GAP, SMALL
from izzitup_desktop.desktop.words.texts import filled, tooltip
from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.public_board import NO_GROUP
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.text import search_fold

_ROWS = 8
_GROUP, _ID, _FOLDED = (int(Qt.ItemDataRole.UserRole) + more for more in range(3))
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the page leaves out; group `NO_GROUP` is what is in none."""

    groups: frozenset[int] = field(default=frozenset())
    services: frozenset[int] = field(default=frozenset())


class PageTree(QWidget):
    """`changed` carries `LeftOut` once somebody ticks.

    Services of a group that is left out, and those that are hidden, can't be ticked.
    What is left out but not on the board now stays left out.
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[object, ...] = ()
        self._left_out = LeftOut()
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search groups and services"))
        self.search.setAccessibleName(self.tr("Search groups and services"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setAccessibleName(self.tr("Groups and services on the page"))
        self.tree.itemChanged.connect(self._on_item)
        # Its label stands beside the line.
        self.setFocusProxy(self.search)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SMALL)
        layout.addWidget(self.search)
        layout.addWidget(self.tree)
        self._fit()

    def show_board(self, groups: Sequence[Group], services: Sequence[Service]) -> None:
        """List these; unless they are as before the tree is built anew."""
        order = [(group.id, group.name) for group in groups]
        if any(service.group_id is None for service in services):
            order.append((NO_GROUP, self.tr("No group")))
        listed = tuple(
            (one.id, one.group_id or NO_GROUP, one.name, one.hidden)
            for one in sorted(services, key=lambda one: (one.position, one.id))
        )
        if (*order, *listed) == self._shown:
            return
        self._shown = (*order, *listed)
        blocker = QSignalBlocker(self.tree)
        folded = {item.data(0, _ID) for item in self._groups() if not item.isExpanded()}
        self.tree.clear()
        for group_id, name in order:
            item = self._item(name, group_id, is_group=True)
            self.tree.addTopLevelItem(item)
            for id_, of, service_name, hidden in listed:
                if of == group_id:
                    item.addChild(self._service(service_name, id_, hidden=hidden))
            item.setExpanded(group_id not in folded)
        blocker.unblock()
        self.tick(self._left_out)
        self._narrow(self.search.text())
        self._fit()

    def tick(self, left_out: LeftOut) -> None:
        """Have all ticked but what is left out."""
        self._left_out = left_out
        blocker = QSignalBlocker(self.tree)
        for group in self._groups():
            is_shown = group.data(0, _ID) not in left_out.groups
            group.setCheckState(0, _CHECKED if is_shown else _UNCHECKED)
            for service in _children(group):
                if service.data(0, _GROUP) is None:
                    continue
                is_ticked = service.data(0, _ID) not in left_out.services
                service.setCheckState(0, _CHECKED if is_ticked else _UNCHECKED)
                service.setDisabled(not is_shown)
        blocker.unblock()

    def items(self) -> list[QTreeWidgetItem]:
        """All rows, from top to bottom."""
        return [each for group in self._groups() for each in (group, *_children(group))]

    def _item(self, name: str, id_: int, *, is_group: bool) -> QTreeWidgetItem:
        item = QTreeWidgetItem([name])
        item.setData(0, _GROUP, is_group)
        item.setData(0, _ID, id_)
        item.setData(0, _FOLDED, search_fold(name))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsSelectable)
        return item

    def _service(self, name: str, id_: int, *, hidden: bool) -> QTreeWidgetItem:
        item = self._item(name, id_, is_group=False)
        if hidden:
            item.setText(0, filled(self.tr("%1 (hidden)"), name))
            reason = self.tr("A hidden service is on no page: edit it to make it public.")
            item.setToolTip(0, tooltip(reason))
            item.setData(0, _GROUP, None)
            item.setCheckState(0, _UNCHECKED)
            item.setDisabled(True)
        return item

    def _groups(self) -> Iterator[QTreeWidgetItem]:
        for place in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(place)
            if item is not None:
                yield item

    def _on_item(self, item: QTreeWidgetItem) -> None:
        id_, is_out = item.data(0, _ID), item.checkState(0) is _UNCHECKED
        before = self._left_out
        groups, services = set(before.groups), set(before.services)
        of = groups if item.data(0, _GROUP) else services
        (of.add if is_out else of.discard)(id_)
        after = LeftOut(frozenset(groups), frozenset(services))
        if after != before:
            self.tick(after)
            self.changed.emit(after)

    def _narrow(self, text: str) -> None:
        words = search_fold(text).split()
        for group in self._groups():
            whole = _holds(group, words)
            any_shown = whole
            for service in _children(group):
                fits = whole or _holds(service, words)
                service.setHidden(not fits)
                any_shown |= fits
            group.setHidden(not any_shown)
            if words and any_shown:
                group.setExpanded(True)

    def _fit(self) -> None:
        """Be as high as what is listed, up to some rows."""
        self.tree.ensurePolished()
        rows = min(_ROWS, max(2, len(self.items())))
        least = self.tree.fontMetrics().height() + GAP
        height = max(least, self.tree.sizeHintForRow(0))
        self.tree.setFixedHeight(height * rows + 2 * self.tree.frameWidth() + SMALL)


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = (item.child(place) for place in range(item.childCount()))
    return [child for child in found if child is not None]


def _holds(item: QTreeWidgetItem, words: Sequence[str]) -> bool:
    return all(word in item.data(0, _FOLDED) for word in words)

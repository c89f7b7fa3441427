"""Notices: what others, scripts and the clock did; the last 200, the unread ones marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFont, QIcon, QKeySequence
from PySide6.QtWidgets import QTableView

from izzitup_desktop.desktop.notifications.unread import Unread, kinds_told, newest_notices
from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.listing import Index, ListColumn, ListModel, ListTable
from izzitup_desktop.desktop.widgets.shelf import Shelf
from izzitup_desktop.desktop.window.page import Page
from izzitup_desktop.desktop.words.comments import said_in_line
from izzitup_desktop.desktop.words.origins import actor_word, origin_word
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.desktop.words.times import exactly, in_short
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds.statuses import SERVICE_STATUS

if TYPE_CHECKING:
    from izzitup_desktop.desktop.window.commands import Commands

_DOT = "●"


class NoticesModel(ListModel[Entry]):
    """Unread ones are bold, have a dot, and say so to who listens."""

    def __init__(
        self, columns: Sequence[ListColumn[Entry]], is_unread: Callable[[Entry], bool]
    ) -> None:
        super().__init__(columns, key=lambda entry: entry.id)
        self._is_unread = is_unread
        self._bold = QFont()
        self._bold.setBold(True)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.FontRole, Qt.ItemDataRole.AccessibleTextRole):
            is_unread = index.isValid() and self._is_unread(self.item_at(index.row()))
            if not is_unread:
                return super().data(index, role)
            if role == Qt.ItemDataRole.FontRole:
                return self._bold
            text = super().data(index, Qt.ItemDataRole.DisplayRole)
            unread = self.tr("Unread")
            return unread if text == _DOT else filled(self.tr("%1, unread"), text)
        return super().data(index, role)

    def mark_anew(self) -> None:
        """What is unread is another."""
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)


class NoticesPage(Page):
    """Muted or not, everything is here. A click reads one, a double click goes to its service."""

    mutes_wanted = Signal()
    """To see what is muted, and end it."""

    def __init__(self, context: Context, commands: Commands, name: str, title: str) -> None:
        super().__init__(context, commands, name, title)
        self._kinds = kinds_told(context.vocabulary)
        self._unread: Unread | None = None
        self.model = NoticesModel(self._columns(), self._is_unread)
        self.table = ListTable(self.model, self.tr("Notices"))
        shelf = Shelf(self.theme, self.table, "bell")
        shelf.say(
            self.tr("Nothing happened yet"),
            self.tr("What others and scripts change, and what ends or gets stale, is kept here."),
        )
        self.body.addWidget(shelf, 1)
        self.body.addWidget(
            plain_label(
                self.tr("The last 200, also while notifications are muted or it is quiet time."),
                wrap=True,
            )
        )
        self.read_all = self.add_button(self.tr("Mark all read"), "done", self._read_all)
        self.read_all.setEnabled(False)
        self.mutes = self.add_button(self.tr("Muted …"), "bell-off", self.mutes_wanted.emit)
        self.table.opened.connect(self._go)
        self.table.chosen.connect(self._read_chosen)
        read = QAction(self.tr("Mark &all read"), self)
        read.setShortcut(QKeySequence("Ctrl+Shift+A"))
        read.triggered.connect(self._read_all)
        self.table.offer(read)

    def tables(self) -> list[QTableView]:
        return [self.table]

    def heed(self, unread: Unread) -> None:
        self._unread = unread
        unread.changed.connect(self._on_unread)
        self._on_unread(unread.count)

    def concerns(self, entry: Entry) -> bool:
        return entry.kind in self._kinds

    def reload(self) -> None:
        kinds = self._kinds
        self.read(
            lambda board, principal: newest_notices(board, principal, kinds),
            self._show,
            self.tr("The notices could not be read."),
        )

    def _go(self, entry: Entry) -> None:
        self._mark_read([entry])
        if entry.kind.subject == "service":
            self.service_wanted.emit(entry.subject_id)

    def _show(self, entries: Sequence[Entry]) -> None:
        self.model.replace(entries)

    def _is_unread(self, entry: Entry) -> bool:
        return self._unread is not None and self._unread.is_unread(entry.id)

    def _read_chosen(self) -> None:
        self._mark_read(self.table.selected())

    def _read_all(self) -> None:
        if self._unread is not None:
            self._unread.mark_all_read()

    def _mark_read(self, entries: Sequence[Entry]) -> None:
        if self._unread is not None:
            self._unread.mark_read(entry.id for entry in entries)

    def _on_unread(self, count: int) -> None:
        self.read_all.setEnabled(bool(count))
        self.model.mark_anew()

    def _columns(self) -> list[ListColumn[Entry]]:
        return [
            ListColumn(
                self.tr("New"),
                lambda entry: _DOT if self._is_unread(entry) else "",
                48,
                sort=lambda entry: not self._is_unread(entry),
                tip=lambda entry: self.tr("Unread") if self._is_unread(entry) else "",
            ),
            ListColumn(
                self.tr("When"),
                lambda entry: in_short(entry.time),
                180,
                sort=lambda entry: entry.id,
                tip=lambda entry: exactly(entry.time),
            ),
            ListColumn(
                self.tr("What"),
                self.context.words.what_happened,
                440,
                icon=self._icon,
                elastic=True,
            ),
            ListColumn(self.tr("Who"), lambda entry: actor_word(entry.actor), 110),
            ListColumn(self.tr("Where"), lambda entry: origin_word(entry.origin), 110),
            ListColumn(self.tr("Comment"), said_in_line, 140),
        ]

    def _icon(self, entry: Entry) -> QIcon | None:
        if entry.kind == SERVICE_STATUS:
            return self.theme.status_icon(int(entry.after["status"]))
        notice = self.context.vocabulary.spec(entry.kind).notice
        return self.theme.icon(notice.icon if notice is not None else "bell")

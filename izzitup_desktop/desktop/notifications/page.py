"""Notices: what others, scripts and the clock did; the last 200, the unread ones marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QTableView

from izzitup_desktop.desktop.notifications.unread import is_notice, kinds_told
from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.listing import ListColumn, ListModel, ListTable
from izzitup_desktop.desktop.widgets.shelf import Shelf
from izzitup_desktop.desktop.window.page import Page
from izzitup_desktop.desktop.words.origins import actor_word, origin_word
from izzitup_desktop.desktop.words.times import exactly, in_short
from izzitup_desktop.domain.journal import Entry, Search
from izzitup_desktop.domain.kinds.statuses import SERVICE_STATUS

if TYPE_CHECKING:
    from izzitup_desktop.desktop.window.commands import Commands

_MOST = 200
_READ_MOST = 2_000


class NoticesPage(Page):
    """Muted or not, everything is here."""

    def __init__(self, context: Context, commands: Commands, name: str, title: str) -> None:
        super().__init__(context, commands, name, title)
        self._kinds = kinds_told(context.vocabulary)
        self.model = ListModel[Entry](self._columns(), key=lambda entry: entry.id)
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
        self.table.opened.connect(self._go)

    def tables(self) -> list[QTableView]:
        return [self.table]

    def concerns(self, entry: Entry) -> bool:
        return entry.kind in self._kinds

    def reload(self) -> None:
        kinds = self._kinds
        wanted = Search(kinds=kinds)
        self.read(
            lambda board, principal: [
                entry
                for entry in board.journal.search(principal, wanted, limit=_READ_MOST)
                if is_notice(entry, principal, kinds)
            ][:_MOST],
            self._show,
            self.tr("The notices could not be read."),
        )

    def _go(self, entry: Entry) -> None:
        if entry.kind.subject == "service":
            self.service_wanted.emit(entry.subject_id)

    def _show(self, entries: Sequence[Entry]) -> None:
        self.model.replace(entries)

    def _columns(self) -> list[ListColumn[Entry]]:
        return [
            ListColumn(
                self.tr("When"),
                lambda entry: in_short(entry.time),
                150,
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
            ListColumn(self.tr("Comment"), lambda entry: entry.comment.replace("\n", " "), 140),
        ]

    def _icon(self, entry: Entry) -> QIcon | None:
        if entry.kind == SERVICE_STATUS:
            return self.theme.status_icon(int(entry.after["status"]))
        notice = self.context.vocabulary.spec(entry.kind).notice
        return self.theme.icon(notice.icon if notice is not None else "bell")

"""The journal: who did what, when, where and why; filtered, live, exported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, QTimer
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import (
    QDateEdit,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QTableView,
    QToolButton,
    QWidget,
)

from izzitup_desktop.desktop.journal.export import export
from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.theme import SMALL
from izzitup_desktop.desktop.widgets.choice_box import ChoiceBox
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.listing import ListColumn, ListModel, ListTable
from izzitup_desktop.desktop.widgets.progress import ProgressDialog
from izzitup_desktop.desktop.widgets.shelf import Shelf
from izzitup_desktop.desktop.window.page import Page
from izzitup_desktop.desktop.words.comments import said_in_line
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.desktop.words.origins import actor_word, origin_word
from izzitup_desktop.desktop.words.texts import filled, translated
from izzitup_desktop.desktop.words.times import exactly, in_short, local_time
from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.journal import Entry, Search
from izzitup_desktop.domain.kinds.statuses import SERVICE_STATUS

if TYPE_CHECKING:
    from izzitup_desktop.board import Board
    from izzitup_desktop.desktop.window.commands import Commands
    from izzitup_desktop.domain.accounts import Principal

_AT_ONCE = 500
_TYPING_MS = 250
_DAYS = (1, 7, 30, 90, 365)


class JournalPage(Page):
    """Newest first; more is read when the list's end is scrolled to."""

    def __init__(self, context: Context, commands: Commands, name: str, title: str) -> None:
        super().__init__(context, commands, name, title)
        self._words = context.words
        self._service_id = 0
        self._all_read = False
        self._reading = 0
        self._names: tuple[str, ...] = ()
        self.progress: ProgressDialog | None = None
        self.model = ListModel[Entry](self._columns(), key=lambda entry: entry.id)
        self.table = ListTable(self.model, self.tr("Journal"))
        self.shelf = Shelf(self.theme, self.table, "journal")
        self.shelf.say(self.tr("Nothing matches"), self.tr("No entry of the journal is like that."))
        self.search: QLineEdit = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search what, who and why"))
        self.search.setAccessibleName(self.tr("Search the journal"))
        self.search.setClearButtonEnabled(True)
        self.who = ChoiceBox()
        self.what = ChoiceBox()
        self.where = ChoiceBox()
        self.when = ChoiceBox()
        self.first, self.last = QDateEdit(), QDateEdit()
        self.of_service = QToolButton()
        self._fill_filters()
        self.body.addLayout(self._filters())
        self.body.addWidget(self.shelf, 1)
        self.count = plain_label()
        self.body.addWidget(self.count)
        self.add_button(self.tr("Export …"), "export", self.ask_export)
        self.mistake = QAction(self.tr("Mark as a &mistake"), self)
        self.mistake.triggered.connect(lambda: self.mark_mistake(mistake=True))
        self.no_mistake = QAction(self.tr("&No mistake"), self)
        self.no_mistake.triggered.connect(lambda: self.mark_mistake(mistake=False))
        self.go = QAction(self.tr("&Show on the board"), self)
        self.go.triggered.connect(self._go)
        self.table.offer(self.go, self.mistake, self.no_mistake)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.reload)
        self._connect()

    def attach(self, board: Board, principal: Principal) -> None:
        self._names = ()
        super().attach(board, principal)

    def tables(self) -> list[QTableView]:
        return [self.table]

    def focused_first(self) -> QWidget:
        return self.search

    def show_service(self, service_id: int) -> None:
        self._service_id = service_id
        self.of_service.setText(filled(self.tr("Service no. %1 ×"), service_id))
        self.of_service.setVisible(bool(service_id))
        self.reload()

    def show_days(self, first: QDate, last: QDate) -> None:
        """Show what happened on these days."""
        for edit, day in ((self.first, first), (self.last, last)):
            edit.blockSignals(True)
            edit.setDate(day)
            edit.blockSignals(False)
        self.when.setCurrentIndex(self.when.findData(-1))
        self.reload()

    def wanted(self) -> Search:
        """What the filters ask for."""
        begin = end = None
        days = self.when.currentData()
        if days == -1:
            begin, end = local_time(self.first.date()), local_time(self.last.date().addDays(1))
        elif days:
            begin = datetime.now(UTC) - timedelta(days=days)
        chosen = self.what.currentData()
        kinds = frozenset(kind for kind in self.context.vocabulary.specs if kind == chosen)
        origin = self.where.currentData()
        words = tuple(self.search.text().split())
        return Search(
            words=words,
            meanings={word: self._words.meaning_of(word) for word in words},
            actor=self.who.currentText().strip() if self.who.currentIndex() != 0 else "",
            origins=frozenset({Origin(origin)}) if origin else frozenset(),
            kinds=kinds,
            subjects=frozenset({chosen}) if chosen and not kinds else frozenset(),
            service_ids=frozenset({self._service_id}) if self._service_id else frozenset(),
            begin=begin,
            end=end,
        )

    def reload(self) -> None:
        wanted = self.wanted()
        self._reading += 1
        reading = self._reading

        known = self._names

        def then(found: tuple[tuple[Entry, ...], tuple[str, ...]]) -> None:
            if reading == self._reading:
                entries, names = found
                self._all_read = len(entries) < _AT_ONCE
                self._names = _sorted({*names, *(entry.actor for entry in entries)})
                self._offer_names(self._names)
                self._show(entries)

        def read(board: Board, principal: Principal) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
            entries = board.journal.search(principal, wanted, limit=_AT_ONCE)
            # Whoever comes later is named by the entries.
            return entries, known or board.journal.actors(principal)

        self.read(read, then, self.tr("The journal could not be read."))

    def read_more(self) -> None:
        """Read what is older than the last entry shown."""
        if self._all_read or not self.model.items:
            return
        wanted, before = self.wanted(), self.model.items[-1].id
        self._all_read = True
        reading = self._reading

        def then(entries: tuple[Entry, ...]) -> None:
            if reading == self._reading:
                self._all_read = len(entries) < _AT_ONCE
                self._show((*self.model.items, *entries))

        self.run(
            lambda board, principal: board.journal.search(
                principal, wanted, limit=_AT_ONCE, before_id=before
            ),
            then,
            self.tr("The journal could not be read."),
        )

    def mark_mistake(self, *, mistake: bool) -> None:
        """Take the selected status change out of uptime, or put it in again."""
        found = [entry for entry in self.table.selected() if entry.kind == SERVICE_STATUS]
        if len(found) != 1:
            self.told.emit(self.tr("Select one change of a status."))
            return
        entry = found[0]

        def then(marked: bool) -> None:
            if marked == mistake:
                already = self.tr("It is marked as a mistake already.")
                self.told.emit(already if mistake else self.tr("It is not marked as a mistake."))
            else:
                self._mark(entry, mistake=mistake)

        self.run(
            lambda board, principal: board.journal.is_mistake(principal, entry.id),
            then,
            self.tr("The mistake could not be marked."),
        )

    def ask_export(self) -> None:
        """Ask for a file, and write what the filters show into it."""
        dialog = QFileDialog(self, self.tr("Export the journal"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(["CSV (*.csv)", "JSON (*.json)"])
        dialog.setDefaultSuffix("csv")
        dialog.selectFile("izzitup-journal.csv")
        dialog.fileSelected.connect(lambda file: self.export(Path(file)))
        dialog.open()

    def export(self, path: Path) -> None:
        """Write what the filters show to `path`, as CSV or JSON by its ending."""
        board, principal, wanted = self.board, self.principal, self.wanted()
        in_words = self._words.what_happened
        if board is None or principal is None:
            return

        def work(progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> int:
            return export(board, principal, wanted, path, progress, cancelled, in_words)

        what = filled(self.tr("The journal could not be exported to %1."), path)
        self.progress = ProgressDialog(filled(self.tr("Writing %1 …"), path.name), self)
        self.progress.run(
            self.context.runner,
            work,
            lambda count: self.told.emit(
                filled(
                    self.tr("Exported one entry to %2")
                    if count == 1
                    else self.tr("Exported %1 entries to %2"),
                    count,
                    path.name,
                )
            ),
            lambda error: self.failed.emit(problem_of(error, what)),
        )

    # Inside

    def _mark(self, entry: Entry, *, mistake: bool) -> None:
        done = (
            self.tr("Marked as a mistake, out of uptime: %1")
            if mistake
            else self.tr("Counts in uptime again: %1")
        )
        self.commands.do(
            lambda board, principal: board.journal.mark_mistake(
                principal, entry.id, mistake=mistake
            ),
            self.tr("The mistake could not be marked."),
            told=filled(done, self._words.what_happened(entry)),
        )

    def _show(self, entries: Sequence[Entry]) -> None:
        self.model.replace(entries)
        more = "" if self._all_read else "+"
        count = self.locale().toString(len(entries))
        text = self.tr("%1 entry") if len(entries) == 1 else self.tr("%1 entries")
        self.count.setText(filled(text, f"{count}{more}"))

    def _go(self) -> None:
        found = [entry for entry in self.table.selected() if entry.kind.subject == "service"]
        if found:
            self.service_wanted.emit(found[0].subject_id)

    def _offer_names(self, names: Sequence[str]) -> None:
        current = self.who.currentText()
        known = [self.who.itemText(place) for place in range(1, self.who.count())]
        if known != list(names):
            self.who.blockSignals(True)
            while self.who.count() > 1:
                self.who.removeItem(1)
            self.who.addItems(list(names))
            self.who.setCurrentIndex(max(0, self.who.findText(current)))
            self.who.blockSignals(False)

    def _fill_filters(self) -> None:
        self.who.addItem(self.tr("Everybody"), "")
        self.what.addItem(self.tr("Everything"), "")
        vocabulary = self.context.vocabulary
        for concept in vocabulary.concepts:
            if concept.title:
                self.what.addItem(translated(concept.title), concept.name)
        self.what.insertSeparator(self.what.count())
        for kind in vocabulary.specs:
            self.what.addItem(self._words.kind_word(kind), kind.value)
        self.where.addItem(self.tr("Everywhere"), "")
        for origin in Origin:
            self.where.addItem(origin_word(origin), origin.value)
        self.when.addItem(self.tr("At any time"), 0)
        for days in _DAYS:
            text = self.tr("Last 24 hours") if days == 1 else self.tr("Last %1 days")
            self.when.addItem(filled(text, days), days)
        self.when.addItem(self.tr("From … to …"), -1)
        today = QDate.currentDate()
        for date, start in ((self.first, today.addDays(-7)), (self.last, today)):
            date.setCalendarPopup(True)
            date.setDate(start)
        for widget, text in (
            (self.who, self.tr("Who")),
            (self.what, self.tr("What")),
            (self.where, self.tr("Where")),
            (self.when, self.tr("When")),
            (self.first, self.tr("From")),
            (self.last, self.tr("To")),
        ):
            widget.setAccessibleName(text)
            widget.setToolTip(text)
        self.of_service.hide()

    def _filters(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(SMALL)
        # Beside the heading: there is room for both in a small window.
        self.top.insertWidget(1, self.search, 1)
        for widget in (
            self.of_service, self.who, self.what, self.where, self.when, self.first, self.last,
        ):  # fmt: skip
            line.addWidget(widget)
        line.addStretch()
        return line

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda: self._typing.start())
        for box in (self.who, self.what, self.where, self.when):
            box.currentIndexChanged.connect(lambda _: self.reload())
        self.when.currentIndexChanged.connect(self._show_dates)
        for date in (self.first, self.last):
            date.dateChanged.connect(lambda _: self.reload())
        self.of_service.clicked.connect(lambda: self.show_service(0))
        self.table.opened.connect(lambda _entry: self._go())
        bar = self.table.verticalScrollBar()
        bar.valueChanged.connect(
            lambda value: self.read_more() if value and value == bar.maximum() else None
        )
        self._show_dates()

    def _show_dates(self) -> None:
        for date in (self.first, self.last):
            date.setVisible(self.when.currentData() == -1)

    def _columns(self) -> list[ListColumn[Entry]]:
        return [
            ListColumn(
                self.tr("When"),
                lambda entry: in_short(entry.time),
                180,
                sort=lambda entry: entry.id,
                tip=lambda entry: exactly(entry.time),
            ),
            ListColumn(
                self.tr("What"), self._words.what_happened, 440, icon=self._icon, elastic=True
            ),
            ListColumn(self.tr("Who"), lambda entry: actor_word(entry.actor), 110),
            ListColumn(self.tr("Where"), lambda entry: origin_word(entry.origin), 110),
            ListColumn(
                self.tr("No."), lambda entry: str(entry.id), 64, sort=lambda entry: entry.id
            ),
            ListColumn(self.tr("Comment"), said_in_line, 140),
        ]

    def _icon(self, entry: Entry) -> QIcon | None:
        if entry.kind == SERVICE_STATUS:
            return self.theme.status_icon(int(entry.after["status"]))
        return None


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=str.casefold))

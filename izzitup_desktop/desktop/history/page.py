"""History and uptime: every group and service over 24 hours to a year, and reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFileDialog, QLineEdit, QSplitter, QTableView, QVBoxLayout, QWidget

from izzitup_desktop.desktop.history.panel import HistoryPanel
from izzitup_desktop.desktop.history.report_dialog import ReportDialog
from izzitup_desktop.desktop.history.words import percent
from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.start.readings import Readings
from izzitup_desktop.desktop.widgets.labels import heading_label, plain_label
from izzitup_desktop.desktop.widgets.listing import ListColumn, ListModel, ListTable
from izzitup_desktop.desktop.widgets.progress import ProgressDialog
from izzitup_desktop.desktop.widgets.shelf import Shelf
from izzitup_desktop.desktop.window.page import Page
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.desktop.words.times import lasting
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.uptime import Totals
from izzitup_desktop.report.figures import (
    WINDOW_DAYS,
    Figures,
    arranged,
    figures,
    usual_windows,
)

if TYPE_CHECKING:
    from izzitup_desktop.board import Board
    from izzitup_desktop.board.uptime import History
    from izzitup_desktop.desktop.window.commands import Commands
    from izzitup_desktop.domain.accounts import Principal

    _Read = tuple[Sequence[Figures], History | None]


class HistoryPage(Page):
    """The table above, the strip of what is selected below."""

    def __init__(self, context: Context, commands: Commands, name: str, title: str) -> None:
        super().__init__(context, commands, name, title)
        self._chosen: Figures | None = None
        self._history_readings = Readings(context.runner, self)
        self._asked = 0
        """How often a history was read by itself: another service, another span of time."""
        self.report_dialog: ReportDialog | None = None
        self.progress: ProgressDialog | None = None
        self.model = ListModel[Figures](self._columns(), key=lambda row: row.key)
        self.table = ListTable(self.model, self.tr("Uptime of groups and services"))
        self.shelf = Shelf(self.theme, self.table, "history")
        self.shelf.say(self.tr("No services yet"), self.tr("What is on the board gets a history."))
        self.search: QLineEdit = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search services and groups"))
        self.search.setAccessibleName(self.tr("Search services and groups"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(300)
        self.search.textChanged.connect(self.model.search)
        self.top.insertWidget(1, self.search)
        self.add_button(self.tr("Report …"), "report", self.ask_report)
        self.name_label = heading_label(larger=1.1)
        self.panel = HistoryPanel(self.theme, self._read_history)
        lower = QWidget()
        layout = QVBoxLayout(lower)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.name_label)
        layout.addWidget(self.panel)
        layout.addStretch()
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.shelf)
        splitter.addWidget(lower)
        splitter.setStretchFactor(0, 1)
        self.body.addWidget(splitter, 1)
        self.rule = plain_label(
            self.tr(
                "Uptime is the share of the time known without outage; impaired counts as up. Time "
                "in which the application did not run is unknown, and counts as neither."
            ),
            wrap=True,
        )
        self.body.addWidget(self.rule)
        self.panel.setEnabled(False)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._open)
        self.panel.journal_wanted.connect(self._want_journal)
        self.theme.changed.connect(self._dress)
        self._dress()

    def tables(self) -> list[QTableView]:
        return [self.table]

    def focused_first(self) -> QWidget:
        return self.search

    def concerns(self, entry: Entry) -> bool:
        return entry.kind.subject in ("service", "group", "board")

    def reload(self) -> None:
        no_group, asked = self.tr("No group"), self._asked
        key, service_id = self._key, self._service_id
        begin, end = self.panel.window_shown()

        def work(board: Board, principal: Principal) -> _Read:
            windows = usual_windows(datetime.now(UTC))
            if service_id is None:
                return figures(board, principal, windows, no_group), None
            past = board.uptime.past(principal, windows, service_id, begin, end)
            return arranged(board, principal, past.totals, no_group), past.history

        def show(found: _Read) -> None:
            rows, history = found
            self._show(rows)
            # What was asked for since shows itself.
            if history is not None and (self._key, self._asked) == (key, asked):
                self.panel.show_history(history)

        self.read(work, show, self.tr("The history could not be read."))

    def show_service(self, service_id: int) -> None:
        self.table.select_key((False, service_id))

    def ask_report(self) -> None:
        """Ask for the span of time and the kind of file."""
        dialog = ReportDialog(self)
        dialog.submitted.connect(self._ask_file)
        dialog.finished.connect(self._forget)
        self.report_dialog = dialog
        dialog.open()

    def report(self, begin: datetime, end: datetime, path: Path, form: str = "") -> None:
        """Write the report of this time to `path`, as `form` or by the file's ending."""
        from izzitup_desktop.desktop.history import report  # the PDF parts, when asked for

        board, principal, no_group = self.board, self.principal, self.tr("No group")
        if board is None or principal is None:
            return
        form = form or path.suffix.lower().removeprefix(".")
        config = self.context.paths.config

        def work(progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> None:
            asked = report.asked_of(config, begin, end, no_group)
            wording = report.wording_of(QLocale())
            report.write_report(board, principal, asked, form, path, wording, progress, cancelled)

        what = filled(self.tr("The report could not be written to %1."), path)
        self.progress = ProgressDialog(filled(self.tr("Writing %1 …"), path.name), self)
        self.progress.run(
            self.context.runner,
            work,
            lambda _none: self.wrote_file.emit(
                filled(self.tr("Report written to %1"), path), str(path)
            ),
            lambda error: self.failed.emit(problem_of(error, what)),
        )

    # Inside

    def _forget(self) -> None:
        self.report_dialog = None

    def _ask_file(self, begin: datetime, end: datetime, form: str) -> None:
        ending = "csv" if form == "outages" else form
        dialog = QFileDialog(self, self.tr("Write the report"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{ending.upper()} (*.{ending})")
        dialog.setDefaultSuffix(ending)
        what = "outages" if form == "outages" else "uptime"
        last = end - timedelta(microseconds=1)
        days = f"{begin.astimezone():%Y-%m-%d}-{last.astimezone():%Y-%m-%d}"
        dialog.selectFile(f"{what}-{days}.{ending}")
        dialog.fileSelected.connect(lambda file: self.report(begin, end, Path(file), form))
        dialog.open()

    def _show(self, rows: Sequence[Figures]) -> None:
        self.model.replace(rows)
        self._chosen = next(iter(self.table.selected()), None)
        if self._service_id is None:
            self._show_group()
        if rows and not self.table.selected():
            self.table.selectRow(0 if len(rows) == 1 else 1)

    @property
    def _key(self) -> tuple[bool, int] | None:
        return None if self._chosen is None else self._chosen.key

    @property
    def _service_id(self) -> int | None:
        service = None if self._chosen is None else self._chosen.service
        return None if service is None else service.id

    def _choose(self) -> None:
        before, found = self._key, self.table.selected()
        self._chosen = found[0] if found else None
        self.panel.setEnabled(self._service_id is not None)
        self.name_label.setText(self._chosen.name if self._chosen else "")
        # Rows that were read again brought the history of what is chosen along.
        if self._service_id is None:
            self._show_group()
        elif self._key != before:
            self.panel.show_totals(None)
            self.panel.load()

    def _show_group(self) -> None:
        """A group has its own figures, and no service's."""
        chosen = self._chosen
        self.panel.show_totals(None if chosen is None else chosen.totals[WINDOW_DAYS.index(30)])

    def _open(self, row: Figures) -> None:
        if row.service is not None:
            self.service_wanted.emit(row.service.id)

    def _want_journal(self, first: QDate, last: QDate) -> None:
        if self._service_id is not None:
            self.journal_wanted.emit(self._service_id, (first, last))

    def _read_history(
        self, begin: datetime, end: datetime, then: Callable[[History], object]
    ) -> None:
        key, service_id = self._key, self._service_id
        board, principal = self.board, self.principal
        if service_id is None or board is None or principal is None:
            return
        self._asked += 1

        def show(history: History) -> None:
            if self._key == key:
                then(history)

        what = self.tr("The history could not be read.")
        self._history_readings.run(
            lambda: board.uptime.history(principal, service_id, begin, end),
            show,
            lambda error: self.failed.emit(problem_of(error, what)),
        )

    def _columns(self) -> list[ListColumn[Figures]]:
        names = (
            self.tr("24 hours"),
            self.tr("7 days"),
            self.tr("30 days"),
            self.tr("90 days"),
            self.tr("365 days"),
        )
        columns = [
            ListColumn[Figures](
                self.tr("Group, service"),
                lambda row: row.name if row.service is None else f"     {row.name}",
                280,
                elastic=True,
                sort=lambda row: (row.group.casefold(), row.service is not None, row.name),
                icon=lambda row: (
                    self.theme.icon("groups")
                    if row.service is None
                    else self.theme.status_icon(row.service.status_id)
                ),
            )
        ]
        for place, name in enumerate(names):
            columns.append(self._window_column(place, name))
        columns.append(
            ListColumn(
                self.tr("Outage in 30 days"),
                lambda row: _length(row.totals[2].outage),
                150,
                sort=lambda row: -row.totals[2].outage,
            )
        )
        return columns

    def _window_column(self, place: int, name: str) -> ListColumn[Figures]:
        def order(row: Figures) -> float:
            uptime = row.totals[place].uptime
            return 2.0 if uptime is None else uptime

        def icon(row: Figures) -> QIcon | None:
            totals = row.totals[place]
            if not totals.known:
                return None
            bad = totals.outage or totals.impaired
            worst = StatusId.OUTAGE if totals.outage else StatusId.IMPAIRED
            return self.theme.status_icon(worst if bad else StatusId.OPERATIONAL, 12)

        return ListColumn(
            name,
            lambda row: percent(row.totals[place].uptime),
            110,
            sort=order,
            icon=icon,
            tip=lambda row: self._explain(row.totals[place]),
            right=True,
        )

    def _explain(self, totals: Totals) -> str:
        return filled(
            self.tr("Operational %1\nImpaired %2\nOutage %3\nUnknown %4"),
            _length(totals.operational),
            _length(totals.impaired),
            _length(totals.outage),
            _length(totals.unknown),
        )

    def _dress(self) -> None:
        self.rule.setStyleSheet(f"color: {self.theme.colours.muted};")


def _length(microseconds: int) -> str:
    return lasting(microseconds / 1e6) if microseconds else "–"

"""The Board view: search, chips, the table, and what stands there without rows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from izzitup_desktop.desktop.board.bulk_bar import BulkBar
from izzitup_desktop.desktop.board.chips import StatusChips
from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.search_menu import SearchMenu
from izzitup_desktop.desktop.board.table import ServiceTable
from izzitup_desktop.desktop.theme import GAP, MARGIN, SMALL, Theme
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.placeholder import Placeholder
from izzitup_desktop.desktop.words.errors import Problem
from izzitup_desktop.desktop.words.texts import filled, tooltip

_SEARCH_DELAY_MS = 40
_SEARCH_WIDTHS = (96, 360)
_LOADING_AFTER_MS = 300


class BoardView(QWidget):
    """`add_wanted` and `retry_wanted` come from the buttons of the empty states."""

    add_wanted = Signal()
    retry_wanted = Signal()

    def __init__(self, model: ServiceModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._loaded = False
        self._late = False
        self._begun = False
        self._problem: Problem | None = None
        self.model = model
        self.table = ServiceTable(model, theme)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search name, key, group or note"))
        self.search.setToolTip(tooltip(self.search.placeholderText()))
        self.search.setAccessibleName(self.tr("Search services"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(_SEARCH_WIDTHS[0])
        self.search.setMaximumWidth(_SEARCH_WIDTHS[1])
        self._search_icon = self.search.addAction(
            theme.icon("search", theme.colours.muted), QLineEdit.ActionPosition.LeadingPosition
        )
        self.search.installEventFilter(self)
        self.chips = StatusChips(theme)
        self.bulk = BulkBar(theme)
        self.search_menu = SearchMenu(theme, self.search, self.chips)
        self.unclear = plain_label(wrap=True)
        self.unclear.hide()
        self.found = plain_label()
        self._empty = Placeholder(theme, "board")
        self._no_match = Placeholder(theme, "search")
        self._failed = Placeholder(theme, "warning")
        self._loading = Placeholder(theme, "refresh")
        self._blank = QWidget()
        self._lay_out()
        self._connect()
        self.may_add = True
        self._refresh_state()

    def add_action(self, action: QAction) -> None:
        """Offer to add a service beside the filters."""
        self.add.setDefaultAction(action)
        self.add.setAccessibleName(self.tr("New service"))

    def clear_filters(self) -> None:
        """Show all services again."""
        self.search.clear()
        self._search_now()
        self.chips.clear()

    def set_loaded(self) -> None:
        """The rows are what the board holds."""
        self._loaded, self._problem = True, None
        self._refresh_state()

    def set_problem(self, problem: Problem) -> None:
        """The services could not be read; rows already shown stay."""
        self._problem = problem
        self._refresh_state()

    def show_service(self, service_id: int) -> None:
        """Select a service and scroll to it, whatever is filtered."""
        if self.model.place_of(service_id) < 0:
            self.model.apply_order(at_once=True)
        if self.model.place_of(service_id) < 0:
            self.clear_filters()
        row = self.model.arrangement.rows.get(service_id)
        if row is not None and self.model.place_of(service_id) < 0:
            self.table.toggle_section(row.service.group_id or 0)
        self.table.select([service_id])
        self.table.setFocus()

    @property
    def state(self) -> QWidget | None:
        """What is shown below the filters: the table, or what stands for it."""
        return self._stack.currentWidget()

    @property
    def state_text(self) -> str:
        """What the placeholder shown says, "" while the table is shown."""
        shown = self.state
        return shown.text if isinstance(shown, Placeholder) else ""

    @property
    def state_button(self) -> QWidget | None:
        """The button of the placeholder shown."""
        shown = self.state
        return shown.button if isinstance(shown, Placeholder) else None

    def minimumSizeHint(self) -> QSize:
        # Made narrower, it does without words above the table.
        chips, add = self.chips.width_of(words=False), self._add_width(words=False)
        return QSize(chips + add + self._beside_chips(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_top()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent):
            pressed = event.type() is QEvent.Type.KeyPress
            if pressed and event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
            if pressed and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._enter_table()
                return True
        return super().eventFilter(watched, event)

    def _type(self, text: str) -> None:
        self.search.setFocus()
        self.search.insert(text)

    def _enter_table(self) -> None:
        self._search_now()
        self.table.setFocus()
        shown = self.model.shown_ids()
        if shown and not self.table.selected_ids():
            self.table.select([shown[0]])

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.search, 1)
        top.addWidget(self.chips)
        top.addStretch()
        top.addWidget(self.found)
        self.add = QToolButton()
        self.add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        top.addWidget(self.add)
        self._stack = QStackedWidget()
        pages = (self._blank, self.table, self._empty, self._no_match, self._failed, self._loading)
        for page in pages:
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        layout.setSpacing(GAP)
        layout.addLayout(top)
        layout.addWidget(self.unclear)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.bulk)

    def _connect(self) -> None:
        self._search_timer = QTimer(self)
        self._search_timer.setSingleShot(True)
        self._search_timer.timeout.connect(self._search_now)
        self.search.textChanged.connect(lambda: self._search_timer.start(_SEARCH_DELAY_MS))
        self.chips.chosen.connect(self.model.only)
        self.table.typed.connect(self._type)
        self.table.selectionModel().selectionChanged.connect(
            lambda: self.bulk.show_count(len(self.table.selected_ids()))
        )
        self.model.counts_changed.connect(self._on_counts)
        for changed in (
            self.model.rowsInserted,
            self.model.rowsRemoved,
            self.model.modelReset,
        ):
            changed.connect(self._refresh_state)
        self._empty.wanted.connect(self.add_wanted)
        self._no_match.wanted.connect(self.clear_filters)
        self._failed.wanted.connect(self.retry_wanted)
        self._theme.changed.connect(self._dress)
        QTimer.singleShot(_LOADING_AFTER_MS, self, self._say_loading)

    def _say_loading(self) -> None:
        self._loading.say(self.tr("Reading the services …"), "")
        self._late = True
        self._refresh_state()

    def _search_now(self) -> None:
        self._search_timer.stop()
        self.model.search(self.search.text())
        # What stays where it is may be marked otherwise.
        self.table.viewport().update()
        self.unclear.setText(self.search_menu.unclear_text(self.model.arrangement.query))
        self.unclear.setVisible(bool(self.unclear.text()))
        self._refresh_state()

    def _fit_top(self) -> None:
        room = self.width() - self._beside_chips()
        add = self._add_width(words=True)
        self.chips.set_short(self.chips.width_of(words=True) + add > room)
        styles = Qt.ToolButtonStyle
        has_room = self.chips.width_of(words=False) + add <= room
        self.add.setToolButtonStyle(
            styles.ToolButtonTextBesideIcon if has_room else styles.ToolButtonIconOnly
        )

    def _add_width(self, *, words: bool) -> int:
        text = self.add.fontMetrics().horizontalAdvance(self.add.text()) + SMALL
        shows_words = self.add.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        return self.add.sizeHint().width() + text * (int(words) - int(shows_words))

    def _beside_chips(self) -> int:
        return 2 * MARGIN + 4 * GAP + self.found.sizeHint().width() + _SEARCH_WIDTHS[0]

    def _on_counts(self) -> None:
        self.chips.set_counts(self.model.arrangement.counts())
        self._refresh_state()

    def _refresh_state(self) -> None:
        shown, total = self.model.rowCount(), len(self.model.arrangement.rows)
        if self.model.arrangement.filtered:
            shown = self.model.arrangement.found_count
        filtered = self.model.arrangement.filtered
        self.found.setText(filled(self.tr("%1 of %2"), shown, total) if filtered else "")
        self._fit_top()
        if shown:
            page: QWidget = self.table
        elif total:
            page = self._no_match
            none = self.tr("None of the %1 services is like that.")
            only = self.tr("The only service is not like that.")
            self._no_match.say(
                self.tr("Nothing matches"),
                only if total == 1 else filled(none, total),
                self.tr("Clear search and filters"),
            )
        elif self._problem is not None:
            page = self._failed
            sentence = f"{self._problem.why} {self._problem.advice}".strip()
            self._failed.say(self._problem.what, sentence, self.tr("Try again"))
        elif self._loaded:
            page = self._empty
            self._say_empty()
        else:
            page = self._loading if self._late else self._blank
        self._stack.setCurrentWidget(page)
        if page is self.table and not self._begun and not self.search.text():
            # The keys of rows work from the start.
            self._begun = True
            self.table.setFocus()

    def _say_empty(self) -> None:
        if self.may_add:
            sentence = self.tr("Add what you look after: a server, a site, a printer, a line.")
            self._empty.say(self.tr("No services yet"), sentence, self.tr("Add a service"))
        else:
            sentence = self.tr("An administrator or an editor can add some.")
            self._empty.say(self.tr("No services yet"), sentence)

    def _dress(self) -> None:
        self._search_icon.setIcon(self._theme.icon("search", self._theme.colours.muted))

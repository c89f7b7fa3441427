"""What every view but the board stands on: it is read when shown, and kept fresh."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QDate, QElapsedTimer, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.start.readings import GATHER_MS, Readings
from izzitup_desktop.desktop.theme import GAP, MARGIN
from izzitup_desktop.desktop.widgets.labels import heading_label
from izzitup_desktop.desktop.window.state import WindowState
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.domain.accounts import Principal

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board
    from izzitup_desktop.desktop.notifications.unread import Unread
    from izzitup_desktop.desktop.window.commands import Commands
    from izzitup_desktop.domain.journal import Entry
    from izzitup_desktop.server.embedded import EmbeddedServer

T = TypeVar("T")

_TOP_HEIGHT = 28


class Page(QWidget):
    """A view of its own. `reload` reads what it shows, off the GUI thread.

    It is called when the page is first shown, and again for each change that
    `concerns` it: soon while it is visible, else when it is shown next.
    """

    failed = Signal(object)
    """A `Problem`."""
    told = Signal(str)
    wrote_file = Signal(str, str)
    """What to say of a file, and its path: somebody may want to open it."""
    service_wanted = Signal(int)
    """The id of a service to show on the board."""
    journal_wanted = Signal(int, object)
    """The id of a service, and the first and last `QDate` of which to read the journal."""
    preferences_wanted = Signal()
    search: QLineEdit | None = None
    """Where its things are searched, by the keys that search the board."""
    printing: Callable[[], object] | None = None
    """Asks for a printer for the page, where it is printed rather than the board."""

    def __init__(self, context: Context, commands: Commands, name: str, title: str) -> None:
        super().__init__()
        self.name = name
        self.context = context
        self.theme = context.theme
        self.commands = commands
        self.board: Board | None = None
        self.principal: Principal | None = None
        self._icons: list[tuple[QPushButton, str]] = []
        # No lambda: Qt takes back a method of what it deletes.
        self.theme.changed.connect(self._dress_buttons)
        self._stale = True
        self._focuses_late = False
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._since_last = QElapsedTimer()
        self.readings = Readings(context.runner, self)
        self._gather.timeout.connect(self._reload_if_stale)
        self.setAccessibleName(title)
        self.top = QHBoxLayout()
        self.top.setSpacing(GAP)
        heading = heading_label(title)
        # As high as with buttons beside it, so that the pages' tables begin at one height.
        heading.setMinimumHeight(_TOP_HEIGHT)
        self.top.addWidget(heading)
        self.top.addStretch()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        self.body.setSpacing(GAP)
        self.body.addLayout(self.top)

    @property
    def is_stale(self) -> bool:
        """Whether what it shows is to be read again, soon or once it is on screen."""
        return self._stale

    def attach(self, board: Board, principal: Principal) -> None:
        """Show this board to this principal from now on."""
        self.board, self.principal = board, principal
        self._since_last.invalidate()
        self.refresh()

    def on_entries(self, entries: Sequence[Entry]) -> None:
        """Hear of journal entries."""
        if any(self.concerns(entry) for entry in entries):
            self.refresh()

    def refresh(self) -> None:
        """Read again, soon if the page is visible."""
        self._stale = True
        if self.isVisible() and not self._gather.isActive():
            rest = 0
            if self._since_last.isValid():
                rest = self.context.between_readings_ms - int(self._since_last.elapsed())
            self._gather.start(max(GATHER_MS, rest))

    def concerns(self, entry: Entry) -> bool:
        """Whether what the page shows may have changed."""
        return entry is not None

    def reload(self) -> None:
        """Read what is shown; the page's own."""
        raise NotImplementedError

    def show_service(self, service_id: int) -> None:
        """Show what concerns one service, where the page can."""

    def show_days(self, first: QDate, last: QDate) -> None:
        """Show what concerns these days, where the page can."""

    def show_server(self, server: EmbeddedServer | None) -> None:
        """Show what this server does, where the page can; None: there is none."""

    def heed(self, unread: Unread) -> None:
        """Mark what nobody looked at yet, where the page shows such things."""

    def focused_first(self) -> QWidget | None:
        """What has the focus when the page is gone to: its first table."""
        return next(iter(self.tables()), None)

    def save_state(self, state: WindowState) -> None:
        """Keep how the page's tables look."""
        for place, table in enumerate(self.tables()):
            state.keep_header(f"{self.name}{place}", table.horizontalHeader())

    def restore_state(self, state: WindowState) -> None:
        """Bring back how the page's tables looked."""
        for place, table in enumerate(self.tables()):
            state.restore_header(f"{self.name}{place}", table.horizontalHeader())

    def tables(self) -> list[QTableView]:
        """The page's tables, whose columns are kept."""
        return []

    def read(
        self,
        work: Callable[[Board, Principal], T],
        then: Callable[[T], object],
        what: str,
    ) -> None:
        """Read what is shown, after the reading under way; the newest asked for wins.

        `what` says what did not happen, should it fail.
        """
        board, principal = self.board, self.principal
        if board is None or principal is None:
            return

        def read(found: T) -> None:
            # Somebody else may see other things.
            if self.principal is principal:
                then(found)
            self._focus_late()

        def failed(error: Exception) -> None:
            # What is shown is as old as before; who comes back has it read again.
            self._stale = True
            self.failed.emit(problem_of(error, what))

        self.readings.run(lambda: work(board, principal), read, failed)

    def run(
        self,
        work: Callable[[Board, Principal], T],
        then: Callable[[T], object],
        what: str,
    ) -> None:
        """Run `work` off the GUI thread; `what` says what did not happen, should it fail."""
        board, principal = self.board, self.principal
        if board is not None and principal is not None:
            self.context.runner.run(
                lambda: work(board, principal),
                then=then,
                failed=lambda error: self.failed.emit(problem_of(error, what)),
                owner=self,
            )

    def add_button(self, text: str, icon: str, slot: Callable[[], Any]) -> QPushButton:
        """A button at the right of the page's heading."""
        button = QPushButton(text)
        button.setIcon(self.theme.icon(icon))
        self._icons.append((button, icon))
        button.clicked.connect(lambda: slot())
        self.top.addWidget(button)
        return button

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reload_if_stale()
        first = self.focused_first()
        if first is not None:
            first.setFocus()
            # An empty table is not shown; it comes with what is being read.
            self._focuses_late = not first.isVisible()

    def _focus_late(self) -> None:
        first = self.focused_first()
        if self._focuses_late and first is not None and first.isVisible():
            first.setFocus()
        self._focuses_late = False

    def _dress_buttons(self) -> None:
        for button, icon in self._icons:
            button.setIcon(self.theme.icon(icon))

    def _reload_if_stale(self) -> None:
        if not self._stale or self.board is None or not self.isVisible():
            return
        if self.readings.is_busy:
            self._gather.start(GATHER_MS)
            return
        self._stale = False
        self._since_last.start()
        self.reload()

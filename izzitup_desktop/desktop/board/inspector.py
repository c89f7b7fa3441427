"""The inspector: everything about the selected service, beside the board."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from izzitup_desktop.desktop.board.rows import Row
from izzitup_desktop.desktop.board.selected_many import SelectedMany
from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.theme import GAP, MARGIN, SMALL
from izzitup_desktop.desktop.widgets.comment_line import Comments
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.window.commands import Commands
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.services import Service

if TYPE_CHECKING:
    # The board brings the database along, and nothing is selected at the first paint.
    from izzitup_desktop.board import Board
    from izzitup_desktop.desktop.board.service_details import ServiceDetails
    from izzitup_desktop.domain.journal import Entry

WIDTH, WIDTH_LEAST = 340, 280
"""At first, and how narrow it can be made."""


class Inspector(QScrollArea):
    """Shows one row, by `details` that are made with the first; `options_wanted` asks for
    the dialog of its status, `edit_wanted` for that of its fields."""

    options_wanted = Signal(int)
    edit_wanted = Signal(int)
    journal_wanted = Signal(int)

    def __init__(self, context: Context, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._commands = context, commands
        self.comments = Comments()
        self.typed: dict[int, str] = {}
        """Comments that were begun, by service: who looks at another finds theirs again."""
        self._attached: tuple[Board, Principal] | None = None
        self._details: ServiceDetails | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # A click in here leaves the keys with the table.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Inspector"))
        self._nothing = plain_label(self.tr("Select a service to see all about it."), wrap=True)
        self.many = SelectedMany(context.theme)
        page = QWidget()
        # Its lines wrap: how high it has to be its width tells.
        page.setMinimumHeight(1)
        self._layout = QVBoxLayout(page)
        self._layout.setContentsMargins(SMALL, GAP, MARGIN, GAP)
        self._layout.addWidget(self._nothing)
        self._layout.addWidget(self.many)
        self._layout.addStretch()
        self.setWidget(page)
        context.theme.changed.connect(self._dress)
        self._dress()

    def attach(self, board: Board, principal: Principal) -> None:
        """Read this board as this principal from now on."""
        self._attached = board, principal
        if self._details is not None:
            self._details.attach(board, principal)

    @property
    def details(self) -> ServiceDetails:
        """What shows the row; made when it is first asked for."""
        if self._details is None:
            # Nothing is selected at the first paint.
            from izzitup_desktop.desktop.board.service_details import ServiceDetails

            made = self._details = ServiceDetails(
                self._context, self._commands, self.comments, self.typed
            )
            made.options_wanted.connect(self.options_wanted)
            made.edit_wanted.connect(self.edit_wanted)
            made.journal_wanted.connect(self.journal_wanted)
            self._layout.insertWidget(2, made)
            if self._attached is not None:
                made.attach(*self._attached)
        return self._details

    @property
    def service(self) -> Service | None:
        """The service shown."""
        return None if self._details is None else self._details.service

    def minimumSizeHint(self) -> QSize:
        # Its buttons are wider in some languages; only a tiny window has it scroll sideways.
        page, bar = self.widget(), self.verticalScrollBar()
        inner = 0 if page is None else page.minimumSizeHint().width() + bar.sizeHint().width()
        return QSize(max(WIDTH_LEAST, inner), super().minimumSizeHint().height())

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show the one selected row, or what there is to say of several, or of none."""
        row = rows[0] if len(rows) == 1 else None
        self._nothing.setVisible(not rows)
        self.many.show_services([row.service for row in rows])
        if row is not None or self._details is not None:
            self.details.show_row(row)
        self.updateGeometry()

    def on_entries(self, entries: Sequence[Entry]) -> None:
        """Hear of journal entries: those of the service are shown, and need no reading."""
        if self._details is not None:
            self._details.on_entries(entries)

    def _dress(self) -> None:
        self._nothing.setStyleSheet(f"color: {self._context.theme.colours.muted};")

"""Everything about one service: its fields, its status to be set, and what happened to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from izzitup_desktop.desktop.board.cell_texts import set_by
from izzitup_desktop.desktop.board.last_changes import LastChanges
from izzitup_desktop.desktop.board.memory import memory_lines
from izzitup_desktop.desktop.board.rows import Row
from izzitup_desktop.desktop.board.service_fields import ServiceFields
from izzitup_desktop.desktop.history.panel import HistoryPanel
from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.start.readings import Readings
from izzitup_desktop.desktop.theme import GAP, SMALL, status_word
from izzitup_desktop.desktop.widgets.comment_line import CommentLine, Comments
from izzitup_desktop.desktop.widgets.labels import (
    TypedText,
    heading_label,
    plain_label,
)
from izzitup_desktop.desktop.widgets.page_tick import PageTick
from izzitup_desktop.desktop.window.commands import Commands
from izzitup_desktop.desktop.words.comments import why
from izzitup_desktop.desktop.words.texts import filled, tooltip
from izzitup_desktop.domain.accounts import Action, Principal, allowed_on
from izzitup_desktop.domain.comments import is_for_the_page
from izzitup_desktop.domain.journal import Entry, Search
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.status_options import StatusOptions
from izzitup_desktop.domain.statuses import SETTABLE

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board
    from izzitup_desktop.board.uptime import History

_CHANGES_MOST = 30
_READ_AFTER_MS = 120
_BEAT_MS = 60 * 1_000
"""What holds now goes on: its share of the past is another each minute."""
_READ_AGAIN_MS = 1_000


class ServiceDetails(QWidget):
    """Shows one row at a time; `options_wanted` asks for the dialog of its status, `edit_wanted`
    for that of its fields."""

    options_wanted = Signal(int)
    edit_wanted = Signal(int)
    journal_wanted = Signal(int)

    def __init__(
        self,
        context: Context,
        commands: Commands,
        comments: Comments,
        typed: dict[int, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._commands = context, commands
        self._board: Board | None = None
        self._principal: Principal | None = None
        self._row: Row | None = None
        self._change_readings = Readings(context.runner, self)
        self._history_readings = Readings(context.runner, self)
        self.name = heading_label()
        self.name.setWordWrap(True)
        self.state = plain_label(wrap=True)
        self.memory = plain_label(wrap=True)
        self.why = TypedText()
        self._comments, self._typed = comments, typed
        self.comment = CommentLine(context.theme, comments)
        self.comment.setPlaceholderText(self.tr("Comment on the change (optional)"))
        self.comment.setAccessibleName(self.tr("Comment on a status change"))
        self.on_page = PageTick(comments)
        self.comment.textChanged.connect(self._keep_typed)
        self.on_page.toggled.connect(self._keep_typed)
        self.statuses: dict[int, QToolButton] = {}
        self._fields = ServiceFields(context.theme, context.open_url)
        self.history = HistoryPanel(context.theme, self._read_history)
        self.changes = LastChanges(context)
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._read)
        self.beat = QTimer(self)
        self.beat.timeout.connect(self._pass_minute)
        context.theme.changed.connect(self._dress_anew)

    def attach(self, board: Board, principal: Principal) -> None:
        """Read this board as this principal from now on."""
        self._board, self._principal = board, principal
        self._timer.start(_READ_AFTER_MS)
        self.beat.start(_BEAT_MS)

    @property
    def service(self) -> Service | None:
        """The service shown."""
        return None if self._row is None else self._row.service

    def show_row(self, row: Row | None) -> None:
        """Show this row; None: nothing is selected, or too much."""
        other = row is None or self._row is None or row.service.id != self._row.service.id
        self._row = row
        self.setVisible(row is not None)
        if row is None:
            return
        if other:
            self.say(self._typed.get(row.service.id, ""))
            self.changes.show_entries(())
        self._fill(row)
        if other:
            self._timer.start(_READ_AFTER_MS)
        else:
            self._read_again()

    def say(self, comment: str) -> None:
        """Have this typed as the comment of the service shown, for whom it is meant."""
        public = is_for_the_page(comment)
        self.comment.setText(comment)
        self.on_page.setChecked(public and self.on_page.isEnabled())

    def _keep_typed(self) -> None:
        if self.service is not None:
            self._typed[self.service.id] = self.on_page.said(self.comment.text())

    def on_entries(self, entries: Sequence[Entry]) -> None:
        """Hear of journal entries: those of the service are shown, and need no reading."""
        if self.service is None:
            return
        about, shown = (self.service.id, "service"), self.changes.entries
        known = {entry.id for entry in shown}
        new = [
            entry
            for entry in entries
            if (entry.subject_id, entry.kind.subject) == about and entry.id not in known
        ]
        if new:
            self.changes.show_entries((*reversed(new), *shown))
            self._read_again()

    def _pass_minute(self) -> None:
        if self.isVisible():
            self.history.load()

    def _read_again(self) -> None:
        # The past moves on with each change; a click needn't wait behind reading it.
        if not self._timer.isActive():
            self._timer.start(_READ_AGAIN_MS)

    def _build(self) -> None:
        inner = QVBoxLayout(self)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(GAP)
        for widget in (self.name, self.state, self.memory):
            # A long name is no reason to be wider.
            widget.setMinimumWidth(1)
        # What comes and goes is below the buttons, which must not move under the hand.
        inner.addWidget(self.name)
        inner.addWidget(self.comment)
        inner.addWidget(self.on_page)
        inner.addLayout(self._status_grid())
        for below in (self.state, self.why, self.memory):
            inner.addWidget(below)
        inner.addLayout(self._memory_buttons())
        inner.addWidget(self._fields)
        inner.addWidget(heading_label(self.tr("History"), larger=1.1))
        inner.addWidget(self.history)
        inner.addWidget(heading_label(self.tr("Last changes"), larger=1.1))
        inner.addWidget(self.changes)
        more = QPushButton(self.tr("All changes in the journal"))
        more.setFlat(True)
        more.clicked.connect(self._ask(self.journal_wanted))
        inner.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addStretch()

    def _memory_buttons(self) -> QVBoxLayout:
        # One below the other: side by side they would be wider than the panel.
        line = QVBoxLayout()
        line.setSpacing(SMALL)
        self.release = self._button(self.tr("Release"), self._release)
        self.accept = self._button("", self._accept)
        self.confirm = self._button(self.tr("Confirm"), self._confirm)
        for button in (self.release, self.accept, self.confirm):
            line.addWidget(button)
        # As wide as it ever gets, from the beginning: what appears moves nothing.
        widths = []
        self.accept.ensurePolished()
        for status_id in SETTABLE:
            self._say_proposed(status_id)
            widths.append(self.accept.sizeHint().width())
        line.addStrut(max(widths))
        return line

    def _say_proposed(self, status_id: int) -> None:
        self.accept.setText(filled(self.tr("Set %1 as proposed"), status_word(status_id)))

    def _status_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(SMALL)
        for place, status_id in enumerate(SETTABLE):
            button = self._choice(status_word(status_id))
            button.setCheckable(True)
            button.clicked.connect(
                lambda _checked=False, status_id=int(status_id): self._set(status_id)
            )
            self.statuses[int(status_id)] = button
            grid.addWidget(button, place // 2, place % 2)
        self.more = self._choice(self.tr("With options …"))
        self.more.setToolTip(tooltip(self.tr("Until when, what then, hold against scripts")))
        self.more.clicked.connect(self._ask(self.options_wanted))
        grid.addWidget(self.more, 1, 1)
        return grid

    def _choice(self, text: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setObjectName("choice")
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def _button(self, text: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        # The button goes once it was clicked, and Ctrl+Z shall undo it.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: slot())
        return button

    def _ask(self, signal: object) -> Callable[[], None]:
        def ask() -> None:
            if self.service is not None:
                signal.emit(self.service.id)  # type: ignore[attr-defined]

        return ask

    # What is shown

    def _fill(self, row: Row) -> None:
        service, principal = row.service, self._principal
        may = principal is not None and allowed_on(
            principal, Action.SERVICE_SET_STATUS, service.group_id
        )
        self.name.setText(service.name)
        self.name.setToolTip(tooltip(service.name))
        self.state.setText(set_by(service))
        self.why.show_text(why(service))
        lines = memory_lines(service)
        self.memory.setText("\n".join(lines))
        self.memory.setVisible(bool(lines))
        self.release.setVisible(may and service.hold is not None)
        proposal = service.proposal
        self.accept.setVisible(may and proposal is not None)
        if proposal is not None:
            self._say_proposed(proposal.status_id)
        self.confirm.setVisible(may and (service.stale or _is_asked(service)))
        self.comment.setEnabled(may)
        self.on_page.permit(may=may)
        self.more.setEnabled(may)
        for status_id, button in self.statuses.items():
            button.setChecked(status_id == service.status_id)
            button.setEnabled(may)
        self._fields.show_row(row)
        self._dress()

    # What is read

    def _read(self) -> None:
        board, principal, service = self._board, self._principal, self.service
        if board is None or principal is None or service is None or not self.isVisible():
            return
        wanted = Search(service_ids=frozenset({service.id}))

        def then(entries: Sequence[Entry]) -> None:
            if self.service is not None and self.service.id == service.id:
                self.changes.show_entries(entries)

        self._change_readings.run(
            lambda: board.journal.search(principal, wanted, limit=_CHANGES_MOST),
            then,
            lambda _error: self.changes.show_entries(()),
        )
        self.history.load()

    def _read_history(
        self, begin: datetime, end: datetime, then: Callable[[History], object]
    ) -> None:
        board, principal, service = self._board, self._principal, self.service
        if board is None or principal is None or service is None:
            return

        def show(history: History) -> None:
            if self.service is not None and self.service.id == service.id:
                then(history)

        self._history_readings.run(
            lambda: board.uptime.history(principal, service.id, begin, end),
            show,
            # The rows tell what is wrong with the database.
            lambda _error: None,
        )

    # What is done

    def _set(self, status_id: int) -> None:
        service = self.service
        if service is None:
            return
        comment = self.on_page.said(self.comment.text())
        self._commands.set_status([service.id], status_id, comment, then=self._said(comment))
        for id_, button in self.statuses.items():
            button.setChecked(id_ == service.status_id)

    def _said(self, comment: str) -> Callable[[object], None]:
        def done(_value: object) -> None:
            self._comments.made(comment)
            # What is typed by now is about something else.
            if self.comment.text() == comment:
                self.comment.clear()
                self.on_page.setChecked(False)

        return done

    def _release(self) -> None:
        if self.service is not None:
            self._commands.hold([self.service.id], hold=False)

    def _accept(self) -> None:
        service = self.service
        if service is not None and service.proposal is not None:
            proposed = service.proposal.status_id
            self._commands.set_status([service.id], proposed, "", StatusOptions())

    def _confirm(self) -> None:
        if self.service is not None:
            comment = self.on_page.said(self.comment.text())
            self._commands.set_status(
                [self.service.id],
                self.service.status_id,
                comment,
                StatusOptions(hold=self.service.hold is not None),
                then=self._said(comment),
            )

    def _dress_anew(self) -> None:
        self._dress()
        if self._row is not None:
            self._fields.show_row(self._row, again=True)

    def _dress(self) -> None:
        theme = self._context.theme
        colours = theme.colours
        for status_id, button in self.statuses.items():
            button.setIcon(theme.status_icon(status_id, 16))
        self.more.setIcon(theme.icon("comment"))
        self.state.setStyleSheet(f"color: {colours.muted};")
        if self._row is not None:
            service = self._row.service
            attention = service.stale or _is_asked(service) or service.proposal is not None
            ink = colours.statuses[6].ink if attention else colours.muted
            self.memory.setStyleSheet(f"color: {ink};")


def _is_asked(service: Service) -> bool:
    return service.expiry is not None and service.expiry.asked

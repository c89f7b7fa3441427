"""Shift handover: what changed, how things stand, and what shifts write for each other."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QHBoxLayout, QMenu, QTextBrowser

from izzitup_desktop.desktop.handover.document import CHANGES, write_document
from izzitup_desktop.desktop.handover.outline import Section, outline
from izzitup_desktop.desktop.handover.period import READ, Period
from izzitup_desktop.desktop.handover.plain import as_markdown, as_text
from izzitup_desktop.desktop.handover.summary import (
    ENTRIES_MOST,
    Key,
    Summary,
    entry_before,
    summary,
)
from izzitup_desktop.desktop.handover.writing import Writing
from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.theme import GAP
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.window.page import Page
from izzitup_desktop.desktop.window.state import WindowState
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.desktop.words.times import ago, exactly
from izzitup_desktop.domain.accounts import Action, Principal, allowed
from izzitup_desktop.domain.handovers import HandoverDraft

if TYPE_CHECKING:
    from izzitup_desktop.board import Board
    from izzitup_desktop.desktop.window.commands import Commands


class HandoverPage(Page):
    """Where somebody left off is kept for each account of this desk.

    It shows the newest `entries_most` of what happened since then, or since another time.
    """

    def __init__(
        self,
        context: Context,
        commands: Commands,
        name: str,
        title: str,
        entries_most: int = ENTRIES_MOST,
    ) -> None:
        super().__init__(context, commands, name, title)
        self._entries_most = entries_most
        self._state = WindowState(context.paths.config)
        self._from_id = 0
        self._opened: set[Key] = set()
        self._writes: int | None = -1
        """Whose draft is shown; of no account at first."""
        self.summary: Summary | None = None
        self.since = plain_label(wrap=True)
        self.period = Period()
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(self.tr("Handover"))
        self.text.anchorClicked.connect(self._go)
        self.writing = Writing(self.theme)
        self.second = QHBoxLayout()
        self.second.setSpacing(GAP)
        self.second.addWidget(self.period)
        self.second.addWidget(self.since, 1)
        self.body.addLayout(self.second)
        self.body.addWidget(self.text, 1)
        self.body.addWidget(self.writing)
        copy = self.add_button(self.tr("Copy"), "copy", lambda: None)
        menu = QMenu(copy)
        self.copy_text = menu.addAction(self.tr("Copy as &text"), self._copy_text)
        self.copy_markdown = menu.addAction(self.tr("Copy as &Markdown"), self._copy_markdown)
        copy.setMenu(menu)
        self.add_button(self.tr("Print …"), "print", self.ask_print)
        self.printing = self.ask_print
        self.unread = self.add_button(self.tr("Not read after all"), "undo", self.mark_unread)
        # Beside when that was, and not with what there is no room for in a narrow window.
        self.second.addWidget(self.unread)
        self.unread.hide()
        self.read_button = self.add_button(self.tr("I have read it"), "done", self.mark_read)
        self.theme.changed.connect(self._paint)
        self.period.changed.connect(self.refresh)
        self.writing.typed.connect(self._keep_draft)
        self.writing.submitted.connect(self._hand_over)

    def attach(self, board: Board, principal: Principal) -> None:
        super().attach(board, principal)
        self._from_id = next(iter(self._state.numbers(self._key("read"))), 0)
        self.unread.setVisible(bool(self._state.numbers(self._key("before"))))
        self.writing.setVisible(allowed(principal, Action.HANDOVER_WRITE))
        if principal.account_id != self._writes:
            # What somebody else typed is theirs.
            self._writes = principal.account_id
            self._show_draft()

    def reload(self) -> None:
        now = datetime.now(UTC)
        from_id, most, begin = self._from_id, self._entries_most, self.period.begin(now)

        def work(board: Board, principal: Principal) -> Summary:
            first = from_id if begin is None else entry_before(board, principal, begin)
            return summary(board, principal, first, now, most)

        self.read(work, self._show, self.tr("The handover could not be read."))

    def mark_read(self) -> None:
        """Begin anew from here: everything up to now was read."""
        found = self.summary
        if found is not None and self.principal is not None:
            self._state.put(self._key("before"), [self._from_id])
            # What came meanwhile nobody has read yet.
            self._begin_at(found.last_id)
            self.unread.show()
            self.period.choose(READ)

    def mark_unread(self) -> None:
        """Take `mark_read` back: begin where one had begun before."""
        before = self._state.numbers(self._key("before"))
        if before and self.principal is not None:
            self._state.put(self._key("before"), "")
            self._begin_at(before[0])
            self.unread.hide()

    def ask_print(self) -> None:
        """Open the system's print dialog."""
        printer = QPrinter()
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle(self.tr("Print the handover"))
        dialog.accepted.connect(lambda: self.print_to(printer))
        # Qt's own open() of this dialog wants a slot by name.
        dialog.setModal(True)
        dialog.show()

    def print_to(self, printer: QPrinter) -> None:
        """Print what is shown, black on white."""
        if self.summary is not None:
            document = QTextDocument()
            write_document(document, self._sections(self.summary), self._cut(self.summary), "")
            document.print_(printer)

    # Inside

    def _key(self, what: str) -> str:
        account_id = self.principal.account_id if self.principal is not None else None
        return f"handover/{what}_{account_id or 0}"

    def _begin_at(self, entry_id: int) -> None:
        self._from_id = entry_id
        self._state.put(self._key("read"), [entry_id])
        self._state.sync()
        self.refresh()

    def _show(self, found: Summary) -> None:
        self.summary = found
        self._paint()

    def _sections(self, found: Summary) -> tuple[Section, ...]:
        return outline(found, self.context.words, self._opened)

    def _cut(self, found: Summary) -> str:
        text = self.tr("More happened: these are the newest %1 entries, the journal has all.")
        return filled(text, found.most) if found.cut else ""

    def _head(self, found: Summary) -> str:
        if found.since is None:
            if self.period.name == READ:
                return self.tr("Nothing happened since you were last here.")
            return self.tr("Nothing happened in this time.")
        text = (
            self.tr("Since you were last here: %1 (%2 ago) until now")
            if self.period.name == READ
            else self.tr("From %1 (%2 ago) until now")
        )
        return filled(text, exactly(found.since), ago(found.since, found.now))

    def _paint(self) -> None:
        found = self.summary
        if found is None:
            return
        self.since.setText(self._head(found))
        bar = self.text.verticalScrollBar()
        place = bar.value()
        document = QTextDocument(self.text)
        document.setDefaultFont(self.text.font())
        document.setDocumentMargin(16)
        accent = self.theme.colours.accent
        write_document(document, self._sections(found), self._cut(found), accent)
        self.text.setDocument(document)
        bar.setValue(place)

    def _go(self, url: QUrl) -> None:
        if url.scheme() == CHANGES:
            subject, _, number = url.path().partition("/")
            if number.isdigit():
                self._opened ^= {(subject, int(number))}
                self._paint()
        elif url.path().isdigit():
            self.service_wanted.emit(int(url.path()))

    def _copy_text(self) -> None:
        if self.summary is not None:
            self._copy(as_text(self._sections(self.summary), self._head(self.summary)))

    def _copy_markdown(self) -> None:
        if self.summary is not None:
            self._copy(as_markdown(self._sections(self.summary), self._head(self.summary)))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.told.emit(self.tr("Handover copied"))

    # Writing

    def _show_draft(self) -> None:
        done, open_ = (self._state.text(self._key(what)) for what in ("done", "open"))
        self.writing.show_draft(HandoverDraft(done, open_))

    def _keep_draft(self) -> None:
        if self.principal is not None:
            draft = self.writing.draft
            self._state.put(self._key("done"), draft.done)
            self._state.put(self._key("open"), draft.open)

    def _hand_over(self, draft: HandoverDraft) -> None:
        typed = self.writing.draft

        def then(_value: Any) -> None:
            # What was typed meanwhile is for the next time.
            if self.writing.draft == typed:
                self.writing.show_draft(HandoverDraft("", ""))
            self.refresh()

        self.commands.do(
            lambda board, principal: board.handovers.write(principal, draft),
            self.tr("It could not be handed over."),
            then=then,
            told=self.tr("Handed over"),
        )

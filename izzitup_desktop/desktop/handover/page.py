"""Shift handover: since I was last here, what changed, what is held, what ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QTextBrowser

from izzitup_desktop.desktop.board.memory import (
    expiry_lines,
    hold_lines,
    memory_lines,
    stale_lines,
)
from izzitup_desktop.desktop.handover.summary import ENTRIES_MOST, Summary, Way, summary
from izzitup_desktop.desktop.journal.words import JournalWords
from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.theme import status_word
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.window.page import Page
from izzitup_desktop.desktop.window.state import WindowState
from izzitup_desktop.desktop.words.origins import actor_word, whence
from izzitup_desktop.desktop.words.texts import filled, quoted
from izzitup_desktop.desktop.words.times import ago, exactly, in_short
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.services import Service

if TYPE_CHECKING:
    from izzitup_desktop.board import Board
    from izzitup_desktop.desktop.window.commands import Commands


class HandoverPage(Page):
    """Where somebody left off is kept for each account of this desk.

    It shows the newest `entries_most` of what happened since then.
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
        self.summary: Summary | None = None
        self.since = plain_label(wrap=True)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(self.tr("Handover"))
        self.text.anchorClicked.connect(self._go)
        self.body.addWidget(self.since)
        self.body.addWidget(self.text, 1)
        self.add_button(self.tr("Print …"), "print", self.ask_print)
        self.add_button(self.tr("I have read it"), "done", self.mark_read)
        self.theme.changed.connect(self._paint)

    def attach(self, board: Board, principal: Principal) -> None:
        super().attach(board, principal)
        self._from_id = next(iter(self._state.numbers(self._key(principal))), 0)

    def reload(self) -> None:
        from_id, most = self._from_id, self._entries_most
        self.read(
            lambda board, principal: summary(board, principal, from_id, datetime.now(UTC), most),
            self._show,
            self.tr("The handover could not be read."),
        )

    def mark_read(self) -> None:
        """Begin anew from here: everything up to now was read."""
        principal, found = self.principal, self.summary
        if found is not None and principal is not None:
            # What came meanwhile nobody has read yet.
            self._from_id = found.last_id
            self._state.put(self._key(principal), [self._from_id])
            self._state.sync()
            self.refresh()

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
            _Writer(document, "", self.context.words, links=False).write(self.summary)
            document.print_(printer)

    def _key(self, principal: Principal) -> str:
        return f"handover/read_{principal.account_id or 0}"

    def _show(self, found: Summary) -> None:
        self.summary = found
        self._paint()

    def _paint(self) -> None:
        found = self.summary
        if found is None:
            return
        if found.since is None:
            self.since.setText(self.tr("Nothing happened since you were last here."))
        else:
            self.since.setText(
                filled(
                    self.tr("Since you were last here: %1 (%2 ago) until now"),
                    exactly(found.since),
                    ago(found.since, found.now),
                )
            )
        document = QTextDocument(self.text)
        document.setDefaultFont(self.text.font())
        document.setDocumentMargin(16)
        _Writer(document, self.theme.colours.accent, self.context.words, links=True).write(found)
        self.text.setDocument(document)

    def _go(self, url: QUrl) -> None:
        if url.path().isdigit():
            self.service_wanted.emit(int(url.path()))


class _Writer:
    """Writes a summary into a document; every text goes in as plain text."""

    def __init__(
        self, document: QTextDocument, accent: str, words: JournalWords, *, links: bool
    ) -> None:
        self._cursor = QTextCursor(document)
        self._words = words
        self._accent, self._links = accent, links
        self._first = True

    def write(self, found: Summary) -> None:
        if found.cut:
            self._line(
                filled(
                    _tr("More happened: these are the newest %1 entries, the journal has all."),
                    found.most,
                )
            )
        everything = _tr("Everything is operational.")
        self._services(_tr("Not operational now"), found.bad, everything, memory_lines)
        self._services(_tr("Held against scripts"), found.held, _tr("Nothing is held."), hold_lines)
        nothing = _tr("Nothing ends by itself.")
        self._services(_tr("Set for a time"), found.ending, nothing, expiry_lines)
        stale = _tr("Nothing is stale.")
        self._services(_tr("Not confirmed in time"), found.stale, stale, stale_lines)
        self._heading(_tr("Statuses that changed"))
        for way in found.ways:
            self._way(way)
        if not found.ways:
            self._line(_tr("None."))
        self._heading(_tr("What else happened"))
        for entry in found.others:
            self._entry(entry)
        if not found.others:
            self._line(_tr("Nothing."))

    def _services(
        self,
        heading: str,
        services: Sequence[Service],
        none: str,
        lines: Callable[[Service], list[str]],
    ) -> None:
        """A section, with the `lines` that it is about."""
        self._heading(heading)
        for service in services:
            self._block()
            self._link(service.name, service.id)
            text = f": {status_word(service.status_id)}, {in_short(service.since)}, "
            self._insert(text + actor_word(service.changed_by))
            for line in (*lines(service), *service.note.splitlines()):
                self._line(f"        {line}")
        if not services:
            self._line(none)

    def _way(self, way: Way) -> None:
        self._block()
        self._link(way.name, way.service_id)
        self._insert(f": {status_word(way.before)} → {status_word(way.after)}")
        for entry in way.entries:
            comment = f"  {quoted(entry.comment)}" if entry.comment else ""
            word = status_word(int(entry.after["status"]))
            self._line(f"        {in_short(entry.time)}  {word}, {whence(entry)}{comment}")

    def _entry(self, entry: Entry) -> None:
        comment = f"  {quoted(entry.comment)}" if entry.comment else ""
        what = self._words.what_happened(entry)
        self._line(f"{in_short(entry.time)}  {what}, {actor_word(entry.actor)}{comment}")

    def _heading(self, text: str) -> None:
        if not self._first:
            self._block()
        form = QTextCharFormat()
        form.setFontWeight(700)
        form.setFontPointSize(12)
        self._block()
        self._cursor.insertText(text, form)

    def _line(self, text: str) -> None:
        self._block()
        self._insert(text)

    def _block(self) -> None:
        if not self._first:
            self._cursor.insertBlock()
        self._first = False

    def _insert(self, text: str) -> None:
        self._cursor.insertText(text, QTextCharFormat())

    def _link(self, text: str, service_id: int) -> None:
        form = QTextCharFormat()
        form.setFontWeight(600)
        if self._links:
            form.setAnchor(True)
            form.setAnchorHref(f"service:{service_id}")
        self._cursor.insertText(text, form)


def _tr(text: str) -> str:
    return QCoreApplication.translate("handover", text)

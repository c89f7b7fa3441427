"""A handover as a document, for the screen and the printer; every text stays plain text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from izzitup_desktop.desktop.handover.outline import Changed, Section, Told

SERVICE, CHANGES = "service", "changes"
"""The schemes of links: to a service on the board, to what happened one by one."""

_INDENT_WIDTH = 18.0


def write_document(
    document: QTextDocument, sections: Sequence[Section], cut: str, accent: str
) -> None:
    """Write the sections; with an `accent` services and changes are links."""
    document.setIndentWidth(_INDENT_WIDTH)
    writer = _Writer(QTextCursor(document), accent)
    if cut:
        writer.line(cut, 0)
    for section in sections:
        writer.section(section)


class _Writer:
    def __init__(self, cursor: QTextCursor, accent: str) -> None:
        self._cursor, self._accent = cursor, accent
        self._first = True

    def section(self, section: Section) -> None:
        """Write a heading and what stands under it."""
        form = QTextCharFormat()
        form.setFontWeight(700)
        form.setFontPointSize(12)
        self._block(0, above=0 if self._first else 14)
        self._cursor.insertText(section.title, form)
        if not section.blocks:
            self.line(section.none, 0)
        for told in section.blocks:
            self._told(told)

    def line(self, text: str, indent: int, above: float = 0) -> None:
        """Write a line of its own."""
        self._block(indent, above)
        self._cursor.insertText(text, QTextCharFormat())

    def _told(self, told: Told) -> None:
        self._block(0, above=4)
        changed = told.changed
        if told.name:
            self._link(told.name, f"{SERVICE}:{told.service_id}" if told.service_id else "")
            self._cursor.insertText(": ", QTextCharFormat())
        if changed is not None and not (told.text or told.lines):
            self._changed(told, changed)
        else:
            self._cursor.insertText(told.text, QTextCharFormat())
            for line in told.lines:
                self.line(line, 1)
            if changed is not None:
                self._block(1)
                self._changed(told, changed)
        for line in told.listed:
            self.line(line, 2)

    def _changed(self, told: Told, changed: Changed) -> None:
        target = f"{CHANGES}:{told.key[0]}/{told.key[1]}" if told.key is not None else ""
        self._cursor.insertText(changed.way, QTextCharFormat())
        if changed.count:
            self._link(changed.count, target, weight=400)
        self._cursor.insertText(changed.last, QTextCharFormat())

    def _block(self, indent: int, above: float = 0) -> None:
        form = QTextBlockFormat()
        form.setIndent(indent)
        form.setTopMargin(above)
        if self._first:
            self._cursor.setBlockFormat(form)
        else:
            self._cursor.insertBlock(form)
        self._first = False

    def _link(self, text: str, target: str, weight: int = 600) -> None:
        form = QTextCharFormat()
        form.setFontWeight(weight)
        if self._accent and target:
            form.setAnchor(True)
            form.setAnchorHref(target)
            form.setForeground(QColor(self._accent))
        self._cursor.insertText(text, form)

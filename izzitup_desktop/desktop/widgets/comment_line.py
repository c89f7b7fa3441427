"""The line of a comment: templates and what was said before are a key away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu

from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.desktop.words.texts import filled, tooltip
from izzitup_desktop.domain.comments import COMMENT_MOST

RECENT_MOST = 8
"""So many comments that were made before are offered."""

_SHOWN_MOST = 80


class Comments(QObject):
    """What is offered: `templates` as somebody chose them, `recent` ones newest first.

    `off_page` is why no comment is on the status page, a sentence; "" where one may be.
    """

    page_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.templates: tuple[str, ...] = ()
        self.recent: tuple[str, ...] = ()
        self.off_page = ""

    def made(self, comment: str) -> None:
        """Remember a comment that was made."""
        if comment := comment.strip():
            others = (each for each in self.recent if each != comment)
            self.recent = (comment, *others)[:RECENT_MOST]

    def follow_page(self, *, is_on: bool, shows_comments: bool) -> None:
        """Know what the status page is set to."""
        if not is_on:
            reason = self.tr("The status page is off.")
        else:
            reason = "" if shows_comments else self.tr("The status page shows no comments.")
        if reason != self.off_page:
            self.off_page = reason
            self.page_changed.emit()


class CommentLine(QLineEdit):
    """Down opens what `comments` offer; one that is chosen comes after what is typed."""

    def __init__(self, theme: Theme, comments: Comments) -> None:
        super().__init__()
        self._theme, self._comments = theme, comments
        self.setMaxLength(COMMENT_MOST)
        self._offer = QAction(self)
        keys = QKeySequence(Qt.Key.Key_Down).toString(QKeySequence.SequenceFormat.NativeText)
        told = filled(self.tr("Templates and earlier comments (%1)"), keys)
        self._offer.setToolTip(tooltip(told))
        self._offer.setText(told)
        self._offer.triggered.connect(self.offer)
        self.addAction(self._offer, QLineEdit.ActionPosition.TrailingPosition)
        theme.changed.connect(self._dress)
        self._dress()

    def menu(self) -> QMenu:
        """What is offered now."""
        menu = QMenu(self)
        for title, texts in (
            (self.tr("Templates"), self._comments.templates),
            (self.tr("Earlier comments"), self._comments.recent),
        ):
            if texts:
                menu.addSection(title)
            for text in texts:
                shown = text if len(text) <= _SHOWN_MOST else text[:_SHOWN_MOST] + "…"
                menu.addAction(shown.replace("&", "&&"), partial(self._take, text))
        if menu.isEmpty():
            menu.addAction(self.tr("No comments yet")).setEnabled(False)
        return menu

    def offer(self) -> None:
        """Open what is offered below the line."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.offer()
        else:
            super().keyPressEvent(event)

    def _take(self, text: str) -> None:
        typed = self.text()
        self.setText(f"{typed.rstrip()} {text}" if typed.strip() else text)
        self.setFocus()

    def _dress(self) -> None:
        self._offer.setIcon(self._theme.icon("down"))

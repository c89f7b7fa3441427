"""Rows and sections of the preferences, which the search shows and hides."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from izzitup_desktop.desktop.theme import GAP, SMALL, Theme
from izzitup_desktop.desktop.widgets.labels import heading_label, plain_label
from izzitup_desktop.desktop.words.texts import translated
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.text import search_fold

_LABEL_WIDTH = 150


class PreferenceRow(QWidget):
    """A label, an editor, and room for why its value can't be taken."""

    def __init__(self, theme: Theme, label: str, editor: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self.editor = editor
        self._label = QLabel(label)
        self._label.setBuddy(editor)
        self._label.setFixedWidth(_LABEL_WIDTH)
        self._label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if label:
            editor.setAccessibleName(label.replace("&", ""))
        self._reason = plain_label(wrap=True)
        self._reason.hide()
        right = QVBoxLayout()
        right.setSpacing(SMALL)
        fixed = editor.minimumWidth() == editor.maximumWidth()
        left = Qt.AlignmentFlag.AlignLeft if fixed else Qt.AlignmentFlag(0)
        right.addWidget(editor, 0, left)
        right.addWidget(self._reason)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(right, 1)
        self._label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        line = editor.focusProxy() or editor
        self._label.setMinimumHeight(line.sizeHint().height())
        buttons = [editor, *editor.findChildren(QAbstractButton)]
        texts = [b.text().replace("&", "") for b in buttons if isinstance(b, QAbstractButton)]
        self.folded = search_fold(" ".join((label.replace("&", ""), *texts)))
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def reason(self) -> str:
        """Why the value can't be taken, "" when it can."""
        return "" if self._reason.isHidden() else self._reason.text()

    def set_reason(self, reason: str) -> None:
        """Show a reason, or with "" take it back."""
        reason = translated(reason)
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self.editor.setAccessibleDescription(reason)
        self.editor.setProperty("invalid", bool(reason))
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)

    def _dress(self) -> None:
        ink = self._theme.colours.status(StatusId.OUTAGE).ink
        self._reason.setStyleSheet(f"color: {ink};")


class PreferenceSection(QWidget):
    """A heading and its rows."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[PreferenceRow] = []
        self._notes = QWidget()
        self._folded = search_fold(title)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GAP)
        self._layout.addWidget(heading_label(title, larger=1.1))
        notes = QVBoxLayout(self._notes)
        notes.setContentsMargins(_LABEL_WIDTH + GAP, 0, 0, 0)
        notes.setSpacing(GAP)
        self._layout.addWidget(self._notes)
        self._notes.hide()

    def add(self, row: PreferenceRow) -> None:
        """Add a row."""
        self._rows.append(row)
        self._layout.insertWidget(self._layout.count() - 1, row)

    def add_note(self, label: QWidget) -> None:
        """Add a text below the rows."""
        layout = self._notes.layout()
        if layout is not None:
            layout.addWidget(label)
        self._notes.show()

    def filter(self, words: Sequence[str]) -> bool:
        """Show the rows that hold every word (all where the heading does); whether any is."""
        whole = all(word in self._folded for word in words)
        shown = 0
        for row in self._rows:
            fits = whole or all(word in row.folded for word in words)
            row.setVisible(fits)
            shown += fits
        self.setVisible(bool(shown))
        return bool(shown)

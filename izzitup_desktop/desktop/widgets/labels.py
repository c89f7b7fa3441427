"""Labels that show their text as it is, whatever it looks like."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

_WORD_MOST = 24
"""Characters of a word that fits everywhere; a longer one is broken."""


def plain_label(text: str = "", parent: QWidget | None = None, *, wrap: bool = False) -> QLabel:
    """A label of plain text that can be selected and copied where it wraps."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    if wrap:
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


def heading_label(text: str = "", *, larger: float = 1.35) -> QLabel:
    """A heading: larger and bold."""
    label = plain_label(text)
    font = QFont(label.font())
    font.setPointSizeF(font.pointSizeF() * larger)
    font.setBold(True)
    label.setFont(font)
    return label


def typed_label(text: str) -> QLabel | BrokenText:
    """What somebody typed, wrapped, selectable; it is never wider than its place.

    A `QLabel` is as wide as its longest word, so that an address would push all that
    stands beside it out of sight.
    """
    if max(map(len, text.split()), default=0) <= _WORD_MOST:
        return plain_label(text, wrap=True)
    return BrokenText(text)


class BrokenText(QTextEdit):
    """A text that looks like a label, and breaks within words where it must."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setObjectName("broken")
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.setPlainText(text)

    def text(self) -> str:
        """The text shown."""
        return str(self.toPlainText())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        height = round(self.document().size().height())
        if height != self.height():
            self.setFixedHeight(height)


class TypedText(QWidget):
    """What somebody typed, which may be another text later; "" takes no room."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: QLabel | BrokenText | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def text(self) -> str:
        """The text shown."""
        return "" if self._shown is None else self._shown.text()

    def show_text(self, text: str) -> None:
        """Show this text."""
        if text == self.text():
            return
        if self._shown is not None:
            self._layout.removeWidget(self._shown)
            # It is painted until it is deleted, which a dialog's own loop puts off.
            self._shown.hide()
            self._shown.deleteLater()
            self._shown = None
        if text:
            self._shown = typed_label(text)
            self._layout.addWidget(self._shown)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

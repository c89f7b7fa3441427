"""The bar over the lower edge of the table while several rows are selected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from izzitup_desktop.desktop.theme import GAP, MARGIN, SMALL, Theme
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.words.texts import filled


class BulkBar(QFrame):
    """ "12 selected", and what can be done with all of them at once."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("bulkBar")
        self.setAccessibleName(self.tr("Selected services"))
        self.count = plain_label()
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(MARGIN, SMALL, GAP, SMALL)
        self._layout.setSpacing(SMALL)
        self._layout.addWidget(self.count)
        self._layout.addSpacing(GAP)
        self.buttons: list[QToolButton] = []
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    def offer(self, actions: Sequence[QAction]) -> None:
        """Offer these actions, in this order."""
        for action in actions:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            if action.menu() is not None:
                button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            button.setAccessibleName(action.text().replace("&", ""))
            self.buttons.append(button)
            self._layout.addWidget(button)
        self._layout.addStretch()

    def show_count(self, count: int) -> None:
        """Say how many are selected; below two there is no bar."""
        self.setVisible(count > 1)
        self.count.setText(filled(self.tr("%1 selected"), self.locale().toString(count)))
        self._fit_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        """As many buttons as there is room for have words, the first before the last."""
        styles = Qt.ToolButtonStyle
        words = [self._width_of_words(button) for button in self.buttons]
        room = self.width() - self._width_with_icons()
        for button, width in zip(self.buttons, words, strict=True):
            # Once one has none, those after it have none either.
            room = room - width if room >= width else 0
            has_words = room > 0
            style = styles.ToolButtonTextBesideIcon if has_words else styles.ToolButtonIconOnly
            button.setToolButtonStyle(style)

    @staticmethod
    def _width_of_words(button: QToolButton) -> int:
        text = button.text().replace("&", "")
        return button.fontMetrics().horizontalAdvance(text) + GAP

    def _width_with_icons(self) -> int:
        width = self._layout.sizeHint().width()
        for button in self.buttons:
            if button.toolButtonStyle() is not Qt.ToolButtonStyle.ToolButtonIconOnly:
                width -= self._width_of_words(button)
        return width

    def _dress(self) -> None:
        colours = self._theme.colours
        self.setStyleSheet(
            f"#bulkBar {{ background: {colours.selection}; border: 1px solid {colours.accent};"
            f" border-radius: 6px; }} #bulkBar QLabel {{ color: {colours.on_selection};"
            f" font-weight: 600; }} #bulkBar QToolButton {{ color: {colours.on_selection}; }}"
        )

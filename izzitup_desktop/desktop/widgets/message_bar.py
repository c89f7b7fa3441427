"""The bar at the edge of a window: what happened, why, and what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from izzitup_desktop.desktop.theme import GAP, MARGIN, Theme
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.spoken import alert
from izzitup_desktop.desktop.words.errors import Problem
from izzitup_desktop.domain.statuses import StatusId


class MessageBar(QFrame):
    """Shows one message at a time, until it is closed or taken back."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._details = ""
        self._icon_name = "info"
        self._about = ""
        self._on_action: Callable[[], object] | None = None
        self.setObjectName("messageBar")
        self.setAccessibleName(self.tr("Message"))
        self._icon = plain_label()
        self._text = plain_label(wrap=True)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._action = QPushButton()
        self._action.clicked.connect(self._act)
        self._copy = QPushButton(self.tr("Copy details"))
        self._copy.clicked.connect(self._copy_details)
        self._close = QToolButton()
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.setToolTip(self.tr("Close this message"))
        self._close.clicked.connect(self.take_back)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, GAP, GAP, GAP)
        layout.setSpacing(GAP)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        for button in (self._action, self._copy, self._close):
            layout.addWidget(button)
        theme.changed.connect(self._dress)
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says, "" when it is closed."""
        return "" if self.isHidden() else self._text.text()

    def show_problem(
        self,
        problem: Problem,
        *,
        action: str = "",
        on_action: Callable[[], object] | None = None,
        about: str = "",
    ) -> None:
        """Show what went wrong, with a button for what helps.

        `about` names the matter, for `take_back` once it is over.
        """
        self._show("error", problem.text, problem.details, action, on_action, about)

    def show_notice(
        self, text: str, *, action: str = "", on_action: Callable[[], object] | None = None
    ) -> None:
        """Show something worth knowing that is no fault."""
        self._show("info", text, "", action, on_action, "")

    def take_back(self, about: object = None) -> None:
        """Close the bar; with the name of a matter only if it is about that."""
        if not isinstance(about, str) or about == self._about:
            self.hide()

    def _show(
        self,
        icon: str,
        text: str,
        details: str,
        action: str,
        on_action: Callable[[], object] | None,
        about: str,
    ) -> None:
        self._icon_name, self._details, self._about = icon, details, about
        self._on_action = on_action
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._copy.setVisible(bool(details))
        self._copy.setText(self.tr("Copy details"))
        self._dress()
        self.setAccessibleDescription(text)
        self.show()
        alert(self)

    def _act(self) -> None:
        self.hide()
        if self._on_action is not None:
            self._on_action()

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
        self._copy.setText(self.tr("Copied"))

    def _dress(self) -> None:
        colours = self._theme.colours
        status = StatusId.OUTAGE if self._icon_name == "error" else StatusId.CLOSED
        dress = colours.status(status)
        self.setStyleSheet(
            f"#messageBar {{ background: {dress.tint}; border: 1px solid {dress.solid};"
            f" border-radius: 6px; }} #messageBar QLabel {{ color: {dress.ink}; }}"
        )
        self._icon.setPixmap(self._theme.pixmap(self._icon_name, 20, dress.ink))
        self._close.setIcon(self._theme.icon("close", dress.ink))

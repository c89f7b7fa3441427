"""How many notices are unread: in the window's title, in the menu and on the rail."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from izzitup_desktop.desktop.window.actions import Actions
from izzitup_desktop.desktop.window.navigation import Rail
from izzitup_desktop.desktop.words.texts import filled

_NOTICES = "notices"
_TITLE = "IzzitUp"
_COUNTED_MOST = 99


def show_unread(window: QWidget, actions: Actions, rail: Rail, count: int) -> None:
    """Say everywhere that so many are unread."""
    shown = str(count) if count <= _COUNTED_MOST else f"{_COUNTED_MOST}+"
    window.setWindowTitle(f"({shown}) {_TITLE}" if count else _TITLE)
    for action in actions.views:
        if action.data() == _NOTICES:
            title = QCoreApplication.translate("badge", "Notices")
            text = QCoreApplication.translate("badge", "%1 (%2)")
            action.setText(filled(text, title, shown) if count else title)
            # The rail has the count on the icon.
            action.setIconText(title)
            rail.set_badge(action, shown if count else "")

"""What a screen reader finds: a name and a role on everything that can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.access.sign_in import SignInDialog
from izzitup_desktop.desktop.accounts.dialog import AccountDialog
from izzitup_desktop.desktop.board.dialog import ServiceDialog
from izzitup_desktop.desktop.board.group_choice import Groups
from izzitup_desktop.desktop.board.status_dialog import StatusDialog
from izzitup_desktop.desktop.connections.page import ConnectionsPage
from izzitup_desktop.desktop.connections.token_dialog import TokenDialog
from izzitup_desktop.desktop.connections.token_rows import Known
from izzitup_desktop.desktop.history.report_dialog import ReportDialog
from izzitup_desktop.desktop.preferences.dialog import Preferences
from izzitup_desktop.desktop.start.first_run import FirstRun
from izzitup_desktop.desktop.window.shortcut_sheet import ShortcutSheet
from izzitup_desktop.domain.clock import SYSTEM_CLOCK
from tests.desktop.sessions import attached_session, board_of, wait

pytestmark = pytest.mark.soak

NAMED = {
    QAccessible.Role.PushButton, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton,
    QAccessible.Role.EditableText, QAccessible.Role.ComboBox, QAccessible.Role.SpinBox,
    QAccessible.Role.Table, QAccessible.Role.List, QAccessible.Role.Slider,
    QAccessible.Role.ButtonMenu, QAccessible.Role.ButtonDropDown, QAccessible.Role.MenuItem,
    QAccessible.Role.Dialog, QAccessible.Role.Window,
}  # fmt: skip
"""What must have a name; containers may go without."""


def tree(found: QAccessibleInterface, depth: int = 0) -> Iterator[QAccessibleInterface]:
    """An interface and everything below it; of tables only themselves: cells are asked apart."""
    yield found
    inner = (QAccessible.Role.Table, QAccessible.Role.List, QAccessible.Role.ComboBox,
             QAccessible.Role.SpinBox)  # fmt: skip
    if depth > 40 or found.role() in inner:
        return
    for place in range(found.childCount()):
        child = found.child(place)
        if child.isValid() and not child.state().invisible:
            yield from tree(child, depth + 1)


def nameless(widget: QWidget) -> list[str]:
    root = QAccessible.queryAccessibleInterface(widget)
    bad = []
    for found in tree(root):
        name = found.text(QAccessible.Text.Name).strip()
        thing = found.object()
        # A tab is part of its bar, and no object of its own.
        called = getattr(thing, "objectName", str)()
        what = f"{found.role()} {type(thing).__name__} {called}"
        if found.role() is QAccessible.Role.NoRole:
            bad.append(f"no role: {what}")
        elif found.role() in NAMED and not name:
            # A scroll bar's and a spin box's inner parts belong to what they are in.
            if isinstance(thing, QWidget) and isinstance(thing.parent(), QLineEdit):
                continue
            if called.startswith("qt_"):
                continue
            bad.append(f"no name: {what}")
    return bad


@pytest.mark.parametrize(
    "view",
    [
        "board",
        "history",
        "journal",
        "handover",
        "notices",
        "trash",
        "groups",
        "accounts",
        "connections",
    ],
)
def test_everything_of_a_view_has_a_name_and_a_role(
    view: str, home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    board_of(home, "E-Mail", "Chat")
    with attached_session(qtbot, qapp) as session:
        window = session.window
        wait(qtbot, lambda: len(window.model.shown_ids()) == 2)
        window.view.table.select([1])
        window.pages.go(view)
        assert window.pages.current == view
        assert nameless(window) == []
        cell = window.model.index(0, 0)
        assert cell.data(Qt.ItemDataRole.AccessibleTextRole).startswith("Operational, since")


def test_everything_of_each_section_of_connections_has_a_name_and_a_role(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    board_of(home, "E-Mail")
    with attached_session(qtbot, qapp) as session:
        window = session.window
        window.pages.go("connections")
        page = window.pages.page("connections")
        assert isinstance(page, ConnectionsPage)
        for section in (page.address, page.tokens, page.requests, page.console):
            page.show_section(section)
            assert nameless(window) == []


def test_everything_of_the_dialogs_has_a_name_and_a_role(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    board_of(home, "E-Mail")
    with attached_session(qtbot, qapp) as session:
        window, theme = session.window, session.theme
        wait(qtbot, lambda: len(window.model.shown_ids()) == 1)
        service = window.model.row_at(0).service
        dialogs = [
            ServiceDialog(theme, Groups(), service, window),
            StatusDialog(theme, [service], window),
            Preferences(theme, session.settings, window),
            ShortcutSheet(theme, window.actions_, {}, window),
            AccountDialog(theme, (), None, window),
            TokenDialog(theme, Known(accounts={1: "alice"}), SYSTEM_CLOCK, window),
            SignInDialog(theme, "here", "", window),
            ReportDialog(window),
            FirstRun(theme, session.runner, lambda _password, _name: None, "here", 8475, window),
        ]
        for dialog in dialogs:
            dialog.show()
            assert nameless(dialog) == [], type(dialog).__name__
            dialog.done(0)

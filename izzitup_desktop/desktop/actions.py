"""All actions of the window: menus, shortcuts and the context menu are fed from here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from izzitup_desktop.desktop.texts import filled, tooltip
from izzitup_desktop.desktop.theme import Theme, status_word
from izzitup_desktop.desktop.undo import Step
from izzitup_desktop.domain.accounts import Action, Actor, allowed, allowed_on
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.statuses import SETTABLE


class Actions(QObject):
    """Every `QAction`, made once. `permit` enables what may be done, and says why not."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons: list[tuple[QAction, str]] = []
        self.add = self._action(self.tr("&New service …"), "add", "Ctrl+N")
        self.edit = self._action(self.tr("&Edit …"), "edit", "Return", "Enter", "F2")
        self.remove = self._action(self.tr("&Delete"), "delete", "Del")
        self.set_status = tuple(self._status_action(int(id_)) for id_ in SETTABLE)
        self.undo = self._action(self.tr("&Undo"), "undo", "Ctrl+Z")
        self.redo = self._action(self.tr("&Redo"), "redo", "Ctrl+Shift+Z")
        self.copy = self._action(self.tr("&Copy rows"), "copy", "Ctrl+C")
        self.select_all = self._action(self.tr("Select &all"), "", "Ctrl+A")
        self.find = self._action(self.tr("&Find"), "search", "Ctrl+F")
        self.clear_filters = self._action(self.tr("&Show all services"), "", "Ctrl+Shift+F")
        self.refresh = self._action(self.tr("&Refresh"), "refresh", "F5")
        self.reset_columns = self._action(self.tr("Reset &columns"), "")
        self.copy_address = self._action(self.tr("Copy the API’s &address"), "server")
        self.preferences = self._action(self.tr("&Preferences …"), "settings", "Ctrl+,")
        self.quit = self._action(self.tr("&Quit"), "quit", "Ctrl+Q")
        self.guide = self._action(self.tr("&Guide"), "help", "F1")
        self.about = self._action(self.tr("&About IzzitUp"), "info")
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self.preferences.setMenuRole(QAction.MenuRole.PreferencesRole)
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        theme.changed.connect(self._dress)
        self._dress()

    def fill(self, bar: QMenuBar) -> None:
        """Put every action into the menus."""
        self._menu(
            bar,
            self.tr("&Board"),
            (self.refresh, self.copy_address, None, self.preferences, None, self.quit),
        )
        self._menu(
            bar,
            self.tr("&Edit"),
            (self.undo, self.redo, None, self.copy, self.select_all, None, self.find),
        )
        self._menu(
            bar,
            self.tr("&Service"),
            (self.add, self.edit, self.remove, None, *self.set_status),
        )
        self._menu(bar, self.tr("&View"), (self.clear_filters, self.reset_columns))
        self._menu(bar, self.tr("&Help"), (self.guide, self.about))

    def context_menu(self, parent: QWidget) -> QMenu:
        """The menu of the selected rows."""
        menu = QMenu(parent)
        menu.addActions(list(self.set_status))
        menu.addSeparator()
        menu.addActions([self.edit, self.remove, self.copy])
        return menu

    def keep_to(self, table: QWidget) -> None:
        """Let the keys of rows work in the table only: they are letters elsewhere."""
        for action in (*self.set_status, self.edit, self.remove, self.copy, self.select_all):
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            table.addAction(action)

    def permit(self, actor: Actor | None, selected: Sequence[Service]) -> None:
        """Enable what `actor` may do with the selection; None: the board is opening."""
        groups = [service.group_id for service in selected]
        self._allow(self.add, self._reason(actor, Action.SERVICE_ADD, None))
        nothing = "" if selected else self.tr("Select a service first.")
        one = "" if len(selected) == 1 else self.tr("Select one service.")
        self._allow(self.edit, self._reason(actor, Action.SERVICE_EDIT, groups) or one)
        self._allow(self.remove, self._reason(actor, Action.SERVICE_REMOVE, groups) or nothing)
        setting = self._reason(actor, Action.SERVICE_SET_STATUS, groups) or nothing
        for action in self.set_status:
            self._allow(action, setting)
        self._allow(self.copy, nothing)
        self._allow(self.refresh, "" if actor else self.tr("The board is being opened."))

    def show_steps(self, to_undo: Step | None, to_redo: Step | None) -> None:
        """Say what Undo and Redo would do."""
        for action, plain, naming, step in (
            (self.undo, self.tr("&Undo"), self.tr("&Undo: %1"), to_undo),
            (self.redo, self.tr("&Redo"), self.tr("&Redo: %1"), to_redo),
        ):
            text = step.text.replace("&", "&&") if step else ""
            action.setText(filled(naming, text) if step else plain)
            action.setEnabled(step is not None)

    def _reason(
        self, actor: Actor | None, action: Action, groups: Sequence[int | None] | None
    ) -> str:
        if actor is None:
            return self.tr("The board is being opened.")
        if not allowed(actor, action):
            return filled(self.tr("Your role, %1, does not permit this."), actor.role.value)
        if groups and not all(allowed_on(actor, action, group) for group in groups):
            return self.tr("You are limited to other groups.")
        return ""

    def _allow(self, action: QAction, reason: str) -> None:
        action.setEnabled(not reason)
        name = action.text().replace("&", "")
        action.setToolTip(tooltip(f"{name}\n{reason}" if reason else name))
        action.setStatusTip(reason)

    def _action(self, text: str, icon: str, *shortcuts: str) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(shortcut) for shortcut in shortcuts])
        if icon:
            self._icons.append((action, icon))
        return action

    def _status_action(self, status_id: int) -> QAction:
        text = filled(self.tr("Set %1"), status_word(status_id))
        action = self._action(text, "", str(status_id))
        action.setData(status_id)
        return action

    def _menu(self, bar: QMenuBar, title: str, actions: Sequence[QAction | None]) -> None:
        menu = bar.addMenu(title)
        menu.setToolTipsVisible(True)
        for action in actions:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)

    def _dress(self) -> None:
        for action, name in self._icons:
            action.setIcon(self._theme.icon(name))
        for action in self.set_status:
            action.setIcon(self._theme.status_icon(action.data(), 16))

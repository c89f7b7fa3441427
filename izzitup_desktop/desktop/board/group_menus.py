"""Menus of groups: where selected rows are moved to, and what a heading's menu offers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from izzitup_desktop.desktop.board.editing import Editing
from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.table import ServiceTable
from izzitup_desktop.desktop.theme import Theme, status_word
from izzitup_desktop.desktop.widgets.line_dialog import LineDialog
from izzitup_desktop.desktop.window.actions import Actions
from izzitup_desktop.desktop.window.commands import Commands
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.accounts import Action
from izzitup_desktop.domain.groups import Group, checked_name
from izzitup_desktop.domain.statuses import SETTABLE


class GroupMenus(QObject):
    """Fills the menu of `actions.move_to`, and opens that of a heading."""

    def __init__(
        self,
        theme: Theme,
        actions: Actions,
        commands: Commands,
        editing: Editing,
        table: ServiceTable,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._theme, self._actions, self._commands = theme, actions, commands
        self._editing, self._table, self._window = editing, table, window
        self.heading: QMenu | None = None
        """The menu of the heading that was asked for last."""
        self.dialog: LineDialog | None = None
        self.move_to = QMenu(window)
        self.move_to.aboutToShow.connect(self._fill_move_to)
        actions.move_to.setMenu(self.move_to)
        table.heading_menu_wanted.connect(self.open_heading)

    @property
    def _model(self) -> ServiceModel:
        return self._table.services

    def open_heading(self, group_id: int, at: QPoint) -> None:
        """Open the menu of a group's heading (0: no group) at this place of the screen."""
        if self.heading is not None:
            self.heading.deleteLater()
        menu = self.heading = QMenu(self._window)
        menu.setToolTipsVisible(True)
        ids = self._shown_of(group_id)
        groups = {abs(number) - 1 for number in self._model.arrangement.headings()}
        collapse = self._model.collapse
        collapsed = self._model.arrangement.collapsed
        toggle = self.tr("&Expand") if group_id in collapsed else self.tr("&Collapse")
        self._add(menu, toggle, lambda: self._table.toggle_section(group_id))
        self._add(menu, self.tr("Collapse all &others"), lambda: collapse(groups - {group_id}))
        self._add(menu, self.tr("E&xpand all"), lambda: collapse(()))
        menu.addSeparator()
        unset = self._actions.reason_against(group_id or None)
        for status_id in SETTABLE:
            text = filled(self.tr("Set all %1 to %2"), len(ids), status_word(status_id))
            set_all = self._add(menu, text, self._setting(ids, int(status_id)), unset)
            set_all.setIcon(self._theme.status_icon(int(status_id), 16))
        self._add(menu, self.tr("&Hold all"), lambda: self._commands.hold(ids, hold=True), unset)
        self._add(
            menu, self.tr("&Release all"), lambda: self._commands.hold(ids, hold=False), unset
        )
        menu.addSeparator()
        group = next((each for each in self._editing.groups if each.id == group_id), None)
        if group is not None:
            unnamed = self._actions.reason_for(Action.GROUP_EDIT)
            self._add(menu, self.tr("Re&name group …"), lambda: self.rename(group), unnamed)
        unadded = self._actions.reason_for(Action.SERVICE_ADD, [group_id or None])
        self._add(
            menu, self.tr("New &service here …"), lambda: self._editing.add(group_id), unadded
        )
        menu.popup(at)

    def rename(self, group: Group) -> None:
        """Ask for another name of a group."""
        dialog = LineDialog(
            self._theme, filled(self.tr("Rename the group %1"), group.name), self.tr("&Name"),
            self.tr("Rename"), group.name, checked_name, self._window,
        )  # fmt: skip
        dialog.submitted.connect(
            lambda name: self._commands.do(
                lambda board, principal: board.groups.edit(
                    principal, group.id, name, version=group.version
                ),
                self.tr("The group was not renamed."),
                then=lambda _value: dialog.accept(),
                failed=dialog.refused,
            )
        )
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _shown_of(self, group_id: int) -> list[int]:
        """The services of a group that the filter leaves, collapsed or not."""
        return self._model.arrangement.found_in(group_id)

    def _setting(self, ids: list[int], status_id: int) -> Callable[[], None]:
        return lambda: self._commands.set_status(ids, status_id)

    def _fill_move_to(self) -> None:
        menu = self.move_to
        menu.clear()
        groups = [(group.id, group.name) for group in self._editing.groups]
        for group_id, name in (*groups, (0, self.tr("No group"))):
            reason = self._actions.reason_for(Action.SERVICE_EDIT, [group_id or None])
            self._add(menu, name.replace("&", "&&"), self._moving(group_id), reason)

    def _moving(self, group_id: int) -> Callable[[], None]:
        return lambda: self._commands.move(self._table.selected_ids(), group_id or None, None)

    def _add(self, menu: QMenu, text: str, slot: Callable[[], object], reason: str = "") -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(lambda: slot())
        action.setEnabled(not reason)
        if reason:
            action.setToolTip(reason)
        return action

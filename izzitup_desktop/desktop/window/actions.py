"""All actions of the window: menus, keys, the palette and context menus are fed from here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from izzitup_desktop.desktop.theme import Theme, status_word
from izzitup_desktop.desktop.widgets.link_text import may_open
from izzitup_desktop.desktop.window.undo import UndoStep
from izzitup_desktop.desktop.words.roles import role_word
from izzitup_desktop.desktop.words.texts import filled, tooltip
from izzitup_desktop.desktop.words.times import in_short
from izzitup_desktop.domain.accounts import Action, Principal, allowed, allowed_on
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.statuses import SETTABLE

_IN_SETTINGS = {"set_with_options": "set_terms"}
"""Actions that settings files, where somebody gave them own keys, call otherwise."""


class Actions(QObject):
    """Every `QAction`, made once. `permit` enables what may be done, and says why not.

    An action's object name is what its own keys are kept under in the settings.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._under_way = self._can_undo = False
        self.name_groups: Callable[[Collection[int]], str] = lambda _ids: ""
        """What groups are called, in one line."""
        self._theme = theme
        self._principal: Principal | None = None
        self._icons: list[tuple[QAction, str]] = []
        self.add = self._action(self.tr("&New service …"), "add", "Ctrl+N")
        self.edit = self._action(self.tr("&Edit …"), "edit", "Return", "Enter")
        self.edit_in_place = self._action(self.tr("Edit in &place"), "edit", "F2")
        self.remove = self._action(self.tr("&Delete"), "delete", "Del")
        self.set_status = tuple(self._status_action(int(id_)) for id_ in SETTABLE)
        self.set_commented = tuple(self._commented_action(int(id_)) for id_ in SETTABLE)
        self.set_with_options = self._action(
            self.tr("Set with &comment, until, hold …"), "comment", "Ctrl+Return"
        )
        self.hold = self._action(self.tr("&Hold against scripts"), "lock", "Ctrl+H")
        self.release = self._action(self.tr("&Release"), "unlock", "Ctrl+Shift+H")
        self.confirm = self._action(self.tr("Con&firm the status"), "done", "Ctrl+E")
        self.move_up = self._action(self.tr("Move &up"), "up", "Alt+Shift+Up")
        self.move_down = self._action(self.tr("Move d&own"), "down", "Alt+Shift+Down")
        self.move_to = self._action(self.tr("Move to &group"), "groups")
        self.note = self._action(self.tr("&Note …"), "journal", "Ctrl+Shift+N")
        self.undo = self._action(self.tr("&Undo"), "undo", "Ctrl+Z")
        self.redo = self._action(self.tr("&Redo"), "redo", "Ctrl+Shift+Z", "Ctrl+Y")
        self._make_copies(parent)
        self.mistake = self._action(self.tr("Mark as a &mistake"), "", "Ctrl+M")
        self.select_all = self._action(self.tr("Select &all"), "", "Ctrl+A")
        self.find = self._action(self.tr("&Find"), "search", "Ctrl+F")
        self.clear_filters = self._action(self.tr("&Show all services"), "", "Ctrl+Shift+F")
        self.refresh = self._action(self.tr("&Refresh"), "refresh", "F5")
        self._make_view()
        self.palette = self._action(self.tr("Command &palette …"), "command", "Ctrl+K")
        self.copy_address = self._action(self.tr("Copy the API’s &address"), "server")
        self._make_page()
        self._make_files()
        self.sign_in = self._action(self.tr("&Sign in as somebody else …"), "person")
        self.lock = self._action(self.tr("&Lock the window"), "lock", "Ctrl+L")
        self.preferences = self._action(self.tr("&Preferences …"), "settings", "Ctrl+,")
        self.quit = self._action(self.tr("&Quit"), "quit", "Ctrl+Q")
        self.guide = self._action(self.tr("&Guide"), "help", "F1")
        self.shortcuts = self._action(self.tr("&Keyboard shortcuts …"), "keyboard", "Ctrl+?")
        self.about = self._action(self.tr("&About IzzitUp"), "info")
        self.views: list[QAction] = []
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self.preferences.setMenuRole(QAction.MenuRole.PreferencesRole)
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        for name, value in vars(self).items():
            if isinstance(value, QAction):
                value.setObjectName(_IN_SETTINGS.get(name, name.rstrip("_")))
        self._defaults: dict[str, list[QKeySequence]] = {}
        theme.changed.connect(self.dress)
        # The others are in menus, which nobody opens before the first paint.
        self.add.setIcon(theme.icon("add"))

    def _make_page(self) -> None:
        self.open_page = self._action(self.tr("&Open the status page"), "page")
        self.copy_page_address = self._action(self.tr("&Copy the status page’s address"), "copy")
        self.set_up_page = self._action(self.tr("Set up the status pa&ge …"), "page")

    def _make_files(self) -> None:
        self.import_ = self._action(self.tr("&Import …"), "import")
        self.export = self._action(self.tr("&Export …"), "export")
        self.backups = self._action(self.tr("&Backups …"), "backup")
        self.print_ = self._action(self.tr("&Print …"), "print", "Ctrl+P")

    def _make_view(self) -> None:
        self.reset_columns = self._action(self.tr("Reset &columns"), "")
        self.sections = self._toggle(self.tr("&Sections by group"), "Ctrl+G")
        self.collapse_all = self._action(self.tr("C&ollapse all groups"), "closed", "Ctrl+Shift+-")
        self.expand_all = self._action(self.tr("E&xpand all groups"), "opened", "Ctrl+Shift++")
        self.by_hand = self._toggle(self.tr("Sort by &hand"))
        self.worst_first = self._toggle(self.tr("Worst &first"))
        self.compact = self._toggle(self.tr("Co&mpact rows"), "Ctrl+Shift+D")
        self.inspector = self._toggle(self.tr("&Inspector"), "Ctrl+I")
        self.wall = self._action(self.tr("&Wall display"), "wall", "F11")

    def all(self) -> list[QAction]:
        """Every action, in the order of the menus."""
        return [action for action in self.children() if isinstance(action, QAction)]

    def add_view(self, name: str, text: str, icon: str, number: int) -> QAction:
        """An action that goes to a view, by Alt and its number (from 1 on)."""
        action = self._action(text, icon, *([f"Alt+{number}"] if number <= 9 else []))
        action.setObjectName(f"view_{name}")
        action.setCheckable(True)
        action.setIcon(self._theme.icon(icon))
        self.views.append(action)
        return action

    def remap(self, shortcuts: Mapping[str, str]) -> None:
        """Give actions own keys by their names; the others have their first ones."""
        for action in self.all():
            name = action.objectName()
            first = self._defaults.setdefault(name, action.shortcuts())
            own = shortcuts.get(name)
            action.setShortcuts(first if own is None else [QKeySequence(own)] if own else [])

    def first_keys(self, action: QAction) -> list[QKeySequence]:
        """The keys that an action has where nobody gave it others."""
        return self._defaults.get(action.objectName(), action.shortcuts())

    def key_of(self, status_id: int) -> str:
        """The key that sets this status on the selection, "" for none."""
        found = (action for action in self.set_status if action.data() == status_id)
        native = QKeySequence.SequenceFormat.NativeText
        return next((action.shortcut().toString(native) for action in found), "")

    def fill(self, bar: QMenuBar) -> None:
        """Put every action into the menus."""
        self._menu(
            bar,
            self.tr("&Board"),
            (
                self.refresh, self.copy_address, None, self.open_page, self.copy_page_address,
                self.set_up_page, None, self.import_, self.export, self.backups, self.print_,
                None, self.sign_in, self.lock, None, self.preferences, None, self.quit,
            ),
        )  # fmt: skip
        self._menu(
            bar,
            self.tr("&Edit"),
            (
                self.undo, self.redo, self.mistake, None, self.copy, self.copy_menu.menuAction(),
                self.select_all, None, self.find, self.palette,
            ),
        )  # fmt: skip
        self._menu(
            bar,
            self.tr("&Service"),
            (
                self.add, self.edit, self.edit_in_place, self.note, self.remove, None,
                *self.set_status,
                *self.set_commented, self.set_with_options, self.open_address, None, self.hold,
                self.release, self.confirm, None, self.move_up, self.move_down, self.move_to,
            ),
        )  # fmt: skip
        self.view_menu = self._menu(
            bar,
            self.tr("&View"),
            (
                *self.views, None, self.clear_filters, self.by_hand, self.worst_first, None,
                self.sections, self.collapse_all, self.expand_all, None,
                self.compact, self.inspector, self.wall, None, self.reset_columns,
            ),
        )  # fmt: skip
        self._menu(bar, self.tr("&Help"), (self.guide, self.shortcuts, self.about))

    def context_menu(self, parent: QWidget) -> QMenu:
        """The menu of the selected rows."""
        menu = QMenu(parent)
        menu.addActions([*self.set_status, self.set_with_options])
        menu.addSeparator()
        menu.addActions([self.hold, self.release, self.confirm])
        menu.addSeparator()
        menu.addActions([self.edit, self.note, self.move_to, self.remove, self.open_address])
        menu.addActions([self.copy, self.copy_menu.menuAction()])
        return menu

    def for_many(self) -> list[QAction]:
        """What the bar of several selected rows offers, with short words."""
        for action in self.set_status:
            action.setIconText(status_word(action.data()))
        self.set_with_options.setIconText(self.tr("With options …"))
        self.move_to.setIconText(self.tr("Group"))
        self.note.setIconText(self.tr("Note"))
        self.hold.setIconText(self.tr("Hold"))
        self.release.setIconText(self.tr("Release"))
        return [
            *self.set_status, self.set_with_options, self.hold, self.release, self.move_to,
            self.note, self.remove,
        ]  # fmt: skip

    def keep_to(self, table: QWidget) -> None:
        """Let the keys of rows work in the table only: they are letters elsewhere."""
        for action in (
            *self.set_status, *self.set_commented, self.edit, self.edit_in_place, self.remove,
            self.copy, self.open_address, self.select_all, self.set_with_options, self.move_up,
            self.move_down, self.note,
        ):  # fmt: skip
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            table.addAction(action)

    def permit(
        self, principal: Principal | None, selected: Sequence[Service], *, on_board: bool = True
    ) -> None:
        """Enable what `principal` may do with the selection; None: the board is opening.

        Off the board, where the selection isn't seen, nothing is done with it.
        """
        self._principal = principal
        groups = [service.group_id for service in selected]
        self._allow(self.add, self.reason(principal, Action.SERVICE_ADD, None))
        unseen = "" if on_board else self.tr("Go to the board: what is selected there isn’t seen.")
        nothing = unseen or ("" if selected else self.tr("Select a service first."))
        one = unseen or ("" if len(selected) == 1 else self.tr("Select one service."))
        editing = self.reason(principal, Action.SERVICE_EDIT, groups)
        self._allow(self.edit, editing or one)
        self._allow(self.edit_in_place, editing or one)
        self._allow(self.move_to, editing or nothing)
        self._allow(self.note, editing or nothing)
        self._allow(self.remove, self.reason(principal, Action.SERVICE_REMOVE, groups) or nothing)
        setting = self.reason(principal, Action.SERVICE_SET_STATUS, groups) or nothing
        of_status = (*self.set_status, *self.set_commented, self.set_with_options)
        for action in (*of_status, self.confirm, self.hold):
            self._allow(action, setting)
        held = any(service.hold for service in selected)
        self._allow(self.release, setting or ("" if held else self.tr("Nothing is held.")))
        unsorted = "" if self.sections.isChecked() else self.tr("Show sections by group first.")
        for action in (self.move_up, self.move_down):
            self._allow(action, editing or nothing or unsorted)
        for action in (self.copy, *self.copy_as):
            self._allow(action, nothing)
        self._allow(self.ask_api, one)
        urls = filter(None, (url for each in selected for url in (each.url, each.check_url)))
        linked = any(map(may_open, urls))
        self._allow(self.open_address, nothing or ("" if linked else self.tr("It has no address.")))
        self._allow(self.select_all, unseen)
        opening = "" if principal else self.tr("The board is being opened.")
        for action in (self.refresh, self.sign_in, self.lock, self.wall, self.palette):
            self._allow(action, opening)
        self._allow(self.set_up_page, self.reason(principal, Action.TOKEN_OWN, None))
        self._allow(self.import_, self.reason(principal, Action.BOARD_IMPORT, None))
        self._allow(self.export, self.reason(principal, Action.BOARD_EXPORT, None))
        self._allow(self.backups, self.reason(principal, Action.BOARD_BACKUP, None))

    def set_page(self, reason: str) -> None:
        """Say why the status page can't be opened, "" where it can."""
        for action in (self.open_page, self.copy_page_address):
            self._allow(action, reason)

    def set_under_way(self, under_way: bool) -> None:
        """Something is being written, which can be undone at once; or not any more."""
        self._under_way = under_way
        self.undo.setEnabled(under_way or self._can_undo)

    def show_steps(
        self,
        to_undo: UndoStep | None,
        to_redo: UndoStep | None,
        restored_at: datetime | None = None,
    ) -> None:
        """Say what Undo and Redo would do; why nothing, where the board was restored."""
        for action, plain, naming, step in (
            (self.undo, self.tr("&Undo"), self.tr("&Undo: %1"), to_undo),
            (self.redo, self.tr("&Redo"), self.tr("&Redo: %1"), to_redo),
        ):
            text = step.text.replace("&", "&&") if step else ""
            action.setText(filled(naming, text) if step else plain)
            action.setEnabled(step is not None)
        if to_undo is None and restored_at is not None:
            why = self.tr("Nothing to undo: the board was restored at %1")
            self.undo.setText(filled(why, in_short(restored_at)))
        self._can_undo = to_undo is not None
        self.set_under_way(self._under_way)

    def reason_for(self, action: Action, groups: Sequence[int | None] | None = None) -> str:
        """Why who acts may not do this (in one of these groups), "" where it may."""
        return self.reason(self._principal, action, groups)

    def reason_against(self, group_id: int | None) -> str:
        """Why a status of this group's services can't be set, "" where it can."""
        return self.reason(self._principal, Action.SERVICE_SET_STATUS, [group_id])

    def reason(
        self,
        principal: Principal | None,
        action: Action,
        groups: Sequence[int | None] | None = None,
    ) -> str:
        """Why the principal may not do this (in one of these groups), "" where it may."""
        if principal is None:
            return self.tr("The board is being opened.")
        if not allowed(principal, action):
            return filled(
                self.tr("Your role, %1, does not permit this."), role_word(principal.role)
            )
        if groups and not all(allowed_on(principal, action, group) for group in groups):
            names = self.name_groups(principal.group_ids)
            only = filled(self.tr("You may change %1 only."), names)
            return only if names else self.tr("You are limited to other groups.")
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

    def _toggle(self, text: str, *shortcuts: str, icon: str = "") -> QAction:
        action = self._action(text, icon, *shortcuts)
        action.setCheckable(True)
        return action

    def _status_action(self, status_id: int) -> QAction:
        text = filled(self.tr("Set %1"), status_word(status_id))
        action = self._action(text, "", str(status_id))
        action.setData(status_id)
        action.setObjectName(f"set_status_{status_id}")
        return action

    def _make_copies(self, parent: QWidget) -> None:
        self.copy = self._action(self.tr("&Copy rows"), "copy", "Ctrl+C")
        self.copy_as = self._copies()
        self.copy_menu = QMenu(self.tr("Copy r&ows as"), parent)
        self.copy_menu.addActions(self.copy_as)
        self.ask_api = self._action(self.tr("&Ask the API …"), "connections")
        self.copy_menu.addSeparator()
        self.copy_menu.addAction(self.ask_api)
        self.open_address = self._action(self.tr("Open add&ress"), "link", "Ctrl+O")

    def _copies(self) -> tuple[QAction, ...]:
        made = []
        for form, text in (
            ("chat", self.tr("Copy as status line for &chat")),
            ("markdown", self.tr("Copy as &Markdown table")),
            ("html", self.tr("Copy as &HTML table")),
            ("curl", self.tr("Copy as c&url command")),
            ("powershell", self.tr("Copy as &PowerShell command")),
            ("python", self.tr("Copy as P&ython script")),
        ):
            action = self._action(text, "")
            action.setData(form)
            action.setObjectName(f"copy_as_{form}")
            made.append(action)
        return tuple(made)

    def _commented_action(self, status_id: int) -> QAction:
        text = filled(self.tr("Set %1 with a comment …"), status_word(status_id))
        action = self._action(text, "comment", f"Shift+{status_id}")
        action.setData(status_id)
        action.setObjectName(f"set_commented_{status_id}")
        return action

    def _menu(self, bar: QMenuBar, title: str, actions: Sequence[QAction | None]) -> QMenu:
        menu = bar.addMenu(title)
        menu.setToolTipsVisible(True)
        for action in actions:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)
        return menu

    def dress(self) -> None:
        """Give every action its icon, in the theme's colours."""
        for action, name in self._icons:
            action.setIcon(self._theme.icon(name))
        for action in self.set_status:
            action.setIcon(self._theme.status_icon(action.data(), 16))

"""Groups: added, renamed, put into order, removed when empty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QTableView

from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.theme import counted
from izzitup_desktop.desktop.widgets.draft import Draft
from izzitup_desktop.desktop.widgets.line_dialog import LineDialog
from izzitup_desktop.desktop.widgets.listing import ListColumn, ListModel, ListTable
from izzitup_desktop.desktop.widgets.shelf import Shelf
from izzitup_desktop.desktop.window.page import Page
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.accounts import Action, Principal, allowed
from izzitup_desktop.domain.groups import Group, checked_name
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.statuses import worst

if TYPE_CHECKING:
    from izzitup_desktop.board import Board
    from izzitup_desktop.desktop.window.commands import Commands

DRAFT_KIND = "group"


@dataclass(frozen=True)
class GroupRow:
    """A group, its place (from 1 on) and the statuses of its services."""

    group: Group
    place: int
    statuses: Counter[int]


class GroupsPage(Page):
    """Who may only look sees the list."""

    def __init__(self, context: Context, commands: Commands, name: str, title: str) -> None:
        super().__init__(context, commands, name, title)
        self.dialog: LineDialog | None = None
        self.model = ListModel[GroupRow](self._columns(), key=lambda row: row.group.id)
        self.table = ListTable(self.model, self.tr("Groups"))
        self.shelf = Shelf(self.theme, self.table, "groups")
        self.shelf.say(
            self.tr("No groups yet"),
            self.tr("Groups are the sections of the board, and what an editor can be limited to."),
        )
        self.body.addWidget(self.shelf, 1)
        self.add_button_ = self.add_button(self.tr("New group …"), "add", self.add)
        self.rename_button = self.add_button(self.tr("Rename …"), "edit", self.rename)
        self.up_button = self.add_button("", "up", lambda: self.put(-1))
        self.down_button = self.add_button("", "down", lambda: self.put(1))
        for button, text in ((self.up_button, self.tr("Up")), (self.down_button, self.tr("Down"))):
            button.setAccessibleName(text)
            button.setToolTip(text)
        self.remove_button = self.add_button(self.tr("Delete"), "delete", self.remove)
        for text, keys, slot in (
            (self.tr("&Rename …"), "F2", self.rename),
            (self.tr("Move &up"), "Alt+Shift+Up", lambda: self.put(-1)),
            (self.tr("Move d&own"), "Alt+Shift+Down", lambda: self.put(1)),
            (self.tr("&Delete"), "Del", self.remove),
        ):
            action = QAction(text, self)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _checked=False, slot=slot: slot())
            self.table.offer(action)
        self.table.opened.connect(lambda _row: self.rename())
        self.table.chosen.connect(self._permit)
        self._permit()

    def tables(self) -> list[QTableView]:
        return [self.table]

    def attach(self, board: Board, principal: Principal) -> None:
        super().attach(board, principal)
        self._permit()

    def concerns(self, entry: Entry) -> bool:
        return entry.kind.subject in ("group", "service", "board")

    def reload(self) -> None:
        def read(board: Board, principal: Principal) -> list[GroupRow]:
            picture = board.live.picture().seen_by(principal)
            statuses: dict[int, Counter[int]] = {}
            for service in picture.services.values():
                if service.group_id is not None:
                    statuses.setdefault(service.group_id, Counter())[service.status_id] += 1
            return [
                GroupRow(group, place, statuses.get(group.id, Counter()))
                for place, group in enumerate(picture.groups, 1)
            ]

        self.read(read, self._show, self.tr("The groups could not be read."))

    def add(self) -> None:
        """Ask for the name of a new group."""
        self._ask(self.tr("New group"), "", self.tr("Add group"), self._add)

    def rename(self) -> None:
        """Ask for another name of the selected group."""
        found = self.table.selected()
        if len(found) == 1 and self.rename_button.isEnabled():
            self._ask_name_of(found[0].group)

    def continue_draft(self, draft: Draft, groups: Sequence[Group]) -> LineDialog | None:
        """Ask for the name of a group with what was typed; a new one where it is gone."""
        known = {group.id: group for group in groups}.get(draft.get("id", 0))
        if known is None:
            self.add()
        else:
            self._ask_name_of(known)
        if self.dialog is not None:
            self.dialog.line.setText(draft.get("text", ""))
        return self.dialog

    def _ask_name_of(self, group: Group) -> None:
        title = filled(self.tr("Rename %1"), group.name)
        self._ask(title, group.name, self.tr("Rename"), lambda n: self._rename(group, n), group.id)

    def put(self, by: int) -> None:
        """Put the selected group one place up (-1) or down (1)."""
        found = self.table.selected()
        if len(found) != 1 or not self.up_button.isEnabled():
            return
        groups = [row.group for row in self.model.items]
        place = groups.index(found[0].group) + by
        if not 0 <= place < len(groups):
            return
        # Going down means standing before the one after the next.
        after = place if by < 0 else place + 1
        before_id = groups[after].id if after < len(groups) else None
        group_id = found[0].group.id
        self.commands.do(
            lambda board, principal: board.groups.move(principal, group_id, before_id),
            self.tr("The group could not be moved."),
        )

    def remove(self) -> None:
        """Delete the selected group, if it is empty."""
        found = self.table.selected()
        if len(found) == 1 and self.remove_button.isEnabled():
            group = found[0].group
            self.commands.do(
                lambda board, principal: board.groups.remove(principal, group.id),
                filled(self.tr("The group %1 could not be deleted."), group.name),
                told=filled(self.tr("Deleted the group %1"), group.name),
            )

    def _add(self, name: str) -> None:
        self._store(lambda board, principal: board.groups.add(principal, name))

    def _rename(self, group: Group, name: str) -> None:
        self._store(
            lambda board, principal: board.groups.edit(
                principal, group.id, name, version=group.version
            )
        )

    def _ask(self, title: str, text: str, verb: str, then: object, group_id: int = 0) -> None:
        dialog = LineDialog(self.theme, title, self.tr("&Name"), verb, text, checked_name, self)
        dialog.draft_kind, dialog.draft_fields = DRAFT_KIND, {"id": group_id}
        dialog.submitted.connect(then)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _store(self, work: object) -> None:
        dialog = self.dialog
        if dialog is not None:
            self.commands.do(
                work,  # type: ignore[arg-type]
                "",
                then=lambda _group: dialog.accept(),
                failed=dialog.refused,
            )

    def _show(self, rows: Sequence[GroupRow]) -> None:
        self.model.replace(rows)
        self._permit()

    def _permit(self) -> None:
        principal, one = self.principal, len(self.table.selected()) == 1
        may = {
            action: principal is not None and allowed(principal, action)
            for action in (Action.GROUP_ADD, Action.GROUP_EDIT, Action.GROUP_REMOVE)
        }
        self.add_button_.setEnabled(may[Action.GROUP_ADD])
        for button in (self.rename_button, self.up_button, self.down_button):
            button.setEnabled(may[Action.GROUP_EDIT] and one)
        self.remove_button.setEnabled(may[Action.GROUP_REMOVE] and one)

    def _columns(self) -> list[ListColumn[GroupRow]]:
        def counts(row: GroupRow) -> str:
            parts = [
                counted(status, count)
                for status, count in sorted(row.statuses.items(), reverse=True)
            ]
            return ", ".join(parts) or self.tr("empty")

        return [
            ListColumn(
                self.tr("Name"),
                lambda row: row.group.name,
                260,
                icon=lambda row: self.theme.status_icon(worst(row.statuses)),
            ),
            ListColumn(
                self.tr("Place"), lambda row: str(row.place), 70, sort=lambda row: row.place
            ),
            ListColumn(self.tr("Services"), counts, 300, sort=lambda row: row.statuses.total()),
        ]

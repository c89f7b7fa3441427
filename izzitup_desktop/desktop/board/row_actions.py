"""What the window's actions do with the rows of the board."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QDialog, QSplitter, QWidget

from izzitup_desktop.desktop.board.cell_texts import title_of
from izzitup_desktop.desktop.board.editing import Editing
from izzitup_desktop.desktop.board.folding import InspectorFold
from izzitup_desktop.desktop.board.group_menus import GroupMenus
from izzitup_desktop.desktop.board.inspector import Inspector
from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.notes import Notes
from izzitup_desktop.desktop.board.reader import Reading
from izzitup_desktop.desktop.board.rows import Column, Row
from izzitup_desktop.desktop.board.search_menu import read, written
from izzitup_desktop.desktop.board.sorting import Sorting
from izzitup_desktop.desktop.board.sticky_heading import StickyHeading
from izzitup_desktop.desktop.board.stillness import OrderHint, Stillness
from izzitup_desktop.desktop.board.tsv import as_tsv
from izzitup_desktop.desktop.board.view import BoardView
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.desktop.widgets.comment_line import RECENT_MOST
from izzitup_desktop.desktop.widgets.draft import Draft
from izzitup_desktop.desktop.window.actions import Actions
from izzitup_desktop.desktop.window.commands import Commands
from izzitup_desktop.desktop.window.state import WindowState
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.errors import Conflict, Invalid, NotFound
from izzitup_desktop.domain.services import Service, ServiceDraft

if TYPE_CHECKING:
    from izzitup_desktop.desktop.board.status_dialog import StatusDialog
    from izzitup_desktop.platform.settings import Settings

_NAME = "board"


class RowActions(QObject):
    """Wires actions, table, bulk bar and inspector to the commands."""

    def __init__(
        self,
        theme: Theme,
        actions: Actions,
        commands: Commands,
        editing: Editing,
        view: BoardView,
        inspector: Inspector,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._theme, self._actions, self._commands = theme, actions, commands
        self._editing, self._view, self._inspector = editing, view, inspector
        self._window = window
        self.fold = InspectorFold(window, actions.inspector)
        self.dialog: StatusDialog | None = None
        self.stillness = Stillness(view.table, self)
        self.sticky = StickyHeading(theme, view.table)
        self.sorting = Sorting(view.table, actions, self)
        self.order_hint = OrderHint(theme, view.table, actions.refresh)
        self.group_menus = GroupMenus(theme, actions, commands, editing, view.table, window)
        self.notes = Notes(theme, commands, window)
        self.comments = inspector.comments
        self.shift_end = time(17)
        self._connect()

    @property
    def _model(self) -> ServiceModel:
        return self._view.model

    def selected(self) -> list[Service]:
        """The selected services, from top to bottom."""
        rows = self._model.arrangement.rows
        ids = self._view.table.selected_ids()
        return [rows[id_].service for id_ in ids if id_ in rows]

    def _add(self) -> None:
        # The next one is often beside the one that was just looked at.
        selected = self.selected()
        self._editing.add(selected[0].group_id if selected else None)

    def save_state(self, state: WindowState, splitter: QSplitter) -> None:
        """Keep how the board looks."""
        table, view = self._view.table, self._view
        state.keep_header(_NAME, table.horizontalHeader())
        state.keep_splitter(_NAME, splitter)
        state.put(f"{_NAME}/automatic_widths", table.columns.automatic)
        state.put(f"{_NAME}/sections", self._actions.sections.isChecked())
        state.put(f"{_NAME}/compact", self._actions.compact.isChecked())
        state.put(f"{_NAME}/inspector", self.fold.wanted)
        state.put(f"{_NAME}/collapsed", sorted(self._model.arrangement.collapsed))
        state.put(f"{_NAME}/search", view.search.text())
        state.put(f"{_NAME}/saved_searches", written(view.search_menu.saved))
        state.put(f"{_NAME}/statuses", sorted(view.chips.statuses()))
        state.put(f"{_NAME}/comments", "\n".join(self.comments.recent))

    def restore_state(self, state: WindowState, splitter: QSplitter) -> None:
        """Bring back how the board looked."""
        table, view, actions = self._view.table, self._view, self._actions
        state.restore_splitter(_NAME, splitter)
        self._model.collapse(state.numbers(f"{_NAME}/collapsed"))
        # Sections hide the groups' column, which somebody may have shown again.
        actions.sections.setChecked(state.flag(f"{_NAME}/sections", default=True))
        if state.restore_header(_NAME, table.horizontalHeader()):
            table.columns.automatic = state.flag(f"{_NAME}/automatic_widths", default=True)
        actions.compact.setChecked(state.flag(f"{_NAME}/compact", default=False))
        wide = self._window.width() >= 1_100
        actions.inspector.setChecked(state.flag(f"{_NAME}/inspector", default=wide))
        self._show_inspector(actions.inspector.isChecked())
        view.search.setText(state.text(f"{_NAME}/search"))
        view.search_menu.saved = read(state.text(f"{_NAME}/saved_searches"))
        recent = filter(None, state.text(f"{_NAME}/comments").split("\n"))
        self.comments.recent = tuple(recent)[:RECENT_MOST]
        for status_id in state.numbers(f"{_NAME}/statuses"):
            view.chips.choose(status_id)

    def concern(self, rows: Iterable[Row], gone: Iterable[int]) -> bool:
        """Whether any of these rows, or of what is gone, is selected or inspected."""
        ids = set(self._view.table.selected_ids())
        if (inspected := self._inspector.service) is not None:
            ids.add(inspected.id)
        return not ids.isdisjoint([row.service.id for row in rows]) or not ids.isdisjoint(gone)

    def follow(self, settings: Settings) -> None:
        """Offer what the settings have for the dialog of a status."""
        self.comments.templates = settings.comment_templates
        self.comments.follow_page(is_on=settings.page, shows_comments=settings.page_comments)
        if settings.shift_end:
            self.shift_end = time.fromisoformat(settings.shift_end)

    def on_reading(self, reading: Reading) -> None:
        """Hear of what is different now: an open dialog may be about it."""
        dialog = self.dialog
        if dialog is None:
            return
        rows, gone = reading.rows, reading.gone
        if reading.arranged is not None:
            known = self._model.arrangement.rows
            rows = tuple(known[id_] for id_ in dialog.ids if id_ in known)
            gone = frozenset(id_ for id_ in dialog.ids if id_ not in known)
        dialog.on_services([row.service for row in rows], gone)

    def show_row(self) -> None:
        """Show the selected rows in the inspector, as they are now."""
        known = self._model.arrangement.rows
        ids = self._view.table.selected_ids()
        self._inspector.show_rows([known[id_] for id_ in ids if id_ in known])

    def set_with_options(self, services: Sequence[Service], status_id: int = 0) -> None:
        """Open the dialog of comment, until, then and hold, with this status chosen."""
        if not services or self.dialog is not None:
            return
        from izzitup_desktop.desktop.board.status_dialog import StatusDialog  # when asked for

        dialog = StatusDialog(
            self._theme,
            services,
            self._window,
            comments=self.comments,
            shift_end=self.shift_end,
        )
        dialog.submitted.connect(
            lambda status_id, comment, options: self._commands.set_status(
                dialog.ids,
                status_id,
                comment,
                options,
                then=lambda _value: dialog.stored(),
                failed=dialog.refused,
            )
        )
        if status_id:
            dialog.choice.show_chosen(status_id)
            dialog.choice.chosen.emit(status_id)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def continue_draft(self, draft: Draft) -> QDialog | None:
        """Open the dialog of status or note with what was typed; None where all are gone."""
        rows = self._model.arrangement.rows
        services = [rows[id_].service for id_ in draft.numbers("ids") if id_ in rows]
        if draft.kind == "note":
            return self.notes.continue_draft(draft, services)
        self.set_with_options(services)
        if self.dialog is not None:
            self.dialog.continue_draft(draft)
        return self.dialog

    def _forget(self) -> None:
        self.dialog = None
        # Where a question closed together with it, no window has the keys.
        QTimer.singleShot(0, self._window, self._window.activateWindow)

    def _connect(self) -> None:
        actions, view, table, commands = (
            self._actions, self._view, self._view.table, self._commands,
        )  # fmt: skip
        commands.under_way.connect(self.stillness.set_under_way)
        commands.arranged.connect(self.stillness.apply)
        actions.refresh.triggered.connect(self.stillness.apply)
        table.tips.key_of = actions.key_of
        table.tips.reason_of = lambda row: actions.reason_against(row.service.group_id)
        actions.add.triggered.connect(self._add)
        actions.edit.triggered.connect(self._edit)
        actions.edit_in_place.triggered.connect(table.edit_in_place)
        actions.note.triggered.connect(lambda: self.notes.ask(self.selected()))
        actions.remove.triggered.connect(lambda: commands.remove(table.selected_ids()))
        for action in actions.set_status:
            action.triggered.connect(self._set_status)
        for action in actions.set_commented:
            action.triggered.connect(self._set_commented)
        actions.set_with_options.triggered.connect(lambda: self.set_with_options(self.selected()))
        actions.hold.triggered.connect(lambda: commands.hold(table.selected_ids(), hold=True))
        actions.release.triggered.connect(lambda: commands.hold(table.selected_ids(), hold=False))
        actions.confirm.triggered.connect(lambda: commands.confirm(table.selected_ids()))
        actions.move_up.triggered.connect(lambda: table.move_selected(-1))
        actions.move_down.triggered.connect(lambda: table.move_selected(1))
        actions.copy.triggered.connect(self._copy)
        actions.select_all.triggered.connect(table.selectAll)
        actions.find.triggered.connect(self._find)
        actions.clear_filters.triggered.connect(view.clear_filters)
        actions.reset_columns.triggered.connect(table.reset_columns)
        actions.sections.toggled.connect(self._section)
        actions.collapse_all.triggered.connect(self._collapse_all)
        actions.expand_all.triggered.connect(lambda: self._model.collapse(()))
        actions.compact.toggled.connect(table.set_density)
        actions.inspector.toggled.connect(self._show_inspector)
        table.status_wanted.connect(lambda id_, status: commands.set_status([id_], status))
        table.edit_wanted.connect(self._editing.edit)
        table.edited.connect(self._store_in_place)
        table.move_wanted.connect(self._move)
        table.selectionModel().selectionChanged.connect(self.show_row)
        view.add_wanted.connect(lambda: self._editing.add())
        view.bulk.offer(actions.for_many())
        self._inspector.options_wanted.connect(self._set_one_with_options)
        self._inspector.edit_wanted.connect(self._editing.edit)

    def _set_status(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._commands.set_status(self._view.table.selected_ids(), action.data())

    def _set_commented(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.set_with_options(self.selected(), action.data())

    def _set_one_with_options(self, service_id: int) -> None:
        row = self._model.arrangement.rows.get(service_id)
        if row is not None:
            self.set_with_options([row.service])

    def _edit(self) -> None:
        ids = self._view.table.selected_ids()
        if len(ids) == 1:
            self._editing.edit(ids[0])

    def _store_in_place(self, service_id: int, field: str, text: str) -> None:
        not_saved = filled(self.tr("The service was not saved. You had typed: “%1”"), text)
        row = self._model.arrangement.rows.get(service_id)
        if row is None:
            self._commands.fail(NotFound("service", str(service_id)), not_saved)
            return
        service = row.service
        fields: dict[str, str] = {field: text}
        draft = replace(ServiceDraft.of(service), **fields)  # type: ignore[arg-type]

        def failed(error: Exception) -> None:
            may_be_mended = isinstance(error, (Invalid, Conflict))
            if may_be_mended and self._model.place_of(service_id) >= 0:
                # What was typed is not dropped: it comes back with the reason.
                self._view.table.edit_again(service_id, field, text, str(error))
            else:
                self._commands.fail(error, not_saved)

        self._commands.edit(
            service_id, draft, service.version, then=lambda _service: None, failed=failed
        )

    def _move(self, ids: list[int], group_id: int, before_id: int) -> None:
        sorted_by_hand = self.sorting.is_by_hand
        # What is put into an own order is shown in it.
        self.sorting.by_hand()
        told = "" if sorted_by_hand else self.tr("Moved, and sorted by hand now: %1")
        self._commands.move(ids, group_id or None, before_id or None, told)

    def _copy(self) -> None:
        rows = [self._model.arrangement.rows[id_] for id_ in self._view.table.selected_ids()]
        if rows:
            QGuiApplication.clipboard().setText(as_tsv(rows, title_of))

    def _find(self) -> None:
        # A page that is shown has the keys for its own search.
        if self._view.isVisible():
            self._view.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._view.search.selectAll()

    def _section(self, on: bool) -> None:
        self._model.section(on)
        self._view.table.setDragEnabled(on)
        self._actions.collapse_all.setEnabled(on)
        self._actions.expand_all.setEnabled(on)
        header = self._view.table.horizontalHeader()
        header.setSectionHidden(Column.GROUP, on)
        self._view.table.columns.follow_window()

    def _collapse_all(self) -> None:
        rows = self._model.arrangement.rows.values()
        self._model.collapse({row.service.group_id or 0 for row in rows})

    def _show_inspector(self, on: bool) -> None:
        self._inspector.setVisible(on)
        if on:
            self.show_row()

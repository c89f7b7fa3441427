"""Which services and groups are muted or followed: chosen by a row's menu, seen in a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.start.settings_keeper import SettingsKeeper
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.desktop.window.page import Page

if TYPE_CHECKING:
    # When somebody looks what is muted.
    from izzitup_desktop.desktop.notifications.mutes_dialog import MutesDialog

SERVICES, GROUPS, FOLLOWED = "muted_services", "muted_groups", "followed_services"
"""The settings that hold it."""

_NOTICES = "notices"


def group_id_of(model: ServiceModel, service_id: int) -> int:
    """The group of a service that is shown; 0 for none."""
    row = model.arrangement.rows.get(service_id)
    return (row.service.group_id or 0) if row is not None else 0


def group_of(model: ServiceModel, service_id: int) -> str:
    """What the group of a service that is shown is called; "" for none."""
    row = model.arrangement.rows.get(service_id)
    return row.group if row is not None else ""


class Muting(QObject):
    """Offers it for the selected rows of a window, and keeps it in the settings."""

    def __init__(self, window: MainWindow, keeper: SettingsKeeper) -> None:
        super().__init__(window)
        self._window, self._keeper = window, keeper
        self.dialog: MutesDialog | None = None
        self._wanted: dict[str, set[int]] = {}
        """What is being saved: the next change goes by that."""
        keeper.failed.connect(self._wanted.clear)
        self.menu = QMenu(self.tr("&Notices"), window)
        self.mute = self._offer(self.tr("&Mute these services"), self.mute_services)
        self.mute_group = self._offer(self.tr("Mute the whole &group"), self.mute_groups)
        self.follow = self._offer(self.tr("Notify of every &status"), self.follow_services)
        self.menu.addSeparator()
        self.menu.addAction(self.tr("What is muted …"), self.show_mutes)
        self.menu.aboutToShow.connect(self._show_state)
        table = window.view.table
        if table.context_menu is not None:
            table.context_menu.addSeparator()
            table.context_menu.addMenu(self.menu)
        window.pages.made.connect(self._on_made)
        for page in window.pages.made_pages().values():
            self._on_made(page)

    def mute_services(self, on: bool) -> None:
        """Tell nothing of the selected services, or again."""
        ids = self._service_ids()
        self._change(SERVICES, ids, on=on)
        if on:
            self._change(FOLLOWED, ids, on=False)

    def mute_groups(self, on: bool) -> None:
        """Tell nothing of the selected services' groups, or again."""
        self._change(GROUPS, self._group_ids(), on=on)

    def follow_services(self, on: bool) -> None:
        """Tell every status of the selected services, or no more than of others."""
        ids = self._service_ids()
        self._change(FOLLOWED, ids, on=on)
        if on:
            self._change(SERVICES, ids, on=False)

    def forget(self, setting: str, id_: int) -> None:
        """Take one of a list of the settings."""
        self._change(setting, {id_}, on=False)

    def show_mutes(self) -> None:
        """What is muted and followed, to end it."""
        from izzitup_desktop.desktop.notifications.mutes_dialog import MutesDialog  # when asked

        if not self._keeper.is_loaded or self.dialog is not None:
            return
        dialog = MutesDialog(self._window.context.theme, self._window)
        dialog.ended.connect(self.forget)
        self.dialog = dialog
        dialog.finished.connect(self._forget_dialog)
        self._keeper.applied.connect(self._show_list)
        self._show_list()
        dialog.open()

    def _offer(self, text: str, do: Callable[[bool], None]) -> QAction:
        action = self.menu.addAction(text)
        action.setCheckable(True)
        # Not toggled: showing how it stands changes nothing.
        action.triggered.connect(do)
        return action

    def _on_made(self, page: Page) -> None:
        if page.name == _NOTICES:
            # No import of a page that nobody may have gone to.
            page.mutes_wanted.connect(self.show_mutes)  # type: ignore[attr-defined]

    def _show_state(self) -> None:
        services, groups = self._service_ids(), self._group_ids()
        for action, setting, ids in (
            (self.mute, SERVICES, services),
            (self.mute_group, GROUPS, groups),
            (self.follow, FOLLOWED, services),
        ):
            action.setEnabled(bool(ids) and self._keeper.is_loaded)
            action.setChecked(bool(ids) and ids <= self._kept(setting))

    def _change(self, setting: str, ids: set[int], *, on: bool) -> None:
        before = self._kept(setting)
        after = before | ids if on else before - ids
        if after != before:
            self._wanted[setting] = after
            self._keeper.save(setting, tuple(sorted(after)))

    @property
    def _rows(self) -> list[int]:
        return self._window.view.table.selected_ids()

    def _service_ids(self) -> set[int]:
        return {id_ for id_ in self._rows if id_ > 0}

    def _group_ids(self) -> set[int]:
        return {group_id_of(self._window.model, id_) for id_ in self._service_ids()}

    def _kept(self, setting: str) -> set[int]:
        if setting in self._wanted:
            return self._wanted[setting]
        return set(getattr(self._keeper.settings, setting)) if self._keeper.is_loaded else set()

    def _show_list(self) -> None:
        if self.dialog is None:
            return
        model = self._window.model
        rows = model.arrangement.rows
        names = {id_: row.service.name for id_, row in rows.items()}
        groups = {row.service.group_id or 0: row.group for row in rows.values()}
        self.dialog.show_list(
            {
                setting: {
                    id_: (groups if setting == GROUPS else names).get(id_, "")
                    for id_ in sorted(self._kept(setting))
                }
                for setting in (SERVICES, GROUPS, FOLLOWED)
            }
        )

    def _forget_dialog(self) -> None:
        self.dialog = None
        self._keeper.applied.disconnect(self._show_list)

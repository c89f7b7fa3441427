"""The window's tools: palette, shortcuts, wall, guide, import, export, backups."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from izzitup_desktop.desktop.board.rows import Row
from izzitup_desktop.desktop.notifications.muting import Muting
from izzitup_desktop.desktop.start.settings_keeper import SettingsKeeper
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.desktop.window.navigation import BOARD
from izzitup_desktop.desktop.window.next_backup import NextBackup
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.accounts import Principal

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board
    from izzitup_desktop.desktop.backups.dialog import BackupsDialog
    from izzitup_desktop.desktop.board.wall import Wall

# Every tool is imported when it is asked for: the window paints before.


class WindowTools(QObject):
    """Opens what the actions of one window ask for.

    `unlock_wanted` carries the wall, which somebody wants to leave though it is locked,
    and what leaves it.
    """

    unlock_wanted = Signal(object, object)

    def __init__(self, window: MainWindow, keeper: SettingsKeeper) -> None:
        super().__init__(window)
        self._window, self._keeper = window, keeper
        self._board: Board | None = None
        self._principal: Principal | None = None
        self.wall: Wall | None = None
        self.dialog: QDialog | None = None
        self.muting = Muting(window, keeper)
        runner, lately = window.context.runner, window.status_line.lately
        self._next_backup = NextBackup(runner, keeper, lately, self)
        actions = window.actions_
        actions.remap(keeper.shortcuts)
        actions.palette.triggered.connect(self.show_palette)
        actions.shortcuts.triggered.connect(self.show_shortcuts)
        actions.wall.triggered.connect(self.show_wall)
        actions.guide.triggered.connect(self.show_guide)
        actions.about.triggered.connect(self.show_about)
        actions.import_.triggered.connect(self.show_import)
        actions.export.triggered.connect(self.ask_export)
        actions.backups.triggered.connect(self.show_backups)
        actions.print_.triggered.connect(self.ask_printer)
        actions.open_address.triggered.connect(self.open_addresses)
        for action in actions.copy_as:
            action.triggered.connect(partial(self.copy_as, action.data()))
        actions.ask_api.triggered.connect(self.ask_api)
        window.inspector.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        window.inspector.customContextMenuRequested.connect(self._offer_copies)

    def attach(self, board: Board, principal: Principal) -> None:
        """Work on this board as this principal from now on."""
        self._board, self._principal = board, principal
        self._next_backup.attach(board)

    def show_palette(self) -> None:
        """Every action and service, by typing."""
        from izzitup_desktop.desktop.window.palette import Palette
        from izzitup_desktop.desktop.window.palette_choices import PaletteChoices

        choices = PaletteChoices(self._window, self._keeper)
        palette = Palette(self._window.context.theme, choices, self._window)
        choices.setParent(palette)
        self._open(palette)

    def show_shortcuts(self) -> None:
        """Every action with its keys."""
        from izzitup_desktop.desktop.window.shortcut_sheet import ShortcutSheet

        window = self._window
        own = self._keeper.shortcuts
        dialog = ShortcutSheet(window.context.theme, window.actions_, own, window)
        dialog.changed.connect(lambda keys: self._keeper.save("shortcuts", keys))
        self._open(dialog)

    def show_wall(self) -> None:
        """The board over a whole screen."""
        from izzitup_desktop.desktop.board.wall import Wall, WallOptions

        if self.wall is None:
            keeper, options = self._keeper, WallOptions()
            if keeper.is_loaded:
                settings = keeper.settings
                options = WallOptions(
                    settings.wall_dim_from, settings.wall_dim_until, settings.wall_screen
                )
            wall = self.wall = Wall(self._window.model, self._window.context.theme, options)
            wall.left.connect(self._forget_wall)
            wall.unlock_wanted.connect(lambda: self.unlock_wanted.emit(wall, wall.close))
            shown = self._window.condition
            shown.lost.connect(wall.set_lost)
            wall.set_lost(shown.text if shown.is_lost else "")
            wall.show_on_screen(self._window.screen())

    def set_locked(self, *, locked: bool) -> None:
        """Bar leaving the wall while the window is locked; it goes on showing the board."""
        if self.wall is not None:
            self.wall.set_locked(locked=locked)

    def show_guide(self) -> None:
        """What one can do here."""
        from izzitup_desktop.desktop.window.guide import Guide

        window = self._window
        self._open(Guide(window.actions_.all(), window.status_line.address, window))

    def show_about(self) -> None:
        """What this is, in one line."""
        from izzitup_desktop.desktop.window.guide import about_text

        self._window.bar.show_notice(about_text())

    def show_import(self) -> None:
        """Import services from a file or another board."""
        # The dialog and its parsers, when something is imported.
        from izzitup_desktop.desktop.exchange.import_dialog import ImportDialog

        if self._board is None or self._principal is None:
            return
        window = self._window
        dialog = ImportDialog(window.context, window.commands, self._board, self._principal, window)
        self._open(dialog)

    def ask_export(self) -> None:
        """Export the board to a file."""
        from izzitup_desktop.desktop.exchange.exporting import Exporting  # when it is asked for

        if self._board is None or self._principal is None:
            return
        window = self._window
        exporting = Exporting(window.context.runner, self._board, self._principal, window)
        exporting.wrote_file.connect(window.tell_of_file)
        exporting.failed.connect(window.show_problem)
        exporting.ask()

    def show_backups(self) -> BackupsDialog | None:
        """Make and restore backups; None while nobody acts."""
        from izzitup_desktop.desktop.backups.dialog import BackupsDialog as Dialog  # when asked for

        if self._board is None or self._principal is None:
            return None
        window, settings = self._window, self._keeper.settings
        plan = self.tr("No backup is made by itself.")
        if settings.backup_every_hours:
            text = self.tr("One is made every %1 hours, the newest %2 are kept.")
            if settings.backup_every_hours == 1:
                text = self.tr("One is made every hour, the newest %2 are kept.")
            plan = filled(text, settings.backup_every_hours, settings.backups_kept)
        dialog = Dialog(window.context, self._board, self._principal, plan, window)
        dialog.restored.connect(self._offer_to_go_back)
        self._open(dialog)
        return dialog

    def ask_printer(self) -> None:
        """Print the page that is shown, where it is one to be printed, else the board."""
        pages = self._window.pages
        page = None if pages.current == BOARD else pages.page(pages.current)
        if page is not None and page.printing is not None:
            page.printing()
            return
        from izzitup_desktop.desktop.paper.printing import ask_printer  # when it is asked for

        ask_printer(self._window, self._keeper.settings.board_name)

    def _offer_to_go_back(self, text: str, saved: Path) -> None:
        def go_back() -> None:
            dialog = self.show_backups()
            if dialog is not None:
                dialog.restore(saved)

        self._window.bar.show_notice(text, action=self.tr("Go back"), on_action=go_back)

    def open_addresses(self) -> None:
        """The addresses of the selected services, by whatever shows them on this system."""
        from izzitup_desktop.desktop.board.copying import addresses_of

        for address in addresses_of(self._selected()):
            self._window.context.open_url(QUrl(address))

    def copy_as(self, form: str) -> None:
        """The selected services, as a table or as lines for a script."""
        from izzitup_desktop.desktop.board.copying import copied_as

        rows, user = self._selected(), self._principal.name if self._principal else "NAME"
        if rows:
            data = copied_as(form, rows, self._window.status_line.address, user)
            QGuiApplication.clipboard().setMimeData(data)

    def ask_api(self) -> None:
        """The console of the API, with the selected service in it."""
        from izzitup_desktop.desktop.connections.page import ConnectionsPage

        rows, pages = self._selected(), self._window.pages
        pages.go("connections")
        page = pages.page("connections")
        if rows and isinstance(page, ConnectionsPage):
            page.ask_about(rows[0].service.id)

    def close(self) -> None:
        """Leave the wall."""
        if self.wall is not None:
            self.wall.set_locked(locked=False)
            self.wall.close()

    def _offer_copies(self, point: QPoint) -> None:
        window = self._window
        window.actions_.copy_menu.popup(window.inspector.viewport().mapToGlobal(point))

    def _selected(self) -> list[Row]:
        rows = self._window.model.arrangement.rows
        return [rows[service.id] for service in self._window.row_actions.selected()]

    def _go(self, service_id: int) -> Callable[[], None]:
        return lambda: self._window.show_service(service_id)

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _forget_wall(self) -> None:
        self.wall = None

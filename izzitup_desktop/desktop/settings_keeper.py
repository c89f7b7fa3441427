"""Holds the settings, and saves changes off the GUI thread."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from izzitup_desktop import settings as settings_file
from izzitup_desktop.desktop.preferences import Preferences
from izzitup_desktop.desktop.runner import Runner
from izzitup_desktop.paths import Paths


class SettingsKeeper(QObject):
    """`applied` carries the keys that changed, once they are in the file."""

    applied = Signal(object)
    failed = Signal(object)

    def __init__(self, paths: Paths, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._paths, self._runner = paths, runner
        self.settings, self.notices = settings_file.load(paths.config)

    def take(self, changed: settings_file.Settings) -> None:
        """These settings hold from now on; they are in the file already."""
        self.settings = changed

    def save(self, key: str, value: Any, dialog: Preferences | None = None) -> None:
        """Change one setting; a dialog hears how it went."""

        def then(changed: settings_file.Settings) -> None:
            self.settings = changed
            if dialog is not None:
                dialog.saved(changed)
            self.applied.emit((key,))

        def failed(error: Exception) -> None:
            if dialog is None:
                self.failed.emit(error)
            else:
                dialog.refused(key, error)

        self._runner.run(
            lambda: settings_file.save(self._paths.config, **{key: value}),
            then=then,
            failed=failed,
            owner=self,
        )

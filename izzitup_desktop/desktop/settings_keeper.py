"""Holds the settings, and saves changes off the GUI thread."""

from __future__ import annotations

from typing import Any, TypeGuard

import shiboken6
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
        self._waiting: list[tuple[str, Any, Preferences | None]] = []
        self.settings, self.notices = settings_file.load(paths.config)

    def take(self, changed: settings_file.Settings) -> None:
        """These settings hold from now on; they are in the file already."""
        self.settings = changed

    def save(self, key: str, value: Any, dialog: Preferences | None = None) -> None:
        """Change one setting, after those before it; a dialog hears how it went."""
        self._waiting.append((key, value, dialog))
        if len(self._waiting) == 1:
            self._save_next()

    def _save_next(self) -> None:
        # One at a time: each reads the file, changes it and writes it.
        key, value, dialog = self._waiting[0]

        def then(changed: settings_file.Settings) -> None:
            self.settings = changed
            if _is_open(dialog):
                dialog.saved(changed)
            self._ended()
            self.applied.emit((key,))

        def failed(error: Exception) -> None:
            if _is_open(dialog):
                dialog.refused(key, error)
            else:
                self.failed.emit(error)
            self._ended()

        self._runner.run(
            lambda: settings_file.save(self._paths.config, **{key: value}),
            then=then,
            failed=failed,
            owner=self,
        )

    def _ended(self) -> None:
        self._waiting.pop(0)
        if self._waiting:
            self._save_next()


def _is_open(dialog: Preferences | None) -> TypeGuard[Preferences]:
    return dialog is not None and shiboken6.isValid(dialog)

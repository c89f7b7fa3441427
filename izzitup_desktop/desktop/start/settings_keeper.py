"""Holds the settings: loads them after the first paint, and saves changes in turn."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeGuard

import shiboken6
from PySide6.QtCore import QObject, Signal

from izzitup_desktop.desktop.start.runner import Runner
from izzitup_desktop.domain.errors import BoardError
from izzitup_desktop.platform.paths import Paths
from izzitup_desktop.platform.startup_settings import StartupSettings, read_startup_settings

if TYPE_CHECKING:
    # Validation loads after the first paint, on another thread.
    from izzitup_desktop.platform.settings import Settings

log = logging.getLogger(__name__)


class HearsOfSaving(Protocol):
    """Where a setting was changed."""

    def saved(self, settings: Settings) -> None:
        """These settings hold from now on."""

    def refused(self, key: str, error: Exception) -> None:
        """A setting was not taken."""


class SettingsKeeper(QObject):
    """`applied` carries the keys that changed, once they are in the file."""

    applied = Signal(object)
    failed = Signal(object)

    def __init__(self, paths: Paths, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._paths, self._runner = paths, runner
        self._settings: Settings | None = None
        self._waiting: list[tuple[str, Any, HearsOfSaving | None]] = []
        self.startup: StartupSettings = read_startup_settings(paths.config)
        self.notices: tuple[str, ...] = ()

    @property
    def is_loaded(self) -> bool:
        """Whether `settings` can be asked."""
        return self._settings is not None

    @property
    def settings(self) -> Settings:
        """The settings that hold now; not before they are loaded."""
        assert self._settings is not None
        return self._settings

    @property
    def shortcuts(self) -> dict[str, str]:
        """Own keys of actions, by the action's name."""
        known = self.startup.shortcuts if self._settings is None else self._settings.shortcuts
        return dict(known)

    def load(self, then: Callable[[], object], failed: Callable[[Exception], object]) -> None:
        """Load and validate the settings."""
        folder = self._paths.config

        def load() -> tuple[Settings, tuple[str, ...]]:
            from izzitup_desktop.platform import settings  # after the first paint

            return settings.load(folder)

        def loaded(found: tuple[Settings, tuple[str, ...]]) -> None:
            self._settings, self.notices = found
            then()

        self._runner.run(load, then=loaded, failed=failed, owner=self)

    def take(self, changed: Settings) -> None:
        """These settings hold from now on; they are in the file already."""
        self._settings = changed

    def save(self, key: str, value: Any, hearer: HearsOfSaving | None = None) -> None:
        """Change one setting, after those before it; whoever changed it hears how it went."""
        self._waiting.append((key, value, hearer))
        if len(self._waiting) == 1:
            self._save_next()

    def close(self) -> None:
        """Write what waits to be saved. Call it once the runner is closed."""
        if not self._waiting:
            return
        from izzitup_desktop.platform import settings  # loaded by now

        for key, value, _ in self._waiting:
            try:
                settings.save(self._paths.config, **{key: value})
            except (BoardError, OSError) as error:
                log.warning("The setting %s could not be saved at the end: %s", key, error)
        self._waiting.clear()

    def _save_next(self) -> None:
        # One at a time: each reads the file, changes it and writes it.
        key, value, hearer = self._waiting[0]
        folder = self._paths.config

        def save() -> Settings:
            from izzitup_desktop.platform import settings  # loaded by now

            return settings.save(folder, **{key: value})

        def then(changed: Settings) -> None:
            self._settings = changed
            if _is_there(hearer):
                hearer.saved(changed)
            self._ended()
            self.applied.emit((key,))

        def failed(error: Exception) -> None:
            if _is_there(hearer):
                hearer.refused(key, error)
            else:
                self.failed.emit(error)
            self._ended()

        self._runner.run(save, then=then, failed=failed, owner=self)

    def _ended(self) -> None:
        self._waiting.pop(0)
        if self._waiting:
            self._save_next()


def _is_there(hearer: HearsOfSaving | None) -> TypeGuard[HearsOfSaving]:
    return hearer is not None and shiboken6.isValid(hearer)

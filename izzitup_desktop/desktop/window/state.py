"""How window, views and tables were left, in `window.ini`."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QHeaderView, QSplitter, QWidget

FILE_NAME = "window.ini"
_GEOMETRY = "window/geometry"


class WindowState:
    """Reads and writes the folder's `window.ini`; what it can't read is left out."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / FILE_NAME), QSettings.Format.IniFormat)

    def flag(self, key: str, *, default: bool) -> bool:
        """A yes or no."""
        value = self._settings.value(key)
        return default if value is None else str(value) == "true"

    def text(self, key: str) -> str:
        """A text, "" where there is none."""
        value = self._settings.value(key)
        return value if isinstance(value, str) else ""

    def numbers(self, key: str) -> list[int]:
        """Whole numbers, none where there are none."""
        return [int(part) for part in self.text(key).split() if part.lstrip("-").isdigit()]

    def put(self, key: str, value: bool | str | list[int]) -> None:
        """Keep a value."""
        if isinstance(value, bool):
            self._settings.setValue(key, "true" if value else "false")
        elif isinstance(value, str):
            self._settings.setValue(key, value)
        else:
            self._settings.setValue(key, " ".join(map(str, value)))

    def keep_header(self, name: str, header: QHeaderView) -> None:
        """Keep a table's columns: order, width, hiding and sort."""
        self._settings.setValue(f"{name}/columns{header.count()}", header.saveState())

    def restore_header(self, name: str, header: QHeaderView) -> bool:
        """Bring a table's columns back; False where they were not kept."""
        # Their number is part of the key: a version with other columns starts anew.
        kept = self._bytes(f"{name}/columns{header.count()}")
        return kept is not None and header.restoreState(kept)

    def keep_splitter(self, name: str, splitter: QSplitter) -> None:
        """Keep where a splitter stands."""
        self._settings.setValue(f"{name}/splitter", splitter.saveState())

    def restore_splitter(self, name: str, splitter: QSplitter) -> None:
        """Bring a splitter back."""
        kept = self._bytes(f"{name}/splitter")
        if kept is not None:
            splitter.restoreState(kept)

    def keep_window(self, window: QWidget) -> None:
        """Keep where the window stands."""
        self._settings.setValue(_GEOMETRY, window.saveGeometry())

    def restore_window(self, window: QWidget) -> None:
        """Bring the window back to where it stood."""
        kept = self._bytes(_GEOMETRY)
        if kept is not None:
            window.restoreGeometry(kept)

    def sync(self) -> None:
        """Write it to the file."""
        self._settings.sync()

    def _bytes(self, key: str) -> QByteArray | None:
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) and not value.isEmpty() else None

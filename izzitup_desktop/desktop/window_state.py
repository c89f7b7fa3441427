"""Where the window stood and how its columns lay, in `window.ini`."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QHeaderView, QWidget

FILE_NAME = "window.ini"
_GEOMETRY = "window/geometry"
_COLUMNS = "board/columns"


class WindowState:
    """Reads and writes the folder's `window.ini`; what it can't read is left out."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / FILE_NAME), QSettings.Format.IniFormat)

    def restore(self, window: QWidget, columns: QHeaderView) -> bool:
        """Bring window and columns back; whether there were columns to bring back."""
        geometry, header = self._bytes(_GEOMETRY), self._bytes(_COLUMNS)
        if geometry is not None:
            window.restoreGeometry(geometry)
        return header is not None and columns.restoreState(header)

    def save(self, window: QWidget, columns: QHeaderView) -> None:
        """Keep how window and columns are."""
        self._settings.setValue(_GEOMETRY, window.saveGeometry())
        self._settings.setValue(_COLUMNS, columns.saveState())
        self._settings.sync()

    def _bytes(self, key: str) -> QByteArray | None:
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) and not value.isEmpty() else None

"""Where the window stood and how its columns lay, in `window.ini`."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget

from izzitup_desktop.desktop.services.table import ServiceTable

FILE_NAME = "window.ini"
_GEOMETRY = "window/geometry"
_COLUMNS = "board/columns"
_AUTOMATIC = "board/automatic_widths"


class WindowState:
    """Reads and writes the folder's `window.ini`; what it can't read is left out."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / FILE_NAME), QSettings.Format.IniFormat)

    def restore(self, window: QWidget, table: ServiceTable) -> None:
        """Bring the window and the table's columns back."""
        geometry, columns = self._bytes(_GEOMETRY), self._bytes(_COLUMNS)
        if geometry is not None:
            window.restoreGeometry(geometry)
        if columns is not None and table.horizontalHeader().restoreState(columns):
            table.automatic = self._settings.value(_AUTOMATIC) != "false"

    def save(self, window: QWidget, table: ServiceTable) -> None:
        """Keep how window and columns are."""
        self._settings.setValue(_GEOMETRY, window.saveGeometry())
        self._settings.setValue(_COLUMNS, table.horizontalHeader().saveState())
        self._settings.setValue(_AUTOMATIC, "true" if table.automatic else "false")
        self._settings.sync()

    def _bytes(self, key: str) -> QByteArray | None:
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) and not value.isEmpty() else None

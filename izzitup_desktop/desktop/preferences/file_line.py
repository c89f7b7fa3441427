"""A line for the path of a file, and a button that lets one choose it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from izzitup_desktop.desktop.theme import SMALL


class FileLine(QWidget):
    """`chosen` carries the path, typed or chosen; "" is none."""

    chosen = Signal(str)

    def __init__(self, path: str, title: str, kinds: str) -> None:
        super().__init__()
        self._title, self._kinds = title, kinds
        self.line = QLineEdit(path)
        self.line.setClearButtonEnabled(True)
        self.line.editingFinished.connect(self._tell)
        self.button = QPushButton(self.tr("Choose …"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._ask)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SMALL)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.button)
        self.setFocusProxy(self.line)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def choose(self, path: str) -> None:
        """Take this file."""
        self.line.setText(path)
        self._tell()

    def _tell(self) -> None:
        self.chosen.emit(self.line.text().strip())

    def _ask(self) -> None:
        dialog = QFileDialog(self, self._title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self._kinds)
        if path := self.line.text().strip():
            dialog.setDirectory(str(Path(path).expanduser().parent))
        dialog.fileSelected.connect(self.choose)
        dialog.open()

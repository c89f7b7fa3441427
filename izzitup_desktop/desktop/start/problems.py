"""A database that can't be opened: what is the matter, and what to do about it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QFileInfo, QLocale, Signal
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izzitup_desktop.desktop.theme import MARGIN, WIDE, Theme
from izzitup_desktop.desktop.widgets.dialog import Dialog
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.errors import Damaged, NewerDatabase, OlderDatabase
from izzitup_desktop.domain.statuses import StatusId

_SAYS_WHAT_TO_DO = (Damaged, NewerDatabase, OlderDatabase)


class OpeningProblem(Dialog):
    """`retry_wanted` and `restore_wanted` (a backup's path) come from its buttons."""

    retry_wanted = Signal()
    restore_wanted = Signal(object)

    def __init__(self, theme: Theme, error: Exception, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("IzzitUp")
        self.setModal(True)
        self.problem = problem_of(error, _title(error))
        title = plain_label(self.problem.what, wrap=True)
        font = QFont(title.font())
        font.setPointSizeF(font.pointSizeF() * 1.3)
        font.setBold(True)
        title.setFont(font)
        advice = "" if isinstance(error, _SAYS_WHAT_TO_DO) else self.problem.advice
        text = plain_label(f"{self.problem.why} {advice}".strip(), wrap=True)
        icon = plain_label()
        icon.setPixmap(theme.pixmap("error", 48, theme.colours.status(StatusId.OUTAGE).solid))
        words = QVBoxLayout()
        words.setSpacing(MARGIN)
        words.addWidget(title)
        words.addWidget(text)
        words.addStretch()
        top = QHBoxLayout()
        top.setSpacing(WIDE)
        top.addWidget(icon)
        top.addLayout(words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, MARGIN)
        layout.setSpacing(WIDE)
        layout.addLayout(top, 1)
        layout.addLayout(self._buttons(error))
        self.resize(620, 260)

    def _buttons(self, error: Exception) -> QHBoxLayout:
        row = QHBoxLayout()
        self.copy = QPushButton(self.tr("Copy details"))
        self.copy.clicked.connect(self._copy_details)
        row.addWidget(self.copy)
        row.addStretch()
        leave = QPushButton(self.tr("Quit"))
        leave.clicked.connect(self.reject)
        row.addWidget(leave)
        backup = error.newest_backup if isinstance(error, Damaged) else None
        if backup is not None:
            self.restore = QPushButton(filled(self.tr("Restore backup of %1"), _date(backup)))
            self.restore.clicked.connect(lambda: self.restore_wanted.emit(backup))
            row.addWidget(self.restore)
        if not isinstance(error, NewerDatabase):
            self.retry = QPushButton(self.tr("Try again"))
            self.retry.clicked.connect(self.retry_wanted)
            row.addWidget(self.retry)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        leave.setDefault(True)
        return row

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self.problem.details)
        self.copy.setText(self.tr("Copied"))


def _title(error: Exception) -> str:
    if isinstance(error, Damaged):
        return QCoreApplication.translate("problems", "The database is damaged.")
    if isinstance(error, NewerDatabase):
        return QCoreApplication.translate("problems", "The database is of a newer version.")
    if isinstance(error, OlderDatabase):
        return QCoreApplication.translate("problems", "The database is of an older version.")
    return QCoreApplication.translate("problems", "The database can't be opened.")


def _date(backup: Path) -> str:
    modified = QFileInfo(str(backup)).lastModified()
    return QLocale().toString(modified, QLocale.FormatType.ShortFormat)

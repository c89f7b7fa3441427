"""Setting a status with options: a comment, until when, what then, and a hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from izzitup_desktop.desktop.theme import GAP, MARGIN, SMALL, WIDE, Theme, status_word
from izzitup_desktop.desktop.widgets.dialog_foot import DialogFoot
from izzitup_desktop.desktop.widgets.draft import Draft
from izzitup_desktop.desktop.widgets.message_bar import MessageBar
from izzitup_desktop.desktop.widgets.reasoned import Reasoned
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.desktop.words.texts import filled, tooltip
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.status_options import COMMENT_MOST, StatusOptions
from izzitup_desktop.domain.statuses import SETTABLE

DRAFT_KIND = "status"
_SOON = (30, 60, 240)
_NEW_UNTIL = timedelta(hours=1)


class StatusDialog(QDialog):
    """`submitted` carries status, comment and `StatusOptions`; whoever stores them calls
    `accept()` or `refused(error)`."""

    submitted = Signal(int, str, object)

    def __init__(
        self, theme: Theme, services: Sequence[Service], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.ids = [service.id for service in services]
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        one = services[0].name if len(services) == 1 else ""
        self.setWindowTitle(
            filled(self.tr("Set the status of %1"), one)
            if one
            else filled(self.tr("Set the status of %1 services"), len(services))
        )
        self.bar = MessageBar(theme)
        self._build()
        self._fill(services)
        self.comment.setFocus()

    def submit(self) -> None:
        """Hand over what stands in the dialog."""
        self._until.set_reason("")
        self.bar.take_back()
        self.setEnabled(False)
        self.submitted.emit(self.status_id, self.comment.text(), self.options())

    @property
    def status_id(self) -> int:
        """The status chosen."""
        return self.buttons.checkedId()

    def options(self) -> StatusOptions:
        """The options chosen."""
        until = None
        if self.limited.isChecked():
            until = datetime.fromtimestamp(self.until.dateTime().toSecsSinceEpoch(), UTC)
        return StatusOptions(until, self.then.currentData(), self.hold.isChecked())

    def kept_draft(self) -> Draft | None:
        comment = self.comment.text()
        if not comment.strip():
            return None
        fields = {
            "ids": list(self.ids),
            "status": self.status_id,
            "comment": comment,
            "limited": self.limited.isChecked(),
            "until": self.until.dateTime().toSecsSinceEpoch(),
            "then": self.then.currentData() or 0,
            "hold": self.hold.isChecked(),
        }
        return Draft(DRAFT_KIND, self.windowTitle(), fields)

    def continue_draft(self, draft: Draft) -> None:
        """Have in the dialog what was typed and chosen before."""
        button = self.buttons.button(draft.get("status", 0))
        if button is not None:
            button.setChecked(True)
        self.comment.setText(draft.get("comment", ""))
        self.limited.setChecked(draft.get("limited", False))
        if until := draft.get("until", 0):
            self.until.setDateTime(QDateTime.fromSecsSinceEpoch(until))
        self.then.setCurrentIndex(max(0, self.then.findData(draft.get("then", 0))))
        self.hold.setChecked(draft.get("hold", False))

    def refused(self, error: Exception) -> None:
        """It was not stored; everything typed stays."""
        self.setEnabled(True)
        if isinstance(error, Invalid) and error.field == "until":
            self._until.set_reason(error.reason)
            self.until.setFocus()
        else:
            self.bar.show_problem(problem_of(error, self.tr("The status was not set.")))

    def _build(self) -> None:
        self.comment = QLineEdit()
        self.comment.setMaxLength(COMMENT_MOST)
        self.comment.setPlaceholderText(self.tr("Why? Everybody who looks later will read it"))
        self.comment.setAccessibleName(self.tr("Comment"))
        self.limited = QCheckBox(self.tr("&Only until"))
        self.limited.toggled.connect(self._enable)
        self.until = QDateTimeEdit()
        self.until.setCalendarPopup(True)
        short = QLocale.FormatType.ShortFormat
        self.until.setDisplayFormat(self.locale().dateTimeFormat(short))
        self._until = Reasoned(self._theme, self.until, self.tr("Only until"))
        self.then = QComboBox()
        self.then.addItem(self.tr("then ask me"), None)
        self.then.setAccessibleName(self.tr("What comes then"))
        for status_id in SETTABLE:
            icon = self._theme.status_icon(status_id, 16)
            text = filled(self.tr("then %1"), status_word(status_id))
            self.then.addItem(icon, text, int(status_id))
        self.hold = QCheckBox(self.tr("&Hold: scripts can’t change it until it is released"))
        self.hold.setToolTip(
            tooltip(
                self.tr(
                    "A script that sets another status meanwhile is refused; its proposal is "
                    "shown on the board."
                )
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(self.bar)
        layout.addLayout(self._form())
        layout.addStretch()
        layout.addWidget(self._foot())
        self.setMinimumWidth(540)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setSpacing(GAP)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.addRow(self.tr("Status"), self._choices())
        form.addRow(self.tr("&Comment"), self.comment)
        limited = QHBoxLayout()
        limited.addWidget(self._until)
        limited.addWidget(self.then)
        limited.addStretch()
        form.addRow(self.limited, limited)
        form.addRow("", self._soon())
        form.addRow("", self.hold)
        return form

    def _choices(self) -> QHBoxLayout:
        self.buttons = QButtonGroup(self)
        line = QHBoxLayout()
        line.setSpacing(SMALL)
        for status_id in SETTABLE:
            button = QToolButton()
            button.setText(status_word(status_id))
            button.setIcon(self._theme.status_icon(status_id, 16))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setCheckable(True)
            button.setObjectName("choice")
            self.buttons.addButton(button, int(status_id))
            line.addWidget(button)
        line.addStretch()
        return line

    def _foot(self) -> DialogFoot:
        foot = DialogFoot(self, self.tr("Set status"))
        self.set_button = foot.do
        self.set_button.clicked.connect(self.submit)
        return foot

    def _soon(self) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SMALL)
        for minutes in _SOON:
            text = (
                filled(self.tr("in %1 min"), minutes)
                if minutes < 60
                else filled(self.tr("in %1 h"), minutes // 60)
            )
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.setFlat(True)
            button.clicked.connect(
                lambda _checked=False, minutes=minutes: self._set_until(timedelta(minutes=minutes))
            )
            line.addWidget(button)
        line.addStretch()
        return holder

    def _fill(self, services: Sequence[Service]) -> None:
        statuses = {service.status_id for service in services}
        current = statuses.pop() if len(statuses) == 1 else 0
        chosen = current if current in SETTABLE else int(SETTABLE[1])
        self.buttons.button(chosen).setChecked(True)
        self._set_until(_NEW_UNTIL, check=False)
        (first, *others) = services
        if not others:
            self.hold.setChecked(first.hold is not None)
            expiry = first.expiry
            if expiry is not None and not expiry.asked:
                self.limited.setChecked(True)
                self.until.setDateTime(QDateTime.fromSecsSinceEpoch(int(expiry.until.timestamp())))
                self.then.setCurrentIndex(max(0, self.then.findData(expiry.then)))
        self._enable()

    def _set_until(self, ahead: timedelta, *, check: bool = True) -> None:
        at = datetime.now(UTC).replace(second=0, microsecond=0) + ahead
        self.until.setDateTime(QDateTime.fromSecsSinceEpoch(int(at.timestamp())))
        if check:
            self.limited.setChecked(True)

    def _enable(self) -> None:
        for widget in (self.until, self.then):
            widget.setEnabled(self.limited.isChecked())

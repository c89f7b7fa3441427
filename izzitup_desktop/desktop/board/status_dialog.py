"""Setting a status with options: a comment, until when, what then, and a hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from izzitup_desktop.desktop.board.meanwhile import Meanwhile, MeanwhileBar
from izzitup_desktop.desktop.theme import GAP, MARGIN, SMALL, WIDE, Theme, status_word
from izzitup_desktop.desktop.widgets.ask import may_discard
from izzitup_desktop.desktop.widgets.choice_box import ChoiceBox
from izzitup_desktop.desktop.widgets.comment_line import CommentLine, Comments
from izzitup_desktop.desktop.widgets.dialog import Dialog
from izzitup_desktop.desktop.widgets.dialog_foot import DialogFoot
from izzitup_desktop.desktop.widgets.draft import Draft
from izzitup_desktop.desktop.widgets.message_bar import MessageBar
from izzitup_desktop.desktop.widgets.page_tick import PageTick
from izzitup_desktop.desktop.widgets.status_choice import StatusChoice
from izzitup_desktop.desktop.widgets.time_field import TimeField
from izzitup_desktop.desktop.words.comments import why
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.desktop.words.origins import actor_word
from izzitup_desktop.desktop.words.texts import filled, tooltip
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.status_options import StatusOptions
from izzitup_desktop.domain.statuses import SETTABLE
from izzitup_desktop.text.typed_times import typed_time

DRAFT_KIND = "status"
_SOON = (30, 60, 240)
_NEW_UNTIL = timedelta(hours=1)
_NAMED_MOST = 3


class StatusDialog(Dialog):
    """`submitted` carries status, comment and `StatusOptions`; whoever stores them calls
    `stored()` or `refused(error)`.

    Where a service got another status meanwhile nothing is handed over until it is clear
    which one is meant.
    """

    # A comment as Python has it: Qt's own text knows nothing of the page.
    submitted = Signal(int, object, object)

    def __init__(
        self,
        theme: Theme,
        services: Sequence[Service],
        parent: QWidget | None = None,
        *,
        comments: Comments | None = None,
        shift_end: time = time(17),
    ) -> None:
        super().__init__(parent)
        self._theme, self._shift_end = theme, shift_end
        self._comments = comments or Comments()
        self._meanwhile = Meanwhile(services)
        self._one = services[0] if len(services) == 1 else None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(
            filled(self.tr("Set the status of %1"), self._one.name)
            if self._one
            else filled(self.tr("Set the status of %1 services"), len(services))
        )
        self.bar = MessageBar(theme)
        self._build()
        self._fill(services)
        self._offered = self.status_id
        self.comment.setFocus()

    def submit(self) -> None:
        """Hand over what stands in the dialog, unless something must be decided first."""
        if self._meanwhile.changed():
            self._tell_changed()
            self.meanwhile.keep.setFocus()
            return
        if not self.ids:
            return
        try:
            options = self.options()
        except Invalid as error:
            self.refused(error)
            return
        self.bar.take_back()
        self.setEnabled(False)
        self.submitted.emit(self.status_id, self.on_page.said(self.comment.text()), options)

    def stored(self) -> None:
        """What was handed over is stored: close."""
        self._comments.made(self.comment.text())
        self.accept()

    def reject(self) -> None:
        if not self.comment.text().strip() or may_discard(self):
            super().reject()

    def on_services(self, services: Iterable[Service], gone: Iterable[int] = ()) -> None:
        """Hear of services that are different now, or not on the board any more."""
        # While it is being stored what changes is this dialog's own doing, most likely.
        if self._meanwhile.take(services, gone) and self.isEnabled():
            self._tell_changed()

    @property
    def ids(self) -> list[int]:
        """The services whose status is set."""
        return self._meanwhile.ids

    @property
    def status_id(self) -> int:
        """The status chosen."""
        return self.choice.status_id

    def options(self) -> StatusOptions:
        """The options chosen. Raises `Invalid` (field `until`) for a time that is none."""
        until = self.until.time() if self.limited.isChecked() else None
        return StatusOptions(until, self.then.currentData(), self.hold.isChecked())

    def kept_draft(self) -> Draft | None:
        comment = self.comment.text()
        if not comment.strip():
            return None
        fields = {
            "ids": list(self.ids),
            # One that nobody chose may have become another by then.
            "status": self.status_id if self.status_id != self._offered else 0,
            "comment": comment,
            "public": self.on_page.isChecked(),
            "limited": self.limited.isChecked(),
            "until": _meant(self.until),
            "then": self.then.currentData() or 0,
            "hold": self.hold.isChecked(),
        }
        return Draft(DRAFT_KIND, self.windowTitle(), fields)

    def continue_draft(self, draft: Draft) -> None:
        """Have in the dialog what was typed and chosen before."""
        status_id = draft.get("status", 0)
        if status_id in SETTABLE:
            self.choice.show_chosen(status_id)
        self.comment.setText(draft.get("comment", ""))
        if self.on_page.isEnabled():
            self.on_page.setChecked(draft.get("public", False))
        self.limited.setChecked(draft.get("limited", False))
        until = draft.get("until", "")
        try:
            self.until.set_time(datetime.fromisoformat(until))
        except ValueError:
            self.until.setText(until)
        self.then.setCurrentIndex(max(0, self.then.findData(draft.get("then", 0))))
        self.hold.setChecked(draft.get("hold", False))

    def refused(self, error: Exception) -> None:
        """It was not stored; everything typed stays."""
        self.setEnabled(True)
        self._tell_changed()
        if isinstance(error, Invalid) and error.field == "until":
            self.until.refuse(error.reason)
            self.until.setFocus()
        else:
            self.bar.show_problem(problem_of(error, self.tr("The status was not set.")))

    def _build(self) -> None:
        self.choice = StatusChoice(self._theme)
        self.choice.chosen.connect(lambda _status_id: self._take_mine())
        self.meanwhile = MeanwhileBar(self._theme)
        self.meanwhile.theirs.connect(self._take_theirs)
        self.meanwhile.mine.connect(self._take_mine)
        self.comment = CommentLine(self._theme, self._comments)
        self.comment.setPlaceholderText(self.tr("Why? Whoever looks at the board will read it"))
        self.comment.setAccessibleName(self.tr("Comment"))
        self.on_page = PageTick(self._comments, wordy=True)
        self.limited = QCheckBox(self.tr("&Only until"))
        self.limited.toggled.connect(self._enable)
        self.until = TimeField(self._theme, self._shift_end, lambda: datetime.now(UTC))
        self.until.setAccessibleName(self.tr("Only until"))
        self.then = ChoiceBox()
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
        layout.addWidget(self.meanwhile)
        layout.addWidget(self._foot())
        self.setMinimumWidth(540)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setSpacing(GAP)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        status = QLabel(self.tr("Status"))
        status.setMinimumHeight(self.choice.sizeHint().height())
        form.addRow(status, self.choice)
        form.addRow(self.tr("&Comment"), self.comment)
        form.addRow("", self.on_page)
        limited = QWidget()
        line = QHBoxLayout(limited)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.addWidget(self.until, 1)
        line.addWidget(self.then)
        self.limited.setMinimumHeight(self.until.sizeHint().height())
        form.addRow(self.limited, limited)
        form.addRow("", self.until.note)
        form.addRow("", self._soon())
        form.addRow("", self.hold)
        return form

    def _foot(self) -> DialogFoot:
        foot = DialogFoot(self, self.tr("Set status"))
        self.set_button = foot.do
        self.set_button.clicked.connect(self.submit)
        return foot

    def _soon(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SMALL)
        for column, minutes in enumerate(_SOON):
            text = (
                filled(self.tr("in %1 min"), minutes)
                if minutes < 60
                else filled(self.tr("in %1 h"), minutes // 60)
            )
            grid.addWidget(self._quick(text, f"+{minutes}m"), 0, column)
        grid.addWidget(self._quick(self.tr("end of shift"), "end of shift"), 1, 0)
        tomorrow = self._quick(self.tr("tomorrow morning"), "tomorrow 8:00")
        grid.addWidget(tomorrow, 1, 1, 1, 2)
        return holder

    def _quick(self, text: str, typed: str) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._set_until(typed))
        return button

    def _fill(self, services: Sequence[Service]) -> None:
        statuses = {service.status_id for service in services}
        current = statuses.pop() if len(statuses) == 1 else 0
        chosen = current if current in SETTABLE else int(SETTABLE[1])
        self.choice.show_chosen(chosen)
        self.until.set_time(datetime.now(UTC) + _NEW_UNTIL)
        if self._one is not None:
            self.hold.setChecked(self._one.hold is not None)
            expiry = self._one.expiry
            if expiry is not None and not expiry.asked:
                self.limited.setChecked(True)
                self.until.set_time(expiry.until)
                self.then.setCurrentIndex(max(0, self.then.findData(expiry.then)))
        self._enable()

    def _set_until(self, typed: str) -> None:
        when = typed_time(typed, datetime.now(UTC), shift_end=self._shift_end)
        self.until.set_time(when)
        self.limited.setChecked(True)

    def _tell_changed(self) -> None:
        """Say what happened meanwhile, and ask which status is meant."""
        changed, gone = self._meanwhile.changed(), self._meanwhile.gone
        self.set_button.setEnabled(bool(self.ids))
        mine = filled(self.tr("Set %1"), status_word(self.status_id))
        if self._one is not None and changed:
            now = changed[0]
            word = status_word(now.status_id)
            text = filled(self.tr("Changed to %1 by %2 meanwhile."), word, _who(now))
            if now.comment:
                text = filled("%1 %2", text, why(now))
            self.meanwhile.say(text, filled(self.tr("Keep %1"), word), mine)
        elif changed:
            text = filled(self.tr("Changed meanwhile: %1."), self._named(changed))
            self.meanwhile.say(text, self.tr("Leave these as they are"), mine)
        elif gone:
            names = ", ".join(service.name for service in gone[:_NAMED_MOST])
            self.meanwhile.say(filled(self.tr("Deleted meanwhile: %1."), names))
        else:
            self.meanwhile.hide()

    def _named(self, services: Sequence[Service]) -> str:
        named = [
            filled(self.tr("%1 is %2 (%3)"), each.name, status_word(each.status_id), _who(each))
            for each in services[:_NAMED_MOST]
        ]
        more = len(services) - len(named)
        return ", ".join((*named, filled(self.tr("and %1 more"), more)) if more else named)

    def _take_theirs(self) -> None:
        changed = self._meanwhile.changed()
        if self._one is not None and changed:
            self.choice.show_chosen(changed[0].status_id)
        else:
            self._meanwhile.leave_out(changed)
        self._decided()

    def _take_mine(self) -> None:
        self._decided()

    def _decided(self) -> None:
        self._meanwhile.know()
        self.meanwhile.hide()
        self.set_button.setEnabled(bool(self.ids))
        if self.meanwhile.isAncestorOf(self.focusWidget()):
            self.set_button.setFocus()

    def _enable(self) -> None:
        for widget in (self.until, self.then):
            widget.setEnabled(self.limited.isChecked())


def _who(service: Service) -> str:
    return actor_word(service.changed_by)


def _meant(field: TimeField) -> str:
    """The time that a field means: what is said by how far off it is means another later."""
    try:
        return field.time().isoformat()
    except Invalid:
        return field.text()

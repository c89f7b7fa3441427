"""Making a token: for whom, for what, how long; then it is shown, this once."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QDate, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from izzitup_desktop.desktop.connections.limits_list import LimitsList
from izzitup_desktop.desktop.connections.new_secret import NewSecret
from izzitup_desktop.desktop.connections.token_rows import Known
from izzitup_desktop.desktop.theme import GAP, MARGIN, SMALL, WIDE, Theme
from izzitup_desktop.desktop.widgets.ask import may_discard
from izzitup_desktop.desktop.widgets.choice_box import ChoiceBox
from izzitup_desktop.desktop.widgets.dialog import Dialog, Scrolled
from izzitup_desktop.desktop.widgets.dialog_foot import DialogFoot
from izzitup_desktop.desktop.widgets.draft import Draft
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.message_bar import MessageBar
from izzitup_desktop.desktop.widgets.reasoned import Reasoned
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.desktop.words.times import local_time
from izzitup_desktop.domain.clock import Clock
from izzitup_desktop.domain.errors import Conflict, Invalid
from izzitup_desktop.domain.scopes import RESERVED, Scope
from izzitup_desktop.domain.tokens import NAME_MOST, NewToken, TokenDraft

DRAFT_KIND = "token"
_DAYS = (30, 90, 365)
_FIRST_DAYS = 90
_NEVER, _ON_DAY = 0, -1
_ACCOUNT, _GROUP = "account", "group"
_FRAME = 80
"""Pixels that a title bar and a panel take of a screen."""


class TokenDialog(Dialog):
    """`submitted` carries a `TokenDraft`; whoever makes the token calls `made(token)` or
    `refused(error)`."""

    submitted = Signal(object)

    def __init__(
        self, theme: Theme, known: Known, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._clock = theme, clock
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("New token"))
        self.bar = MessageBar(theme)
        self.name = QLineEdit()
        self.name.setMaxLength(NAME_MOST)
        self.name.setPlaceholderText(self.tr("What uses it: backup script, monitoring …"))
        self.owner = ChoiceBox()
        self._fill_owners(known)
        self._of = plain_label(wrap=True)
        self._of.setFixedHeight(2 * self._of.fontMetrics().lineSpacing())
        self._of.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.scopes = {scope: QCheckBox(self._word(scope)) for scope in Scope if _given(scope)}
        self.scopes[Scope.READ].setChecked(True)
        self.limited = QCheckBox(self.tr("Only for these &services and groups:"))
        self.limits = LimitsList(theme, known.groups, known.services)
        self.expiry = ChoiceBox()
        self._fill_expiry()
        self.day = QDateEdit(QDate.currentDate().addDays(_FIRST_DAYS))
        self.day.setCalendarPopup(True)
        self.day.setMinimumDate(QDate.currentDate())
        self.day.setAccessibleName(self.tr("Last day"))
        self.rows = {
            "name": Reasoned(theme, self.name, self.tr("&Name")),
            "owner": Reasoned(theme, self.owner, self.tr("Belongs &to")),
            "expires": Reasoned(theme, self.expiry, self.tr("&Expires")),
        }
        self.secret = NewSecret(theme)
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()
        theme.changed.connect(self._explain)
        self._explain()
        self._first = self._fields()
        self.name.setFocus()

    def draft(self) -> TokenDraft:
        """What stands in the dialog."""
        kind, id_ = self.owner.currentData()
        return TokenDraft(
            self.name.text().strip(),
            id_ if kind == _ACCOUNT else None,
            id_ if kind == _GROUP else None,
            frozenset(scope for scope, box in self.scopes.items() if box.isChecked()),
            self.limits.limits() if self.limited.isChecked() else None,
            self._expires(),
        )

    def submit(self) -> None:
        """Hand over what stands in the dialog, if it can be taken."""
        for row in self.rows.values():
            row.set_reason("")
        draft = self.draft()
        if draft.limits is not None and draft.limits.is_empty:
            self.bar.show_notice(
                self.tr("Choose at least one service or group, or take the limit away.")
            )
            return
        self.do.setEnabled(False)
        self.submitted.emit(draft)

    def made(self, token: NewToken) -> None:
        """Show the token, this once."""
        self.secret.show_token(token)
        self.setWindowTitle(filled(self.tr("The token %1"), token.token.name))
        self.stack.removeWidget(self._form)
        self._form.hide()
        self.foot.hide()
        self.secret.copy.setFocus()
        QTimer.singleShot(0, self, self._shrink)

    def refused(self, error: Exception) -> None:
        """It was not made; everything typed stays."""
        self.do.setEnabled(True)
        if isinstance(error, Invalid) and error.field in self.rows:
            self._refuse(error.field, error.reason)
        elif isinstance(error, Conflict):
            self._refuse("owner", str(error))
        else:
            self.bar.show_problem(problem_of(error, self.tr("The token was not made.")))

    def reject(self) -> None:
        if self.stack.currentWidget() is self.secret:
            self.secret.leave(super().reject)
        elif self._fields() == self._first or may_discard(self):
            super().reject()

    def kept_draft(self) -> Draft | None:
        fields = self._fields()
        if self.stack.currentWidget() is self.secret or fields == self._first:
            return None
        return Draft(DRAFT_KIND, self.windowTitle(), fields)

    def continue_draft(self, draft: Draft) -> None:
        """Have in the dialog what was typed and chosen before."""
        self.name.setText(draft.get("name", ""))
        owner = draft.get("owner", ""), draft.get("owner_id", 0)
        for place in range(self.owner.count()):
            if self.owner.itemData(place) == owner:
                self.owner.setCurrentIndex(place)
        wanted: list[str] = draft.get("scopes", [])
        for scope, box in self.scopes.items():
            box.setChecked(scope.value in wanted)
        self.limited.setChecked(draft.get("limited", False))
        self.limits.tick(draft.numbers("group_ids"), draft.numbers("service_ids"))
        self.expiry.setCurrentIndex(max(0, self.expiry.findData(draft.get("days", _FIRST_DAYS))))
        day = QDate.fromString(draft.get("day", ""), Qt.DateFormat.ISODate)
        if day.isValid():
            self.day.setDate(day)

    def _fields(self) -> dict[str, object]:
        kind, id_ = self.owner.currentData() or (_ACCOUNT, 0)
        limits = self.limits.limits()
        return {
            "name": self.name.text(),
            "owner": kind,
            "owner_id": id_,
            "scopes": [scope.value for scope, box in self.scopes.items() if box.isChecked()],
            "limited": self.limited.isChecked(),
            "group_ids": sorted(limits.group_ids),
            "service_ids": sorted(limits.service_ids),
            "days": self.expiry.currentData(),
            "day": self.day.date().toString(Qt.DateFormat.ISODate),
        }

    def _expires(self) -> datetime | None:
        days = self.expiry.currentData()
        if days == _NEVER:
            return None
        if days == _ON_DAY:
            return local_time(self.day.date().addDays(1))
        return self._clock.now() + timedelta(days=days)

    def _refuse(self, name: str, reason: str) -> None:
        self.rows[name].set_reason(reason)
        self.rows[name].editor.setFocus()

    def _word(self, scope: Scope) -> str:
        return {
            Scope.READ: self.tr("&Read: everything that those who signed in see"),
            Scope.SET: self.tr("Set stat&uses: set, confirm and hold them"),
            Scope.MANAGE: self.tr("&Manage: add, change and remove services"),
        }.get(scope, scope.value)

    def _fill_owners(self, known: Known) -> None:
        for id_, name in sorted((known.accounts or {}).items(), key=lambda one: one[1].casefold()):
            self.owner.addItem(name, (_ACCOUNT, id_))
        if known.may_automate and known.groups:
            self.owner.insertSeparator(self.owner.count())
            for group in known.groups:
                text = filled(self.tr("Automation of %1"), group.name)
                self.owner.addItem(text, (_GROUP, group.id))

    def _fill_expiry(self) -> None:
        for days in _DAYS:
            text = self.tr("in a year") if days == 365 else self.tr("in %1 days")
            self.expiry.addItem(filled(text, days), days)
        self.expiry.addItem(self.tr("after a day …"), _ON_DAY)
        self.expiry.addItem(self.tr("never"), _NEVER)
        self.expiry.setCurrentIndex(self.expiry.findData(_FIRST_DAYS))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(GAP)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        self.rows["name"].add_to(form)
        self.rows["owner"].add_to(form)
        form.addRow("", self._of)
        scopes = QVBoxLayout()
        scopes.setSpacing(SMALL)
        for box in self.scopes.values():
            scopes.addWidget(box)
        form.addRow(QLabel(self.tr("It may")), scopes)
        form.addRow("", self.limited)
        form.addRow("", self.limits)
        expiry = QHBoxLayout()
        expiry.setSpacing(GAP)
        expiry.addWidget(self.rows["expires"])
        expiry.addWidget(self.day)
        expiry.addStretch()
        form.addRow(self.rows["expires"].label, expiry)
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, GAP, 0)
        inner.addLayout(form)
        inner.addStretch(1)
        self._form = Scrolled(page)
        self.stack.addWidget(self._form)
        self.stack.addWidget(self.secret)
        self.foot = DialogFoot(self, self.tr("Make the token"))
        self.do = self.foot.do
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.foot)
        self.setMinimumWidth(540)

    def _connect(self) -> None:
        self.do.clicked.connect(self.submit)
        self.owner.currentIndexChanged.connect(self._explain)
        self.limited.toggled.connect(self._explain)
        for changed in (self.limited.toggled, self.expiry.currentIndexChanged):
            changed.connect(lambda _value: QTimer.singleShot(0, self, self._grow))
        self.expiry.currentIndexChanged.connect(self._explain)
        self.secret.done.connect(self.reject)
        for box in self.scopes.values():
            box.toggled.connect(self._explain)

    def _shrink(self) -> None:
        """Be as high as the token needs."""
        layout = self.layout()
        if layout is not None:
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def _grow(self) -> None:
        """Make room for what is shown now, as far as the screen has it."""
        most = self.screen().availableGeometry().height() - _FRAME
        missing = self._form.verticalScrollBar().maximum()
        self.resize(self.width(), max(self.height(), min(most, self.height() + missing)))

    def _explain(self) -> None:
        kind, _ = self.owner.currentData() or (_ACCOUNT, 0)
        self._of.setText(
            self.tr("It may do no more than this account may, and ends with it.")
            if kind == _ACCOUNT
            else self.tr(
                "It acts by its own name, on services of this group alone, and stays when "
                "people leave."
            )
        )
        self._of.setStyleSheet(f"color: {self._theme.colours.muted};")
        self.limits.setVisible(self.limited.isChecked())
        self.day.setVisible(self.expiry.currentData() == _ON_DAY)
        self.do.setEnabled(any(box.isChecked() for box in self.scopes.values()))


def _given(scope: Scope) -> bool:
    return scope not in RESERVED

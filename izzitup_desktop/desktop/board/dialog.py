"""The dialog that adds or edits one service: it edits a draft and hands it over."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import asdict, replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from izzitup_desktop.desktop.board.fields import reason_against
from izzitup_desktop.desktop.board.group_choice import GroupChoice, Groups
from izzitup_desktop.desktop.board.proposed_key import proposed_key
from izzitup_desktop.desktop.theme import GAP, MARGIN, WIDE, Theme, status_word
from izzitup_desktop.desktop.widgets.ask import may_discard
from izzitup_desktop.desktop.widgets.choice_box import ChoiceBox
from izzitup_desktop.desktop.widgets.dialog import Dialog
from izzitup_desktop.desktop.widgets.dialog_foot import DialogFoot
from izzitup_desktop.desktop.widgets.draft import Draft
from izzitup_desktop.desktop.widgets.message_bar import MessageBar
from izzitup_desktop.desktop.widgets.number_box import NumberBox
from izzitup_desktop.desktop.widgets.reasoned import Reasoned
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.desktop.words.texts import filled, quoted, tooltip, translated
from izzitup_desktop.domain.errors import Conflict, Invalid
from izzitup_desktop.domain.services import STALE_MINUTES_MOST, Service, ServiceDraft
from izzitup_desktop.domain.statuses import SETTABLE, StatusId

Editor = QLineEdit | QPlainTextEdit


DRAFT_KIND = "service"
_FOOT_HEIGHT = 84
"""Of the buttons below the fields, and of a line that says what is wrong with one."""


class ServiceDialog(Dialog):
    """Edits `service`, or a new one where there is none.

    `submitted` carries the draft, the status (of a new one) and the version it is
    based on; whoever stores it calls `stored()`, `refused(error)` or `reload(…)`.
    A new one's key follows its name until somebody types another; `taken` are the
    keys of others, folded as for a search.
    """

    submitted = Signal(object, int, int)

    def __init__(
        self,
        theme: Theme,
        groups: Groups,
        service: Service | None = None,
        parent: QWidget | None = None,
        *,
        taken: Container[str] = (),
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._service = service
        self._version = service.version if service else 0
        self._first = ServiceDraft("")
        self._taken = taken
        self._follows_name = service is None
        self._goes_on = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(
            filled(self.tr("Edit %1"), service.name) if service else self.tr("New service")
        )
        self.bar = MessageBar(theme)
        self._rows: dict[str, Reasoned] = {}
        self._editors: dict[str, Editor] = {}
        self._form = QFormLayout()
        self._build(groups)
        self._lay_out()
        if service is not None:
            self._fill(ServiceDraft.of(service))
        self._first = self.draft()
        self._editors["name"].setFocus()
        if service is None:
            self._new = self._first
            name, key = self._line("name"), self._line("key")
            name.textEdited.connect(self._propose)
            key.textEdited.connect(self._on_key)

    @property
    def service_id(self) -> int:
        """The service edited, 0 for a new one."""
        return self._service.id if self._service else 0

    def editor(self, field: str) -> Editor:
        """The editor of a field of the draft."""
        return self._editors[field]

    def reason(self, field: str) -> str:
        """What is wrong with a field, "" when nothing is."""
        return self._rows[field].reason

    def draft(self) -> ServiceDraft:
        """What stands in the editors."""
        texts: dict[str, Any] = {field: _text(editor) for field, editor in self._editors.items()}
        return ServiceDraft(
            hidden=self.hidden.isChecked(),
            group_id=self.group.group_id,
            stale_minutes=self.stale.value(),
            **texts,
        )

    def submit(self, *, version: int | None = None, goes_on: bool = False) -> None:
        """Hand the draft over, if every field can be taken; `goes_on`: another one comes."""
        self._goes_on = goes_on
        if version is not None:
            self._version = version
        if not self._check_all():
            return
        self.setEnabled(False)
        self.submitted.emit(self.draft(), int(self.status.currentData()), self._version)

    def stored(self) -> None:
        """What was handed over is stored: close, or begin another one in the same group."""
        self._first = self.draft()
        if not self._goes_on:
            self.accept()
            return
        self.setEnabled(True)
        self.bar.show_notice(filled(self.tr("Added %1"), self._first.name))
        self._follows_name = True
        self._fill(replace(self._new, group_id=self._first.group_id))
        self._first = self.draft()
        self._editors["name"].setFocus()

    def refused(self, error: Exception, newer: Service | None = None) -> None:
        """What was handed over was not stored. Every text stays as it is.

        `newer` is the service as it is now, where somebody edited it meanwhile.
        """
        self.setEnabled(True)
        if isinstance(error, Invalid) and error.field in self._rows:
            self._rows[error.field].set_reason(error.reason)
            self._editors.get(error.field, self.group).setFocus()
        elif isinstance(error, Conflict) and newer is not None:
            self._offer_choice(error, newer)
        elif isinstance(error, Conflict) and "key" in str(error).lower():
            self._rows["key"].set_reason(str(error))
            self._editors["key"].setFocus()
        else:
            self.bar.show_problem(problem_of(error, self.tr("The service was not saved.")))

    def reload(self, service: Service) -> None:
        """Edit the service as it is now, dropping what was typed."""
        self._service, self._version = service, service.version
        self.bar.take_back()
        self._fill(ServiceDraft.of(service))
        self._first = self.draft()

    def reject(self) -> None:
        if self.draft() == self._first or may_discard(self):
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if held and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit(goes_on=self._service is None)
        else:
            super().keyPressEvent(event)

    def kept_draft(self) -> Draft | None:
        draft = self.draft()
        if draft == self._first:
            return None
        fields = {"id": self.service_id, "version": self._version}
        fields["status"] = int(self.status.currentData())
        return Draft(DRAFT_KIND, self.windowTitle(), asdict(draft) | fields)

    def continue_draft(self, draft: Draft) -> None:
        """Have in the editors what was typed before."""
        now = self.draft()
        typed = {name: draft.get(name, value) for name, value in asdict(now).items()}
        typed["group_id"] = draft.get("group_id", 0) or None
        self._version = draft.get("version", self._version)
        self._fill(replace(now, **typed))
        follows = typed["key"] == proposed_key(typed["name"], self._taken)
        self._follows_name = self._follows_name and follows
        self.status.setCurrentIndex(max(0, self.status.findData(draft.get("status", 0))))

    def _build(self, groups: Groups) -> None:
        self._add_line("name", self.tr("&Name"), self.tr("What people call it"))
        self._add_line("key", self.tr("&Key"), self.tr("Short word for scripts, such as mail"))
        self.group = GroupChoice(self._theme, groups)
        self._add_row("group", self.tr("&Group"), self.group)
        self.status = ChoiceBox()
        self.status.setAccessibleName(self.tr("Status"))
        for status_id in SETTABLE:
            icon = self._theme.status_icon(status_id, 16)
            self.status.addItem(icon, status_word(status_id), int(status_id))
        self.status.setCurrentIndex(SETTABLE.index(StatusId.OPERATIONAL))
        if self._service is None:
            self._add_row("status", self.tr("&Status"), self.status)
        self._add_text("description", self.tr("&Description"), 3)
        self._add_line("url", self.tr("&Address"), "https://")
        self._add_line("check_url", self.tr("C&heck address"), "https://")
        self._add_text("note", self.tr("N&ote"), 3)
        self.hidden = QCheckBox(self.tr("&Hidden from the public list"))
        self._form.addRow("", self.hidden)
        self.stale = NumberBox()
        self.stale.setRange(0, STALE_MINUTES_MOST)
        self.stale.setSuffix(self.tr(" min"))
        self.stale.setSpecialValueText(self.tr("never"))
        self.stale.setToolTip(
            tooltip(self.tr("Without confirmation for so long, the status is marked as stale."))
        )
        self._add_row("stale_minutes", self.tr("S&tale after"), self.stale)

    def _add_line(self, field: str, label: str, hint: str) -> None:
        editor = QLineEdit()
        editor.setPlaceholderText(hint)
        editor.editingFinished.connect(lambda: self._check(field))
        editor.textEdited.connect(lambda: self._recheck(field))
        self._editors[field] = editor
        self._add_row(field, label, editor)

    def _add_text(self, field: str, label: str, lines: int) -> None:
        editor = QPlainTextEdit()
        editor.setTabChangesFocus(True)
        editor.setFixedHeight(editor.fontMetrics().lineSpacing() * lines + 2 * GAP)
        editor.textChanged.connect(lambda: self._recheck(field))
        self._editors[field] = editor
        self._add_row(field, label, editor)

    def _add_row(self, field: str, label: str, editor: QWidget) -> None:
        row = Reasoned(self._theme, editor, label)
        row.add_to(self._form)
        self._rows[field] = row

    def _lay_out(self) -> None:
        self._form.setSpacing(GAP)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(MARGIN, MARGIN, MARGIN, 0)
        inner.addLayout(self._form)
        # Room that is left stands below the fields, not around some of them.
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        buttons = DialogFoot(self, self.tr("Save") if self._service else self.tr("Add service"))
        self.save = buttons.do
        self.save.clicked.connect(lambda: self.submit())
        self.another = buttons.addButton(
            self.tr("Add and &another"), DialogFoot.ButtonRole.ActionRole
        )
        self.another.setVisible(self._service is None)
        self.another.setAutoDefault(False)
        self.another.setToolTip(self.tr("Add it, and begin another one in its group (Ctrl+Enter)"))
        self.another.clicked.connect(lambda: self.submit(goes_on=True))
        top = QHBoxLayout()
        top.setContentsMargins(MARGIN, MARGIN, MARGIN, 0)
        top.addWidget(self.bar)
        foot = QHBoxLayout()
        foot.setContentsMargins(MARGIN, GAP, MARGIN, MARGIN)
        foot.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(scroll, 1)
        layout.addLayout(foot)
        hint = page.sizeHint()
        self.resize(max(540, hint.width() + 4 * WIDE), hint.height() + _FOOT_HEIGHT)

    def _fill(self, draft: ServiceDraft) -> None:
        for field, editor in self._editors.items():
            _set_text(editor, str(getattr(draft, field)))
            self._rows[field].set_reason("")
        self.hidden.setChecked(draft.hidden)
        self.stale.setValue(draft.stale_minutes)
        self.group.choose(draft.group_id)

    def _line(self, field: str) -> QLineEdit:
        editor = self._editors[field]
        assert isinstance(editor, QLineEdit)
        return editor

    def _propose(self, name: str) -> None:
        if self._follows_name:
            self._line("key").setText(proposed_key(name, self._taken))
            self._recheck("key")

    def _on_key(self, _key: str) -> None:
        self._follows_name = False

    def _check_all(self) -> bool:
        bad = [field for field in self._editors if not self._check(field)]
        if bad:
            self._editors[bad[0]].setFocus()
        return not bad

    def _check(self, field: str) -> bool:
        reason = reason_against(field, _text(self._editors[field]))
        self._rows[field].set_reason(reason)
        return not reason

    def _recheck(self, field: str) -> None:
        # Only what is marked already: nobody is told off while typing.
        if self.reason(field):
            self._check(field)

    def _offer_choice(self, error: Conflict, newer: Service) -> None:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(self.tr("Edited meanwhile"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(translated(error.reason))
        box.setInformativeText(self._differences(newer))
        mine = box.addButton(self.tr("Save mine over it"), QMessageBox.ButtonRole.DestructiveRole)
        theirs = box.addButton(self.tr("Take theirs"), QMessageBox.ButtonRole.ActionRole)
        back = box.addButton(self.tr("Back to my text"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(back)
        box.setEscapeButton(back)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        mine.clicked.connect(lambda: QTimer.singleShot(0, self, self._over(newer)))
        theirs.clicked.connect(lambda: self.reload(newer))
        box.open()

    def _over(self, newer: Service) -> Callable[[], None]:
        return lambda: self.submit(version=newer.version)

    def _differences(self, newer: Service) -> str:
        theirs, mine = ServiceDraft.of(newer), self.draft()
        lines = []
        for field, title in (
            ("name", self.tr("Name")),
            ("key", self.tr("Key")),
            ("description", self.tr("Description")),
            ("url", self.tr("Address")),
            ("check_url", self.tr("Check address")),
            ("note", self.tr("Note")),
        ):
            their_value, my_value = str(getattr(theirs, field)), str(getattr(mine, field))
            if their_value != my_value:
                lines.append(f"{title}: {quoted(their_value[:120])} ↔ {quoted(my_value[:120])}")
        if not lines:
            return ""
        return "\n".join((self.tr("Theirs ↔ yours:"), *lines))


def _text(editor: Editor) -> str:
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()


def _set_text(editor: Editor, text: str) -> None:
    if isinstance(editor, QLineEdit):
        editor.setText(text)
    else:
        editor.setPlainText(text)

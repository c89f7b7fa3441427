"""Adding an account, and changing one's role, groups and whether it may sign in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from izzitup_desktop.desktop.theme import GAP, MARGIN, WIDE, Theme
from izzitup_desktop.desktop.widgets.choice_box import ChoiceBox
from izzitup_desktop.desktop.widgets.dialog import Dialog
from izzitup_desktop.desktop.widgets.dialog_foot import DialogFoot
from izzitup_desktop.desktop.widgets.draft import Draft
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.message_bar import MessageBar
from izzitup_desktop.desktop.widgets.password_line import CapsLockWarning, PasswordLine
from izzitup_desktop.desktop.widgets.reasoned import Reasoned
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.desktop.words.roles import role_word
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.accounts import ACCOUNT_ROLES, Account, Role
from izzitup_desktop.domain.errors import Conflict, Invalid
from izzitup_desktop.domain.groups import Group

DRAFT_KIND = "account"
_ROWS_MOST = 6


@dataclass(frozen=True, slots=True)
class AccountChoice:
    """What was chosen. The password is kept out of every representation; "" keeps it."""

    name: str
    role: Role
    active: bool
    group_ids: frozenset[int]
    password: str = field(default="", repr=False)


class AccountDialog(Dialog):
    """Edits `account`, or a new one. `submitted` carries an `AccountChoice`; whoever
    stores it calls `accept()` or `refused(error)`."""

    submitted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        groups: Sequence[Group],
        account: Account | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.account = account
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(
            filled(self.tr("Edit %1"), account.name) if account else self.tr("New account")
        )
        self.bar = MessageBar(theme)
        self.name = QLineEdit(account.name if account else "")
        self.name.setEnabled(account is None)
        self.role = ChoiceBox()
        for role in ACCOUNT_ROLES:
            self.role.addItem(role_word(role), role.value)
        self.role.setCurrentIndex(self.role.findData(account.role if account else Role.EDITOR))
        self.password, self.again = PasswordLine(theme), PasswordLine(theme)
        self.generate = QPushButton(self.tr("Generate and copy"))
        self.generate.setAutoDefault(False)
        self.generate.clicked.connect(self._generate)
        self._generated = plain_label(wrap=True)
        self._generated.hide()
        self.active = QCheckBox(self.tr("&May sign in"))
        self.active.setChecked(account is None or account.active)
        self.limited = QCheckBox(self.tr("Only services of these &groups:"))
        self.groups = QListWidget()
        # Its rows get their heights before the style sheet would be asked for them.
        self.groups.ensurePolished()
        self.groups.setAccessibleName(self.tr("Groups"))
        self._fill_groups(groups)
        self._explanation = plain_label(wrap=True)
        self._rows = {
            "name": Reasoned(theme, self.name, self.tr("&Name")),
            "role": Reasoned(theme, self.role, self.tr("&Role")),
            "password": Reasoned(theme, self.password, self._password_label()),
            "again": Reasoned(theme, self.again, self.tr("A&gain")),
        }
        self._lay_out()
        self.role.currentIndexChanged.connect(self._explain)
        self.limited.toggled.connect(self._explain)
        theme.changed.connect(self._explain)
        self._explain()
        self._first = self.choice()
        (self.name if account is None else self.role).setFocus()

    def reason(self, name: str) -> str:
        """What is wrong with a field, "" when nothing is."""
        return self._rows[name].reason

    def choice(self) -> AccountChoice:
        """What stands in the dialog."""
        items = [self.groups.item(place) for place in range(self.groups.count())]
        checked = frozenset(
            int(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )
        role = Role(self.role.currentData())
        limited = role is Role.EDITOR and self.limited.isChecked()
        return AccountChoice(
            self.name.text().strip(),
            role,
            self.active.isChecked(),
            checked if limited else frozenset(),
            self.password.text(),
        )

    def kept_draft(self) -> Draft | None:
        choice = self.choice()
        # A password is never kept, not even that there was one.
        if replace(choice, password="") == self._first:
            return None
        fields = {
            "id": self.account.id if self.account else 0,
            "name": choice.name,
            "role": choice.role.value,
            "active": choice.active,
            "limited": self.limited.isChecked(),
            "group_ids": sorted(choice.group_ids),
        }
        return Draft(DRAFT_KIND, self.windowTitle(), fields)

    def continue_draft(self, draft: Draft) -> None:
        """Have in the dialog what was typed and chosen before."""
        if self.account is None:
            self.name.setText(draft.get("name", ""))
        self.role.setCurrentIndex(max(0, self.role.findData(draft.get("role", ""))))
        self.active.setChecked(draft.get("active", True))
        self.limited.setChecked(draft.get("limited", False))
        chosen = draft.numbers("group_ids")
        for place in range(self.groups.count()):
            item = self.groups.item(place)
            on = item.data(Qt.ItemDataRole.UserRole) in chosen
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def submit(self) -> None:
        """Hand over what stands in the dialog, if it can be taken."""
        for row in self._rows.values():
            row.set_reason("")
        if self.password.text() != self.again.text():
            self._refuse("again", self.tr("The two passwords differ."))
            return
        choice = self.choice()
        limits = choice.role is Role.EDITOR and self.limited.isChecked()
        if limits and not choice.group_ids:
            self.bar.show_notice(self.tr("Choose at least one group, or take the limit away."))
            return
        self.do.setEnabled(False)
        self.submitted.emit(choice)

    def refused(self, error: Exception) -> None:
        """It was not stored; everything typed stays."""
        self.do.setEnabled(True)
        if isinstance(error, Invalid) and error.field in self._rows:
            self._refuse(error.field, error.reason)
        elif isinstance(error, Conflict) and self.account is None:
            self._refuse("name", str(error))
        elif isinstance(error, Conflict):
            self._refuse("role", str(error))
        else:
            self.bar.show_problem(problem_of(error, self.tr("The account was not saved.")))

    def _generate(self) -> None:
        password = generated_password()
        for line in (self.password, self.again):
            line.setText(password)
        self.password.eye.setChecked(True)
        QGuiApplication.clipboard().setText(password)
        self._generated.setText(
            self.tr("Copied. It is shown here once: nobody can look it up later.")
        )
        self._generated.show()

    def _refuse(self, name: str, reason: str) -> None:
        self._rows[name].set_reason(reason)
        self._rows[name].editor.setFocus()

    def _password_label(self) -> str:
        return self.tr("New &password") if self.account else self.tr("&Password")

    def _fill_groups(self, groups: Sequence[Group]) -> None:
        limits = self.account.group_ids if self.account else frozenset()
        self.limited.setChecked(bool(limits))
        for group in groups:
            item = QListWidgetItem(group.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = group.id in limits
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            item.setData(Qt.ItemDataRole.UserRole, group.id)
            self.groups.addItem(item)
        rows = min(max(2, len(groups)), _ROWS_MOST)
        self.groups.setFixedHeight(self.groups.sizeHintForRow(0) * rows + 2 * GAP)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(GAP)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        for name in ("name", "role"):
            self._rows[name].add_to(form)
        form.addRow("", self._explanation)
        form.addRow("", self.limited)
        form.addRow("", self.groups)
        for name in ("password", "again"):
            self._rows[name].add_to(form)
        form.addRow("", CapsLockWarning(self._theme, self.password, self.again))
        form.addRow("", self.generate)
        form.addRow("", self._generated)
        if self.account is not None:
            self.password.setPlaceholderText(self.tr("empty: it stays as it is"))
        form.addRow("", self.active)
        foot = DialogFoot(self, self.tr("Save") if self.account else self.tr("Add account"))
        self.do = foot.do
        self.do.clicked.connect(self.submit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(self.bar)
        layout.addLayout(form)
        layout.addStretch(1)
        layout.addWidget(foot)
        self.setMinimumWidth(480)

    def _explain(self) -> None:
        role = Role(self.role.currentData())
        self._explanation.setText(
            {
                Role.ADMINISTRATOR: self.tr("May do everything, accounts and backups too."),
                Role.EDITOR: self.tr("Sets statuses; adds, edits and deletes services."),
                Role.VIEWER: self.tr("Sees everything, hidden services too, and changes nothing."),
            }[role]
        )
        for label in (self._explanation, self._generated):
            label.setStyleSheet(f"color: {self._theme.colours.muted};")
        editor = role is Role.EDITOR
        self.limited.setVisible(editor)
        self.groups.setVisible(editor and self.limited.isChecked())


def generated_password() -> str:
    """Twenty letters and digits in groups of five, none that is taken for another."""
    import secrets  # brings OpenSSL, when a password is generated

    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    groups = ("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))
    return "-".join(groups)

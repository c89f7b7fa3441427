"""The first run: an administrator, who may ask the API, and what to begin with."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QButtonGroup,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from izzitup_desktop.desktop.start.runner import Runner
from izzitup_desktop.desktop.theme import GAP, MARGIN, WIDE, Theme
from izzitup_desktop.desktop.widgets.dialog import Dialog
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.message_bar import MessageBar
from izzitup_desktop.desktop.widgets.password_line import CapsLockWarning, PasswordLine
from izzitup_desktop.desktop.widgets.reasoned import Reasoned
from izzitup_desktop.desktop.words.addresses import EVERYWHERE, LOOPBACK, lan_addresses
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.errors import Invalid

_STEPS = 3


@dataclass(frozen=True, slots=True)
class FirstRunChoice:
    """What was chosen. The password is kept out of every representation."""

    name: str
    password: str = field(repr=False)
    host: str
    sample: bool


class FirstRun(Dialog):
    """Three steps. `finished_with` carries a `FirstRunChoice`; whoever sets the board
    up calls `done_well()` or `refused(error)`."""

    finished_with = Signal(object)

    def __init__(
        self,
        theme: Theme,
        runner: Runner,
        check: Callable[[str, str], None],
        location: str,
        port: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._port = port
        self._theme = theme
        self._runner = runner
        self._check = check
        self.setWindowTitle(self.tr("Welcome to IzzitUp"))
        self.setModal(True)
        self.bar = MessageBar(theme)
        self._pages = QStackedWidget()
        self._title = plain_label()
        self._step = plain_label()
        self._location = plain_label(
            filled(self.tr("Everything is kept in %1"), location), wrap=True
        )
        for page in (self._account_page(), self._network_page(), self._content_page()):
            self._pages.addWidget(page)
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()
        self._show_step(0)

    @property
    def step(self) -> int:
        """Which step is shown, 0 to 2."""
        return self._pages.currentIndex()

    def choice(self) -> FirstRunChoice:
        """What stands in the dialog."""
        return FirstRunChoice(
            self.name.text().strip(),
            self.password.text(),
            EVERYWHERE if self.everywhere.isChecked() else LOOPBACK,
            self.sample.isChecked(),
        )

    def next(self) -> None:
        """Go on, if this step's values can be taken."""
        if self.step == 0:
            self._check_account()
        elif self.step == 1:
            self._show_step(2)
        else:
            self._set_busy(busy=True)
            self.finished_with.emit(self.choice())

    def back(self) -> None:
        """Go back one step; nothing typed is lost."""
        self._show_step(max(0, self.step - 1))

    def done_well(self) -> None:
        """The board is set up: close."""
        self.accept()

    def refused(self, error: Exception) -> None:
        """The board could not be set up; everything typed stays."""
        self._set_busy(busy=False)
        if isinstance(error, Invalid) and error.field in ("name", "password"):
            self._show_step(0)
            self._show_invalid(error)
            return
        self.bar.show_problem(problem_of(error, self.tr("The board could not be set up.")))

    def _account_page(self) -> QWidget:
        self.name = QLineEdit(_user_name())
        self.password = PasswordLine(self._theme)
        self.again = PasswordLine(self._theme)
        self._name = Reasoned(self._theme, self.name, self.tr("&Name"))
        self._password = Reasoned(self._theme, self.password, self.tr("&Password"))
        self._again = Reasoned(self._theme, self.again, self.tr("&Again"))
        self.rules = plain_label(wrap=True)
        self.password.textChanged.connect(self._show_rules)
        self.name.textEdited.connect(lambda: self._name.set_reason(""))
        self.password.textEdited.connect(lambda: self._password.set_reason(""))
        self.again.textEdited.connect(lambda: self._again.set_reason(""))
        page, layout = _page(
            self.tr(
                "You are the administrator of this board. In this window you need no password, "
                "unless you want to be asked; scripts sign in with name and password."
            )
        )
        form = QFormLayout()
        form.setSpacing(GAP)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        for row in (self._name, self._password, self._again):
            row.add_to(form)
        form.addRow("", self.rules)
        form.addRow("", CapsLockWarning(self._theme, self.password, self.again))
        layout.addLayout(form)
        layout.addStretch()
        self._show_rules()
        return page

    def _network_page(self) -> QWidget:
        page, layout = _page(
            self.tr(
                "Scripts read and set statuses over HTTP. From where? "
                "You can change this at any time in the preferences."
            )
        )
        self.here = QRadioButton(self.tr("From this &computer only"))
        self.here.setChecked(True)
        self.everywhere = QRadioButton(self.tr("From every computer on my &network"))
        group = QButtonGroup(self)
        group.addButton(self.here)
        group.addButton(self.everywhere)
        addresses = ", ".join(f"http://{address}:{self._port}" for address in lan_addresses())
        reach = (
            filled(self.tr("Others reach it at %1."), addresses)
            if addresses
            else self.tr("This computer has no network address at the moment.")
        )
        self._here_text = plain_label(
            filled(
                self.tr("Nobody else can connect. The address is %1."),
                f"http://{LOOPBACK}:{self._port}",
            ),
            wrap=True,
        )
        self._everywhere_text = plain_label(
            reach
            + " "
            + self.tr(
                "Anybody on the same network can read the names and statuses of all services "
                "that are not hidden, and can try to sign in. Passwords travel unencrypted: "
                "choose this on networks you trust."
            ),
            wrap=True,
        )
        for button, text in (
            (self.here, self._here_text),
            (self.everywhere, self._everywhere_text),
        ):
            layout.addWidget(button)
            layout.addWidget(_indented(text))
            button.setAccessibleDescription(text.text())
        layout.addStretch()
        return page

    def _content_page(self) -> QWidget:
        page, layout = _page(self.tr("What should the board begin with?"))
        self.empty = QRadioButton(self.tr("An &empty board"))
        self.empty.setChecked(True)
        self.sample = QRadioButton(self.tr("&Sample services, to look around"))
        texts = (
            self.tr("Add your own services with Ctrl+N."),
            self.tr("Twelve services in four groups. Delete them whenever you like."),
        )
        for button, text in zip((self.empty, self.sample), texts, strict=True):
            layout.addWidget(button)
            layout.addWidget(_indented(plain_label(text, wrap=True)))
            button.setAccessibleDescription(text)
        layout.addStretch()
        return page

    def _lay_out(self) -> None:
        font = QFont(self._title.font())
        font.setPointSizeF(font.pointSizeF() * 1.5)
        font.setBold(True)
        self._title.setFont(font)
        self._back = QPushButton(self.tr("&Back"))
        self._back.setAutoDefault(False)
        self._back.clicked.connect(self.back)
        self._next = QPushButton()
        self._next.setDefault(True)
        self._next.clicked.connect(self.next)
        cancel = QPushButton(self.tr("Quit"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self._step)
        foot.addStretch()
        for button in (cancel, self._back, self._next):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(self._title)
        layout.addWidget(self.bar)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._location)
        layout.addLayout(foot)
        self.resize(620, 460)

    def _show_step(self, step: int) -> None:
        self._pages.setCurrentIndex(step)
        titles = (
            self.tr("Who looks after this board?"),
            self.tr("Who may ask it?"),
            self.tr("What is on it?"),
        )
        self._title.setText(titles[step])
        self._step.setText(filled(self.tr("Step %1 of %2"), step + 1, _STEPS))
        self._back.setVisible(step > 0)
        self._next.setText(self.tr("&Start") if step == _STEPS - 1 else self.tr("&Next"))
        self.bar.take_back()
        if step == 0:
            (self.password if self.name.text() else self.name).setFocus()
        else:
            (self.here if step == 1 else self.empty).setFocus()

    def _check_account(self) -> None:
        name, password = self.name.text().strip(), self.password.text()
        if not name:
            self._name.set_reason(self.tr("Give a name to sign in with."))
            self.name.setFocus()
            return
        self._set_busy(busy=True)
        self._runner.run(
            lambda: self._check(password, name),
            then=lambda _: self._account_is_good(),
            failed=self.refused,
            owner=self,
        )

    def _account_is_good(self) -> None:
        self._set_busy(busy=False)
        # Only a password that can be taken is worth typing once more.
        if self.password.text() != self.again.text():
            self._again.set_reason(
                self.tr("The two passwords differ.")
                if self.again.text()
                else self.tr("Type the password once more.")
            )
            self.again.setFocus()
            return
        self._show_step(1)

    def _show_invalid(self, error: Invalid) -> None:
        row, editor = (
            (self._name, self.name) if error.field == "name" else (self._password, self.password)
        )
        row.set_reason(error.reason)
        editor.setFocus()

    def _show_rules(self) -> None:
        length = len(self.password.text())
        rules = self.tr("At least 10 characters, and none of the most common passwords.")
        count = filled(self.tr("(%1 so far)"), length) if 0 < length < 10 else ""
        self.rules.setText(f"{rules} {count}".strip())

    def _set_busy(self, *, busy: bool) -> None:
        self._pages.setEnabled(not busy)
        self._next.setEnabled(not busy)
        self._back.setEnabled(not busy)

    def _dress(self) -> None:
        muted = self._theme.colours.muted
        labels = (self._location, self._step, self.rules, self._here_text, self._everywhere_text)
        for label in labels:
            label.setStyleSheet(f"color: {muted};")


def _page(intro: str) -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(GAP)
    layout.addWidget(plain_label(intro, wrap=True))
    layout.addSpacing(GAP)
    return page, layout


def _indented(widget: QWidget) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(WIDE + GAP, 0, 0, GAP)
    layout.addWidget(widget)
    return holder


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""

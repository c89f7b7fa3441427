"""The console: choose what to ask, copy it as a command, or send it and see the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from izzitup_desktop.desktop.connections.answer_box import AnswerBox, CodeBox
from izzitup_desktop.desktop.connections.api_actions import (
    CONTRACT,
    V1,
    ApiAction,
    Wanted,
    actions,
)
from izzitup_desktop.desktop.connections.sending import Answered, Secret, Where, send
from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.start.runner import Lane
from izzitup_desktop.desktop.theme import GAP, SMALL, status_word
from izzitup_desktop.desktop.widgets.choice_box import ChoiceBox
from izzitup_desktop.desktop.widgets.dialog import Scrolled
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.password_line import PasswordLine
from izzitup_desktop.desktop.words.texts import filled, tooltip, translated
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.statuses import SETTABLE, StatusId
from izzitup_desktop.text import script_lines
from izzitup_desktop.text.script_lines import Call, SignInBy

if TYPE_CHECKING:
    from izzitup_desktop.server.embedded import EmbeddedServer

_FORMS = (
    ("curl", script_lines.curl_of),
    ("PowerShell", script_lines.powershell_of),
    ("Python", script_lines.python_of),
)
_FORM_WIDTH = 300


class ConsoleSection(QWidget):
    """What is typed as a token or password is kept while this is on screen, and nowhere else."""

    told = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._theme = context, context.theme
        self._server: EmbeddedServer | None = None
        self._sends = self._wanted_id = 0
        self._is_waiting = False
        self.api = ChoiceBox()
        self.api.addItem(self.tr("API v1"), V1)
        self.api.addItem(self.tr("Services API (old scripts)"), CONTRACT)
        self.action = ChoiceBox()
        self.service = ChoiceBox()
        self._make_searchable(self.service)
        self.status = ChoiceBox()
        for status_id in SETTABLE:
            self.status.addItem(status_word(status_id), int(status_id))
        self.status.setCurrentIndex(self.status.findData(int(StatusId.IMPAIRED)))
        self.comment = QLineEdit()
        self.trial = QCheckBox(self.tr("&Try only: change nothing"))
        self.sign_in = ChoiceBox()
        for how, text in (
            (SignInBy.TOKEN, self.tr("with a token")),
            (SignInBy.PASSWORD, self.tr("with name and password")),
            (SignInBy.NOTHING, self.tr("without signing in")),
        ):
            self.sign_in.addItem(text, how)
        self.user = QLineEdit()
        self.secret = PasswordLine(self._theme, self.tr("Token or password"))
        self.forms = QTabBar()
        self.forms.setAccessibleName(self.tr("Copy as"))
        self.forms.setDrawBase(False)
        for name, _ in _FORMS:
            self.forms.addTab(name)
        self.code = CodeBox(self.tr("Command"))
        self.copy_button = QPushButton(self.tr("&Copy"))
        self.send_button = QPushButton(self.tr("&Send it"))
        self.effect = plain_label(wrap=True)
        self.answer = AnswerBox(self._theme)
        self._labels: dict[QWidget, QLabel] = {}
        self._lay_out()
        self._connect()
        self._theme.changed.connect(self._dress)
        self._fill_actions()

    def show_server(self, server: EmbeddedServer | None) -> None:
        """Ask this server from now on; None: there is none."""
        self._server = server
        self.show_call()

    def attach(self, name: str) -> None:
        """Somebody else may act now: what was typed as a secret is gone, and what is answered."""
        self._sends += 1
        self._is_waiting = False
        self.secret.clear()
        self.user.setText(name)
        self.answer.clear()

    def show_services(self, services: Sequence[Service]) -> None:
        """Offer these services; the chosen one stays."""
        chosen = self.service.currentData()
        known = [self.service.itemData(place) for place in range(self.service.count())]
        found = [(one.id, one.key or str(one.id)) for one in services]
        if known == found:
            self.show_call()
            return
        self.service.blockSignals(True)
        self.service.clear()
        for one, data in zip(services, found, strict=True):
            self.service.addItem(f"{one.name} ({one.key})" if one.key else one.name, data)
        place = found.index(chosen) if chosen in found else 0
        self.service.setCurrentIndex(place if found else -1)
        self.service.blockSignals(False)
        if self._wanted_id:
            self.choose_service(self._wanted_id)
        self.show_call()

    def choose_service(self, service_id: int) -> None:
        """Choose a service by its id, now or as soon as it is known."""
        self._wanted_id = service_id
        for place in range(self.service.count()):
            if self.service.itemData(place)[0] == service_id:
                self.service.setCurrentIndex(place)
                self._wanted_id = 0
                self._choose_action_of_service()

    def _choose_action_of_service(self) -> None:
        """One that only reads, unless one about a service is chosen already."""
        action: ApiAction | None = self.action.currentData()
        if action is not None and action.of_service:
            return
        known = (self.action.itemData(place) for place in range(self.action.count()))
        about = (place for place, one in enumerate(known) if one.of_service and not one.is_write)
        self.action.setCurrentIndex(next(about, 0))

    def call(self) -> Call | None:
        """What was chosen, None where nothing can be asked."""
        action: ApiAction | None = self.action.currentData()
        if action is None or (action.of_service and self.service.currentData() is None):
            return None
        id_, name = self.service.currentData() or (0, "")
        wanted = Wanted(
            id_, name, self.status.currentData(), self.comment.text().strip(),
            self.trial.isChecked(), self.sign_in.currentData(),
            self.user.text().strip(),
        )  # fmt: skip
        return action.call(wanted)

    def where(self) -> Where | None:
        """Where the server answers, None where it does not. HTTPS where there is nothing else."""
        state = self._server.state if self._server is not None else None
        if state is None or not state.url:
            return None
        return Where(state.url, state.fingerprint)

    def send(self) -> None:
        """Send what was chosen, off this thread, and show what is answered."""
        call, where = self.call(), self.where()
        if call is None or where is None:
            return
        secret = Secret(self.secret.text())
        self._sends += 1
        sent = self._sends
        self._is_waiting = True
        self._permit()
        self.answer.say(self.tr("Waiting for the answer …"))

        def then(answered: Answered) -> None:
            if sent == self._sends:
                self._is_waiting = False
                self.answer.show_answer(answered)
                self._permit()

        def failed(error: Exception) -> None:
            if sent == self._sends:
                self._is_waiting = False
                self.answer.show_failure(error)
                self._permit()

        self._context.runner.run(
            lambda: send(where, call, secret), then=then, failed=failed, owner=self, lane=Lane.WORK
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_call()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.secret.clear()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.EnabledChange and not self.isEnabled():
            self.secret.clear()

    def _fill_actions(self) -> None:
        self.action.blockSignals(True)
        self.action.clear()
        for one in actions(self.api.currentData()):
            self.action.addItem(translated(one.title), one)
        self.action.blockSignals(False)
        self.show_call()

    def show_call(self) -> None:
        """Show what was chosen as a command, and whether it can be sent."""
        action: ApiAction | None = self.action.currentData()
        if action is None:
            return
        self.service.setToolTip(tooltip(self.service.currentText()))
        is_contract = action.api == CONTRACT
        by = self.sign_in.currentData()
        signs = action.is_write if is_contract else by is not SignInBy.NOTHING
        for widget, is_shown in (
            (self.service, action.of_service),
            (self.status, action.with_status),
            (self.comment, action.body is not None),
            (self.trial, action.is_write and not is_contract),
            (self.sign_in, not is_contract),
            (self.user, (is_contract and signs) or (not is_contract and by is SignInBy.PASSWORD)),
            (self.secret, signs),
        ):
            widget.setVisible(is_shown)
            if widget in self._labels:
                self._labels[widget].setVisible(is_shown)
        self._labels[self.secret].setText(self._secret_label(by, is_contract=is_contract))
        call = self.call()
        where = self.where()
        address = where.address if where is not None else script_lines.DEFAULT_ADDRESS
        _, form = _FORMS[self.forms.currentIndex()]
        self.code.setPlainText("" if call is None else form(address, call).rstrip("\n"))
        self._permit()

    def _secret_label(self, by: SignInBy, *, is_contract: bool) -> str:
        if is_contract:
            return self.tr("Password or token")
        return self.tr("Password") if by is SignInBy.PASSWORD else self.tr("Token")

    def _permit(self) -> None:
        action: ApiAction | None = self.action.currentData()
        can = self.call() is not None
        self.copy_button.setEnabled(can)
        is_missing = self.secret.isVisibleTo(self) and not self.secret.text()
        is_free = not self._is_waiting and self.where() is not None
        self.send_button.setEnabled(can and is_free and not is_missing)
        self.effect.setText(self._effect(action, is_missing=is_missing))
        self._dress()

    def _effect(self, action: ApiAction | None, *, is_missing: bool) -> str:
        if self.where() is None:
            return self.tr("Nothing is served: there is nobody to send it to.")
        if self.call() is None:
            return self.tr("There is no service to ask for.")
        if is_missing:
            return self.tr("To send it, type the token or password. It is neither kept nor logged.")
        if action is not None and action.is_write:
            if self.trial.isChecked() and action.api == V1:
                return self.tr("The answer says what would change; nothing does.")
            return self.tr("It is sent for real, and changes the board.")
        return self.tr("It is sent for real, and only reads.")

    def _forget_answer(self) -> None:
        # It would be taken for the answer to what is shown now.
        if not self._is_waiting:
            self.answer.clear()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.toPlainText())
        name, _ = _FORMS[self.forms.currentIndex()]
        self.told.emit(filled(self.tr("Copied: %1"), name))

    def _make_searchable(self, box: ChoiceBox) -> None:
        box.setEditable(True)
        box.setInsertPolicy(ChoiceBox.InsertPolicy.NoInsert)
        completer = box.completer()
        if completer is not None:
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(GAP)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for text, widget in (
            (self.tr("&API"), self.api),
            (self.tr("&Action"), self.action),
            (self.tr("Ser&vice"), self.service),
            (self.tr("S&tatus"), self.status),
            (self.tr("C&omment"), self.comment),
            (self.tr("Si&gn in"), self.sign_in),
            (self.tr("Na&me"), self.user),
            ("", self.secret),
        ):
            label = QLabel(text)
            label.setBuddy(widget)
            widget.setAccessibleName(text.replace("&", "") or self.tr("Token or password"))
            self._labels[widget] = label
            form.addRow(label, widget)
            if isinstance(widget, ChoiceBox):
                widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        form.insertRow(10, self.trial)
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, GAP, 0)
        inner.addLayout(form)
        inner.addStretch()
        left = Scrolled(page)
        left.setMinimumWidth(_FORM_WIDTH)
        left.setMaximumWidth(_FORM_WIDTH)
        right = QVBoxLayout()
        right.setSpacing(GAP)
        top = QHBoxLayout()
        top.addWidget(self.forms)
        top.addStretch()
        top.addWidget(self.copy_button)
        right.addLayout(top)
        right.addWidget(self.code, 2)
        bottom = QHBoxLayout()
        bottom.setSpacing(GAP)
        bottom.addWidget(self.effect, 1)
        bottom.addWidget(self.send_button)
        right.addLayout(bottom)
        right.addWidget(self.answer, 3)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP + SMALL)
        layout.addWidget(left)
        layout.addLayout(right, 1)

    def _connect(self) -> None:
        self.api.currentIndexChanged.connect(self._fill_actions)
        for box in (self.api, self.action):
            box.currentIndexChanged.connect(self._forget_answer)
        for box in (self.action, self.service, self.status, self.sign_in):
            box.currentIndexChanged.connect(self.show_call)
        self.comment.textChanged.connect(self.show_call)
        self.user.textChanged.connect(self.show_call)
        self.secret.textChanged.connect(self._permit)
        self.trial.toggled.connect(self.show_call)
        self.forms.currentChanged.connect(self.show_call)
        self.copy_button.clicked.connect(self._copy)
        self.send_button.clicked.connect(self.send)
        self.secret.returnPressed.connect(self.send_button.click)

    def _dress(self) -> None:
        colours = self._theme.colours
        for place in range(self.status.count()):
            icon = self._theme.status_icon(self.status.itemData(place))
            self.status.setItemIcon(place, icon)
        action: ApiAction | None = self.action.currentData()
        changes = action is not None and action.is_write and self.send_button.isEnabled()
        real = changes and not (self.trial.isChecked() and self.trial.isVisibleTo(self))
        ink = colours.status(StatusId.IMPAIRED).ink if real else colours.muted
        self.effect.setStyleSheet(f"color: {ink};")

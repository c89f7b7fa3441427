"""Preferences: each applies at once; what can't be taken stays, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from izzitup_desktop.desktop.addresses import EVERYWHERE, LOOPBACK, lan_addresses
from izzitup_desktop.desktop.errors import problem_of
from izzitup_desktop.desktop.texts import filled
from izzitup_desktop.desktop.theme import GAP, MARGIN, WIDE, Theme
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.message_bar import MessageBar
from izzitup_desktop.desktop.widgets.reasoned import Reasoned
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.settings import Settings


class Preferences(QDialog):
    """`changed` carries one setting's key and new value; whoever saves it calls
    `saved(settings)` or `refused(key, error)`."""

    changed = Signal(str, object)

    def __init__(self, theme: Theme, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: dict[str, Reasoned] = {}
        self._settings = settings
        self.setWindowTitle(self.tr("Preferences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.bar = MessageBar(theme)
        self._server = plain_label(wrap=True)
        self._build()
        self._fill()
        theme.changed.connect(self._dress)
        self._dress()

    def reason(self, key: str) -> str:
        """What is wrong with a setting, "" when nothing is."""
        return self._rows[key].reason

    def saved(self, settings: Settings) -> None:
        """These settings hold from now on."""
        self._settings = settings
        for row in self._rows.values():
            row.set_reason("")

    def refused(self, key: str, error: Exception) -> None:
        """A setting was not taken; its value stays as typed."""
        if isinstance(error, Invalid) and key in self._rows:
            self._rows[key].set_reason(error.reason)
        else:
            self.bar.show_problem(problem_of(error, self.tr("The setting was not saved.")))

    def show_server(self, text: str) -> None:
        """Say what the API is doing."""
        self._server.setText(text)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(self.bar)
        layout.addLayout(self._api_section())
        layout.addWidget(_line())
        layout.addLayout(self._window_section())
        layout.addStretch()
        close = QPushButton(self.tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(close)
        layout.addLayout(foot)
        self.setMinimumWidth(560)

    def _api_section(self) -> QFormLayout:
        form = _form()
        form.addRow(_heading(self.tr("API for scripts")))
        self.serve = QCheckBox(self.tr("&Answer scripts over HTTP"))
        self._on_toggle(self.serve, "serve")
        form.addRow("", self.serve)
        self.host = QComboBox()
        self.host.activated.connect(lambda _: self._change("host", self.host.currentData()))
        self._row(form, "host", self.tr("&From"), self.host)
        self.port = QSpinBox()
        self.port.setRange(1, 65535)
        self.port.setGroupSeparatorShown(False)
        self.port.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.port.editingFinished.connect(lambda: self._change("port", self.port.value()))
        self._row(form, "port", self.tr("P&ort"), self.port)
        self.host_names = QLineEdit()
        self.host_names.setPlaceholderText(self.tr("status.example.org, board.lan"))
        self.host_names.editingFinished.connect(
            lambda: self._change("host_names", _names(self.host_names.text()))
        )
        self._row(form, "host_names", self.tr("Further &names"), self.host_names)
        self._exposed = plain_label(wrap=True)
        form.addRow("", self._exposed)
        form.addRow("", self._server)
        return form

    def _window_section(self) -> QFormLayout:
        form = _form()
        form.addRow(_heading(self.tr("This window")))
        self.theme = QComboBox()
        for choice, text in (
            ("system", self.tr("As the system has it")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            self.theme.addItem(text, choice)
        self.theme.activated.connect(lambda _: self._change("theme", self.theme.currentData()))
        self._row(form, "theme", self.tr("&Theme"), self.theme)
        self.notifications = QCheckBox(self.tr("&Tell me when somebody else changes a status"))
        self._on_toggle(self.notifications, "notifications")
        self.keep_in_tray = QCheckBox(self.tr("&Keep running in the tray when the window closes"))
        self._on_toggle(self.keep_in_tray, "keep_in_tray")
        self.ask_at_start = QCheckBox(self.tr("As&k for my password at start"))
        self._on_toggle(self.ask_at_start, "ask_at_start")
        for box in (self.notifications, self.keep_in_tray, self.ask_at_start):
            form.addRow("", box)
        return form

    def _row(self, form: QFormLayout, key: str, label: str, editor: QWidget) -> None:
        self._rows[key] = Reasoned(self._theme, editor, label)
        self._rows[key].add_to(form)

    def _on_toggle(self, box: QCheckBox, key: str) -> None:
        box.toggled.connect(lambda on: self._change(key, on))

    def _fill(self) -> None:
        settings = self._settings
        self.host.addItem(self.tr("This computer only (127.0.0.1)"), LOOPBACK)
        self.host.addItem(self.tr("Every computer on my networks (0.0.0.0)"), EVERYWHERE)
        for address in lan_addresses():
            self.host.addItem(filled(self.tr("The network of %1"), address), address)
        if self.host.findData(settings.host) < 0:
            self.host.addItem(settings.host, settings.host)
        self._quietly(
            self.host, lambda: self.host.setCurrentIndex(self.host.findData(settings.host))
        )
        self._quietly(
            self.theme, lambda: self.theme.setCurrentIndex(self.theme.findData(settings.theme))
        )
        self._quietly(self.port, lambda: self.port.setValue(settings.port))
        self.host_names.setText(", ".join(settings.host_names))
        for box, on in (
            (self.serve, settings.serve),
            (self.notifications, settings.notifications),
            (self.keep_in_tray, settings.keep_in_tray),
            (self.ask_at_start, settings.ask_at_start),
        ):
            self._quietly(box, lambda box=box, on=on: box.setChecked(on))  # type: ignore[misc]
        self._show_exposed()

    def _change(self, key: str, value: Any) -> None:
        if value != getattr(self._settings, key):
            self.changed.emit(key, value)
        elif key in self._rows:
            self._rows[key].set_reason("")
        self._show_exposed()

    def _show_exposed(self) -> None:
        exposed = self.serve.isChecked() and self.host.currentData() != LOOPBACK
        self._exposed.setText(
            self.tr(
                "Anybody on these networks can read all services that are not hidden, and try to "
                "sign in. Passwords travel unencrypted."
            )
        )
        self._exposed.setVisible(exposed)

    def _dress(self) -> None:
        for label in (self._exposed, self._server):
            label.setStyleSheet(f"color: {self._theme.colours.muted};")

    @staticmethod
    def _quietly(widget: QWidget, change: Callable[[], object]) -> None:
        widget.blockSignals(True)
        change()
        widget.blockSignals(False)


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setSpacing(GAP)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def _heading(text: str) -> QWidget:
    label = plain_label(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


def _line() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setForegroundRole(line.palette().ColorRole.Mid)
    return line


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(",") if (name := part.strip()))

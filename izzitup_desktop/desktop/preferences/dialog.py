"""Preferences: searched as one types; each applies at once; what can't be taken stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from izzitup_desktop.desktop.preferences.file_line import FileLine
from izzitup_desktop.desktop.preferences.login_start_row import LoginStartRow
from izzitup_desktop.desktop.preferences.rows import PreferenceRow, PreferenceSection
from izzitup_desktop.desktop.preferences.secure_rows import SecureRows
from izzitup_desktop.desktop.theme import GAP, MARGIN, WIDE, Theme, status_word
from izzitup_desktop.desktop.widgets.choice_box import ChoiceBox
from izzitup_desktop.desktop.widgets.dialog import Dialog
from izzitup_desktop.desktop.widgets.labels import TypedText, plain_label
from izzitup_desktop.desktop.widgets.lines_box import LinesBox
from izzitup_desktop.desktop.widgets.message_bar import MessageBar
from izzitup_desktop.desktop.widgets.number_box import NumberBox
from izzitup_desktop.desktop.words.addresses import EVERYWHERE, LOOPBACK, lan_addresses
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.desktop.words.texts import filled, tooltip
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.statuses import SETTABLE
from izzitup_desktop.domain.text import search_fold

if TYPE_CHECKING:
    # Validation loads after the first paint.
    from izzitup_desktop.platform.settings import Settings

_NARROW = 140

SAFETY = (
    "serve", "host", "port", "host_names", "https", "https_port", "https_only", "tls_certificate",
    "tls_key", "mdns", "ask_at_start", "lock_after_minutes", "backup_every_hours", "backups_kept",
    "journal_keep_days",
)  # fmt: skip
"""The settings that are not everybody's to change."""


class Preferences(Dialog):
    """`changed` carries one setting's key and new value; whoever saves it calls
    `saved(settings)` or `refused(key, error)`."""

    changed = Signal(str, object)

    def __init__(self, theme: Theme, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._settings = settings
        self._rows: dict[str, PreferenceRow] = {}
        self._sections: list[PreferenceSection] = []
        self.setWindowTitle(self.tr("Preferences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.bar = MessageBar(theme)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search preferences"))
        self.search.setAccessibleName(self.tr("Search preferences"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self._nothing = plain_label(self.tr("No preference is like that."), wrap=True)
        self._nothing.hide()
        self._server = TypedText()
        self._exposed = plain_label(wrap=True)
        self._build()
        self._show_exposed()
        theme.changed.connect(self._dress)
        self._dress()

    def reason(self, key: str) -> str:
        """What is wrong with a setting, "" when nothing is."""
        return self._rows[key].reason

    def saved(self, settings: Settings) -> None:
        """These settings hold from now on."""
        before, self._settings = self._settings, settings
        for key, row in self._rows.items():
            if getattr(before, key) != getattr(settings, key):
                row.set_reason("")

    def refused(self, key: str, error: Exception) -> None:
        """A setting was not taken; its value stays as typed."""
        if isinstance(error, Invalid) and key in self._rows:
            self._rows[key].set_reason(error.reason)
        else:
            self.bar.show_problem(problem_of(error, self.tr("The setting was not saved.")))

    def restrict(self, reason: str) -> None:
        """Let the settings of `SAFETY` be looked at only, for this reason."""
        for key in SAFETY:
            editor = self._rows[key].editor
            editor.setEnabled(False)
            editor.setToolTip(tooltip(reason))
            editor.setAccessibleDescription(reason)

    def show_server(self, text: str) -> None:
        """Say what the API is doing."""
        self._server.show_text(text)

    def setting(self, key: str) -> Any:
        """What holds by now."""
        return getattr(self._settings, key)

    def shown_keys(self) -> list[str]:
        """The settings that the search leaves."""
        return [key for key, row in self._rows.items() if not row.isHidden()]

    def _build(self) -> None:
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, GAP, 0)
        inner.setSpacing(MARGIN)
        for section in (
            self._api_section(),
            self._window_section(),
            self._status_section(),
            self._notification_section(),
            self._report_section(),
            self._safety_section(),
        ):
            self._sections.append(section)
            inner.addWidget(section)
        inner.addWidget(self._nothing)
        inner.addStretch()
        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        close = QPushButton(self.tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(self.search)
        layout.addWidget(self.bar)
        layout.addWidget(scroll, 1)
        layout.addLayout(foot)
        self.resize(640, 640)

    def _api_section(self) -> PreferenceSection:
        section = PreferenceSection(self._theme, self.tr("API for scripts"))
        self.serve = self.add_check("serve", self.tr("&Answer scripts over HTTP"), section)
        self.host = self._choose(
            "host",
            self.tr("&From"),
            [
                (LOOPBACK, self.tr("This computer only (127.0.0.1)")),
                (EVERYWHERE, self.tr("Every computer on my networks (0.0.0.0)")),
                *((a, filled(self.tr("The network of %1"), a)) for a in lan_addresses()),
            ],
            section,
        )
        self.port = self.add_number("port", self.tr("P&ort"), 1, 65535, "", section)
        self.host_names = self._line("host_names", self.tr("Further &names"), section)
        self.host_names.setPlaceholderText(self.tr("status.example.org, board.lan"))
        self.secure = SecureRows(self, self._theme, section)
        section.add_note(self._exposed)
        section.add_note(self._server)
        return section

    def _window_section(self) -> PreferenceSection:
        section = PreferenceSection(self._theme, self.tr("This window"))
        self.language = self._choose(
            "language",
            self.tr("&Language"),
            [
                ("system", self.tr("Follow system")),
                ("en", "English"),
                ("de", "Deutsch"),
            ],
            section,
        )
        self.theme = self._choose(
            "theme",
            self.tr("&Theme"),
            [
                ("system", self.tr("Follow system")),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
            ],
            section,
        )
        self.keep_in_tray = self.add_check(
            "keep_in_tray", self.tr("&Keep running in the tray when the window closes"), section
        )
        self.login_start = LoginStartRow(self._theme, self.tr("&Start when I log in"))
        section.add(self.login_start)
        screens = [(one.name(), screen_text(one)) for one in QGuiApplication.screens()]
        self.wall_screen = self._choose(
            "wall_screen",
            self.tr("&Wall on"),
            [("", self.tr("The screen of the window")), *screens],
            section,
        )
        self.wall_dim_from = self._line(
            "wall_dim_from", self.tr("Wall &dim from"), section, _NARROW
        )
        self.wall_dim_until = self._line(
            "wall_dim_until", self.tr("Wall dim un&til"), section, _NARROW
        )
        for line, example in ((self.wall_dim_from, "22:00"), (self.wall_dim_until, "06:30")):
            line.setPlaceholderText(example)
        return section

    def _report_section(self) -> PreferenceSection:
        section = PreferenceSection(self._theme, self.tr("Reports"))
        self.board_name = self._line("board_name", self.tr("Name of the boa&rd"), section)
        self.board_name.setPlaceholderText(self.tr("Example Ltd., operations"))
        self.board_logo = FileLine(
            self._settings.board_logo, self.tr("Choose a logo"), self.tr("Pictures (*.png *.jpg)")
        )
        self.board_logo.chosen.connect(lambda path: self.change("board_logo", path))
        row = PreferenceRow(self._theme, self.tr("Lo&go"), self.board_logo)
        self.add_row("board_logo", row, section)
        return section

    def _status_section(self) -> PreferenceSection:
        section = PreferenceSection(self._theme, self.tr("Setting a status"))
        self.shift_end = self._line("shift_end", self.tr("&End of shift"), section, _NARROW)
        self.shift_end.setPlaceholderText("17:00")
        self.templates = LinesBox(self._settings.comment_templates)
        self.templates.setPlaceholderText(self.tr("A comment a line"))
        row = PreferenceRow(self._theme, self.tr("Comment te&mplates"), self.templates)
        self.add_row("comment_templates", row, section)
        self.templates.finished.connect(
            lambda: self.change("comment_templates", self.templates.lines())
        )
        return section

    def _notification_section(self) -> PreferenceSection:
        section = PreferenceSection(self._theme, self.tr("Notifications"))
        self.notifications = self.add_check(
            "notifications", self.tr("&Tell me when somebody else changes a status"), section
        )
        self.levels: dict[int, QCheckBox] = {}
        for status_id in reversed(SETTABLE):
            text = filled(self.tr("… to %1"), status_word(status_id))
            box = QCheckBox(text)
            box.setChecked(status_id in self._settings.notify_statuses)
            box.toggled.connect(lambda _on: self.change("notify_statuses", self._levels()))
            self.levels[int(status_id)] = box
        row = PreferenceRow(self._theme, "", _side_by_side(list(self.levels.values())))
        self.add_row("notify_statuses", row, section)
        self.sound = self.add_check("sound", self.tr("A &sound with an outage"), section)
        self.quiet_from = self._line("quiet_from", self.tr("&Quiet from"), section, _NARROW)
        self.quiet_until = self._line("quiet_until", self.tr("Quiet &until"), section, _NARROW)
        for line, example in ((self.quiet_from, "22:00"), (self.quiet_until, "06:30")):
            line.setPlaceholderText(example)
        return section

    def _safety_section(self) -> PreferenceSection:
        section = PreferenceSection(self._theme, self.tr("Safety"))
        self.ask_at_start = self.add_check(
            "ask_at_start", self.tr("As&k for my password at start"), section
        )
        self.lock_after = self.add_number(
            "lock_after_minutes", self.tr("Loc&k after"), 0, 1440, self.tr(" min"), section
        )
        self.backup_every = self.add_number(
            "backup_every_hours", self.tr("&Backup every"), 0, 24 * 366, self.tr(" h"), section
        )
        self.backups_kept = self.add_number(
            "backups_kept", self.tr("Backups k&ept"), 1, 1000, "", section
        )
        for box in (self.lock_after, self.backup_every):
            box.setSpecialValueText(self.tr("never"))
        self.journal_keep = self.add_number(
            "journal_keep_days", self.tr("&Journal kept"), 0, 36_500, self.tr(" days"), section
        )
        self.journal_keep.setSpecialValueText(self.tr("for ever"))
        return section

    def add_check(self, key: str, text: str, section: PreferenceSection) -> QCheckBox:
        box = QCheckBox(text)
        box.setChecked(getattr(self._settings, key))
        box.toggled.connect(lambda on: self.change(key, on))
        self.add_row(key, PreferenceRow(self._theme, "", box), section)
        return box

    def _choose(
        self, key: str, label: str, choices: list[tuple[str, str]], section: PreferenceSection
    ) -> QComboBox:
        box = ChoiceBox()
        current = getattr(self._settings, key)
        if current not in {value for value, _ in choices}:
            choices = [*choices, (current, current)]
        for value, text in choices:
            box.addItem(text, value)
        box.setCurrentIndex(box.findData(current))
        box.activated.connect(lambda _: self.change(key, box.currentData()))
        self.add_row(key, PreferenceRow(self._theme, label, box), section)
        return box

    def add_number(
        self, key: str, label: str, least: int, most: int, unit: str, section: PreferenceSection
    ) -> QSpinBox:
        box = NumberBox()
        box.setRange(least, most)
        box.setGroupSeparatorShown(False)
        box.setSuffix(unit)
        box.setFixedWidth(_NARROW)
        box.setValue(getattr(self._settings, key))
        box.editingFinished.connect(lambda: self.change(key, box.value()))
        self.add_row(key, PreferenceRow(self._theme, label, box), section)
        return box

    def _line(self, key: str, label: str, section: PreferenceSection, width: int = 0) -> QLineEdit:
        value = getattr(self._settings, key)
        listed = isinstance(value, tuple)
        line = QLineEdit(", ".join(value) if listed else value)
        if width:
            line.setFixedWidth(width)
        line.editingFinished.connect(
            lambda: self.change(key, _names(line.text()) if listed else line.text().strip())
        )
        self.add_row(key, PreferenceRow(self._theme, label, line), section)
        return line

    def add_row(self, key: str, row: PreferenceRow, section: PreferenceSection) -> None:
        self._rows[key] = row
        section.add(row)

    def _levels(self) -> tuple[int, ...]:
        return tuple(sorted(id_ for id_, box in self.levels.items() if box.isChecked()))

    def change(self, key: str, value: Any) -> None:
        if value != getattr(self._settings, key):
            self.changed.emit(key, value)
        else:
            self._rows[key].set_reason("")
        self._show_exposed()

    def _filter(self, text: str) -> None:
        words = search_fold(text).split()
        any_shown = False
        for section in self._sections:
            any_shown |= section.filter(words)
        self._nothing.setVisible(not any_shown)

    def _show_exposed(self) -> None:
        exposed = self.serve.isChecked() and self.host.currentData() != LOOPBACK
        self._exposed.setVisible(exposed)
        anybody = self.tr(
            "Anybody on these networks can read all services that are not hidden, and try to "
            "sign in. Passwords travel unencrypted."
        )
        encrypted = self.tr(
            "Anybody on these networks can read all services that are not hidden, and try to "
            "sign in."
        )
        self._exposed.setText(encrypted if self.secure.are_passwords_safe else anybody)

    def _dress(self) -> None:
        for label in (self._exposed, self._server, self._nothing):
            label.setStyleSheet(f"color: {self._theme.colours.muted};")


def screen_text(screen: QScreen) -> str:
    """A screen as people know it: its name and how large it is."""
    size = screen.size() * screen.devicePixelRatio()
    return f"{screen.name()} ({size.width()} × {size.height()})"


def _side_by_side(widgets: list[QCheckBox]) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(WIDE, 0, 0, 0)
    line.setSpacing(MARGIN)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch()
    return holder


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(",") if (name := part.strip()))

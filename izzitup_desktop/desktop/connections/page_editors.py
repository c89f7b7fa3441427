"""What the status page is set to, to be changed: each value counts once it is right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from izzitup_desktop.desktop.connections.page_tree import LeftOut, PageTree
from izzitup_desktop.desktop.preferences.file_line import FileLine
from izzitup_desktop.desktop.preferences.rows import PreferenceRow, PreferenceSection
from izzitup_desktop.desktop.theme import MARGIN, Theme
from izzitup_desktop.desktop.widgets.lines_box import LinesBox
from izzitup_desktop.desktop.widgets.number_box import NumberBox
from izzitup_desktop.desktop.words.texts import filled, tooltip, translated
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.platform import setting_values as values

if TYPE_CHECKING:
    from izzitup_desktop.platform.settings import Settings

_NARROW = 120
_SHOWN_MOST = 40
GROUPS, SERVICES, ORIGINS = "page_without_groups", "page_without_services", "page_origins"


class PageEditors(QWidget):
    """`changed` carries a setting's key and its new value; whoever saves it calls
    `saved(settings)` or `refused(key, error)`."""

    changed = Signal(str, object)
    failed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._settings: Settings | None = None
        self._rows: dict[str, PreferenceRow] = {}
        self._showing: dict[str, Callable[[Any], object]] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MARGIN)
        for section in (self._says(), self._shows(), self._others()):
            layout.addWidget(section)
        layout.addStretch()

    def reason(self, key: str) -> str:
        """What is wrong with a setting, "" when nothing is."""
        return self._rows[key].reason

    def show_settings(self, settings: Settings) -> None:
        """Show what holds; what somebody is typing stays."""
        before, self._settings = self._settings, settings
        for key, show in self._showing.items():
            value = getattr(settings, key)
            if before is None or getattr(before, key) != value:
                show(value)
                self._rows[key].set_reason("")
        self.tree.tick(
            LeftOut(
                frozenset(settings.page_without_groups), frozenset(settings.page_without_services)
            )
        )

    def saved(self, settings: Settings) -> None:
        """These settings hold from now on."""
        self.show_settings(settings)

    def refused(self, key: str, error: Exception) -> None:
        """A setting was not taken; its value stays as typed."""
        row = self._rows.get(key)
        if isinstance(error, Invalid) and row is not None:
            row.set_reason(error.reason)
        else:
            self.failed.emit(error)

    def restrict(self, reason: str) -> None:
        """Let all of it be looked at only, for this reason; "" lets it be changed."""
        for row in self._rows.values():
            row.editor.setEnabled(not reason)
            row.editor.setToolTip(tooltip(reason))
            row.editor.setAccessibleDescription(reason)

    def _says(self) -> PreferenceSection:
        section = PreferenceSection(self._theme, self.tr("What it says"))
        self.title = self._line("page_title", self.tr("Title"), section)
        self.title.setPlaceholderText(self.tr("The name of the board"))
        self.text = LinesBox(())
        self.text.setPlaceholderText(self.tr("Whom to call, and where"))
        self.text.finished.connect(lambda: self._change("page_text", self._typed_text()))
        self._add("page_text", self.tr("Text"), self.text, section, self.text.setPlainText)
        self.logo = FileLine("", self.tr("Choose a logo"), self.tr("Pictures (*.png *.jpg)"))
        self.logo.line.setPlaceholderText(self.tr("The logo of the board"))
        self.logo.chosen.connect(lambda path: self._change("page_logo", path))
        self._add("page_logo", self.tr("Logo"), self.logo, section, self.logo.line.setText)
        return section

    def _shows(self) -> PreferenceSection:
        section = PreferenceSection(self._theme, self.tr("What it shows"))
        self.tree = PageTree()
        self.tree.changed.connect(self._leave_out)
        row = PreferenceRow(self._theme, self.tr("Services"), self.tree)
        # Two settings, one editor: what is refused of either is told there.
        self._rows[GROUPS] = self._rows[SERVICES] = row
        section.add(row)
        self.days = self._number("page_days", self.tr("History strips"), 7, 365, section)
        self.past_days = self._number("page_past_days", self.tr("Past disruptions"), 0, 90, section)
        self.past_days.setSpecialValueText(self.tr("none"))
        self.comments = self._check(
            "page_comments", self.tr("Comments that were ticked “On the page”"), section
        )
        self.people = self._check("page_people", self.tr("Who set a status"), section)
        return section

    def _others(self) -> PreferenceSection:
        section = PreferenceSection(self._theme, self.tr("Where it is shown"))
        self.address = self._line("page_address", self.tr("Public address"), section)
        self.address.setPlaceholderText(self.tr("https://status.example, behind a proxy"))
        self.address.textChanged.connect(self._check_address)
        self.origins = LinesBox(())
        self.origins.setPlaceholderText(self.tr("https://wiki.example, one a line"))
        self.origins.textChanged.connect(self._check_origins)
        self.origins.finished.connect(self._save_origins)
        self._add(
            ORIGINS, self.tr("Sites that may show it"), self.origins, section,
            lambda lines: self.origins.setPlainText("\n".join(lines)),
        )  # fmt: skip
        return section

    def _line(self, key: str, label: str, section: PreferenceSection) -> QLineEdit:
        line = QLineEdit()
        line.editingFinished.connect(lambda: self._change(key, line.text().strip()))
        self._add(key, label, line, section, line.setText)
        return line

    def _number(
        self, key: str, label: str, least: int, most: int, section: PreferenceSection
    ) -> QSpinBox:
        box = NumberBox()
        box.setRange(least, most)
        box.setSuffix(self.tr(" days"))
        box.setFixedWidth(_NARROW)
        box.editingFinished.connect(lambda: self._change(key, box.value()))
        self._add(key, label, box, section, box.setValue)
        return box

    def _check(self, key: str, text: str, section: PreferenceSection) -> QCheckBox:
        box = QCheckBox(text)
        box.toggled.connect(lambda on: self._change(key, on))
        self._add(key, "", box, section, box.setChecked)
        return box

    def _add(
        self,
        key: str,
        label: str,
        editor: QWidget,
        section: PreferenceSection,
        show: Callable[[Any], object],
    ) -> None:
        def show_quietly(value: Any) -> None:
            blocker = QSignalBlocker(editor)
            show(value)
            blocker.unblock()

        self._rows[key] = PreferenceRow(self._theme, label, editor)
        self._showing[key] = show_quietly
        section.add(self._rows[key])

    def _change(self, key: str, value: Any) -> None:
        settings = self._settings
        if settings is None:
            return
        if value != getattr(settings, key):
            self.changed.emit(key, value)
        elif key != ORIGINS:
            self._rows[key].set_reason("")

    def _typed_text(self) -> str:
        return str(self.text.toPlainText()).strip()

    def _leave_out(self, left_out: LeftOut) -> None:
        self._change(GROUPS, tuple(sorted(left_out.groups)))
        self._change(SERVICES, tuple(sorted(left_out.services)))

    def _check_address(self, typed: str) -> None:
        self._rows["page_address"].set_reason(_why_not(values.base_address, typed))

    def _check_origins(self) -> None:
        self._rows[ORIGINS].set_reason(_why_none(self.origins.lines()))

    def _save_origins(self) -> None:
        lines = self.origins.lines()
        if not _why_none(lines):
            self._change(ORIGINS, tuple(dict.fromkeys(map(values.origin, lines))))


def _why_none(lines: Sequence[str]) -> str:
    """Why one of these can't be a site that may show the page, "" where all can."""
    for line in lines:
        if reason := _why_not(values.origin, line):
            shown = line if len(line) <= _SHOWN_MOST else f"{line[:_SHOWN_MOST]}…"
            return filled("%1: %2", shown, reason)
    return ""


def _why_not(check: Callable[[Any], object], typed: str) -> str:
    try:
        check(typed)
    except values.Refused as refused:
        return translated(refused.reason)
    return ""

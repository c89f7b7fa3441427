"""The command palette: every action of the menus, and every service, by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from izzitup_desktop.desktop.theme import GAP, SMALL, Theme
from izzitup_desktop.desktop.widgets.dialog import Dialog
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.listing import ListColumn, ListModel, ListTable
from izzitup_desktop.desktop.window.ranking import ranked, squeezed
from izzitup_desktop.desktop.words.texts import filled

_SHOWN_MOST = 60


@dataclass(frozen=True)
class Choice:
    """One line of the palette, and what it does."""

    text: str
    keys: str
    icon: QIcon
    reason: str
    """Why it can't be done now, "" where it can."""
    run: Callable[[], object]
    sought: tuple[str, ...]
    """The texts by which it is found, `squeezed`; the best one counts."""
    id: str = ""
    """What it is remembered by."""


class Choices(Protocol):
    """What a palette offers."""

    def commands(self) -> Sequence[Choice]:
        """What is offered before anything is typed, in this order."""

    def for_text(self, typed: str) -> Sequence[Choice]:
        """What a whole text asks for, such as "outage mail"."""

    def services(self, typed: str) -> Sequence[Choice]:
        """The services that answer the text."""

    def chosen(self, choice: Choice) -> None:
        """Hear what was run."""


class Palette(Dialog):
    """Type, go with the arrows, Enter runs."""

    def __init__(self, theme: Theme, choices: Choices, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Command palette"))
        self._choices, self._commands = choices, tuple(choices.commands())
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("What do you want to do? Or name a service"))
        self.line.setAccessibleName(self.tr("Command or service"))
        self.line.textChanged.connect(self._filter)
        self.line.installEventFilter(self)
        self.model = ListModel[Choice](self._columns(), key=lambda choice: choice.text)
        self.table = ListTable(self.model, self.tr("Commands"))
        self.table.horizontalHeader().hide()
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.clicked.connect(lambda _index: self.run())
        # The line under the pointer is the one that a click runs, and Return too.
        self.table.setMouseTracking(True)
        self.table.entered.connect(lambda index: self.table.selectRow(index.row()))
        self.reason = plain_label()
        self.table.chosen.connect(self._explain)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, GAP)
        layout.setSpacing(SMALL)
        layout.addWidget(self.line)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.reason)
        self._theme = theme
        theme.changed.connect(self._dress)
        self._dress()
        self.resize(620, 420)
        self._filter("")
        self.line.setFocus()

    def run(self) -> None:
        """Run the selected line, if it can be done now."""
        found = self.table.selected()
        if found and not found[0].reason:
            self.accept()
            self._choices.chosen(found[0])
            found[0].run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            steps = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: 8,
                Qt.Key.Key_PageUp: -8,
            }
            if event.key() in steps:
                self._go(steps[Qt.Key(event.key())])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.run()
                return True
        return super().eventFilter(watched, event)

    def _go(self, by: int) -> None:
        count = self.model.rowCount()
        if count:
            place = (self.table.currentIndex().row() + by) % count
            self.table.selectRow(place)
            self.table.scrollTo(self.model.index(place, 0))

    def _filter(self, text: str) -> None:
        asked = squeezed(text)
        acting = self._choices.for_text(text)
        if any(squeezed(command.text).startswith(asked) for command in self._commands):
            # What is called just that is meant, not a service that is called like its end.
            acting = []
        offered = [*self._commands, *self._choices.services(text)]
        found = ranked(text, offered, lambda choice: choice.sought, _SHOWN_MOST)
        found = [*acting, *(choice for choice in found if choice not in acting)][:_SHOWN_MOST]
        if text.strip():
            # What can't be done now comes last.
            found.sort(key=lambda choice: bool(choice.reason))
        self.model.replace(found)
        self.table.clearSelection()
        if found:
            self.table.selectRow(0)
        self._explain()

    def _dress(self) -> None:
        self.reason.setStyleSheet(f"color: {self._theme.colours.muted};")

    def _explain(self) -> None:
        found = self.table.selected()
        if found:
            self.reason.setText(found[0].reason)
        else:
            self.reason.setText("" if self.model.rowCount() else self.tr("Nothing is called that."))

    def _columns(self) -> list[ListColumn[Choice]]:
        return [
            ListColumn(
                self.tr("Command"), lambda choice: choice.text, 430, icon=lambda choice: choice.icon
            ),
            ListColumn(self.tr("Keys"), lambda choice: choice.keys, 130, right=True),
        ]


def choice_of(action: QAction) -> Choice:
    """An action as a line of the palette."""
    text = plain_text(action)
    native = QKeySequence.SequenceFormat.NativeText
    keys = ", ".join(key.toString(native) for key in action.shortcuts()[:1])
    reason = "" if action.isEnabled() else action.statusTip() or " "
    return Choice(text, keys, action.icon(), reason, action.trigger, (squeezed(text),))


def choice_of_service(
    pattern: str, name: str, key: str, icon: QIcon, run: Callable[[], object]
) -> Choice:
    """A service as a line of the palette."""
    sought = squeezed(f"{name} {key}"), squeezed(key)
    return Choice(filled(pattern, name), key, icon, "", run, sought)


def plain_text(action: QAction) -> str:
    """An action's text without mnemonic and dots."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip(" …")

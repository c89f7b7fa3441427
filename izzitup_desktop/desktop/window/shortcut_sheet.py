"""The shortcut sheet: every action with its keys, which can be others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from izzitup_desktop.desktop.theme import GAP, MARGIN, SMALL, WIDE, Theme
from izzitup_desktop.desktop.widgets.dialog import Dialog
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.listing import ListColumn, ListModel, ListTable
from izzitup_desktop.desktop.window.actions import Actions
from izzitup_desktop.desktop.window.palette import plain_text
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.statuses import StatusId

_NATIVE = QKeySequence.SequenceFormat.NativeText
_PORTABLE = QKeySequence.SequenceFormat.PortableText


class ShortcutSheet(Dialog):
    """`changed` carries all own keys by action name; they hold at once."""

    changed = Signal(object)

    def __init__(
        self, theme: Theme, actions: Actions, own: Mapping[str, str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._own = dict(own)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search actions and keys"))
        self.search.setAccessibleName(self.tr("Search actions and keys"))
        self.search.setClearButtonEnabled(True)
        self.model = ListModel[QAction](self._columns(), key=lambda action: action.objectName())
        self.search.textChanged.connect(self.model.search)
        self.table = ListTable(self.model, self.tr("Actions and their keys"))
        self.table.chosen.connect(self._choose)
        self.keys = QKeySequenceEdit()
        self.keys.setMaximumSequenceLength(1)
        self.keys.setClearButtonEnabled(True)
        self.keys.setAccessibleName(self.tr("New keys"))
        self.reason = plain_label(wrap=True)
        self._theme = theme
        theme.changed.connect(self._dress)
        self._dress()
        self._lay_out()
        self.model.replace(actions.all())
        self._choose()
        self.resize(640, 560)

    def _dress(self) -> None:
        ink = self._theme.colours.status(StatusId.OUTAGE).ink
        self.reason.setStyleSheet(f"color: {ink};")

    def set_keys(self) -> None:
        """Give the selected action the keys typed; none typed takes its keys away."""
        action = self._action()
        if action is None:
            return
        keys = self.keys.keySequence()
        if not self._refuse_taken(action, [keys]):
            self._own[action.objectName()] = keys.toString(_PORTABLE)
            self._apply()

    def reset(self) -> None:
        """Give the selected action the keys it had at first."""
        action = self._action()
        if action is not None and not self._refuse_taken(action, self._actions.first_keys(action)):
            self._own.pop(action.objectName(), None)
            self._apply()

    def reset_all(self) -> None:
        """Give every action the keys it had at first."""
        self._own.clear()
        self._apply()

    def _refuse_taken(self, action: QAction, wanted: Sequence[QKeySequence]) -> bool:
        for other in self._actions.all():
            for keys in wanted:
                if other is not action and not keys.isEmpty() and keys in other.shortcuts():
                    text = self.tr(
                        "%1 belongs to “%2”. Take other keys, or give that one others first."
                    )
                    self.reason.setText(filled(text, keys.toString(_NATIVE), plain_text(other)))
                    return True
        return False

    def _apply(self) -> None:
        self.reason.setText("")
        self._actions.remap(self._own)
        self.model.replace(self._actions.all())
        self._choose()
        self.changed.emit(dict(self._own))

    def _action(self) -> QAction | None:
        found = self.table.selected()
        return found[0] if len(found) == 1 else None

    def _choose(self) -> None:
        action = self._action()
        self.reason.setText("")
        for widget in (self.keys, self.set_button, self.reset_button):
            widget.setEnabled(action is not None)
        keys = action.shortcuts() if action is not None else []
        self.keys.setKeySequence(keys[0] if keys else QKeySequence())

    def _columns(self) -> list[ListColumn[QAction]]:
        return [
            ListColumn(self.tr("Action"), plain_text, 320, icon=lambda action: action.icon()),
            ListColumn(
                self.tr("Keys"),
                lambda action: ", ".join(key.toString(_NATIVE) for key in action.shortcuts()),
                160,
            ),
            ListColumn(
                self.tr("Custom"),
                lambda action: self.tr("yes") if action.objectName() in self._own else "",
                60,
            ),
        ]

    def _lay_out(self) -> None:
        self.set_button = QPushButton(self.tr("Set keys"))
        self.set_button.clicked.connect(self.set_keys)
        self.reset_button = QPushButton(self.tr("Reset"))
        self.reset_button.clicked.connect(self.reset)
        line = QHBoxLayout()
        line.setSpacing(SMALL)
        line.addWidget(plain_label(self.tr("New keys")))
        line.addWidget(self.keys, 1)
        line.addWidget(self.set_button)
        line.addWidget(self.reset_button)
        every = QPushButton(self.tr("Reset all"))
        every.clicked.connect(self.reset_all)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(every)
        foot.addStretch()
        foot.addWidget(close)
        for button in (self.set_button, self.reset_button, every, close):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(self.search)
        layout.addWidget(self.table, 1)
        layout.addLayout(line)
        layout.addWidget(self.reason)
        layout.addLayout(foot)

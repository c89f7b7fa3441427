"""One of the three statuses to be chosen: buttons side by side, one stop of the Tab key."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from izzitup_desktop.desktop.theme import SMALL, Theme, status_word
from izzitup_desktop.desktop.words.texts import filled, tooltip
from izzitup_desktop.domain.statuses import SETTABLE

_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down)


class StatusChoice(QWidget):
    """Arrows choose the next, Alt+5 to Alt+7 one by its number; `chosen` is by hand alone.

    As radio buttons are operated (WAI-ARIA Authoring Practices, "Radio Group").
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._group = QButtonGroup(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SMALL)
        for status_id in SETTABLE:
            button = _Choice(self)
            button.setText(status_word(status_id))
            keys = QKeySequence(f"Alt+{int(status_id)}")
            shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(tooltip(filled(self.tr("%1 (%2)"), status_word(status_id), shown)))
            QShortcut(keys, self, lambda id_=int(status_id): self._choose(id_))
            self._group.addButton(button, int(status_id))
            line.addWidget(button)
        line.addStretch()
        self._group.idClicked.connect(self._on_clicked)
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def status_id(self) -> int:
        """The status that is chosen."""
        return self._group.checkedId()

    def button(self, status_id: int) -> QToolButton | None:
        """The button of a status, None for one that can't be chosen."""
        found = self._group.button(status_id)
        return found if isinstance(found, QToolButton) else None

    def show_chosen(self, status_id: int) -> None:
        """Have this one chosen, without a `chosen`."""
        if (button := self._group.button(status_id)) is not None:
            button.setChecked(True)
            self._set_stop()

    def go_on(self, steps: int) -> None:
        """Choose the one so many steps on; from the last the first."""
        ids = [int(status_id) for status_id in SETTABLE]
        place = ids.index(self.status_id) if self.status_id in ids else 0
        self._choose(ids[(place + steps) % len(ids)])

    def _choose(self, status_id: int) -> None:
        button = self._group.button(status_id)
        if button is not None:
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            button.click()

    def _on_clicked(self, status_id: int) -> None:
        self._set_stop()
        self.chosen.emit(status_id)

    def _set_stop(self) -> None:
        for button in self._group.buttons():
            strong, click = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(strong if button.isChecked() else click)

    def _dress(self) -> None:
        for button in self._group.buttons():
            button.setIcon(self._theme.status_icon(self._group.id(button), 16))


class _Choice(QToolButton):
    """A button that leaves the arrow keys to the choice."""

    def __init__(self, choice: StatusChoice) -> None:
        super().__init__(choice)
        self._choice = choice
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setCheckable(True)
        self.setObjectName("choice")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _BACK or event.key() in _ON:
            self._choice.go_on(-1 if event.key() in _BACK else 1)
        else:
            super().keyPressEvent(event)

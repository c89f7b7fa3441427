"""The inspector goes where the window gets too narrow for it beside the table, and comes back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QWidget

WIDE_ENOUGH = 1_000
"""Pixels of the window; below it the inspector is folded, which its action undoes."""


class InspectorFold(QObject):
    """Unchecks the action of the inspector where it is folded, and checks it again."""

    def __init__(self, window: QWidget, action: QAction) -> None:
        super().__init__(window)
        self._window, self._action = window, action
        self._folded = False
        self._was_wide = True
        action.triggered.connect(self._choose)
        window.installEventFilter(self)

    @property
    def wanted(self) -> bool:
        """Whether the inspector is shown where there is room for it."""
        return self._folded or self._action.isChecked()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and isinstance(event, QResizeEvent):
            self._fold(event.size().width() >= WIDE_ENOUGH)
        return super().eventFilter(watched, event)

    def _fold(self, wide: bool) -> None:
        if wide == self._was_wide:
            # Who opened it in a narrow window wants it there.
            return
        self._was_wide = wide
        if not wide and self._action.isChecked():
            self._folded = True
            self._action.setChecked(False)
        elif wide and self._folded:
            self._folded = False
            self._action.setChecked(True)

    def _choose(self) -> None:
        """Somebody shows or hides it by hand, which counts from now on."""
        self._folded = False

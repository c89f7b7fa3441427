"""The preference of starting at login, which is the platform's entry and no setting."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from izzitup_desktop.desktop.preferences.rows import PreferenceRow
from izzitup_desktop.desktop.start.runner import Runner
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.platform.login_start import LoginStart, login_start


class LoginStartRow(PreferenceRow):
    """Can't be changed before it is known what the platform has: `attach` asks for that.

    `settled` comes once what was asked for is known, or refused.
    """

    settled = Signal()

    def __init__(self, theme: Theme, text: str) -> None:
        self.box = QCheckBox(text)
        super().__init__(theme, "", self.box)
        self.box.setEnabled(False)
        self.box.clicked.connect(self._turn)
        self._runner: Runner | None = None
        self._way: LoginStart | None = None
        self._is_on = False

    def attach(self, runner: Runner, way: LoginStart | None = None) -> None:
        """Show what the platform has, and change it there."""
        self._runner, self._way = runner, way or login_start()
        runner.run(self._way.is_on, then=self._show, failed=self._refuse, owner=self)

    def _turn(self, on: bool) -> None:
        runner, way = self._runner, self._way
        if runner is None or way is None:
            return

        def turn() -> bool:
            way.turn(on=on)
            return way.is_on()

        self.box.setEnabled(False)
        runner.run(turn, then=self._show, failed=self._refuse, owner=self)

    def _show(self, on: bool) -> None:
        self._is_on = on
        self.set_reason("")
        self.box.setChecked(on)
        self.box.setEnabled(True)
        self.settled.emit()

    def _refuse(self, error: Exception) -> None:
        # It is as it was.
        self.box.setChecked(self._is_on)
        self.box.setEnabled(True)
        self.set_reason(str(error))
        self.settled.emit()

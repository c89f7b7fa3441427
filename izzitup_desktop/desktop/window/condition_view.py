"""Says in the window how the database is, for as long as it is so."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from izzitup_desktop.desktop.start.board_health import FINE, Condition, Health
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.desktop.widgets.banner import Banner
from izzitup_desktop.desktop.words.texts import filled, translated
from izzitup_desktop.desktop.words.times import in_short
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.platform.paths import DEMO_VARIABLE

if TYPE_CHECKING:
    # They are what this is shown by; the window makes them.
    from izzitup_desktop.desktop.board.table import ServiceTable
    from izzitup_desktop.desktop.window.commands import Commands
    from izzitup_desktop.desktop.window.status_line import StatusLine


class ConditionView(QObject):
    """A banner that can't be closed, the status bar, the rows. `changed` carries the
    words for what lies beside the window: the wall, the tray; `open_again_wanted` comes
    when the person wants to go on with what is in the database's place."""

    changed = Signal(str)
    lost = Signal(str)
    """The same words while what is shown was true once, "" when it is true."""
    found = Signal()
    """It can be read again: what is shown is to be read anew."""
    open_again_wanted = Signal()

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.banner = Banner(theme, "lock")
        self.demo = Banner(theme, "info", dress=StatusId.CLOSED)
        if os.environ.get(DEMO_VARIABLE):
            said = self.tr(
                "This is the demo: the board and all you do in it are deleted when you quit. "
                "A script sets a status now and then."
            )
            self.demo.say(said)
        self.condition = FINE
        self.text = ""
        """In few words, "" where all is well."""
        self._parts: tuple[ServiceTable, Commands, StatusLine] | None = None

    @property
    def banners(self) -> tuple[Banner, ...]:
        """What stands at the top of the window, in this order."""
        return (self.demo, self.banner)

    @property
    def is_lost(self) -> bool:
        """Whether what is shown was true once, and may be no more."""
        return self.condition.health is Health.LOST

    def attach(self, table: ServiceTable, commands: Commands, status_line: StatusLine) -> None:
        """Say it by these, too."""
        self._parts = table, commands, status_line

    def show_condition(self, condition: Condition) -> None:
        """Say this from now on."""
        was_lost, self.condition = self.is_lost, condition
        reason = translated(condition.reason) if condition.reason else ""
        is_lost = self.is_lost
        self.text = self._in_short(condition)
        if is_lost and condition.since is not None:
            then = filled(self.tr("What is shown was true at %1."), in_short(condition.since))
            self.banner.say(f"{reason} {then}", severe=True)
            self.banner.offer(self.tr("Open again"), self.open_again_wanted.emit)
        else:
            if condition.health is Health.UNSTORED:
                reason = filled(self.tr("Nothing can be stored now. %1"), reason)
            self.banner.say(reason)
            self.banner.offer("", None)
        if self._parts is not None:
            table, commands, status_line = self._parts
            table.set_stale(is_stale=is_lost)
            commands.refusal = reason if condition.health is Health.READ_ONLY else ""
            status_line.set_condition(self.text, self.banner.text, is_lost=is_lost)
        self.changed.emit(self.text)
        self.lost.emit(self.text if is_lost else "")
        if was_lost and not is_lost:
            self.found.emit()

    def _in_short(self, condition: Condition) -> str:
        if condition.health is Health.LOST and condition.since is not None:
            return filled(self.tr("No database: as of %1"), in_short(condition.since))
        if condition.health is Health.READ_ONLY:
            return self.tr("Read only")
        if condition.health is Health.UNSTORED:
            return self.tr("Nothing can be stored")
        return ""

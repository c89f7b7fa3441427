"""The tray icon: the worst status by shape and count, and a short menu."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from izzitup_desktop.desktop.board.arrangement import Arrangement
from izzitup_desktop.desktop.board.rows import Row
from izzitup_desktop.desktop.theme import Theme, status_word
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.desktop.words.times import local_day, local_time
from izzitup_desktop.domain.statuses import SETTABLE, StatusId, severity, worst

_ICON_SIZE = 32
_SERVICES_MOST = 30
_MESSAGE_MS = 10_000
_MORNING_HOUR = 7


class Tray(QObject):
    """Where there is a tray. It also shows notifications where D-Bus does not.

    `status_wanted` carries service and status; `mute_wanted` the time until which
    to be quiet, None for not at all; `message_clicked` the key of the last message.
    """

    open_wanted = Signal()
    quit_wanted = Signal()
    status_wanted = Signal(int, int)
    mute_wanted = Signal(object)
    message_clicked = Signal(str)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._arrangement = Arrangement()
        self._shown: Counter[int] = Counter()
        self._last_key = ""
        self._locked = False
        self._trouble = ""
        self.may_set = True
        self.may_set_row: Callable[[Row], bool] = lambda _row: True
        self.menu = QMenu()
        self._icon = QSystemTrayIcon(self)
        self._icon.activated.connect(self._on_activated)
        self._icon.messageClicked.connect(lambda: self.message_clicked.emit(self._last_key))
        self._icon.setContextMenu(self.menu)
        self._build()
        theme.changed.connect(self._dress)
        self._dress()

    @staticmethod
    def is_available() -> bool:
        """Whether this desktop has a tray now."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    @property
    def tooltip(self) -> str:
        """What the icon says in words."""
        return self._icon.toolTip()

    def show(self) -> None:
        """Show the icon."""
        self._icon.show()

    def hide(self) -> None:
        """Take the icon away."""
        self._icon.hide()

    def show_rows(self, arrangement: Arrangement) -> None:
        """Show the worst status of these rows; the menu has them as they are when it opens."""
        self._arrangement = arrangement
        # The desktop is told of each icon: only of one that is another.
        if arrangement.counts() != self._shown:
            self._dress()

    def set_locked(self, *, locked: bool) -> None:
        """While the window is locked the menu names no service."""
        self._locked = locked
        self.services.menuAction().setEnabled(not locked)
        if locked:
            self.menu.hide()
            self.services.clear()

    def set_trouble(self, text: str) -> None:
        """What is wrong with the database, in few words; "" where all is well."""
        self._trouble = text
        self._dress()

    def set_muted(self, muted: bool) -> None:
        """Say whether notifications are muted."""
        self.unmute.setEnabled(muted)

    def tell(self, key: str, title: str, body: str, *, urgent: bool = False) -> None:
        """Show a balloon (a `Notifier`)."""
        self._last_key = key
        kind = QSystemTrayIcon.MessageIcon
        self._icon.showMessage(
            title, body, kind.Warning if urgent else kind.Information, _MESSAGE_MS
        )

    def retranslate(self) -> None:
        """Say everything again, in the language that is spoken now."""
        self.menu.clear()
        self._build()
        self.set_locked(locked=self._locked)
        self._dress()

    def _build(self) -> None:
        self.open = self.menu.addAction(self.tr("Open IzzitUp"))
        self.open.triggered.connect(self.open_wanted)
        self.menu.setDefaultAction(self.open)
        self.services = self.menu.addMenu(self.tr("Set status"))
        self.services.aboutToShow.connect(self._fill_services)
        self.menu.addSeparator()
        mute = self.menu.addMenu(self.tr("Mute notifications"))
        self.mute_hour = mute.addAction(self.tr("For 1 hour"))
        self.mute_hour.triggered.connect(
            lambda: self.mute_wanted.emit(datetime.now(UTC) + timedelta(hours=1))
        )
        self.mute_day = mute.addAction(self.tr("Until tomorrow"))
        self.mute_day.triggered.connect(lambda: self.mute_wanted.emit(tomorrow(datetime.now(UTC))))
        self.unmute = mute.addAction(self.tr("Not any more"))
        self.unmute.setEnabled(False)
        self.unmute.triggered.connect(lambda: self.mute_wanted.emit(None))
        self.menu.addSeparator()
        self.menu.addAction(self.tr("Quit")).triggered.connect(self.quit_wanted)

    def _fill_services(self) -> None:
        self.services.clear()
        if self._locked:
            return
        rows = sorted(
            self._arrangement.rows.values(), key=lambda row: (row.group, row.service.name)
        )
        if len(rows) <= _SERVICES_MOST:
            for row in rows:
                self._add_service(self.services, row)
            return
        # A menu longer than the screen is none: services by group.
        groups: dict[str, QMenu] = {}
        for row in rows:
            name = row.group or self.tr("No group")
            if name not in groups:
                groups[name] = self.services.addMenu(_plain(name))
            self._add_service(groups[name], row)

    def _add_service(self, menu: QMenu, row: Row) -> None:
        service = row.service
        sub = menu.addMenu(self._theme.status_icon(service.status_id), _plain(service.name))
        for status in SETTABLE:
            action = sub.addAction(self._theme.status_icon(status), status_word(status))
            action.setCheckable(True)
            action.setChecked(service.status_id == status)
            action.setEnabled(self._may_set(row))
            action.triggered.connect(
                lambda _checked=False, status=int(status): self._want(row, status)
            )

    def _want(self, row: Row, status_id: int) -> None:
        # The menu may be open since before the window was locked, or the account limited.
        if self._may_set(row):
            self.status_wanted.emit(row.service.id, status_id)

    def _may_set(self, row: Row) -> bool:
        return self.may_set and self.may_set_row(row)

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        ):
            self.open_wanted.emit()

    def _dress(self) -> None:
        self._shown = statuses = self._arrangement.counts()
        bad = sum(count for status, count in statuses.items() if severity(status))
        if self._trouble:
            # No status: none of them is known to be true, or can be changed.
            ink = self._theme.colours.status(StatusId.OUTAGE).solid
            self._icon.setIcon(self._theme.icon("error", ink))
        else:
            self._icon.setIcon(self._theme.status_icon(worst(statuses), _ICON_SIZE, bad))
        parts = [
            filled(self.tr("%1 %2"), statuses[status], status_word(status))
            for status in (StatusId.OUTAGE, StatusId.IMPAIRED, StatusId.OPERATIONAL)
            if statuses[status]
        ]
        known = ", ".join(parts) or self.tr("no services")
        told = f"{self._trouble}\n{known}" if self._trouble else known
        self._icon.setToolTip(f"IzzitUp: {told}")


def tomorrow(now: datetime) -> datetime:
    """Seven o'clock of the next day, in the local zone."""
    return local_time(local_day(now).addDays(1), _MORNING_HOUR)


def _plain(name: str) -> str:
    """A menu takes & for a mnemonic."""
    return name.replace("&", "&&")

"""The tray icon: the worst status by shape and count, and a short menu."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from izzitup_desktop.desktop.board.arrangement import Arrangement
from izzitup_desktop.desktop.board.rows import Row
from izzitup_desktop.desktop.notifications.tray_services import TrayServices
from izzitup_desktop.desktop.notifications.tray_watch import TrayWatch
from izzitup_desktop.desktop.theme import Theme, status_word
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.desktop.words.times import local_day, local_time
from izzitup_desktop.domain.statuses import StatusId, severity, worst

_ICON_SIZE = 32
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
    search_wanted = Signal()
    page_wanted = Signal()
    appeared = Signal()
    """The icon is in a tray; that may come long after the start."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._arrangement = Arrangement()
        self._shown: Counter[int] = Counter()
        self._last_key = ""
        self._locked = False
        self._trouble = ""
        self._no_page = ""
        self.may_set = True
        self.may_set_row: Callable[[Row], bool] = lambda _row: True
        self.menu = QMenu()
        self._icon: QSystemTrayIcon | None = None
        self._watch = TrayWatch(self)
        self._watch.appeared.connect(self._make_icon)
        self._build()
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def is_there(self) -> bool:
        """Whether this desktop has a tray now, and the icon is in it."""
        return self._icon is not None and QSystemTrayIcon.isSystemTrayAvailable()

    @property
    def tooltip(self) -> str:
        """What the icon says in words."""
        if self._locked:
            return "IzzitUp: " + self.tr("locked")
        parts = [
            filled(self.tr("%1 %2"), self._shown[status], status_word(status))
            for status in (StatusId.OUTAGE, StatusId.IMPAIRED, StatusId.OPERATIONAL)
            if self._shown[status]
        ]
        known = ", ".join(parts) or self.tr("no services")
        return f"IzzitUp: {self._trouble}\n{known}" if self._trouble else f"IzzitUp: {known}"

    def show(self) -> None:
        """Show the icon, as soon as there is a tray."""
        self._watch.begin()

    def hide(self) -> None:
        """Take the icon away."""
        self._watch.end()
        if self._icon is not None:
            self._icon.hide()

    def _make_icon(self) -> None:
        # Not before there is a tray: Qt asks once over D-Bus, and never again.
        icon = self._icon = QSystemTrayIcon(self)
        icon.activated.connect(self._on_activated)
        icon.messageClicked.connect(lambda: self.message_clicked.emit(self._last_key))
        icon.setContextMenu(self.menu)
        self._dress()
        icon.show()
        self.appeared.emit()

    def show_rows(self, arrangement: Arrangement) -> None:
        """Show the worst status of these rows; the menu has them as they are when it opens."""
        self._arrangement = arrangement
        # The desktop is told of each icon: only of one that is another.
        if arrangement.counts() != self._shown:
            self._dress()

    def set_locked(self, *, locked: bool) -> None:
        """While the window is locked icon, words and menu tell only that it is."""
        if locked != self._locked:
            self._locked = locked
            self.menu.hide()
            self._services.clear()
            self._permit()
            self._dress()

    def set_trouble(self, text: str) -> None:
        """What is wrong with the database, in few words; "" where all is well."""
        self._trouble = text
        self._dress()

    def set_muted(self, until: datetime | None) -> None:
        """Say whether notifications are muted: until a time that is not past."""
        self.unmute.setEnabled(until is not None and until > datetime.now(until.tzinfo))

    def set_page(self, reason: str) -> None:
        """Say why the status page can't be opened, "" where it can."""
        self._no_page = reason
        self._permit()

    def tell(self, key: str, title: str, body: str, *, urgent: bool = False) -> None:
        """Show a balloon (a `Notifier`)."""
        self._last_key = key
        kind = QSystemTrayIcon.MessageIcon
        if self._icon is not None:
            self._icon.showMessage(
                title, body, kind.Warning if urgent else kind.Information, _MESSAGE_MS
            )

    def retranslate(self) -> None:
        """Say everything again, in the language that is spoken now."""
        muted = self.unmute.isEnabled()
        # Menus in it are not cleared away with their actions.
        submenus = (self.services, self.mute)
        self.menu.clear()
        for menu in submenus:
            menu.deleteLater()
        self._build()
        self.unmute.setEnabled(muted)
        self._dress()

    def _build(self) -> None:
        self.open = self.menu.addAction("")
        self.open.triggered.connect(self.open_wanted)
        self.menu.setDefaultAction(self.open)
        self.search = self.menu.addAction(self.tr("Search …"))
        self.search.triggered.connect(self.search_wanted)
        self.services = self.menu.addMenu(self.tr("Set status"))
        self.services.aboutToShow.connect(self._fill_services)
        self._services = TrayServices(self._theme, self.services, self._may_set, self._want)
        self.page = self.menu.addAction(self.tr("Status page"))
        self.page.triggered.connect(self.page_wanted)
        self.menu.addSeparator()
        mute = self.mute = self.menu.addMenu(self.tr("Mute notifications"))
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
        self._permit()

    def _permit(self) -> None:
        self.open.setText(self.tr("Unlock …") if self._locked else self.tr("Open IzzitUp"))
        for part in (self.services.menuAction(), self.search, self.mute.menuAction()):
            part.setEnabled(not self._locked)
        self.page.setEnabled(not (self._locked or self._no_page))
        self.page.setText(
            filled(self.tr("Status page (%1)"), self._no_page.rstrip("."))
            if self._no_page
            else self.tr("Status page")
        )

    def _fill_services(self) -> None:
        if self._locked:
            self._services.clear()
        else:
            self._services.fill(list(self._arrangement.rows.values()))

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
        icon = self._icon
        if icon is None:
            return
        if self._locked:
            icon.setIcon(self._theme.icon("lock"))
            icon.setToolTip(self.tooltip)
            return
        bad = sum(count for status, count in statuses.items() if severity(status))
        if self._trouble:
            # No status: none of them is known to be true, or can be changed.
            ink = self._theme.colours.status(StatusId.OUTAGE).solid
            icon.setIcon(self._theme.icon("error", ink))
        else:
            icon.setIcon(self._theme.status_icon(worst(statuses), _ICON_SIZE, bad))
        icon.setToolTip(self.tooltip)


def tomorrow(now: datetime) -> datetime:
    """Seven o'clock of the next day, in the local zone."""
    return local_time(local_day(now).addDays(1), _MORNING_HOUR)

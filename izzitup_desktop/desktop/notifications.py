"""Tells the person at this desk what others changed, outside the window."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from izzitup_desktop.desktop.texts import filled
from izzitup_desktop.desktop.theme import status_word
from izzitup_desktop.domain.accounts import Actor
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.domain.statuses import SETTABLE, StatusId
from izzitup_desktop.notify.gathering import Gathering, StatusChange, changes_of_others
from izzitup_desktop.notify.quiet import is_quiet

_NAMES_MOST = 5


class RulesLike(Protocol):
    """What of the settings says whether to tell."""

    @property
    def notifications(self) -> bool: ...
    @property
    def muted_until(self) -> datetime | None: ...
    @property
    def quiet_from(self) -> str: ...
    @property
    def quiet_until(self) -> str: ...
    @property
    def notify_statuses(self) -> Sequence[int]: ...


@dataclass(frozen=True)
class Rules:
    """Tell everything, always."""

    notifications: bool = True
    muted_until: datetime | None = None
    quiet_from: str = ""
    quiet_until: str = ""
    notify_statuses: tuple[int, ...] = (5, 6, 7)


class Notifier(Protocol):
    """Shows a notification; one with the same key replaces the one before."""

    def tell(self, key: str, title: str, body: str, *, urgent: bool = False) -> None:
        """Show it soon; never waits."""


class Notifications(QObject):
    """Gathers others' status changes and tells them, unless they are muted.

    `told` carries title and body for the window. A key is a service's id, or ""
    for several at once.
    """

    told = Signal(str, str)

    def __init__(
        self,
        group_of: Callable[[int], str],
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._group_of = group_of
        self._clock = clock
        self._gathering = Gathering()
        self._me: Actor | None = None
        self._notifiers: list[Notifier] = []
        self.rules: RulesLike = Rules()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tell)

    def attach(self, me: Actor) -> None:
        """Tell what others than `me` change from now on."""
        self._me = me

    def close(self) -> None:
        """Tell nothing any more, what is being gathered neither."""
        self._me = None
        self._timer.stop()

    def add_notifier(self, notifier: Notifier) -> None:
        """Tell it by this one too."""
        self._notifiers.append(notifier)

    @property
    def has_notifier(self) -> bool:
        """Whether anything outside the window tells."""
        return bool(self._notifiers)

    @property
    def is_muted(self) -> bool:
        """Whether nothing is told now."""
        rules, now = self.rules, datetime.now(UTC)
        muted = rules.muted_until is not None and now < rules.muted_until
        quiet = is_quiet(now.astimezone().time(), rules.quiet_from, rules.quiet_until)
        return muted or quiet or not rules.notifications

    def on_entries(self, entries: Sequence[Entry]) -> None:
        """Hear of journal entries (the feed bridge's signal)."""
        if self._me is None or self.is_muted:
            return
        self._gathering.add(
            change
            for change in changes_of_others(entries, self._me)
            if change.after in self.rules.notify_statuses
        )
        self._wait()
        for entry in entries:
            if entry.kind in (Kind.SERVICE_DUE, Kind.SERVICE_STALE, Kind.SERVICE_WISHED):
                self._tell_one(str(entry.subject_id), *self._matter(entry))

    def _wait(self) -> None:
        seconds = self._gathering.due_in(self._clock())
        if seconds is not None:
            self._timer.start(max(0, round(seconds * 1_000)))

    def _tell(self) -> None:
        changes = self._gathering.take(self._clock())
        if not changes:
            self._wait()
            return
        if self.is_muted:
            return
        key = str(changes[0].service_id) if len(changes) == 1 else ""
        title, body = self._one(changes[0]) if key else self._many(changes)
        urgent = any(change.after == StatusId.OUTAGE for change in changes)
        self._tell_one(key, title, body, urgent=urgent)

    def _tell_one(self, key: str, title: str, body: str, *, urgent: bool = False) -> None:
        for notifier in self._notifiers:
            notifier.tell(key, title, body, urgent=urgent)
        self.told.emit(title, body)

    def _matter(self, entry: Entry) -> tuple[str, str]:
        name = entry.subject_name
        match entry.kind:
            case Kind.SERVICE_DUE:
                body = self.tr("The time it was set for is over. What is its status now?")
                return filled(self.tr("%1: its time is over"), name), body
            case Kind.SERVICE_STALE:
                body = self.tr("Nobody confirmed its status in time. It was not changed.")
                return filled(self.tr("%1 is not confirmed"), name), body
            case _:
                wish = status_word(int(entry.after["wish_status"]))
                body = filled(
                    self.tr("%1 asked for %2; somebody holds the status."), entry.actor, wish
                )
                return filled(self.tr("%1: a wish was held back"), name), body

    def _one(self, change: StatusChange) -> tuple[str, str]:
        title = filled(self.tr("%1: %2"), change.name, status_word(change.after))
        body = filled(self.tr("Was %1. Set by %2."), status_word(change.before), change.actor)
        return title, f"{body}\n{change.comment}" if change.comment else body

    def _many(self, changes: Sequence[StatusChange]) -> tuple[str, str]:
        counts = [
            filled(self.tr("%1 %2"), count, status_word(status))
            for status in reversed(SETTABLE)
            if (count := sum(1 for change in changes if change.after == status))
        ]
        groups = {self._group_of(change.service_id) for change in changes}
        group = groups.pop() if len(groups) == 1 else ""
        text = self.tr("%1 services changed in %2") if group else self.tr("%1 services changed")
        title = f"{filled(text, len(changes), group)}: {', '.join(counts)}"
        names = [change.name for change in changes[:_NAMES_MOST]]
        more = len(changes) - len(names)
        if more:
            names.append(filled(self.tr("and %1 more"), more))
        return title, ", ".join(names)


def is_dbus_platform() -> bool:
    """Whether notifications go over D-Bus here (Linux and the BSDs)."""
    return sys.platform not in ("win32", "darwin")

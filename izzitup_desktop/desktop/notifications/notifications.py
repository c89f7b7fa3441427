"""Tells the person at this desk what others changed, outside the window."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from izzitup_desktop.desktop.words.texts import filled, translated
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.concepts import Vocabulary
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds import VOCABULARY
from izzitup_desktop.domain.news import Matter, StatusChange, changes_of_others, matters
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.notify.gathering import MATTER_SECONDS, Gathering
from izzitup_desktop.notify.mutes import MuteRules, is_told
from izzitup_desktop.notify.quiet import QuietRules, is_muted
from izzitup_desktop.text import notices
from izzitup_desktop.text.notices import NoticeWords


class RulesLike(QuietRules, MuteRules, Protocol):
    """What of the settings says whether to tell."""

    @property
    def sound(self) -> bool: ...

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
    sound: bool = False
    muted_services: tuple[int, ...] = ()
    muted_groups: tuple[int, ...] = ()
    followed_services: tuple[int, ...] = ()


class Notifier(Protocol):
    """Shows a notification; one with the same key replaces the one before."""

    def tell(self, key: str, title: str, body: str, *, urgent: bool = False) -> None:
        """Show it soon; never waits."""


class Notifications(QObject):
    """Gathers others' status changes and what waits for somebody, and tells them.

    `told` carries title and body for the window. A key is a service's id, or says of
    several at once what they have in common. Muted, nothing is told; while `is_locked`
    nothing that is told names a service, or says who did what.
    """

    told = Signal(str, str)
    alarmed = Signal()
    """An outage was told, which is to be heard."""

    def __init__(
        self,
        group_of: Callable[[int], str],
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
        vocabulary: Vocabulary = VOCABULARY,
        group_id_of: Callable[[int], int] = lambda _service_id: 0,
    ) -> None:
        super().__init__(parent)
        self._group_of, self._group_id_of = group_of, group_id_of
        self._clock = clock
        self._changes = Gathering[StatusChange]()
        self._notices = {
            kind: spec.notice
            for kind, spec in vocabulary.specs.items()
            if spec.notifies and spec.notice is not None
        }
        self._matters = {kind: Gathering[Matter]() for kind in self._notices}
        self.is_locked = False
        self._me: Principal | None = None
        self._notifiers: list[Notifier] = []
        self.rules: RulesLike = Rules()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tell)

    def attach(self, me: Principal) -> None:
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
        return is_muted(self.rules, datetime.now(UTC))

    def tell(self, key: str, title: str, body: str, locked_title: str) -> bool:
        """Tell `me` something else, unless muted; whether it was told.

        While locked it is called `locked_title`, which names nothing.
        """
        if self._me is None or self.is_muted:
            return False
        if self.is_locked:
            title, body = locked_title, self._unlock_words()
        self._pass_on(key, title, body, urgent=False)
        return True

    def on_entries(self, entries: Sequence[Entry]) -> None:
        """Hear of journal entries (the feed bridge's signal)."""
        if self._me is None or self.is_muted:
            return
        self._changes.add(
            change
            for change in changes_of_others(entries, self._me)
            if self._is_told(change, by_default=change.after in self.rules.notify_statuses)
        )
        for kind, gathering in self._matters.items():
            told = [one for one in matters(entries, kind) if self._is_told(one, by_default=True)]
            if told:
                gathering.wait(self._clock() + MATTER_SECONDS)
                gathering.add(told)
        self._wait()

    def _is_told(self, news: StatusChange | Matter, *, by_default: bool) -> bool:
        if isinstance(news, Matter) and news.entry.kind.subject != "service":
            return by_default
        group_id = self._group_id_of(news.service_id)
        return is_told(self.rules, news.service_id, group_id, by_default=by_default)

    def _wait(self) -> None:
        now = self._clock()
        waits = [self._changes.due_in(now), *(one.due_in(now) for one in self._matters.values())]
        due = [seconds for seconds in waits if seconds is not None]
        if due:
            self._timer.start(max(0, math.ceil(min(due) * 1_000)))

    def _tell(self) -> None:
        now = self._clock()
        changes = self._changes.take(now)
        found = [gathering.take(now) for gathering in self._matters.values()]
        self._wait()
        if self.is_muted:
            return
        if changes:
            urgent = any(change.after == StatusId.OUTAGE for change in changes)
            self._tell_one(changes, self._change_words(changes), urgent=urgent)
            if urgent and self.rules.sound:
                self.alarmed.emit()
        for waiting in filter(None, found):
            self._tell_one(waiting, self._matter_words(waiting), urgent=False)

    def _tell_one(
        self, news: Sequence[StatusChange | Matter], words: tuple[str, str, str], *, urgent: bool
    ) -> None:
        key, title, body = self._locked_words(news) if self.is_locked else words
        # An alarm that looks like one says what the words don't.
        self._pass_on(key, title, body, urgent=urgent and not self.is_locked)

    def _pass_on(self, key: str, title: str, body: str, *, urgent: bool) -> None:
        for notifier in self._notifiers:
            notifier.tell(key, title, body, urgent=urgent)
        self.told.emit(title, body)

    def _locked_words(self, news: Sequence[StatusChange | Matter]) -> tuple[str, str, str]:
        body = self._unlock_words()
        if isinstance(news[0], Matter):
            one, many = (
                self.tr("A service waits for somebody"),
                self.tr("%1 services wait for somebody"),
            )
        else:
            one, many = self.tr("A status changed"), self.tr("%1 statuses changed")
        title = one if len(news) == 1 else filled(many, len(news))
        return f"locked.{type(news[0]).__name__}", title, body

    def _unlock_words(self) -> str:
        return self.tr("Unlock the window to see more.")

    def _change_words(self, changes: Sequence[StatusChange]) -> tuple[str, str, str]:
        key = str(changes[0].service_id) if len(changes) == 1 else ""
        return key, *_translated(notices.of_changes(changes, self._group_of))

    def _matter_words(self, found: Sequence[Matter]) -> tuple[str, str, str]:
        entry = found[0].entry
        key = entry.kind.value
        if len(found) == 1:
            is_service = entry.kind.subject == "service"
            key = str(entry.subject_id) if is_service else f"{entry.kind}.{entry.subject_id}"
        return key, *_translated(notices.of_matters(self._notices[entry.kind], found))


def _translated(words: NoticeWords) -> tuple[str, str]:
    """A title and a body."""
    return translated(words.title), "\n".join(map(translated, words.lines))


def is_dbus_platform() -> bool:
    """Whether notifications go over D-Bus here (Linux and the BSDs)."""
    return sys.platform not in ("win32", "darwin")

"""What is told outside the window, how much at once, and what not while it is locked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.notifications.notifications import Notifications, Rules
from izzitup_desktop.desktop.start.language import Language
from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.domain.kinds.layers import SERVICE_DUE, SERVICE_PROPOSED
from izzitup_desktop.domain.kinds.statuses import SERVICE_STALE, SERVICE_STATUS
from tests.desktop.sessions import wait

ME = Principal("alice", Role.ADMINISTRATOR, Origin.DESKTOP, 1)


class Told:
    """A notifier, and a window, that keep what they were told."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.shown: list[tuple[str, str]] = []

    def tell(self, key: str, title: str, body: str, *, urgent: bool = False) -> None:
        self.keys.append(key)
        self.texts.append((title, body))


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now

    def tick(self) -> None:
        """A second passes."""
        self.now += 1


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def notifications(qapp: QApplication, clock: Clock) -> Notifications:
    found = Notifications(lambda _id: "", clock=clock)
    found.attach(ME)
    return found


@pytest.fixture
def told(notifications: Notifications) -> Told:
    told = Told()
    notifications.add_notifier(told)
    notifications.told.connect(lambda title, body: told.shown.append((title, body)))
    return told


def entries(kind: Kind, count: int, first: int = 1) -> list[Entry]:
    return [
        Entry(
            number, datetime.now(UTC), "bob", 2, Origin.CLI, kind, number, f"Service {number}",
            {"status": 5}, {"status": 7, "wish_status": 7}, "secret comment",
        )
        for number in range(first, first + count)
    ]  # fmt: skip


def pass_time(notifications: Notifications, clock: Clock, seconds: float) -> None:
    """Let so much time pass, and the timer ring."""
    clock.now += seconds
    (timer,) = notifications.findChildren(QTimer)
    timer.stop()
    timer.timeout.emit()


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (SERVICE_STALE, "200 services are not confirmed"),
        (SERVICE_DUE, "200 services: status expired"),
        (SERVICE_PROPOSED, "200 services: a status was proposed"),
    ],
)
def test_two_hundred_services_after_a_weekend_are_one_notification(
    notifications: Notifications, told: Told, clock: Clock, kind: Kind, title: str
) -> None:
    notifications.on_entries(entries(kind, 120))
    pass_time(notifications, clock, 0.5)
    notifications.on_entries(entries(kind, 80, first=121))
    pass_time(notifications, clock, 1)
    assert [found for found, _ in told.texts] == [title]
    assert told.texts[0][1].startswith("Service 1, Service 2")
    assert told.texts[0][1].endswith("and 195 more")
    assert told.shown == told.texts


def test_what_gets_stale_a_second_later_is_told_with_all_that_follows(
    notifications: Notifications, told: Told, clock: Clock
) -> None:
    for number in range(1, 21):
        notifications.on_entries(entries(SERVICE_STALE, 1, first=number))
        pass_time(notifications, clock, 1)
    pass_time(notifications, clock, 10)
    assert 1 < len(told.texts) <= 5
    assert told.texts[0][0] == "Service 1 is not confirmed"


def test_a_matter_is_told_by_the_timer(
    notifications: Notifications, told: Told, clock: Clock, qtbot: QtBot
) -> None:
    ticking = QTimer()
    ticking.timeout.connect(clock.tick)
    ticking.start(10)
    notifications.on_entries(entries(SERVICE_DUE, 1))
    wait(qtbot, lambda: bool(told.texts))
    ticking.stop()
    assert told.texts[0][0] == "Service 1: status expired"


def test_several_stale_ones_and_several_changes_stand_beside_each_other(
    notifications: Notifications, told: Told, clock: Clock
) -> None:
    notifications.on_entries([*entries(SERVICE_STALE, 3), *entries(SERVICE_STATUS, 3)])
    pass_time(notifications, clock, 1)
    assert len(told.texts) == 2
    assert len(set(told.keys)) == 2


def test_muted_nothing_of_it_is_told(
    notifications: Notifications, told: Told, clock: Clock
) -> None:
    notifications.on_entries(entries(SERVICE_STALE, 3))
    notifications.rules = Rules(notifications=False)
    pass_time(notifications, clock, 2)
    assert not told.texts


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    "kind",
    [SERVICE_STATUS, SERVICE_STALE, SERVICE_DUE, SERVICE_PROPOSED],
)
@pytest.mark.parametrize("language", ["en", "de"])
def test_while_the_window_is_locked_nothing_told_names_a_service_or_a_person(
    notifications: Notifications, told: Told, clock: Clock, qapp: QApplication,
    kind: Kind, count: int, language: str,
) -> None:  # fmt: skip
    spoken = Language(qapp)
    spoken.choose(language)
    try:
        # What came before the lock and is told after it, neither.
        notifications.on_entries(entries(kind, count))
        notifications.is_locked = True
        pass_time(notifications, clock, 2)
    finally:
        spoken.close()
    assert len(told.texts) == 1
    said = " ".join((*told.keys, *told.texts[0], *told.shown[0]))
    for secret in ("Service ", "bob", "secret", "Outage", "Ausfall"):
        assert secret not in said
    if language == "en" and kind == SERVICE_STATUS and count == 1:
        assert told.texts[0][0] == "A status changed"
    notifications.is_locked = False
    notifications.on_entries(entries(kind, 1, first=9))
    pass_time(notifications, clock, 10)
    assert "Service 9" in told.texts[-1][0]

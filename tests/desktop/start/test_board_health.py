"""How the database is, of all that is heard: the worst, since when, and when it is over."""

from __future__ import annotations

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.start.board_health import FINE, BoardHealth, Condition, Health


def health_heard(owner: QObject) -> tuple[BoardHealth, list[Condition]]:
    health = BoardHealth(owner)
    heard: list[Condition] = []
    health.changed.connect(heard.append)
    return health, heard


def test_the_worst_is_told_once_and_what_is_left_after_it(qtbot: QtBot) -> None:
    owner = QObject()
    health, heard = health_heard(owner)
    health.set_read_only("only to be read")
    health.set_lost("gone")
    health.set_lost("gone")
    health.set_lost("")
    health.set_read_only("")
    found = [(condition.health, condition.reason) for condition in heard]
    assert found == [
        (Health.READ_ONLY, "only to be read"),
        (Health.LOST, "gone"),
        (Health.READ_ONLY, "only to be read"),
        (Health.FINE, ""),
    ]
    assert health.condition is FINE


def test_it_is_lost_since_the_first_time_though_the_reason_is_another(qtbot: QtBot) -> None:
    owner = QObject()
    health, heard = health_heard(owner)
    health.set_lost("moved away")
    health.set_lost("replaced")
    assert [condition.reason for condition in heard] == ["moved away", "replaced"]
    assert heard[0].since is not None
    assert heard[0].since == heard[1].since


def test_a_heartbeat_that_failed_while_it_was_lost_is_forgotten_when_it_is_found(
    qtbot: QtBot,
) -> None:
    owner = QObject()
    health, _ = health_heard(owner)
    health.set_lost("gone")
    health.set_unstored("gone")
    health.set_lost("")
    assert health.condition is FINE
    health.set_unstored("the disk is full")
    assert health.condition.health is Health.UNSTORED

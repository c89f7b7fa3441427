"""What a dry run of the API says that desks tell is what a desk tells, once it happens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from izzitup_desktop.desktop.notifications.notifications import Notifications
from izzitup_desktop.domain.accounts import Origin, Principal, Role
from tests.builders import ALICE, add_service
from tests.server.v1.world import EDITOR, World, sqlite_world

ME = Principal("alice", Role.ADMINISTRATOR, Origin.DESKTOP, 1)


class Shown:
    """A tray that keeps what it showed."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def tell(self, _key: str, title: str, body: str, *, urgent: bool = False) -> None:
        self.texts.append(f"{title}\n{body}")


def shown_by_a_desk(world: World, after_id: int) -> list[str]:
    groups = {group.id: group.name for group in world.board.groups.list(ALICE)}

    def group_of(service_id: int) -> str:
        return groups.get(world.service(service_id).group_id or 0, "")

    notifications, tray = Notifications(group_of), Shown()
    notifications.attach(ME)
    notifications.add_notifier(tray)
    notifications.on_entries(world.board.journal.since(ALICE, after_id))
    for timer in notifications.findChildren(QTimer):
        timer.timeout.emit()
    notifications.close()
    return tray.texts


def test_the_text_of_a_dry_run_is_what_the_tray_shows(qapp: QApplication, tmp_path: Path) -> None:
    assert qapp is not None
    with sqlite_world(tmp_path) as world:
        world.board.new_run().heartbeat()
        others = [add_service(world.board, f"Turned\u202e {n}").id for n in range(6)]
        writes: list[tuple[str, str, Any]] = [
            ("PUT", "/services/MAIL/status", {"status": 7, "comment": "the disk"}),
            ("POST", "/services/status", {"services": ["MAIL", "VAULT"], "status": 6}),
            ("POST", "/services/status", {"services": ["MAIL", *others], "status": 7}),
            ("POST", "/services/MAIL/confirm", {"comment": "seen"}),
        ]
        told = []
        for method, path, body in writes:
            tried = world.ask(method, f"{path}?dry_run=true", body, who=EDITOR).json["told"]
            before = world.board.last_id()
            assert world.ask(method, path, body, who=EDITOR).status == 200
            assert [one["text"] for one in tried] == shown_by_a_desk(world, before)
            told.append(len(tried))
        assert told == [1, 1, 1, 0]

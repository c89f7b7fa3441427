"""The thread that keeps the board's schedule while somebody keeps it open."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from types import MappingProxyType

from izzitup_desktop.board.backups import BackupPlan, Backups
from izzitup_desktop.board.schedule import BEAT_SECONDS, Schedule
from izzitup_desktop.domain.errors import BoardError

log = logging.getLogger(__name__)


class Clockwork:
    """Beats on the thread `izzitup-clockwork` until `close()`; the first beat at once.

    `plan` is asked before each backup, so that a changed setting holds at once.
    `further` names what else is done at each beat.
    """

    def __init__(
        self,
        schedule: Schedule,
        backups: Backups,
        plan: Callable[[], BackupPlan],
        further: Mapping[str, Callable[[], object]] = MappingProxyType({}),
        beat_seconds: float = BEAT_SECONDS,
    ) -> None:
        self._schedule = schedule
        self._backups = backups
        self._plan = plan
        self._further = further
        self._beat_seconds = beat_seconds
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="izzitup-clockwork")
        self._thread.start()

    def close(self) -> None:
        """End the thread."""
        self._closing.set()
        self._thread.join()

    def _run(self) -> None:
        troubles: dict[str, str] = {}
        works: dict[str, Callable[[], object]] = {
            "schedule": self._schedule.beat,
            "backups": lambda: self._backups.save_if_due(self._plan()),
            **self._further,
        }
        while True:
            for name, work in works.items():
                try:
                    work()
                    troubles.pop(name, None)
                except BoardError as error:
                    # A disk that can only be read stays so for hours: said once.
                    if troubles.get(name) != str(error):
                        log.warning("the schedule could not be kept: %s", error)
                    troubles[name] = str(error)
                except Exception:  # without heartbeats the board's history has a hole
                    log.exception("the schedule could not be kept")
            if self._closing.wait(self._beat_seconds):
                return

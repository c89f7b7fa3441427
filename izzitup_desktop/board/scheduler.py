"""The threads that do what happens by itself while somebody keeps the board open."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from types import MappingProxyType

from izzitup_desktop.board.jobs import FileJob, Job, Jobs
from izzitup_desktop.board.runs import HEARTBEAT_SECONDS
from izzitup_desktop.domain.errors import BoardError

log = logging.getLogger(__name__)

PAUSE_MOST_SECONDS = HEARTBEAT_SECONDS
"""Between two looks at what is due. They are the heartbeats, and may come no later."""

_HEARTBEAT = "heartbeat"

_Works = Mapping[str, Callable[[], object]]


def _nobody(_reason: str) -> None:
    return None


class Scheduler:
    """Looks every half minute for what is due, until `close()`; the first time at once.

    Heartbeats and jobs of the database are the thread `izzitup-scheduler`'s. Files are
    `izzitup-jobs`', so that a long backup makes no pause in the heartbeats. `own` names
    what each process does for itself, on that thread too. `on_trouble` hears, on its
    thread, why a heartbeat could not be stored, and "" once one could be.
    """

    def __init__(
        self,
        jobs: Jobs,
        registry: Sequence[Job | FileJob],
        own: _Works = MappingProxyType({}),
        pause_seconds: float = PAUSE_MOST_SECONDS,
        on_trouble: Callable[[str], object] = _nobody,
    ) -> None:
        self._jobs = jobs
        self._on_trouble = on_trouble
        self._pause_seconds = pause_seconds
        self._closing = threading.Event()
        works: dict[str, Callable[[], object]] = {_HEARTBEAT: jobs.heartbeat}
        file_works: dict[str, Callable[[], object]] = {}
        for job in registry:
            if isinstance(job, Job):
                works[job.name] = partial(jobs.run, job)
            else:
                file_works[job.name] = partial(jobs.run_file_job, job)
        file_works.update(own)
        self._threads = (
            threading.Thread(target=self._repeat, args=(works,), name="izzitup-scheduler"),
            threading.Thread(target=self._repeat, args=(file_works,), name="izzitup-jobs"),
        )
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """End the threads, and let other processes have the jobs."""
        self._closing.set()
        for thread in self._threads:
            thread.join()
        with suppress(BoardError):  # they run out by themselves
            self._jobs.give_back()

    def _repeat(self, works: _Works) -> None:
        troubles: dict[str, str] = {}
        while True:
            for name, work in works.items():
                self._do(name, work, troubles)
            if self._closing.wait(self._pause_seconds):
                return

    def _do(self, name: str, work: Callable[[], object], troubles: dict[str, str]) -> None:
        try:
            work()
            if troubles.pop(name, "") and name == _HEARTBEAT:
                self._on_trouble("")
        except BoardError as error:
            # A disk that can only be read stays so for hours, for every job: said once.
            if str(error) not in troubles.values():
                log.warning("what is due could not be done: %s", error)
            troubles[name] = str(error)
            if name == _HEARTBEAT:
                self._on_trouble(str(error))
        except Exception:  # one job's fault must not end the others, nor the heartbeats
            log.exception("the job %s failed", name)

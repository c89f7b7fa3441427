"""The one way off the GUI thread: run a function, hear its end on the GUI thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from izzitup_desktop.domain.errors import BoardError

log = logging.getLogger(__name__)

T = TypeVar("T")


class Lane(Enum):
    """What waits behind what: a click waits for clicks alone. The values are threads."""

    COMMAND = 3
    READING = 2
    WORK = 4
    """What may take long, or waits for somebody else: exports, imports, settings, networks."""


class Unexpected(Exception):
    """An exception that no use case announces; the log has it under `error_id`."""

    def __init__(self, error_id: str, cause: Exception) -> None:
        super().__init__(f"{type(cause).__name__}: {cause}")
        self.error_id = error_id
        self.__cause__ = cause


@dataclass(frozen=True, slots=True)
class _End:
    """What became of one run; crosses from the pool to the GUI thread."""

    value: Any
    error: Exception | None
    then: Callable[[Any], object] | None
    failed: Callable[[Exception], object] | None
    owner: QObject | None


class Runner(QObject):
    """Runs functions on small pools; their results come back by a queued signal.

    Make it on the GUI thread. `on_error` carries the exception (a `BoardError` or
    `Unexpected`) of a run that was given no `failed`.
    """

    on_error = Signal(object)
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools = {
            lane: ThreadPoolExecutor(
                lane.value, thread_name_prefix=f"izzitup-runner-{lane.name.lower()}"
            )
            for lane in Lane
        }
        self._closed = False
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        fn: Callable[[], T],
        *,
        then: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        lane: Lane = Lane.WORK,
    ) -> None:
        """Run `fn` on the lane's pool, then `then(result)` or `failed(error)` on the GUI thread.

        Neither is called once `owner` was deleted, or after `close()`.
        """
        if not self._closed:
            self._pools[lane].submit(self._run, fn, then, failed, owner)

    def close(self) -> None:
        """Let what runs end, drop what waits, join the threads."""
        self._closed = True
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)
        for pool in self._pools.values():
            pool.shutdown(wait=True)

    def _run(
        self,
        fn: Callable[[], T],
        then: Callable[[T], object] | None,
        failed: Callable[[Exception], object] | None,
        owner: QObject | None,
    ) -> None:
        value: T | None = None
        error: Exception | None = None
        try:
            value = fn()
        except BoardError as expected:
            error = expected
        except Exception as unexpected:
            import uuid  # looks the platform over, and nothing has failed at the start

            error_id = uuid.uuid4().hex[:8]
            log.exception("Error %s in the background", error_id)
            error = Unexpected(error_id, unexpected)
        self._ended.emit(_End(value, error, then, failed, owner))

    def _deliver(self, end: _End) -> None:
        if self._closed or (end.owner is not None and not shiboken6.isValid(end.owner)):
            return
        if end.error is None:
            if end.then is not None:
                end.then(end.value)
        elif end.failed is not None:
            end.failed(end.error)
        else:
            self.on_error.emit(end.error)

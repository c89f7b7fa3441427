"""The demo's script: sets statuses over HTTP, as anybody's script would."""

from __future__ import annotations

import json
import math
import random
import threading
import time
import urllib.request
from collections.abc import Callable
from types import TracebackType
from typing import Any

from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.statuses import StatusId

_ANSWER_SECONDS = 10.0
_LOOK_SECONDS = 0.1

# A proxy that the environment names is none for this computer.
_opened = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


class Monitor:
    """A thread that every few seconds sets a random status; use it in a `with`.

    What it does is told line by line to `tell`, on its thread.
    """

    def __init__(
        self,
        url: str,
        name: str,
        password: str,
        tell: Callable[[str], object],
        *,
        every: float,
        seed: int,
    ) -> None:
        self._address = f"{url}/api/services"
        self._name = name
        self._password = password
        self._tell = tell
        self._every = every
        self._chance = random.Random(seed)  # noqa: S311 - it makes stories, no secrets
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="izzitup-demo-monitor")

    def wait_until_answered(self, seconds: float = math.inf) -> None:
        """Wait until the API answers, the monitor ends, or the time is over."""
        until = time.monotonic() + seconds
        while not self._ending.is_set() and time.monotonic() < until:
            try:
                self._ask()
            except (OSError, ValueError):
                self._ending.wait(_LOOK_SECONDS)
            else:
                return

    def _run(self) -> None:
        self.wait_until_answered()
        while not self._ending.wait(self._every):
            try:
                told = self._set_one()
            except (OSError, ValueError) as error:
                told = msg("no answer: %1", error)
            self._tell(msg("%1: %2", self._name, told))

    def _set_one(self) -> str:
        service = self._chance.choice(self._ask()["data"])
        status = self._next(int(service["status"]))
        answer = self._ask(
            {
                "action": "setstatus",
                "service": service["id"],
                "status": status,
                "user": self._name,
                "pwd": self._password,
            }
        )
        message: str = answer["message"]
        return message if answer["result"] == "Success" else f"{service['name']}: {message}"

    def _next(self, status: int) -> int:
        """Another status; most of what is not well gets well."""
        if status != StatusId.OPERATIONAL and self._chance.random() < 0.7:
            return int(StatusId.OPERATIONAL)
        others = {StatusId.IMPAIRED: 2, StatusId.OUTAGE: 1}
        others.pop(StatusId(status), None)
        return int(self._chance.choices(list(others), list(others.values()))[0])

    def _ask(self, body: dict[str, Any] | None = None) -> dict[str, Any]:
        content = None if body is None else json.dumps(body).encode()
        with _opened(self._address, content, _ANSWER_SECONDS) as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    def __enter__(self) -> Monitor:
        self._thread.start()
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._ending.set()
        self._thread.join()

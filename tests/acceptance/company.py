"""Who else uses a board meanwhile: a script over HTTP, and a second desk."""

from __future__ import annotations

import json
import random
import threading
import traceback
import urllib.request
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic
from types import TracebackType

from izzitup_desktop.domain.errors import Conflict, NotFound
from izzitup_desktop.domain.services import Service, ServiceDraft
from tests.builders import BOB, GOOD_PASSWORD, opened_board

RATE = 20
"""Statuses set in a second."""

_SENDERS = 3
"""An answer may take longer than the time between two requests."""

_LATE_MOST_SECONDS = 1.0
"""What was missed longer ago, while no server was there, is not made up for."""

_MOVING_SECONDS = 2.0
"""In so long a window shows the address that its server has now."""

_DESK_PAUSE = 0.4
_EXPECTED = (
    ("Success", "was set to"),
    ("Error", "Not allowed"),  # it is held
    ("Warning", "Service not found"),  # somebody deleted it
)


class Company:
    """Threads that change the board at random until the end of the block.

    What none of them should have been told is in `wrong`.
    """

    def __init__(self, home: Path, seed: int, address: Callable[[], str], ids: list[int]) -> None:
        self._home, self._address, self._ids = home, address, ids
        chance = random.Random(seed)
        self._chances = [random.Random(chance.random()) for _ in range(_SENDERS + 1)]
        self._end = threading.Event()
        self._turn = threading.Lock()
        self._due = self._begun = monotonic()
        self.answers: Counter[str] = Counter()
        """How often the script was answered with 200, by the answer's result."""
        self.seconds = 0.0
        """How long it went on."""
        self.moved = 0
        self.wrong: list[str] = []
        senders = (self._script,) * _SENDERS
        self._threads = [
            threading.Thread(target=self._kept, args=(work, chance), name=work.__name__)
            for work, chance in zip((*senders, self._desk), self._chances, strict=True)
        ]

    @property
    def rate(self) -> float:
        """Answers with 200 in a second; once it is over."""
        return self.answers.total() / max(self.seconds, 1.0)

    def complaints(self) -> list[str]:
        """What went wrong so far."""
        return self.wrong.copy()

    def __enter__(self) -> Company:
        self._due = self._begun = monotonic()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._end.set()
        self.seconds = monotonic() - self._begun
        for thread in self._threads:
            thread.join()

    def _kept(self, work: Callable[[random.Random], None], chance: random.Random) -> None:
        try:
            work(chance)
        except Exception:
            self.wrong.append(f"the {work.__name__}: {traceback.format_exc()}")

    # The script

    def _script(self, chance: random.Random) -> None:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        while not self._wait_for_turn():
            if (address := self._address()) == "":
                continue
            body = {
                "action": "setstatus", "service": chance.choice(self._ids),
                "status": chance.choice((5, 6, 7)), "user": "script", "pwd": GOOD_PASSWORD,
            }  # fmt: skip
            request = urllib.request.Request(
                f"{address}/api/services", json.dumps(body).encode(), method="POST"
            )
            try:
                with opener.open(request, timeout=10) as response:
                    self._judge(body, json.load(response))
            except OSError as error:
                # The server goes with its settings, and its address with it.
                self._end.wait(_MOVING_SECONDS)
                if self._address() == address and not self._end.is_set():
                    self.wrong.append(f"the script: {error!r} at {address}")

    def _judge(self, body: dict[str, object], answer: dict[str, object]) -> None:
        result, message = str(answer["result"]), str(answer["message"])
        if not any(result == kind and text in message for kind, text in _EXPECTED):
            self.wrong.append(f"the script was told {result}: {message}")
        if result == "Success":
            told = answer["data"]
            if not isinstance(told, dict) or told["status"] != str(body["status"]):
                self.wrong.append(f"the script set {body['status']}, and was told {told}")
        self.answers[result] += 1

    def _wait_for_turn(self) -> bool:
        """Wait for the next of the moments in which a status is set; whether all is over."""
        with self._turn:
            before = monotonic()
            self._due = max(self._due + 1 / RATE, before - _LATE_MOST_SECONDS)
            return self._end.wait(max(0.0, self._due - before))

    # The second desk

    def _desk(self, chance: random.Random) -> None:
        url = f"sqlite:///{self._home}/izzitup.db"
        with opened_board(url, self._home, create=False) as board:
            while not self._end.wait(_DESK_PAUSE):
                services = board.services.list(BOB)
                self._ids = [service.id for service in services]
                service: Service = chance.choice(services)
                what = chance.random()
                # Somebody else was first.
                with suppress(Conflict, NotFound):
                    if what < 0.3:
                        board.services.add(BOB, ServiceDraft(f"Beside {chance.random():.6f}"))
                    elif what < 0.5 and len(services) > 20:
                        board.services.remove(BOB, [service.id])
                    elif what < 0.8:
                        before = chance.choice(services).id
                        board.services.move(BOB, [service.id], service.group_id, before)
                    else:
                        draft = replace(ServiceDraft.of(service), note=f"{chance.random()}")
                        board.services.edit(BOB, service.id, draft, version=service.version)
                    self.moved += 1

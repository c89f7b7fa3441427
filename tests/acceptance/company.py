"""Who else uses a board meanwhile: a script over HTTP, and a second desk."""

from __future__ import annotations

import json
import random
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from izzitup_desktop.domain.errors import BoardError
from izzitup_desktop.domain.services import Service, ServiceDraft
from tests.builders import BOB, GOOD_PASSWORD, opened_board

_SCRIPT_PAUSE = 0.05
_DESK_PAUSE = 0.4


class Company:
    """Two threads that change the board at random until the end of the block."""

    def __init__(self, home: Path, seed: int, address: Callable[[], str], ids: list[int]) -> None:
        self._home, self._address, self._ids = home, address, ids
        self._random = random.Random(seed)
        self._end = threading.Event()
        self.set, self.moved = 0, 0
        self._threads = [
            threading.Thread(target=self._script, name="script"),
            threading.Thread(target=self._desk, name="second desk"),
        ]

    def __enter__(self) -> Company:
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
        for thread in self._threads:
            thread.join()

    def _script(self) -> None:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        chance = random.Random(self._random.random())
        while not self._end.wait(_SCRIPT_PAUSE):
            body = {
                "action": "setstatus", "service": chance.choice(self._ids),
                "status": chance.choice((5, 6, 7)), "user": "script", "pwd": GOOD_PASSWORD,
            }  # fmt: skip
            # The server of a window goes with its settings; services come and go.
            with suppress(OSError, ValueError):
                url = f"{self._address()}/api/services"
                request = urllib.request.Request(url, json.dumps(body).encode(), method="POST")
                with opener.open(request, timeout=5):
                    self.set += 1

    def _desk(self) -> None:
        chance = random.Random(self._random.random())
        url = f"sqlite:///{self._home}/izzitup.db"
        with opened_board(url, self._home, create=False) as board:
            while not self._end.wait(_DESK_PAUSE):
                services = board.services.list(BOB)
                service: Service = chance.choice(services)
                what = chance.random()
                with suppress(BoardError):
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

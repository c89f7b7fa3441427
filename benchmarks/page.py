"""How long the board's page takes to make, how large it is, and how fast it is served.

CPU of one first page of 100 services with 90 days each, in turn in both languages; a
fifth of the services had bad days. Then the same from a database with a million periods,
after a change each; and how many a second are served of one that is kept, beside the
list of the services API. Run it as `python -m benchmarks.page`.
"""

from __future__ import annotations

import http.client
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.figures import compare, say
from benchmarks.full_journal import SERVICES as ALL_SERVICES, board_with
from benchmarks.scale import lasting, sized
from benchmarks.serving import make_board, served
from benchmarks.wire_clients import load
from izzitup_desktop import application
from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.domain.public_board import (
    Day,
    PageChoices,
    PublicBoard,
    PublicGroup,
    PublicService,
)
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.platform.settings import Settings
from izzitup_desktop.server.page.formats import Wanted
from izzitup_desktop.server.page.html.front import page
from izzitup_desktop.text.catalogue import Catalogue
from izzitup_desktop.text.languages import LANGUAGES

SERVICES, GROUPS, DAYS = 100, 8, 90
ROUNDS = sized(100, 3)
PERIODS = sized(1_000_000, 1_000)
CHANGES = sized(60, 2)
TURNS, SECONDS = sized(7, 1), lasting(1.5)
DAY = 86_400_000_000
NOW = datetime(2026, 11, 27, 21, 30, tzinfo=UTC)


def made_board() -> PublicBoard:
    """Services of some groups; every fifth had three bad days, and one is impaired now."""
    chance = random.Random(90)
    fine, since = Day(StatusId.OPERATIONAL, known=DAY), NOW - timedelta(days=12)
    services = []
    for number in range(1, SERVICES + 1):
        days = [fine] * DAYS
        if number % 5 == 0:
            for place in chance.sample(range(DAYS), 3):
                days[place] = Day(StatusId.OUTAGE, chance.randrange(DAY // 8), 0, DAY)
        status_id = StatusId.IMPAIRED if number == SERVICES else StatusId.OPERATIONAL
        services.append(
            PublicService(
                id=number, name=f"Service {number}", key=f"SERVICE{number}", description="",
                url="", group_id=1 + number % GROUPS, status_id=status_id, since=since,
                created=since, updated=since, confirmed=since, stale=False, comment="", by="",
                expiry=None, days=tuple(days),
            )
        )  # fmt: skip
    groups = tuple(
        PublicGroup(
            id_, f"Group {id_}", StatusId.OPERATIONAL,
            tuple(one for one in services if one.group_id == id_),
        )
        for id_ in range(1, GROUPS + 1)
    )  # fmt: skip
    return PublicBoard(
        journal_id=1, made=NOW, choices=PageChoices(title="Example Ltd."),
        dates=tuple((NOW - timedelta(days=back)).date() for back in range(DAYS - 1, -1, -1)),
        groups=groups, status_id=StatusId.IMPAIRED, since=since,
    )  # fmt: skip


def wanted(language: str) -> Wanted:
    """The first page in a language."""
    return Wanted(
        {}, {}, "http://board.example:8475", Catalogue(language), lambda *_: ()
    )  # fmt: skip


def measure_making() -> None:
    """Size and CPU of a page whose board is there."""
    asked = [wanted(language) for language in LANGUAGES]
    largest = max(len(found.content) for one in asked if (found := page(made_board(), one)))
    say("page of 100 services, before it is packed", largest / 1_000, "KB")
    taken = []
    for _ in range(ROUNDS):
        for one in asked:
            board = made_board()  # of whose strips none is kept
            began = time.process_time()
            page(board, one)
            taken.append(time.process_time() - began)
    say("CPU of making the page of 100 services", statistics.median(taken) * 1_000, "ms")


def measure_after_changes(folder: Path) -> None:
    """CPU from the picture to the page, each time after a status was set."""
    folder.mkdir()
    actor = Principal("bench", Role.ADMINISTRATOR, Origin.DESKTOP)
    others = frozenset(range(SERVICES + 1, ALL_SERVICES + 1))
    choices, asked = PageChoices(title="Example Ltd.", without_services=others), wanted("en")
    taken = []
    with application.start(board_with(folder, PERIODS), Settings()) as started:
        board = started.board
        page(board.public_boards.board(choices), asked)
        for number in range(CHANGES):
            status_id = (6, 7, 5)[number // SERVICES % 3]
            service_id = number % min(SERVICES, ALL_SERVICES) + 1
            board.statuses.submit(actor, service_id, status_id).result()
            began = time.process_time()
            page(board.public_boards.board(choices), asked)
            taken.append(time.process_time() - began)
    value = statistics.median(taken) * 1_000
    say("CPU of the page after a change, 1,000,000 periods", value, "ms")


def measure_serving(folder: Path) -> None:
    """Pages a second beside lists, while nothing changes: whole, and as unchanged."""
    with served(make_board(folder, SERVICES)) as board:

        def rate(make: Callable[[], bytes], proof: bytes) -> float:
            measured = load(board.port, make, seconds=SECONDS, proof=proof)
            assert not measured.refused
            return measured.rate

        for name, beside, proof, conditional in (
            ("page of 100 services", "the list's", b" 200 ", False),
            ("page of 100 services, unchanged", "the unchanged list's", b" 304 ", True),
        ):
            pair = [request_of(path, board.port, conditional) for path in ("/", "/api/services")]
            for make in pair:  # what the first answer loads is nobody's here
                load(board.port, make, seconds=0, proof=proof, connections=1)
            rounds = [[rate(make, proof) for make in pair] for _ in range(TURNS)]
            ours, lists = (statistics.median(rates) for rates in zip(*rounds, strict=True))
            compare(name, ours, "/s", beside, lists)


def request_of(path: str, port: int, conditional: bool) -> Callable[[], bytes]:
    """A request for what is at a path, by a browser; conditional: if it is another by now."""
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n"
    if conditional:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", path, headers={"Host": "127.0.0.1", "Accept": "text/html"})
        head += f"If-None-Match: {connection.getresponse().headers['ETag']}\r\n"
        connection.close()
    request = f"{head}\r\n".encode()
    return lambda: request


def main() -> None:
    """Measure and print."""
    measure_making()
    with tempfile.TemporaryDirectory() as name:
        measure_after_changes(Path(name) / "full")
        measure_serving(Path(name) / "served")


if __name__ == "__main__":
    main()

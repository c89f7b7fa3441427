"""How long the board's page takes to make, and how large it is.

CPU of one first page of 100 services with 90 days each, in turn in both languages; a
fifth of the services had bad days. Run it as `python -m benchmarks.page`.
"""

from __future__ import annotations

import random
import statistics
import time
from datetime import UTC, datetime, timedelta

from benchmarks.figures import say
from benchmarks.scale import sized
from izzitup_desktop.domain.public_board import (
    Day,
    PageChoices,
    PublicBoard,
    PublicGroup,
    PublicService,
)
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.server.page.formats import Wanted
from izzitup_desktop.server.page.html.front import page
from izzitup_desktop.text.catalogue import Catalogue
from izzitup_desktop.text.languages import LANGUAGES

SERVICES, GROUPS, DAYS = 100, 8, 90
ROUNDS = sized(100, 3)
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
        version=1, journal_id=1, made=NOW, choices=PageChoices(title="Example Ltd."),
        dates=tuple((NOW - timedelta(days=back)).date() for back in range(DAYS - 1, -1, -1)),
        groups=groups, status_id=StatusId.IMPAIRED, since=since,
    )  # fmt: skip


def wanted(language: str) -> Wanted:
    """The first page in a language."""
    return Wanted(
        "/", {}, {}, "http://board.example:8475", Catalogue(language), lambda *_: ()
    )  # fmt: skip


def main() -> None:
    """Measure and print."""
    board, asked = made_board(), [wanted(language) for language in LANGUAGES]
    largest = max(len(found.content) for one in asked if (found := page(board, one)))
    say("page of 100 services, before it is packed", largest / 1_000, "KB")
    taken = []
    for _ in range(ROUNDS):
        for one in asked:
            began = time.process_time()
            page(board, one)
            taken.append(time.process_time() - began)
    say("CPU of making the page of 100 services", statistics.median(taken) * 1_000, "ms")


if __name__ == "__main__":
    main()

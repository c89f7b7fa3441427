"""Public boards for tests of formats, which need no database: a small one with a story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.public_board import (
    NO_GROUP,
    Day,
    Disruption,
    PageChoices,
    PublicBoard,
    PublicChange,
    PublicGroup,
    PublicService,
)
from izzitup_desktop.domain.statuses import StatusId, worst
from izzitup_desktop.server.page.formats import Past, Wanted
from izzitup_desktop.text.catalogue import Catalogue

NOW = datetime(2026, 11, 27, 21, 30, tzinfo=UTC)
DAY = 24 * 3_600 * 1_000_000
MINUTE = 60 * 1_000_000

OPERATIONAL, IMPAIRED, OUTAGE = StatusId.OPERATIONAL, StatusId.IMPAIRED, StatusId.OUTAGE


def days(count: int = 90, bad: Mapping[int, Day] | None = None) -> tuple[Day, ...]:
    """Days that were fine, but for `bad` ones by their place from the end (0: today)."""
    found = [Day(OPERATIONAL, known=DAY)] * count
    for back, day in (bad or {}).items():
        found[count - 1 - back] = day
    return tuple(found)


def service(id_: int, name: str, status_id: int = OPERATIONAL, **further: Any) -> PublicService:
    """A service with nothing special, but for what is given."""
    since = NOW - timedelta(days=12)
    made = PublicService(
        id=id_, name=name, key=name.upper()[:8], description="", url="", group_id=NO_GROUP,
        status_id=int(status_id), since=since, created=NOW - timedelta(days=400), updated=since,
        confirmed=since, stale=False, comment="", by="", expiry=None, days=days(),
    )  # fmt: skip
    return replace(made, **further)


def grouped(
    *groups: tuple[int, str, Sequence[PublicService]],
) -> tuple[PublicGroup, ...]:
    """Groups of these services, each with the worst status."""
    return tuple(
        PublicGroup(
            id_, name, int(worst(one.status_id for one in services)),
            tuple(replace(one, group_id=id_) for one in services),
        )
        for id_, name, services in groups
    )  # fmt: skip


def public_board(groups: Sequence[PublicGroup] | None = None, **further: Any) -> PublicBoard:
    """A board with mail out (said so, until tonight), the wiki impaired, and four that are fine."""
    if groups is None:
        groups = story()
    services = [one for group in groups for one in group.services]
    worst_id = int(worst(one.status_id for one in services)) if services else None
    bad = [one for one in services if one.status_id == worst_id]
    made = PublicBoard(
        journal_id=1_187, made=NOW,
        choices=further.pop("choices", PageChoices(title="Example Ltd.")),
        dates=tuple((NOW - timedelta(days=back)).date() for back in range(89, -1, -1)),
        groups=groups, status_id=worst_id,
        since=min(one.since for one in bad) if bad else None,
        disruptions=further.pop("disruptions", disruptions()),
    )  # fmt: skip
    return replace(made, **further)


def story() -> tuple[PublicGroup, ...]:
    """The groups of `public_board`."""
    until = Expiry(NOW + timedelta(hours=2), int(OPERATIONAL))
    mail = service(
        1, "Mail", OUTAGE, key="MAIL", since=NOW - timedelta(minutes=48), expiry=until,
        comment="The disk is full; we are adding another.", description="IMAP and SMTP",
        days=days(bad={0: Day(OUTAGE, 48 * MINUTE, 0, DAY), 24: Day(OUTAGE, 14 * MINUTE, 0, DAY)}),
    )  # fmt: skip
    wiki = service(
        2, "Wiki", IMPAIRED, key="WIKI", since=NOW - timedelta(hours=3), stale=True,
        days=days(bad={0: Day(IMPAIRED, 0, 180 * MINUTE, DAY), 89: Day()}),
    )  # fmt: skip
    fine = [service(id_, name) for id_, name in ((3, "Phones"), (4, "Printer"), (5, "VPN"))]
    rest = service(6, "Door & <gate>", key="")
    return grouped((1, "Office", [mail, wiki]), (2, "Network", fine), (NO_GROUP, "", [rest]))


def disruptions() -> tuple[Disruption, ...]:
    """Two that go on, and one of three days ago that is over."""
    minutes = timedelta(minutes=1)
    began, hurt, over = NOW - 48 * minutes, NOW - 180 * minutes, NOW - timedelta(days=3)
    return (
        Disruption(
            1_180, 1, "Mail", began, None, int(OUTAGE),
            (
                PublicChange(1_180, began, 1, int(OPERATIONAL), int(OUTAGE)),
                PublicChange(
                    1_185, began + 20 * minutes, 1, int(OUTAGE), int(OUTAGE),
                    "The disk is full; we are adding another.",
                ),
            ),
            Expiry(NOW + timedelta(hours=2), int(OPERATIONAL)),
        ),
        Disruption(
            1_170, 2, "Wiki", hurt, None, int(IMPAIRED),
            (PublicChange(1_170, hurt, 2, int(OPERATIONAL), int(IMPAIRED)),),
        ),
        Disruption(
            1_100, 3, "Phones", over, over + 14 * minutes, int(OUTAGE),
            (
                PublicChange(1_100, over, 3, int(OPERATIONAL), int(OUTAGE), "A switch died."),
                PublicChange(
                    1_101, over + 14 * minutes, 3, int(OUTAGE), int(OPERATIONAL), "Replaced."
                ),
            ),
        ),
    )  # fmt: skip


def wanted(
    parameters: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    *,
    language: str = "en",
    past: Past | None = None,
    is_plain: bool = False,
) -> Wanted:
    """What somebody asks for; the past is what `disruptions` has, unless given."""
    found = past or (lambda _begin, _end, _ids: disruptions())
    return Wanted(
        parameters or {}, query or {}, "http://board.example:8475", Catalogue(language),
        found, lambda id_: next((one for one in disruptions() if one.id == id_), None), is_plain,
    )  # fmt: skip
